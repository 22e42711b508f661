"""Rows that stand over others: group rows in the table, and lines above it on every page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from quipu.domain import fields
from quipu.domain.address import Address
from quipu.domain.value import PUBLISHED
from quipu.forms.definition import Context, Form
from quipu.forms.document import Cell, SheetRow
from quipu.forms.draw_notes import detail_rows
from quipu.forms.draw_parts import Drawing, Line, Part, Slot
from quipu.forms.draw_sums import sums_at


def under_contexts(part: Part, drawing: Drawing) -> Iterator[Part]:
    """Split a sheet to be where the line above its table changes; one without rows is none.

    Rows that such lines name are printed by them, and have no rows of their own.
    """
    kinds = {context.level for context in part.form.contexts}
    rows = [item for item in part.rows if drawing.facts.text(item, "kind") not in kinds]
    for context, own in groupby(rows, key=lambda item: _context_of(item, kinds, drawing)):
        yield replace(part, rows=tuple(own), context=context)


def _context_of(item: str, kinds: set[str], drawing: Drawing) -> str:
    if not kinds:
        return ""
    above = drawing.facts.ancestors(item)
    return next((one for one in above if drawing.facts.text(one, "kind") in kinds), "")


def over_table(part: Part, width: int, drawing: Drawing) -> list[SheetRow]:
    """Give the rows that repeat above a table's heading: the legend, then what it stands under."""
    lines = [line.replace("{year}", str(drawing.year)) for line in part.form.legend.lines]
    rows = [_wide(Cell(line, "label", align="left"), width) for line in lines]
    kinds = {context.level for context in part.form.contexts}
    above = [part.context, *drawing.facts.ancestors(part.context)] if part.context else []
    for item in reversed(above):
        if drawing.facts.text(item, "kind") in kinds:
            line = context_line(part.form, item, drawing)
            rows.append(_wide(Cell(line, "group", align="left"), width))
    return [*rows, *detail_rows(part, width, drawing)]


def _wide(cell: Cell, width: int) -> SheetRow:
    return SheetRow("header", (replace(cell, across=width), *[None] * (width - 1)))


def context_line(form: Form, item: str, drawing: Drawing) -> str:
    """Give the line above a table that names an item: as published, or written anew."""
    facts = drawing.facts
    published = facts.text(item, f"text{PUBLISHED}")
    if drawing.view == "published" and published:
        return published
    code, text = facts.text(item, "code"), facts.text(item, "text")
    pattern = _pattern(form, facts.text(item, "kind"), code)
    pattern = pattern.replace("[", "").replace("]", "")
    return " ".join(pattern.replace("{code}", code).replace("{text}", text).split())


def _pattern(form: Form, kind: str, code: str) -> str:
    """Give the pattern of the line that names an item with such a code."""
    known = [context for context in form.contexts if context.level == kind]
    fitting = [context for context in known if re.fullmatch(_shape(form, context), code)]
    return (fitting or known)[0].pattern


def _shape(form: Form, context: Context) -> str:
    if "{code}" not in context.pattern:
        return ""
    return context.code or form.level(context.level).code


def is_group(form: Form, item: str, drawing: Drawing) -> bool:
    """Tell whether a row is printed as a heading over the rows below."""
    kind = drawing.facts.text(item, "kind")
    return any(level.group for level in form.levels if level.kind == kind)


def headed(
    form: Form, slots: Sequence[Slot], lines: Sequence[Line], drawing: Drawing
) -> list[Slot]:
    """Give the columns the headings of a table without group rows, where it has none."""
    if any(is_group(form, line.item, drawing) for line in lines):
        return list(slots)
    return [replace(slot, header=slot.column.alone or slot.header) for slot in slots]


def with_groups(
    form: Form,
    slots: Sequence[Slot],
    lines: Sequence[Line],
    rows: Sequence[SheetRow],
    drawing: Drawing,
) -> list[SheetRow]:
    """Draw the rows of group levels as headings: code and text in one cell over both columns.

    The cell reaches over the columns after them that no such row fills.
    """
    groups = [is_group(form, line.item, drawing) for line in lines]
    if not any(groups):
        return list(rows)
    naming = [at for at, slot in enumerate(slots) if _names(slot, form)]
    filled = [
        at
        for row, group in zip(rows, groups, strict=True)
        for at, cell in enumerate(row.cells)
        if group and cell is not None and cell.text and at > max(naming)
    ]
    end = min([*filled, *sums_at(form, slots)], default=len(slots))
    span = range(min(naming), end)
    return [
        _group_row(form, row, span, slots, drawing) if group else row
        for row, group in zip(rows, groups, strict=True)
    ]


def _names(slot: Slot, form: Form) -> bool:
    return slot.column.field in ("code", "text") and slot.column.level in (
        "",
        form.levels[-1].kind,
    )


def _group_row(
    form: Form, row: SheetRow, span: range, slots: Sequence[Slot], drawing: Drawing
) -> SheetRow:
    cells: list[Cell | None] = []
    for at, (cell, slot) in enumerate(zip(row.cells, slots, strict=True)):
        if at in span:
            cells.append(_title(row.item, len(span), drawing) if at == span.start else None)
        elif cell is None or cell.text:
            cells.append(replace(cell, style="group") if cell is not None else None)
        else:
            figure = fields.CATALOGUE[slot.column.field].type == "number"
            cells.append(Cell(style="group") if figure else replace(cell, style="group"))
    return SheetRow("group", tuple(cells), row.item)


def _title(item: str, across: int, drawing: Drawing) -> Cell:
    facts = drawing.facts
    if drawing.view == "published":
        twin = f"text{PUBLISHED}" if facts.text(item, f"text{PUBLISHED}") else f"code{PUBLISHED}"
        code, text = "", facts.text(item, twin)
        return Cell(text, "group", address=Address(item, twin), align="left", across=across)
    code, text = facts.text(item, "code"), facts.text(item, "text")
    # Code and text in one cell are two facts: they are changed where each has its own place.
    return Cell(
        f"{code} {text}".strip(),
        "group",
        address=Address(item, "text"),
        editable=drawing.view == "plan" and not code,
        align="left",
        across=across,
    )
