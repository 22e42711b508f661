"""How wide the columns of a sheet are on the screen, and how high its rows."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from quipu.forms.document import Cell, Sheet, SheetRow
from quipu.ui.sheet.letters import PAD, broken, metrics

MAX_LINES = 5
"""Lines of a long text that a row shows; the whole text is in the panel below."""

_NUMBERS = frozenset({"number", "percent", "total", "flag"})
_TEXT_FLOOR = 96
_EXACT_ROWS = 300
_LEFT = Qt.AlignmentFlag.AlignLeft


def column_widths(sheet: Sheet, available: int, zoom: float) -> list[int]:
    """Share the available pixels among the columns by their weights, none below its floor.

    Columns of figures are as wide as their widest figure; where all floors together are wider
    than the room there is, the sheet scrolls.
    """
    floors = [_floor(sheet, number, zoom) for number in range(len(sheet.columns))]
    total = sum(floors)
    if total >= available:
        return floors
    weights = [
        0.0 if _figures(sheet, number) and len(sheet.columns) > 10 else column.width
        for number, column in enumerate(sheet.columns)
    ]
    if not any(weights):
        weights = [column.width for column in sheet.columns]
    return _shared(floors, weights, available)


def _shared(floors: list[int], weights: list[float], available: int) -> list[int]:
    """Grow columns towards their weight's share of the room; floors count against the shares."""
    widths = [float(floor) for floor in floors]
    growing = {number for number, weight in enumerate(weights) if weight > 0}
    while growing:
        room = available - sum(w for number, w in enumerate(widths) if number not in growing)
        scale = room / sum(weights[number] for number in growing)
        held = {number for number in growing if weights[number] * scale < floors[number]}
        if not held:
            for number in growing:
                widths[number] = weights[number] * scale
            break
        growing -= held
    return _whole(widths, available)


def _whole(widths: list[float], available: int) -> list[int]:
    whole = [int(width) for width in widths]
    whole[max(range(len(whole)), key=whole.__getitem__)] += available - sum(whole)
    return whole


def _figures(sheet: Sheet, column: int) -> bool:
    """Whether a column has figures or marks and no sentences."""
    cells = [row.cells[column] for row in sheet.rows[sheet.header_rows :] if row.kind == "row"]
    filled = [cell for cell in cells if cell is not None and cell.across == 1]
    if not filled:
        return bool(sheet.columns[column].period)
    return all(cell.style in _NUMBERS for cell in filled)


def _floor(sheet: Sheet, column: int, zoom: float) -> int:
    measures, strong = metrics(False, zoom), metrics(True, zoom)
    words = [word for cell in _over(sheet, column) for word in cell.text.split()]
    heading = max((strong.horizontalAdvance(word) for word in words), default=0.0)
    texts = [
        cell.text
        for row in sheet.rows[sheet.header_rows :]
        if (cell := row.cells[column]) is not None and cell.across == 1
    ]
    if _figures(sheet, column):
        # Figures never break over lines, and totals are bold.
        body = max((strong.horizontalAdvance(text) for text in texts), default=0.0)
    else:
        parts = {word for text in texts for word in text.split()}
        longest = max((measures.horizontalAdvance(part) for part in parts), default=0.0)
        body = min(longest, _TEXT_FLOOR * zoom)
    return int(max(heading, body, 22 * zoom)) + 2 * PAD + 4


def _over(sheet: Sheet, column: int) -> Sequence[Cell]:
    cells = (row.cells[column] for row in sheet.rows[: sheet.header_rows])
    return [cell for cell in cells if cell is not None and cell.across == 1]


def row_heights(
    rows: Sequence[SheetRow],
    widths: Sequence[int],
    zoom: float,
    lines: int = MAX_LINES,
    *,
    bold: bool = False,
) -> list[int]:
    """Give the height of each row in pixels; of very many rows, a close guess.

    A cell that covers several rows asks nothing of the first of them alone.
    """
    exact = len(rows) <= _EXACT_ROWS
    line = metrics(False, zoom).height()
    return [_row_height(row, widths, zoom, line, lines, exact, bold) for row in rows]


def _row_height(
    row: SheetRow,
    widths: Sequence[int],
    zoom: float,
    line: float,
    lines: int,
    exact: bool,
    bold: bool,
) -> int:
    height = line
    for column, cell in enumerate(row.cells):
        if cell is None or not cell.text or cell.down > 1:
            continue
        width = sum(widths[column : column + cell.across]) - 2 * PAD - 2
        if exact:
            strong = bold or cell.style in ("header", "group", "total")
            height = max(
                height, broken(cell.text, cell.runs, width, _LEFT, strong, zoom, lines).height
            )
        else:
            letters = max(1.0, width / (line * 0.42))
            height = max(height, line * min(lines or 99, int(len(cell.text) / letters) + 1))
    return int(height + 0.99) + 2 * PAD
