"""What a row's figures come to in a stretch of time, by its kind of measure (X-2, X-4)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from quipu.domain.facts import Facts
from quipu.domain.period import Period

Dated = tuple[Period, Decimal]
"""A number with the period that it is of."""

_MILLIONTH = Decimal("0.000001")
_LEVELS = frozenset({"cumulative", "rate"})


@dataclass(frozen=True, slots=True)
class Amount:
    """What was programmed and executed in a stretch of time, `None` where nothing was said.

    `share` is the exact advance, over-execution included; `None` where nothing was programmed or
    reported, or where it would divide by zero. `applies` is false where nothing was asked for: a
    demand of which nothing was received (S1-19).
    """

    programmed: Decimal | None = None
    executed: Decimal | None = None
    share: Fraction | None = None
    applies: bool = True

    @property
    def percent(self) -> Decimal | None:
        """The advance as a fraction, rounded to millionths."""
        return rounded(self.share)

    @property
    def capped(self) -> Decimal | None:
        """The advance between 0 and 1."""
        return rounded(self.within(Fraction(1)))

    def within(self, cap: Fraction) -> Fraction | None:
        """Give the advance between 0 and a cap."""
        return None if self.share is None else min(max(self.share, Fraction(0)), cap)


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one row, by the days their periods cover.

    `executed` has what each reporting unit said. `attended` and `received` are a demand's, or a
    rate's numerators and denominators, of all units together. `threshold` is the target in short
    (`≥ 90%`, `-50%`).
    """

    measure: str
    targets: tuple[Dated, ...]
    executed: tuple[tuple[Dated, ...], ...]
    attended: tuple[Dated, ...]
    received: tuple[Dated, ...]
    total: Decimal | None
    baseline: Decimal | None
    threshold: str

    @classmethod
    def of(cls, facts: Facts, row: str, unit: str, measure: str) -> "Figures":
        """Take a row's numbers as `unit` reports them (`""`: all units together)."""
        return cls(
            measure,
            tuple(_finest(list(dated(facts.periods(row, "target").items())))),
            tuple(tuple(each) for each in reported(facts, row, "executed", unit)),
            tuple(one for each in reported(facts, row, "numerator", unit) for one in each),
            tuple(one for each in reported(facts, row, "denominator", unit) for one in each),
            facts.number(row, "total"),
            facts.number(row, "baseline"),
            facts.text(row, "threshold").strip(),
        )

    def in_year(self, year: int) -> "Figures":
        """Give the figures with what goes without saying: what has no date is the year's.

        A milestone is reached once, and a threshold that stood in the row's words is its total.
        """
        whole = self.total if self.threshold else None
        if self.measure == "milestone" and self.total is None:
            whole = Decimal(1)
        if self.targets or whole is None:
            return self
        return replace(self, targets=((Period.of_year(year), whole),))

    @property
    def in_percent(self) -> bool:
        """Whether what is reported is a percentage, which never adds up."""
        return self.measure == "rate" or "%" in self.threshold

    @property
    def is_level(self) -> bool:
        """Whether the last value counts, and not the sum."""
        return self.measure in _LEVELS or self.in_percent

    def amount(self, start: date, end: date) -> Amount:
        """Give what was programmed and executed from one day to another, both included."""
        targets = list(within(self.targets, start, end))
        demand = self._demand(start, end)
        if demand and self.in_percent:
            executed = _over(demand)
            programmed = self._gathered(targets)
            if executed is None:
                return Amount(programmed, applies=not _nothing_received(demand))
            share = self.share(programmed, executed)
            return Amount(programmed, _decimal(executed), share)
        if demand:
            return self._demanded(targets, demand, start, end)
        programmed, done = self._gathered(targets), self._executed(start, end)
        return Amount(programmed, done, self.share(programmed, done))

    def against_year(self, to_date: Amount, start: date, cut: date, end: date) -> Amount:
        """Set what was executed up to `cut` against the target of the year, `start` to `end`."""
        whole = self.total
        if whole is None:
            whole = self._gathered(list(within(self.targets, start, end)))
        demand = self._demand(start, cut)
        done = to_date.executed
        if whole is None or not demand or self.in_percent:
            share = self.share(whole, done, yearly=True)
            return Amount(whole, done, share, to_date.applies)
        if not self.targets:
            return Amount(whole, done, _over(demand), not _nothing_received(demand))
        idle = sum((value for _, value in self._idle(demand)), Decimal(0))
        asked = whole - idle
        return Amount(asked, done, self.share(asked, done), applies=asked != 0)

    def share(
        self,
        programmed: Decimal | None,
        executed: Decimal | Fraction | None,
        *,
        yearly: bool = False,
    ) -> Fraction | None:
        """Give the advance of a reported figure towards a programmed one, of a year or a part."""
        if programmed is None or executed is None:
            return None
        wanted, done = Fraction(programmed), Fraction(executed)
        relative = self.threshold[:1] in ("-", "+")
        if relative and self.baseline is not None:
            return self._from_baseline(wanted, done)
        if self.measure == "reduction" and not relative:
            return self._reduction(wanted, done, yearly=yearly)
        return done / wanted if wanted else None

    def _from_baseline(self, change: Fraction, level: Fraction) -> Fraction | None:
        """Give how much of a change relative to the baseline was reached: -50 % of 200 is 100."""
        start = Fraction(self.baseline or 0)
        way = start * (change if self.threshold[:1] == "+" else -change)
        return (level - start) / way if way else None

    def _reduction(self, wanted: Fraction, done: Fraction, *, yearly: bool) -> Fraction | None:
        # Fewer is better: against the baseline of the year, how much of the way down was gone;
        # within a period (or with no baseline), each unit over the target takes as much off 100 %.
        base = None if self.baseline is None else Fraction(self.baseline)
        if yearly and base is not None and base != wanted:
            return (base - done) / (base - wanted)
        return (2 * wanted - done) / wanted if wanted else None

    def _demand(self, start: date, end: date) -> dict[Period, tuple[Decimal | None, Decimal]]:
        """Give what was attended and received by period, of all units together."""
        received: dict[Period, Decimal] = {}
        for period, value in within(self.received, start, end):
            received[period] = received.get(period, Decimal(0)) + value
        attended: dict[Period, Decimal] = {}
        for period, value in within(self.attended, start, end):
            attended[period] = attended.get(period, Decimal(0)) + value
        return {period: (attended.get(period), value) for period, value in received.items()}

    def _demanded(
        self,
        targets: list[Dated],
        demand: dict[Period, tuple[Decimal | None, Decimal]],
        start: date,
        end: date,
    ) -> Amount:
        """Give the advance of a demand: its targets count as far as what was asked was attended.

        Periods in which nothing was received ask for nothing; those without a report are
        programmed and not executed.
        """
        idle = self._idle(demand)
        asked = [entry for entry in targets if entry not in idle]
        ratio = _over(demand)
        if not asked:
            programmed = self._gathered(targets)
            applies = not _nothing_received(demand)
            executed = None if ratio is None or targets else _decimal(ratio)
            return Amount(programmed, executed, None, applies)
        programmed = self._gathered(asked)
        covered = [value for period, value in asked if _covered(period, demand)]
        typed = self._executed(start, end, beside=demand)
        if ratio is None or not covered:
            return Amount(programmed, typed, self.share(programmed, typed))
        done = Fraction(sum(covered, Decimal(0))) * ratio + Fraction(typed or 0)
        return Amount(programmed, _decimal(done), self.share(programmed, done))

    def _idle(self, demand: dict[Period, tuple[Decimal | None, Decimal]]) -> list[Dated]:
        """Give the targets of periods in which nothing was received."""
        busy = {period: one for period, one in demand.items() if one[1]}
        quiet = {period: one for period, one in demand.items() if not one[1]}
        return [
            entry
            for entry in self.targets
            if _covered(entry[0], quiet) and not _covered(entry[0], busy)
        ]

    def _executed(self, start: date, end: date, *, beside: Iterable[Period] = ()) -> Decimal | None:
        """Give what units reported, each its own; `beside` are periods already told otherwise."""
        told = list(beside)
        found: list[Decimal] = []
        for each in self.executed:
            entries = [
                entry
                for entry in within(each, start, end)
                if not any(one.contains(entry[0]) or entry[0].contains(one) for one in told)
            ]
            own = self._gathered(entries)
            if own is not None:
                found.append(own)
        if not found:
            return None
        whole = sum(found, Decimal(0))
        if self.in_percent and len(found) > 1:
            return _decimal(Fraction(whole) / len(found))
        return whole

    def _gathered(self, entries: list[Dated]) -> Decimal | None:
        if not self.is_level or not entries:
            return _sum(value for _, value in entries)
        return max(entries, key=lambda entry: (entry[0].last_day, entry[0].first_day))[1]


