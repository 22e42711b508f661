"""A file cut into sections: what stands above a table, its heading, and the rows below."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from quipu.forms.corrections import Correction, corrected
from quipu.forms.raw import RawFile
from quipu.forms.recognise_body import Filled, Layout, Sort, sorted_rows
from quipu.forms.recognise_columns import Wording
from quipu.forms.recognise_details import likeliest, rows_end
from quipu.forms.recognise_grid import Grid
from quipu.forms.recognise_headings import Head, find_heads
from quipu.forms.recognise_rivals import nearest
from quipu.forms.recognise_titles import Labels, Line, box_in, names_an_office
from quipu.forms.recognise_unheaded import with_unheaded
from quipu.forms.recognise_words import clean, plain_words

_SIDE_BY_SIDE = 3

Entry = tuple[int, Sort, Filled]


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of one raw table: the lines above, the heading (if any), and the rows below it.

    `lines` end where the heading begins. Where `head` is `None` there is no heading and `entries`
    are empty: a cover, notes, or the headless rest of the table before. `opening` has the lines
    between the heading and the first row. `first` is the row where what stands above begins.
    """

    grid: Grid
    lines: tuple[Line, ...]
    head: Head | None = None
    layout: Layout | None = None
    entries: tuple[Entry, ...] = ()
    opening: tuple[Line, ...] = ()
    first: int = 0


def cut(
    raw: RawFile,
    wordings: Sequence[Wording],
    header: dict[str, str],
    corrections: Sequence[Correction] = (),
) -> list[Section]:
    """Cut a file into sections; fields of the document's box are put into `header`."""
    labels = Labels.of(wording.form for wording in wordings)
    sections: list[Section] = []
    for number, table in enumerate(raw.tables):
        grid = Grid.of(table)
        heads = find_heads(grid, wordings)
        if corrections:
            heads = corrected(number, grid, heads, wordings, corrections)
        first = heads[0].first if heads else len(grid)
        above = _lines(grid, range(first), labels, header)
        start = 0
        if not heads:
            sections.append(Section(grid, above))
            continue
        for head, after in zip(heads, [*heads[1:], None], strict=True):
            end = after.first if after is not None else len(grid)
            layout = _layout(grid, head, end, start)
            last = rows_end(grid, head.last, end, [wording.form for wording in wordings])
            entries = tuple(sorted_rows(grid, head.last, last, layout))
            opening = tuple(
                line
                for row, _, filled in takewhile(lambda entry: entry[1] is not Sort.DATA, entries)
                for line in lines_of(grid, row, filled, labels, {})
            )
            titles = _without_groups(grid, above, head, layout)
            sections.append(Section(grid, titles, head, layout, _body(entries), opening, start))
            above = _lines(grid, [*_tail(entries), *range(last, end)], labels, header)
            start = last if last < end else max((row for row, *_ in _body(entries)), default=0)
    return sections


def _without_groups(
    grid: Grid, lines: tuple[Line, ...], head: Head, layout: Layout
) -> tuple[Line, ...]:
    """Leave out words that stand right above the heading, over its periods only: no title."""
    periods = {at for at, slot in layout.slots.items() if slot.column.periods}
    row = head.first - 1
    while row >= 0 and (filled := grid.filled(row)):
        texts = [cell.text for _, cell in filled]
        if not all(at in periods for at, _ in filled) or any(map(names_an_office, texts)):
            break
        row -= 1
    return tuple(line for line in lines if line.row <= row)


def _layout(grid: Grid, head: Head, end: int, start: int) -> Layout:
    """Give the columns of a table: of the form that its texts name where several fit."""
    fits = {one.form.id: one for one in (head.fit, *head.rivals)}
    if head.rivals:
        forms = [one.form for one in fits.values()]
        told = likeliest(forms, grid, start, head.first, head.last)
        form = told or nearest(forms, grid, head.first, head.last, end)
    else:
        form = head.fit.form
    slots = fits[form.id].slots
    return Layout(form, with_unheaded(grid, head.last, end, form, slots))


