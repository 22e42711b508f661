"""Recommendations of an evaluation: who answers for them, until when, and what became of them.

A recommendation is an item of a plan, of the unit that shall follow it; the unit's answers are
facts of it under that unit, the centre closes it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from quipu.domain.facts import Facts
from quipu.domain.period import Period

KIND = "recommendation"

State = Literal["open", "started", "done", "closed"]
"""Nobody said anything yet; the unit is at it; the unit says it is done; the centre closed it."""

_SAID: dict[str, State] = {"started": "started", "done": "done"}


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation as it stands on a day.

    `period` is that of the evaluation which made it, `activity` the row that it is about (`""` for
    none), `note` why the centre closed it. `late` tells that its day passed and it is neither done
    nor closed.
    """

    item: str
    unit: str
    text: str
    period: str
    activity: str
    due: date | None
    state: State
    late: bool
    answer: str = ""
    answered_by: str = ""
    answered_at: str = ""
    note: str = ""


def recommendations(facts: Facts, plan: str, today: date) -> list[Recommendation]:
    """Give a plan's recommendations: by the period of their evaluation, then as they were made."""
    found = [
        _recommendation(facts, item, today)
        for item in facts.of_kind(KIND)
        if facts.text(item, "plan") == plan and _is_period(facts.text(item, "about_period"))
    ]
    return sorted(found, key=lambda one: Period.parse(one.period).first_day)


def _is_period(text: str) -> bool:
    try:
        Period.parse(text)
    except ValueError:
        return False  # a kind of period that only a newer version knows
    return True


def _recommendation(facts: Facts, item: str, today: date) -> Recommendation:
    unit = facts.text(item, "unit")
    due = _day(facts.text(item, "due_on"))
    state = _state(facts, item, unit)
    return Recommendation(
        item=item,
        unit=unit,
        text=facts.text(item, "text"),
        period=facts.text(item, "about_period"),
        activity=facts.text(item, "about"),
        due=due,
        state=state,
        late=due is not None and today > due and state in ("open", "started"),
        answer=facts.text(item, "answer", unit=unit),
        answered_by=facts.text(item, "answered_by", unit=unit),
        answered_at=facts.text(item, "answered_at", unit=unit),
        note=facts.text(item, "note"),
    )


def _state(facts: Facts, item: str, unit: str) -> State:
    if facts.flag(item, "closed"):
        return "closed"
    return _SAID.get(facts.text(item, "follow_up", unit=unit), "open")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
