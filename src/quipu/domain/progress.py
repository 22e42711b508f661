"""How far a row of the plan is: in a period, to date and against the year (X-2, X-4)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from quipu.domain.facts import Facts
from quipu.domain.figures import Amount, Figures
from quipu.domain.period import Period

Rating = Literal[
    "none", "unplanned", "unreported", "not-applicable", "low", "partly", "met", "exceeded"
]
"""How a row does: nothing planned nor done; done without a plan; planned, not reported; a demand of
which nothing was received; and by the percentage below `partly`, below `met`, up to 100 %, over."""

FULFILLED: frozenset[Rating] = frozenset({"met", "exceeded"})
"""Ratings of a row that did what it had to do."""

_BARS = frozenset({"minimum", "milestone", "reduction"})


@dataclass(frozen=True, slots=True)
class Rules:
    """How an institution evaluates.

    From which fraction on a row counts as `met` or `partly` met; reaching it is enough (>=). A
    minimum, a milestone and a reduction are met at their target only. `cap` is the most that a row
    counts in a mean, `unreported` what a programmed row without a report counts there: nothing at
    all, or 0. `by` says whether means are weighed where there are weights.
    """

    met: Decimal = Decimal("0.9")
    partly: Decimal = Decimal("0.75")
    cap: Decimal = Decimal(1)
    unreported: Literal["left-out", "zero"] = "left-out"
    by: Literal["weight", "mean"] = "weight"


USUAL = Rules()
"""How is evaluated where the institution says nothing else."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The advance of a row: in the period, from the year's start to its end, against the year.

    `year` sets what was executed up to the end of the period against the target of the year.
    """

    measure: str
    period: Amount
    to_date: Amount
    year: Amount
    rating: Rating

    @property
    def programmed(self) -> Decimal | None:
        """What was programmed in the period."""
        return self.period.programmed

    @property
    def executed(self) -> Decimal | None:
        """What was executed in the period."""
        return self.period.executed

    @property
    def percent(self) -> Decimal | None:
        """The advance in the period as a fraction, over-execution included."""
        return self.period.percent

    @property
    def capped(self) -> Decimal | None:
        """The advance in the period, between 0 and 1."""
        return self.period.capped


def progress(
    facts: Facts,
    row: str,
    unit: str,
    period: str,
    *,
    rules: Rules = USUAL,
) -> Progress:
    """Tell how a row advances in a period, as `unit` reports it (`""`: all units together).

    Raises `ValueError` when the period cannot be read.
    """
    when = Period.parse(period)
    measure = facts.text(row, "measure") or "count"
    if measure == "heading":
        return Progress(measure, Amount(), Amount(), Amount(), "none")
    figures = Figures.of(facts, row, unit, measure).in_year(when.year)
    start = date(when.year, 1, 1)
    own = figures.amount(when.first_day, when.last_day)
    to_date = figures.amount(start, when.last_day)
    end = date(when.last_day.year, 12, 31)
    year = figures.against_year(to_date, start, when.last_day, end)
    return Progress(measure, own, to_date, year, rate(figures, own, rules))


def rate(figures: Figures, amount: Amount, rules: Rules) -> Rating:
    """Say how an amount of a row's figures does; reaching a bar is enough, unless it says more."""
    if not amount.applies:
        return "not-applicable"
    if not amount.programmed:
        return "unplanned" if amount.executed else "none"
    if amount.share is None:
        return "unreported"
    if amount.share > 1:
        return "exceeded"
    bar = Fraction(1) if figures.measure in _BARS else Fraction(rules.met)
    strict = figures.threshold.startswith(">") and not figures.threshold.startswith(">=")
    if amount.share >= bar and not (strict and amount.share == 1):
        return "met"
    return "partly" if amount.share >= Fraction(rules.partly) else "low"
