"""The order of a plan's document: areas, units and rows as they stand on paper."""

from collections.abc import Mapping
from typing import NamedTuple

from quipu.domain.facts import Facts


class Place(NamedTuple):
    """A unit in the document, and the area it stands under (`""` for none)."""

    area: str
    unit: str


def unit_places(facts: Facts, institution: str) -> list[Place]:
    """Give all units below an institution in the document's order, each with its nearest area."""
    places: list[Place] = []
    _walk(facts, institution, "", places, {institution})
    return places


def _walk(facts: Facts, above: str, area: str, places: list[Place], seen: set[str]) -> None:
    for child in facts.children(above):
        kind = facts.text(child, "kind")
        if child in seen or kind not in ("area", "unit"):
            continue
        seen.add(child)
        if kind == "unit":
            places.append(Place(area, child))
        _walk(facts, child, child if kind == "area" else area, places, seen)


def plan_rows(facts: Facts, plan: str) -> Mapping[str, list[str]]:
    """Give a plan's rows by unit (`""` for those of the whole institution), parents first.

    A row is an item that names the plan and its form. A unit's rows stand in their stored order,
    each followed by the rows of the same unit that hang from it: an objective of the whole
    institution has rows of many units below it. Rows that hang from each other in a ring come
    last.
    """
    rows = {
        item
        for item in facts.items()
        if facts.text(item, "plan") == plan
        and facts.text(item, "form")
        and not facts.flag(item, "deleted")
    }
    found: dict[str, list[str]] = {}
    tops = [item for item in rows if not _same_unit(facts, item, facts.text(item, "parent"), rows)]
    for item in (*sorted(tops, key=facts.sort_key), *sorted(rows, key=facts.sort_key)):
        if item in rows:
            _follow(facts, item, rows, found.setdefault(facts.text(item, "unit"), []))
    return found


def _same_unit(facts: Facts, item: str, other: str, rows: set[str]) -> bool:
    return other in rows and facts.text(item, "unit") == facts.text(other, "unit")


def _follow(facts: Facts, item: str, rows: set[str], listed: list[str]) -> None:
    listed.append(item)
    rows.discard(item)
    for child in facts.children(item):
        if _same_unit(facts, item, child, rows):
            _follow(facts, child, rows, listed)
