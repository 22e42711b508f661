"""Formulating a plan: rows to begin from, and whether what units propose fits (S3-07 to S3-16)."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from quipu.domain.coverage import ACTION, ACTIVITY, link_of
from quipu.domain.facts import Facts
from quipu.domain.letters import bare
from quipu.domain.needs import budgets
from quipu.domain.outline import plan_rows, unit_places
from quipu.domain.problem import Problem
from quipu.domain.rollup import ADDING, same_words

TEMPLATE_FIELDS = ("product", "unit_of_measure", "verification", "indicator", "critical_element")
"""Texts that a row begun from another takes over."""

_SPREAD = ADDING | {"spread"}
_LEAST_WORDS = 3


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A row to begin from; `each` is its target in every period, `None` for none.

    `units` are those that have it in the plan already.
    """

    text: str
    fields: Mapping[str, str] = field(default_factory=dict)
    each: Decimal | None = None
    units: tuple[str, ...] = ()


def shared_rows(facts: Facts, plan: str) -> list[TemplateRow]:
    """Give the activities that several units of a plan have with the same words (S1-11)."""
    found: dict[str, list[str]] = {}
    for item in _activities(facts, plan):
        words = same_words(facts.text(item, "text"))
        if words:
            found.setdefault(words, []).append(item)
    return [
        TemplateRow(
            facts.text(items[0], "text"),
            {name: text for name in TEMPLATE_FIELDS if (text := facts.text(items[0], name))},
            None,
            tuple(dict.fromkeys(facts.text(item, "unit") for item in items)),
        )
        for items in found.values()
        if len({facts.text(item, "unit") for item in items}) > 1
    ]


def _activities(facts: Facts, plan: str) -> Iterator[str]:
    rows = plan_rows(facts, plan)
    order = [place.unit for place in unit_places(facts, facts.text(plan, "institution"))]
    for unit in (*order, *sorted(set(rows) - set(order))):
        for item in rows.get(unit, ()):
            if facts.text(item, "kind") == ACTIVITY:
                yield item


def well_worded(indicator: str, unit_of_measure: str) -> bool:
    """Tell whether an indicator says unit of measure, subject and attribute (S3-08).

    Only what can be seen: it begins with its unit of measure, in one or many, or names it, and
    says of what.
    """
    words = bare(indicator).split()
    if len(words) < _LEAST_WORDS:
        return False
    wanted = bare(unit_of_measure).split()
    return not wanted or _stem(wanted[0]) in {_stem(word) for word in words[:3]}


def _stem(word: str) -> str:
    """Give a word without its ending of many: `documentos`, `actividades`."""
    return word.removesuffix("s").removesuffix("e")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a unit proposes: its activities, what they cost in the year, and its ceiling."""

    unit: str
    activities: tuple[str, ...]
    cost: Decimal
    ceiling: Decimal | None
    findings: tuple[Problem, ...] = ()


def proposals(
    facts: Facts, plan: str, *, asked: Callable[[str], Collection[str]]
) -> tuple[Proposal, ...]:
    """Give what the units propose, each with what does not fit; `asked` gives a row's fields.

    Looked at are targets and the sum of months, costs and ceilings, indicators, critical elements,
    and the strategic actions that activities serve.
    """
    by_unit: dict[str, list[str]] = {}
    for item in _activities(facts, plan):
        by_unit.setdefault(facts.text(item, "unit"), []).append(item)
    money = {one.unit: one for one in budgets(facts, plan)}
    actions = _action_findings(facts, plan)
    found = []
    for unit, items in by_unit.items():
        budget = money.get(unit)
        problems = [one for item in items for one in _row_findings(facts, item, asked(item))]
        problems += [one for one in actions if facts.text(one.item, "unit") in ("", unit)]
        cost = budget.activities if budget is not None else Decimal(0)
        ceiling = budget.ceiling if budget is not None else None
        if budget is not None and budget.over:
            problems.append(
                _problem(facts, "proposal-over-ceiling", unit, "budget", "error",
                         cost=max(budget.total, cost), ceiling=ceiling, over=budget.over)
            )  # fmt: skip
        found.append(Proposal(unit, tuple(items), cost, ceiling, tuple(problems)))
    return tuple(found)


def _problem(
    facts: Facts, check: str, item: str, target: str, severity: str = "warning", **params: object
) -> Problem:
    unit = item if facts.text(item, "kind") == "unit" else facts.text(item, "unit")
    code = "" if unit == item else facts.text(item, "code") or facts.text(item, "text")
    return Problem(
        check,
        "error" if severity == "error" else "info" if severity == "info" else "warning",
        "",
        facts.text(unit, "name"),
        code,
        target=target,
        item=item,
        params=params,
    )


def _row_findings(facts: Facts, item: str, asked: Collection[str]) -> Iterator[Problem]:
    months = _numbers(facts, item, "target")
    total = facts.number(item, "total")
    if not months and total is None and facts.text(item, "measure") != "milestone":
        yield _problem(facts, "proposal-target-missing", item, "target", "error")
    elif facts.text(item, "measure") in _SPREAD and months and total is not None:
        whole = sum(months, Decimal(0))
        if whole != total:
            yield _problem(facts, "proposal-months-differ", item, "total", "error",
                           months=whole, total=total)  # fmt: skip
    indicator, measure = facts.text(item, "indicator"), facts.text(item, "unit_of_measure")
    if indicator and not well_worded(indicator, measure):
        yield _problem(facts, "proposal-indicator-wording", item, "indicator", "info",
                       indicator=indicator, measure=measure)  # fmt: skip
    if (
        "cost" in asked
        and not _numbers(facts, item, "cost")
        and facts.number(item, "budget") is None
    ):
        yield _problem(facts, "proposal-cost-missing", item, "cost")
    for name in ("critical_element", "unit_of_measure", "indicator"):
        if name in asked and not facts.text(item, name):
            yield _problem(facts, f"proposal-{name.replace('_', '-')}-missing", item, name, "info")


def _numbers(facts: Facts, item: str, name: str) -> list[Decimal]:
    values = facts.periods(item, name).values()
    return [value for value in values if isinstance(value, Decimal)]


def _action_findings(facts: Facts, plan: str) -> list[Problem]:
    """Tell actions whose target of the year is not what their activities come to (S3-09)."""
    year = facts.number(plan, "year")
    served: dict[str, list[str]] = {}
    for item in _activities(facts, plan):
        served.setdefault(link_of(facts, item), []).append(item)
    found = []
    for action, items in served.items():
        if facts.text(action, "kind") != ACTION:
            continue
        wanted = facts.number(action, "target", str(int(year)) if year is not None else "")
        wanted = wanted if wanted is not None else facts.number(action, "total")
        measure = same_words(facts.text(action, "unit_of_measure"))
        same = [one for one in items if same_words(facts.text(one, "unit_of_measure")) == measure]
        numbers = [number for one in same if (number := facts.number(one, "total")) is not None]
        if wanted is None or not measure or not numbers:
            continue
        whole = sum(numbers, Decimal(0))
        if whole != wanted:
            found.append(
                _problem(facts, "proposal-action-differs", action, "total",
                         activities=whole, action=wanted, measure=measure)
            )  # fmt: skip
    return found
