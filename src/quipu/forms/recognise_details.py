"""Labelled values above a table: the programme's name, its weight, its problems (S4-01, S4-03)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from quipu.domain.row import Row
from quipu.forms.definition import Detail, Form
from quipu.forms.raw import RawCell
from quipu.forms.recognise_grid import Grid
from quipu.forms.recognise_kinds import context_in, is_legend
from quipu.forms.recognise_titles import pattern
from quipu.forms.recognise_words import clean

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans(RAISED, "0123456789")
_GLUED = re.compile(r"(?<=[^\W\d_]{2})(\d{1,2})(?=\s*(?:$|[=:]))")
_AFTER_YEAR = re.compile(r"\b((?:19|20)\d\d)\d{1,2}\b")
_BEFORE_SIGN = re.compile(r"\s\d{1,2}(?=\s*[=:])")
_PARAGRAPH = re.compile(r"\s*(?:</?p\b[^>]*>|<br\s*/?>|[\r\n\v])\s*", re.IGNORECASE)
_LONGEST = 400
_REACH = 12


@dataclass(slots=True)
class Found:
    """What stands above a table: fields of the outer level's row, printed texts, the unit.

    `head` is the first row of the table's heading, `line` the row that names the outer level's.
    """

    fields: dict[str, str] = field(default_factory=dict)
    published: dict[str, str] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    head: int = 0
    line: int = 0
    code: str = ""
    text: str = ""
    unit: str = ""

    @property
    def named(self) -> bool:
        """Whether anything of the outer level's row was found."""
        return bool(self.fields or self.text)


def without_marks(text: str) -> str:
    """Give a label without the number of its note, raised, or glued to its last word."""
    bare = "".join(mark for mark in text if mark not in RAISED)
    bare = _AFTER_YEAR.sub(r"\1", _GLUED.sub("", bare))
    return clean(_BEFORE_SIGN.sub("", bare))


def marks_in(text: str) -> list[int]:
    """Give the numbers of notes that a text bears: raised, or glued to its last word."""
    raised = re.findall(f"[{RAISED}]+", text)
    if raised:
        return [int(one.translate(_DIGITS)) for one in raised]
    return [
        int(one) for one in re.findall(r"(?:(?<=[^\W\d_]{2})|(?<=\))) ?(\d{1,2})\s*$", clean(text))
    ]


def paragraphs_kept(text: str) -> str:
    """Give a cell's text with its paragraphs as lines, its underlining as `<u>`."""
    lines = (" ".join(line.split()) for line in _PARAGRAPH.split(text))
    return "\n".join(line for line in lines if line)


def detail_in(text: str, form: Form) -> tuple[Detail, str] | None:
    """Give the detail whose label a text is, with the value that stands behind it."""
    if not form.details or len(text) > _LONGEST:
        return None
    bare = without_marks(text)
    for detail in form.details:
        found = pattern(detail.pattern, form.institution).match(bare)
        if found is not None:
            return detail, found.get("value", "").lstrip("=: ")
    return None


def is_above(texts: Sequence[str], forms: Iterable[Form]) -> bool:
    """Tell whether a row stands above a table of forms with details, and is no row of one."""
    for form in forms:
        if not form.details:
            continue
        if any(context_in(text, form) or detail_in(text, form) for text in texts):
            return True
        if is_legend(texts, form):
            return True
    return False


def rows_end(grid: Grid, first: int, end: int, forms: Sequence[Form]) -> int:
    """Give the row where the rows of a table end because the lines above the next begin."""
    if any(form.details for form in forms):
        for row in range(first, end):
            if is_above([cell.text for _, cell in grid.filled(row)], forms):
                return row
    return end


def details_above(grid: Grid, first: int, head: int, form: Form) -> Found:
    """Read what stands above a table's heading, from row `first` to before `head`."""
    found = Found(head=head, line=head)
    for row in range(max(first, head - 4 * _REACH), head):
        filled = grid.filled(row)
        for place, (at, cell) in enumerate(filled):
            _take(found, grid, row, filled, place, form)
            named = context_in(cell.text, form)
            if named is not None and not found.text:
                found.code, found.text, found.line = named.code, named.text, row
                found.published["text"] = clean(cell.text)
                found.columns["text"] = at
    return found


def _take(
    found: Found, grid: Grid, row: int, filled: list[tuple[int, RawCell]], place: int, form: Form
) -> None:
    at, cell = filled[place]
    known = detail_in(cell.text, form)
    if known is None:
        return
    detail, value = known
    where = at
    if detail.below:
        value = _below(grid, row, at, found.head, form)
    elif not value and place + 1 < len(filled):
        where, beside = filled[place + 1]
        value = "" if detail_in(beside.text, form) else clean(beside.text)
    if detail.field == "unit":
        found.unit = found.unit or value
    elif value and detail.field not in found.fields:
        found.fields[detail.field] = found.published[detail.field] = value
        found.columns[detail.field] = where


def _below(grid: Grid, row: int, at: int, head: int, form: Form) -> str:
    """Give the value below a label, `""` where the next label or the heading `head` follows."""
    for under in range(row + 1, min(row + 3, head)):
        text = grid.cell(under, at).text
        if detail_in(text, form) is not None:
            return ""
        if value := paragraphs_kept(text):
            return value
    return ""


def details_row(found: Found, form: Form) -> Row:
    """Make the outer level's row from what stands above its table."""
    level = form.details[0].level
    title = form.title.get(form.language, "")
    return Row(
        form=form.id,
        kind=level,
        code=found.code,
        text=found.text or title,
        fields=dict(found.fields),
        published=dict(found.published),
    )


def note_numbers(form: Form) -> Iterator[int]:
    """Give the numbers of the notes that a form's headings and labels bear."""
    yield from (column.note for column in form.columns if column.note)
    yield from (detail.note for detail in form.details if detail.note)


def likeliest(forms: Sequence[Form], grid: Grid, first: int, head: int, last: int) -> Form | None:
    """Give the form, of several that fit equally, whose notes and lines stand at a heading.

    `first` to before `head` are the rows above, `head` to before `last` the heading's. `None`
    where neither tells.
    """
    marks = [0] * len(forms)
    heading = [cell.text for row in range(head, last) for _, cell in grid.filled(row)]
    numbers = {number for text in heading for number in marks_in(text)}
    for at, form in enumerate(forms):
        marks[at] += len(numbers & set(note_numbers(form)))
        for row in range(max(first, head - _REACH), head):
            texts = [cell.text for _, cell in grid.filled(row)]
            marks[at] += 20 * sum(context_in(text, form) is not None for text in texts)
            marks[at] += sum(detail_in(text, form) is not None for text in texts)
    best = max(marks)
    return forms[marks.index(best)] if best and marks.count(best) == 1 else None


def without_note(text: str, form: Form) -> str:
    """Give a text of a row without the number of its note at its end."""
    bare = clean(text).rstrip(RAISED).rstrip()
    glued = _GLUED.search(bare)
    if glued is not None and int(glued[1]) in {note.number for note in form.notes}:
        bare = bare[: glued.start()]
    return bare


def as_row(found: Found, form: Form, known: Row | None) -> Row:
    """Give the outer level's row with what was found; a known one keeps what it says."""
    row = details_row(found, form)
    if known is None:
        return row
    return replace(
        known,
        fields={**row.fields, **known.fields},
        published={**row.published, **known.published},
    )
