"""Money of a row: what it was to cost and what was spent (S3-06, S3-10)."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from quipu.domain.facts import Facts
from quipu.domain.figures import Amount, Dated, dated, reported, within
from quipu.domain.period import Period


def spending(facts: Facts, row: str, unit: str, period: str) -> Amount:
    """Tell what a row was to cost in a period and what was spent, as `unit` (`""`: all) says.

    Raises `ValueError` when the period cannot be read.
    """
    when = Period.parse(period)
    costs = dated(facts.periods(row, "cost").items())
    spent = (one for each in reported(facts, row, "spent", unit) for one in each)
    programmed = _sum(within(costs, when.first_day, when.last_day))
    executed = _sum(within(spent, when.first_day, when.last_day))
    if programmed is None or executed is None or not programmed:
        return Amount(programmed, executed)
    return Amount(programmed, executed, Fraction(executed) / Fraction(programmed))


def _sum(entries: Iterable[Dated]) -> Decimal | None:
    values = [value for _, value in entries]
    return sum(values, Decimal(0)) if values else None
