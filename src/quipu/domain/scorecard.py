"""How far the targets of a scorecard are: each kind of S0-09 judged as its words ask."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from quipu.domain.duration import Duration
from quipu.domain.facts import Facts
from quipu.domain.figures import Dated, reported, within
from quipu.domain.goal import Goal, read_goals
from quipu.domain.period import Period

Judgement = Literal["unreported", "no-baseline", "met", "on-way", "overdue"]

SECOND = "executed_second"
"""The field in which the second thing of a target is reported: families, and communities."""


@dataclass(frozen=True, slots=True)
class Aim:
    """One thing that a target asks for, and how far it is at the end of a period.

    `executed` is what was done since the plan began, of levels and percentages the last value.
    `wanted` is the value to be reached, `None` without the baseline that it needs. `share` is
    the exact advance; `due` the deadline that the target itself sets.
    """

    goal: Goal
    executed: Decimal | None
    wanted: Fraction | None
    share: Fraction | None
    due: date | None
    judgement: Judgement


def aims(facts: Facts, row: str, period: str, *, first_year: int, decimal: str = "") -> list[Aim]:
    """Judge what a target's row asks for at the end of a period.

    Raises `ValueError` when the period cannot be read.
    """
    end = Period.parse(period).last_day
    start = date(first_year, 1, 1)
    base = facts.number(row, "baseline")
    goals = read_goals(facts.text(row, "text"), decimal=decimal)
    fields = ("executed", SECOND)
    return [
        _aim(goal, _done(facts, row, field, goal, start, end), base, start, end)
        for goal, field in zip(goals, fields, strict=False)
    ]


def _aim(goal: Goal, done: Decimal | None, base: Decimal | None, start: date, end: date) -> Aim:
    wanted = _wanted(goal, base, end.year - start.year + 1)
    due = _due(goal, start)
    share = _share(goal, done, wanted, base)
    return Aim(goal, done, wanted, share, due, _judged(goal, done, wanted, due, end))


def _wanted(goal: Goal, base: Decimal | None, years: int) -> Fraction | None:
    """Give the value to be reached: a change counts from the baseline, a yearly one each year."""
    amount = Fraction(goal.amount)
    if not goal.needs_baseline:
        return amount
    if base is None:
        return None
    change = -amount if goal.sense == "reduction" else amount
    times = years if goal.yearly else 1
    if goal.percent:
        return Fraction(base) * (1 + change) ** times
    return Fraction(base) + change * times


def _due(goal: Goal, start: date) -> date | None:
    if goal.months:
        return Duration("", goal.months).end(start)
    return date(goal.by_year, 12, 31) if goal.by_year else None


def _share(
    goal: Goal, done: Decimal | None, wanted: Fraction | None, base: Decimal | None
) -> Fraction | None:
    if done is None or wanted is None:
        return None
    if goal.needs_baseline:
        way = wanted - Fraction(base or 0)
        return (Fraction(done) - Fraction(base or 0)) / way if way else None
    if goal.sense == "maximum":
        return (2 * wanted - Fraction(done)) / wanted if wanted else None
    return Fraction(done) / wanted if wanted else None


def _judged(
    goal: Goal, done: Decimal | None, wanted: Fraction | None, due: date | None, end: date
) -> Judgement:
    late = due is not None and end >= due
    if wanted is None:
        return "no-baseline"
    if done is None:
        return "overdue" if late else "unreported"
    reached = Fraction(done)
    less = goal.sense in ("reduction", "maximum")
    enough = reached <= wanted if less else reached >= wanted
    if enough and not (goal.sense == "above" and reached == wanted):
        return "met"
    return "overdue" if late else "on-way"


def _done(facts: Facts, row: str, field: str, goal: Goal, start: date, end: date) -> Decimal | None:
    """Give what all units reported: amounts added up, levels the newest of each unit's mean."""
    own = [list(within(each, start, end)) for each in reported(facts, row, field, "")]
    told = [each for each in own if each]
    if not told:
        return None
    if not goal.percent and not goal.needs_baseline and not goal.yearly:
        return sum((value for each in told for _, value in each), Decimal(0))
    return sum((_newest(each) for each in told), Decimal(0)) / len(told)


def _newest(entries: list[Dated]) -> Decimal:
    return max(entries, key=lambda entry: (entry[0].last_day, entry[0].first_day))[1]
