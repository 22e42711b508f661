"""How the weighted programmes of a plan stand in a period, and what is still needed to pass."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from quipu.domain.facts import Facts
from quipu.domain.outline import plan_rows, unit_places
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


@dataclass(frozen=True, slots=True)
class Programme:
    """A weighted programme of a plan: its form, unit, row (`""` for none) and objectives."""

    form: Form
    unit: str
    top: str
    objectives: tuple[str, ...]

    def name(self, facts: Facts) -> str:
        """Give what the programme is called."""
        title = self.form.title.get(self.form.language, self.form.id)
        return facts.text(self.top, "text") if self.top else title

    def weight(self, facts: Facts) -> Decimal | None:
        """Give its weight in points: its own row's, else the form's total."""
        found = _points(facts, self.form, self.top) if self.top else None
        if found is None and self.form.weights is not None:
            found = self.form.weights.total
        return found

    def rows(self, facts: Facts, period: str = "") -> list[WeightedRow]:
        """Give its weighted rows with their activities, as fulfilled up to a period's end."""
        return list(_rows(facts, self.form, self.objectives, period))


def programmes(facts: Facts, plan: str, forms: Mapping[str, Form]) -> list[Programme]:
    """Give the weighted programmes of a plan, unit by unit in the order of their forms."""
    found: list[Programme] = []
    rows = plan_rows(facts, plan)
    named = [place.unit for place in unit_places(facts, facts.text(plan, "institution"))]
    for unit in (*(one for one in named if one in rows), *sorted(set(rows) - set(named))):
        listed = _programmes(facts, rows[unit], forms).items()
        for (form_id, top), own in sorted(listed, key=lambda entry: forms[entry[0][0]].order):
            found.append(Programme(forms[form_id], unit, top, tuple(own)))
    return found


def standings(
    facts: Facts, plan: str, forms: Mapping[str, Form], period: str
) -> list[ProgrammeResult]:
    """Judge each weighted programme of a plan by its form's rule, both ways (S4-09).

    An activity is fulfilled when what was reported of it, to the period's end, comes to its target,
    or to 1 where it has none.
    """
    return [_result(facts, one, period) for one in programmes(facts, plan, forms)]


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


def _result(facts: Facts, one: Programme, period: str) -> ProgrammeResult:
    if one.form.passing is None:
        raise AssertionError("only programmes with a rule are judged")
    rows = one.rows(facts, period)
    by, share = one.form.passing.by, Fraction(one.form.passing.share)
    weight = one.weight(facts)
    worth = weight or Decimal(0)
    single, whole = losses(rows, by=by, programme=worth, share=share)
    return ProgrammeResult(
        item=one.top,
        name=one.name(facts),
        unit=one.unit,
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


def row_weights(facts: Facts, plan: str, forms: Mapping[str, Form]) -> dict[str, Fraction]:
    """Give the weight in points of every activity of a plan that has one, by item."""
    found: dict[str, Fraction] = {}
    for items in plan_rows(facts, plan).values():
        for item in items:
            form = forms.get(facts.text(item, "form"))
            if form is None or form.weights is None or not form.listed:
                continue
            if facts.text(item, "kind") == form.levels[-2].kind:
                for row in _rows(facts, form, [item], ""):
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
    if not period:
        return False
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
