"""A document's blocks laid out on pages of known size, before anything is drawn."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from reportlab.lib.pagesizes import A3, A4, LEGAL, LETTER
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from quipu.files.pdf_table import Table, draw_slice, slices
from quipu.files.pdf_text import LEADING, Line, draw_line, face, width_of, wrap
from quipu.forms.definition import Page as Paper
from quipu.forms.document import (
    Bars,
    Block,
    Cell,
    Contents,
    Document,
    PageBreak,
    Run,
    Sheet,
    SheetColumn,
    SheetRow,
    Signatures,
    Text,
)

Drawing = Callable[[Canvas], object]

_SIZES = {
    "letter": LETTER,
    "legal": LEGAL,
    "oficio": (216 * mm, 330 * mm),
    "a4": A4,
    "a3": A3,
}
_TEXT_SIZES = {
    "title": 18.0,
    "subtitle": 12.0,
    "divider": 26.0,
    "paragraph": 10.0,
    "note": 7.5,
    "cover": 26.0,
    "cover-line": 15.0,
    "section": 14.0,
    "heading": 11.5,
}
_COVER = {"cover", "cover-line"}
_CENTRED = _COVER | {"title"}
_STRONG = _CENTRED | {"subtitle", "divider", "section", "heading"}
_LEVELS = {"title": 0, "section": 0, "divider": 0, "subtitle": 1, "heading": 1}
"""How deep a text stands in contents and bookmarks; other texts are in neither."""
_GAP = 8.0
_ITEM_INDENT = 10.0


@dataclass(slots=True)
class Mark:
    """A place that contents and bookmarks point at."""

    label: str
    level: int
    page: int


@dataclass(slots=True)
class LaidPage:
    """One page: its paper in points, and what is drawn on it besides head and foot.

    `words` is what the drawings say, in order, and `items` are the rows that stand on the page.
    """

    width: float
    height: float
    margin: float
    drawings: list[Drawing] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)


def page_size(paper: Paper) -> tuple[float, float]:
    """Give a page's width and height in points."""
    width, height = _SIZES[paper.size]
    return (height, width) if paper.landscape else (width, height)


