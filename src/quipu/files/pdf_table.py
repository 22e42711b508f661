"""A sheet on paper: rows measured once, cut into pages by ourselves, drawn cell by cell.

reportlab's own long tables are measured again at each page break, which is quadratic; here every
row is measured once and pages are filled with known heights.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportlab.pdfgen.canvas import Canvas

from quipu.files.pdf_text import LEADING, Line, draw_line, width_of, wrap
from quipu.forms.document import Cell, Run, Sheet

PAD = 2.4
"""White space between a cell's border and its text, in points."""

_GROUND = {"header": 0.88, "group": 0.93, "total": 0.95}
_FILLED = 0.72
_BOLD = {"header", "group", "total"}
_MIDDLE = {"header", "number", "percent", "flag", "total"}
_NOTHING = (Line((), 0.0),)


@dataclass(frozen=True, slots=True)
class Box:
    """A cell that is ready to draw: its place in columns and rows, and its wrapped lines.

    The first `over` lines stand over the rule of a fraction, 0 without one.
    """

    column: int
    across: int
    down: int
    cell: Cell
    lines: tuple[Line, ...]
    size: float
    over: int = 0

    @property
    def merged(self) -> bool:
        """Whether the cell was merged over rows, however few of them are left on this page."""
        return self.cell.down > 1

    @property
    def height(self) -> float:
        """The height that the text needs, padding included, in points."""
        return len(self.lines) * self.size * LEADING + 2 * PAD


@dataclass(frozen=True, slots=True)
class Band:
    """One row that is ready to draw: its boxes, height in points, kind, and the item it shows."""

    boxes: tuple[Box, ...]
    height: float
    kind: str
    item: str = ""


