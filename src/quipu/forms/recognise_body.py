"""Which rows below a heading are rows of the table, and which are totals, titles or notes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from quipu.forms.definition import Form
from quipu.forms.raw import RawCell
from quipu.forms.recognise_columns import Slot, Wording
from quipu.forms.recognise_grid import Grid
from quipu.forms.recognise_kinds import level_of, told
from quipu.forms.recognise_titles import is_note
from quipu.forms.recognise_words import plain_words

_TOTAL = re.compile(
    r"(?:sub ?)?(?:total|totales|suma|sumas|sumatoria)(?: (?:general|generales|de|del|por|anual|"
    r"meta|metas|mensual|programado|unidad|la|\d{4}).*)?"
)
_NUMERIC_FIELDS = frozenset(
    {"target", "total", "cost", "weight", "budget", "quantity", "baseline", "price", "needed"}
)
_DIGIT = re.compile(r"\d")
_LONGEST_MARK = 2
_NONE = frozenset({"", "n a", "na", "nd", "s d", "no aplica"})

Filled = list[tuple[int, RawCell]]


class Sort(Enum):
    """What a row below a heading is."""

    BLANK = "blank"
    DATA = "data"
    OTHER = "other"
    SKIPPED = "skipped"
    CLOSING = "closing"


@dataclass(frozen=True)
class Layout:
    """A form's columns as they lie in one table."""

    form: Form
    slots: Mapping[int, Slot]

    @cached_property
    def text(self) -> int:
        """The column with the text of the innermost level."""
        own = {"", self.form.levels[-1].kind}
        return next(
            at
            for at, slot in self.slots.items()
            if slot.column.field == "text" and slot.column.level in own
        )

    @cached_property
    def code(self) -> int | None:
        """The column with the code of the innermost level, `None` when the text holds it."""
        own = {"", self.form.levels[-1].kind}
        for at, slot in self.slots.items():
            if slot.column.field == "code" and slot.column.level in own:
                return at
        return None

    @cached_property
    def naming(self) -> tuple[int, ...]:
        """The columns with code and text of the innermost level, the code's first."""
        return (self.text,) if self.code is None else (self.code, self.text)

    @cached_property
    def wording(self) -> Wording:
        """The words of the form's headings."""
        return Wording.of(self.form)

    @cached_property
    def numeric(self) -> frozenset[int]:
        """The columns of numbers."""
        return frozenset(
            at for at, slot in self.slots.items() if slot.column.field in _NUMERIC_FIELDS
        )

    @cached_property
    def flags(self) -> bool:
        """Whether the table has columns of marks, where any text is a figure."""
        return any(slot.column.flags for slot in self.slots.values())

    @cached_property
    def calendar(self) -> bool:
        """Whether the table has only texts and marks for periods: a row may have no mark yet."""
        return all(slot.column.flags or at == self.text for at, slot in self.slots.items())

    @cached_property
    def left(self) -> int:
        """The table's first column."""
        return min(self.slots)

    @cached_property
    def closing(self) -> frozenset[str]:
        """The labels of the signatures, which end the table."""
        return frozenset(plain_words(line.label) for line in self.form.signatures)

    @cached_property
    def closing_starts(self) -> frozenset[str]:
        """The first letters of those labels, by which most texts are passed quickly."""
        return frozenset(line.label.lstrip()[:1].casefold() for line in self.form.signatures)


def sorted_rows(
    grid: Grid, first: int, last: int, layout: Layout
) -> Iterator[tuple[int, Sort, Filled]]:
    """Tell of each row from `first` to before `last` what it is."""
    gap = closed = False
    for row in range(first, last):
        filled = grid.filled(row)
        sort = _sort(grid, row, filled, layout, gap) if filled else Sort.BLANK
        if sort is Sort.CLOSING:
            closed = True
        if closed and sort is Sort.DATA:
            sort = Sort.OTHER
        yield row, sort, filled
        if sort is Sort.DATA:
            gap = False
        elif sort is not Sort.SKIPPED:
            gap = True


def _sort(grid: Grid, row: int, filled: Filled, layout: Layout, gap: bool) -> Sort:
    if any(_closes(cell.text, layout) for _, cell in filled):
        return Sort.CLOSING
    if layout.form.listed:
        return _listed_sort(filled, layout, gap)
    told = _told(filled, layout)
    if told is not None:
        return told
    if layout.form.cascade:
        return _cascade_sort(grid, row, filled, layout, gap)
    if len(filled) == 1:
        return _single(grid, row, filled[0], layout, gap)
    if _is_total(filled, layout) or _is_numbering(filled, layout):
        return Sort.SKIPPED
    return Sort.DATA if _is_data(filled, layout, gap) else Sort.OTHER


def _cascade_sort(grid: Grid, row: int, filled: Filled, layout: Layout, gap: bool) -> Sort:
    """Judge a row of a cascade, where any cell may be the rest of one above.

    After a gap a text by itself is a title or a page's number, unless it is a known heading.
    """
    if _is_numbering(filled, layout) or all(is_note(cell.text) for _, cell in filled):
        return Sort.SKIPPED
    text = plain_words(filled[0][1].text)
    levels = layout.form.levels
    known = any(text == plain_words(word) for level in levels for word in level.words)
    known = known or level_of(filled[0][1].text, layout.form) is not None
    if len(filled) > 1 or known:
        return Sort.DATA
    at = filled[0][0]
    if gap or text.isdecimal() or at not in layout.slots:
        return Sort.OTHER
    return Sort.DATA


