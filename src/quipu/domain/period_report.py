"""A unit's report of a period: what it says of its activities and as a whole, what it lacks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from quipu.domain.counted import Count, counts
from quipu.domain.facts import Facts
from quipu.domain.fields import EVIDENCE, is_evidence
from quipu.domain.outline import plan_rows
from quipu.domain.period import Period
from quipu.domain.problem import Problem
from quipu.domain.progress import USUAL, Progress, Rules, progress
from quipu.domain.report_rules import AskedCount, AskedField, ReportRules
from quipu.domain.value import Blob, Value

_FIELD = "report-field-missing"
_WARNINGS = frozenset({"report-parts-differ", "report-evidence-large"})
_IDLE = frozenset({"none", "not-applicable"})
"""Ratings of an activity of which nothing is asked for in the period."""


@dataclass(frozen=True, slots=True)
class ReportedRow:
    """An activity in a report: its advance, and what it says by field (several periods: in order).

    `received` and `attended` are a demand's, in the period, `None` where nothing was said.
    """

    item: str
    code: str
    text: str
    progress: Progress
    said: Mapping[str, tuple[Value, ...]]
    received: Decimal | None = None
    attended: Decimal | None = None

    @property
    def due(self) -> bool:
        """Whether the period asks for something of it, or something was reported of it."""
        return self.progress.rating != "none" or any(self.said.values())


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """A unit's report of a period: activities, its own texts by field, counts, and what is missing.

    `bytes` is what its evidence comes to.
    """

    plan: str
    unit: str
    period: str
    rows: tuple[ReportedRow, ...] = ()
    said: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    counts: tuple[Count, ...] = ()
    missing: tuple[Problem, ...] = ()
    bytes: int = 0


def period_report(
    facts: Facts,
    plan: str,
    unit: str,
    period: str,
    *,
    asked: ReportRules,
    rules: Rules = USUAL,
    language: str = "es",
    rows: Mapping[str, list[str]] | None = None,
) -> PeriodReport:
    """Gather a unit's report; raises `ValueError` when the period cannot be read.

    `rows` are the plan's by unit, for who gathers many reports.
    """
    whole = Period.parse(period)
    codes = [one.code for one in asked.of("activity")]
    items = rows if rows is not None else plan_rows(facts, plan)
    own = [*items.get(unit, ()), *(row for row in items.get("", ()) if _told(facts, row, unit))]
    shown = tuple(
        row
        for item in own
        if facts.text(item, "measure") != "heading"
        and (row := _row(facts, item, unit, whole, codes, rules)).due
    )
    said = {one.code: _told_in(facts, plan, one.code, unit, whole) for one in asked.of("report")}
    places = (plan, *(row.item for row in shown))
    counted = tuple(
        one
        for item in places
        for one in counts(facts, item, unit)
        if whole.contains(Period.parse(one.period))
    )
    size = _evidence_bytes(facts, places, unit, whole)
    found = PeriodReport(plan, unit, period, shown, said, counted, (), size)
    missing = tuple(_missing(_Desk(facts, found, language), asked))
    return replace(found, missing=missing)


def _told(facts: Facts, item: str, unit: str) -> bool:
    return any(reporter == unit and period for _, period, reporter in facts.entries(item))


def _row(
    facts: Facts, item: str, unit: str, whole: Period, codes: list[str], rules: Rules
) -> ReportedRow:
    return ReportedRow(
        item,
        facts.text(item, "code"),
        facts.text(item, "text"),
        progress(facts, item, unit, str(whole), rules=rules),
        {code: _told_in(facts, item, code, unit, whole) for code in codes},
        _sum(_said(facts, item, "denominator", unit, whole)),
        _sum(_said(facts, item, "numerator", unit, whole)),
    )


def _said(facts: Facts, item: str, code: str, unit: str, whole: Period) -> tuple[Value, ...]:
    """Give what a unit said in a field within a period, its parts in order."""
    found: list[Value] = []
    for period, value in facts.periods(item, code, unit).items():
        try:
            inside = whole.contains(Period.parse(period))
        except ValueError:
            continue  # a kind of period that only a newer version knows
        if inside:
            found.append(value)
    return tuple(found)


def _told_in(facts: Facts, item: str, code: str, unit: str, whole: Period) -> tuple[Value, ...]:
    """Give what is said in a field; all files are the evidence."""
    if code != EVIDENCE:
        return _said(facts, item, code, unit, whole)
    return tuple(
        value
        for field in sorted({field for field, _, _ in facts.entries(item) if is_evidence(field)})
        for value in _said(facts, item, field, unit, whole)
    )


def _sum(values: tuple[Value, ...]) -> Decimal | None:
    numbers = [value for value in values if isinstance(value, Decimal)]
    return sum(numbers, Decimal(0)) if numbers else None


def _evidence_bytes(facts: Facts, places: tuple[str, ...], unit: str, whole: Period) -> int:
    files = {
        value
        for item in places
        for value in _told_in(facts, item, EVIDENCE, unit, whole)
        if isinstance(value, Blob)
    }
    return sum(file.size for file in files)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Writes down what a report lacks."""

    facts: Facts
    found: PeriodReport
    language: str

    def problem(self, check: str, item: str, target: str, **params: object) -> Problem:
        facts, code = self.facts, ""
        if item != self.found.plan:
            code = facts.text(item, "code") or facts.text(item, "text")
        return Problem(
            check,
            "warning" if check in _WARNINGS else "error",
            "",
            facts.text(self.found.unit, "name"),
            code,
            target=target,
            item=item,
            params=params,
        )

    def name(self, one: AskedField | AskedCount) -> str:
        return one.title.get(self.language, one.code)


