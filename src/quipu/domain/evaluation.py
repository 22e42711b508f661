"""Progress against the plan (X-4, X-5): facts in, facts out; nothing is guessed or divided by zero.

Amounts of one row add up over periods and over reporting units; amounts of different rows never
do, since their units of measure differ: a unit's result is the mean of its rows' percentages.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from quipu.domain.facts import Facts
from quipu.domain.outline import plan_rows, unit_places
from quipu.domain.period import Period
from quipu.domain.weights import ProgrammeResult

Rating = Literal["none", "unplanned", "unreported", "low", "partly", "met", "exceeded"]
"""How a row does: nothing planned nor done; done without a plan; planned, not reported; and by the
percentage below `partly`, below `met`, up to 100 %, over 100 %."""

_MILLIONTH = Decimal("0.000001")
_LAST_VALUE = frozenset({"cumulative", "rate"})


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which fraction on a row counts as met or partly met; reaching it is enough (>=)."""

    met: Decimal = Decimal("0.9")
    partly: Decimal = Decimal("0.75")


@dataclass(frozen=True, slots=True)
class Amount:
    """What was programmed and executed in a stretch of time, `None` where nothing was said.

    `percent` is the advance as a fraction, over-execution included, rounded to millionths; `None`
    where nothing was programmed or reported, or where it would divide by zero.
    """

    programmed: Decimal | None = None
    executed: Decimal | None = None
    percent: Decimal | None = None

    @property
    def capped(self) -> Decimal | None:
        """The advance between 0 and 1."""
        if self.percent is None:
            return None
        return min(max(self.percent, Decimal(0)), Decimal(1))


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


@dataclass(frozen=True, slots=True)
class RowResult:
    """The evaluation of one row of a unit."""

    item: str
    unit: str
    code: str
    activity: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class UnitResult:
    """The evaluation of a unit: means of its rows' percentages, never a sum of their amounts.

    `due` counts the rows with something programmed in the period, `reported` those of them with
    something reported. `percent` is the mean of the percentages there are, over-execution
    included, `capped` the mean of the capped ones, `year` that of the capped ones of the year.
    """

    unit: str
    rows: int
    due: int
    reported: int
    percent: Decimal | None
    capped: Decimal | None
    year: Decimal | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The evaluation of a plan for a period, in the document's order."""

    period: str
    rows: tuple[RowResult, ...]
    units: tuple[UnitResult, ...]
    programmes: tuple[ProgrammeResult, ...] = ()


def evaluate(
    facts: Facts,
    plan: str,
    period: str,
    *,
    units: Collection[str] | None = None,
    thresholds: Thresholds = Thresholds(),
) -> Evaluation:
    """Evaluate a plan's rows and units (all, or these) for a period.

    Rows that belong to no unit have nobody who reports them and are left out. Raises `ValueError`
    when the period cannot be read.
    """
    Period.parse(period)
    rows = plan_rows(facts, plan)
    order = [place.unit for place in unit_places(facts, facts.text(plan, "institution"))]
    order += sorted(unit for unit in rows if unit and unit not in order)
    results: list[RowResult] = []
    summaries: list[UnitResult] = []
    for unit in order:
        if unit not in rows or (units is not None and unit not in units):
            continue
        found = [_row_result(facts, item, unit, period, thresholds) for item in rows[unit]]
        results += found
        summaries.append(_unit_result(unit, [result.progress for result in found]))
    return Evaluation(period, tuple(results), tuple(summaries))


def progress(
    facts: Facts,
    row: str,
    unit: str,
    period: str,
    *,
    thresholds: Thresholds = Thresholds(),
) -> Progress:
    """Tell how a row advances in a period, as `unit` reports it (`""`: all units together).

    Raises `ValueError` when the period cannot be read.
    """
    when = Period.parse(period)
    measure = facts.text(row, "measure") or "count"
    if measure == "heading":
        return Progress(measure, Amount(), Amount(), Amount(), "none")
    figures = _Figures.of(facts, row, unit, measure)
    start = date(when.year, 1, 1)
    own = figures.amount(when.first_day, when.last_day)
    to_date = figures.amount(start, when.last_day)
    whole = figures.year_target(start, date(when.last_day.year, 12, 31))
    year = Amount(whole, to_date.executed, figures.percent(whole, to_date.executed, yearly=True))
    return Progress(measure, own, to_date, year, _rating(own, thresholds))


def spending(facts: Facts, row: str, unit: str, period: str) -> Amount:
    """Tell what a row was to cost in a period and what was spent, as `unit` (`""`: all) says.

    Raises `ValueError` when the period cannot be read.
    """
    when = Period.parse(period)
    costs = _dated(facts.periods(row, "cost").items())
    spent = _reported(facts, row, "spent", unit)
    programmed = _sum(_within(costs, when.first_day, when.last_day))
    executed = _sum(_within(spent, when.first_day, when.last_day))
    if programmed is None or executed is None:
        return Amount(programmed, executed)
    return Amount(programmed, executed, _ratio(executed, programmed))


