"""Underlined words are kept beside the plain text: of runs, and of a whole cell by its style."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from quipu.files.reader import read_file
from quipu.files.runs import Runs

from .books import raw_book
from .test_ods import book as open_book

DATA = Path(__file__).with_name("data")
STYLED = {
    "A1": ("Gerencia General", "<u>Gerencia General</u>"),
    "B1": ("Gerencia General", ""),
    "C1": ("1,200", ""),
    "D1": ("12", ""),
    "E1": ("ASIS Obras", "<u>ASIS </u>Obras"),
    "F1": ("ab", "<u>ab</u>"),
    "G1": ("Obras ASIS", "<u>Obras</u> ASIS"),
    "H1": ("x\ny", "<u>x\ny</u>"),
}
"""What stands in `subrayado.*`: a cell underlined by its style, one that is not, figures, runs."""


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
    assert (runs.text, runs.rich()) == ("Sub. G. y ASIS", "<u>Sub. G.</u> y ASIS")
    runs.clear()
    runs.style("u", {})
    runs.add("  ")
    assert (runs.text, runs.rich()) == ("  ", "")


def test_a_cell_underlined_by_its_style_is_underlined(tmp_path: Path) -> None:
    path = tmp_path / "styled.xlsx"
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for place, style in (("A1", "single"), ("B1", None), ("C1", "single"), ("D1", "single")):
        text, _ = STYLED[place]
        sheet[place] = int(text) if text == "12" else text
        sheet[place].font = Font(underline=style)
    sheet["E1"] = CellRichText(["ASIS ", TextBlock(InlineFont(b=True), "Obras")])
    sheet["E1"].font = Font(underline="double")
    made.save(path)
    (cells,) = read_file(path).tables[0].rows
    wanted = [STYLED[place] for place in ("A1", "B1", "C1", "D1", "E1")]
    assert [(cell.text, cell.rich) for cell in cells] == wanted


@pytest.mark.parametrize("name", ["subrayado.xlsx", "subrayado.ods", "subrayado.xls"])
def test_every_kind_of_workbook_says_what_its_styles_underline(name: str) -> None:
    (cells,) = read_file(DATA / name).tables[0].rows
    assert [(cell.text, cell.rich) for cell in cells] == list(STYLED.values())


def test_texts_in_the_cell_itself_follow_its_style(tmp_path: Path) -> None:
    styles = (
        "<styleSheet><fonts><font/><font><u/></font><font><u val='none'/></font></fonts>"
        "<cellStyleXfs><xf fontId='1'/></cellStyleXfs>"
        "<cellXfs><xf fontId='0'/><xf fontId='1'/><xf fontId='2'/><xf fontId='9'/></cellXfs>"
        "<dxfs><dxf><font><u/></font></dxf></dxfs></styleSheet>"
    )
    cells = "".join(
        f'<c s="{style}" t="inlineStr"><is><r><t>uno </t></r>'
        f"<r><rPr><b/></rPr><t>dos</t></r></is></c>"
        for style in range(4)
    )
    kinds = {"rId1": ("worksheet", "/xl/sheet1.xml"), "rId2": ("styles", "/xl/styles.xml")}
    related = "".join(
        f'<Relationship Id="{one}" Type="http://x/{kind}" Target="{target}"/>'
        for one, (kind, target) in kinds.items()
    )
    parts = {
        "xl/styles.xml": styles,
        "xl/_rels/workbook.xml.rels": f"<Relationships>{related}</Relationships>",
    }
    path = raw_book(tmp_path / "a.xlsx", f"<sheetData><row>{cells}</row></sheetData>", **parts)
    (row,) = read_file(path).tables[0].rows
    assert [cell.rich for cell in row] == ["", "<u>uno </u>dos", "", ""]
    assert {cell.text for cell in row} == {"uno dos"}


def test_styles_of_an_open_document_follow_their_parents_and_columns(tmp_path: Path) -> None:
    def style(name: str, line: str, parent: str = "") -> str:
        said = f'<style:text-properties style:text-underline-style="{line}"/>' if line else ""
        return (
            f'<style:style style:name="{name}" style:parent-style-name="{parent}">{said}'
            "</style:style>"
        )

    def text(style: str, words: str) -> str:
        named = f'table:style-name="{style}"' if style else ""
        return f"<table:table-cell {named}><text:p>{words}</text:p></table:table-cell>"

    spaces = 'xmlns:style="s"'
    styles = style("lead", "solid") + style("child", "", "lead") + style("off", "none", "lead")
    rows = (
        f"<office:automatic-styles {spaces}>{styles}</office:automatic-styles>"
        '<table:table-column table:number-columns-repeated="3"/>'
        '<table:table-column table:default-cell-style-name="child"/>'
        "<table:table-row>"
        + text("child", "uno")
        + text("off", "dos")
        + text("none-such", 'tres <text:span text:style-name="lead">y</text:span>')
        + text("", '<text:span text:style-name="off">no <text:span>no</text:span></text:span> si')
        + "</table:table-row>"
    )
    (row,) = read_file(open_book(tmp_path / "a.ods", rows)).tables[0].rows
    assert [cell.rich for cell in row] == ["<u>uno</u>", "", "tres <u>y</u>", "no no<u> si</u>"]
