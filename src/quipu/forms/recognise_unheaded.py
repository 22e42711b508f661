"""Columns of a form that a table prints without any heading: the number at the start of a row."""

import re
from collections.abc import Mapping

from quipu.forms.definition import Form
from quipu.forms.recognise_columns import Slot
from quipu.forms.recognise_grid import Grid

_MOST = 0.6
_LOOKED_AT = 200


def with_unheaded(
    grid: Grid, first: int, end: int, form: Form, slots: Mapping[int, Slot]
) -> dict[int, Slot]:
    """Give a table's slots with the columns that the form may leave without heading (`""`).

    Such a column holds the codes of its level: most of what stands in it, from row `first` to
    before `end`, looks like one, and no heading of another column stands over it.
    """
    found = dict(slots)
    placed = {id(slot.column) for slot in slots.values()}
    for column in form.columns:
        pattern = form.level(column.level).code
        if "" in column.header and column.field == "code" and pattern and id(column) not in placed:
            at = _column_of_codes(grid, range(first, min(end, first + _LOOKED_AT)), pattern, found)
            if at is not None:
                found[at] = Slot(column)
    return found


def _column_of_codes(
    grid: Grid, rows: range, pattern: str, slots: Mapping[int, Slot]
) -> int | None:
    """Give the column, under no known heading, whose cells are mostly codes: the fullest."""
    good: dict[int, int] = {}
    filled: dict[int, int] = {}
    for row in rows:
        cells = grid.filled(row)
        if not any(at in slots for at, _ in cells):
            continue
        for at, cell in cells:
            if at not in slots:
                filled[at] = filled.get(at, 0) + 1
                bare = cell.text.strip().strip("_-–.() ")
                good[at] = good.get(at, 0) + bool(re.fullmatch(pattern, bare))
    best = max(good, key=lambda at: (good[at], -at), default=None)
    if best is None or good[best] <= _MOST * filled[best]:
        return None
    return best
