"""The plan's own table: heading rows, cells as worked or as published, and merged texts."""

from collections.abc import Sequence
from dataclasses import replace

from quipu.domain import fields
from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.period import Period
from quipu.domain.value import PUBLISHED
from quipu.forms.definition import Column, Form
from quipu.forms.document import Cell, CellStyle, SheetColumn, SheetRow
from quipu.forms.draw_groups import headed, over_table, with_groups
from quipu.forms.draw_notes import carrier, noted, styled, without_rules
from quipu.forms.draw_parts import Drawing, Line, Part, Slot, Table
from quipu.forms.draw_sums import MONEY, money_text, with_sums
from quipu.forms.draw_words import printed_date, short_period
from quipu.forms.markup import shown
from quipu.forms.numbers import read_number, write_number

_PERCENT_MEASURES = frozenset({"share", "spread"})


def plan_table(part: Part, drawing: Drawing) -> Table:
    """Draw a part's rows with the form's own columns."""
    form = part.form
    lines = row_lines(part, drawing)
    slots = headed(form, column_slots(form, drawing), lines, drawing)
    body = [[draw_cell(form, slot, line, drawing) for slot in slots] for line in lines]
    if drawing.view == "published":
        _carry_published(slots, lines, body, drawing)
    else:
        with_sums(form, slots, lines, body, drawing)
    columns = [
        SheetColumn(slot.column.width, slot.column.align, slot.column.field, slot.period)
        for slot in slots
    ]
    header = _header_rows(form, slots, drawing)
    extras = [drawing.facts.text(line.item, f"extra{PUBLISHED}") for line in lines]
    if drawing.view == "published" and any(extras):
        # A row that was printed one column too far to the right keeps its last cell (S1-16).
        blank = Cell(style="header", down=len(header))
        header = [(*row, None if at else blank) for at, row in enumerate(header)]
        columns.append(SheetColumn(columns[-1].width, columns[-1].align, "extra"))
        for cells, extra in zip(body, extras, strict=True):
            cells.append(number_cell_of_text(extra, form))
    rows = with_groups(form, slots, lines, merged_rows(form, slots, lines, body), drawing)
    rows = without_rules(form, slots, rows)
    headings = [*over_table(part, len(columns), drawing)]
    headings += [SheetRow("header", row) for row in header]
    return Table(tuple(columns), (*headings, *rows), len(headings))


def column_slots(form: Form, drawing: Drawing) -> list[Slot]:
    """Give the printed columns of a form for the plan's year."""
    slots: list[Slot] = []
    for column in form.columns:
        if column.periods is None:
            slots.append(Slot(column, noted(column.header[0], column.note)))
            continue
        for at, period in enumerate(_periods(form, column, drawing)):
            header = column.header[at] if column.header else short_period(period, drawing.paper)
            slots.append(Slot(column, header, str(period)))
    return slots


def _periods(form: Form, column: Column, drawing: Drawing) -> list[Period]:
    first, last = form.years or (drawing.year, drawing.year)
    if first == last:
        span = Period.of_year(first)
    else:
        span = Period.parse(f"{first:04}/{last:04}")
    return span.parts(column.periods or "year")


def _header_rows(
    form: Form, slots: Sequence[Slot], drawing: Drawing
) -> list[tuple[Cell | None, ...]]:
    if not any(slot.column.group for slot in slots):
        return [tuple(Cell(slot.header, "header", align="center") for slot in slots)]
    above: list[Cell | None] = []
    below: list[Cell | None] = []
    before: Column | None = None
    for slot in slots:
        column = slot.column
        if not column.group:
            above.append(Cell(slot.header, "header", align="center", down=2))
            below.append(None)
        else:
            words = column.group.format(year=drawing.year)
            across = sum(other.column is column for other in slots)
            first = Cell(words, "header", align="center", across=across)
            above.append(None if column is before else first)
            below.append(Cell(slot.header, "header", align="center"))
        before = column
    return [tuple(above), tuple(below)]


def row_lines(part: Part, drawing: Drawing) -> list[Line]:
    """Give the printed rows of a part.

    An item whose level has columns of its own (an objective beside its actions) is printed in its
    children's rows, and alone only where it has none.
    """
    form, facts = part.form, drawing.facts
    beside = _beside(form)
    kinds = {item: facts.text(item, "kind") for item in part.rows}
    parents = {facts.text(item, "parent") for item in part.rows}
    lines = []
    for item in part.rows:
        if kinds[item] in beside and item in parents:
            continue
        chain = {facts.text(above, "kind"): above for above in facts.ancestors(item)}
        own = "" if kinds[item] in beside else item
        lines.append(Line(item, own, {**chain, kinds[item]: item}))
    return lines


def _beside(form: Form) -> set[str]:
    return {column.level for column in form.columns if column.level} - {form.levels[-1].kind}


def draw_cell(form: Form, slot: Slot, line: Line, drawing: Drawing) -> Cell:
    """Draw one cell as worked or as published."""
    column = slot.column
    item = carrier(form, column, line, drawing)
    if not item:
        return Cell(align=column.align)
    if drawing.view == "published":
        return _published_cell(form, slot, item, drawing)
    if column.field == "unit":
        return Cell(unit_name(item, drawing), align=column.align)
    known = fields.CATALOGUE[column.field]
    address = Address(item, column.field, slot.period)
    editable = drawing.view == "plan"
    value = drawing.facts.value(*address)
    if column.flags:
        marked = bool(value)
        text = column.mark if marked else ""
        marks = ("", column.mark)
        return Cell(
            text, "flag", None, address, editable, column.align, filled=marked, values=marks
        )
    if known.type == "number":
        return _number_cell(form, column, address, drawing)
    text = drawing.facts.text(*address[:3])
    if known.type == "date":
        text = printed_date(text)
    code = drawing.facts.text(item, "code") if _is_split(form, column, item, drawing) else ""
    if code and column.style == "numbered":
        code += "."
    cell = Cell(
        f"{code} {text}".strip(),
        address=address,
        # Code and text in one cell are two facts: they are changed where each has its own place.
        editable=editable and not code,
        align=column.align,
        values=column.values,
    )
    return styled(form, column, item, cell, drawing)


