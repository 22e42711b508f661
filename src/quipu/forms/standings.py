"""How the weighted programmes of a plan stand in a period, and what is still needed to pass."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from quipu.domain.facts import Facts
from quipu.domain.outline import plan_rows
from quipu.domain.period import Period
from quipu.domain.progress import progress
from quipu.domain.value import PUBLISHED
from quipu.domain.weights import (
    ProgrammeResult,
    Task,
    WeightedRow,
    judge,
    losses,
    share_out,
    still_needed,
)
from quipu.forms.checks.programme import points
from quipu.forms.definition import Form

_ANY_YEAR = Period.of_year(1)


def standings(
    facts: Facts, plan: str, forms: Mapping[str, Form], period: str
) -> list[ProgrammeResult]:
    """Judge each weighted programme of a plan by its form's rule, both ways (S4-09).

    An activity is fulfilled when what was reported of it, to the period's end, comes to its target,
    or to 1 where it has none.
    """
    found: list[ProgrammeResult] = []
    for unit, items in plan_rows(facts, plan).items():
        listed = _programmes(facts, items, forms).items()
        for (form_id, top), own in sorted(listed, key=lambda entry: forms[entry[0][0]].order):
            found.append(_result(facts, forms[form_id], (unit, top), own, period))
    return found


def _programmes(
    facts: Facts, items: Sequence[str], forms: Mapping[str, Form]
) -> dict[tuple[str, str], list[str]]:
    """Give the objectives of each programme, by its form and its row (`""` for none)."""
    found: dict[tuple[str, str], list[str]] = {}
    for item in items:
        form = forms.get(facts.text(item, "form"))
        if form is None or form.passing is None or not form.listed:
            continue
        if facts.text(item, "kind") == form.levels[-2].kind:
            kinds = {detail.level for detail in form.details}
            above = facts.ancestors(item)
            top = next((one for one in above if facts.text(one, "kind") in kinds), "")
            found.setdefault((form.id, top), []).append(item)
    return found


def _result(
    facts: Facts, form: Form, place: tuple[str, str], objectives: Sequence[str], period: str
) -> ProgrammeResult:
    unit, top = place
    if form.passing is None:
        raise AssertionError("only programmes with a rule are judged")
    rows = list(_rows(facts, form, objectives, period))
    by, share = form.passing.by, Fraction(form.passing.share)
    weight = programme_weight(facts, form, top)
    worth = weight or Decimal(0)
    single, whole = losses(rows, by=by, programme=worth, share=share)
    return ProgrammeResult(
        item=top,
        name=facts.text(top, "text") if top else form.title.get(form.language, form.id),
        unit=unit,
        weight=weight,
        standing=judge(rows, by=by, programme=worth, share=share),
        needed=still_needed(rows, by=by, share=share),
        needed_by_count=still_needed(rows, by="count", share=share),
        needed_by_weight=still_needed(rows, by="weight", share=share),
        losses=single,
        row_losses=whole,
        share=share,
        by=by,
    )


def programme_weight(facts: Facts, form: Form, top: str) -> Decimal | None:
    """Give a programme's weight in points: its own row's, else the form's total."""
    weight = _points(facts, form, top) if top else None
    if weight is None and form.weights is not None:
        weight = form.weights.total
    return weight


def row_weights(facts: Facts, plan: str, forms: Mapping[str, Form]) -> dict[str, Fraction]:
    """Give the weight in points of every activity of a plan that has one, by item."""
    found: dict[str, Fraction] = {}
    for items in plan_rows(facts, plan).values():
        for item in items:
            form = forms.get(facts.text(item, "form"))
            if form is None or form.weights is None or not form.listed:
                continue
            if facts.text(item, "kind") == form.levels[-2].kind:
                for row in _rows(facts, form, [item], str(_ANY_YEAR)):
                    pairs = zip(row.tasks, share_out(row), strict=True)
                    found.update({task.item: weight for task, weight in pairs})
    return found


def _rows(
    facts: Facts, form: Form, objectives: Sequence[str], period: str
) -> Iterator[WeightedRow]:
    inner = form.levels[-1].kind
    for item in objectives:
        tasks = [
            Task(
                facts.text(one, "text"),
                _met(facts, one, period),
                _points(facts, form, one),
                item=one,
            )
            for one in facts.children(item)
            if facts.text(one, "kind") == inner and not facts.flag(one, "deleted")
        ]
        if tasks:
            name = f"{facts.text(item, 'code')} {facts.text(item, 'text')}".strip()
            yield WeightedRow(tuple(tasks), _points(facts, form, item), name, item)


def _met(facts: Facts, item: str, period: str) -> bool:
    own = progress(facts, item, "", period)
    if own.to_date.share is not None:
        return own.to_date.share >= 1
    executed = own.to_date.executed
    return executed is not None and executed >= 1


def _points(facts: Facts, form: Form, item: str) -> Decimal | None:
    """Give a weight in points: what is worked with, else all that its cell prints."""
    printed = facts.text(item, f"weight{PUBLISHED}")
    number = facts.number(item, "weight")
    if number is not None:
        return number * 100 if "%" in printed else number
    listed = points(printed, form)
    return sum(listed, Decimal(0)) if listed else None
