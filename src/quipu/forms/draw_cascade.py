"""A cascade drawn: levels beside each other, headings over them, one row for each initiative."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from quipu.domain.address import Address
from quipu.domain.duration import read_duration
from quipu.domain.value import PUBLISHED
from quipu.forms.definition import Column
from quipu.forms.document import Cell, Run, SheetColumn, SheetRow
from quipu.forms.draw_parts import Drawing, Part, Table
from quipu.forms.draw_words import printed_date
from quipu.forms.markup import shown
from quipu.forms.recognise_moved import Outline
from quipu.forms.recognise_words import plain_words

_UNITS = "; "


@dataclass
class _Line:
    """One printed row: its items by level, and how many rows each of them covers."""

    items: dict[str, str] = field(default_factory=dict)
    down: dict[str, int] = field(default_factory=dict)
    group: str = ""

    @property
    def item(self) -> str:
        """The item that the row stands for: the innermost."""
        return self.group or next(reversed(self.items.values()), "")


def cascade_table(part: Part, drawing: Drawing) -> Table:
    """Draw a part's rows: a blank cell means that the one above goes on, the list is one cell."""
    form = part.form
    outline = Outline(form)
    lines = _lines(part, outline, drawing)
    lists = _lists(part, outline, drawing)
    header = SheetRow(
        "header",
        tuple(Cell(column.header[0], "header", align="center") for column in form.columns),
    )
    rows: list[SheetRow] = []
    for line in lines:
        if line.group:
            rows.append(_group(line.group, len(form.columns), drawing))
            continue
        cells = [_cell(column, line, outline, lists, drawing) for column in form.columns]
        rows.append(SheetRow("row", tuple(cells), line.item))
    columns = [SheetColumn(column.width, column.align, column.field) for column in form.columns]
    return Table(tuple(columns), (header, *_joined(rows)), 1)


def _lines(part: Part, outline: Outline, drawing: Drawing) -> list[_Line]:
    """Put the items into rows: an item begins a row where its level is taken in the last one."""
    order = [level.kind for level in outline.coded]
    groups = {level.kind for level in outline.groups}
    hidden = _swallowed(part, groups, drawing) if drawing.view == "published" else set()
    lines: list[_Line] = []
    open_ = _Line()
    for item in part.rows:
        kind = drawing.facts.text(item, "kind")
        if kind in groups:
            if item in hidden:
                continue
            lines.append(_Line(group=item))
            open_ = _Line()
        elif kind in order:
            taken = any(order.index(other) >= order.index(kind) for other in open_.items)
            if taken or not open_.items:
                open_ = _Line()
                lines.append(open_)
            open_.items[kind] = item
    for at, line in enumerate(lines):
        for kind in line.items:
            line.down[kind] = _covered(lines, at, order[: order.index(kind) + 1])
    return lines


def _swallowed(part: Part, groups: set[str], drawing: Drawing) -> set[str]:
    """Give the headings that the document printed inside a cell, where they are printed again."""
    facts = drawing.facts
    cells = [plain_words(facts.text(item, "activities" + PUBLISHED)) for item in part.rows]
    return {
        item
        for item in part.rows
        if facts.text(item, "kind") in groups
        and (words := plain_words(facts.text(item, "text" + PUBLISHED)))
        and any(f"{cell} ".startswith(f"{words} ") or cell.endswith(f" {words}") for cell in cells)
    }


def _covered(lines: Sequence[_Line], at: int, kinds: Sequence[str]) -> int:
    """Count the rows from one on until another of these levels, or a heading, begins."""
    count = 1
    for line in lines[at + 1 :]:
        if line.group or any(kind in line.items for kind in kinds):
            break
        count += 1
    return count


def _lists(part: Part, outline: Outline, drawing: Drawing) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in part.rows:
        if drawing.facts.text(item, "kind") == outline.items.kind:
            found.setdefault(drawing.facts.text(item, "parent"), []).append(item)
    return found


def _group(item: str, width: int, drawing: Drawing) -> SheetRow:
    twin = "text" + (PUBLISHED if drawing.view == "published" else "")
    text = drawing.facts.text(item, twin)
    editable = drawing.view == "plan"
    address = Address(item, twin)
    cell = Cell(text, "group", None, address, editable, "left", across=width)
    return SheetRow("group", (cell, *([None] * (width - 1))), item)


