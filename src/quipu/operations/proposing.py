"""Formulating the plan: units propose rows and what they say; the centre looks how it all fits."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from quipu.domain import fields
from quipu.domain.address import Address
from quipu.domain.coverage import ACTIVITY
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.formulation import Proposal, TemplateRow, proposals, shared_rows
from quipu.domain.plan_states import PlanState, plan_state
from quipu.domain.rollup import same_words
from quipu.domain.value import plain
from quipu.operations.calendars import form_periods
from quipu.operations.entering import CellText, change_cells
from quipu.operations.finding import find_plan, find_row, find_unit, office_units, plan_rows
from quipu.operations.house import House
from quipu.operations.methods import method_of
from quipu.operations.outcome import Outcome
from quipu.operations.rows import add_row, delete_row


@dataclass(frozen=True, slots=True)
class Gathered:
    """What units propose in a plan, and the state of the plan."""

    plan: str
    state: PlanState
    proposals: tuple[Proposal, ...]


def template_rows(house: House, *, plan: str = "", facts: Facts | None = None) -> list[TemplateRow]:
    """Give the rows to begin from: those of the method, then those that several units share."""
    known = facts if facts is not None else house.facts()
    item = find_plan(known, plan=plan)
    own = method_of(house, known, item).rows
    named = {same_words(one.text) for one in own}
    shared = [one for one in shared_rows(known, item) if same_words(one.text) not in named]
    return [*own, *shared]


def propose(
    house: House,
    *,
    unit: str,
    cells: Mapping[tuple[str, str], str],
    like: str = "",
    form: str = "",
    under: str = "",
    plan: str = "",
    author: str,
) -> Outcome:
    """Add an activity to a unit's part of a plan, last in its table.

    `cells` are texts by field and period; they stand over those of the row to begin from, which
    `like` names by its words or its number among `template_rows`. `under` is the row that it
    hangs from, `form` the table (by default the one of most of the unit's rows). Raises
    `InputError` `template-unknown` (row), `text-missing`, `form-missing` (unit, known), or as
    `add_row`.
    """
    facts = house.facts()
    item, whose = find_plan(facts, plan=plan), find_unit(facts, unit)
    table = form or _form(house, facts, item, whose)
    begun: dict[tuple[str, str], str] = {}
    if like:
        begun = _begun(house, facts, item, table, like)
    whole = {**begun, **cells}
    if not whole.get(("text", ""), "").strip():
        raise InputError("text-missing")
    above = find_row(facts, plan=item, unit=whose, text=under) if under else ""
    return add_row(
        house, form=table, unit=whose, plan=item, parent=above, cells=whole, author=author
    )


def change_proposal(
    house: House,
    *,
    unit: str,
    activity: str,
    cells: Mapping[tuple[str, str], str],
    plan: str = "",
    author: str,
) -> Outcome:
    """Change what a proposed row says; cells that cannot be written become problems."""
    facts = house.facts()
    item, whose = find_plan(facts, plan=plan), find_unit(facts, unit)
    row = find_row(facts, plan=item, unit=whose, text=activity)
    typed = [CellText(Address(row, name, when), text) for (name, when), text in cells.items()]
    return change_cells(house, cells=typed, author=author)


def withdraw(house: House, *, unit: str, activity: str, plan: str = "", author: str) -> Outcome:
    """Take a proposed row back, with the rows under it."""
    facts = house.facts()
    item, whose = find_plan(facts, plan=plan), find_unit(facts, unit)
    row = find_row(facts, plan=item, unit=whose, text=activity)
    return delete_row(house, row=row, author=author)


def gather(
    house: House, *, units: Collection[str] = (), plan: str = "", facts: Facts | None = None
) -> Gathered:
    """Give what units propose with what does not fit: some, or all that this workspace has."""
    known = facts if facts is not None else house.facts()
    item = find_plan(known, plan=plan)
    wanted = {find_unit(known, name) for name in units}
    if not wanted and house.role == "office":
        wanted = set(office_units(known, house.office))

    def asked(row: str) -> Collection[str]:
        form = house.forms.get(known.text(row, "form"))
        return {column.field for column in form.columns} if form is not None else ()

    found = proposals(known, item, asked=asked)
    shown = tuple(one for one in found if not wanted or one.unit in wanted)
    return Gathered(item, plan_state(known, item), shown)


def _begun(
    house: House, facts: Facts, plan: str, form: str, like: str
) -> dict[tuple[str, str], str]:
    """Give the cells of a row that is begun from another."""
    known = template_rows(house, plan=plan, facts=facts)
    found = _named(known, like)
    table = house.forms.get(form)
    columns = {column.field for column in table.columns} if table is not None else set()
    cells = {("text", ""): found.text}
    cells |= {(name, ""): text for name, text in found.fields.items() if name in columns}
    if found.each is not None:
        periods = form_periods(table, facts.number(plan, "year"))
        cells |= {("target", period): plain(found.each) for period in periods}
        if "total" in columns:
            cells["total", ""] = plain(found.each * len(periods))
    return cells


def _named(known: Sequence[TemplateRow], like: str) -> TemplateRow:
    wanted = same_words(like)
    for number, one in enumerate(known, start=1):
        if like.strip() == str(number) or same_words(one.text) == wanted:
            return one
    raise InputError("template-unknown", row=like)


def _form(house: House, facts: Facts, plan: str, unit: str) -> str:
    """Give the table of most of a unit's activities, else of most of the plan's."""
    for rows in (plan_rows(facts, plan, unit), facts.items()):
        counts: dict[str, int] = {}
        for row in rows:
            name = facts.text(row, "form")
            own = facts.text(row, "plan") == plan and facts.text(row, "kind") == ACTIVITY
            if own and name in house.forms:
                counts[name] = counts.get(name, 0) + 1
        if counts:
            return max(counts, key=lambda name: (counts[name], name))
    raise InputError("form-missing", unit=facts.text(unit, "name"), known=", ".join(house.forms))


def read_set(text: str) -> tuple[tuple[str, str], str]:
    """Read `target:2024-03=5` or `text=Words`; raises `InputError("change-unreadable", value)`."""
    place, equals, value = text.partition("=")
    field, _, period = place.partition(":")
    if not equals or fields.find(field.strip()) is None:
        raise InputError("change-unreadable", value=text)
    return (field.strip(), period.strip().upper()), value
