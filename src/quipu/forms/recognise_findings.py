"""What only the raw table shows: headings that are missing or unknown, cells outside, formulas."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.forms.checks import asked_for
from quipu.forms.checks.shifts import shifted
from quipu.forms.definition import Form
from quipu.forms.recognise_body import Filled, Layout, Sort
from quipu.forms.recognise_grid import Grid
from quipu.forms.recognise_rows import extra_cells
from quipu.forms.recognise_sections import Section

_SEVERAL = 2
"""A row of one text alone is a title."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row was read: its grid and line, the table's first column, each target's column."""

    grid: Grid
    line: int
    left: int
    columns: Mapping[str, int]

    def of(self, target: str) -> str:
        """Say where the cell of a target is; where its row begins, when it has no cell."""
        return self.grid.table.place(self.line, self.columns.get(target, self.left))

    def target(self, column: int) -> str:
        """Give the field or period that a raw column holds, `extra` for none."""
        return next((name for name, at in self.columns.items() if at == column), "extra")


@dataclass(frozen=True, slots=True)
class Extras:
    """Columns of a section that the form does not know: by heading, or `""` without one.

    A column without heading counts as one when most rows have something there; a few stray cells
    are findings of their rows.
    """

    columns: Mapping[int, str]

    @classmethod
    def of(cls, section: Section, layout: Layout) -> "Extras":
        """Find them."""
        columns = dict(section.head.fit.unknown) if section.head is not None else {}
        rows = [filled for _, sort, filled in section.entries if sort is Sort.DATA]
        count = Counter(at for filled in rows for at in extra_cells(dict(filled), layout))
        for at in count:
            above = _heading_above(section, at)
            if above:
                columns.setdefault(at, above)
        for at, times in count.items():
            if times >= 3 and times > len(rows) / 2:
                columns.setdefault(at, "")
        return cls(columns)

    def findings(self, section: Section, layout: Layout, unit: str) -> Iterable[Problem]:
        """Name each unknown column once."""
        asked = asked_for("column-unknown", layout.form)
        line = section.head.last - 1 if section.head is not None else section.entries[0][0]
        for at, heading in sorted(self.columns.items()):
            yield Problem(
                asked.name,
                asked.severity,
                section.grid.table.place(line, at),
                unit,
                value=heading or None,
                variant="" if heading else "unheaded",
                params={"heading": heading},
            )


def _heading_above(section: Section, at: int) -> str:
    """Give the words right above the heading over a column that the heading leaves blank."""
    row = section.head.first - 1 if section.head is not None else -1
    while row >= 0 and section.grid.filled(row):
        if section.grid.text(row, at) and len(section.grid.filled(row)) >= _SEVERAL:
            return section.grid.text(row, at)
        row -= 1
    return ""


def heading_findings(section: Section, layout: Layout, unit: str) -> Iterable[Problem]:
    """Name the columns that the form requires and the table has not."""
    if section.head is None:
        return
    asked = asked_for("column-missing", layout.form)
    for column in section.head.fit.missing:
        heading = column.header[0] if column.header else column.field
        where = section.grid.table.place(section.head.first, layout.left)
        params = {"heading": heading, "form": layout.form.id}
        yield Problem(asked.name, asked.severity, where, unit, target=column.field, params=params)


def owner_finding(section: Section, form: Form, unit: str) -> Problem:
    """Say that only the sheet's name tells the unit."""
    asked = asked_for("unit-from-sheet", form)
    row = section.head.first if section.head is not None else 0
    where = section.grid.table.place(row, 0)
    return Problem(asked.name, asked.severity, where, unit, value=unit, params={"unit": unit})


def formula_findings(
    row: Row, index: int, form: Form, place: Place, filled: Filled
) -> Iterable[Problem]:
    """Name the cells whose formula had no saved value: worked out here, or blank."""
    for at, cell in filled:
        if not cell.formula:
            continue
        asked = asked_for("formula-computed" if cell.computed else "formula-uncomputed", form)
        target = place.target(at)
        yield Problem(
            asked.name,
            asked.severity,
            place.grid.table.place(place.line, at),
            row.unit,
            row.code,
            index,
            target,
            value=cell.text or cell.formula,
            params={"formula": cell.formula, "value": cell.text},
        )


def extra_findings(
    row: Row, index: int, form: Form, place: Place, loose: list[int]
) -> Iterable[Problem]:
    """Name a row's cells outside the table, unless the whole row moved one column to the right."""
    if not loose or shifted(row, form) is not None:
        return
    asked = asked_for("extra-cell", form)
    for at in loose:
        value = place.grid.text(place.line, at)
        yield Problem(
            asked.name,
            asked.severity,
            place.grid.table.place(place.line, at),
            row.unit,
            row.code,
            index,
            "extra",
            value=value,
            params={"value": value},
        )
