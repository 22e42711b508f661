"""The evaluation of a plan (X-4, X-5): facts in, facts out; nothing is guessed or divided by zero.

Amounts of one row add up over periods and over reporting units; those of different rows only where
they have one unit of measure. Everything else is rolled up by the rows' percentages.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quipu.domain.facts import Facts
from quipu.domain.outline import plan_rows, unit_places
from quipu.domain.period import Period
from quipu.domain.progress import USUAL, Rules, progress
from quipu.domain.rollup import (
    ADDING,
    NOTHING,
    Group,
    RowResult,
    Sum,
    Summary,
    groups_of,
    same_words,
    summary,
)
from quipu.domain.spending import spending
from quipu.domain.weights import ProgrammeResult


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The evaluation of a plan for a period, in the document's order; `whole` is all of its rows.

    Nodes are the levels above activities: perspectives, objectives, actions.
    """

    period: str
    rows: tuple[RowResult, ...]
    units: tuple[Group, ...]
    nodes: tuple[Group, ...] = ()
    areas: tuple[Group, ...] = ()
    offices: tuple[Group, ...] = ()
    whole: Summary = NOTHING
    programmes: tuple[ProgrammeResult, ...] = ()


def evaluate(
    facts: Facts,
    plan: str,
    period: str,
    *,
    units: Collection[str] | None = None,
    rules: Rules = USUAL,
    unit_of_measure: Callable[[str], str] | None = None,
    weights: Mapping[str, Fraction] | None = None,
) -> Evaluation:
    """Evaluate a plan's rows and units (all, or these) for a period.

    Rows of the whole institution count where some unit reported them. `unit_of_measure` gives the
    name under which a row's unit of measure is compared (else its own words are), `weights` the
    rows' weights in points. Raises `ValueError` when the period cannot be read.
    """
    Period.parse(period)
    name = unit_of_measure or (lambda item: same_words(facts.text(item, "unit_of_measure")))
    weighed = weights or {}
    results = [
        RowResult(
            item,
            unit,
            facts.text(item, "code"),
            facts.text(item, "text"),
            progress(facts, item, "", period, rules=rules),
            name(item),
            _adds(facts, item),
            weighed.get(item),
            spending(facts, item, "", period),
        )
        for unit, item in _rows(facts, plan, units)
    ]
    found = groups_of(facts, plan, results, rules)
    return Evaluation(
        period, tuple(results), found["unit"], found["node"], found["area"], found["office"],
        summary(results, rules),
    )  # fmt: skip


def _rows(facts: Facts, plan: str, units: Collection[str] | None) -> Iterator[tuple[str, str]]:
    rows = plan_rows(facts, plan)
    order = [place.unit for place in unit_places(facts, facts.text(plan, "institution"))]
    order += sorted(unit for unit in rows if unit and unit not in order)
    for unit in order:
        if units is None or unit in units:
            yield from ((unit, item) for item in rows.get(unit, ()))
    if units is None:
        yield from (("", item) for item in rows.get("", ()) if _is_reported(facts, item))


def _adds(facts: Facts, item: str) -> bool:
    kind = facts.text(item, "measure") or "count"
    return kind in ADDING and "%" not in facts.text(item, "threshold")


def _is_reported(facts: Facts, item: str) -> bool:
    told = ("executed", "numerator", "denominator")
    return any(field in told and unit for field, _, unit in facts.entries(item))


@dataclass(frozen=True, slots=True)
class MonthlySum:
    """What rows of one unit of measure come to in each month of a year, from January.

    Where a plan is reported by longer periods, `months` has one sum for each of these.
    """

    unit_of_measure: str
    months: tuple[Sum, ...]


def period_sums(
    facts: Facts,
    plan: str,
    periods: Sequence[str],
    *,
    rules: Rules = USUAL,
    unit_of_measure: Callable[[str], str] | None = None,
) -> tuple[MonthlySum, ...]:
    """Add up what all units did in each of some periods, each unit of measure apart."""
    by_period: list[dict[str, Sum]] = []
    for when in periods:
        found = evaluate(facts, plan, when, rules=rules, unit_of_measure=unit_of_measure)
        by_period.append({one.unit_of_measure: one for one in found.whole.sums})
    names = sorted({name for part in by_period for name in part})
    return tuple(
        MonthlySum(name, tuple(part.get(name, Sum(name, 0, None, None)) for part in by_period))
        for name in names
    )