def _missing(desk: _Desk, asked: ReportRules) -> Iterator[Problem]:
    found = desk.found
    for row in found.rows:
        if row.progress.rating == "unreported":
            yield desk.problem("report-value-missing", row.item, "executed")
        for one in asked.of("activity"):
            if _lacks(row, one, asked.below):
                check = "report-evidence-missing" if one.code == EVIDENCE else _FIELD
                yield desk.problem(check, row.item, one.code, field=desk.name(one))
    for one in asked.of("report"):
        if one.required != "never" and not found.said[one.code]:
            yield desk.problem("report-text-missing", found.plan, one.code, field=desk.name(one))
    for count in asked.counts:
        yield from _count_missing(desk, count)
    most = asked.evidence_bytes
    if most is not None and found.bytes > most:
        check = "report-evidence-large"
        yield desk.problem(check, found.plan, EVIDENCE, bytes=found.bytes, most=most)


def _lacks(row: ReportedRow, one: AskedField, below: Decimal) -> bool:
    if row.said[one.code] or row.progress.rating in (*_IDLE, "unreported"):
        return False
    executed, percent = row.progress.executed, row.progress.percent
    match one.required:
        case "always":
            return True
        case "done":
            return bool(executed)
        case "below":
            return percent is not None and percent < below
    return False


def _count_missing(desk: _Desk, asked: AskedCount) -> Iterator[Problem]:
    """Tell a required count that is not there, and groups that do not come to the whole."""
    plan, name = desk.found.plan, desk.name(asked)
    known = [one for one in desk.found.counts if one.counted.what == asked.code]
    if asked.required and not known:
        yield desk.problem("report-count-missing", plan, asked.code, field=name)
    for whole in known:
        for by in asked.by if not whole.counted.by else ():
            parts = [
                one.number
                for one in known
                if (one.item, one.period, one.counted.by) == (whole.item, whole.period, by)
            ]
            total = sum(parts, Decimal(0))
            if parts and total != whole.number:
                yield desk.problem(
                    "report-parts-differ", whole.item, whole.counted.field, field=name,
                    by=by, parts=total, whole=whole.number,
                )  # fmt: skip
