"""One Sheet of a document as a tab: head, table, places to type in, page set-up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from quipu.domain.address import Address
from quipu.files.formulas import column_letters
from quipu.files.stamp import TabPlaces
from quipu.files.workbook_canvas import Canvas
from quipu.files.workbook_page import head_rows, set_page, unit_widths
from quipu.files.workbook_styles import FONT, SIZE, Look, Looks
from quipu.files.workbook_values import GENERAL, TEXT, fits, format_for, rich, written_number
from quipu.forms.document import Cell, CellStyle, Document, RowKind, Sheet, SheetRow

_CENTRED = Look(bold=True, across="center", down="center", border="")
_FIGURES: tuple[CellStyle, ...] = ("number", "percent", "total")
_BOLD: tuple[CellStyle | RowKind, ...] = ("header", "group", "total")


@dataclass(slots=True)
class WrittenSheet:
    """A tab that was written: its places, its last row (from 0), and what may be typed where.

    `lists` has the cells of each drop-down list, `decimals` the cells for numbers.
    """

    canvas: Canvas
    places: TabPlaces
    last_row: int
    lists: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    decimals: list[str] = field(default_factory=list)


def write_sheet(sheet: Sheet, document: Document, tab: Worksheet, looks: Looks) -> WrittenSheet:
    """Write a sheet with its head, heading and rows, and set the page up."""
    canvas = Canvas(tab, looks, unit_widths(sheet.columns, document.page))
    for column, width in enumerate(canvas.widths):
        tab.column_dimensions[column_letters(column)].width = width
    width = len(sheet.columns)
    row = head_rows(canvas, document, width)
    for text, size in ((sheet.area, SIZE), (sheet.title, SIZE + 2)):
        if text:
            look = Look(bold=True, size=size, across="center", down="center", border="")
            canvas.band(row, 0, width, text, look)
            row += 1
    written = WrittenSheet(canvas, _places(sheet, row), row + len(sheet.rows) - 1)
    for index, line in enumerate(sheet.rows):
        _write_row(written, sheet, line, row + index)
    _set_heights(canvas, sheet, row)
    set_page(tab, document, row + sheet.header_rows, written.last_row + 1, width)
    _allow(tab, written)
    return written


def _places(sheet: Sheet, start: int) -> TabPlaces:
    rows = {start + index: row.item for index, row in enumerate(sheet.rows) if row.item}
    cells: dict[tuple[int, int], Address] = {}
    labels = set(range(len(sheet.columns)))
    for index, row in enumerate(sheet.rows):
        for column, cell in enumerate(row.cells):
            if cell is None:
                continue
            if cell.editable and cell.address is not None and fits(cell.text):
                cells[start + index, column] = cell.address
            if row.item and (cell.editable or cell.style in _FIGURES):
                labels.discard(column)
    return TabPlaces(
        name=sheet.name,
        headers=tuple(
            start + index for index, row in enumerate(sheet.rows) if row.kind == "header"
        ),
        width=len(sheet.columns),
        labels=tuple(sorted(labels)),
        rows=rows,
        cells=cells,
    )


def _write_row(written: WrittenSheet, sheet: Sheet, line: SheetRow, row: int) -> None:
    for column, cell in enumerate(line.cells):
        if cell is None:
            continue
        open_ = (row, column) in written.places.cells
        code = _code(cell, open_)
        look = _look(cell, line.kind, sheet.columns[column].align, code, open_)
        canvas = written.canvas
        if cell.runs:
            size = look.size
            canvas.put(row, column, cell.text, look, rich(cell.runs, font=FONT, size=size))
        elif cell.number is not None and code not in (GENERAL, TEXT):
            canvas.put(row, column, cell.text, look, written_number(cell.number))
        else:
            canvas.put(row, column, cell.text, look)
        canvas.join(row, column, cell.down, cell.across, look)
        if open_:
            _note_typing(written, cell, f"{column_letters(column)}{row + 1}")


def _code(cell: Cell, open_: bool) -> str:
    if cell.text and (code := format_for(cell)) is not None:
        return code
    if cell.style == "percent" and not cell.text:
        return "0%"
    # Typed texts stay as typed: 1.10 is a code, 1/2 no date.
    return TEXT if open_ and cell.style not in _FIGURES else GENERAL


def _look(cell: Cell, kind: RowKind, align: str, code: str, open_: bool) -> Look:
    # Lines above the heading repeat with it and look like text.
    above = kind == "header" and cell.style in ("label", "group")
    header = cell.style == "header" or (kind == "header" and not above)
    fill = "grey" if header or cell.filled else "pale" if "group" in (kind, cell.style) else ""
    fill = "pale" if kind == "total" else fill
    centred = header or cell.style == "flag"
    return Look(
        bold=cell.style in _BOLD or (kind in _BOLD and not above),
        across="center" if centred else cell.align or align,
        down="center" if header else "top",
        code=code,
        fill=fill or ("open" if open_ else ""),
        locked=not open_,
    )


def _note_typing(written: WrittenSheet, cell: Cell, place: str) -> None:
    values = tuple(value for value in cell.values if value)
    if values:
        written.lists.setdefault(values, []).append(place)
    elif cell.style in _FIGURES and (not cell.text or format_for(cell) is not None):
        written.decimals.append(place)


def _allow(tab: Worksheet, written: WrittenSheet) -> None:
    """Lock all but the open cells, with no password, and let numbers only into their cells."""
    if not written.places.cells:
        return
    tab.protection.sheet = True
    # Wider columns and higher rows harm nobody.
    tab.protection.formatColumns = False
    tab.protection.formatRows = False
    if written.decimals:
        rule = DataValidation("decimal", "-1E+15", "1E+15", allow_blank=True, operator="between")
        rule.showErrorMessage = True
        for place in written.decimals:
            rule.add(place)
        tab.add_data_validation(rule)


def _set_heights(canvas: Canvas, sheet: Sheet, start: int) -> None:
    """Give every row its height; cells joined downwards may ask more of their rows."""
    heights = [_own_height(canvas, row) for row in sheet.rows]
    chosen = {index for index, row in enumerate(sheet.rows) if row.kind == "header"}
    for index, column, cell in _cells(sheet):
        covered = range(index, min(index + cell.down, len(sheet.rows)))
        need = _height(canvas, column, cell) - sum(heights[row] for row in covered)
        if cell.down > 1 and need > 0:
            for row in covered:
                heights[row] += need / len(covered)
            chosen.update(covered)
    for index, height in enumerate(heights):
        keep = canvas.fix_height if index in chosen else canvas.fit_height
        keep(start + index, height)


def _own_height(canvas: Canvas, row: SheetRow) -> float:
    heights = (
        _height(canvas, column, cell)
        for column, cell in enumerate(row.cells)
        if cell is not None and cell.down == 1
    )
    return max(heights, default=SIZE * 1.5)


def _height(canvas: Canvas, column: int, cell: Cell) -> float:
    return canvas.height_of(cell.text, column, cell.across, SIZE, cell.style in _BOLD)


def _cells(sheet: Sheet) -> Iterator[tuple[int, int, Cell]]:
    for index, row in enumerate(sheet.rows):
        for column, cell in enumerate(row.cells):
            if cell is not None:
                yield index, column, cell


def add_lists(
    tab: Worksheet, lists: Mapping[tuple[str, ...], list[str]], source: Worksheet
) -> None:
    """Give cells their drop-down lists; the values stand in columns of a hidden sheet."""
    for values, cells in lists.items():
        column = source.max_column + 1 if source["A1"].value is not None else 1
        for row, value in enumerate(values, start=1):
            cell = source.cell(row, column, value)
            cell.data_type = "s"
        letters = column_letters(column - 1)
        span = f"'{source.title}'!${letters}$1:${letters}${len(values)}"
        rule = DataValidation("list", span, allow_blank=True)
        rule.showErrorMessage = True
        for place in cells:
            rule.add(place)
        tab.add_data_validation(rule)