def continued(section: Section, layout: Layout) -> Section | None:
    """Give a section without heading as the rest of the table before, when its rows fit there."""
    entries = tuple(sorted_rows(section.grid, 0, len(section.grid), layout))
    first = next((entry for entry in entries if entry[1] is Sort.DATA), None)
    if first is None or not _fits(first[2], layout):
        return None
    above = tuple(line for line in section.lines if line.row < first[0])
    return Section(section.grid, above, None, layout, _body(entries))


def _fits(filled: Filled, layout: Layout) -> bool:
    """Tell whether a row without heading has figures, and only figures, in the numeric columns."""
    cells = dict(filled)
    figures = [cells[at].text for at in layout.numeric if at in cells]
    readable = all(any(map(str.isdigit, text)) and len(text) <= 20 for text in figures)
    return layout.text in cells and bool(figures) and readable and len(filled) > 3


def _body(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Leave away what stands below the last row of the table."""
    last = max((place for place, entry in enumerate(entries) if entry[1] is Sort.DATA), default=-1)
    kept = entries[: last + 1]
    return tuple(entry for entry in kept if entry[1] in (Sort.DATA, Sort.OTHER))


def _tail(entries: Sequence[Entry]) -> list[int]:
    last = max((row for row, sort, _ in entries if sort is Sort.DATA), default=-1)
    quiet = (Sort.OTHER, Sort.CLOSING)
    return [row for row, sort, _ in entries if row > last and sort in quiet]


def _lines(
    grid: Grid, rows: Sequence[int], labels: Labels, header: dict[str, str]
) -> tuple[Line, ...]:
    lines: list[Line] = []
    for row in rows:
        filled = grid.filled(row)
        if filled:
            _signatures(grid, row, filled, labels, header)
            lines += lines_of(grid, row, filled, labels, header)
    return tuple(lines)


def lines_of(
    grid: Grid, row: int, filled: Filled, labels: Labels, header: dict[str, str]
) -> list[Line]:
    """Give a row outside the table as lines; the document's box goes into `header`.

    A row with a number beside a text is a line of a table of contents, not a title.
    """
    if not filled:
        return []
    texts = [clean(cell.text) for _, cell in filled]
    if len(set(texts)) == 1:
        # A merged cell whose text the file repeats in every column.
        texts = texts[:1]
    found, rest = box_in(texts, labels) if len(texts) <= 12 else ({}, texts)
    for name, value in found.items():
        header.setdefault(name, value)
    wide = grid.across(row, filled[0][0]) > 2
    if not rest or len(rest) > _SIDE_BY_SIDE:
        return []
    if len(rest) > 1 and rest[0].endswith(":"):
        return [Line(" ".join(rest), row, wide)]
    if len(rest) > 1 and any(not any(map(str.isalpha, text)) for text in rest):
        return []
    return [Line(text, row, wide) for text in rest]


def _signatures(
    grid: Grid, row: int, filled: Filled, labels: Labels, header: dict[str, str]
) -> None:
    """Read the signature block: under each label the names, then the unit."""
    for at, cell in filled:
        name = labels.signatures.get(plain_words(cell.text)) if len(cell.text) < 60 else None
        if name is None:
            continue
        below: list[str] = []
        for under in range(row + 1, min(row + 5, len(grid))):
            if not grid.filled(under):
                break
            below.append(grid.text(under, at))
        if any(below):
            header.setdefault(name, "\n".join(text for text in below if text))


def common_lines(sections: Sequence[Section]) -> frozenset[str]:
    """Give the lines that stand above the tables of most sheets: the letterhead, not a unit."""
    sheets: dict[int, set[str]] = {}
    for section in sections:
        if section.head is not None:
            texts = {plain_words(line.text) for line in section.lines}
            sheets.setdefault(id(section.grid), set()).update(texts)
    count = Counter(text for texts in sheets.values() for text in texts)
    least = max(3, 0.6 * len(sheets))
    return frozenset(text for text, times in count.items() if times >= least)
