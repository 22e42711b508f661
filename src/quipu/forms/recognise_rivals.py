"""Which of several forms with the same columns a table is: its title, its name, its words tell."""

from collections.abc import Iterable, Sequence

from quipu.forms.definition import Form
from quipu.forms.recognise_grid import Grid
from quipu.forms.recognise_words import plain_words, stems

_NEAR = 6
_LOOKED_AT = 40


def nearest(forms: Sequence[Form], grid: Grid, first: int, last: int, end: int) -> Form:
    """Give the form, of several that fit equally, that the texts around a table speak of.

    Lines above count first (rows before `first`), then the name of the sheet or file, then the
    table's own words (rows `last` to before `end`). Only words that tell the forms apart count.
    """
    words = [_words(form) for form in forms]
    common = frozenset.intersection(*words)
    telling = [own - common for own in words]
    lines = [_texts(grid, row) for row in range(max(0, first - _NEAR), first)]
    body = [_texts(grid, row) for row in range(last, min(end, last + _LOOKED_AT))]
    sources = ((text for line in lines for text in line), (grid.table.name,))
    rows = (text for line in body for text in line)
    for source in (*sources, rows):
        marks = _marks(source, telling)
        best = max(marks)
        if best and marks.count(best) == 1:
            return forms[marks.index(best)]
    return forms[0]


def _words(form: Form) -> frozenset[str]:
    return frozenset().union(*map(stems, (form.heading.unit, *form.title.values())))


def _texts(grid: Grid, row: int) -> list[str]:
    return [cell.text for _, cell in grid.filled(row)]


def _marks(texts: Iterable[str], telling: Sequence[frozenset[str]]) -> list[int]:
    """Count for each form the telling words in some texts; parts of a file's name are words."""
    marks = [0] * len(telling)
    for text in texts:
        said = stems(plain_words(text.replace("_", " ")))
        for at, own in enumerate(telling):
            marks[at] += len(said & own)
    return marks
