"""Asking the facts for the plan, units, offices and rows that a person names."""

from __future__ import annotations

from dataclasses import dataclass

from quipu.domain.facts import Facts


@dataclass(frozen=True, slots=True)
class UnitNode:
    """An area or unit in the institution's tree; `kind` is `"area"` or `"unit"`."""

    item: str
    kind: str
    name: str
    office: str
    children: tuple[UnitNode, ...]


def find_plan(facts: Facts, *, plan: str = "", period: str = "") -> str:
    """Give the plan meant: by id or name, else the one whose year holds the period, else the last.

    Raises `InputError` `plan-unknown` (name) or `plan-missing` where nothing was loaded yet.
    """
    raise NotImplementedError


def find_unit(facts: Facts, text: str) -> str:
    """Give the unit of this id or name; raises `InputError("unit-unknown", unit, near)`."""
    raise NotImplementedError


def find_office(facts: Facts, text: str) -> str:
    """Give the office of this id or name; raises `InputError("office-unknown", office, near)`."""
    raise NotImplementedError


def find_rows(facts: Facts, *, plan: str, unit: str, text: str) -> list[str]:
    """Give the rows of a unit whose id, code or whole text this is, in the document's order."""
    raise NotImplementedError


def find_row(facts: Facts, *, plan: str, unit: str, text: str) -> str:
    """Give the one row meant.

    Raises `InputError` `activity-unknown` (activity, unit) or `activity-ambiguous` (activity,
    unit, items).
    """
    raise NotImplementedError


def plan_units(facts: Facts, plan: str) -> list[str]:
    """Give the units that have rows in a plan, in the order of the institution's document."""
    raise NotImplementedError


def plan_rows(facts: Facts, plan: str, unit: str) -> list[str]:
    """Give the rows of a unit (`""` for rows of the whole institution) in their order."""
    raise NotImplementedError


def unit_tree(facts: Facts) -> list[UnitNode]:
    """Give the institution's areas and units as a tree, in order."""
    raise NotImplementedError
