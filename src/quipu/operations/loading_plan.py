"""The plan, areas and units that a document speaks of: found again, or given their ids."""

from collections.abc import Sequence
from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.identity import plan_id, unit_id
from quipu.domain.reorganised import successor
from quipu.domain.row import Row
from quipu.domain.value import PUBLISHED
from quipu.forms.reading import Reading
from quipu.operations.editing import area_id
from quipu.operations.finding import fold
from quipu.operations.house import House
from quipu.operations.loading_said import Said
from quipu.operations.methods import pinned
from quipu.operations.placing import places

_IN_FORCE = "approved"


def take_plan(
    house: House, said: Said, reading: Reading, year: int | None, *, draft: bool = False
) -> str:
    """Take the plan itself with what the document's head prints, and give its id.

    A plan that is new is a `draft`, or else what its document says it is. Raises `InputError`
    `year-missing` or `families-mixed` (families).
    """
    names = {table.form for table in reading.tables} | {row.form for row in reading.rows}
    families = sorted({house.forms[name].family for name in names})
    span = _span(house, families[0]) if len(families) == 1 else None
    when = span[0] if span else reading.year or year
    if when is None:
        raise InputError("year-missing")
    if len(families) != 1:
        raise InputError("families-mixed", families=", ".join(families))
    plan = plan_id(house.dataset, families[0], when)
    said.once(Address(plan, "kind"), "plan")
    said.once(Address(plan, "name"), f"{families[0].upper()} {when}")
    said.once(Address(plan, "year"), Decimal(when))
    if span:
        said.once(Address(plan, "until"), Decimal(span[1]))
    said.once(Address(plan, "institution"), house.dataset)
    said.once(Address(plan, "form"), families[0])
    printed = reading.header.get("state", "")
    state = "draft" if draft else _printed_state(house, names, printed)
    said.once(Address(plan, "state"), state)
    if printed:
        said.put(Address(plan, "state" + PUBLISHED), printed)
    said.put(Address(plan, "form_version"), _pinned(house, said.facts, plan, names))
    method = pinned(house, names)
    if method is not None:
        said.put(Address(plan, "method"), method)
    for name, text in reading.header.items():
        if name != "state":
            said.twin(plan, name, text)
    return plan


def _span(house: House, family: str) -> tuple[int, int] | None:
    """Give first and last year of a family whose forms all are of several years (S4-10)."""
    spans = [form.years for form in house.forms.values() if form.family == family]
    known = [years for years in spans if years is not None]
    if not known or len(known) < len(spans):
        return None
    return min(first for first, _ in known), max(last for _, last in known)


def _printed_state(house: House, names: set[str], printed: str) -> str:
    """Give the state that a document's heading names; without one a document is in force."""
    found = (house.forms[name].heading.state.get(printed) for name in sorted(names))
    return next((states[0] for states in found if states), _IN_FORCE)


def _pinned(house: House, facts: Facts, plan: str, names: set[str]) -> str:
    """Give the plan's forms by id, version and hash, one a line."""
    lines = facts.text(plan, "form_version").split("\n")
    pinned = {line.split(" ")[0]: line for line in lines if line}
    for name in names:
        form = house.forms[name]
        pinned[name] = f"{name} {form.version} {form.digest}"
    return "\n".join(pinned[name] for name in sorted(pinned))


def take_units(house: House, said: Said, rows: Sequence[Row]) -> tuple[dict[str, str], list[str]]:
    """Take the areas and units that rows name.

    Gives the unit item by printed name, and the areas and units that are new.
    """
    units: dict[str, str] = {}
    parents: dict[str, str] = {}
    created: list[str] = []
    for row in rows:
        area = _take_area(house, said, row.area, created) if row.area else ""
        if area:
            parents.setdefault(area, house.dataset)
        if row.unit and row.unit not in units:
            item = _known_unit(house, said.facts, row.unit)
            units[row.unit] = item
            parents[item] = _take_unit(house, said, item, row, area, created)
    _place(said, parents)
    return units, created


def _take_area(house: House, said: Said, name: str, created: list[str]) -> str:
    item = area_id(house.dataset, name)
    if item not in said.facts:
        wanted = fold(name)
        for known in said.facts.of_kind("area"):
            if fold(said.facts.text(known, "name")) == wanted:
                return known
        if item not in created:
            created.append(item)
    said.once(Address(item, "kind"), "area")
    said.once(Address(item, "name"), name)
    said.once(Address(item, "parent"), house.dataset)
    return item


def _known_unit(house: House, facts: Facts, name: str) -> str:
    item = unit_id(house.dataset, name)
    if item in facts:
        return successor(facts, item)
    wanted = fold(name)
    for known in facts.of_kind("unit"):
        names = (facts.text(known, "name"), *facts.text(known, "alias").split("\n"))
        if wanted in (fold(text) for text in names if text):
            return successor(facts, known)
    return item


def _take_unit(house: House, said: Said, item: str, row: Row, area: str, created: list[str]) -> str:
    """Take one unit and give what it hangs under now."""
    if item not in said.facts:
        created.append(item)
    elif said.facts.flag(item, "deleted"):
        said.writes[Address(item, "deleted")] = None
    said.once(Address(item, "kind"), "unit")
    said.once(Address(item, "name"), row.unit)
    stored = said.facts.text(item, "parent")
    parent = area or house.dataset
    if not area:
        said.once(Address(item, "parent"), parent)
        return stored or parent
    printed = Address(item, "area" + PUBLISHED)
    before = said.stored(printed)
    said.put(printed, row.area)
    said.name(Address(item, "parent"))
    # Where a person moved the unit, it stays; where only an earlier document put it, it follows.
    untouched = area_id(house.dataset, before) if isinstance(before, str) else house.dataset
    if before != row.area and stored in ("", untouched) and stored != parent:
        said.writes[Address(item, "parent")] = parent
        return parent
    return stored or parent


def _place(said: Said, parents: dict[str, str]) -> None:
    """Give each new or moved area and unit its place among its siblings."""
    for parent in dict.fromkeys(parents.values()):
        sequence = [item for item, above in parents.items() if above == parent]
        siblings = [
            item
            for item in said.facts.children(parent)
            if said.facts.text(item, "kind") in ("area", "unit")
            and parents.get(item, parent) == parent
        ]
        known = {item: said.facts.number(item, "order") or Decimal(0) for item in siblings}
        for item, order in places(sequence, known).items():
            said.writes[Address(item, "order")] = order
        said.name(*(Address(item, "order") for item in sequence))
