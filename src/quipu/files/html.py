"""Tables in HTML: pasted from Word or Excel, saved as a page, or a page that calls itself .xls.

Marks are told apart by one expression that never looks back: the standard library's parser takes
four times as long, and for marks that are never closed its time grows with their square.
"""

import re
from dataclasses import dataclass, field
from html import unescape

from quipu.domain.errors import InputError
from quipu.files.flow import Box, Flow, Words, tidy
from quipu.forms.raw import RawFile

MAX_TEXT = 16 * 2**20
_DEEPEST = 100
_WIDEST = 1_000
_TALLEST = 65_534
_BEGINS = re.compile(
    r"\s*(?:Version:[\d.]+\s+StartHTML:|<\?xml[^>]*>\s*(?:<!doctype html|<html)|"
    r"<(?:!doctype html|html|head|body|table|meta|style|div|!--))",
    re.IGNORECASE,
)
_DESCRIPTION = re.compile(r"\s*Version:[\d.]+\s")
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "blockquote",
        "pre",
        "caption",
        "ul",
        "ol",
    ]
)
_UNSEEN = frozenset(["style", "script", "title", "xml", "del", "template"])
_VOID = frozenset(
    ["br", "img", "hr", "input", "meta", "link", "col", "wbr", "area", "base", "embed", "source"]
)
_UNDERLINED = re.compile(r"text-decoration[a-z-]*:[^;]*underline|text-underline:\s*(?!none)\w")
_HIDDEN = re.compile(r"display:\s*none|mso-hide:\s*all|visibility:\s*hidden")
_RAISED = re.compile(r"vertical-align:\s*super")
_TABLE_PARTS = frozenset(["table", "tr", "td", "th"])
_TOKEN = re.compile(
    r"""<(?P<end>/?)(?P<tag>[a-z][^\s<>/]*+)(?P<given>(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)>
    |<(?P<end2>/?)(?P<tag2>[a-z][^\s<>/]*+)(?P<given2>[^<>]*+)>
    |(?P<text>[^<]++|<)""",
    re.VERBOSE | re.IGNORECASE,
)
_ASIDE = re.compile("<[!?]")
_ATTRIBUTE = re.compile(
    r"""([a-z][\w:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
_BLANKS = re.compile(r"[\s\xa0]+")


def is_html(text: str) -> bool:
    """Tell whether a text is a page or a piece of one, and no text that has some marks left."""
    return _BEGINS.match(text) is not None


def read_html(text: str, name: str) -> RawFile:
    """Read all tables of a page, with the paragraphs between them as rows of one cell above.

    Raises `InputError("file-empty")` without any words, `file-too-large`, `file-too-large-inside`.
    """
    if len(text) > MAX_TEXT:
        raise InputError("file-too-large", file=name, limit=MAX_TEXT // 2**20)
    if _DESCRIPTION.match(text) is not None:
        text = text[max(text.find("<"), 0) :]
    reader = _Reader(Flow.of(name))
    reader.read(_without_asides(text))
    return RawFile(name, tuple(reader.flow.finish()))


def _without_asides(text: str) -> str:
    """Take out comments and declarations, and an end that is no whole mark.

    They are what makes the parser slow when they are never closed; a page's words are in none.
    """
    pieces: list[str] = []
    at = 0
    while True:
        aside = _ASIDE.search(text, at)
        if aside is None:
            break
        start = aside.start()
        pieces.append(text[at:start])
        closing = "-->" if text.startswith("<!--", start) else ">"
        end = text.find(closing, start)
        if end < 0:
            at = len(text)
            break
        at = end + len(closing)
    pieces.append(text[at:])
    whole = " ".join(pieces) if len(pieces) > 1 else pieces[0]
    last = whole.rfind(">")
    tail = whole.find("<", last + 1)
    return whole if tail < 0 else whole[:tail]


@dataclass(slots=True)
class _Cell:
    column: int
    across: int
    down: int
    words: Words = field(default_factory=Words)


@dataclass(slots=True)
class _Table:
    """A table while it is read; `busy` has the columns that a cell above still covers."""

    name: str
    rows: list[list[Box]] = field(default_factory=list)
    busy: dict[int, int] = field(default_factory=dict)
    row: list[Box] | None = None
    column: int = 0
    cell: _Cell | None = None
    marks: int = 0
    inner: list[tuple["_Table", int]] = field(default_factory=list)


class _Reader:
    """Follows the marks of a page, as far as they are right, and like a browser where not."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.tables: list[_Table] = []
        self.line = Words()
        # Open marks: name, and what they do to the letters in them.
        self.marks: list[tuple[str, str]] = []
        self.unseen = self.underlined = self.raised = 0

    def read(self, page: str) -> None:
        """Read a page; `flow` then has its tables."""
        for token in _TOKEN.finditer(page):
            if token["text"] is not None:
                self._read_text(token["text"])
                continue
            tag = (token["tag"] or token["tag2"]).lower()
            if token["end"] or token["end2"]:
                self._end_mark(tag)
            else:
                given = token["given"] or token["given2"] or ""
                self._start_mark(tag, _attributes(given) if "=" in given else {})
        self._end_line()
        while self.tables:
            self._end_table()

    # ------------------------------------------------ marks

    def _start_mark(self, tag: str, given: dict[str, str]) -> None:
        if tag in _TABLE_PARTS:
            self._start_part(tag, given)
            return
        if tag == "br":
            self._add("\n")
        elif tag in _BLOCKS:
            self._end_line()
        if tag not in _VOID:
            effect = _effect(tag, given.get("style", ""))
            self.marks.append((tag, effect))
            self._count(effect, 1)

    def _end_mark(self, tag: str) -> None:
        if tag in _TABLE_PARTS:
            self._end_part(tag)
            return
        floor = self.tables[-1].marks if self.tables else 0
        # Nested marks close in any order; only those opened in this cell.
        for at in range(len(self.marks) - 1, max(floor, len(self.marks) - _DEEPEST) - 1, -1):
            if self.marks[at][0] == tag:
                for _, effect in self.marks[at:]:
                    self._count(effect, -1)
                del self.marks[at:]
                break
        if tag in _BLOCKS:
            self._end_line()

    def _count(self, effect: str, step: int) -> None:
        match effect:
            case "unseen":
                self.unseen += step
            case "underlined":
                self.underlined += step
            case "raised":
                self.raised += step

    def _read_text(self, text: str) -> None:
        if not self.unseen:
            self._add(_BLANKS.sub(" ", unescape(text) if "&" in text else text))

    # ------------------------------------------------ tables

    def _start_part(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table":
            self._start_table()
            return
        if not self.tables:
            # What Excel puts on the clipboard may begin inside its table.
            self._start_table()
        table = self.tables[-1]
        if tag == "tr":
            self._end_row(table)
            self._start_row(table)
            return
        self._end_cell(table)
        if table.row is None:
            self._start_row(table)
        while table.busy.get(table.column, 0) > 0:
            table.column += 1
        across = _span(given.get("colspan", ""), 1, _WIDEST)
        self.flow.allowance.take(1, across)
        down = _span(given.get("rowspan", ""), 0, _TALLEST) or _TALLEST
        table.cell = _Cell(table.column, across, down)
        table.marks = len(self.marks)

    def _end_part(self, tag: str) -> None:
        if not self.tables:
            return
        table = self.tables[-1]
        if tag in ("td", "th"):
            self._end_cell(table)
        elif tag == "tr":
            self._end_row(table)
        else:
            self._end_table()

    def _start_table(self) -> None:
        if len(self.tables) >= _DEEPEST:
            raise InputError("file-damaged", file=self.flow.name, part="table")
        self._end_line()
        outer = self.tables[-1] if self.tables else None
        if outer is not None and outer.cell is None:
            # A table that nobody closed, and the next one begins.
            self._end_table()
            outer = self.tables[-1] if self.tables else None
        if outer is not None:
            name = f"{outer.name}, fila {len(outer.rows) + 1}, tabla interior"
        else:
            name = self.flow.number()
        self.tables.append(_Table(name, marks=len(self.marks)))

    def _start_row(self, table: _Table) -> None:
        table.row, table.column = [], 0

    def _end_cell(self, table: _Table) -> None:
        cell = table.cell
        if cell is None:
            return
        table.cell = None
        text = tidy(cell.words.text())
        box = Box(cell.column, cell.across, text, cell.down)
        if table.row is not None:
            table.row.append(box)
        if cell.down > 1:
            for column in range(cell.column, cell.column + cell.across):
                table.busy[column] = cell.down
        table.column = cell.column + cell.across
        # Marks that nobody closed in the cell end with it.
        for _, effect in self.marks[table.marks :]:
            self._count(effect, -1)
        del self.marks[table.marks :]

    def _end_row(self, table: _Table) -> None:
        self._end_cell(table)
        if table.row is None:
            return
        self.flow.allowance.take(0, 1 + len(table.busy))
        table.rows.append(table.row)
        table.row = None
        table.busy = {column: left - 1 for column, left in table.busy.items() if left > 1}

    def _end_table(self) -> None:
        self._end_row(self.tables[-1])
        table = self.tables.pop()
        self.line = Words()
        if not self.tables:
            self._put(table, None)
            return
        outer = self.tables[-1]
        if outer.cell is not None and all(len(row) <= 1 for row in table.rows):
            for row in table.rows:
                outer.cell.words.add("".join(f"\n{box.text}" for box in row if box.text))
        else:
            outer.inner.append((table, len(outer.rows)))

    def _put(self, table: _Table, outer: tuple[_Table, int] | None) -> None:
        above = None
        if outer is not None:
            above = self.flow.lines_of(outer[0].rows[: outer[1] + 1], outer[0].name)
        self.flow.put_table(table.rows, table.name, above=above)
        for inner, row in table.inner:
            self._put(inner, (table, row))

    # ------------------------------------------------ text

    def _add(self, text: str) -> None:
        if self.unseen:
            return
        words = self._words()
        if words is None:
            return
        if text == " " and (not words.stretches or words.stretches[-1][0].endswith((" ", "\n"))):
            return
        words.add(text, underlined=self.underlined > 0, raised=self.raised > 0)

    def _words(self) -> Words | None:
        """Give where letters go: a cell, a line between tables, or nowhere between cells."""
        if not self.tables:
            return self.line
        cell = self.tables[-1].cell
        return cell.words if cell is not None else None

    def _end_line(self) -> None:
        if self.tables:
            cell = self.tables[-1].cell
            if cell is not None and cell.words.stretches:
                self._break(cell.words)
            return
        text = tidy(self.line.text())
        if text:
            self.flow.put_paragraph(text)
        self.line = Words()

    def _break(self, words: Words) -> None:
        if not words.stretches[-1][0].endswith("\n"):
            words.add("\n")


def _attributes(given: str) -> dict[str, str]:
    return {
        name.lower(): unescape(quoted or single or bare)
        for name, quoted, single, bare in _ATTRIBUTE.findall(given)
    }


def _effect(tag: str, style: str) -> str:
    """Tell what a mark does to the letters in it."""
    style = style.lower()
    if tag in _UNSEEN or (style and _HIDDEN.search(style)):
        return "unseen"
    if tag == "u" or (style and _UNDERLINED.search(style)):
        return "underlined"
    if tag == "sup" or (style and _RAISED.search(style)):
        return "raised"
    return ""


def _span(text: str, least: int, most: int) -> int:
    text = text.strip()
    if not text.isdecimal() or len(text) > 9:
        return 1
    return min(max(int(text), least), most)
