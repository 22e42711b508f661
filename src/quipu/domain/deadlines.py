"""When reports and the other works of a plan's year are due, and whether they came late.

The rules are an institution's own (S3-02, S3-03, S3-05); every date can be set by hand for a year.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal

from quipu.domain.facts import Facts
from quipu.domain.fields import DUE
from quipu.domain.period import Period, PeriodKind

DAYS_AFTER = 10
"""Calendar days after a period's last day, where the plan's calendar says nothing else."""

REPORT = "report"
"""The task of a period's report, whose own day is the plan's field `due`."""

Anchor = Literal["period-end", "month-end", "quarter-end", "semester-end", "year-end", "fixed"]

_ENDS: Mapping[str, PeriodKind] = {
    "month-end": "month",
    "quarter-end": "quarter",
    "semester-end": "semester",
    "year-end": "year",
}


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """A rule of a method's calendar: what is due (`task`), by whom, and how its day is found.

    With an end of periods as `anchor` the day lies `days` calendar days after each; `period-end`
    is the end of each period in which the plan's units report. A `fixed` day is `day` and `month`
    of the plan's year, moved by `years` (-1 is the year before). `title` is by language.
    """

    task: str
    anchor: Anchor
    days: int = 0
    day: int = 1
    month: int = 1
    years: int = 0
    who: Literal["office", "centre"] = "office"
    title: Mapping[str, str] = field(default_factory=dict)


REPORT_RULE = DeadlineRule(REPORT, "period-end", days=DAYS_AFTER)
"""The rule of reports where a method has none: ten calendar days (S3-03)."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day of a plan's calendar: what is due for a period, and the day that the rule gives.

    `fixed` tells whether the plan says a day of its own, which is then `due`.
    """

    task: str
    period: str
    due: date
    rule: date
    fixed: bool
    who: Literal["office", "centre"] = "office"
    title: Mapping[str, str] = field(default_factory=dict)


def rule_day(rule: DeadlineRule, period: str) -> date:
    """Give the day that a rule gives for a period; raises `ValueError` where it is no period."""
    when = Period.parse(period)
    if rule.anchor == "fixed":
        year = when.last_year + rule.years
        # 29 February is the last of the month in years that have none.
        last = Period.of_month(year, rule.month).last_day
        return min(date(year, rule.month, min(rule.day, last.day)), last)
    return when.last_day + timedelta(days=rule.days)


def due_date(facts: Facts, plan: str, period: str, rule: DeadlineRule = REPORT_RULE) -> date:
    """Give the last day on which a period's task is in time, mostly its report.

    The plan's own day holds (`due`, or `due.<task>`); without one (or with one that is no date)
    the rule does. Raises `ValueError` where `period` is no period's text.
    """
    try:
        return date.fromisoformat(facts.text(plan, due_field(rule.task), period))
    except ValueError:
        return rule_day(rule, period)


def due_field(task: str) -> str:
    """Give the code of the plan's field that holds a task's own day."""
    return "due" if task == REPORT else DUE + task


def report_rule(rules: Iterable[DeadlineRule]) -> DeadlineRule:
    """Give the rule of reports among a calendar's, else the usual one."""
    return next((rule for rule in rules if rule.task == REPORT), REPORT_RULE)


def deadlines(
    facts: Facts, plan: str, year: int, periods: Sequence[str], rules: Sequence[DeadlineRule]
) -> list[Deadline]:
    """Give every deadline of a plan's year by day; `periods` are those of the units' reports."""
    known = [report_rule(rules), *(rule for rule in rules if rule.task != REPORT)]
    found = [
        Deadline(
            rule.task,
            period,
            due_date(facts, plan, period, rule),
            rule_day(rule, period),
            bool(facts.text(plan, due_field(rule.task), period)),
            rule.who,
            rule.title,
        )
        for rule in known
        for period in _periods_of(rule, year, periods)
    ]
    return sorted(found, key=lambda one: (one.due, one.task, one.period))


def _periods_of(rule: DeadlineRule, year: int, periods: Sequence[str]) -> list[str]:
    if rule.task == REPORT or rule.anchor == "period-end":
        return list(periods)
    kind = _ENDS.get(rule.anchor, "year")
    return [str(part) for part in Period.of_year(year).parts(kind)]


def day_of(moment: str, zone: tzinfo | None = None) -> date:
    """Give the calendar day, in a time zone (this machine's for `None`), of an ISO 8601 moment.

    Moments are kept in UTC while deadlines are days of the place, so that a report handed in on
    the last evening must not count for the next day. Raises `ValueError` for any other text.
    """
    read = datetime.fromisoformat(moment)
    return read.date() if read.tzinfo is None else read.astimezone(zone).date()


@dataclass(frozen=True, slots=True)
class Delivery:
    """When a report came, against the day by which it was due (S3-04).

    `sealed` is the day on which its bundle was closed, as the sender's machine claims, and
    `received` the day on which the receiver's own clock saw it; `None` where it is not known. Both
    are kept: the first is the office's word, the second the centre's.
    """

    due: date
    sealed: date | None
    received: date | None

    @property
    def late_sealed(self) -> int | None:
        """How many days after its day the bundle was closed, 0 in time, `None` not known."""
        return _days_late(self.due, self.sealed)

    @property
    def late_received(self) -> int | None:
        """How many days after its day the bundle was received, 0 in time, `None` not known."""
        return _days_late(self.due, self.received)


def delivery(
    due: date, *, sealed: str = "", received: str = "", zone: tzinfo | None = None
) -> Delivery:
    """Give a delivery of the moments (ISO 8601) of a bundle's closing and of its reception.

    Moments count as days of a time zone, this machine's for `None`; unreadable ones as not known.
    """
    return Delivery(due, _known_day(sealed, zone), _known_day(received, zone))


def _days_late(due: date, done: date | None) -> int | None:
    return None if done is None else max((done - due).days, 0)


def _known_day(moment: str, zone: tzinfo | None) -> date | None:
    try:
        return day_of(moment, zone)
    except ValueError:
        return None


def is_late(due: date, done: date | None, today: date) -> bool:
    """Tell whether a report is late: handed in after its day, or not yet and the day is past."""
    return (done or today) > due