def dated(entries: Iterable[tuple[str, object]]) -> Iterator[Dated]:
    """Give the numbers among some values with their periods; kinds unknown here are left out."""
    for text, value in entries:
        if isinstance(value, Decimal):
            try:
                period = Period.parse(text)
            except ValueError:
                continue  # a kind of period that only a newer version knows
            yield period, value


def reported(facts: Facts, row: str, field: str, unit: str) -> list[list[Dated]]:
    """Give what each unit (or one, unless `""`) reported, by unit; the finest periods count."""
    by_unit: dict[str, list[tuple[str, object]]] = {}
    for (name, period, reporter), value in facts.entries(row).items():
        if name == field and period and (not unit or reporter == unit):
            by_unit.setdefault(reporter, []).append((period, value))
    return [_finest(list(dated(by_unit[reporter]))) for reporter in sorted(by_unit)]


def within(entries: Iterable[Dated], start: date, end: date) -> Iterator[Dated]:
    """Give the entries whose periods lie wholly between two days, both included."""
    return (entry for entry in entries if start <= entry[0].first_day and entry[0].last_day <= end)


def rounded(share: Fraction | None) -> Decimal | None:
    """Give an exact share as a decimal of six places."""
    return None if share is None else _decimal(share).quantize(_MILLIONTH, ROUND_HALF_EVEN)


