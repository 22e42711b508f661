"""Fractions, raised numbers and cells without rules on paper."""

from dataclasses import replace
from pathlib import Path

import pypdfium2

from quipu import settings
from quipu.files.pdf import write_pdf
from quipu.files.pdf_table import Table, slices
from quipu.files.pdf_text import register_fonts, wrap
from quipu.forms.document import Cell, Run, Sheet, SheetColumn, SheetRow
from tests.files.documents import document

FRACTION = Cell("hechas\nprevistas", fraction=("hechas", "previstas"))
WORDS = " ".join(f"palabra{number}" for number in range(60))


def one_cell(cell: Cell) -> Sheet:
    head = SheetRow("header", (Cell("Indicador ⁶", "header"),))
    return Sheet("hoja", "", (SheetColumn(1.0),), (head, SheetRow("row", (cell,))))


def lines_drawn(tmp_path: Path, cell: Cell) -> int:
    """How many paths a page with one such cell has."""
    path = tmp_path / "out.pdf"
    write_pdf(document(one_cell(cell)), path, fonts=settings.fonts_dir())
    with pypdfium2.PdfDocument(path) as pdf:
        return sum(1 for found in pdf[0].get_objects() if found.type == 2)


def test_a_fraction_has_a_rule_between_its_halves(tmp_path: Path) -> None:
    plain = replace(FRACTION, fraction=None)
    assert lines_drawn(tmp_path, FRACTION) == lines_drawn(tmp_path, plain) + 1
    path = tmp_path / "out.pdf"
    write_pdf(document(one_cell(FRACTION)), path, fonts=settings.fonts_dir())
    with pypdfium2.PdfDocument(path) as pdf:
        text = pdf[0].get_textpage().get_text_bounded()
    assert text.index("hechas") < text.index("previstas")
    assert "6" in text


def test_a_long_fraction_keeps_its_rule_where_a_page_ends() -> None:
    register_fonts(settings.fonts_dir())
    table = Table(one_cell(Cell(f"{WORDS}\n{WORDS}", fraction=(WORDS, WORDS))), 60.0, 7.0)
    (box,) = table.body[0].boxes
    pages = list(slices(table, 200.0, 200.0))
    assert len(pages) > 2
    overs = [page.bands[0].boxes[0].over for page in pages]
    assert overs[0] == box.over == len(box.lines) // 2
    assert overs[-1] == 0
    assert overs == sorted(overs, reverse=True)


def test_cells_may_have_no_line_between_them(tmp_path: Path) -> None:
    whole = lines_drawn(tmp_path, Cell("Diseño"))
    # A whole frame is one path; else its two sides and each line are paths of their own.
    assert lines_drawn(tmp_path, Cell("Diseño", rules=(True, False))) == whole + 2
    assert lines_drawn(tmp_path, Cell("Diseño", rules=(False, False))) == whole + 1


def test_raised_numbers_are_small_and_high() -> None:
    register_fonts(settings.fonts_dir())
    (line,) = wrap((Run("Unidad ¹⁰ x"),), 200.0, 10.0)
    assert [(piece.text, piece.rise > 0) for piece in line.pieces] == [
        ("Unidad", False),
        ("10", True),
        ("x", False),
    ]
