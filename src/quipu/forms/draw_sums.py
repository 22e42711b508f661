"""Rows that show the sum of money of other rows: goods, services, and the total of both (S3-14)."""

from collections.abc import Sequence
from decimal import Decimal

from quipu.forms.definition import Form, NumberStyle
from quipu.forms.document import Cell
from quipu.forms.draw_parts import Drawing, Line, Slot
from quipu.forms.numbers import write_number

SUMMED = "budget"
MONEY = frozenset({"budget", "cost", "spent", "price"})
_CENT = Decimal("0.01")


def money_text(amount: Decimal, form: Form) -> str:
    """Write an amount of money: without cents where it has none, else with both their digits."""
    return amount_text(amount, form.numbers)


def amount_text(amount: Decimal, numbers: NumberStyle) -> str:
    """Write an amount of money in a style of numbers; else as `money_text`."""
    text = write_number(amount, numbers)
    cents = amount.quantize(_CENT) if amount.copy_abs() < 10**15 else amount
    return text + "0" if cents == amount and cents * 10 % 1 == 0 and amount % 1 != 0 else text


def with_sums(
    form: Form,
    slots: Sequence[Slot],
    lines: Sequence[Line],
    body: Sequence[list[Cell]],
    drawing: Drawing,
) -> None:
    """Put the sums into the rows of summing levels; one without parts keeps its own amount."""
    at = next((at for at, slot in enumerate(slots) if slot.column.field == SUMMED), None)
    kinds = [drawing.facts.text(line.item, "kind") for line in lines]
    if at is None or not any(form.level(kind).sum for kind in set(kinds)):
        return
    for line, kind, cells in zip(lines, kinds, body, strict=True):
        amounts = _parts(form, kind, line.item, list(zip(lines, kinds, strict=True)), drawing)
        if amounts:
            total = sum(amounts, Decimal(0))
            text = money_text(total, form)
            cells[at] = Cell(text, "total", total, align=cells[at].align)


def _parts(
    form: Form, kind: str, item: str, rows: Sequence[tuple[Line, str]], drawing: Drawing
) -> list[Decimal]:
    """Give the amounts that a row sums: of the rows below it, or of all that sum nothing."""
    wanted = form.level(kind).sum
    if not wanted:
        return []
    own = [line.item for line, other in rows if not form.level(other).sum]
    if wanted == "items":
        own = [part for part in own if drawing.facts.text(part, "parent") == item]
    elif not own:
        own = [line.item for line, other in rows if form.level(other).sum == "items"]
    found = [drawing.facts.number(part, SUMMED) for part in own]
    return [amount for amount in found if amount is not None]


def sums_at(form: Form, slots: Sequence[Slot]) -> list[int]:
    """Give the columns that the headings of summing levels leave free."""
    if not any(level.sum for level in form.levels):
        return []
    return [at for at, slot in enumerate(slots) if slot.column.field == SUMMED]
