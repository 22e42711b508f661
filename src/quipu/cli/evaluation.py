"""The evaluation of a plan: its rows, units, nodes, offices and programmes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from quipu.cli import plain
from quipu.cli.call import Answer, Call
from quipu.cli.sentences import percent
from quipu.cli.tables import table

if TYPE_CHECKING:
    from quipu.domain.evaluation import Evaluation
    from quipu.domain.facts import Facts
    from quipu.domain.progress import Progress
    from quipu.domain.rollup import Group, RowResult, Summary
    from quipu.domain.weights import Loss, ProgrammeResult, Standing


def evaluate(call: Call) -> Answer:
    """`quipu evaluate DIR --period P`: what was achieved against what was planned."""
    from quipu.operations.evaluating import evaluate as evaluate_plan
    from quipu.operations.finding import find_unit

    given = call.given
    with call.house() as house:
        facts = house.facts()
        units = [find_unit(facts, name) for name in given.texts("unit")]
        found = evaluate_plan(house, period=given.text("period"), units=units)
    return Answer(_evaluation(found, facts), _evaluation_lines(call, found, facts))


def _evaluation(found: Evaluation, facts: Facts) -> plain.Json:
    return {
        "period": found.period,
        "rows": [_row(one, facts) for one in found.rows],
        "units": [
            {"unit": facts.text(one.item, "name")} | summary_json(one.summary)
            for one in found.units
        ],
        "nodes": [node_json(one, facts) for one in found.nodes],
        "areas": [
            {"area": facts.text(one.item, "name")} | summary_json(one.summary)
            for one in found.areas
        ],
        "offices": [
            {"office": facts.text(one.item, "name")} | summary_json(one.summary)
            for one in found.offices
        ],
        "whole": summary_json(found.whole),
        "programmes": [_programme(one, facts) for one in found.programmes],
    }


def _row(one: RowResult, facts: Facts) -> plain.Json:
    return {
        "unit": facts.text(one.unit, "name"),
        "code": one.code,
        "activity": one.activity,
        "item": one.item,
        "unit_of_measure": one.unit_of_measure,
        "weight": share(one.weight),
        "budgeted": plain.number(one.money.programmed),
        "spent": plain.number(one.money.executed),
        "financial": plain.number(one.money.percent),
    } | _progress(one.progress)


def _progress(own: Progress) -> plain.Json:
    return {
        "measure": own.measure,
        "programmed": plain.number(own.programmed),
        "executed": plain.number(own.executed),
        "percent": plain.number(own.percent),
        "capped": plain.number(own.capped),
        "rating": own.rating,
        "programmed_to_date": plain.number(own.to_date.programmed),
        "executed_to_date": plain.number(own.to_date.executed),
        "percent_to_date": plain.number(own.to_date.percent),
        "programmed_year": plain.number(own.year.programmed),
        "year": plain.number(own.year.percent),
    }


def summary_json(one: Summary) -> plain.Json:
    """Give how several rows do together."""
    return {
        "rows": one.rows,
        "due": one.due,
        "reported": one.reported,
        "met": one.met,
        "not_applicable": one.idle,
        "fulfilled": plain.number(one.fulfilled),
        "percent": plain.number(one.percent),
        "capped": plain.number(one.capped),
        "to_date": plain.number(one.to_date),
        "year": plain.number(one.year),
        "weighted": one.weighted,
        "budgeted": plain.number(one.budgeted),
        "spent": plain.number(one.spent),
        "financial": plain.number(one.financial),
        "sums": [
            {
                "unit_of_measure": each.unit_of_measure,
                "rows": each.rows,
                "programmed": plain.number(each.programmed),
                "executed": plain.number(each.executed),
                "percent": plain.number(each.percent),
            }
            for each in one.sums
        ],
    }


def node_json(one: Group, facts: Facts) -> plain.Json:
    """Give a level of the plan with how its rows do."""
    return {
        "item": one.item,
        "kind": one.kind,
        "code": facts.text(one.item, "code"),
        "text": facts.text(one.item, "text"),
        "unit": facts.text(facts.text(one.item, "unit"), "name"),
        "own": None if one.own is None else _progress(one.own),
    } | summary_json(one.summary)


def _programme(found: ProgrammeResult, facts: Facts) -> plain.Json:
    return {
        "name": found.name,
        "unit": facts.text(found.unit, "name"),
        "item": found.item,
        "weight": plain.number(found.weight),
        "rule": {"by": found.by, "share": share(found.share)},
        **_standing(found.standing),
        "needed": list(found.needed),
        "needed_by_count": list(found.needed_by_count),
        "needed_by_weight": list(found.needed_by_weight),
        "activities": [_loss(one) for one in found.losses],
        "rows": [_loss(one) for one in found.row_losses],
    }


def _standing(one: Standing) -> plain.Json:
    return {
        "by_count": share(one.by_count),
        "by_weight": share(one.by_weight),
        "count_passes": one.count_passes,
        "weight_passes": one.weight_passes,
        "approved": one.approved,
        "earned": plain.number(one.earned),
    }


def _loss(one: Loss) -> plain.Json:
    return {
        "item": one.item,
        "name": one.name,
        "weight": share(one.weight),
        "met": one.met,
        "if_lost": _standing(one.left),
    }


def share(found: Fraction | None) -> str | None:
    """Give a share as a decimal of at most six places."""
    return None if found is None else plain.number(Decimal(round(found * 10**6)) / 10**6)


def _evaluation_lines(call: Call, found: Evaluation, facts: Facts) -> Iterator[str]:
    yield from _group_lines(call, "unit", found.units, facts)
    yield call.words.text("say.evaluated", period=found.period, rows=len(found.rows))
    for programme in found.programmes:
        yield from _programme_lines(call, programme)


def _group_lines(call: Call, head: str, groups: Iterable[Group], facts: Facts) -> Iterator[str]:
    names = (head, "rows", "due-rows", "reported", "met", "percent", "to-date", "year")
    rows = [
        [
            facts.text(one.item, "name"),
            one.summary.rows,
            one.summary.due,
            one.summary.reported,
            one.summary.met,
            percent(one.summary.percent),
            percent(one.summary.to_date),
            percent(one.summary.year),
        ]
        for one in groups
    ]
    yield from table([call.words.text(f"head.{name}") for name in names], rows, right=range(1, 8))


def _programme_lines(call: Call, found: ProgrammeResult) -> Iterator[str]:
    standing = found.standing
    key = "approved" if standing.approved else "not-approved"
    yield call.words.text(
        f"say.programme-{key}",
        name=found.name,
        count=in_percent(standing.by_count),
        weight=in_percent(standing.by_weight),
        needed="; ".join(found.needed),
    )
    if not standing.count_passes and found.by != "count":
        yield call.words.text("say.programme-by-count", needed="; ".join(found.needed_by_count))
    if found.needed_by_weight and found.by != "weight":
        yield call.words.text("say.programme-by-weight", needed="; ".join(found.needed_by_weight))
    for one in found.losses:
        if not one.left.approved:
            yield call.words.text(
                "say.programme-loss",
                name=one.name,
                count=in_percent(one.left.by_count),
                weight=in_percent(one.left.by_weight),
            )


def in_percent(found: Fraction | None) -> str:
    """Give a share as a percentage of one decimal, a dash for none."""
    return percent(Decimal(found.numerator) / found.denominator) if found is not None else "—"
