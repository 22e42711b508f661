"""Documents that flow: paragraphs and tables in the order of their pages, as raw tables.

Every table of the document becomes a raw table, with the paragraphs since the table before it as
rows of one cell above, where titles stand. Word documents and HTML are put together here.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quipu.domain.errors import InputError
from quipu.files.grid import BLANK, MAX_COLUMN, Allowance
from quipu.forms.markup import marked_cell
from quipu.forms.markup import raised as raised_word
from quipu.forms.raw import Merge, RawCell, RawTable

MAX_CELLS = 200_000
MAX_PLACES = 1_000_000
"""More cells than this nobody writes into tables of a document; workbooks have more."""

_SPACES = re.compile(r"[^\S\n]+")
_SHARED = 50_000
_LINES_OF_CELLS = 6


@dataclass(slots=True)
class Words:
    """A text while it is read: underlined stretches get `<u>…</u>`, raised digits are digits."""

    stretches: list[tuple[str, bool]] = field(default_factory=list)

    def add(self, text: str, *, underlined: bool = False, raised: bool = False) -> None:
        """Add letters as they stand."""
        if raised:
            text = raised_word(text)
        stretches = self.stretches
        if stretches and stretches[-1][1] == underlined:
            stretches[-1] = (stretches[-1][0] + text, underlined)
        elif text:
            stretches.append((text, underlined))

    def text(self) -> str:
        """Give the whole, without blanks at its ends."""
        stretches = self.stretches
        if len(stretches) == 1 and not stretches[0][1]:
            return stretches[0][0].strip()
        plain = "".join(text for text, _ in stretches)
        # A figure is a figure, and a line of underlined blanks is a place to write.
        if not any(map(str.isalpha, plain)):
            return plain.strip()
        return "".join(_marked(text) if under else text for text, under in self._joined()).strip()

    def _joined(self) -> list[tuple[str, bool]]:
        """Join underlined words whose space between them is not underlined."""
        joined: list[tuple[str, bool]] = []
        for at, (text, marked) in enumerate(self.stretches):
            last = at + 1 == len(self.stretches)
            between = not last and not text.strip() and "\n" not in text
            under = marked or (between and bool(joined) and joined[-1][1])
            if joined and joined[-1][1] == under:
                joined[-1] = (joined[-1][0] + text, under)
            else:
                joined.append((text, under))
        return joined


def _marked(text: str) -> str:
    """Underline each line of a text for itself, blanks at the ends left outside."""
    return "\n".join(_marked_line(line) for line in text.split("\n"))


def _marked_line(line: str) -> str:
    bare = line.strip()
    if not bare:
        return line
    start = line.index(bare)
    return f"{line[:start]}<u>{bare}</u>{line[start + len(bare) :]}"


@dataclass(slots=True)
class Box:
    """A cell of a table: its first column and how many columns and rows it covers."""

    column: int
    across: int
    text: str
    down: int = 1


@dataclass(frozen=True, slots=True)
class FlowPlace:
    """Says where a row is, as a person would: `informe.docx, tabla 3, fila 7`."""

    above: tuple[str, ...]
    table: str

    def __call__(self, row: int, column: int) -> str:
        """Give the place of a row (from 0): a paragraph above the table, or a row of it."""
        del column
        if row < len(self.above):
            return self.above[row]
        return f"{self.table}, fila {row - len(self.above) + 1}"


Line = tuple[str, tuple[RawCell, ...]]
"""The place of a paragraph's line, and its cells: what tabs set apart."""


