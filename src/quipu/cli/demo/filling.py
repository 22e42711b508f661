"""The workbook that an office fills in by hand, filled in for it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from quipu.cli.demo.source import Entry
from quipu.domain.address import Address
from quipu.forms.numbers import read_number


def write_filled(
    folder: Path, *, form: str, unit: str, period: str, entries: Iterable[Entry], file: Path
) -> None:
    """Write the workbook of a unit's period as `quipu print` does, and type figures into it."""
    from quipu.files.workbook import write_workbook
    from quipu.files.workbook_filling import fill_workbook
    from quipu.operations.finding import find_plan, find_row, find_unit
    from quipu.operations.printing import document
    from quipu.operations.workspaces import open_house

    typed: dict[Address, Decimal | str] = {}
    with open_house(folder=folder) as house:
        facts = house.facts()
        plan, reporter = find_plan(facts, period=period), find_unit(facts, unit)
        for entry in entries:
            row = find_row(facts, plan=plan, unit=reporter, text=entry.activity)
            number = read_number(entry.executed, "1,234.5").value
            executed = Address(row, "executed", period, reporter)
            typed[executed] = entry.executed if number is None else number
            if entry.note:
                typed[executed._replace(field="narrative")] = entry.note
        write_workbook(document(house, form=form, unit=unit, period=period), file)
    fill_workbook(file, typed)
