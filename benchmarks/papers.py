"""Printing a long sheet, beside bare reportlab."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.pagesizes import landscape, letter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from benchmarks.material import paper, texts_of
from benchmarks.timing import Measured, median
from quipu.files.pdf import write_pdf
from quipu.settings import fonts_dir

_WIDTHS = (20.0, 120.0, 120.0, 66.0, *[26.0] * 12, 36.0)
_SIZE, _LEADING = 6.5, 8.0


def printing(folder: Path) -> list[Measured]:
    """Print 300 rows beside a Table, and 3,000 beside a canvas: a Table splits in square time."""
    few, many = paper(300), paper(3_000)
    out = folder / "out.pdf"
    grid = texts_of(few)
    long = texts_of(many)
    return [
        Measured(
            "print 300 rows",
            median(lambda: write_pdf(few, out, fonts=fonts_dir()), times=3),
            "bare reportlab Table",
            median(lambda: _table(grid, folder / "bare.pdf"), times=3),
        ),
        Measured(
            "print 3,000 rows",
            median(lambda: write_pdf(many, out, fonts=fonts_dir()), times=3),
            "bare reportlab canvas",
            median(lambda: _canvas(long, folder / "bare.pdf"), times=3),
        ),
    ]


def _table(grid: list[list[str]], file: Path) -> None:
    style = getSampleStyleSheet()["BodyText"].clone("cell", fontSize=_SIZE, leading=_LEADING)
    cells = [[Paragraph(text, style) if len(text) > 9 else text for text in row] for row in grid]
    table = Table(cells, colWidths=_WIDTHS, repeatRows=1)
    SimpleDocTemplate(str(file), pagesize=landscape(letter)).build([table])


def _canvas(grid: list[list[str]], file: Path) -> None:
    width, height = landscape(letter)
    canvas = Canvas(str(file), pagesize=(width, height))
    canvas.setFont("Helvetica", _SIZE)
    top = height - 36
    for row in grid:
        cells = [
            simpleSplit(text, "Helvetica", _SIZE, space)
            for text, space in zip(row, _WIDTHS, strict=True)
        ]
        tall = max(map(len, cells)) * _LEADING + 4
        if top - tall < 36:
            canvas.showPage()
            canvas.setFont("Helvetica", _SIZE)
            top = height - 36
        left = 36.0
        for lines, space in zip(cells, _WIDTHS, strict=True):
            canvas.rect(left, top - tall, space, tall)
            for place, line in enumerate(lines, start=1):
                canvas.drawString(left + 2, top - place * _LEADING, line)
            left += space
        top -= tall
    canvas.save()
