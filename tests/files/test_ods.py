"""OpenDocument sheets keep what a person sees beside the value."""

import time
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from quipu.domain.errors import InputError
from quipu.files.reader import read_file
from quipu.forms.raw import RawCell, RawTable

from .books import cell

BOOK = Path(__file__).with_name("data") / "libro.ods"
MIME = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = 'xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:draw="d" xmlns:calcext="c"'


def book(path: Path, rows: str, *, mime: str = MIME, manifest: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", mime)
        archive.writestr(
            "content.xml",
            f"<office:document-content {_SPACES}><office:body><office:spreadsheet>"
            f'<table:table table:name="Hoja">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        if manifest:
            archive.writestr("META-INF/manifest.xml", manifest)
    return path


def read(tmp_path: Path, rows: str) -> RawTable:
    (table,) = read_file(book(tmp_path / "a.ods", rows)).tables
    return table


def test_a_real_book() -> None:
    table, hidden, long = read_file(BOOK).tables
    assert table.merges == ((0, 0, 0, 3), (6, 0, 7, 0))
    assert cell(table, "C4") == RawCell("12%", Decimal("0.12"), percent=True)
    assert cell(table, "D4") == RawCell("1,100", Decimal(1100))
    assert cell(table, "A4") == RawCell("1.10")
    assert cell(table, "B5").text == "  Dos\nlíneas "
    assert cell(table, "B6").text == "29/07/2024"
    assert cell(table, "B8").text == "Uno dos"
    assert cell(hidden, "A2").text == "日本"
    assert len(long.rows) == 399


def test_repeated_spaced_and_noted_cells(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        '<table:table-row><table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell office:value-type="string" table:number-columns-repeated="2">'
        "<office:annotation><text:p>nota</text:p></office:annotation>"
        '<text:p>a<text:s text:c="3"/>b<text:tab/><text:line-break/></text:p><text:p>c</text:p>'
        "</table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="2"><table:table-cell '
        'office:value-type="float" office:value="3.50"><text:p>3.5</text:p></table:table-cell>'
        "</table:table-row>",
    )
    texts = [[one.text for one in row] for row in table.rows]
    assert texts == [["", "", "a   b\t\n\nc", "a   b\t\n\nc"], ["3.5"], ["3.5"]]


def test_values_without_words_and_formulas_without_values(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        '<table:table-row><table:table-cell office:value-type="float" office:value="2"/>'
        '<table:table-cell office:value-type="float" office:value="x"><text:p>?</text:p>'
        '</table:table-cell><table:table-cell office:value-type="float" office:value="x"/>'
        '<table:table-cell table:formula="of:=SUM([.A1:.B1];[.$A$1])"/>'
        '<table:table-cell table:formula="=[.A1]*2"/></table:table-row>',
    )
    assert [one.text for one in table.rows[0]] == ["2", "?", "", "4", "4"]
    assert cell(table, "D1") == RawCell("4", Decimal(4), formula="=SUM(A1:B1,$A$1)", computed=True)


def test_empty_rows_to_the_end_cost_nothing(tmp_path: Path) -> None:
    start = time.process_time()
    table = read(
        tmp_path,
        "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="16383"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048575"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>',
    )
    assert table.rows == ((RawCell("a"),),)
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("rows", "columns"), [("1048576", "1000"), ("2000000", "1"), ("1", "999999")]
)
def test_a_cell_repeated_without_end_is_refused(tmp_path: Path, rows: str, columns: str) -> None:
    path = book(
        tmp_path / "a.ods",
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell '
        f'table:number-columns-repeated="{columns}"><text:p>a</text:p></table:table-cell>'
        "</table:table-row>",
    )
    start = time.process_time()
    with pytest.raises(InputError) as caught:
        read_file(path)
    assert caught.value.code == "file-too-large-inside"
    assert time.process_time() - start < 2


def test_protected_and_other_documents(tmp_path: Path) -> None:
    locked = "<manifest:manifest xmlns:manifest='m'><manifest:encryption-data/></manifest:manifest>"
    for path, code in (
        (book(tmp_path / "a.ods", "", manifest=locked), "file-protected"),
        (
            book(tmp_path / "b.odt", "", mime="application/vnd.oasis.opendocument.text"),
            "file-other-document",
        ),
        (book(tmp_path / "c.ods", "", manifest="<manifest/>"), "file-empty"),
    ):
        with pytest.raises(InputError) as caught:
            read_file(path)
        assert caught.value.code == code