class Table:
    """A measured sheet: column widths and one `Band` per row, for a width and letter height."""

    def __init__(self, sheet: Sheet, width: float, size: float) -> None:
        weights = [column.width for column in sheet.columns]
        self.sheet = sheet
        self.size = size
        self.widths = [width * weight / sum(weights) for weight in weights]
        self.edges = [sum(self.widths[:index]) for index in range(len(weights) + 1)]
        bands = self._measure()
        self.header = bands[: sheet.header_rows]
        self.body = bands[sheet.header_rows :]

    def _measure(self) -> list[Band]:
        rows = [
            tuple(self._box(column, cell) for column, cell in enumerate(row.cells) if cell)
            for row in self.sheet.rows
        ]
        least = self.size * LEADING + 2 * PAD
        heights = [max([least, *(box.height for box in boxes if box.down == 1)]) for boxes in rows]
        for index, boxes in enumerate(rows):
            for box in boxes:
                if box.down > 1:
                    last = min(index + box.down, len(rows)) - 1
                    missing = box.height - sum(heights[index : last + 1])
                    heights[last] += max(0.0, missing)
        kinds = [row.kind for row in self.sheet.rows]
        items = [row.item for row in self.sheet.rows]
        return [Band(*entry) for entry in zip(rows, heights, kinds, items, strict=True)]

    def _box(self, column: int, cell: Cell) -> Box:
        end = min(column + cell.across, len(self.widths))
        width = self.edges[end] - self.edges[column] - 2 * PAD
        bold = cell.style in _BOLD
        runs = cell.runs or (Run(cell.text, bold=bold),)
        size = self.size
        if cell.style in {"number", "percent", "total"}:
            font = "LiberationSans-Bold" if bold else "LiberationSans"
            while size > self.size * 0.65 and width_of(cell.text, font, size) > width:
                size -= 0.25
        if cell.fraction is not None:
            above, below = (wrap((Run(part, bold=bold),), width, size) for part in cell.fraction)
            lines = (*above, *below)
            return Box(column, cell.across, cell.down, cell, lines, size, len(above))
        return Box(column, cell.across, cell.down, cell, tuple(wrap(runs, width, size)), size)


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows of a table that stand on one page, header rows not counted."""

    bands: tuple[Band, ...]
    height: float


def slices(table: Table, first: float, full: float) -> Iterator[Slice]:
    """Fill pages with rows: `first` points on the current page, `full` on each further one.

    A row that does not fit goes to the next page, unless it is so tall that the page would stay
    mostly empty: then it breaks between lines. A group row never stands last on a page. The first
    slice may be empty when nothing fits on the current page.
    """
    head = sum(band.height for band in table.header)
    room = first - head
    bands: list[Band] = []
    waiting = list(reversed(table.body))
    while waiting:
        band = waiting.pop()
        used = sum(entry.height for entry in bands)
        if band.height <= room - used + 0.01:
            bands.append(band)
            continue
        left = room - used
        if band.height > (full - head) * 0.45 and left > (full - head) * 0.2:
            above, below = _break(band, left, table.size)
            bands = _lengthened([*bands, above])
            waiting.append(below)
        else:
            waiting.append(band)
            _keep_together(bands, waiting, room)
        yield _slice(bands, head)
        _carry_over(bands, waiting)
        bands, room = [], full - head
    if bands or not table.body:
        yield _slice(bands, head)


def _slice(bands: list[Band], head: float) -> Slice:
    return Slice(tuple(bands), head + sum(band.height for band in bands))


def _break(band: Band, room: float, size: float) -> tuple[Band, Band]:
    """Cut a tall row between lines so that its first part is at most `room` points high."""
    count = max(1, int((room - 2 * PAD) / (size * LEADING)))
    above = tuple(
        replace(box, lines=box.lines[:count]) if not box.merged else box for box in band.boxes
    )
    below = tuple(
        replace(box, lines=box.lines[count:] or _NOTHING, over=max(0, box.over - count))
        for box in band.boxes
        if not box.merged
    )
    least = size * LEADING + 2 * PAD
    return (
        Band(
            above,
            max([least, *(box.height for box in above if not box.merged)]),
            band.kind,
            band.item,
        ),
        Band(below, max([least, *(box.height for box in below)]), band.kind, band.item),
    )


def _lengthened(bands: list[Band]) -> list[Band]:
    """Let merged cells that reach the last row, now broken in two, cover its second part too."""
    return [
        replace(
            band,
            boxes=tuple(
                replace(box, down=box.down + 1)
                if box.merged and index + box.down >= len(bands)
                else box
                for box in band.boxes
            ),
        )
        for index, band in enumerate(bands)
    ]


def _keep_together(bands: list[Band], waiting: list[Band], room: float) -> None:
    """Send back last rows that may not stand there: group rows, and rows that crowd a label.

    A merged cell cut by the page's end must show its whole text on this page: its last row grows
    into the white space below, or goes to the next page with the others.
    """
    while bands:
        missing = max(
            (
                box.height - sum(entry.height for entry in bands[index:])
                for index, band in enumerate(bands)
                for box in band.boxes
                if box.merged and box.down > len(bands) - index
            ),
            default=0.0,
        )
        white = room - sum(entry.height for entry in bands)
        last = bands[-1]
        if last.kind == "group" or (missing > white and len(bands) > 1):
            waiting.append(bands.pop())
            continue
        if 0 < missing <= white:
            bands[-1] = replace(last, height=last.height + missing)
        return


def _carry_over(bands: list[Band], waiting: list[Band]) -> None:
    """Repeat cut merged cells at the top of the next page, so that no page lacks its labels."""
    carried: list[Box] = []
    for index, band in enumerate(bands):
        for box in band.boxes:
            left = box.down - (len(bands) - index)
            if box.merged and left > 0:
                carried.append(replace(box, down=left))
    if not carried:
        return
    boxes = tuple(sorted((*waiting[-1].boxes, *carried), key=lambda box: box.column))
    waiting[-1] = replace(waiting[-1], boxes=boxes)
    for box in carried:
        covered = min(box.down, len(waiting))
        missing = box.height - sum(entry.height for entry in waiting[-covered:])
        if missing > 0:
            row = waiting[-covered]
            waiting[-covered] = replace(row, height=row.height + missing)


def draw_slice(canvas: Canvas, table: Table, part: Slice, left: float, top: float) -> float:
    """Draw header and rows with the upper left corner at (`left`, `top`); give the lower edge."""
    bands = (*table.header, *part.bands)
    y = top
    tops = [top]
    for band in bands:
        y -= band.height
        tops.append(y)
    for index, band in enumerate(bands):
        for box in band.boxes:
            end = min(index + box.down, len(bands))
            if index < len(table.header):
                end = min(end, len(table.header))
            _draw_box(canvas, table, box, left, (tops[index], tops[end]))
    return y


def _draw_box(
    canvas: Canvas, table: Table, box: Box, left: float, span: tuple[float, float]
) -> None:
    top, bottom = span
    x = left + table.edges[box.column]
    width = left + table.edges[min(box.column + box.across, len(table.widths))] - x
    ground = _FILLED if box.cell.filled else _GROUND.get(box.cell.style)
    canvas.setLineWidth(0.4)
    if ground is not None:
        canvas.setFillGray(ground)
    whole = box.cell.rules == (True, True)
    canvas.rect(x, bottom, width, top - bottom, stroke=int(whole), fill=int(ground is not None))
    canvas.setFillGray(0)
    if not whole:
        _draw_rules(canvas, box.cell.rules, (x, x + width), span)
    leading = box.size * LEADING
    fitting = max(1, int((top - bottom - 2 * PAD + 0.1) / leading))
    lines = box.lines[:fitting]
    free = top - bottom - 2 * PAD - len(lines) * leading
    middle = box.cell.style in _MIDDLE or (box.down > 1 and not box.cell.high)
    y = top - PAD - (free / 2 if middle else 0.0)
    heading = "center" if box.cell.style == "header" else None
    align = box.cell.align or heading or table.sheet.columns[box.column].align
    for number, line in enumerate(lines, start=1):
        y -= leading
        room = width - 2 * PAD - line.width
        indent = {"left": 0.0, "center": room / 2, "right": room}[align]
        draw_line(canvas, line, x + PAD + indent, y + box.size * 0.22)
        if number == box.over:
            _draw_fraction_rule(canvas, box, (x + PAD, x + width - PAD), y)


def _draw_rules(
    canvas: Canvas, rules: tuple[bool, bool], sides: tuple[float, float], span: tuple[float, float]
) -> None:
    """Draw the sides of a cell, and only those lines above and below that separate it."""
    (left, right), (top, bottom) = sides, span
    canvas.line(left, top, left, bottom)
    canvas.line(right, top, right, bottom)
    for rule, y in zip(rules, span, strict=True):
        if rule:
            canvas.line(left, y, right, y)


def _draw_fraction_rule(canvas: Canvas, box: Box, sides: tuple[float, float], y: float) -> None:
    """Draw the rule of a fraction as wide as the widest of its lines."""
    half = min(max(line.width for line in box.lines), sides[1] - sides[0]) / 2
    middle = sum(sides) / 2
    canvas.setLineWidth(0.5)
    canvas.line(middle - half, y - 0.2, middle + half, y - 0.2)
