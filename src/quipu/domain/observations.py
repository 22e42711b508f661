"""Observations: what the centre asks about a cell or a report, the answers, and what is resolved.

Each message of the centre is an item of kind `observation` of the unit it is meant for; the
office's answer is a field of it that only the office writes, so that two messages never dispute.
The field `observation` of a cell or report, which older versions write, is a thread of one message.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.period import Period
from quipu.domain.workflow import CLOSED, report_state

KIND = "observation"


class Place(NamedTuple):
    """What an observation is about: a unit's period, of a row (or a plan, for the whole report).

    `field` is the cell's, `""` for the whole row.
    """

    item: str
    unit: str
    period: str
    field: str


@dataclass(frozen=True, slots=True)
class Message:
    """What the centre said and what the office answered; `item` is `""` for an older version's."""

    item: str
    text: str
    by: str
    at: str
    answer: str = ""
    answered_by: str = ""
    answered_at: str = ""
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """All messages about one place, in the order in which they were said."""

    place: Place
    messages: tuple[Message, ...] = field(default_factory=tuple)

    @property
    def open(self) -> bool:
        """Whether the centre still waits: a message of it is not resolved."""
        return any(not message.resolved for message in self.messages)

    @property
    def waiting(self) -> bool:
        """Whether the office has not answered all that is open."""
        return any(not message.resolved and not message.answer for message in self.messages)


def threads(facts: Facts, plan: str) -> list[Thread]:
    """Give the observations on a plan's rows and reports, by unit, period, row and field.

    What is said of a report as a whole comes after its cells.
    """
    found: dict[Place, list[Message]] = {}
    known = set()
    for place, message in _items(facts, plan):
        found.setdefault(place, []).append(message)
        known.add((place._replace(field=""), message.text))
    for place, message in _old(facts, plan):
        # What this version says is also written as an older one would read it.
        if (place, message.text) not in known:
            found.setdefault(place, []).append(message)
    ordered = sorted(
        found,
        key=lambda one: (one.unit, one.period, one.item == plan, *facts.sort_key(one.item), one),
    )
    return [
        Thread(place, tuple(sorted(found[place], key=lambda one: (one.at, one.item))))
        for place in ordered
    ]


def _items(facts: Facts, plan: str) -> Iterator[tuple[Place, Message]]:
    for item in facts.items():
        if facts.text(item, "kind") != KIND or facts.flag(item, "deleted"):
            continue
        if facts.text(item, "plan") != plan:
            continue
        about, unit = facts.text(item, "about"), facts.text(item, "unit")
        when, cell = facts.text(item, "about_period"), facts.text(item, "about_field")
        yield Place(about, unit, when, cell), _message(facts, item, unit)


def _message(facts: Facts, item: str, unit: str) -> Message:
    return Message(
        item,
        facts.text(item, "said"),
        facts.text(item, "said_by"),
        facts.text(item, "said_at"),
        facts.text(item, "answer", unit=unit),
        facts.text(item, "answered_by", unit=unit),
        facts.text(item, "answered_at", unit=unit),
        facts.flag(item, "resolved"),
    )


def _old(facts: Facts, plan: str) -> Iterator[tuple[Place, Message]]:
    for item in facts.items():
        if item != plan and facts.text(item, "plan") != plan:
            continue
        for (name, period, unit), value in facts.entries(item).items():
            if name == "observation" and unit and isinstance(value, str):
                done = _is_past(facts, plan, Place(item, unit, period, ""))
                yield Place(item, unit, period, ""), Message("", value, "", "", resolved=done)


def _is_past(facts: Facts, plan: str, place: Place) -> bool:
    """Tell whether a message that has no item is settled by what became of its report.

    The reason of a return is once the report was submitted again, a cell's once it is accepted.
    """
    if not _is_period(place.period):
        return False
    state = report_state(facts, plan, place.unit, place.period)
    return state in CLOSED or (place.item == plan and state == "submitted")


def open_cells(facts: Facts, plan: str, unit: str, period: str) -> list[Place]:
    """Give the cells of a unit's report that are observed and not resolved, in order.

    They are of its rows, or texts of the report as a whole. None means that all of it is meant.
    """
    whole = Period.parse(period)
    return [
        thread.place
        for thread in threads(facts, plan)
        if thread.open
        and thread.place.unit == unit
        and (thread.place.item != plan or thread.place.field)
        and _inside(thread.place.period, whole)
    ]


def _inside(period: str, whole: Period) -> bool:
    return _is_period(period) and whole.contains(Period.parse(period))


def _is_period(text: str) -> bool:
    try:
        Period.parse(text)
    except ValueError:
        return False
    return True


def written(places: list[Place]) -> str | None:
    """Give the cells that a return opens as the fact `opened` keeps them; `None` for all."""
    lines = [" ".join((place.item, place.period, place.field)).rstrip() for place in places]
    return "\n".join(lines) or None


def opened(facts: Facts, plan: str, unit: str, period: str) -> list[Place] | None:
    """Give the cells that the last return of a unit's report opened; `None` for the whole report.

    Only these may the office change until it submits again.
    """
    kept = facts.text(plan, "opened", period, unit)
    if not kept:
        return None
    parts = [[*line.split(" "), ""] for line in kept.split("\n")]
    return [Place(item, unit, when, cell) for item, when, cell, *_ in parts]


def is_observed(places: list[Place], address: Address) -> bool:
    """Tell whether an address lies in one of these places."""
    return any(
        place.item == address.item
        and place.unit == address.unit
        and place.period == address.period
        and place.field in ("", address.field)
        for place in places
    )
