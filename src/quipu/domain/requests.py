"""What the centre asks units for by a day, and what it lets them know, with who has answered.

A request and a notice are items of the centre that name the units they are meant for; what a unit
answers, or that it has read, are fields of the item that only its office writes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from quipu.domain.deadlines import day_of, is_late
from quipu.domain.facts import Facts

REQUEST, NOTICE = "request", "notice"

RequestState = Literal["open", "answered", "closed"]


@dataclass(frozen=True, slots=True)
class Request:
    """A request as one unit has it; `due` is `None` where the day is unreadable.

    `answered_at` is the moment that the office's machine claims (ISO 8601).
    """

    item: str
    unit: str
    title: str
    text: str
    period: str
    due: date | None
    state: RequestState
    answer: str
    answered_by: str
    answered_at: str

    def late(self, today: date) -> bool:
        """Tell whether it was answered after its day, or not yet and the day is past."""
        if self.due is None or (self.state == "closed" and not self.answered_at):
            return False
        return is_late(self.due, _day(self.answered_at), today)


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as one unit has it; `read_at` is `""` until somebody of the unit has read it."""

    item: str
    unit: str
    title: str
    text: str
    at: str
    read_by: str
    read_at: str


def asked_units(facts: Facts, item: str) -> list[str]:
    """Give the units that a request or notice is meant for, in no order."""
    return [
        unit
        for (field, _, unit), value in facts.entries(item).items()
        if field == "asked" and unit and value is True
    ]


def requests(facts: Facts, plan: str, units: Iterable[str] | None = None) -> list[Request]:
    """Give every request of a plan once for each unit it asks, by day; of some units or of all."""
    wanted = None if units is None else frozenset(units)
    found = [
        _request(facts, item, unit)
        for item in _letters(facts, REQUEST, plan)
        for unit in asked_units(facts, item)
        if wanted is None or unit in wanted
    ]
    return sorted(found, key=lambda one: (one.due or date.max, one.title, one.item, one.unit))


def _request(facts: Facts, item: str, unit: str) -> Request:
    answer = facts.text(item, "answer", unit=unit)
    state: RequestState = "answered" if answer else "open"
    return Request(
        item,
        unit,
        facts.text(item, "title"),
        facts.text(item, "said"),
        facts.text(item, "about_period"),
        _day(facts.text(item, "due_on")),
        "closed" if facts.flag(item, "closed") else state,
        answer,
        facts.text(item, "answered_by", unit=unit),
        facts.text(item, "answered_at", unit=unit),
    )


def notices(facts: Facts, plan: str, units: Iterable[str] | None = None) -> list[Notice]:
    """Give every notice of a plan once for each unit it tells, the oldest first."""
    wanted = None if units is None else frozenset(units)
    found = [
        Notice(
            item,
            unit,
            facts.text(item, "title"),
            facts.text(item, "said"),
            facts.text(item, "said_at"),
            facts.text(item, "read_by", unit=unit),
            facts.text(item, "read_at", unit=unit),
        )
        for item in _letters(facts, NOTICE, plan)
        for unit in asked_units(facts, item)
        if wanted is None or unit in wanted
    ]
    return sorted(found, key=lambda one: (one.at, one.item, one.unit))


def _letters(facts: Facts, kind: str, plan: str) -> list[str]:
    return [item for item in facts.of_kind(kind) if facts.text(item, "plan") == plan]


def _day(text: str) -> date | None:
    try:
        return day_of(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return None
