"""Workbooks are read as a person sees them, with exact numbers behind the texts."""

import datetime
import time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from quipu.domain.errors import InputError
from quipu.files.reader import read_file
from quipu.forms.raw import RawCell

from .books import book, cell, raw_book


def test_texts_are_what_a_person_sees(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        {
            **{"A1": "Actividad", "B1": 0.12, "C1": 1100, "D1": 1, "E1": 0.5, "F1": "1.10"},
            **{"A2": 1.1, "B2": datetime.date(2024, 7, 29), "C2": True, "D2": "21,00"},
            "E2": "  ",
        },
        {"B1": "0%", "C1": "#,##0", "F1": "@", "B2": "dd/mm/yyyy"},
    )
    (table,) = read_file(path).tables
    assert table.name == "Compras"
    assert table.rows == (
        (
            RawCell("Actividad"),
            RawCell("12%", Decimal("0.12"), percent=True),
            RawCell("1,100", Decimal(1100)),
            RawCell("1", Decimal(1)),
            RawCell("0.5", Decimal("0.5")),
            RawCell("1.10"),
        ),
        (
            RawCell("1.1", Decimal("1.1")),
            RawCell("29/07/2024"),
            RawCell("VERDADERO"),
            RawCell("21,00"),
        ),
    )
    assert table.place(17, 0) == "Compras!A18"
    assert table.place(0, 27) == "Compras!AB1"


def test_formulas_without_a_value_are_worked_out(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        {
            **{"A1": 1, "B1": 2.5, "C1": "x", "D1": "=SUM(A1:C1)", "E1": "=D1*2-1"},
            **{"F1": "=VLOOKUP(A1,A1:B1,1)", "G1": "=F1+1", "H1": "=I1", "I1": "=H1"},
            **{"J1": "=A1/B1", "K1": "=C1+1", "L1": "=A1/0"},
        },
        {"J1": "0%"},
    )
    (table,) = read_file(path).tables
    assert cell(table, "D1") == RawCell("3.5", Decimal("3.5"), formula="=SUM(A1:C1)", computed=True)
    assert cell(table, "E1").number == 6
    assert cell(table, "J1") == RawCell(
        "40%", Decimal("0.4"), percent=True, formula="=A1/B1", computed=True
    )
    for place in ("F1", "G1", "H1", "I1", "K1", "L1"):
        left = cell(table, place)
        assert (left.text, left.number, left.computed) == ("", None, False), place
        assert left.formula.startswith("=")


def test_saved_values_and_shared_formulas(tmp_path: Path) -> None:
    path = raw_book(
        tmp_path / "a.xlsx",
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c>'
        '<c r="C1"><f t="shared" ref="C1:C3" si="0">SUM(A1:$B1)</f><v>3</v></c></row>'
        '<row r="2"><c r="A2"><v>4</v></c><c r="C2"><f t="shared" si="0"/></c></row>'
        '<row r="3"><c r="A3"><v>5</v></c><c r="C3" t="str"><f>A1&amp;""</f><v></v></c></row>'
        "</sheetData>",
    )
    (table,) = read_file(path).tables
    assert cell(table, "C1") == RawCell("3", Decimal(3))
    assert cell(table, "C2") == RawCell("4", Decimal(4), formula="=SUM(A2:$B2)", computed=True)
    assert cell(table, "C3") == RawCell()


def test_unusual_cells(tmp_path: Path) -> None:
    path = raw_book(
        tmp_path / "a.xlsx",
        "<sheetData><row><c t='inlineStr'><is><r><t>Uno </t></r><r><t>dos</t></r><rPh><t>X</t>"
        "</rPh></is></c><c t='e'><v>#N/A</v></c><c t='d'><v>2024-07-29T00:00:00</v></c>"
        "<c t='d'><v>pronto</v></c><c t='b'><v>0</v></c><c><v>nan</v></c><c s='99'><v>5</v></c>"
        "<c t='str'><v>l_x000D_\nm</v></c><c t='n'><v> </v></c></row><row><c><v>2</v></c></row>"
        "</sheetData><mergeCells><mergeCell ref='A1:XFD1048576'/><mergeCell ref='A1:A1'/>"
        "<mergeCell ref='Z9:Z10'/><mergeCell ref='B2:A1'/><mergeCell ref='B1'/></mergeCells>",
    )
    (table,) = read_file(path).tables
    texts = [[cell.text for cell in row] for row in table.rows]
    seen = ["Uno dos", "#N/A", "29/07/2024", "pronto", "FALSO", "nan", "5", "l\nm"]
    assert texts == [seen, ["2"]]
    assert table.merges == ((0, 0, 1, 7), (0, 0, 1, 1))


