"""A document as a workbook: seen as on paper, typed into, and read back."""

import time
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.files.reader import read_file
from quipu.files.workbook import write_workbook
from quipu.files.workbook_values import MAX_CHARACTERS, format_for
from quipu.forms.definition import Page
from quipu.forms.document import (
    Bars,
    Cell,
    Contents,
    Document,
    PageBreak,
    Run,
    Sheet,
    SheetColumn,
    SheetRow,
    Stamp,
    Text,
)

from .books import cell
from .documents import DIVIDER, SIGNATURES, document, sheet

STAMP = Stamp("sv/pat", "1", "abc", "data-1", "plan-1", "plan", "2024-07")


def opened(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path, rich_text=True)


def tab(path: Path, name: str) -> Worksheet:
    found = opened(path)[name]
    assert isinstance(found, Worksheet)
    return found


def small(*cells: Cell, item: str = "i-1", name: str = "Hoja", title: str = "") -> Sheet:
    """A sheet of one heading row and one row with these cells."""
    head = SheetRow("header", tuple(Cell(f"C{n}", "header") for n, _ in enumerate(cells)))
    columns = tuple(SheetColumn(1) for _ in cells)
    return Sheet(name, title, columns, (head, SheetRow("row", cells, item)))


def bare(*sheets: Sheet, stamp: Stamp | None = None) -> Document:
    return replace(document(*sheets), lines=(), box=(), stamp=stamp)


def editable(source: Sheet) -> Sheet:
    """The sheet with its months open for typing."""
    rows = []
    for row in source.rows:
        cells = tuple(
            replace(one, editable=True, address=Address(row.item, "target", f"2024-{at - 2:02}"))
            if one is not None and 3 <= at < 15 and row.kind == "row"
            else one
            for at, one in enumerate(row.cells)
        )
        rows.append(replace(row, cells=cells))
    return replace(source, rows=tuple(rows))


def test_every_text_is_read_back_where_it_was_drawn(tmp_path: Path) -> None:
    drawn = sheet(7, words=2, merged=3)
    path = tmp_path / "a.xlsx"
    assert write_workbook(document(drawn, SIGNATURES), path) == 1
    (table,) = read_file(path).tables
    head = 4  # three rows of the box, and the title
    for index, row in enumerate(drawn.rows):
        for column, one in enumerate(row.cells):
            line = table.rows[head + index]
            found = line[column] if column < len(line) else None
            assert (found.text if found else "") == (one.text if one else ""), (index, column)
            if one is not None and one.text and one.number is not None:
                assert found is not None
                assert found.number == one.number
    assert (head, 3, head, 14) in table.merges
    assert (head, 0, head + 1, 0) in table.merges
    assert (head + 2, 2, head + 4, 2) in table.merges