def _listed_sort(filled: Filled, layout: Layout, gap: bool) -> Sort:
    """Judge a row of a table that goes on with what stands above a blank cell.

    A text by itself is a label with nothing beside it yet, or more of the cell above; after a gap
    it is a title or a note.
    """
    cells = {at: cell.text for at, cell in filled if at in layout.slots}
    if _is_total(filled, layout) or _is_numbering(filled, layout):
        return Sort.SKIPPED
    if not cells or (len(filled) == 1 and (gap or is_note(filled[0][1].text))):
        return Sort.OTHER
    weighed = any(_DIGIT.search(cells[at]) for at in layout.numeric if at in cells)
    enough = layout.text in cells or weighed or len(cells) > 2
    return Sort.DATA if enough or not gap else Sort.OTHER


_TOLD = {"row": Sort.DATA, "line": Sort.OTHER, "nothing": Sort.SKIPPED}


def _told(filled: Filled, layout: Layout) -> Sort | None:
    """Judge a row by its words, where the form has levels or lines above its tables."""
    form = layout.form
    if not (form.ranked or form.contexts or form.legend.lines):
        return None
    cells = {at: cell.text for at, cell in filled}
    if len(cells) > 1 and all(layout.wording.knows(text) for text in cells.values()):
        return Sort.SKIPPED
    own = frozenset(layout.slots) - layout.numeric
    found = told(cells, form, layout.naming, own)
    return _TOLD[found] if found is not None else None


def _closes(text: str, layout: Layout) -> bool:
    start = text.lstrip()[:1].casefold()
    return start in layout.closing_starts and len(text) < 60 and plain_words(text) in layout.closing


def _single(grid: Grid, row: int, only: tuple[int, RawCell], layout: Layout, gap: bool) -> Sort:
    """Judge a row with one text: an activity without figures only where nothing else fits."""
    at, cell = only
    if _is_total([only], layout):
        return Sort.SKIPPED
    wide = grid.across(row, at) > 2
    inside = at == layout.text and (at != layout.left or layout.calendar)
    if inside and not gap and not wide and len(cell.text) > 3 and not is_note(cell.text):
        return Sort.DATA
    return Sort.OTHER


def _is_total(filled: Filled, layout: Layout) -> bool:
    if any(at == layout.code for at, _ in filled):
        return False
    texts = [
        cell.text for at, cell in filled if at not in layout.numeric and not _figure(cell.text)
    ]
    if len(texts) == 1:
        return len(texts[0]) <= 60 and _TOTAL.fullmatch(plain_words(texts[0])) is not None
    return not texts and all(at in layout.numeric or at not in layout.slots for at, _ in filled)


def _figure(text: str) -> bool:
    return _DIGIT.search(text) is not None and not any(map(str.isalpha, text))


def _says_none(text: str) -> bool:
    """Tell whether a cell says with a dash or a word that it has nothing: `-`, `N/A`."""
    return plain_words(text) in _NONE


def _is_mark(text: str) -> bool:
    return len(text.strip()) <= _LONGEST_MARK


def _is_numbering(filled: Filled, layout: Layout) -> bool:
    """Tell whether a row only numbers the columns: 1, 2, 3 … or (1), (2), (3) …, or A, B, C …."""
    marks = [cell.text for at, cell in filled if at in layout.slots]
    if len(marks) < 3 or len(marks) < len(layout.slots) - 1 or len(marks[0]) > 8:
        return False
    first = plain_words(marks[0])
    if first.isdecimal():
        expected = [str(int(first) + step) for step in range(len(marks))]
    elif first == "a":
        expected = [chr(ord("a") + step) for step in range(len(marks))]
    else:
        return False
    return [plain_words(mark) for mark in marks] == expected


def _is_data(filled: Filled, layout: Layout, gap: bool) -> bool:
    cells = {at: cell.text for at, cell in filled if at in layout.slots}
    text = layout.text in cells
    code = layout.code in cells if layout.code is not None else False
    code = code and _like_code(cells[layout.code or 0], layout.form)
    figures = sum(
        at in layout.numeric and (_figure(value) or layout.slots[at].column.flags)
        for at, value in cells.items()
    )
    marks = sum(at in layout.numeric and not _says_none(text) for at, text in cells.items())
    if marks > 2 * figures + 2 and not layout.flags:
        return False
    outside = {layout.text, layout.code}
    fields = sum(at not in layout.numeric and at not in outside for at in cells)
    beyond = any(
        at not in layout.slots and (_figure(cell.text) or (layout.flags and _is_mark(cell.text)))
        for at, cell in filled
    )
    if text:
        if code or (fields and (figures or beyond)):
            return True
        if layout.numeric and not gap:
            return fields > 0 or figures > 0 or (beyond and layout.flags)
        if layout.numeric:
            return figures > 1 or (marks > 0 and fields > 1)
        return fields > 0
    return (code and (fields > 0 or figures > 0)) or (fields > 1 and figures > 0)


def _like_code(text: str, form: Form) -> bool:
    pattern = form.levels[-1].code
    bare = text.strip().strip("_-–. ")
    if not pattern:
        return len(bare) <= 20
    return re.fullmatch(pattern, bare) is not None or (
        len(bare) <= 12 and _DIGIT.search(bare) is not None
    )
