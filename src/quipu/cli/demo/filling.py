"""What an office does with the workbook of a period: it types into the open cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from quipu.cli.demo.source import Entry
from quipu.forms.document import Block, Cell, Document, Sheet, SheetRow
from quipu.forms.numbers import read_number


def write_filled(
    folder: Path, *, form: str, unit: str, period: str, entries: Iterable[Entry], file: Path
) -> None:
    """Write the workbook of a unit's period as `quipu print` does, with the office's figures in it.

    A person would type them with a spreadsheet program; the stamp and everything else are the same.
    """
    from quipu.files.workbook import write_workbook
    from quipu.operations.finding import find_plan, find_row, find_unit
    from quipu.operations.printing import document
    from quipu.operations.workspaces import open_house

    with open_house(folder=folder) as house:
        facts = house.facts()
        plan, reporter = find_plan(facts, period=period), find_unit(facts, unit)
        typed = {
            find_row(facts, plan=plan, unit=reporter, text=entry.activity): entry
            for entry in entries
        }
        drawn = document(house, form=form, unit=unit, period=period)
    write_workbook(_filled(drawn, typed), file)


def _filled(drawn: Document, typed: dict[str, Entry]) -> Document:
    return replace(drawn, blocks=tuple(_block(block, typed) for block in drawn.blocks))


def _block(block: Block, typed: dict[str, Entry]) -> Block:
    if not isinstance(block, Sheet):
        return block
    return replace(block, rows=tuple(_row(row, typed) for row in block.rows))


def _row(row: SheetRow, typed: dict[str, Entry]) -> SheetRow:
    entry = typed.get(row.item)
    if entry is None:
        return row
    return replace(row, cells=tuple(_cell(cell, entry) for cell in row.cells))


def _cell(cell: Cell | None, entry: Entry) -> Cell | None:
    if cell is None or not cell.editable or cell.address is None:
        return cell
    if cell.address.field == "executed":
        number = read_number(entry.executed, "1,234.5").value
        return replace(cell, text=entry.executed, number=number)
    if cell.address.field == "narrative" and entry.note:
        return replace(cell, text=entry.note)
    return cell
