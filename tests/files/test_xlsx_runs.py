"""Underlined words of rich texts are kept beside the plain text."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from quipu.files.reader import read_file
from quipu.files.xlsx_runs import Runs


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    lead = TextBlock(InlineFont(u="single"), "Obras")
    sheet["A1"] = CellRichText([lead, TextBlock(InlineFont(b=True), " ASIS")])
    sheet["B1"] = CellRichText(["Plan ", TextBlock(InlineFont(b=True), "anual")])
    sheet["C1"] = CellRichText(["A. ", TextBlock(InlineFont(u="double"), "Obras")])
    sheet["D1"] = "Obras ASIS"
    made.save(path)
    return path


def test_underlined_runs_of_a_workbook(book: Path) -> None:
    (cells,) = read_file(book).tables[0].rows
    assert [(cell.text, cell.rich) for cell in cells] == [
        ("Obras ASIS", "<u>Obras</u> ASIS"),
        ("Plan anual", ""),
        ("A. Obras", "A. <u>Obras</u>"),
        ("Obras ASIS", ""),
    ]


def test_runs_are_put_together() -> None:
    runs = Runs()
    for name, attributes, text in (
        ("u", {}, "Sub. "),
        ("u", {"val": "double"}, "G."),
        ("u", {"val": "none"}, " y "),
        ("r", {}, "ASIS"),
    ):
        runs.style("r", {})
        runs.style(name, attributes)
        runs.add(text)
    assert (runs.text, runs.rich) == ("Sub. G. y ASIS", "<u>Sub. G.</u> y ASIS")
    runs.clear()
    runs.style("u", {})
    runs.add("  ")
    assert (runs.text, runs.rich) == ("  ", "")
