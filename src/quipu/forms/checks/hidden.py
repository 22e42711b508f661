"""Targets that stand in the words of an objective or an activity and in no column (S4-11)."""

from collections.abc import Iterator

from quipu.domain.goal import Goal, read_goals
from quipu.domain.problem import Problem
from quipu.domain.value import plain
from quipu.forms.checks.info import Asked, Table, finding
from quipu.forms.numbers import write_number

_DECIMAL = {"1,234.5": ".", "1.234,5": ","}
_YEARS = range(1900, 2200)


def target_in_text(table: Table, asked: Asked) -> Iterator[Problem]:
    """A text names an amount to be reached: `superar las 10.000 cotizaciones` (S4-11).

    Read in the form's number style. Accepting it makes it the row's threshold, by which it is
    evaluated. A number alone, without a word that asks for so much, is no target.
    """
    for entry in table.rows:
        row = entry[1]
        if row.fields.get("threshold"):
            continue
        found = read_goals(row.text, decimal=_DECIMAL[table.form.numbers])
        wanted = next((goal for goal in found if _asks(goal)), None)
        if wanted is not None:
            yield finding(
                asked,
                entry,
                target="threshold",
                variant=wanted.sense,
                value=row.text,
                proposal=wanted.threshold,
                amount=write_number(wanted.amount, table.form.numbers, percent=wanted.percent),
                unit=wanted.unit,
                also={"total": plain(wanted.amount), "measure": wanted.measure},
            )


def _asks(goal: Goal) -> bool:
    """Tell whether an amount is asked for, and is no year."""
    year = not goal.percent and not goal.unit and goal.amount in _YEARS
    return goal.sense != "exact" and not year
