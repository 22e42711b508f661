"""The table of a progress report: kept columns of the plan, then programmed, executed and words."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal

from quipu.domain.address import Address
from quipu.domain.changes import original_row
from quipu.domain.fields import CATALOGUE
from quipu.domain.period import Period, PeriodKind
from quipu.domain.progress import Progress, progress
from quipu.domain.spending import spending
from quipu.domain.value import Blob
from quipu.forms.definition import Form, ReportColumn
from quipu.forms.document import Cell, CellStyle, SheetColumn, SheetRow
from quipu.forms.draw_groups import headed, is_group, over_table, with_groups
from quipu.forms.draw_parts import Drawing, Line, Part, Slot, Table
from quipu.forms.draw_sums import MONEY, money_text
from quipu.forms.draw_table import (
    column_slots,
    draw_cell,
    is_percent,
    merged_rows,
    row_lines,
)
from quipu.forms.numbers import write_number

_SHOWN_PERCENT = Decimal("0.001")


def progress_table(part: Part, drawing: Drawing) -> Table:
    """Draw a part's rows as the report of the drawing's period."""
    form = part.form
    known = [slot for slot in column_slots(form, drawing) if slot.column.field in form.report.keeps]
    lines = row_lines(part, drawing)
    slots = headed(form, known, lines, drawing)
    kept = [[_kept(draw_cell(form, slot, line, drawing)) for slot in slots] for line in lines]
    added = [_report_cells(form, line, drawing) for line in lines]
    plain = with_groups(form, slots, lines, merged_rows(form, slots, lines, kept), drawing)
    rows = [
        SheetRow(row.kind, (*row.cells, *cells), row.item)
        for row, cells in zip(plain, added, strict=True)
    ]
    words = [slot.header for slot in slots] + [column.header for column in form.report.columns]
    heading = SheetRow("header", tuple(Cell(word, "header", align="center") for word in words))
    columns = tuple(_columns(form, slots, drawing))
    above = over_table(part, len(columns), drawing)
    return Table(columns, (*above, heading, *rows), len(above) + 1)


def _kept(cell: Cell) -> Cell:
    return replace(cell, editable=False)


def _columns(form: Form, slots: Sequence[Slot], drawing: Drawing) -> list[SheetColumn]:
    kept = [SheetColumn(slot.column.width, slot.column.align, slot.column.field) for slot in slots]
    return kept + [
        SheetColumn(
            column.width,
            "left" if _is_words(column) else "center",
            column.shows,
            drawing.period,
        )
        for column in form.report.columns
    ]


def _is_words(column: ReportColumn) -> bool:
    known = CATALOGUE.get(column.shows)
    return known is not None and known.type != "number"


def _report_cells(form: Form, line: Line, drawing: Drawing) -> list[Cell]:
    unit = drawing.facts.text(line.item, "unit")
    if is_group(form, line.item, drawing) or drawing.facts.text(line.item, "measure") == "heading":
        # What has no target of its own is done in its parts.
        style: CellStyle = "group" if is_group(form, line.item, drawing) else "text"
        return [Cell(style=style) for _ in form.report.columns]
    own = progress(drawing.facts, line.item, "", drawing.period)
    return [
        _report_cell(form, column, line.item, unit, own, drawing) for column in form.report.columns
    ]


def _report_cell(
    form: Form,
    column: ReportColumn,
    item: str,
    unit: str,
    own: Progress,
    drawing: Drawing,
) -> Cell:
    facts, period = drawing.facts, drawing.period
    match column.shows:
        case "original" | "programmed":
            planned = own.programmed if column.shows == "programmed" else _original(item, drawing)
            return _figure(form, item, planned, "programmed", drawing)
        case "executed":
            return _executed_cell(form, item, unit, own, drawing)
        case "percent":
            return _advance_cell(form, own, drawing)
        case "budgeted":
            money = spending(facts, item, "", period).programmed
            text = "" if money is None else money_text(money, form)
            return Cell(text, "number", money, align="center")
        case "financial":
            return _percent_cell(form, spending(facts, item, "", period).percent)
    address = Address(item, column.shows, drawing.period, unit)
    if CATALOGUE[column.shows].type == "number":
        own_period = _is_own_period(form, drawing)
        number = facts.number(*address)
        if not own_period and column.shows == "spent":
            number = spending(facts, item, "", period).executed
        write = money_text if column.shows in MONEY else _plain
        text = "" if number is None else write(number, form)
        return Cell(text, "number", number, address if own_period else None, own_period, "center")
    value = drawing.facts.value(*address)
    if isinstance(value, Blob):
        return Cell(value.name, address=address, align="left")
    return Cell(_words(address, drawing), "text", None, address, True, "left")


def _advance_cell(form: Form, own: Progress, drawing: Drawing) -> Cell:
    """Draw a row's advance; a demand of which nothing was received has none (S1-19)."""
    if not own.period.applies:
        return Cell(drawing.paper("not-applicable"), "percent", align="center")
    return _percent_cell(form, own.percent)