def test_prefixes_of_another_program_and_the_calendar_of_1904(tmp_path: Path) -> None:
    path = raw_book(
        tmp_path / "a.xlsx",
        "",
        **{
            "xl/workbook.xml": "<x:workbook xmlns:x='u' xmlns:q='v'><x:workbookPr date1904='1'/>"
            "<x:sheets><x:sheet name='H' sheetId='1' q:id='rId1'/></x:sheets></x:workbook>",
            "xl/_rels/workbook.xml.rels": "<Relationships>"
            "<Relationship Id='rId1' Type='u/worksheet' Target='sheet1.xml'/>"
            "<Relationship Id='rId2' Type='u/styles' Target='styles.xml'/>"
            "<Relationship Id='rId3' Type='u/sharedStrings' Target='strings.xml'/>"
            "<Relationship Id='rId4' Type='u/hyperlink' Target='http://x' TargetMode='External'/>"
            "</Relationships>",
            "xl/styles.xml": "<x:styleSheet xmlns:x='u'><x:cellStyleXfs><x:xf numFmtId='9'/>"
            "</x:cellStyleXfs><x:cellXfs><x:xf numFmtId='0'/><x:xf numFmtId='14'/></x:cellXfs>"
            "</x:styleSheet>",
            "xl/strings.xml": "<x:sst xmlns:x='u'><x:si><x:t>Sí</x:t><x:rPh><x:t>no</x:t></x:rPh>"
            "</x:si></x:sst>",
            "xl/sheet1.xml": "<x:worksheet xmlns:x='u'><x:sheetData><x:row r='2'>"
            "<x:c r='B2' s='1'><x:v>0</x:v></x:c><x:c r='C2' t='s'><x:v>0</x:v></x:c></x:row>"
            "</x:sheetData></x:worksheet>",
        },
    )
    (table,) = read_file(path).tables
    assert [[cell.text for cell in row] for row in table.rows] == [[], ["", "01/01/1904", "Sí"]]


def test_a_stray_format_far_away_costs_nothing(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet["A1"] = "Actividad"
    sheet["XFD1048576"].number_format = "0%"
    workbook.save(tmp_path / "a.xlsx")
    start = time.process_time()
    (table,) = read_file(tmp_path / "a.xlsx").tables
    assert table.rows == ((RawCell("Actividad"),),)
    assert time.process_time() - start < 1


def test_a_stray_cell_far_away_is_read(tmp_path: Path) -> None:
    (table,) = read_file(book(tmp_path / "a.xlsx", {"A1": "a", "XFD1048576": 2})).tables
    assert len(table.rows) == 1_048_576
    assert cell(table, "XFD1048576").number == 2
    assert table.rows[1] is table.rows[2] == ()


def test_hidden_sheets_are_read_and_charts_are_none(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0]["A1"] = 1
    hidden = workbook.create_sheet("Oculta")
    hidden["B2"] = "dato"
    hidden.sheet_state = "hidden"
    workbook.create_sheet("Vacía")
    workbook.create_chartsheet("Gráfico")
    workbook.save(tmp_path / "a.xlsx")
    file = read_file(tmp_path / "a.xlsx")
    assert [table.name for table in file.tables] == ["Sheet", "Oculta"]
    assert file.stamp is None


@pytest.mark.parametrize(
    "rows",
    [
        "<row r='0'/>",
        "<row r='1048577'/>",
        "<row r='x'/>",
        "<row><c r='XFE1'><v>1</v></c></row>",
        "<row><c t='s'><v>0</v></c></row>",
        "<row><c t='s'><v>-1</v></c></row>",
        "<row>",
    ],
)
def test_broken_sheets_are_damaged(tmp_path: Path, rows: str) -> None:
    path = raw_book(tmp_path / "a.xlsx", f"<sheetData>{rows}</sheetData>")
    with pytest.raises(InputError) as caught:
        read_file(path)
    assert caught.value.code == "file-damaged"


def test_the_published_plan_is_read_whole(sources: Path) -> None:
    start = time.process_time()
    file = read_file(sources / "inputs" / "001_pat.xlsx")
    assert time.process_time() - start < 2
    assert len(file.tables) == 26
    text = "\n".join(cell.text for table in file.tables for row in table.rows for cell in row)
    for printed in ("21,00", "_1.10", "150,000", "10000", "12%", "100%", "PAT-GPE-001"):
        assert printed in text
    assert not any(
        cell.formula and not cell.computed
        for table in file.tables
        for row in table.rows
        for cell in row
    )
