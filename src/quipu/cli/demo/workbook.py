"""The demonstration's workbook, as an institution has one: written by hand, with its mistakes.

It carries no stamp: Quipu knows it by its headings only, like every document that it meets first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from quipu.cli.demo.source import Institution, table
from quipu.files.workbook import write_workbook
from quipu.forms.definition import NumberStyle, Page
from quipu.forms.document import Cell, Document, PageBreak, Sheet, SheetColumn, SheetRow
from quipu.forms.numbers import read_number, write_number

_STYLE: NumberStyle = "1,234.5"
_FIGURES = 13
"""Twelve months and the total."""
_MERGED = ("Unidad Organizativa", "Proceso", "Objetivo Estratégico")
_WIDTHS = {"N°": 8.0, "Unidad de medida": 18.0, "Versión": 18.0, "Fecha": 24.0, "Cantidad": 14.0}
_TEXT_WIDTH, _FIGURE_WIDTH = 38.0, 9.0


def write_plan(institution: Institution, file: Path) -> int:
    """Write the institution's plan as a workbook, a tab for each table; give the tabs' number."""
    blocks: list[Sheet | PageBreak] = []
    for name, source in institution.tabs:
        blocks += [_sheet(name, table(source), institution.year), PageBreak()]
    title = f"PLAN ANUAL DE TRABAJO {institution.year}"
    document = Document(
        title=title,
        language="es",
        numbers=_STYLE,
        page=Page(),
        lines=(institution.name.upper(), title, institution.name.upper()),
        box=institution.head,
        blocks=tuple(blocks),
        page_words="Página {page} de {pages}",
    )
    return write_workbook(document, file)


def _sheet(name: str, lines: Sequence[Sequence[str]], year: int) -> Sheet:
    """Make a sheet; of two headings the first is the area's, and the line after heads the table."""
    headings: list[str] = []
    heads: list[str] = []
    first: list[str] = []
    rows: list[SheetRow] = []
    header_rows = 1
    for line in lines:
        filled = [cell for cell in line if cell]
        if len(filled) == 1 and line[0]:
            headings.append(line[0])
        elif filled and headings:
            if not rows:
                first, heads = headings, list(line)
                rows += _header(line, year)
                header_rows = len(rows)
            else:
                rows += [_band(headings[-1], len(heads)), _row("header", line, len(heads))]
            headings = []
        elif filled:
            rows.append(_row("row", line, len(heads)))
    width = max(len(row.cells) for row in rows)
    padded = [SheetRow(row.kind, _padded(row.cells, width)) for row in rows]
    columns = [*map(_column, heads), *[SheetColumn(_FIGURE_WIDTH)] * (width - len(heads))]
    area = first[0] if len(first) > 1 else ""
    joined = _joined(padded, [place for place, head in enumerate(heads) if head in _MERGED])
    return Sheet(name, first[-1], tuple(columns), joined, header_rows, area=area)


def _header(line: Sequence[str], year: int) -> Iterator[SheetRow]:
    """Give the heading; in numbered tables the year stands in a row of its own over the months."""
    if line[0] != "N°" or "Ene" not in line:
        yield _row("header", line, len(line))
        return
    start = line.index("Ene")
    months = range(start, start + _FIGURES - 1)
    above: list[Cell | None] = [Cell(text, "header", down=2) for text in line]
    below: list[Cell | None] = [None] * len(line)
    for place in months:
        above[place] = None
        below[place] = Cell(line[place], "header", align="center")
    above[start] = Cell(f"Programación {year}", "header", align="center", across=len(months))
    yield SheetRow("header", tuple(above))
    yield SheetRow("header", tuple(below))


def _band(title: str, width: int) -> SheetRow:
    return SheetRow("group", (Cell(title, "group", across=width), *[None] * (width - 1)))


def _row(kind: str, line: Sequence[str], width: int) -> SheetRow:
    cells = list(line) + [""] * (width - len(line))
    if kind == "header":
        return SheetRow("header", tuple(Cell(text, "header") for text in cells))
    figures = width - _FIGURES if width > _FIGURES else 0
    return SheetRow(
        "row",
        tuple(
            _figure(text) if figures and place >= figures else Cell(text)
            for place, text in enumerate(cells)
        ),
    )


def _figure(text: str) -> Cell:
    """Give a number as a number where it would print as it was typed, else the typed text."""
    read = read_number(text, _STYLE)
    if read.value is None or read.malformed:
        return Cell(text, "number")
    if write_number(read.value, _STYLE, percent=read.percent) != text:
        return Cell(text, "number")
    return Cell(text, "percent" if read.percent else "number", number=read.value)


def _padded(cells: tuple[Cell | None, ...], width: int) -> tuple[Cell | None, ...]:
    return (*cells, *(Cell() for _ in range(width - len(cells))))


def _joined(rows: list[SheetRow], places: Sequence[int]) -> tuple[SheetRow, ...]:
    """Join equal cells that stand one under the other, as the printed document does."""
    grid = [list(row.cells) for row in rows]
    for place in places:
        top = 0
        for index, row in enumerate(rows):
            above, here = grid[top][place], row.cells[place]
            same = above is not None and here is not None and above.text == here.text
            if index and row.kind == "row" and rows[top].kind == "row" and same:
                assert above is not None
                grid[index][place] = None
                grid[top][place] = Cell(above.text, down=index - top + 1)
            else:
                top = index
    return tuple(SheetRow(row.kind, tuple(cells)) for row, cells in zip(rows, grid, strict=True))


def _column(head: str) -> SheetColumn:
    narrow = len(head) <= 4 or head == "Total meta"
    return SheetColumn(_WIDTHS.get(head, _FIGURE_WIDTH if narrow else _TEXT_WIDTH))
