"""Amounts of money: costs of months, budgets of rows, and the sums over them (S3-10, S3-14)."""

from collections.abc import Iterator
from decimal import Decimal

from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.forms.checks.figures import proposed, shown
from quipu.forms.checks.info import Asked, Numbered, Table, finding
from quipu.forms.definition import Form
from quipu.forms.numbers import read_number
from quipu.forms.recognise_periods import short_name

_MONEY = "budget"


def malformed_amount(table: Table, asked: Asked) -> Iterator[Problem]:
    """A budget or the cost of a period is no number of the form's style."""
    for entry in table.rows:
        row = entry[1]
        text = row.fields.get(_MONEY, "")
        if text and read_number(text, table.form.numbers).malformed:
            yield finding(asked, entry, target=_MONEY, value=text)
        for place, amount in row.amounts.items():
            if amount is None:
                period = short_name(place.partition(":")[2], table.form.language)
                value = row.published.get(place, "")
                yield finding(
                    asked, entry, target=place, variant="period", value=value, period=period
                )


def budget_mismatch(table: Table, asked: Asked) -> Iterator[Problem]:
    """What adds up to a budget gives another sum: a row's months, or the rows that it sums."""
    for entry in table.rows:
        row = entry[1]
        budget = money(row, table.form)
        if budget is None:
            continue
        months = [amount for amount in row.amounts.values() if amount is not None]
        whole = months and len(months) == len(row.amounts)
        if whole and sum(months) != budget:
            yield _differs(asked, entry, table, sum(months, Decimal(0)), "months")
        below = _summed(table, entry)
        if below is not None and below != budget:
            yield _differs(asked, entry, table, below, table.form.level(row.kind).sum)


def budget_missing(table: Table, asked: Asked) -> Iterator[Problem]:
    """A row that should have a budget has none; said once of a table that has none at all."""
    column = table.form.column(_MONEY)
    if column is None:
        return
    own = table.form.level(column.level).kind
    rows = [
        entry for entry in table.rows if entry[1].kind == own or table.form.level(entry[1].kind).sum
    ]
    bare = [
        entry
        for entry in rows
        if money(entry[1], table.form) is None
        and not read_number(entry[1].fields.get(_MONEY, ""), table.form.numbers).malformed
    ]
    if len(bare) == len(rows):
        for entry in bare[:1]:
            yield finding(asked, entry, target=_MONEY, variant="all", rows=len(bare))
        return
    for entry in bare:
        below = _summed(table, entry)
        months = [amount for amount in entry[1].amounts.values() if amount is not None]
        meant = below if below is not None else sum(months, Decimal(0)) if months else None
        proposal = proposed(meant) if meant is not None else None
        yield finding(
            asked,
            entry,
            target=_MONEY,
            variant="" if proposal is None else "sum",
            proposal=proposal,
            sum=shown(meant, table.form) if meant is not None else "",
        )


def budget_exceeded(table: Table, asked: Asked) -> Iterator[Problem]:
    """The activities of a unit cost more than its budget table allows in all (S3-12).

    The table is of another form, whose rows of a level with `sum = "all"` say the unit's total.
    """
    ceilings = {
        row.unit: amount
        for _, row in table.whole.rows
        if row.unit and row.form in asked_forms(asked) and row.kind == asked.params.get("level")
        if (amount := money(row, table.form)) is not None
    }
    spent: dict[str, list[Numbered]] = {}
    for entry in table.rows:
        if money(entry[1], table.form) is not None:
            spent.setdefault(entry[1].unit, []).append(entry)
    for unit, entries in spent.items():
        total = sum((money(row, table.form) or Decimal(0) for _, row in entries), Decimal(0))
        if unit in ceilings and total > ceilings[unit]:
            yield finding(
                asked,
                entries[0],
                target=_MONEY,
                value=shown(total, table.form),
                sum=shown(total, table.form),
                ceiling=shown(ceilings[unit], table.form),
                excess=shown(total - ceilings[unit], table.form),
            )


def asked_forms(asked: Asked) -> tuple[str, ...]:
    """Give the form whose totals are ceilings, as the check's parameter names it."""
    form = asked.params.get("form", "")
    return (form,) if isinstance(form, str) and form else ()


def money(row: Row, form: Form) -> Decimal | None:
    """Give a row's budget, `None` where it has none or none that can be read."""
    return read_number(row.fields.get(_MONEY, ""), form.numbers).value


def _summed(table: Table, entry: Numbered) -> Decimal | None:
    """Give the sum that a row of a summing level should show, `None` where nothing adds up."""
    index, row = entry
    level = table.form.level(row.kind)
    if not level.sum:
        return None
    mine = [other for other in table.rows if other[1].unit == row.unit]
    inner = table.form.levels[-1].kind
    if level.sum == "items":
        parts = [other for _, other in mine if other.parent == index]
    else:
        parts = [other for _, other in mine if other.kind == inner]
        parts = parts or [o for _, o in mine if table.form.level(o.kind).sum == "items"]
    amounts = [amount for part in parts if (amount := money(part, table.form)) is not None]
    return sum(amounts, Decimal(0)) if amounts else None


def _differs(asked: Asked, entry: Numbered, table: Table, total: Decimal, variant: str) -> Problem:
    value = entry[1].fields.get(_MONEY, "")
    return finding(
        asked,
        entry,
        target=_MONEY,
        variant=variant,
        value=value,
        proposal=proposed(total),
        sum=shown(total, table.form),
    )
