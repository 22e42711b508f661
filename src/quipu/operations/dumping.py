"""The facts of a workspace as plain sorted lines, the same for the same facts."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from quipu.domain.address import Address
from quipu.domain.refusal import KIND
from quipu.domain.scope import shown_to_unit, unit_items
from quipu.domain.value import Value, value_text
from quipu.operations.finding import find_unit
from quipu.operations.house import House

Line = tuple[str, str, str, str | None]
"""Item, field, period, value."""


def dump(house: House, *, unit: str = "") -> Iterator[Line]:
    """Give every fact, or those of one unit with what hangs above it, sorted.

    An item is its id, and `id@unit` where the reporting unit is not the item's own unit. What a
    workspace keeps for itself (keys, receipts, what was sent) is no fact and is not here.
    """
    facts = house.workspace.all_facts()
    if not unit:
        return _lines(facts)
    known = house.facts()
    wanted = find_unit(known, unit)
    items = unit_items(known, wanted)
    return _lines(
        (address, value)
        for address, value in facts
        if address.item in items and shown_to_unit(address, wanted)
    )


def _lines(facts: Iterable[tuple[Address, Value]]) -> Iterator[Line]:
    # The facts come sorted by item; only an item's own lines are held to be put in order.
    for item, entries in groupby(facts, key=lambda entry: entry[0].item):
        known = list(entries)
        if any(address.field == "kind" and value == KIND for address, value in known):
            continue  # a judgement on revisions, and no fact of the institution
        own = next((value for address, value in known if address.field == "unit"), "")
        yield from sorted(
            (_label(item, address.unit, own), address.field, address.period, value_text(value))
            for address, value in known
            if value is not None
        )


def _label(item: str, unit: str, own: Value) -> str:
    return item if unit in ("", own) else f"{item}@{unit}"