class Layout:
    """Fills pages with blocks from top to bottom; `pages` and `marks` are the result."""

    def __init__(self, document: Document, head: float, foot: float) -> None:
        self.document = document
        self._head, self._foot = head, foot
        self.pages: list[LaidPage] = []
        self.marks: list[Mark] = []
        self._before: Block | None = None
        self._begin(document.page)

    def _begin(self, paper: Paper) -> None:
        """Begin a page on a paper."""
        self.paper = paper
        self.width, self.height = page_size(paper)
        self.margin = paper.margin * mm
        self.top = self.height - self.margin - self._head
        self.bottom = self.margin + self._foot
        self.pages.append(LaidPage(self.width, self.height, self.margin))
        self.y = self.top

    @property
    def inner(self) -> float:
        """The width between the margins, in points."""
        return self.width - 2 * self.margin

    def add_all(self) -> None:
        """Lay out every block of the document."""
        for block in self.document.blocks:
            self._add(block)
            self._before = block

    def _add(self, block: Block) -> None:
        match block:
            case Text():
                self._add_text(block)
            case Sheet():
                if isinstance(self._before, Sheet):
                    self._turn()
                self._add_sheet(block)
            case Signatures():
                self._add_signatures(block)
            case PageBreak():
                self._turn(block.page)
            case Contents():
                self._add_contents(block)
            case Bars():
                self._add_sheet(_bars_as_sheet(block))

    def _turn(self, paper: Paper | None = None) -> None:
        if self.y < self.top:
            self._begin(paper or self.paper)
        elif paper is not None and paper != self.paper:
            # Nothing stands on this page yet: it is of the other paper from the start.
            self.pages.pop()
            self._begin(paper)

    def _draw(self, drawing: Drawing) -> None:
        self.pages[-1].drawings.append(drawing)

    def _say(self, lines: Iterable[Line]) -> None:
        """Note on the page what lines of text say."""
        self.pages[-1].words += ["".join(piece.text for piece in line.pieces) for line in lines]

    def _mark(self, label: str, level: int) -> None:
        self.marks.append(Mark(label, level, len(self.pages)))

    def _add_text(self, block: Text) -> None:
        size = _TEXT_SIZES[block.role]
        runs = block.runs or (Run(block.text, bold=block.role in _STRONG),)
        if block.role == "divider":
            self._add_divider(block, wrap(runs, self.inner * 0.8, size), size)
            return
        indent = self._indent(block, size)
        lines = wrap(runs[1:] if indent else runs, self.inner - indent, size)
        if block.role in _LEVELS:
            if self.y - len(lines) * size * LEADING < self.bottom + 5 * size:
                self._turn()
            self._mark(block.text, _LEVELS[block.role])
        if block.role in {"section", "heading"} and self.y < self.top:
            self.y -= _GAP
        if block.role in _COVER:
            self.y -= (self.top - self.bottom) * (0.12 if self.y >= self.top else 0.04)
        for at, line in enumerate(lines):
            if self.y - size * LEADING < self.bottom:
                self._turn()
            if indent and not at:
                self._put_marker(block.marker, size)
            self._put_line(line, size, center=block.role in _CENTRED, indent=indent)
        self.y -= _GAP / 2 if indent else _GAP

    def _indent(self, block: Text, size: float) -> float:
        if not block.marker:
            return 0.0
        return 2 * _ITEM_INDENT + max(0.0, width_of(block.marker, face(), size) - _ITEM_INDENT / 2)

    def _put_marker(self, marker: str, size: float) -> None:
        [line] = wrap((Run(marker),), self.inner, size)
        x, y = self.margin + _ITEM_INDENT, self.y - size * LEADING + size * 0.22
        self._draw(lambda canvas: draw_line(canvas, line, x, y))

    def _put_line(self, line: Line, size: float, *, center: bool, indent: float = 0.0) -> None:
        self.y -= size * LEADING
        x = self.margin + ((self.inner - line.width) / 2 if center else indent)
        y = self.y + size * 0.22
        self._say([line])
        self._draw(lambda canvas: draw_line(canvas, line, x, y))

    def _add_divider(self, block: Text, lines: list[Line], size: float) -> None:
        """Give an area a page of its own, as the printed plan does."""
        self._turn()
        self._mark(block.text, 0)
        middle = (self.top + self.bottom) / 2
        half = len(lines) * size * LEADING / 2
        left, right = self.margin + self.inner * 0.1, self.margin + self.inner * 0.9

        def rules(canvas: Canvas) -> None:
            canvas.setLineWidth(2)
            canvas.line(left, middle + half + 14, right, middle + half + 14)
            canvas.line(left, middle - half - 10, right, middle - half - 10)

        self._draw(rules)
        self.y = middle + half
        for line in lines:
            self._put_line(line, size, center=True)
        self._begin(self.paper)

    def _add_sheet(self, sheet: Sheet) -> None:
        size = self.paper.font_size
        title_size = size + 3.0
        title = wrap((Run(sheet.title, bold=True),), self.inner, title_size) if sheet.title else []
        title_height = len(title) * title_size * LEADING + (4.0 if title else 0.0)
        table = Table(sheet, self.inner, size)
        full = self.top - self.bottom - title_height
        first = self.y - self.bottom - title_height
        marked = False
        for part in slices(table, first, full):
            if not part.bands and table.body:
                self._turn()
                continue
            if marked:
                self._turn()
            if sheet.name and not marked:
                self._mark(sheet.title or sheet.name, 1)
            marked = True
            for line in title:
                self._put_line(line, title_size, center=True)
            self.y -= 4.0 if title else 0.0
            top = self.y
            for band in (*table.header, *part.bands):
                self._say(line for box in band.boxes for line in box.lines)
                self.pages[-1].items += [band.item] if band.item else []
            self._draw(partial(draw_slice, table=table, part=part, left=self.margin, top=top))
            self.y -= part.height
        self.y -= _GAP

    def _add_signatures(self, block: Signatures) -> None:
        size = 8.0
        width = self.inner / max(1, len(block.entries))
        columns = [
            (
                wrap((Run(label, bold=True),), width - 20, size),
                [line for text in below for line in wrap((Run(text),), width - 20, size)],
            )
            for label, below in block.entries
        ]
        rows = max((len(above) + len(below) for above, below in columns), default=0)
        height = 34 + rows * size * LEADING
        if self.y - height < self.bottom:
            self._turn()
        elif isinstance(self._before, Text) and self._before.role in _COVER:
            # On a cover the names stand at the foot of the page.
            self.y = self.bottom + height + 3 * _GAP
        top = self.y - 6
        for index, (above, below) in enumerate(columns):
            self._say((*above, *below))
            self._draw(_signature(self.margin + index * width, width, top, size, above, below))
        self.y -= height + _GAP

    def _add_contents(self, block: Contents) -> None:
        """Reserve the pages; the entries are drawn last, when page numbers are known."""
        size = 9.5
        entries = _entries(self.document, block.depth)
        self._add_text(Text(block.title, "title"))
        self.marks.pop()
        start = 0
        while start < entries:
            room = max(1, int((self.y - self.bottom) / (size * 1.5)))
            count = min(room, entries - start)
            self._draw(self._contents_part((start, start + count), self.y, size, block.depth))
            start += count
            self.y -= count * size * 1.5
            if start < entries:
                self._turn()
        self._turn()

    def _contents_part(self, part: tuple[int, int], top: float, size: float, depth: int) -> Drawing:
        margin, inner = self.margin, self.inner

        def draw(canvas: Canvas) -> None:
            y = top
            listed = [mark for mark in self.marks if mark.level < depth]
            for mark in listed[part[0] : part[1]]:
                y -= size * 1.5
                font = face(bold=mark.level == 0)
                left, right = margin + mark.level * 14, margin + inner
                label = _shortened(mark.label, font, size, right - left - 40)
                canvas.setFont(font, size)
                canvas.drawString(left, y, label)
                canvas.drawRightString(right, y, str(mark.page))
                canvas.setLineWidth(0.4)
                canvas.setDash(0.5, 2)
                canvas.line(left + width_of(label, font, size) + 4, y, right - 24, y)
                canvas.setDash()

        return draw


