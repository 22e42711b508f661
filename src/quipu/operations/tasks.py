"""What waits for whoever opens a workspace: reports due, returned, asked for, to be judged."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from quipu.domain.address import Address
from quipu.domain.deadlines import REPORT, Deadline, is_late
from quipu.domain.facts import Facts
from quipu.domain.workflow import State
from quipu.operations.finding import find_plan, office_units, plan_units
from quipu.operations.house import House
from quipu.operations.observing import Observed, list_observations
from quipu.operations.requesting import list_notices, list_requests
from quipu.operations.status import unit_status, voided
from quipu.operations.year_calendar import year_calendar

AHEAD = 15
"""How many days ahead a deadline is told of."""

TaskKind = Literal[
    "report", "returned", "judge", "void", "answer", "settle", "request", "notice", "calendar",
    "dispute", "problem", "bundle", "unsent",
]  # fmt: skip

_TO_REPORT: frozenset[State] = frozenset({"none", "started", "returned"})


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits.

    `kind`: a `report` to hand in or one that was `returned`; at the centre a report to `judge` or
    one that is `void`; an observation to `answer` or, answered, to `settle`; a `request`; a
    `notice` to read; a task of the `calendar`, which `title` names; and when a post is handed over
    also a `dispute`, a `problem` nobody decided, a `bundle` without acknowledgement, and work that
    is `unsent`.
    `unit` is a name, `item` what to open and `address` the cell, where there is one. `due` is
    `None` where no day is set.
    """

    kind: TaskKind
    unit: str = ""
    period: str = ""
    due: date | None = None
    late: bool = False
    title: str = ""
    item: str = ""
    task: str = ""
    address: Address | None = None


def open_tasks(
    house: House,
    *,
    plan: str = "",
    today: date | None = None,
    ahead: int = AHEAD,
    lang: str = "es",
    facts: Facts | None = None,
) -> list[Task]:
    """Give what waits now and in the next days, the most urgent first.

    Raises `InputError` `plan-unknown` or `plan-missing`.
    """
    facts = facts if facts is not None else house.facts()
    item = find_plan(facts, plan=plan)
    day = today or house.clock().astimezone().date()
    desk = _Desk(house, facts, item, day, day + timedelta(days=ahead), lang)
    found = [*desk.reports(), *desk.calendar(), *desk.observations(), *desk.letters()]
    return sorted(found, key=lambda one: (one.due or date.max, one.kind, one.unit, one.period))


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the open tasks are worked out from."""

    house: House
    facts: Facts
    plan: str
    today: date
    until: date
    lang: str

    def days(self) -> list[Deadline]:
        """Give the plan's calendar."""
        return year_calendar(self.house, plan=self.plan, facts=self.facts)

    def units(self) -> list[str]:
        """Give the units that report from here."""
        if self.house.role == "office":
            return office_units(self.facts, self.house.office)
        units = plan_units(self.facts, self.plan)
        return [unit for unit in units if not self.facts.text(unit, "office")]

    def reports(self) -> Iterator[Task]:
        """Give the reports to hand in, and at the centre those to judge."""
        due = {day.period: day.due for day in self.days() if day.task == REPORT}
        own = set(self.units())
        for (unit, period), state in unit_status(
            self.house, plan=self.plan, facts=self.facts
        ).items():
            day = due.get(period)
            name = self.facts.text(unit, "name")
            if unit in own and state in _TO_REPORT:
                if state == "returned" or (day is not None and day <= self.until):
                    late = day is not None and is_late(day, None, self.today)
                    kind: TaskKind = "returned" if state == "returned" else "report"
                    yield Task(kind, name, period, day, late, item=unit)
            elif self.house.role == "centre" and state == "submitted":
                yield Task("judge", name, period, day, item=unit)
        if self.house.role == "centre":
            for unit, period in voided(self.house, facts=self.facts, plan=self.plan):
                yield Task("void", self.facts.text(unit, "name"), period, item=unit)

    def calendar(self) -> Iterator[Task]:
        """Give the other tasks of the calendar that are due in the next days."""
        for day in self.days():
            ours = day.task != REPORT and day.who == self.house.role
            if ours and self.today <= day.due <= self.until:
                title = day.title.get(self.lang) or next(iter(day.title.values()), day.task)
                yield Task("calendar", "", day.period, day.due, title=title, task=day.task)

    def observations(self) -> Iterator[Task]:
        """Give the observations that wait for an answer here, or at the centre to be settled."""
        for seen in list_observations(self.house, plan=self.plan, only_open=True, facts=self.facts):
            if self.house.role == "office":
                if seen.thread.waiting:
                    yield self._observed("answer", seen)
            elif not seen.thread.waiting:
                yield self._observed("settle", seen)

    def _observed(self, kind: TaskKind, seen: Observed) -> Task:
        said = next(one for one in seen.thread.messages if not one.resolved)
        place = seen.thread.place
        return Task(
            kind, seen.unit, place.period, title=said.text, item=place.item, address=seen.address
        )

    def letters(self) -> Iterator[Task]:
        """Give the requests that are not answered, and in an office the notices not read."""
        for one in list_requests(self.house, plan=self.plan, facts=self.facts):
            if one.state == "open":
                name, late = self.facts.text(one.unit, "name"), one.late(self.today)
                yield Task("request", name, one.period, one.due, late, one.title, one.item)
        if self.house.role == "office":
            for told in list_notices(self.house, plan=self.plan, facts=self.facts):
                if not told.read_at:
                    name = self.facts.text(told.unit, "name")
                    yield Task("notice", name, title=told.title, item=told.item)
