"""A document's blocks laid out on pages of known size, before anything is drawn."""

from collections.abc import Callable
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
_TEXT_SIZES = {"title": 18.0, "subtitle": 12.0, "divider": 26.0, "paragraph": 10.0, "note": 7.5}
_GAP = 8.0


@dataclass(slots=True)
class Mark:
    """A place that contents and bookmarks point at."""

    label: str
    level: int
    page: int


@dataclass(slots=True)
class LaidPage:
    """One page: what is drawn on it besides head and foot."""

    drawings: list[Drawing] = field(default_factory=list)


def page_size(paper: Paper) -> tuple[float, float]:
    """Give a page's width and height in points."""
    width, height = _SIZES[paper.size]
    return (height, width) if paper.landscape else (width, height)


class Layout:
    """Fills pages with blocks from top to bottom; `pages` and `marks` are the result."""

    def __init__(self, document: Document, head: float, foot: float) -> None:
        self.document = document
        self.width, self.height = page_size(document.page)
        self.margin = document.page.margin * mm
        self.top = self.height - self.margin - head
        self.bottom = self.margin + foot
        self.pages: list[LaidPage] = [LaidPage()]
        self.marks: list[Mark] = []
        self.y = self.top
        self._before: Block | None = None

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
                self._turn()
            case Contents():
                self._add_contents(block)
            case Bars():
                self._add_sheet(_bars_as_sheet(block))

    def _turn(self) -> None:
        if self.y < self.top:
            self.pages.append(LaidPage())
            self.y = self.top

    def _draw(self, drawing: Drawing) -> None:
        self.pages[-1].drawings.append(drawing)

    def _mark(self, label: str, level: int) -> None:
        self.marks.append(Mark(label, level, len(self.pages)))

    def _add_text(self, block: Text) -> None:
        size = _TEXT_SIZES[block.role]
        strong = block.role in {"title", "subtitle", "divider"}
        runs = block.runs or (Run(block.text, bold=strong),)
        if block.role == "divider":
            self._add_divider(block, wrap(runs, self.inner * 0.8, size), size)
            return
        lines = wrap(runs, self.inner, size)
        if block.role in {"title", "subtitle"}:
            if self.y - len(lines) * size * LEADING < self.bottom + 5 * size:
                self._turn()
            self._mark(block.text, 0 if block.role == "title" else 1)
        for line in lines:
            if self.y - size * LEADING < self.bottom:
                self._turn()
            self._put_line(line, size, center=block.role == "title")
        self.y -= _GAP

    def _put_line(self, line: Line, size: float, *, center: bool) -> None:
        self.y -= size * LEADING
        x = self.margin + ((self.inner - line.width) / 2 if center else 0.0)
        y = self.y + size * 0.22
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
        self.pages.append(LaidPage())
        self.y = self.top

    def _add_sheet(self, sheet: Sheet) -> None:
        size = self.document.page.font_size
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
        top = self.y - 6
        for index, (above, below) in enumerate(columns):
            self._draw(_signature(self.margin + index * width, width, top, size, above, below))
        self.y -= height + _GAP

    def _add_contents(self, block: Contents) -> None:
        """Reserve the pages; the entries are drawn last, when page numbers are known."""
        size = 9.5
        entries = _entries(self.document)
        self._add_text(Text(block.title, "title"))
        self.marks.pop()
        start = 0
        while start < entries:
            room = max(1, int((self.y - self.bottom) / (size * 1.5)))
            count = min(room, entries - start)
            self._draw(self._contents_part(start, count, self.y, size))
            start += count
            self.y -= count * size * 1.5
            if start < entries:
                self._turn()
        self._turn()

    def _contents_part(self, start: int, count: int, top: float, size: float) -> Drawing:
        def draw(canvas: Canvas) -> None:
            y = top
            for mark in self.marks[start : start + count]:
                y -= size * 1.5
                font = face(bold=mark.level == 0)
                left, right = self.margin + mark.level * 14, self.margin + self.inner
                label = _shortened(mark.label, font, size, right - left - 40)
                canvas.setFont(font, size)
                canvas.drawString(left, y, label)
                canvas.drawRightString(right, y, str(mark.page))
                canvas.setLineWidth(0.4)
                canvas.setDash(0.5, 2)
                canvas.line(left + width_of(label, font, size) + 4, y, right - 24, y)
                canvas.setDash()

        return draw


def _entries(document: Document) -> int:
    roles = {"title", "subtitle", "divider"}
    return sum(
        1
        for block in document.blocks
        if (isinstance(block, Text) and block.role in roles)
        or (isinstance(block, Sheet) and block.name)
    )


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
