"""What the ledger says: facts now, their history, their heads, and where heads differ."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy import text as sql

from quipu.domain import merge
from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.reception import Row
from quipu.domain.revision import Revision, RevisionName
from quipu.domain.value import Value
from quipu.store import judging, working
from quipu.store.bulk import AnySelect, pieces
from quipu.store.entries import HistoryEntry
from quipu.store.ledger import LAST_N, Ledger, key_of, parts_of
from quipu.store.registers import LAST_SPOT, SPOT_BITS, first_of, last_of
from quipu.store.revisions import build, by_registers, key_of_name, rows_of
from quipu.store.tables import bundle, fact, multi, op, op_base, spot, term, text
from quipu.store.values import BLANK, FIRST_WITH_BODY, decode

_has_body = (fact.c.kind >= FIRST_WITH_BODY) & (text.c.no == fact.c.num)


def facts(ledger: Ledger, items: Collection[str] | None) -> Facts:
    """Give what is true now of these items, or of all."""
    if items is None:
        query = (
            select(fact.c.reg, fact.c.kind, fact.c.num, text.c.body)
            .select_from(fact.outerjoin(text, _has_body))
            .where(fact.c.kind != BLANK)
        )
        return Facts(_entries(ledger, ledger.connection.execute(query).all()))
    numbers = ledger.terms.numbers(items).values()
    ledger.bulk.refill("asked", ("item",), [(number,) for number in numbers])
    rows = ledger.bulk.run(working.FACTS_ASKED).fetchall()
    return Facts(_entries(ledger, rows))


def values(ledger: Ledger, addresses: Collection[Address]) -> Facts:
    """Give what is true now at some addresses."""
    numbers = sorted(set(ledger.registers.numbers(addresses)))
    ledger.bulk.refill("draft", ("reg",), [(number,) for number in numbers])
    return Facts(_entries(ledger, ledger.bulk.run(working.FACTS_AT).fetchall()))


def rows(ledger: Ledger, items: Collection[str]) -> dict[str, Row]:
    """Give kind, plan and unit of those of some items that have any."""
    numbers = ledger.terms.numbers(items)
    ledger.bulk.refill("asked", ("item",), [(number,) for number in set(numbers.values())])
    spots = [ledger.registers.spot(field) for field in Row._fields]
    found = ledger.bulk.run(working.ROWS_ASKED, *spots).fetchall()
    texts = {number: item for item, number in numbers.items()}
    return {texts[item]: Row(*said) for item, *said in found if any(said)}


def refused(ledger: Ledger) -> list[HistoryEntry]:
    """Give the revisions here that do not count, with why."""
    keys = [key for (key,) in ledger.bulk.run(working.REFUSED_HERE).fetchall()]
    found: list[HistoryEntry] = []
    for piece in pieces(keys):
        found += _with_origin(ledger, rows_of(op.c.op.in_(piece)).order_by(op.c.op))
    return found


def _entries(ledger: Ledger, rows: Sequence[Sequence[Any]]) -> Iterator[tuple[Address, Value]]:
    addresses = ledger.registers.addresses([row[0] for row in rows])
    for address, (_, kind, num, body) in zip(addresses, rows, strict=True):
        yield address, decode(kind, num, body)


def sorted_facts(connection: Connection) -> Iterator[tuple[Address, Value]]:
    """Give all facts by item, field, period and unit, as a dump prints them, one after another."""
    item, field, period, unit = (term.alias(name) for name in ("i", "f", "p", "u"))
    words = tuple(_plain_order(one.c.text, connection) for one in (item, field, period, unit))
    query = (
        select(
            item.c.text, field.c.text, period.c.text, unit.c.text,
            fact.c.kind, fact.c.num, text.c.body,
        )
        .select_from(
            fact.join(item, item.c.no == fact.c.reg.bitwise_rshift(SPOT_BITS))
            .join(spot, spot.c.no == fact.c.reg.bitwise_and(LAST_SPOT))
            .join(field, field.c.no == spot.c.field)
            .join(period, period.c.no == spot.c.period)
            .join(unit, unit.c.no == spot.c.unit)
            .outerjoin(text, _has_body)
        )
        .where(fact.c.kind != BLANK)
        .order_by(*words)
    )  # fmt: skip
    for *address, kind, num, body in connection.execute(query).yield_per(1000):
        yield Address(*address), decode(kind, num, body)


def _plain_order(column: ColumnElement[str], connection: Connection) -> ColumnElement[str]:
    """Order texts by their code points on every database, as Python does."""
    return column if connection.dialect.name == "sqlite" else column.collate("C")


def history(
    ledger: Ledger, item: str, field: str | None, period: str | None, unit: str | None
) -> list[HistoryEntry]:
    """Give the revisions of an item's addresses by field, period, unit, then as they were made."""
    number = ledger.terms.numbers([item]).get(item)
    if number is None:
        return []
    asked = (item, field, period, unit)
    written = select(fact.c.reg).where(fact.c.reg.between(first_of(number), last_of(number)))
    registers = ledger.connection.scalars(written).all()
    wanted = [
        register
        for register, address in zip(registers, ledger.registers.addresses(registers), strict=True)
        if all(word in (None, here) for word, here in zip(asked, address, strict=True))
    ]
    found: list[HistoryEntry] = []
    for piece in pieces(wanted):
        found += _with_origin(ledger, rows_of(op.c.reg.in_(piece)))
    return sorted(found, key=_as_made)


