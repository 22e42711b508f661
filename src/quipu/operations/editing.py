"""Editing the institution's tree at the centre: areas, units, offices and who reports what."""

from __future__ import annotations

from collections.abc import Collection

from quipu.operations.house import House
from quipu.operations.outcome import Outcome


def add_area(house: House, *, name: str, author: str) -> Outcome:
    """Add an area of units after the others."""
    raise NotImplementedError


def add_unit(house: House, *, name: str, parent: str = "", author: str) -> Outcome:
    """Add a unit at the end of an area, or of the institution."""
    raise NotImplementedError


def add_office(house: House, *, name: str, units: Collection[str] = (), author: str) -> Outcome:
    """Add an office that reports these units; `enrolment.enrol` admits its first computer."""
    raise NotImplementedError


def rename(house: House, *, item: str, name: str, author: str) -> Outcome:
    """Give an area, unit, office or the institution another name; its id stays."""
    raise NotImplementedError


def move_unit(house: House, *, unit: str, parent: str, before: str = "", author: str) -> Outcome:
    """Put a unit or area under `parent` (`""` the institution), before a sibling or last."""
    raise NotImplementedError


def delete_unit(house: House, *, unit: str, author: str) -> Outcome:
    """Delete a unit or area that holds nothing; raises `InputError("unit-not-empty")` else."""
    raise NotImplementedError


def assign_unit(house: House, *, unit: str, office: str, author: str) -> Outcome:
    """Say which office reports a unit from now on; `""` for none."""
    raise NotImplementedError
