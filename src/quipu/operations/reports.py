"""The way of a unit's period report: submitted, observed, returned, accepted, consolidated."""

from dataclasses import dataclass
from datetime import date

from quipu.domain.address import Address
from quipu.domain.deadlines import due_date, report_rule, rule_day
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.workflow import Side, Step, next_state, report_state
from quipu.operations.calendars import plan_period, plan_periods, row_period
from quipu.operations.finding import find_plan, find_row, find_unit
from quipu.operations.gesture import Entry, centre_only, write
from quipu.operations.house import House
from quipu.operations.methods import method_of
from quipu.operations.outcome import NOTHING, Outcome


@dataclass(frozen=True, slots=True)
class _Report:
    """A unit's report of a period of a plan, all by id."""

    plan: str
    unit: str
    period: str

    def at(self, field: str) -> Address:
        """Give the address of one of the report's own fields."""
        return Address(self.plan, field, self.period, self.unit)


def submit(house: House, *, unit: str, period: str, plan: str = "", author: str) -> Outcome:
    """Say that a unit's report of a period is complete.

    An office submits for its own units, the centre for units that no office answers for. A
    report that is submitted already stays as it is. Raises `InputError` `unit-not-yours` (unit)
    or `report-state.<state>`.
    """
    facts = house.facts()
    report = _report(house, facts, unit, period, plan)
    office = facts.text(report.unit, "office")
    if house.role == "office" and office != house.office:
        raise InputError("unit-not-yours", unit=facts.text(report.unit, "name"))
    state = report_state(facts, report.plan, report.unit, report.period)
    if state == "submitted":
        return NOTHING
    side: Side = "centre" if house.role == "centre" and office else "office"
    entry = _step(facts, report, "submit", side)
    submitted_at = (report.at("submitted_at"), house.clock().isoformat(timespec="seconds"))
    return write(house, [entry, submitted_at], facts=facts, author=author)


def accept(house: House, *, unit: str, period: str, plan: str = "", author: str) -> Outcome:
    """Accept a submitted report, at the centre."""
    return _judge(house, "accept", unit, period, plan, author)


def return_report(
    house: House, *, unit: str, period: str, reason: str, plan: str = "", author: str
) -> Outcome:
    """Give a submitted or accepted report back for correction, with the reason, at the centre."""
    return _judge(house, "return", unit, period, plan, author, _words(reason, "reason-missing"))


def consolidate(house: House, *, unit: str, period: str, plan: str = "", author: str) -> Outcome:
    """Take an accepted report into the institution's, at the centre."""
    return _judge(house, "consolidate", unit, period, plan, author)


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
    centre_only(house)
    words = _words(text, "text-missing")
    facts = house.facts()
    if not activity:
        report = _report(house, facts, unit, period, plan)
        return write(house, [(report.at("observation"), words)], facts=facts, author=author)
    reporter = find_unit(facts, unit)
    known = find_plan(facts, plan=plan, period=period)
    row = find_row(facts, plan=known, unit=reporter, text=activity)
    when = row_period(house.forms, facts, row, period)
    entry = (Address(row, "observation", when, reporter), words)
    return write(house, [entry], facts=facts, author=author)


def set_due(house: House, *, period: str, due: date | None, plan: str = "", author: str) -> Outcome:
    """Set the day by which reports of a period are due; `None` goes back to the rule."""
    centre_only(house)
    facts = house.facts()
    item = find_plan(facts, plan=plan, period=period)
    when = plan_period(house.forms, facts, item, period)
    entry = (Address(item, "due", when), due.isoformat() if due is not None else None)
    return write(house, [entry], facts=facts, author=author)


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


def _report(house: House, facts: Facts, unit: str, period: str, plan: str) -> _Report:
    item = find_plan(facts, plan=plan, period=period)
    return _Report(item, find_unit(facts, unit), plan_period(house.forms, facts, item, period))


def _judge(
    house: House, step: Step, unit: str, period: str, plan: str, author: str, reason: str = ""
) -> Outcome:
    centre_only(house)
    facts = house.facts()
    report = _report(house, facts, unit, period, plan)
    entries = [_step(facts, report, step, "centre")]
    if reason:
        entries.append((report.at("observation"), reason))
    return write(house, entries, facts=facts, author=author, reason=reason or None)


def _step(facts: Facts, report: _Report, step: Step, side: Side) -> Entry:
    state = report_state(facts, report.plan, report.unit, report.period)
    name = facts.text(report.unit, "name")
    after = next_state(state, step, by=side, unit=name, period=report.period)
    return (report.at("report"), after)


def _words(text: str, missing: str) -> str:
    words = text.strip()
    if not words:
        raise InputError(missing)
    return words