def _entries(document: Document, depth: int) -> int:
    levels = (_level(block) for block in document.blocks)
    return sum(level is not None and level < depth for level in levels)


def _level(block: Block) -> int | None:
    if isinstance(block, Text):
        return _LEVELS.get(block.role)
    if isinstance(block, Sheet) and block.name:
        return 1
    return None


def _shortened(text: str, font: str, size: float, width: float) -> str:
    text = " ".join(text.split())
    if width_of(text, font, size) <= width:
        return text
    while text and width_of(text + "…", font, size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def _signature(
    x: float, width: float, top: float, size: float, above: list[Line], below: list[Line]
) -> Drawing:
    def draw(canvas: Canvas) -> None:
        y = top
        for line in above:
            y -= size * LEADING
            draw_line(canvas, line, x + 10, y)
        y -= 24
        canvas.setLineWidth(0.6)
        canvas.line(x + 10, y, x + width - 10, y)
        for line in below:
            y -= size * LEADING
            draw_line(canvas, line, x + 10, y)

    return draw


def _bars_as_sheet(bars: Bars) -> Sheet:
    header = SheetRow(
        "header", (Cell(style="header"), *(Cell(name, "header") for name in bars.columns))
    )
    rows = tuple(
        SheetRow(
            "row",
            (
                Cell(label, "label"),
                *(Cell(filled=index + 1 in marked) for index in range(len(bars.columns))),
            ),
        )
        for label, marked in bars.rows
    )
    columns = (SheetColumn(6.0), *(SheetColumn(1.0, "center") for _ in bars.columns))
    return Sheet("", bars.title, columns, (header, *rows))
