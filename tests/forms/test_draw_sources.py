"""The published plan of S1, read from its workbook and drawn again: every cell as printed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.row import Row
from quipu.domain.value import Value
from quipu.files.reader import read_file
from quipu.files.workbook import write_workbook
from quipu.forms.document import Document, View
from quipu.forms.draw import DrawRequest, draw
from quipu.forms.language import choose
from quipu.forms.recognise import recognise
from quipu.forms.rows import row_values
from tests.forms.sample_plan import forms, item, paper

PLAN = "plan"
FORMS = choose(forms(), "sv-integracion")


def registry(rows: tuple[Row, ...]) -> Iterator[tuple[Address, Value]]:
    yield from item("inst", kind="institution", name="Dirección de Integración")
    yield from item(PLAN, kind="plan", institution="inst", year=Decimal(2024))
    names = dict.fromkeys((row.area, row.unit) for row in rows if row.unit)
    for order, area in enumerate(dict.fromkeys(area for area, _ in names), 1):
        yield from item(area, kind="area", name=area, parent="inst", order=Decimal(order))
    for order, (area, unit) in enumerate(names, 1):
        yield from item(unit, kind="unit", name=unit, parent=area, order=Decimal(order))


def facts_of(rows: tuple[Row, ...]) -> Facts:
    entries = list(registry(rows))
    for at, row in enumerate(rows):
        name = f"row {at}"
        entries += item(name, kind=row.kind, plan=PLAN, form=row.form, order=Decimal(at))
        entries.append((Address(name, "unit"), row.unit or None))
        if row.parent is not None:
            entries.append((Address(name, "parent"), f"row {row.parent}"))
        form = forms()[row.form]
        for (field, period), value in row_values(row, form).items():
            entries.append((Address(name, field, period), value))
    return Facts(entries)


@pytest.fixture(scope="module")
def rows(sources: Path) -> tuple[Row, ...]:
    raw = read_file(sources / "inputs" / "001_pat.xlsx")
    return recognise(raw, FORMS, year=2024).rows


def drawn(rows: tuple[Row, ...], view: View, period: str = "") -> Document:
    return draw(FORMS, facts_of(rows), DrawRequest(PLAN, view, period), paper)


def printed(document: Document) -> Counter[str]:
    return Counter(
        cell.text
        for sheet in document.sheets
        for row in sheet.rows[sheet.header_rows :]
        for cell in row.cells
        if cell is not None and cell.text
        for _ in range(cell.down)
    )


def test_the_published_plan_prints_every_cell_as_it_was(rows: tuple[Row, ...]) -> None:
    parents = {row.parent for row in rows}
    wanted: Counter[str] = Counter()
    for at, row in enumerate(rows):
        if at not in parents:
            wanted.update(row.published.values())
        if row.parent is not None:
            # An objective's cell covers its actions: its text stands once for each.
            wanted.update(rows[row.parent].published.values())
    assert printed(drawn(rows, "published")) == wanted


def test_what_was_printed_as_published_is_read_back_the_same(
    rows: tuple[Row, ...], tmp_path: Path
) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(drawn(rows, "published"), path)
    again = recognise(read_file(path), FORMS, year=2024).rows
    assert [replace(row, where="", item="") for row in again] == [
        replace(row, where="", item="") for row in rows
    ]


def test_the_document_has_its_28_units_in_three_areas(rows: tuple[Row, ...]) -> None:
    document = drawn(rows, "plan")
    assert len(document.sheets) == 22 + 1 + 2
    assert len({sheet.area for sheet in document.sheets if sheet.area}) == 3
    activities = [row for row in rows if row.kind == "activity"]
    assert (len(activities), len({row.unit for row in activities})) == (189, 28)
    assert sum(len(sheet.rows) - sheet.header_rows for sheet in document.sheets) == 189 + 21 + 1


def test_a_report_of_the_whole_institution_has_every_activity(rows: tuple[Row, ...]) -> None:
    document = drawn(rows, "progress", "2024-07")
    assert sum(len(sheet.rows) - sheet.header_rows for sheet in document.sheets) == 189
