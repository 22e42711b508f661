"""The way of a unit's period report: submitted, observed, returned, accepted, consolidated."""

from __future__ import annotations

from datetime import date

from quipu.operations.house import House
from quipu.operations.outcome import Outcome


def submit(house: House, *, unit: str, period: str, plan: str = "", author: str) -> Outcome:
    """Say that a unit's report of a period is complete."""
    raise NotImplementedError


def accept(house: House, *, unit: str, period: str, plan: str = "", author: str) -> Outcome:
    """Accept a submitted report, at the centre."""
    raise NotImplementedError


def return_report(
    house: House, *, unit: str, period: str, reason: str, plan: str = "", author: str
) -> Outcome:
    """Give a submitted or accepted report back for correction, with the reason, at the centre."""
    raise NotImplementedError


def consolidate(house: House, *, unit: str, period: str, plan: str = "", author: str) -> Outcome:
    """Take an accepted report into the institution's, at the centre."""
    raise NotImplementedError


def observe(
    house: House,
    *,
    unit: str,
    period: str,
    text: str,
    activity: str = "",
    plan: str = "",
    author: str,
) -> Outcome:
    """Put the reviewer's words on an activity's period, or on the whole report, at the centre."""
    raise NotImplementedError


def set_due(house: House, *, period: str, due: date | None, plan: str = "", author: str) -> Outcome:
    """Set the day by which reports of a period are due; `None` goes back to the rule."""
    raise NotImplementedError
