"""How revisions are written: one at a time, or many with a few statements."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy import text as sql

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.value import Value
from quipu.store import projection, working
from quipu.store.bulk import AnyRow
from quipu.store.ledger import LAST_N, Ledger, key_of
from quipu.store.tables import fact, multi, op, session, text
from quipu.store.values import BLANK, FIRST_WITH_BODY, Stored, UnfitValue, clean, encode

DEEPEST = 2**53 - 1
"""No revision is deeper, so that nobody's invented depth makes all later ones overflow."""


@dataclass
class Pen:
    """The session that a workspace writes in, and the number it last used."""

    session: int
    n: int = 0

    def next(self) -> int:
        """Take the next number."""
        if self.n >= LAST_N:
            raise OverflowError("a session has no more numbers")
        self.n += 1
        return self.n


@dataclass(frozen=True, slots=True)
class Hand:
    """What a transaction writes with: its pen, its gesture, its arrival, when and who.

    `first` is the number of the first revision that it may write.
    """

    pen: Pen
    first: int
    group: int
    arrival: int
    at: int
    author: int


def fit(address: Address, value: Value) -> Stored:
    """Give a value as it is stored; raises `InputError` for one that cannot be."""
    try:
        return encode(value)
    except UnfitValue as error:
        raise InputError(error.code, field=address.field, **error.params) from error


def next_text(ledger: Ledger) -> int:
    """Give the number that the next text takes."""
    return (ledger.bulk.one("SELECT max(no) FROM text") or 0) + 1


def put(
    ledger: Ledger,
    hand: Callable[[], Hand],
    address: Address,
    stored: Stored,
    *,
    reason: str | None = None,
) -> int | None:
    """Write one revision that replaces all heads known at its address; gives its key.

    Gives `None`, and asks for no hand, where the value is there already and nothing disputes it.
    """
    found = _register(ledger, address)
    if found is None and stored.kind == BLANK:
        return None
    if found is not None and not found.differ and _same(found, stored):
        return None
    register = _new_register(ledger, address) if found is None else int(found.reg)
    heads = [] if found is None else _heads(ledger, found)
    num = stored.num if stored.body is None else _new_text(ledger, stored.body)
    why = _new_text(ledger, clean(reason)) if reason else 0
    key = _append(ledger, hand(), register, heads, (stored.kind, num, why))
    shown = {"kind": stored.kind, "num": num, "shown": key}
    ledger.connection.execute(update(fact).where(fact.c.reg == register).values(**shown))
    ledger.connection.execute(delete(multi).where(multi.c.reg == register))
    return key


def put_apart(
    ledger: Ledger, hand: Callable[[], Hand], address: Address, said: Sequence[Stored]
) -> list[int]:
    """Write values side by side, each in the place of all heads known; gives their keys.

    Values that differ dispute the address; the last is the deepest, and shown first among equals.
    """
    found = _register(ledger, address)
    register = _new_register(ledger, address) if found is None else int(found.reg)
    heads = [] if found is None else _heads(ledger, found)
    keys = []
    for stored in said:
        num = stored.num if stored.body is None else _new_text(ledger, stored.body)
        keys.append(_append(ledger, hand(), register, heads, (stored.kind, num, 0)))
    projection.only_register(ledger, register)
    projection.read_again(ledger)
    return keys


def _append(
    ledger: Ledger, hand: Hand, register: int, heads: list[int], said: tuple[int, int, int]
) -> int:
    run = ledger.connection
    deepest = run.scalar(select(func.max(op.c.depth)).where(op.c.reg == register)) or 0
    key = key_of(hand.pen.session, hand.pen.next())
    kind, num, why = said
    values = {
        "op": key,
        "reg": register,
        "kind": kind,
        "num": num,
        "base": heads[0] if heads else 0,
        "more": max(len(heads) - 1, 0),
        "depth": min(deepest + 1, DEEPEST),
        "reason": why,
    }
    line = {"at": hand.at, "author": hand.author, "grp": hand.group, "arrival": hand.arrival}
    run.execute(insert(op).values(**values, **line))
    further = [(register, one, key) for one in heads[1:]]
    ledger.bulk.insert("op_base", ("reg", "base", "op"), further)
    _remember(ledger, hand)
    return key


def _remember(ledger: Ledger, hand: Hand) -> None:
    """Remember how far a session has come, and between which keys this arrival lies."""
    pen = hand.pen
    ledger.connection.execute(update(session).where(session.c.no == pen.session).values(top=pen.n))
    low, high = key_of(pen.session, hand.first), key_of(pen.session, pen.n)
    span = {"arrival": hand.arrival, "low": low, "high": high}
    ledger.connection.execute(sql(working.REMEMBER_SPAN), span)


