"""What weighted programmes print besides their table: labels above it, notes, fractions, leads."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quipu.domain import fields
from quipu.domain.address import Address
from quipu.domain.value import PUBLISHED
from quipu.forms.definition import Column, Detail, Form
from quipu.forms.document import Block, Cell, PageBreak, Run, SheetRow, Text
from quipu.forms.draw_parts import Drawing, Line, Part, Slot
from quipu.forms.fractions import halves
from quipu.forms.markup import raised
from quipu.forms.numbers import read_number, write_number
from quipu.forms.recognise_details import RAISED
from quipu.forms.recognise_lists import led


def noted(words: str, number: int) -> str:
    """Give a heading with the number of its note, raised: `Indicador ⁶`."""
    return f"{words} {raised(str(number))}" if number else words


def names_unit(form: Form) -> bool:
    """Tell whether a label above the table names its unit, so that no title need."""
    return any(detail.field == "unit" for detail in form.details)


def detail_rows(part: Part, width: int, drawing: Drawing) -> Iterator[SheetRow]:
    """Give the labelled values above a table, those beside each other in one row (S4-03)."""
    bands: list[list[Detail]] = []
    for detail in part.form.details:
        if detail.beside and bands:
            bands[-1].append(detail)
        else:
            bands.append([detail])
    if part.form.details and not part.context:
        title = part.form.title.get(part.form.language, "")
        yield _band([Cell(title, "group", align="left")], width)
    for band in bands:
        yield _band([_label(part, detail, drawing) for detail in band], width)
        if any(detail.below for detail in band):
            yield _band([_value_below(part, detail, drawing) for detail in band], width)


def _band(cells: Sequence[Cell], width: int) -> SheetRow:
    """Spread some cells over all columns, the first ones wider where they do not share evenly."""
    row: list[Cell | None] = []
    for at, cell in enumerate(cells):
        across = width // len(cells) + (at < width % len(cells))
        row += [replace(cell, across=across), *[None] * (across - 1)]
    return SheetRow("header", tuple(row))


def _label(part: Part, detail: Detail, drawing: Drawing) -> Cell:
    head, sign, tail = _parts(detail.pattern)
    value = "" if detail.below else _value(part, detail, drawing)
    head = noted(head.replace("{year}", str(drawing.year)), detail.note)
    return Cell(f"{head}{sign}{f' {value}' if value else ''}{tail}", "label", align="left")


def _parts(pattern: str) -> tuple[str, str, str]:
    """Split a label's pattern before its sign: `REGIÓN`, ` =`, and what follows the value."""
    plain = pattern.replace("[", "").replace("]", "")
    before, _, after = plain.partition("{value}")
    head = before.rstrip()
    sign = head[-1:] if head.endswith(("=", ":")) else ""
    gap = " " if sign == "=" else ""
    return head.removesuffix(sign).rstrip(), f"{gap}{sign}", after


def _value(part: Part, detail: Detail, drawing: Drawing) -> str:
    facts = drawing.facts
    if detail.field == "unit":
        return facts.text(part.units[0], "name") if part.units else ""
    if not part.context:
        return ""
    printed = facts.text(part.context, f"{detail.field}{PUBLISHED}")
    if drawing.view == "published" or fields.CATALOGUE[detail.field].type != "number":
        return printed or facts.text(part.context, detail.field)
    number = facts.number(part.context, detail.field)
    percent = read_number(printed, part.form.numbers).percent
    return write_number(number, part.form.numbers, percent=percent) if number is not None else ""


def _value_below(part: Part, detail: Detail, drawing: Drawing) -> Cell:
    if not part.context or not detail.below:
        return Cell(align="left")
    name = f"{detail.field}{PUBLISHED}" if drawing.view == "published" else detail.field
    text = drawing.facts.text(part.context, name)
    address = Address(part.context, name)
    return Cell(text, "label", None, address, drawing.view == "plan", "left")


def note_blocks(forms: Sequence[Form], drawing: Drawing) -> list[Block]:
    """Give the notes of forms as a section at the document's end, by their numbers (S4-02)."""
    notes = {note.number: note.text for form in forms for note in form.notes}
    if not notes or drawing.view == "progress":
        return []
    blocks: list[Block] = [PageBreak(), Text(drawing.paper("notes"), "subtitle")]
    blocks += [Text(f"{raised(str(number))} {notes[number]}", "note") for number in sorted(notes)]
    return blocks


def carrier(form: Form, column: Column, line: Line, drawing: Drawing) -> str:
    """Give the item whose field a cell shows: its level's, or an activity that weighs by itself."""
    item = line.chain.get(column.level, "") if column.level else line.own
    if form.listed and column.level and line.own and column.field != "text":
        names = (column.field, f"{column.field}{PUBLISHED}")
        if any(drawing.facts.value(line.own, name) is not None for name in names):
            return line.own
    return item


def styled(form: Form, column: Column, item: str, cell: Cell, drawing: Drawing) -> Cell:
    """Give a cell in the style of its column: a fraction, or what is underlined and the rest."""
    if column.style == "fraction":
        return _fraction(cell)
    if column.style == "underlined":
        return _underlined(item, cell, drawing)
    printed = drawing.facts.text(item, f"text{PUBLISHED}") if form.listed else ""
    if column.field == "text" and drawing.view != "published" and printed.endswith(tuple(RAISED)):
        words = printed.rstrip(RAISED)
        if words.strip() == cell.text:
            # The number of a note stands behind a fixed objective (III.2.1).
            return replace(cell, text=printed, editable=False)
    return cell


def _fraction(cell: Cell) -> Cell:
    text = "".join(run.text if not run.underline else f"<u>{run.text}</u>" for run in cell.runs)
    found = halves(text or cell.text)
    if found is None:
        return cell
    above, below = found
    runs = (Run(above, underline=True), Run(f"\n{below}"))
    return replace(cell, text=f"{above}\n{below}", runs=runs, fraction=found, align="center")


def _underlined(item: str, cell: Cell, drawing: Drawing) -> Cell:
    facts = drawing.facts
    if drawing.view == "published":
        lead, rest = led(facts.text(item, f"text{PUBLISHED}"))
    else:
        lead, rest = facts.text(item, "text"), facts.text(item, "subproducts")
    if not lead:
        return cell
    runs = [Run(lead, underline=True), *([Run(f"\n{rest}")] if rest else [])]
    text = "".join(run.text for run in runs)
    # Product and sub-products are two facts: they are changed where each has its own place.
    return replace(cell, text=text, runs=tuple(runs), editable=cell.editable and not rest)


def without_rules(form: Form, slots: Sequence[Slot], rows: Sequence[SheetRow]) -> list[SheetRow]:
    """Let the activities of one objective stand in one box, as in the official format."""
    if not form.listed:
        return list(rows)
    inner = [at for at, slot in enumerate(slots) if slot.column.level in ("", form.levels[-1].kind)]
    outer = [at for at, slot in enumerate(slots) if at not in inner]
    opens = [any(row.cells[at] is not None for at in outer) for row in rows]
    found: list[SheetRow] = []
    for number, row in enumerate(rows):
        last = number + 1 == len(rows) or opens[number + 1]
        rules = (opens[number], last)
        cells = tuple(
            replace(cell, rules=rules) if cell is not None and at in inner else cell
            for at, cell in enumerate(row.cells)
        )
        found.append(replace(row, cells=cells))
    return found