@dataclass(frozen=True, slots=True)
class _Figures:
    """The numbers of one row, by the days their periods cover."""

    measure: str
    targets: tuple[tuple[Period, Decimal], ...]
    executed: tuple[tuple[Period, Decimal], ...]
    numerators: tuple[tuple[Period, Decimal], ...]
    denominators: tuple[tuple[Period, Decimal], ...]
    total: Decimal | None
    baseline: Decimal | None

    @classmethod
    def of(cls, facts: Facts, row: str, unit: str, measure: str) -> "_Figures":
        targets = facts.periods(row, "target").items()
        return cls(
            measure,
            tuple(_dated((period, value) for period, value in targets)),
            tuple(_reported(facts, row, "executed", unit)),
            tuple(_reported(facts, row, "numerator", unit)),
            tuple(_reported(facts, row, "denominator", unit)),
            facts.number(row, "total"),
            facts.number(row, "baseline"),
        )

    def amount(self, start: date, end: date) -> Amount:
        programmed = self._gathered(self.targets, start, end)
        executed = self._executed(start, end)
        return Amount(programmed, executed, self.percent(programmed, executed))

    def year_target(self, start: date, end: date) -> Decimal | None:
        return self.total if self.total is not None else self._gathered(self.targets, start, end)

    def percent(
        self, programmed: Decimal | None, executed: Decimal | None, *, yearly: bool = False
    ) -> Decimal | None:
        if programmed is None or executed is None:
            return None
        if self.measure == "reduction":
            return self._reduction(programmed, executed, yearly=yearly)
        return _ratio(executed, programmed)

    def _reduction(self, programmed: Decimal, executed: Decimal, *, yearly: bool) -> Decimal | None:
        # Fewer is better: against a baseline, how much of the way down was gone; within a period
        # (or with no baseline), each part over the target takes as much off 100 %.
        if yearly and self.baseline is not None and self.baseline != programmed:
            return _ratio(self.baseline - executed, self.baseline - programmed)
        return _ratio(2 * programmed - executed, programmed)

    def _executed(self, start: date, end: date) -> Decimal | None:
        if self.measure == "rate" and self.denominators:
            above = _sum(_within(self.numerators, start, end))
            below = _sum(_within(self.denominators, start, end))
            return _ratio(above, below) if above is not None and below is not None else None
        return self._gathered(self.executed, start, end)

    def _gathered(
        self, entries: Iterable[tuple[Period, Decimal]], start: date, end: date
    ) -> Decimal | None:
        found = list(_within(entries, start, end))
        if self.measure not in _LAST_VALUE or not found:
            return _sum(iter(found))
        last = max(period.last_day for period, _ in found)
        return _sum(entry for entry in found if entry[0].last_day == last)


def _dated(entries: Iterable[tuple[str, object]]) -> Iterator[tuple[Period, Decimal]]:
    for text, value in entries:
        if isinstance(value, Decimal):
            try:
                period = Period.parse(text)
            except ValueError:
                continue  # a kind of period that only a newer version knows
            yield period, value


def _reported(facts: Facts, row: str, field: str, unit: str) -> Iterator[tuple[Period, Decimal]]:
    """Give what units reported; of overlapping periods of one unit, the finest count."""
    by_unit: dict[str, list[tuple[str, object]]] = {}
    for (name, period, reporter), value in facts.entries(row).items():
        if name == field and period and (not unit or reporter == unit):
            by_unit.setdefault(reporter, []).append((period, value))
    for entries in by_unit.values():
        dated = list(_dated(entries))
        for when, value in dated:
            if not any(other != when and when.contains(other) for other, _ in dated):
                yield when, value


def _within(
    entries: Iterable[tuple[Period, Decimal]], start: date, end: date
) -> Iterator[tuple[Period, Decimal]]:
    return (entry for entry in entries if start <= entry[0].first_day and entry[0].last_day <= end)


def _sum(entries: Iterator[tuple[Period, Decimal]]) -> Decimal | None:
    values = [value for _, value in entries]
    return sum(values, Decimal(0)) if values else None


def _ratio(above: Decimal, below: Decimal) -> Decimal | None:
    if below == 0:
        return None
    return (above / below).quantize(_MILLIONTH, ROUND_HALF_EVEN)


def _rating(amount: Amount, thresholds: Thresholds) -> Rating:
    if not amount.programmed:
        return "unplanned" if amount.executed else "none"
    if amount.percent is None:
        return "unreported"
    if amount.percent > 1:
        return "exceeded"
    if amount.percent >= thresholds.met:
        return "met"
    return "partly" if amount.percent >= thresholds.partly else "low"


def _row_result(
    facts: Facts, item: str, unit: str, period: str, thresholds: Thresholds
) -> RowResult:
    found = progress(facts, item, "", period, thresholds=thresholds)
    return RowResult(item, unit, facts.text(item, "code"), facts.text(item, "text"), found)


def _unit_result(unit: str, found: list[Progress]) -> UnitResult:
    due = [one for one in found if one.programmed]
    return UnitResult(
        unit=unit,
        rows=len(found),
        due=len(due),
        reported=sum(one.executed is not None for one in due),
        percent=_mean(one.percent for one in found),
        capped=_mean(one.capped for one in found),
        year=_mean(one.year.capped for one in found),
    )


def _mean(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return _ratio(sum(known, Decimal(0)), Decimal(len(known))) if known else None
