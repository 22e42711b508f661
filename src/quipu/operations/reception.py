"""What the centre refuses of a bundle as it arrives, written in the bundle's own transaction."""

from collections.abc import Collection, Iterable
from datetime import datetime

from quipu.domain import reception
from quipu.domain.address import Address
from quipu.domain.columns import columns_of
from quipu.domain.facts import Facts
from quipu.domain.parcel import Parcel
from quipu.domain.period import Period, PeriodKind
from quipu.domain.reception import Desk
from quipu.domain.refusal import entries
from quipu.operations.house import House
from quipu.store.transaction import Transaction

AUTHOR = "Quipu"
"""Who refuses: the program, by what the centre's people had decided before."""

_KINDS: tuple[PeriodKind, ...] = ("month", "quarter", "semester")
_OF_ROW = ("plan", "unit", "kind")


def look(house: House, transaction: Transaction, parcel: Parcel, at: datetime) -> Desk | None:
    """Look at what is known before an office's bundle goes in; `None` where nothing is judged."""
    if house.role != "centre" or not parcel.office:
        return None
    words = columns_of(parcel.revisions).words
    near = transaction.values(
        [
            *_rows(words.items),
            *(Address(unit, "office") for unit in words.units if unit),
        ]
    )
    plans = {near.text(item, "plan") for item in words.items} - {""}
    plans |= {item for item in words.items if near.text(item, "kind") == "plan"}
    around = [Address(plan, field) for plan in plans for field in ("kind", "state")]
    around += _holders(near)
    wholes = {whole for period in words.periods for whole in _wholes(period)}
    around += [
        Address(plan, "report", whole, unit)
        for plan in plans
        for whole in wholes
        for unit in words.units
        if unit
    ]
    before = Facts([*near, *transaction.values(around)])
    own = [device for device in parcel.devices if device.id == parcel.device]
    late = any(reception.expired(device, at.date()) for device in own)
    return reception.desk(
        parcel.office, before, before, whole="certificate-expired" if late else ""
    )


def refuse(transaction: Transaction, parcel: Parcel, desk: Desk, manifest: str) -> int:
    """Refuse what came in with a bundle and must not count; gives how many revisions that are."""
    columns = columns_of(parcel.revisions)
    if reception.harmless(columns, desk):
        return 0
    after = transaction.values(list(_rows(columns.words.items)))
    before = Facts([*desk.before, *transaction.values(list(_holders(after)))])
    known = Desk(desk.office, before, after, desk.closed, desk.whole)
    said = reception.refusals(transaction.arrived(), known)
    for address, value in entries(said, office=parcel.office, manifest=manifest):
        transaction.put(address, value)
    return sum(len(one.names) for one in said)


def _rows(items: Collection[str]) -> Iterable[Address]:
    return (Address(item, field) for item in items for field in _OF_ROW)


def _holders(facts: Facts) -> Iterable[Address]:
    """Give where it is said which offices have the units of some rows."""
    units = {facts.text(item, "unit") for item in facts.items()} - {""}
    return (Address(unit, "office") for unit in sorted(units))


def _wholes(text: str) -> list[str]:
    """Give a period with the longer ones of its year that it lies in."""
    try:
        part = Period.parse(text)
    except ValueError:
        return []
    year = Period.of_year(part.year)
    longer = [whole for kind in _KINDS for whole in year.parts(kind) if whole.contains(part)]
    return [str(one) for one in {part, year, *longer}]