@dataclass(slots=True)
class Flow:
    """The tables of a document while it is read; `finish` gives them."""

    name: str
    allowance: Allowance
    tables: list[RawTable] = field(default_factory=list)
    _above: list[Line] = field(default_factory=list)
    _paragraphs: int = 0
    _count: int = 0
    _known: dict[str, RawCell] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str) -> "Flow":
        """Begin a document with a name."""
        return cls(name, Allowance(name, MAX_CELLS, MAX_PLACES))

    def number(self) -> str:
        """Give the next table of the document its name."""
        self._count += 1
        return f"{self.name}, tabla {self._count}"

    def put_paragraph(self, text: str, place: str = "") -> None:
        """Keep a paragraph; each of its lines is a row, blank ones too."""
        self._paragraphs += 1
        place = place or f"{self.name}, párrafo {self._paragraphs}"
        for line in text.split("\n"):
            cells = tuple(self._cell(part.strip()) for part in line.strip().split("\t"))
            self.allowance.take(1, len(cells))
            self._above.append((place, cells if line.strip() else ()))

    def put_table(
        self,
        rows: Sequence[Sequence[Box]],
        table: str,
        *,
        widths: Sequence[int] = (),
        above: Sequence[Line] | None = None,
    ) -> None:
        """Keep a table; `above` replaces the paragraphs above it (for one inside another).

        `widths` are those of its columns in twentieths of a point, where they are known.
        """
        lines = self._above if above is None else list(above)
        cells, merges = self._grid(rows, widths)
        if above is None:
            self._above = []
        if not any(cells):
            return
        top = len(lines)
        place = FlowPlace(tuple(place for place, _ in lines), table)
        moved = tuple((a + top, b, c + top, d) for a, b, c, d in merges)
        body = (*(line for _, line in lines), *cells)
        self.tables.append(RawTable(self.name, body, place, moved))

    def drop_repeated(self) -> None:
        """Leave away lines and tables that stand twice, as in the headers of odd and even pages."""
        self._above = list({line[1]: line for line in self._above if line[1]}.values())
        self.tables = list({table.rows: table for table in self.tables}.values())
        self._paragraphs = 0

    def lines_of(self, rows: Iterable[Sequence[Box]], table: str) -> list[Line]:
        """Give the last cells of a table as lines over one that stands inside it."""
        found: list[Line] = [
            (f"{table}, fila {at + 1}", (self._cell(" ".join(box.text.split())),))
            for at, row in enumerate(rows)
            for box in row
            if box.text
        ]
        return found[-_LINES_OF_CELLS:]

    def finish(self) -> list[RawTable]:
        """Give all tables, and what stands below the last one as a table of lines."""
        while self._above and not self._above[-1][1]:
            self._above.pop()
        if self._above:
            place = FlowPlace(tuple(place for place, _ in self._above), self.name)
            self.tables.append(RawTable(self.name, tuple(line for _, line in self._above), place))
            self._above = []
        if not self.tables:
            raise InputError("file-empty", file=self.name)
        return self.tables

    def _grid(
        self, rows: Sequence[Sequence[Box]], widths: Sequence[int]
    ) -> tuple[list[tuple[RawCell, ...]], list[Merge]]:
        index = _columns(rows, widths)
        starts = sorted(index)
        cells: list[tuple[RawCell, ...]] = []
        merges: list[Merge] = []
        for at, row in enumerate(rows):
            line: list[RawCell] = []
            for box in row:
                left = index[box.column]
                after = bisect_left(starts, box.column + box.across)
                right = index[starts[after]] - 1 if after < len(starts) else index[starts[-1]]
                bottom = min(at + box.down, len(rows)) - 1
                if right > left or bottom > at:
                    merges.append((at, left, bottom, max(left, right)))
                if box.text:
                    line += [BLANK] * (left - len(line))
                    if left < len(line):
                        # Two cells that the snapping of columns has brought together.
                        before = line[left].rich or line[left].text
                        line[left] = self._cell(f"{before}\n{box.text}".strip())
                    else:
                        line.append(self._cell(box.text))
            self.allowance.take(0, len(line))
            cells.append(tuple(line))
        while cells and not cells[-1]:
            cells.pop()
        kept = [merge for merge in merges if merge[0] < len(cells)]
        return cells, [(a, b, min(c, len(cells) - 1), d) for a, b, c, d in kept]

    def _cell(self, text: str) -> RawCell:
        if not text:
            return BLANK
        known = self._known.get(text)
        if known is None:
            known = marked_cell(text)
            if len(self._known) < _SHARED:
                self._known[text] = known
        return known


_NARROW = 280
"""Columns nearer than half a centimetre that no row tells apart are one, moved by hand."""


def _columns(rows: Sequence[Sequence[Box]], widths: Sequence[int]) -> dict[int, int]:
    """Number the columns in which cells begin: those that only lines of other rows cut are none."""
    used: dict[int, set[int]] = {}
    few = len(rows) * len(widths) <= _SHARED
    for at, row in enumerate(rows):
        for box in row:
            used.setdefault(box.column, set()).add(at if few else 0)
    index: dict[int, int] = {}
    before = -1
    for column in sorted(used):
        near = few and before >= 0 and column <= len(widths) and _gap(widths, before, column) > 0
        if near and _gap(widths, before, column) < _NARROW and not used[before] & used[column]:
            index[column] = index[before]
            used[before] |= used[column]
            continue
        index[column] = index[before] + 1 if before >= 0 else 0
        before = column
    return index


def _gap(widths: Sequence[int], first: int, last: int) -> int:
    return sum(widths[first:last])


def tidy(text: str) -> str:
    """Give a text whose stretches of blanks are one space, without blank lines."""
    lines = (line.strip() for line in _SPACES.sub(" ", text).split("\n"))
    return "\n".join(filter(None, lines))


def checked_span(number: int, file: str, part: str) -> int:
    """Give how many columns a cell covers; raises `InputError("file-damaged")` for none or all."""
    if not 1 <= number <= MAX_COLUMN:
        raise InputError("file-damaged", file=file, part=part)
    return number
