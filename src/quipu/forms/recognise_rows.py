"""Rows of a table become rows of a plan: cells read as they are printed, outer levels above."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from quipu.domain.row import Row
from quipu.forms.definition import Form, Level
from quipu.forms.numbers import read_number
from quipu.forms.raw import RawCell
from quipu.forms.recognise_body import Filled, Layout
from quipu.forms.recognise_columns import Slot
from quipu.forms.recognise_grid import Grid
from quipu.forms.recognise_kinds import split_code
from quipu.forms.recognise_texts import is_dash, items_of, numbered, says_nothing, without_number
from quipu.forms.recognise_words import clean, plain_words

_TRIM = " \t\r\n\u00a0\u2007\u202f\ufeff"


@dataclass(slots=True)
class Draft:
    """One level's part of a row while its cells are read."""

    fields: dict[str, str] = field(default_factory=dict)
    targets: dict[str, Decimal | None] = field(default_factory=dict)
    total: Decimal | None = None
    published: dict[str, str] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    amounts: dict[str, Decimal | None] = field(default_factory=dict)


@dataclass(slots=True)
class Filling:
    """The last printed text of each column that is printed once for several rows."""

    last: dict[str, str] = field(default_factory=dict)

    def fill(self, grid: Grid, line: int, filled: Filled, layout: Layout) -> dict[int, RawCell]:
        """Give a row's cells with those that a cell above covers filled from it.

        A new text in one such column ends those to its right in the form: another unit begins
        with its own process.
        """
        cells = dict(filled)
        broken = False
        for at, slot in _in_form_order(layout):
            name = f"{slot.column.level}.{slot.column.field}"
            above = grid.above.get((line, at))
            if at not in cells and above is not None and at not in layout.numeric:
                cells[at] = grid.cell(above, at)
            elif at not in cells and slot.column.merge and not broken and self.last.get(name):
                cells[at] = RawCell(self.last[name])
            if slot.column.merge:
                text = cells[at].text if at in cells else ""
                broken = broken or plain_words(text) != plain_words(self.last.get(name, ""))
                self.last[name] = text
        return cells


def _in_form_order(layout: Layout) -> list[tuple[int, Slot]]:
    order = {id(column): place for place, column in enumerate(layout.form.columns)}
    return sorted(layout.slots.items(), key=lambda entry: order[id(entry[1].column)])


def read_cells(
    cells: Mapping[int, RawCell], layout: Layout, year: int
) -> tuple[dict[str, Draft], str]:
    """Read a row's cells into one draft per level kind; and give the unit that a column names."""
    form = layout.form
    drafts = {level.kind: Draft() for level in form.levels}
    unit = ""
    for at, slot in layout.slots.items():
        cell = cells.get(at)
        printed = (cell.rich or cell.text).strip(_TRIM) if cell is not None else ""
        if cell is None or not printed:
            continue
        draft = drafts[form.level(slot.column.level).kind]
        place = slot.place(year)
        draft.published[place] = printed
        draft.columns[place] = at
        if slot.column.periods:
            number, blank = _number(cell, form, flags=slot.column.flags)
            if not blank:
                (draft.amounts if ":" in place else draft.targets)[place] = number
        elif place == "total":
            draft.total, _ = _number(cell, form, flags=False)
        elif place == "unit":
            unit = clean(printed)
        elif is_dash(printed) or (at in layout.numeric and says_nothing(printed, slot.column)):
            continue
        elif slot.column.style == "list":
            draft.fields[place] = "\n".join(items_of(printed))
        else:
            draft.fields[place] = clean(printed)
    inner = drafts[form.levels[-1].kind]
    extra = extra_cells(cells, layout)
    if extra:
        inner.published["extra"] = "\n".join(cells[at].text.strip(_TRIM) for at in extra)
        inner.columns["extra"] = extra[0]
    inner.targets = dict(sorted(inner.targets.items()))
    inner.amounts = dict(sorted(inner.amounts.items()))
    return drafts, unit


def extra_cells(cells: Mapping[int, RawCell], layout: Layout) -> list[int]:
    """Give the columns of a row's cells that lie under no heading of the form."""
    return [
        at
        for at, cell in sorted(cells.items())
        if at not in layout.slots and cell.text.strip(_TRIM)
    ]


def _number(cell: RawCell, form: Form, *, flags: bool) -> tuple[Decimal | None, bool]:
    """Read a cell's number; and tell whether its text says that there is none, as a dash does."""
    if cell.number is not None:
        return cell.number, False
    reading = read_number(cell.text, form.numbers)
    if flags and reading.malformed:
        return Decimal(1), False
    return reading.value, reading.value is None and not reading.malformed


def make_row(draft: Draft, form: Form, level: Level) -> Row:
    """Make the row of a level from its draft; where the level says so, its text is split."""
    fields = dict(draft.fields)
    text = fields.pop("text", "")
    code = fields.pop("code", "")
    if level.split and not code:
        code, text = split_code(text, level.code)
    if numbered(form, level.kind):
        code, text = without_number(code, text, level.code)
    return Row(
        form=form.id,
        kind=level.kind,
        code=code,
        text=text,
        fields=fields,
        targets=draft.targets,
        total=draft.total,
        published=draft.published,
        amounts=draft.amounts,
    )