def _cell(
    column: Column,
    line: _Line,
    outline: Outline,
    lists: Mapping[str, Sequence[str]],
    drawing: Drawing,
) -> Cell:
    anchor = line.items.get(outline.coded[-1].kind, "")
    if column.field != "text":
        return _field(column, anchor, drawing)
    kind = column.level or outline.items.kind
    if kind == outline.items.kind:
        return _list(anchor, lists.get(anchor, ()), column, drawing)
    item = line.items.get(kind, "")
    if not item:
        return Cell(align=column.align)
    facts = drawing.facts
    text = facts.text(item, "text" + PUBLISHED)
    if drawing.view != "published":
        text = f"{facts.text(item, 'code')} {facts.text(item, 'text')}".strip()
    down = line.down[kind] if kind != outline.coded[-1].kind else 1
    return Cell(text, address=Address(item, "text"), align=column.align, down=down, high=True)


def _list(anchor: str, items: Sequence[str], column: Column, drawing: Drawing) -> Cell:
    """Draw the items of an initiative in one cell, one under the other."""
    if not anchor:
        return Cell(align=column.align)
    facts = drawing.facts
    if drawing.view == "published":
        whole = facts.text(anchor, "activities" + PUBLISHED)
        lines = [whole] if whole else [facts.text(item, "text" + PUBLISHED) for item in items]
    else:
        lines = []
        for item in items:
            code, text = facts.text(item, "code"), facts.text(item, "text")
            lines.append(f"{code}) {text}" if code else text)
    text = "\n".join(line for line in lines if line)
    single = len(items) == 1 and drawing.view == "plan" and not facts.text(items[0], "code")
    address = Address(items[0], "text") if single else Address(anchor, "activities")
    return Cell(text, "text", None, address, single, column.align)


def _field(column: Column, anchor: str, drawing: Drawing) -> Cell:
    if not anchor:
        return Cell(align=column.align)
    facts = drawing.facts
    if drawing.view == "published":
        text = facts.text(anchor, column.field + PUBLISHED)
        address = Address(anchor, column.field + PUBLISHED)
        return shown(Cell(text, address=address, align=column.align))
    address = Address(anchor, column.field)
    text = facts.text(anchor, column.field)
    cell = Cell(text, address=address, editable=drawing.view == "plan", align=column.align)
    if column.style == "lead":
        return _units(text, facts.text(anchor, "support"), cell)
    if column.style == "duration":
        dates = _dates(text, facts.text(anchor, "start"))
        return replace(cell, text=f"{text}\n{dates}", editable=False) if dates else cell
    return cell


def _units(leads: str, others: str, cell: Cell) -> Cell:
    """Give the units one under the other, those that lead first and underlined (S0-06)."""
    if not others:
        lead = leads.replace(_UNITS, "\n")
        return replace(cell, text=lead, runs=(Run(lead, underline=True),) if lead else ())
    below = others.replace(_UNITS, "\n")
    if not leads:
        return replace(cell, text=below, editable=False)
    lead = leads.replace(_UNITS, "\n")
    runs = (Run(lead, underline=True), Run("\n" + below))
    return replace(cell, text=f"{lead}\n{below}", runs=runs, editable=False)


def _dates(text: str, start: str) -> str:
    """Give first and last day of a duration whose start is known (S0-07)."""
    duration = read_duration(text)
    if duration is None or not start:
        return ""
    try:
        first = date.fromisoformat(start)
    except ValueError:
        return ""
    last = duration.end(first)
    days = [first.isoformat(), *([last.isoformat()] if last is not None else [])]
    return "(" + " – ".join(printed_date(day) for day in days) + ")"


def _joined(rows: Sequence[SheetRow]) -> list[SheetRow]:
    """Put the covered marks below cells that cover several rows."""
    grid = [list(row.cells) for row in rows]
    for at, row in enumerate(rows):
        for column, cell in enumerate(row.cells):
            for below in range(at + 1, at + (cell.down if cell is not None else 1)):
                grid[below][column] = None
    return [
        SheetRow(row.kind, tuple(cells), row.item) for row, cells in zip(rows, grid, strict=True)
    ]
