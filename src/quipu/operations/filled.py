"""Entering from a workbook that Quipu exported and an office filled in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from quipu.domain import fields
from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.problem import Problem
from quipu.domain.value import Value
from quipu.files.reader import read_file
from quipu.forms.document import Stamp
from quipu.forms.draw import DrawRequest, stamp_of
from quipu.forms.language import choose
from quipu.forms.raw import RawCell, RawFile, RawTable
from quipu.operations.calendars import plan_periods, reported_periods, row_periods
from quipu.operations.cells import UnreadableText
from quipu.operations.entering import CellText, cell_problem
from quipu.operations.gesture import Entry, write
from quipu.operations.house import House
from quipu.operations.outcome import Outcome
from quipu.operations.permission import may_change, read_typed
from quipu.operations.running import CancelCheck, Progress, step

_PLACE = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True, slots=True)
class _FilledCell:
    """An editable cell of a filled workbook: what it changes, where it stands, what it holds.

    `was` is the text that stood there when the workbook was exported.
    """

    address: Address
    where: str
    cell: RawCell
    was: str = ""


def enter_from_workbook(
    house: House,
    *,
    file: Path,
    author: str,
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> Outcome:
    """Store what changed in the editable cells of a filled workbook, as one gesture.

    The stamp must be there and name this data, this plan, a period of it, and a form as it is
    here; raises `InputError` `stamp-missing`, `stamp-damaged`, `stamp-newer`, `stamp-other-data`,
    `stamp-other-plan`, `stamp-other-rows`, `stamp-other-period`, `stamp-other-form`. A malformed
    cell becomes a problem with its place. A cell that nobody touched changes nothing, and one that
    is blank while a value is stored blanks nothing: the value may be younger (`blank-kept`).
    """
    raw = read_file(file)
    facts = house.facts()
    stamp = _checked_stamp(house, facts, raw)
    cells = list(_filled_cells(raw, stamp))
    entries: list[Entry] = []
    problems = list(_lost(raw))
    for index, cell in enumerate(cells):
        step(progress, cancelled, index, len(cells))
        result = _read(house, facts, cell)
        if isinstance(result, Problem):
            problems.append(result)
        elif result is not None:
            entries.append(result)
    step(progress, cancelled, len(cells), len(cells))
    if not entries:
        return Outcome(problems=tuple(problems))
    return write(house, entries, facts=facts, author=author, problems=tuple(problems))


def _checked_stamp(house: House, facts: Facts, raw: RawFile) -> Stamp:
    stamp = raw.stamp
    if stamp is None:
        raise InputError(f"stamp-{raw.notes.get('stamp', 'missing')}", file=raw.name)
    if stamp.dataset != house.dataset:
        raise InputError("stamp-other-data", file=raw.name)
    if stamp.plan not in facts:
        raise InputError("stamp-other-plan", file=raw.name)
    items = {address.item for tab in stamp.sheets.values() for address in tab.cells.values()}
    if items and not any(item in facts for item in items):
        raise InputError("stamp-other-rows", file=raw.name)
    if stamp.view == "progress" and not _is_period(house, facts, stamp):
        raise InputError("stamp-other-period", file=raw.name, period=stamp.period)
    request = DrawRequest(stamp.plan, stamp.view, stamp.period, dataset=stamp.dataset)
    here = stamp_of(choose(house.forms, stamp.form), request)
    if (here.version, here.digest) != (stamp.version, stamp.digest):
        raise InputError("stamp-other-form", file=raw.name, form=stamp.form)
    return stamp


def _is_period(house: House, facts: Facts, stamp: Stamp) -> bool:
    addresses = [address for tab in stamp.sheets.values() for address in tab.cells.values()]
    known = set(plan_periods(house.forms, facts, stamp.plan))
    for item in {address.item for address in addresses}:
        known.update(row_periods(house.forms, facts, item))
        known.update(reported_periods(house.forms, facts, item))
    return all(address.period in known for address in addresses)


def _filled_cells(raw: RawFile, stamp: Stamp) -> Iterator[_FilledCell]:
    tables = {table.name: table for table in raw.tables}
    for name, tab in stamp.sheets.items():
        table = tables[name]
        for place, address in tab.cells.items():
            row, column = _position(place)
            cell = _cell_at(table, row, column)
            yield _FilledCell(address, table.place(row, column), cell, tab.was.get(place, ""))


def _position(place: str) -> tuple[int, int]:
    found = _PLACE.fullmatch(place)
    if found is None:
        raise ValueError(place)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _cell_at(table: RawTable, row: int, column: int) -> RawCell:
    cells = table.rows[row] if row < len(table.rows) else ()
    return cells[column] if column < len(cells) else RawCell()


def _read(house: House, facts: Facts, filled: _FilledCell) -> Entry | Problem | None:
    address, cell = filled.address, filled.cell
    typed = CellText(address, cell.text or cell.formula, filled.where)
    stored = facts.value(*address)
    try:
        value = _value(house, facts, filled)
    except UnreadableText as mistake:
        return cell_problem(facts, typed, mistake)
    if value == stored or _untouched(house, facts, filled, value):
        return None
    refusal = may_change(house, facts, address)
    if refusal:
        return cell_problem(facts, typed, UnreadableText(refusal))
    if value is None:
        kept = cell_problem(facts, typed, UnreadableText("blank-kept"))
        return replace(kept, severity="info")
    return (address, value)


def _untouched(house: House, facts: Facts, filled: _FilledCell, value: Value) -> bool:
    """Tell whether a cell says what it said when exported: what is stored now is then younger."""
    if not filled.was:
        return False
    try:
        return value == read_typed(house, facts, filled.address, filled.was)
    except UnreadableText:
        return False


def _value(house: House, facts: Facts, filled: _FilledCell) -> Value:
    address, cell = filled.address, filled.cell
    if cell.formula and not cell.computed:
        raise UnreadableText("formula-uncomputed")
    known = fields.find(address.field)
    if cell.number is not None and known is not None and known.type == "number":
        return cell.number
    return read_typed(house, facts, address, cell.text)


def _lost(raw: RawFile) -> Iterator[Problem]:
    """Say which rows of the workbook can no longer be told apart, so that nothing was read."""
    for note, rows in raw.notes.items():
        kind, _, tab = note.partition(":")
        if kind == "stamp.lost":
            yield Problem("rows-lost", "warning", where=tab, params={"rows": rows})
