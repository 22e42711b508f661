"""Editing the institution's tree at the centre: areas, units, offices and who reports what."""

from collections.abc import Collection, Iterable
from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.identity import derive_id, unit_id
from quipu.domain.letters import level
from quipu.operations.finding import find_office, find_unit, fold
from quipu.operations.gesture import Entry, centre_only, new_id, write
from quipu.operations.house import House
from quipu.operations.ordering import after_all, renumber
from quipu.operations.outcome import Outcome

_NAMED = ("area", "unit", "office", "institution", "plan")


def area_id(dataset: str, name: str) -> str:
    """Give the id of the area that first appeared under a name."""
    return derive_id("area", dataset, level(name))


def add_area(house: House, *, name: str, author: str) -> Outcome:
    """Add an area of units after the others."""
    centre_only(house)
    facts = house.facts()
    name = _free_name(facts, "area", name)
    item = _new_item(house, facts, area_id(house.dataset, name))
    order = after_all(facts, siblings(facts, house.dataset))
    entries = item_entries(item, "area", name, house.dataset, order)
    return write(house, entries, facts=facts, author=author, created=(item,))


def add_unit(house: House, *, name: str, parent: str = "", author: str) -> Outcome:
    """Add a unit at the end of an area, or of the institution."""
    centre_only(house)
    facts = house.facts()
    name = _free_name(facts, "unit", name)
    above = _parent(house, facts, parent)
    item = _new_item(house, facts, unit_id(house.dataset, name))
    order = after_all(facts, siblings(facts, above))
    entries = item_entries(item, "unit", name, above, order)
    return write(house, entries, facts=facts, author=author, created=(item,))


def add_office(house: House, *, name: str, units: Collection[str] = (), author: str) -> Outcome:
    """Add an office that reports these units; `enrolment.enrol` admits its first computer."""
    centre_only(house)
    facts = house.facts()
    item, entries = office_entries(house, facts, name, units)
    created = (item,) if item not in facts else ()
    return write(house, entries, facts=facts, author=author, created=created)


def office_entries(
    house: House, facts: Facts, name: str, units: Collection[str]
) -> tuple[str, list[Entry]]:
    """Give the office of a name, new or known, and what makes it report these units.

    Raises `InputError` `name-missing`, `unit-unknown`, or `unit-taken` (unit, office).
    """
    wanted = _required(name)
    known = [item for item in facts.of_kind("office") if fold(facts.text(item, "name")) == wanted]
    item = known[0] if known else new_id(house)
    entries: list[Entry] = []
    if not known:
        entries = [
            (Address(item, "kind"), "office"),
            (Address(item, "name"), " ".join(name.split())),
        ]
    for text in units:
        unit = find_unit(facts, text)
        holder = facts.text(unit, "office")
        if holder not in ("", item) and not facts.flag(holder, "deleted"):
            taken, by = facts.text(unit, "name"), facts.text(holder, "name")
            raise InputError("unit-taken", unit=taken, office=by)
        entries.append((Address(unit, "office"), item))
    return item, entries


def rename(house: House, *, item: str, name: str, author: str) -> Outcome:
    """Give an area, unit, office, plan or the institution another name; its id stays."""
    centre_only(house)
    facts = house.facts()
    kind = facts.text(item, "kind")
    if kind not in _NAMED:
        raise InputError("item-unknown", item=item)
    _free_name(facts, kind, name, but=item)
    entry = (Address(item, "name"), " ".join(name.split()))
    return write(house, [entry], facts=facts, author=author)


def move_unit(house: House, *, unit: str, parent: str, before: str = "", author: str) -> Outcome:
    """Put a unit or area under `parent` (`""` the institution), before a sibling or last."""
    centre_only(house)
    facts = house.facts()
    item = _branch(facts, unit)
    above = _parent(house, facts, parent)
    if above == item or item in facts.ancestors(above):
        raise InputError("unit-inside-itself", unit=facts.text(item, "name"))
    others = [other for other in siblings(facts, above) if other != item]
    entries = [(Address(item, "parent"), above), *renumber(facts, others, item, before)]
    return write(house, entries, facts=facts, author=author)


def delete_unit(house: House, *, unit: str, author: str) -> Outcome:
    """Delete a unit or area that holds nothing; raises `InputError("unit-not-empty")` else."""
    centre_only(house)
    facts = house.facts()
    item = _branch(facts, unit)
    rows = any(
        facts.text(row, "unit") == item and not facts.flag(row, "deleted") for row in facts.items()
    )
    if rows or facts.children(item):
        raise InputError("unit-not-empty", unit=facts.text(item, "name"))
    return write(house, [(Address(item, "deleted"), True)], facts=facts, author=author)


def assign_unit(house: House, *, unit: str, office: str, author: str) -> Outcome:
    """Say which office reports a unit from now on; `""` for none."""
    centre_only(house)
    facts = house.facts()
    holder = find_office(facts, office) if office else None
    entry = (Address(find_unit(facts, unit), "office"), holder)
    return write(house, [entry], facts=facts, author=author)


def item_entries(item: str, kind: str, name: str, parent: str, order: Decimal) -> Iterable[Entry]:
    """Give what makes an area or unit of an id."""
    return [
        (Address(item, "kind"), kind),
        (Address(item, "name"), name),
        (Address(item, "parent"), parent),
        (Address(item, "order"), order),
    ]


def siblings(facts: Facts, parent: str) -> list[str]:
    """Give the areas and units right under an item, in order."""
    return [item for item in facts.children(parent) if facts.text(item, "kind") in ("area", "unit")]


def _parent(house: House, facts: Facts, parent: str) -> str:
    return _branch(facts, parent) if parent and parent != house.dataset else house.dataset


def _branch(facts: Facts, item: str) -> str:
    known = facts.of_kind("area", "unit")
    if item in known:
        return item
    areas = [area for area in facts.of_kind("area") if fold(facts.text(area, "name")) == fold(item)]
    return areas[0] if areas else find_unit(facts, item)


def _required(name: str) -> str:
    if not name.strip():
        raise InputError("name-missing")
    return fold(name)


def _free_name(facts: Facts, kind: str, name: str, *, but: str = "") -> str:
    wanted = _required(name)
    for item in facts.of_kind(kind):
        if item != but and fold(facts.text(item, "name")) == wanted:
            raise InputError("name-taken", name=facts.text(item, "name"))
    return " ".join(name.split())


def new_unit_id(house: House, facts: Facts, name: str) -> str:
    """Give the id of a unit of a new name."""
    return _new_item(house, facts, unit_id(house.dataset, name))


def _new_item(house: House, facts: Facts, preferred: str) -> str:
    # The name's own id lets a later load find the unit; it is given once and never again.
    return new_id(house) if preferred in facts else preferred
