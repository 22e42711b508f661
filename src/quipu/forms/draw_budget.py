"""The budget summary of each unit, worked out from its needs: goods, services, total (S3-14)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from quipu.domain.facts import Facts
from quipu.domain.needs import Category, Need, UnitBudget
from quipu.forms.definition import NumberStyle
from quipu.forms.document import Cell, Sheet, SheetColumn, SheetRow
from quipu.forms.draw_sums import amount_text
from quipu.forms.draw_words import Paper, sheet_name

_CATEGORIES: tuple[Category, ...] = ("goods", "services")


def budget_sheets(
    found: Sequence[Need],
    budgets: Sequence[UnitBudget],
    facts: Facts,
    paper: Paper,
    numbers: NumberStyle,
) -> tuple[Sheet, ...]:
    """Give a sheet for each unit that has needs: code, detail, cost; ceiling and excess below."""
    taken: set[str] = set()
    sheets = []
    for budget in budgets:
        own = [one for one in found if one.unit == budget.unit]
        if own:
            name = facts.text(budget.unit, "name")
            heads = [paper(f"budget-{word}") for word in ("code", "detail", "cost")]
            rows = [SheetRow("header", tuple(Cell(head, "header") for head in heads))]
            rows += _rows(own, budget, paper, numbers)
            widths = (SheetColumn(28), SheetColumn(110), SheetColumn(34, "right"))
            title = paper("budget-title", unit=name)
            sheets.append(Sheet(sheet_name(name, taken), title, widths, tuple(rows)))
    return tuple(sheets)


def _rows(
    found: Sequence[Need], budget: UnitBudget, paper: Paper, numbers: NumberStyle
) -> Iterator[SheetRow]:
    for category in _CATEGORIES:
        total = budget.goods if category == "goods" else budget.services
        words = Cell(paper(f"budget-{category}"), "group", across=2)
        yield SheetRow("group", (words, None, _money(total, numbers)))
        for (code, text), amount in _alike(found, category).items():
            yield SheetRow("row", (Cell(code), Cell(text), _money(amount, numbers)))
    yield _total("total", budget.total, paper, numbers)
    if budget.ceiling is not None:
        yield _total("ceiling", budget.ceiling, paper, numbers)
        if budget.total > budget.ceiling:
            yield _total("over", budget.total - budget.ceiling, paper, numbers)


def _alike(found: Sequence[Need], category: Category) -> dict[tuple[str, str], Decimal]:
    """Add up what several activities need of the same thing."""
    amounts: dict[tuple[str, str], Decimal] = {}
    for one in found:
        if one.category == category:
            key = (one.code, one.text)
            amounts[key] = amounts.get(key, Decimal(0)) + (one.amount or Decimal(0))
    return amounts


def _total(name: str, amount: Decimal, paper: Paper, numbers: NumberStyle) -> SheetRow:
    words = Cell(paper(f"budget-{name}"), "total", align="left", across=2)
    return SheetRow("total", (words, None, _money(amount, numbers)))


def _money(amount: Decimal, numbers: NumberStyle) -> Cell:
    return Cell(amount_text(amount, numbers), "number", amount, align="right")
