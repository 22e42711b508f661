"""The centre's board: who has reported what, how the institution does, and what waits.

Every figure of it has a key, by which `board_facts.facts_under` opens the facts under it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from quipu.domain.errors import InputError
from quipu.domain.evaluation import Evaluation, MonthlySum
from quipu.domain.facts import Facts
from quipu.domain.period import Period
from quipu.operations.calendars import plan_periods
from quipu.operations.disputes import Dispute, disputes
from quipu.operations.evaluating import evaluate, period_sums
from quipu.operations.finding import find_plan
from quipu.operations.gesture import centre_only
from quipu.operations.house import House
from quipu.operations.observing import Observed, list_observations
from quipu.operations.status import OfficeStatus, status


@dataclass(frozen=True, slots=True)
class Board:
    """How a plan stands at the centre.

    `period` is what is evaluated, `periods` those in which units report, within it; `offices` has
    the states of these, `sums` the amounts of each of `sum_periods`, one unit of measure a line.
    """

    plan: str
    period: str
    periods: tuple[str, ...]
    sum_periods: tuple[str, ...]
    offices: tuple[OfficeStatus, ...]
    sums: tuple[MonthlySum, ...]
    evaluation: Evaluation
    disputes: tuple[Dispute, ...]
    observations: tuple[Observed, ...]


def board(house: House, *, period: str = "", plan: str = "", facts: Facts | None = None) -> Board:
    """Give the board of a plan for a period, or for its whole year; at the centre.

    Raises `InputError` `period-unreadable` (period), `plan-missing` or `plan-unknown`.
    """
    centre_only(house)
    known = facts if facts is not None else house.facts()
    item = find_plan(known, plan=plan, period=period)
    when = board_period(known, item, period)
    periods = _within(plan_periods(house.forms, known, item), when)
    states = status(house, plan=item, facts=known)
    parts = sum_periods(periods, when)
    of_plan = [one for one in disputes(house) if _is_of(known, one, item)]
    return Board(
        plan=item,
        period=when,
        periods=tuple(periods),
        sum_periods=tuple(parts),
        offices=tuple(states),
        sums=period_sums(house, known, item, parts),
        evaluation=evaluate(house, period=when, plan=item, facts=known),
        disputes=tuple(of_plan),
        observations=tuple(list_observations(house, plan=item, only_open=True, facts=known)),
    )


def board_period(facts: Facts, plan: str, period: str) -> str:
    """Give the period of a board: the one asked for, else the plan's year."""
    year = facts.number(plan, "year")
    text = period or (f"{int(year):04}" if year is not None else "")
    try:
        return str(Period.parse(text.upper()))
    except ValueError:
        raise InputError("period-unreadable", period=text) from None


def sum_periods(periods: Sequence[str], within: str) -> list[str]:
    """Give the periods whose sums stand side by side: those of the reports, at most a quarter long.

    A plan that is reported once a year is added up as it was planned, month by month.
    """
    fine = {"month", "quarter", "semester"}
    if periods and all(Period.parse(one).kind in fine for one in periods):
        return list(periods)
    return [str(part) for part in Period.parse(within).parts("month")]


def _within(periods: Sequence[str], when: str) -> list[str]:
    """Give the periods of reports within a period, else those that it lies in."""
    whole = Period.parse(when)
    inner = [one for one in periods if whole.contains(Period.parse(one))]
    return inner or [one for one in periods if Period.parse(one).contains(whole)]


def _is_of(facts: Facts, one: Dispute, plan: str) -> bool:
    item = one.address.item
    return item == plan or facts.text(item, "plan") in ("", plan)
