"""Entering progress, and changing cells of the plan, one gesture at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from quipu.domain import fields
from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.problem import Problem
from quipu.domain.value import Value
from quipu.operations.calendars import plan_period, row_period
from quipu.operations.cells import UnreadableText
from quipu.operations.finding import find_plan, find_row, find_unit, unit_name
from quipu.operations.gesture import Entry, write
from quipu.operations.house import House
from quipu.operations.outcome import NOTHING, Outcome
from quipu.operations.permission import may_change, read_typed

__all__ = [
    "CellText",
    "Demand",
    "attach",
    "cell_problem",
    "change_cells",
    "enter",
    "may_change",
    "read_cells",
]


_ALSO_READ = frozenset({"malformed-number", "formula-uncomputed"})
"""Checks that reading a document has too, with sentences of its own."""


@dataclass(frozen=True, slots=True)
class CellText:
    """What a person put in a cell: its address, the text (`""` blanks it), and where it stood."""

    address: Address
    text: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """How many were received and how many of them attended, as typed; `None` says nothing."""

    received: str | None
    attended: str | None


def change_cells(
    house: House, *, cells: Sequence[CellText], author: str, reason: str | None = None
) -> Outcome:
    """Change cells of the plan or of the progress as one gesture: a typed cell, a paste, a fill.

    Texts are read as the row's form writes numbers. A cell that is malformed or that this
    workspace may not write becomes a problem, and the others go in.
    """
    facts = house.facts_around([cell.address for cell in cells])
    entries, problems = read_cells(house, facts, cells)
    if not entries:
        return Outcome(problems=problems) if problems else NOTHING
    return write(house, entries, facts=facts, author=author, reason=reason, problems=problems)


def read_cells(
    house: House, facts: Facts, cells: Sequence[CellText]
) -> tuple[list[Entry], tuple[Problem, ...]]:
    """Give what the readable and permitted cells say, and a problem for each of the others."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for cell in cells:
        refusal = may_change(house, facts, cell.address)
        try:
            if refusal:
                raise UnreadableText(refusal)
            value = read_typed(house, facts, cell.address, cell.text)
            entries += [(cell.address, value), *_no_heading_now(facts, cell.address, value)]
        except UnreadableText as mistake:
            problems.append(cell_problem(facts, cell, mistake))
    return entries, tuple(problems)


def _no_heading_now(facts: Facts, address: Address, value: Value) -> list[Entry]:
    """A heading that is given a target is a heading no more; it counts until a person says how."""
    planned = address.field in ("target", "total") and value is not None
    heading = facts.text(address.item, "measure") == "heading"
    return [(Address(address.item, "measure"), "count")] if planned and heading else []


def cell_problem(facts: Facts, cell: CellText, mistake: UnreadableText) -> Problem:
    """Give the problem of a cell that cannot be taken."""
    item = cell.address.item
    places = {"field": cell.address.field, "period": cell.address.period, "value": cell.text}
    return Problem(
        check=mistake.code,
        severity="error",
        where=cell.where,
        unit=unit_name(facts, item),
        code=facts.text(item, "code"),
        target=cell.address.period or cell.address.field,
        value=cell.text,
        variant="typed" if mistake.code in _ALSO_READ else "",
        item=item,
        params={**places, **mistake.params},
    )


def enter(
    house: House,
    *,
    unit: str,
    activity: str,
    period: str = "",
    value: str | Demand | None = None,
    field: str = "executed",
    note: str | None = None,
    evidence: Path | None = None,
    reason: str | None = None,
    author: str,
) -> Outcome:
    """Enter what a unit did on an activity in a period, or another field of it, with the reason.

    `activity` is a code, the whole text or an id, `""` or a plan's id for what the report says
    as a whole; a field that has no periods needs none. An id is of its own plan, other words of the
    period's year. A `Demand` tells how far one was met (S1-19). Raises `InputError` when the
    value, period, unit or activity cannot be used; then nothing was stored.
    """
    said = _said(field, value, note)
    if not said and evidence is None:
        raise InputError("value-missing")
    facts = house.facts()
    reporter = find_unit(facts, unit)
    row, when = _placed(house, facts, reporter, activity, period)
    if facts.text(row, "kind") == "plan":
        _check_whole(said)
    cells = [CellText(_address(name, row, when, reporter), text) for name, text in said.items()]
    entries, problems = read_cells(house, facts, cells)
    if problems:
        raise _refusal(problems[0])
    files = {_address("evidence", row, when, reporter): evidence} if evidence is not None else {}
    for place in files:
        _permitted(house, facts, place)
    why = (reason or "").strip()
    return write(house, entries, facts=facts, author=author, reason=why or None, files=files)


def _placed(house: House, facts: Facts, unit: str, activity: str, period: str) -> tuple[str, str]:
    """Give the row that a person means, a plan where that or nothing is named, and the period."""
    whole = not activity or activity in facts.of_kind("plan")
    if whole:
        row = activity or find_plan(facts, period=period)
    else:
        plan = facts.text(activity, "plan") or find_plan(facts, period=period)
        row = find_row(facts, plan=plan, unit=unit, text=activity)
    find_period = plan_period if whole else row_period
    return row, find_period(house.forms, facts, row, period) if period else ""


def _said(field: str, value: str | Demand | None, note: str | None) -> dict[str, str]:
    """Give the texts to enter by field."""
    said: dict[str, str | None] = {"narrative": note}
    if isinstance(value, Demand):
        said |= {"denominator": value.received, "numerator": value.attended}
    else:
        said = {field: value} | {name: text for name, text in said.items() if text is not None}
    return {name: text for name, text in said.items() if text is not None}


def _check_whole(said: Iterable[str]) -> None:
    """Refuse figures that only an activity has; a report as a whole has texts and files."""
    for name in said:
        known = fields.find(name)
        if known is None or known.group != "progress" or known.type != "text":
            raise InputError("activity-missing")


def attach(house: House, *, address: Address, file: Path, author: str) -> Outcome:
    """Put a file as the evidence at an address; its content is kept by its SHA-256."""
    facts = house.facts_around([address])
    known = fields.find(address.field)
    if known is None or known.type != "blob":
        raise InputError("field-not-file", field=address.field)
    _permitted(house, facts, address)
    return write(house, (), facts=facts, author=author, files={address: file})


def _address(field: str, row: str, period: str, unit: str) -> Address:
    known = fields.find(field)
    if known is None:
        raise InputError("field-unknown", field=field)
    if known.periodic and not period:
        raise InputError("period-missing", field=field)
    return Address(row, field, period if known.periodic else "", unit if known.per_unit else "")


def _permitted(house: House, facts: Facts, address: Address) -> None:
    refusal = may_change(house, facts, address)
    if refusal:
        raise InputError(refusal, **_places(facts, address))


def _places(facts: Facts, address: Address) -> dict[str, object]:
    return {
        "field": address.field,
        "period": address.period,
        "unit": facts.text(address.unit, "name") or unit_name(facts, address.item),
        "row": facts.text(address.item, "code"),
    }


def _refusal(problem: Problem) -> InputError:
    params = {**problem.params, "unit": problem.unit, "row": problem.code}
    return InputError(problem.check, **params)
