"""What Quipu's own workbooks say of themselves, and what survives other hands."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from quipu.domain.address import Address
from quipu.files.reader import read_file
from quipu.files.workbook import write_workbook
from quipu.forms.document import Document, Sheet, Stamp
from quipu.forms.raw import RawFile

from .documents import document, sheet

UNIT = "0b0e3c1e-0000-4000-8000-00000000_x0041_"
STAMP = Stamp("sv/pat", "2", "d1g3st", "data-1", "plan-1", "progress", "2024-07")
START = 7
"""The first row of the table, as the sheet numbers it."""


def open_sheet(rows: int, *, name: str = "Compras") -> Sheet:
    """A sheet whose July may be typed; the row's own item, the second row's cell of another."""
    drawn = sheet(rows, name=name)
    lines = []
    for row in drawn.rows:
        cells = list(row.cells)
        july = cells[9]
        if row.kind == "row" and july is not None:
            item = "other" if row.item == "item-1" else row.item
            place = Address(item, "executed", "2024-07", UNIT)
            cells[9] = replace(july, editable=True, address=place)
        lines.append(replace(row, cells=tuple(cells)))
    return replace(drawn, rows=tuple(lines))


def stamped(*sheets: Sheet) -> Document:
    return replace(document(*sheets), stamp=STAMP)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.xlsx"
    write_workbook(stamped(open_sheet(5)), path)
    return path


def edit(path: Path) -> tuple[openpyxl.Workbook, Worksheet]:
    workbook = openpyxl.load_workbook(path)
    found = workbook["Compras"]
    assert isinstance(found, Worksheet)
    return workbook, found


def stamp_of(file: RawFile) -> Stamp:
    assert file.stamp is not None
    return file.stamp


def test_the_stamp_is_read_back(path: Path) -> None:
    file = read_file(path)
    stamp = stamp_of(file)
    assert replace(stamp, sheets={}) == STAMP
    places = stamp.sheets["Compras"]
    assert places.rows == {START + n: f"item-{n}" for n in range(5)}
    assert places.cells["J7"] == Address("item-0", "executed", "2024-07", UNIT)
    assert places.cells["J8"] == Address("other", "executed", "2024-07", UNIT)
    assert len(places.cells) == 5
    assert dict(file.notes) == {}
    assert [table.name for table in file.tables] == ["Compras"]


def test_the_stamp_survives_a_program_that_shows_hidden_sheets(path: Path) -> None:
    workbook, _ = edit(path)
    workbook["quipu"].sheet_state = "visible"
    workbook.save(path)
    file = read_file(path)
    assert len(stamp_of(file).sheets["Compras"].cells) == 5
    assert [table.name for table in file.tables] == ["Compras"]


def test_a_sheet_that_only_has_the_name_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].title = "quipu"
    workbook.worksheets[0]["A1"] = "dato"
    workbook.save(path)
    file = read_file(path)
    assert [table.name for table in file.tables] == ["quipu"]
    assert (file.stamp, dict(file.notes)) == (None, {})


def test_a_long_stamp_is_cut_into_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(stamped(*(open_sheet(120, name=f"Hoja {n}") for n in range(12))), path)
    cells = [row[0].value for row in openpyxl.load_workbook(path)["quipu"].iter_rows()]
    assert len(cells) > 2
    assert all(len(str(text)) <= 32_000 for text in cells)
    assert len(stamp_of(read_file(path)).sheets["Hoja 11"].cells) == 120


def test_typing_changes_no_place(path: Path) -> None:
    workbook, page = edit(path)
    page["J9"] = 77
    page["F9"] = "de más"
    workbook.save(path)
    file = read_file(path)
    assert stamp_of(file).sheets["Compras"].cells["J9"].item == "item-2"
    assert file.tables[0].rows[8][9].number == 77


def test_moved_rows_are_found_by_their_words(path: Path) -> None:
    workbook, page = edit(path)
    page.insert_rows(8)
    workbook.save(path)
    file = read_file(path)
    places = stamp_of(file).sheets["Compras"]
    assert places.rows == {7: "item-0", 9: "item-1", 10: "item-2", 11: "item-3", 12: "item-4"}
    assert places.cells["J9"].item == "other"
    assert "J8" not in places.cells
    assert file.notes == {"stamp.moved:Compras": "9, 10, 11, 12"}


def test_a_row_that_is_not_found_takes_nothing(path: Path) -> None:
    workbook, page = edit(path)
    page["B9"] = "Otra actividad"
    workbook.save(path)
    file = read_file(path)
    places = stamp_of(file).sheets["Compras"]
    assert 9 not in places.rows
    assert "J9" not in places.cells
    assert file.notes == {"stamp.lost:Compras": "9"}


def test_twins_that_moved_are_not_guessed(tmp_path: Path) -> None:
    drawn = open_sheet(3)
    first = drawn.rows[2]
    twins = [replace(row, cells=(first.cells[0], *row.cells[1:])) for row in drawn.rows[2:4]]
    path = tmp_path / "a.xlsx"
    write_workbook(stamped(replace(drawn, rows=(*drawn.rows[:2], *twins, drawn.rows[4]))), path)
    workbook, page = edit(path)
    page.insert_rows(7, 5)
    workbook.save(path)
    file = read_file(path)
    assert stamp_of(file).sheets["Compras"].rows == {14: "item-2"}
    assert file.notes["stamp.lost:Compras"] == "7, 8"


def test_changed_columns_and_tabs_take_nothing(path: Path) -> None:
    workbook, page = edit(path)
    page.unmerge_cells("D5:O5")
    page.insert_cols(6)
    workbook.save(path)
    file = read_file(path)
    assert stamp_of(file).sheets["Compras"].cells == {}
    assert file.notes == {"stamp.lost:Compras": "*"}
    page.title = "Otra"
    workbook.save(path)
    file = read_file(path)
    assert stamp_of(file).sheets == {}
    assert file.notes == {"stamp.lost:Compras": "*"}


@pytest.mark.parametrize(
    ("texts", "note"),
    [
        ([], "damaged"),
        (["hola"], "damaged"),
        (["quipu-workbook 2 00", "{}"], "newer"),
        (["quipu-workbook 1 00", "{}"], "damaged"),
    ],
)
def test_a_broken_stamp_is_none(path: Path, texts: list[str], note: str) -> None:
    workbook, _ = edit(path)
    hidden = workbook["quipu"]
    hidden.delete_rows(1, 9)
    for row, text in enumerate(texts, start=1):
        hidden.cell(row, 1, text)
    workbook.save(path)
    file = read_file(path)
    assert file.stamp is None
    assert file.notes == {"stamp": note}


@pytest.mark.parametrize(
    "change",
    [
        {"view": "other"},
        {"tabs": [{}]},
        {"tabs": 5},
        {"tabs": [{"name": "Compras", "headers": ["x"], "width": 2, "heading": 0}]},
    ],
)
def test_a_forged_stamp_is_damaged(path: Path, change: dict[str, object]) -> None:
    workbook, _ = edit(path)
    hidden = workbook["quipu"]
    content = json.loads("".join(str(row[0].value) for row in hidden.iter_rows(min_row=2)))
    text = json.dumps({**content, **change})
    hidden["A1"] = f"quipu-workbook 1 {hashlib.sha256(text.encode()).hexdigest()}"
    hidden["A2"] = text
    workbook.save(path)
    file = read_file(path)
    assert file.stamp is None
    assert file.notes == {"stamp": "damaged"}


def test_a_sheet_without_words_is_taken_as_it_stands(tmp_path: Path) -> None:
    drawn = open_sheet(2)
    only = tuple(replace(row, cells=row.cells[9:10]) for row in drawn.rows[1:])
    path = tmp_path / "a.xlsx"
    write_workbook(stamped(replace(drawn, rows=only, columns=drawn.columns[9:10])), path)
    assert len(stamp_of(read_file(path)).sheets["Compras"].cells) == 2