def _finest(entries: list[Dated]) -> list[Dated]:
    """Leave out what is also said in parts: a quarter beside its months."""
    return sorted(
        (
            entry
            for entry in entries
            if not any(other != entry[0] and entry[0].contains(other) for other, _ in entries)
        ),
        key=lambda entry: (entry[0].first_day, entry[0].last_day),
    )


def _covered(period: Period, by: Iterable[Period]) -> bool:
    return any(one.contains(period) for one in by)


def _over(demand: dict[Period, tuple[Decimal | None, Decimal]]) -> Fraction | None:
    """Give what was attended over what was received; `None` where nothing was, or nobody said."""
    above = _sum(one for one, _ in demand.values() if one is not None)
    below = sum((one for _, one in demand.values()), Decimal(0))
    return None if above is None or not below else Fraction(above) / Fraction(below)


def _nothing_received(demand: dict[Period, tuple[Decimal | None, Decimal]]) -> bool:
    return bool(demand) and not any(received for _, received in demand.values())


def _sum(values: Iterable[Decimal]) -> Decimal | None:
    found = list(values)
    return sum(found, Decimal(0)) if found else None


def _decimal(share: Fraction) -> Decimal:
    """Give a share as a decimal; what has no end is rounded to millionths."""
    found = Decimal(share.numerator) / Decimal(share.denominator)
    return found if Fraction(found) == share else found.quantize(_MILLIONTH, ROUND_HALF_EVEN)
