"""Addresses at which people said different things, and settling them."""

from collections.abc import Collection
from dataclasses import dataclass

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.identity import derive_id
from quipu.domain.merge import Reading
from quipu.domain.value import Value
from quipu.operations.cells import UnreadableText
from quipu.operations.finding import find_unit
from quipu.operations.gesture import write
from quipu.operations.house import House
from quipu.operations.outcome import Outcome
from quipu.operations.permission import read_typed


@dataclass(frozen=True, slots=True)
class Head:
    """One of the values in a dispute; `revision` is its name as text, `office` a name."""

    revision: str
    value: Value
    author: str
    office: str
    at: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """An address with differing heads; `id` is the same in every workspace that has it.

    `unit` is the reporting unit's or the row's unit's name; `shown` is what forms show meanwhile.
    """

    id: str
    address: Address
    unit: str
    code: str
    activity: str
    shown: Value
    heads: tuple[Head, ...]


def disputes(house: House, *, units: Collection[str] = ()) -> list[Dispute]:
    """Give the open disputes, of some units or of all, in the order of ids."""
    facts = house.facts()
    wanted = {find_unit(facts, unit) for unit in units}
    found = [
        _dispute(house, facts, address, reading)
        for address, reading in house.workspace.disputes()
        if not wanted or _unit(facts, address) in wanted
    ]
    return sorted(found, key=lambda dispute: dispute.id)


def settle(
    house: House,
    *,
    dispute: str,
    head: str | None = None,
    value: str | None = None,
    note: str = "",
    author: str,
) -> Outcome:
    """Settle a dispute by one of its heads or by a third value (`""` blanks it).

    Raises `InputError` `dispute-unknown`, `head-unknown`, `settle-choice` (neither or both given)
    or `malformed-number` and the like.
    """
    facts = house.facts()
    open_now = {dispute_id(address): (address, r) for address, r in house.workspace.disputes()}
    if dispute not in open_now:
        raise InputError("dispute-unknown", dispute=dispute)
    address, reading = open_now[dispute]
    if head is not None and value is None:
        chosen = _head_value(reading, head)
    elif value is not None and head is None:
        chosen = _third_value(house, facts, address, value)
    else:
        raise InputError("settle-choice")
    return write(house, [(address, chosen)], facts=facts, author=author, reason=note or None)


def dispute_id(address: Address) -> str:
    """Give the id of a dispute at an address."""
    return derive_id("dispute", *address)


def _unit(facts: Facts, address: Address) -> str:
    return address.unit or facts.text(address.item, "unit")


def _dispute(house: House, facts: Facts, address: Address, reading: Reading) -> Dispute:
    item, field, period, unit = address
    entries = house.workspace.history(item, field=field, period=period, unit=unit)
    offices = {entry.revision.name: facts.text(entry.office, "name") for entry in entries}
    heads = tuple(
        Head(str(head.name), head.value, head.author, offices.get(head.name, ""), head.at)
        for head in reading.heads
    )
    return Dispute(
        id=dispute_id(address),
        address=address,
        unit=facts.text(_unit(facts, address), "name"),
        code=facts.text(item, "code"),
        activity=facts.text(item, "text"),
        shown=reading.value,
        heads=heads,
    )


def _head_value(reading: Reading, name: str) -> Value:
    for head in reading.heads:
        if str(head.name) == name:
            return head.value
    raise InputError("head-unknown", revision=name)


def _third_value(house: House, facts: Facts, address: Address, text: str) -> Value:
    try:
        return read_typed(house, facts, address, text)
    except UnreadableText as mistake:
        places: dict[str, object] = {"field": address.field, "period": address.period}
        row = facts.text(address.item, "code")
        unit = facts.text(_unit(facts, address), "name")
        raise InputError(
            mistake.code, value=text, row=row, unit=unit, **places, **mistake.params
        ) from None
