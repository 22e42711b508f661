"""What the centre refuses of a bundle as it arrives, written in the bundle's own transaction."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from quipu.domain import reception
from quipu.domain.address import Address
from quipu.domain.columns import Columns, columns_of
from quipu.domain.facts import Facts
from quipu.domain.parcel import Parcel
from quipu.domain.period import Period, PeriodKind
from quipu.domain.reception import Desk, Row
from quipu.domain.refusal import entries
from quipu.operations.house import House
from quipu.store.transaction import Transaction

AUTHOR = "Quipu"
"""Who refuses: the program, by what the centre's people had decided before."""

_KINDS: tuple[PeriodKind, ...] = ("month", "quarter", "semester")
_OF_ROW = ("plan", "unit", "kind")


def look(house: House, transaction: Transaction, parcel: Parcel, at: datetime) -> Desk | None:
    """Look at what is known before an office's bundle goes in; `None` where nothing is judged.

    Most bundles can hold nothing to refuse, and then little is read: nothing for each revision.
    """
    if house.role != "centre" or not parcel.office:
        return None
    columns = columns_of(parcel.revisions)
    rows = transaction.rows(columns.words.items)
    around = transaction.values(list(_around(columns, rows)))
    own = [device for device in parcel.devices if device.id == parcel.device]
    late = any(reception.expired(device, at.date()) for device in own)
    desk = reception.desk(
        parcel.office, around, around, whole="certificate-expired" if late else ""
    )
    if reception.harmless(columns, desk, rows):
        return None
    before = Facts([*around, *transaction.values(list(_rows(columns.words.items)))])
    return replace(desk, before=before, after=before)


def refuse(transaction: Transaction, parcel: Parcel, desk: Desk, manifest: str) -> int:
    """Refuse what came in with a bundle and must not count; gives how many revisions that are."""
    columns = columns_of(parcel.revisions)
    after = transaction.values(list(_rows(columns.words.items)))
    # Of a row that the bundle makes, only now is known of which plan it is; what an office says of
    # a plan's state counts for nothing, so that this is still the state of before.
    plans = {after.text(item, "plan") for item in after.items()} - {""}
    around = [Address(plan, field) for plan in sorted(plans) for field in ("kind", "state")]
    known = transaction.values([*_holders(_units(after)), *around])
    before = Facts([*desk.before, *known])
    said = reception.refusals(transaction.arrived(), replace(desk, before=before, after=after))
    for address, value in entries(said, office=parcel.office, manifest=manifest):
        transaction.put(address, value)
    return sum(len(one.names) for one in said)


def _around(columns: Columns, rows: Mapping[str, Row]) -> Iterable[Address]:
    """Give what is asked of plans and units: states, closed periods, whose units they are."""
    words = columns.words
    plans = {row.plan for row in rows.values()} - {""}
    plans |= {item for item, row in rows.items() if row.kind == "plan"}
    yield from (Address(plan, field) for plan in plans for field in ("kind", "state"))
    units = {unit for unit in words.units if unit}
    yield from _holders(units | ({row.unit for row in rows.values()} - {""}))
    wholes = {whole for period in words.periods for whole in _wholes(period)}
    for plan in plans:
        yield from (Address(plan, "report", whole, unit) for whole in wholes for unit in units)


def _rows(items: Collection[str]) -> Iterable[Address]:
    return (Address(item, field) for item in items for field in _OF_ROW)


def _units(facts: Facts) -> set[str]:
    return {facts.text(item, "unit") for item in facts.items()} - {""}


def _holders(units: Collection[str]) -> Iterable[Address]:
    """Give where it is said which offices have some units."""
    return (Address(unit, "office") for unit in sorted(units))


@lru_cache(maxsize=4096)
def _wholes(text: str) -> tuple[str, ...]:
    """Give a period with the longer ones of its year that it lies in."""
    try:
        part = Period.parse(text)
    except ValueError:
        return ()
    year = Period.of_year(part.year)
    longer = [whole for kind in _KINDS for whole in year.parts(kind) if whole.contains(part)]
    return tuple(str(one) for one in {part, year, *longer})
