"""Who has reported what: office by period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from quipu.operations.house import House


@dataclass(frozen=True, slots=True)
class PeriodStatus:
    """An office's state in a period: the least advanced of its units'.

    `due` is the day by which the report was due and `received` when a bundle brought it here.
    """

    state: str
    late: bool
    due: date
    received: str | None


@dataclass(frozen=True, slots=True)
class OfficeStatus:
    """An office: its units' names, the last bundle's number, numbers that never came, periods."""

    office: str
    name: str
    units: tuple[str, ...]
    last_sequence: int
    missing: tuple[int, ...]
    periods: Mapping[str, PeriodStatus]


def status(
    house: House, *, period: str = "", plan: str = "", today: date | None = None
) -> list[OfficeStatus]:
    """Give the state of every office (an office: its own) for one period or all of the plan's."""
    raise NotImplementedError


def unit_status(house: House, *, plan: str = "") -> dict[tuple[str, str], str]:
    """Give the state of each unit's report by unit and period; those without progress too."""
    raise NotImplementedError
