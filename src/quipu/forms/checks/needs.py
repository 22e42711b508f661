"""The schedule of needs: quantities of the months and their price make the cost (S3-11)."""

from collections.abc import Iterator
from decimal import Decimal

from quipu.domain.problem import Problem
from quipu.forms.checks.figures import proposed, shown
from quipu.forms.checks.info import Asked, Table, finding
from quipu.forms.checks.money import money
from quipu.forms.numbers import read_number


def need_amount(table: Table, asked: Asked) -> Iterator[Problem]:
    """The months do not add up to the quantity, or quantity and price to the cost."""
    style = table.form.numbers
    for entry in table.rows:
        row = entry[1]
        quantity = read_number(row.fields.get("quantity", ""), style).value
        price = read_number(row.fields.get("price", ""), style).value
        months = [value for value in row.amounts.values() if value is not None]
        whole = sum(months, Decimal(0)) if len(months) == len(row.amounts) else None
        if months and whole is not None and quantity is not None and whole != quantity:
            yield finding(
                asked,
                entry,
                target="quantity",
                variant="quantity",
                value=row.fields["quantity"],
                proposal=proposed(whole),
                sum=shown(whole, table.form),
            )
        meant = quantity if quantity is not None else (whole if months else None)
        cost = money(row, table.form)
        if meant is not None and price is not None and cost is not None and meant * price != cost:
            yield finding(
                asked,
                entry,
                target="budget",
                value=row.fields["budget"],
                proposal=proposed(meant * price),
                sum=shown(meant * price, table.form),
            )