def _original(item: str, drawing: Drawing) -> Decimal | None:
    """Give what was programmed in the period when the plan was approved (S3-12)."""
    first = original_row(drawing.facts, item, drawing.originals)
    return progress(first, item, "", drawing.period).programmed


def _figure(form: Form, item: str, number: Decimal | None, what: str, drawing: Drawing) -> Cell:
    percent = _in_percent(form, item, drawing)
    text = "" if number is None else write_number(number, form.numbers, percent=percent)
    if what == "programmed" and not number and form.zero == "blank":
        text = ""
    return Cell(text, "percent" if percent else "number", number, align="center")


def _executed_cell(form: Form, item: str, unit: str, own: Progress, drawing: Drawing) -> Cell:
    """Draw what was executed: typed in the periods of the form, worked out in longer ones.

    Where other units report the row too, the cell still is its own unit's.
    """
    shown = _figure(form, item, own.executed, "executed", drawing)
    if not _is_own_period(form, drawing):
        return shown
    address = Address(item, "executed", drawing.period, unit)
    number = drawing.facts.number(*address)
    if number is None and drawing.facts.number(item, "denominator", drawing.period, unit):
        # What was attended of what was received says the share (S1-19).
        number = own.executed
    return replace(_figure(form, item, number, "executed", drawing), address=address, editable=True)


def _is_own_period(form: Form, drawing: Drawing) -> bool:
    return report_kind(form) == Period.parse(drawing.period).kind


def _plain(number: Decimal, form: Form) -> str:
    return write_number(number, form.numbers)


def report_kind(form: Form) -> PeriodKind | None:
    """Give the kind of period in which a form is reported: its report's, else its targets'."""
    column = form.column("target")
    return form.report.period or (column.periods if column is not None else None)


def _in_percent(form: Form, item: str, drawing: Drawing) -> bool:
    facts = drawing.facts
    own = [period for period in facts.periods(item, "target") if _falls_in(period, drawing.period)]
    if own:
        return all(is_percent(form, facts, item, "target", period) for period in own)
    return facts.text(item, "measure") in ("share", "spread")


def _falls_in(period: str, whole: str) -> bool:
    return Period.parse(whole).contains(Period.parse(period))


def _percent_cell(form: Form, fraction: Decimal | None) -> Cell:
    if fraction is None:
        return Cell(style="percent", align="center")
    text = write_number(
        fraction.quantize(_SHOWN_PERCENT, ROUND_HALF_EVEN), form.numbers, percent=True
    )
    return Cell(text, "percent", fraction, align="center")


def _words(address: Address, drawing: Drawing) -> str:
    """Give the words of a report, else those of the periods in it, one below the other."""
    facts = drawing.facts
    own = facts.text(*address)
    if own:
        return own
    parts = facts.periods(address.item, address.field, address.unit)
    texts = [
        value
        for period, value in parts.items()
        if isinstance(value, str) and _falls_in(period, drawing.period)
    ]
    return "\n".join(texts)