def unit_name(item: str, drawing: Drawing) -> str:
    """Give the name of a row's unit."""
    return drawing.facts.text(drawing.facts.text(item, "unit"), "name")


def _is_split(form: Form, column: Column, item: str, drawing: Drawing) -> bool:
    if column.field != "text":
        return False
    if column.style == "numbered":
        return True
    kind = drawing.facts.text(item, "kind")
    return any(level.split for level in form.levels if level.kind == kind)


def _number_cell(form: Form, column: Column, address: Address, drawing: Drawing) -> Cell:
    value = drawing.facts.number(*address[:3])
    printed = drawing.facts.text(address.item, f"{address.field}{PUBLISHED}", address.period)
    percent = is_percent(form, drawing.facts, address.item, column.field, address.period)
    text = ""
    if value is not None and (value or form.zero == "zero"):
        money = column.field in MONEY and not percent
        text = (
            money_text(value, form) if money else write_number(value, form.numbers, percent=percent)
        )
    if value is None and read_number(printed, form.numbers).malformed:
        # What nobody could read stays in sight until somebody decides what it says (S1-15).
        text = printed
    style: CellStyle = "total" if column.field == "total" else "number"
    style = "percent" if percent else style
    return Cell(text, style, value, address, drawing.view == "plan", column.align)


def is_percent(form: Form, facts: Facts, item: str, field: str, period: str = "") -> bool:
    """Tell whether a figure is written as a percentage: as it was printed, else by the measure."""
    printed = read_number(facts.text(item, f"{field}{PUBLISHED}", period), form.numbers)
    if printed.value is not None:
        return printed.percent
    measure = facts.text(item, "measure")
    if field == "total":
        return measure == "spread"
    return field == "target" and measure in _PERCENT_MEASURES


def _published_cell(form: Form, slot: Slot, item: str, drawing: Drawing) -> Cell:
    column = slot.column
    text = drawing.facts.text(item, f"{column.field}{PUBLISHED}", slot.period)
    if column.field == "unit":
        return shown(Cell(text or unit_name(item, drawing), align=column.align))
    address = Address(item, f"{column.field}{PUBLISHED}", slot.period)
    if column.flags:
        filled = bool(text.strip())
        return Cell(text, "flag", None, address, align=column.align, filled=filled)
    if fields.CATALOGUE[column.field].type == "number":
        cell = number_cell_of_text(text, form)
        plain_total = column.field == "total" and cell.style == "number"
        style: CellStyle = "total" if plain_total else cell.style
        return Cell(text, style, cell.number, address, align=column.align)
    cell = shown(Cell(text, address=address, align=column.align))
    return styled(form, column, item, cell, drawing)


def _carry_published(
    slots: Sequence[Slot], lines: Sequence[Line], body: list[list[Cell]], drawing: Drawing
) -> None:
    """Print a merged text over all rows that it covered, though only the first cell held it."""
    for at, slot in enumerate(slots):
        field = slot.column.field
        if not slot.column.merge or slot.column.level or field == "unit":
            continue
        said = [drawing.facts.text(line.item, field) for line in lines]
        for row in range(1, len(lines)):
            if not body[row][at].text and said[row] and said[row] == said[row - 1]:
                above = body[row - 1][at]
                body[row][at] = replace(body[row][at], text=above.text, runs=above.runs)


def number_cell_of_text(text: str, form: Form) -> Cell:
    """Give the cell of a printed figure: its text, and the number behind it when it is one."""
    reading = read_number(text, form.numbers)
    percent = reading.percent and reading.value is not None
    return Cell(text, "percent" if percent else "number", reading.value)


def merged_rows(
    form: Form, slots: Sequence[Slot], lines: Sequence[Line], body: list[list[Cell]]
) -> list[SheetRow]:
    """Join equal texts down the columns that merge; a join never crosses one to its left."""
    grid: list[list[Cell | None]] = [list(cells) for cells in body]
    breaks = {0}
    for at, slot in enumerate(slots):
        if not slot.column.merge:
            continue
        starts = _starts(body, at, breaks, by_item=form.listed and bool(slot.column.level))
        for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
            if end - start > 1:
                grid[start][at] = _covering(body[start][at], end - start, slot)
                for row in range(start + 1, end):
                    grid[row][at] = None
        breaks |= set(starts)
    return [
        SheetRow("row", tuple(cells), line.item) for cells, line in zip(grid, lines, strict=True)
    ]


def _starts(body: list[list[Cell]], at: int, breaks: set[int], *, by_item: bool) -> list[int]:
    if by_item:
        # One thing has one cell, blank or not; two that say the same have two.
        addresses = [cells[at].address for cells in body]
        items = [address.item if address is not None else "" for address in addresses]
        return [row for row in range(len(body)) if row in breaks or items[row] != items[row - 1]]
    return [
        row
        for row in range(len(body))
        if row in breaks or not body[row][at].text or body[row][at].text != body[row - 1][at].text
    ]


def _covering(cell: Cell, down: int, slot: Slot) -> Cell:
    # A text that several items repeat is a fact of each: it is not changed through one of them.
    editable = cell.editable and bool(slot.column.level)
    return replace(cell, down=down, editable=editable)