def _register(ledger: Ledger, address: Address) -> AnyRow | None:
    number = ledger.registers.number(address)
    if number is None:
        return None
    has_body = (fact.c.kind >= FIRST_WITH_BODY) & (text.c.no == fact.c.num)
    query = (
        select(fact.c.reg, fact.c.kind, fact.c.num, fact.c.shown, text.c.body, multi.c.differ)
        .select_from(fact.outerjoin(text, has_body).outerjoin(multi, multi.c.reg == fact.c.reg))
        .where(fact.c.reg == number)
    )
    return ledger.connection.execute(query).one_or_none()


def _same(found: AnyRow, stored: Stored) -> bool:
    if found.kind != stored.kind:
        return False
    return bool(found.num == stored.num if stored.body is None else found.body == stored.body)


def _heads(ledger: Ledger, found: AnyRow) -> list[int]:
    if found.differ is None:
        return [found.shown] if found.shown else []
    projection.only_register(ledger, found.reg)
    projection.find_heads(ledger)
    return sorted(ledger.connection.scalars(sql("SELECT op FROM head")))


def _new_register(ledger: Ledger, address: Address) -> int:
    (register,) = ledger.registers.take([address])
    ledger.connection.execute(insert(fact).values(reg=register, kind=0, num=0, shown=0))
    return register


def _new_text(ledger: Ledger, body: str) -> int:
    number = next_text(ledger)
    ledger.connection.execute(insert(text).values(no=number, body=body))
    return number


def put_many(
    ledger: Ledger, hand: Callable[[], Hand], entries: Iterable[tuple[Address, Stored]]
) -> int:
    """Write many values; gives how many revisions that made.

    An address that is given twice takes its last value, in one revision.
    """
    latest = dict(entries)
    registers = ledger.registers.take(latest)
    known = _known(ledger, registers)
    lines: list[_Line] = []
    apart: list[tuple[Address, Stored]] = []
    for register, (address, stored) in zip(registers, latest.items(), strict=True):
        now = known.get(register)
        if now is None:
            if stored.kind != BLANK:
                lines.append(_Line(register, stored, 0, 1))
        elif now.differ or not _same(now, stored):
            if now.differ is None:
                depth = min((now.depth or 0) + 1, DEEPEST)
                lines.append(_Line(register, stored, now.shown, depth))
            else:
                apart.append((address, stored))
    _append_all(ledger, hand, lines)
    return len(lines) + sum(put(ledger, hand, *entry) is not None for entry in apart)


class _Line(NamedTuple):
    register: int
    stored: Stored
    base: int
    depth: int


def _known(ledger: Ledger, registers: Sequence[int]) -> dict[int, AnyRow]:
    """Give what is known of these registers, by their numbers."""
    ledger.bulk.refill("draft", ("reg",), [(register,) for register in registers])
    return {row.reg: row for row in ledger.connection.execute(sql(working.KNOWN_OF_DRAFT))}


def _append_all(ledger: Ledger, take_hand: Callable[[], Hand], lines: Sequence[_Line]) -> None:
    if not lines:
        return
    hand = take_hand()
    if hand.pen.n + len(lines) > LAST_N:
        raise OverflowError("a session has no more numbers")
    first = key_of(hand.pen.session, hand.pen.n + 1)
    text_no = next_text(ledger)
    numbers: list[int] = []
    texts: list[tuple[int, str]] = []
    for line in lines:
        numbers.append(line.stored.num if line.stored.body is None else text_no + len(texts))
        if line.stored.body is not None:
            texts.append((numbers[-1], line.stored.body))
    ledger.bulk.insert("text", ("no", "body"), texts)
    columns: dict[str, Sequence[int] | int] = {
        "op": range(first, first + len(lines)),
        "reg": [line.register for line in lines],
        "kind": [line.stored.kind for line in lines],
        "num": numbers,
        "base": [line.base for line in lines],
        "more": 0,
        "depth": [line.depth for line in lines],
        "at": hand.at,
        "author": hand.author,
        "grp": hand.group,
        "reason": 0,
        "arrival": hand.arrival,
    }
    ledger.bulk.append("op", columns)
    span = {"low": first, "high": first + len(lines) - 1}
    ledger.connection.execute(sql(working.SHOW_DRAFT), span)
    hand.pen.n += len(lines)
    _remember(ledger, hand)
