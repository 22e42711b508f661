"""Asking the facts for the plan, units, offices and rows that a person names."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quipu.domain import outline
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.letters import bare
from quipu.domain.period import Period

_NEAR = 3


@dataclass(frozen=True, slots=True)
class UnitNode:
    """An area or unit in the institution's tree; `kind` is `"area"` or `"unit"`."""

    item: str
    kind: str
    name: str
    office: str
    children: "tuple[UnitNode, ...]"


def fold(text: str) -> str:
    """Give a name as it is compared: no accents, one case, single spaces, no closing stop."""
    return " ".join(bare(text).split()).removesuffix(".")


def find_plan(facts: Facts, *, plan: str = "", period: str = "", family: str = "") -> str:
    """Give the plan meant: by id, name or year, else the one of the period's year, else the last.

    A plan of several years, with which each year's is compared, is only meant where nothing else
    is there, or where its `family` is asked for. Raises `InputError` `plan-unknown` (plan), or
    `plan-missing` where nothing was loaded yet.
    """
    plans = facts.of_kind("plan")
    if plan:
        wanted = fold(plan)
        for item in plans:
            names = (item, facts.text(item, "name"), facts.text(item, "title"), _year(facts, item))
            if wanted in map(fold, names):
                return item
        raise InputError("plan-unknown", plan=plan)
    if not plans:
        raise InputError("plan-missing")
    own = [item for item in plans if facts.text(item, "form") == family]
    single = [item for item in plans if facts.number(item, "until") is None]
    meant = sorted(own or single or plans, key=lambda item: _year(facts, item))
    year = _period_year(period)
    return next((item for item in meant if year and _year(facts, item) == year), meant[-1])


def _year(facts: Facts, plan: str) -> str:
    year = facts.number(plan, "year")
    return f"{int(year):04}" if year is not None else ""


def _period_year(period: str) -> str:
    try:
        return f"{Period.parse(period).year:04}"
    except ValueError:
        return ""


def find_unit(facts: Facts, text: str) -> str:
    """Give the unit of this id or name.

    Raises `InputError` `unit-unknown` (unit), or `unit-unknown-near` (unit, near) where names
    like it exist.
    """
    return _find(facts, text, "unit")


def find_office(facts: Facts, text: str) -> str:
    """Give the office of this id or name; raises `office-unknown` as `find_unit` does."""
    return _find(facts, text, "office")


def _find(facts: Facts, text: str, kind: str) -> str:
    items = facts.of_kind(kind)
    if text in items:
        return text
    names = {item: _names(facts, item) for item in items}
    wanted = fold(text)
    # A unit's own name comes before another's alias: one that was merged keeps its name.
    for own in (slice(0, 1), slice(1, None)):
        for item, known in names.items():
            if wanted in map(fold, known[own]):
                return item
    near = near_names(text, [known[0] for known in names.values() if known])
    if near:
        raise InputError(f"{kind}-unknown-near", **{kind: text, "near": "; ".join(near)})
    raise InputError(f"{kind}-unknown", **{kind: text})


def _names(facts: Facts, item: str) -> list[str]:
    aliases = facts.text(item, "alias").split("\n")
    return [name for name in (facts.text(item, "name"), *aliases) if name]


def near_names(text: str, names: Iterable[str]) -> list[str]:
    """Give the few names that are most like a text, the nearest first."""
    by_fold = {fold(name): name for name in names}
    wanted = fold(text)
    found = difflib.get_close_matches(wanted, by_fold, n=_NEAR, cutoff=0.6)
    within = [name for name in by_fold if wanted and wanted in name and name not in found]
    return [by_fold[name] for name in (*found, *within)][:_NEAR]


def find_rows(facts: Facts, *, plan: str, unit: str, text: str) -> list[str]:
    """Give the rows of a unit whose id, code or whole text this is, in the document's order.

    Rows of the whole institution, which have no unit, count too, after the unit's own. With no
    unit given, the rows of every unit do.
    """
    rows = outline.plan_rows(facts, plan)
    candidates = [*rows.get(unit, ()), *rows.get("", ())] if unit else rows_of(facts, plan)
    if text in candidates:
        return [text]
    code = text.strip()
    by_code = [row for row in candidates if code and facts.text(row, "code") == code]
    bare = _bare(code)
    by_code = by_code or [
        row for row in candidates if bare and _bare(facts.text(row, "code")) == bare
    ]
    if by_code:
        return by_code
    wanted = fold(text)
    return [row for row in candidates if wanted and fold(facts.text(row, "text")) == wanted]


def _bare(code: str) -> str:
    """Give a code without the final dot that comes and goes, in any case."""
    return fold(code).rstrip(". ")


def find_row(facts: Facts, *, plan: str, unit: str, text: str) -> str:
    """Give the one row meant: the unit's own before one of the whole institution.

    Raises `InputError` `activity-unknown` (activity, unit) or `activity-ambiguous` (activity,
    unit, items: their ids).
    """
    found = find_rows(facts, plan=plan, unit=unit, text=text)
    name = facts.text(unit, "name")
    if not found:
        raise InputError("activity-unknown", activity=text, unit=name)
    own = [row for row in found if facts.text(row, "unit") == unit] if unit else []
    found = own or found
    if len(found) > 1:
        raise InputError("activity-ambiguous", activity=text, unit=name, items=tuple(found))
    return found[0]


def rows_of(facts: Facts, plan: str) -> list[str]:
    """Give all rows of a plan that are not deleted, unit by unit in the document's order.

    Rows of the whole institution come last.
    """
    rows = outline.plan_rows(facts, plan)
    named = plan_units(facts, plan)
    others = [unit for unit in rows if unit not in named]
    return [row for unit in (*named, *sorted(others)) for row in rows[unit]]


def plan_units(facts: Facts, plan: str) -> list[str]:
    """Give the units that have rows in a plan, in the order of the institution's document."""
    named = outline.plan_rows(facts, plan)
    places = outline.unit_places(facts, facts.text(plan, "institution"))
    return [place.unit for place in places if place.unit in named]


def plan_rows(facts: Facts, plan: str, unit: str) -> list[str]:
    """Give the rows of a unit (`""` for rows of the whole institution) in their order."""
    return list(outline.plan_rows(facts, plan).get(unit, ()))


def unit_tree(facts: Facts) -> list[UnitNode]:
    """Give the institution's areas and units as a tree, in order."""
    branches: dict[str, list[str]] = {}
    known = set(facts.of_kind("area", "unit"))
    for item in sorted(known, key=facts.sort_key):
        parent = facts.text(item, "parent")
        branches.setdefault(parent if parent in known else "", []).append(item)

    def node(item: str) -> UnitNode:
        below = tuple(node(child) for child in branches.get(item, ()))
        kind, name = facts.text(item, "kind"), facts.text(item, "name")
        return UnitNode(item, kind, name, facts.text(item, "office"), below)

    return [node(item) for item in branches.get("", ())]


def _flat(nodes: Iterable[UnitNode]) -> Iterator[UnitNode]:
    for node in nodes:
        yield node
        yield from _flat(node.children)


def unit_name(facts: Facts, row: str) -> str:
    """Give the name of the unit that a row belongs to, `""` for the whole institution's."""
    return facts.text(facts.text(row, "unit"), "name")


def office_units(facts: Facts, office: str) -> list[str]:
    """Give the units that an office reports, in the order of the institution's document."""
    units = (node.item for node in _flat(unit_tree(facts)) if node.kind == "unit")
    return [unit for unit in units if facts.text(unit, "office") == office]