def test_head_box_title_and_signatures_stand_around_the_table(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(document(sheet(2), SIGNATURES), path)
    (table,) = read_file(path).tables
    assert cell(table, "A1").text == "INSTITUTO DE RIEGO"
    assert (cell(table, "M1").text, cell(table, "O1").text) == ("Código", "PAT-01")
    assert cell(table, "A4").text == "PROGRAMA PROGRAMA"
    below = [one.text for row in table.rows[8:] for one in row if one.text]
    assert below[:3] == ["Elaborado por:", "Revisado por:", "Autorizó distribución:"]
    assert "Gerencia de Planificación" in below


def test_the_page_is_the_forms(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(replace(document(sheet(2)), footer="Investigación & desarrollo"), path)
    page = tab(path, "Programa")
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 1
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$1:$6"
    assert page.freeze_panes == "A7"
    assert page.print_area == "'Programa'!$A$1:$P$8"
    assert page.oddFooter.center.text == "Página &P de &N"
    assert page.oddFooter.left.text == "Investigación && desarrollo"


@pytest.mark.parametrize(
    ("size", "landscape", "code"), [("oficio", True, 14), ("a4", False, 9), ("legal", True, 5)]
)
def test_other_papers(tmp_path: Path, size: str, landscape: bool, code: int) -> None:
    path = tmp_path / "a.xlsx"
    paper = Page(size=size, landscape=landscape)  # type: ignore[arg-type]
    write_workbook(replace(document(sheet(1)), page=paper), path)
    setup = tab(path, "Programa").page_setup
    assert (setup.paperSize, setup.orientation == "landscape") == (code, landscape)


@pytest.mark.parametrize(
    ("text", "number", "code"),
    [
        ("1,500", "1500", "#,##0"),
        ("1500", "1500", "0"),
        ("0.5", "0.5", "0.0"),
        ("12%", "0.12", "0%"),
        ("12.5%", "0.125", "0.0%"),
        ("10 %", "0.1", "0 %"),
        ("1,234.50", "1234.5", "#,##0.00"),
        ("-3", "-3", "0"),
        ("0", "0", "0"),
        # As printed, or text: nothing is repaired on the way out.
        ("21,00", "2100", None),
        ("1.234,5", "1234.5", None),
        ("0,5", "0.5", None),
        ("007", "7", None),
        ("S/ 300", "300", None),
        ("2", "1.4", None),
        # What is shown may be rounder than what is known.
        ("33%", "0.3333333333333", "0%"),
        ("12345678901234567", "12345678901234567", None),
        ("x", None, None),
    ],
)
def test_a_number_is_written_as_one_only_when_it_shows_the_same(
    tmp_path: Path, text: str, number: str | None, code: str | None
) -> None:
    value = None if number is None else Decimal(number)
    drawn = Cell(text, "number", value)
    assert format_for(drawn) == code
    path = tmp_path / "a.xlsx"
    write_workbook(bare(small(drawn)), path)
    (table,) = read_file(path).tables
    found = cell(table, "A2")
    assert found.text == text
    assert found.number == (value if code is not None else None)
    assert found.percent == (code is not None and "%" in code)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+HYPERLINK(x)",
        "-5 días",
        "@SUM(A1)",
        "#N/A",
        "1.10",
        "29/07/24",
        "_x0041_ y _x005F_",
        " espacios \n y líneas ",
        "TRUE",
        "Año «niño» ½ ² 𝕏",
    ],
)
def test_texts_stay_texts(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(bare(small(Cell(text))), path)
    (table,) = read_file(path).tables
    assert cell(table, "A2").text == text
    assert cell(table, "A2").formula == ""
    written = tab(path, "Hoja")["A2"]
    assert written.data_type == "s"
    assert written.quotePrefix == (text[0] in "=+-@")


def test_what_no_cell_can_hold_is_cut_and_closed(tmp_path: Path) -> None:
    long = Cell("x" * 40_000, editable=True, address=Address("i-1", "narrative"))
    path = tmp_path / "a.xlsx"
    write_workbook(bare(small(Cell("a\x00b\ud800\r\nc"), long), stamp=STAMP), path)
    file = read_file(path)
    assert cell(file.tables[0], "A2").text == "a b\ufffd\nc"
    assert len(cell(file.tables[0], "B2").text) == MAX_CHARACTERS
    assert file.stamp is not None
    assert file.stamp.sheets["Hoja"].cells == {}
    assert tab(path, "Hoja")["B2"].protection.locked


def test_runs_keep_their_styles(tmp_path: Path) -> None:
    runs = (
        Run("Servicios", underline=True),
        Run(" de atención "),
        Run("2", superscript=True),
        Run("_x0041_", bold=True, italic=True),
    )
    text = "".join(run.text for run in runs)
    path = tmp_path / "a.xlsx"
    write_workbook(bare(small(Cell(text, runs=runs))), path)
    assert cell(read_file(path).tables[0], "A2").text == text
    blocks = tab(path, "Hoja")["A2"].value
    assert [(part.font.u, part.font.vertAlign, bool(part.font.b)) for part in blocks] == [
        ("single", None, False),
        (None, None, False),
        (None, "superscript", False),
        (None, None, True),
    ]


def test_year_marks_are_shaded_and_totals_bold(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    marks = (Cell("", "flag", filled=True), Cell("", "flag"), Cell("9", "total", Decimal(9)))
    write_workbook(bare(small(*marks)), path)
    page = tab(path, "Hoja")
    assert page["A2"].fill.fgColor.rgb == "00D9D9D9"
    assert page["B2"].fill.fill_type is None
    assert page["C2"].font.bold


def test_only_what_may_be_typed_is_open(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(replace(document(editable(sheet(2))), stamp=STAMP), path)
    page = tab(path, "Programa")
    assert page.protection.sheet
    assert page.protection.password is None
    assert not page["D7"].protection.locked
    assert page["B7"].protection.locked
    assert page["P7"].protection.locked
    (rule,) = page.data_validations.dataValidation
    assert rule.type == "decimal"
    assert "D7" in rule.cells


def test_a_printed_document_is_not_locked(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(document(sheet(2)), path)
    assert not tab(path, "Programa").protection.sheet
    assert opened(path).sheetnames == ["Programa"]


def test_lists_of_values_drop_down(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    flag = Cell(
        "X", "flag", editable=True, address=Address("i", "target", "2024"), values=("", "X")
    )
    kind = Cell("", editable=True, address=Address("i", "measure"), values=("una, dos", "=tres"))
    write_workbook(bare(small(flag, kind), stamp=STAMP), path)
    page = tab(path, "Hoja")
    lists = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert lists == {"A2": "'quipu.lists'!$A$1:$A$1", "B2": "'quipu.lists'!$B$1:$B$2"}
    source = tab(path, "quipu.lists")
    assert source.sheet_state == "veryHidden"
    assert [source["B1"].value, source["B2"].value] == ["una, dos", "=tres"]
    assert [table.name for table in read_file(path).tables] == ["Hoja"]


def test_tabs_have_names_that_every_program_takes(tmp_path: Path) -> None:
    long = "Gerencia de Planificación Estratégica y Gestión"
    names = [long, long.upper(), "a/b:[c]?*\\", "'comillas'", "quipu", "History", "", "\\/"]
    path = tmp_path / "a.xlsx"
    sheets = [small(Cell("x"), name=name) for name in names]
    assert write_workbook(bare(*sheets), path) == len(names)
    written = opened(path).sheetnames
    assert len({name.casefold() for name in written}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in written)
    assert [name for name in written if name.casefold() in ("quipu", "history")] == []
    assert written[1] == "GERENCIA DE PLANIFICACIÓN EST 2"


def test_texts_contents_and_bars_have_their_places(tmp_path: Path) -> None:
    drawn = replace(sheet(2), area=DIVIDER.text)
    blocks = (
        Text("Plan Anual de Trabajo", "title"),
        Text("Texto " * 60, runs=(Run("Texto " * 60, underline=True),)),
        Contents("Contenido"),
        PageBreak(),
        DIVIDER,
        drawn,
        Text("Nota al pie", "note"),
        PageBreak(),
        Bars("Calendario", ("E", "F", "M"), (("Formular", (1, 3)),)),
        SIGNATURES,
        PageBreak(),
        Text("Anexo"),
    )
    path = tmp_path / "a.xlsx"
    assert write_workbook(document(*blocks), path) == 4
    assert opened(path).sheetnames == ["Plan Anual de Trabajo", "Programa", "Calendario", "Anexo"]
    cover, programme, calendar, _ = read_file(path).tables
    words = [one.text.strip() for row in cover.rows for one in row if one.text]
    assert words[-3:] == ["Contenido", "Programa", "Calendario"]
    link = tab(path, cover.name)[cover.place(len(cover.rows) - 2, 0).rpartition("!")[2]]
    assert link.hyperlink.location == "'Programa'!A1" or link.hyperlink.target == "#'Programa'!A1"
    assert cell(programme, "A4").text == DIVIDER.text
    assert programme.rows[-1][0].text == "Nota al pie"
    assert [one.text for one in calendar.rows[5]] == ["Formular", "■", "", "■"]
    assert any("Elaborado por:" in one.text for row in calendar.rows for one in row)


def test_an_empty_document_is_a_workbook_too(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert write_workbook(document(), path) == 1
    assert write_workbook(document(SIGNATURES), path) == 1


def test_narrow_tables_have_their_box_below(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(document(small(Cell("x"), Cell("y"))), path)
    (table,) = read_file(path).tables
    assert [row[0].text for row in table.rows[:5]] == [
        "INSTITUTO DE RIEGO",
        "PLAN ANUAL DE TRABAJO 2024",
        "Código PAT-01",
        "Versión 01",
        "Fecha: 29/07/24",
    ]


def test_rows_are_as_high_as_their_texts(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(document(sheet(6, words=9, merged=2)), path)
    page = tab(path, "Programa")
    assert page.row_dimensions[7].height > 8 * 12
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    row = xml[xml.index('<row r="7"') :]
    assert "customHeight" not in row[: row.index(">")], "typing may make it higher"
    below = SheetRow("row", (Cell("a"), None))
    one = small(Cell("a"), Cell("palabra " * 400, down=2))
    both = replace(one, rows=(*one.rows, below))
    write_workbook(bare(both), path)
    page = tab(path, "Hoja")
    assert page.row_dimensions[2].height == page.row_dimensions[3].height > 50


def test_nothing_is_left_where_nothing_can_be_written(tmp_path: Path) -> None:
    for path in (tmp_path / "no" / "a.xlsx", tmp_path):
        with pytest.raises(InputError) as caught:
            write_workbook(document(sheet(1)), path)
        assert caught.value.code == "cannot-write"
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"viejo")

    def fail(_self: object, _file: object) -> None:
        raise OSError(28, "No queda espacio")

    monkeypatch.setattr("openpyxl.workbook.Workbook.save", fail)
    with pytest.raises(InputError):
        write_workbook(document(sheet(1)), path)
    assert path.read_bytes() == b"viejo"
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_table_of_thousands_of_rows_is_written_soon(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    start = time.process_time()
    write_workbook(document(sheet(1500)), path)
    assert time.process_time() - start < 20
    assert len(read_file(path).tables[0].rows) == 1506
