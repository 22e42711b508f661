"""The calendar of a method: what is due, and the rules by which the days are found."""

import calendar
import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from quipu.domain.deadlines import Anchor, DeadlineRule
from quipu.forms.language_keys import Key
from quipu.forms.language_values import Fault

_MOST_DAYS = 366
_MOST_YEARS = 3
_LEAP_YEAR = 2024
_CODE = re.compile(r"[a-z]+(-[a-z]+)*")

DEADLINE = (
    Key("task", "text", required=True),
    Key("title", "translated", required=True),
    Key("anchor", "choice", required=True, choices=get_args(Anchor)),
    Key("days", "whole"),
    Key("day", "whole"),
    Key("month", "whole"),
    Key("years", "whole"),
    Key("who", "choice", choices=("office", "centre")),
)

CALENDAR = (Key("deadline", "tables", required=True, keys=DEADLINE),)

KEY = Key("calendar", "table", keys=CALENDAR)
"""The part of a method file that this module reads."""


def faults(part: Mapping[str, Any]) -> Iterator[Fault]:
    """Give the mistakes that show only when a deadline's keys are seen together."""
    seen: set[str] = set()
    for at, rule in enumerate(part.get("deadline", ())):
        path = ("calendar", "deadline", at)
        if not _CODE.fullmatch(rule["task"]):
            yield Fault((*path, "task"), "not-a-code", {"word": rule["task"]})
        if rule["task"] in seen:
            yield Fault((*path, "task"), "repeated-task", {"word": rule["task"]})
        seen.add(rule["task"])
        fixed = rule["anchor"] == "fixed"
        for key in ("day", "month"):
            if fixed and key not in rule:
                yield Fault((*path, key), "missing-key")
        for key in ("days",) if fixed else ("day", "month", "years"):
            if key in rule:
                yield Fault((*path, key), "key-not-here", {"word": rule["anchor"]})
        for key, least, most in _bounds(rule):
            if not least <= rule.get(key, least) <= most:
                yield Fault((*path, key), "out-of-range", {"least": least, "most": most})


def _bounds(rule: Mapping[str, Any]) -> Iterator[tuple[str, int, int]]:
    month = rule.get("month", 1)
    yield "days", 0, _MOST_DAYS
    yield "month", 1, 12
    yield "day", 1, calendar.monthrange(_LEAP_YEAR, month)[1] if 1 <= month <= 12 else 31
    if "years" in rule:
        yield "years", -_MOST_YEARS, _MOST_YEARS


def build(part: Mapping[str, Any]) -> tuple[DeadlineRule, ...]:
    """Make the rules of a calendar without mistakes."""
    return tuple(DeadlineRule(**rule) for rule in part.get("deadline", ()))