def _as_made(entry: HistoryEntry) -> tuple[str, str, str, int, RevisionName]:
    _, field, period, unit = entry.revision.address
    return field, period, unit, entry.revision.depth, entry.revision.name


def _with_origin(ledger: Ledger, query: AnySelect) -> list[HistoryEntry]:
    rows = ledger.connection.execute(query).all()
    manifests: dict[int, str] = {}
    for piece in pieces(sorted({row.arrival for row in rows})):
        came = select(bundle.c.arrival, bundle.c.manifest).where(bundle.c.arrival.in_(piece))
        for arrival, manifest in ledger.connection.execute(came):
            manifests[arrival] = manifest
    found = []
    out = judging.codes(ledger, (row.op for row in rows))
    for row, revision in zip(rows, build(ledger, rows), strict=True):
        device, office = ledger.peers.owner(parts_of(row.op)[0])
        code = out.get(row.op, "")
        found.append(HistoryEntry(revision, office, device, manifests.get(row.arrival), code))
    return found


def group(ledger: Ledger, name: RevisionName) -> list[Revision]:
    """Give the revisions of the gesture that a revision belongs to, in their order."""
    key = key_of_name(ledger, name)
    first = ledger.connection.scalar(select(op.c.grp).where(op.c.op == key))
    if key is None or first is None:
        return []
    session = parts_of(key)[0]
    within = op.c.op.between(key_of(session, first), key_of(session, LAST_N))
    query = rows_of(within, op.c.grp == first).order_by(op.c.op)
    return build(ledger, ledger.connection.execute(query).all())


def register(ledger: Ledger, address: Address) -> int | None:
    """Give the number of an address, `None` where nobody has written yet."""
    number = ledger.registers.number(address)
    if number is None:
        return None
    found: int | None = ledger.connection.scalar(select(fact.c.reg).where(fact.c.reg == number))
    return found


def side(ledger: Ledger, session: str) -> merge.Side:
    """Tell whose device wrote in a session: a device without an office is the centre's."""
    number = ledger.peers.session_numbers([session])[session]
    return "office" if ledger.peers.owner(number)[1] else "centre"


def reading(ledger: Ledger, address: Address) -> merge.Reading:
    """Give an address's value with all its heads."""
    number = register(ledger, address)
    known = [] if number is None else by_registers(ledger, [number])[number]
    known = judging.counting(ledger, known)
    return merge.read(address, known, lambda session: side(ledger, session))


def count_disputes(ledger: Ledger, but: Collection[str] = ()) -> int:
    """Count the addresses whose heads differ, but those of some fields."""
    numbers = list(ledger.terms.numbers(but).values())
    joined = multi.join(spot, spot.c.no == multi.c.reg.bitwise_and(LAST_SPOT))
    query = select(func.count()).select_from(joined).where(multi.c.differ == 1)
    return ledger.connection.scalar(query.where(spot.c.field.not_in(numbers))) or 0


def items_saying(ledger: Ledger, field: str) -> list[str]:
    """Give the items at which a field that has no period and no unit says something."""
    terms = ledger.terms.numbers([field])
    registers = (
        ledger.connection.scalars(sql(working.REGISTERS_OF_FIELD), {"field": terms[field]}).all()
        if field in terms
        else []
    )
    return [address.item for address in ledger.registers.addresses(registers)]


def disputes(ledger: Ledger) -> list[tuple[Address, merge.Reading]]:
    """Give the addresses whose heads differ, by their texts, with those heads."""
    numbers = ledger.connection.scalars(select(multi.c.reg).where(multi.c.differ == 1)).all()
    found = []
    for every in by_registers(ledger, numbers).values():
        address, known = every[0].address, judging.counting(ledger, every)
        found.append((address, merge.read(address, known, lambda one: side(ledger, one))))
    return sorted(found, key=lambda pair: pair[0])


def decided(ledger: Ledger) -> list[Address]:
    """Give the addresses of which a revision replaced several heads, or the centre an office's."""
    registers = set(ledger.connection.scalars(select(op_base.c.reg).distinct()))
    for one in ledger.peers.writers():
        if ledger.peers.owner(one)[1] == "":
            registers |= _written_over(ledger, one)
    known = by_registers(ledger, sorted(registers)).values()
    return sorted(revisions[0].address for revisions in known if revisions)


def _written_over(ledger: Ledger, number: int) -> set[int]:
    """Give the registers of which a session replaced what was said at an office."""
    within = op.c.op.between(key_of(number, 1), key_of(number, LAST_N))
    pairs = ledger.connection.execute(select(op.c.reg, op.c.base).where(within, op.c.base != 0))
    return {register for register, base in pairs if ledger.peers.office(parts_of(base)[0])}
