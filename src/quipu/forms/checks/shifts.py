"""Rows that were printed one column too far to the right (S1-16)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from quipu.domain.period import Period
from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.forms.checks.figures import figures, proposed, shown
from quipu.forms.checks.info import Asked, Numbered, Table, finding
from quipu.forms.definition import Form
from quipu.forms.numbers import read_number
from quipu.forms.recognise_periods import short_name


@dataclass(frozen=True, slots=True)
class Unshifted:
    """A shifted row as it was meant: the number of each period, and the total."""

    targets: dict[str, Decimal]
    total: Decimal


def shifted(row: Row, form: Form, *, example: str = "") -> Unshifted | None:
    """Give the meant reading of a row whose figures moved one column right, else `None`.

    Arithmetic decides: the figure beyond the last column must be the sum of all the others, the
    printed total being the last period's figure and the first period blank. `example` is any
    period of the plan, for rows that have none.
    """
    if mark_beyond(row, form):
        return Unshifted(_last(form, example), Decimal(1))
    numbers = figures(row, form) if row.published.get("extra") else None
    if numbers is None or numbers.total is None or numbers.unreadable:
        return None
    total = numbers.sum + numbers.total
    if all(
        read_number(text, form.numbers).value != total
        for text in row.published["extra"].split("\n")
    ):
        return None
    periods = _periods(form, next(iter(numbers.values), example))
    if periods and periods[0] in numbers.values:
        return None
    meant = {
        before: numbers.values[after]
        for before, after in pairwise(periods)
        if after in numbers.values
    }
    if periods:
        meant[periods[-1]] = numbers.total
    return Unshifted(meant, total)


def mark_beyond(row: Row, form: Form) -> bool:
    """Tell whether a row's only mark stands beyond the last period (S3-05)."""
    flagged = any(column.flags and column.periods for column in form.columns)
    extra = row.published.get("extra", "").strip()
    mark = 0 < len(extra) <= 2 and (extra in "xX" or not any(map(str.isalnum, extra)))
    return flagged and not row.targets and mark


def _last(form: Form, example: str) -> dict[str, Decimal]:
    return {period: Decimal(1) for period in _periods(form, example)[-1:]}


def _periods(form: Form, example: str) -> list[str]:
    """Give the periods of the form's columns, in order, in the year of a printed one."""
    column = next(column for column in form.columns if column.periods)
    if not example or column.periods is None:
        return []
    year = Period.of_year(Period.parse(example).year)
    return [str(period) for period in year.parts(column.periods)]


def row_shifted(table: Table, asked: Asked) -> Iterator[Problem]:
    """A row stands one column too far to the right; the true total is proposed (S1-16)."""
    for numbered in table.rows:
        meant = shifted(numbered[1], table.form, example=table.whole.period)
        if meant is None:
            continue
        language = table.form.language
        if mark_beyond(numbered[1], table.form):
            yield _mark_shifted(table.form, asked, numbered, meant)
            continue
        reading = ", ".join(
            f"{short_name(period, language)} {shown(number, table.form)}"
            for period, number in meant.targets.items()
        )
        yield finding(
            asked,
            numbered,
            target="total",
            variant="" if reading else "alone",
            value=numbered[1].published.get("total"),
            proposal=proposed(meant.total),
            reading=reading,
            total=shown(meant.total, table.form),
            targets={period: proposed(number) for period, number in meant.targets.items()},
        )


def _mark_shifted(form: Form, asked: Asked, numbered: Numbered, meant: Unshifted) -> Problem:
    last = next(iter(meant.targets), "")
    return finding(
        asked,
        numbered,
        target=last or "extra",
        variant="mark" if last else "mark-alone",
        value=numbered[1].published.get("extra", ""),
        proposal=proposed(meant.total) if last else None,
        period=short_name(last, form.language),
        targets={period: proposed(number) for period, number in meant.targets.items()},
    )
