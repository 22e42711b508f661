"""The calendar of a plan's year: what is due when, and the days that the centre sets by hand."""

from dataclasses import dataclass
from datetime import date

from quipu.domain.address import Address
from quipu.domain.deadlines import (
    REPORT,
    Deadline,
    deadlines,
    due_date,
    due_field,
    report_rule,
    rule_day,
)
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.operations.calendars import plan_period, plan_periods
from quipu.operations.finding import find_plan
from quipu.operations.gesture import centre_only, write
from quipu.operations.house import House
from quipu.operations.methods import method_of
from quipu.operations.outcome import Outcome


def set_due(
    house: House,
    *,
    period: str,
    due: date | None,
    task: str = REPORT,
    plan: str = "",
    author: str,
) -> Outcome:
    """Set the day by which a period's reports, or another task of the calendar, are due.

    `None` goes back to the rule. Raises `InputError` `period-unknown` (period, plan, known) or
    `task-unknown` (task, known).
    """
    centre_only(house)
    facts = house.facts()
    item = find_plan(facts, plan=plan, period=period)
    when = _period(house, facts, item, task, period)
    entry = (Address(item, due_field(task), when), due.isoformat() if due is not None else None)
    return write(house, [entry], facts=facts, author=author)


def _period(house: House, facts: Facts, plan: str, task: str, period: str) -> str:
    if task == REPORT:
        return plan_period(house.forms, facts, plan, period)
    days = year_calendar(house, plan=plan, facts=facts)
    known = [day.period for day in days if day.task == task]
    if not known:
        tasks = ", ".join(sorted({day.task for day in days}))
        raise InputError("task-unknown", task=task, known=tasks)
    wanted = period.strip().upper()
    if wanted not in known:
        ends = f"{known[0]} … {known[-1]}"
        name = facts.text(plan, "name")
        raise InputError("period-unknown", period=period, plan=name, known=ends)
    return wanted


def year_calendar(
    house: House, *, plan: str = "", year: str = "", facts: Facts | None = None
) -> list[Deadline]:
    """Give every day of a plan's year by the rules of its method and by hand, in order.

    `plan` is an id, name or year; `year` chooses the plan of that year. Raises `InputError`
    `plan-unknown` or `plan-missing`.
    """
    known = facts if facts is not None else house.facts()
    item = find_plan(known, plan=plan or year)
    number = known.number(item, "year")
    if number is None:
        return []
    periods = plan_periods(house.forms, known, item)
    rules = method_of(house, known, item).calendar
    return deadlines(known, item, int(number), periods, rules)


@dataclass(frozen=True, slots=True)
class DueDay:
    """The day by which reports of a period are due, and the day that the rule gives.

    `fixed` tells whether the plan says a day of its own.
    """

    period: str
    due: date
    rule: date
    fixed: bool


def due_days(house: House, *, plan: str = "") -> list[DueDay]:
    """Give the day on which each of a plan's periods is due."""
    facts = house.facts()
    item = find_plan(facts, plan=plan)
    rule = report_rule(method_of(house, facts, item).calendar)
    return [
        DueDay(
            period,
            due_date(facts, item, period, rule),
            rule_day(rule, period),
            bool(facts.text(item, "due", period)),
        )
        for period in plan_periods(house.forms, facts, item)
    ]
