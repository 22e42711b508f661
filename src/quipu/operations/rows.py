"""Adding, deleting and ordering rows of the plan; offices, of their units in a draft (S3-09)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from quipu.domain import fields
from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.measure import measure_of
from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.domain.value import PUBLISHED
from quipu.forms.definition import Form
from quipu.operations.calendars import form_periods
from quipu.operations.cells import UnreadableText
from quipu.operations.deletions import deletion
from quipu.operations.entering import CellText, cell_problem
from quipu.operations.finding import find_plan, find_unit
from quipu.operations.gesture import Entry, new_id, write
from quipu.operations.house import House
from quipu.operations.ordering import renumber
from quipu.operations.outcome import Outcome
from quipu.operations.permission import demand_proposal, read_for

Cells = Mapping[tuple[str, str], str]
"""Texts by field and period."""


def add_row(
    house: House,
    *,
    form: str,
    unit: str = "",
    plan: str = "",
    kind: str = "",
    parent: str = "",
    before: str = "",
    cells: Cells,
    author: str,
) -> Outcome:
    """Add a row to a unit's table, before another row or last.

    `cells` are texts by field and period (`("text", "")`, `("target", "2024-07")`); a malformed
    one becomes a problem and stays blank. `kind` is a level of the form, the innermost for `""`.
    Raises `form-unknown`, `level-unknown`, `unit-missing`, `row-unknown`, or as `demand_proposal`.
    """
    facts = house.facts()
    table = _table(house, form)
    whose = _owner(facts, table, unit)
    item, item_plan = new_id(house), find_plan(facts, plan=plan)
    demand_proposal(house, facts, item_plan, whose)
    others = _table_rows(facts, item_plan, form, whose)
    for other in filter(None, (parent, before)):
        if other not in others:
            raise InputError("row-unknown", row=other)
    values, problems = _read_cells(table, facts, item_plan, item, cells)
    entries: list[Entry] = [
        (Address(item, "kind"), _level(table, kind)),
        (Address(item, "plan"), item_plan),
        (Address(item, "form"), form),
        (Address(item, "unit"), whose or None),
        (Address(item, "parent"), parent or None),
        *renumber(facts, others, item, before),
        *values,
        *_measure(table, item, values, cells),
    ]
    return write(house, entries, facts=facts, author=author, created=(item,), problems=problems)


def _owner(facts: Facts, form: Form, unit: str) -> str:
    if not unit and form.unit != "none":
        raise InputError("unit-missing", form=form.id)
    return find_unit(facts, unit) if unit else ""


def _table(house: House, form: str) -> Form:
    if form not in house.forms:
        raise InputError("form-unknown", form=form, known=", ".join(house.forms))
    return house.forms[form]


def delete_row(house: House, *, row: str, author: str) -> Outcome:
    """Delete a row with the rows under it; its history stays, and undo brings it back."""
    facts = house.facts()
    _known_row(facts, row)
    items = list(_with_below(facts, row))
    for item in items:
        demand_proposal(house, facts, facts.text(row, "plan"), facts.text(item, "unit"))
    entries = [entry for item in items for entry in deletion(house, item)]
    return write(house, entries, facts=facts, author=author)


def move_row(house: House, *, row: str, before: str = "", author: str) -> Outcome:
    """Put a row before another of the same table, or last."""
    facts = house.facts()
    _known_row(facts, row)
    plan, form, unit = (facts.text(row, field) for field in ("plan", "form", "unit"))
    demand_proposal(house, facts, plan, unit)
    others = [other for other in _table_rows(facts, plan, form, unit) if other != row]
    if before and before not in others:
        raise InputError("row-unknown", row=before)
    return write(house, renumber(facts, others, row, before), facts=facts, author=author)


def _known_row(facts: Facts, row: str) -> None:
    if not facts.text(row, "plan") or facts.flag(row, "deleted"):
        raise InputError("row-unknown", row=row)


def _with_below(facts: Facts, row: str) -> Iterator[str]:
    yield row
    for child in facts.children(row):
        yield from _with_below(facts, child)


def _table_rows(facts: Facts, plan: str, form: str, unit: str) -> list[str]:
    """Give the rows of one table, in their stored order."""
    found = [
        item
        for item in facts.items()
        if (facts.text(item, "plan"), facts.text(item, "form")) == (plan, form)
        and facts.text(item, "unit") == unit
        and not facts.flag(item, "deleted")
    ]
    return sorted(found, key=facts.sort_key)


def _level(form: Form, kind: str) -> str:
    try:
        return form.level(kind).kind
    except KeyError:
        raise InputError("level-unknown", kind=kind, form=form.id) from None


def _read_cells(
    form: Form, facts: Facts, plan: str, item: str, cells: Cells
) -> tuple[list[Entry], tuple[Problem, ...]]:
    entries: list[Entry] = []
    problems: list[Problem] = []
    periods = form_periods(form, facts.number(plan, "year"))
    for (field, period), text in cells.items():
        try:
            _check_cell(field, period, periods)
            entries.append((Address(item, field, period), read_for(form, field, text)))
        except UnreadableText as mistake:
            cell = CellText(Address(item, field, period), text)
            problems.append(cell_problem(facts, cell, mistake))
    return entries, tuple(problems)


def _check_cell(field: str, period: str, periods: list[str]) -> None:
    known = fields.find(field)
    if known is None:
        raise UnreadableText("field-unknown")
    if known.group != "plan" or field.endswith(PUBLISHED):
        raise UnreadableText("field-fixed")
    if period not in (periods if known.periodic else ("",)):
        raise UnreadableText("period-not-planned")


def _measure(form: Form, item: str, values: list[Entry], cells: Cells) -> list[Entry]:
    """Infer the kind of measure from what was typed; a row without targets counts, for now."""
    numbers = {address: value for address, value in values if isinstance(value, Decimal)}
    typed = {period or field: text for (field, period), text in cells.items() if text.strip()}
    measure = measure_of(
        Row(
            form=form.id,
            kind=form.levels[-1].kind,
            text=cells.get(("text", ""), ""),
            fields={field: text for (field, period), text in cells.items() if not period},
            targets={a.period: v for a, v in numbers.items() if a.field == "target"},
            total=next((v for a, v in numbers.items() if a.field == "total"), None),
            published=typed,
        )
    )
    return [(Address(item, "measure"), measure)] if measure != "heading" else []
