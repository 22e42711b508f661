"""Arithmetic of a row: do its periods and its total tell one story? (S1-14 to S1-18)."""

from collections.abc import Iterator
from decimal import Decimal

from quipu.domain.problem import Problem
from quipu.forms.checks.figures import Figures, proposed, shown
from quipu.forms.checks.info import Asked, Numbered, Table, finding
from quipu.forms.checks.shifts import shifted
from quipu.forms.definition import Form
from quipu.forms.numbers import regrouped
from quipu.forms.recognise_periods import short_name


def _rows(table: Table) -> Iterator[tuple[Numbered, Figures]]:
    """Give the rows whose numbers stand where they belong, with those numbers."""
    for numbered in table.rows:
        numbers = table.figures.get(numbered[0])
        if numbers is not None and shifted(numbered[1], table.form) is None:
            yield numbered, numbers


def total_missing(table: Table, asked: Asked) -> Iterator[Problem]:
    """A row has targets and no total (S1-14); their sum is proposed."""
    for numbered, numbers in _rows(table):
        if numbers.total_malformed or numbers.total is not None or not numbers.values:
            continue
        if numbers.unreadable or numbers.mixed:
            yield finding(asked, numbered, target="total", variant="unknown")
            continue
        text = shown(numbers.sum, table.form, share=numbers.spread)
        yield finding(asked, numbered, target="total", proposal=proposed(numbers.sum), sum=text)


def malformed_number(table: Table, asked: Asked) -> Iterator[Problem]:
    """A cell's text is no number of the form's style (S1-15); what the total leaves is proposed."""
    for numbered, numbers in _rows(table):
        meant = _regrouped(table.form, numbered, numbers)
        if meant:
            yield from _marked_once(table.form, asked, numbered, numbers, meant)
            continue
        for period in numbers.unreadable:
            yield _malformed_period(table.form, asked, numbered, numbers, period)
        if numbers.total_malformed:
            yield _malformed_total(table.form, asked, numbered, numbers)


def _regrouped(form: Form, numbered: Numbered, numbers: Figures) -> dict[str, Decimal]:
    """Read malformed cells as numbers with too few marks for thousands, if they then add up.

    Nothing where one of them is no such number, or where there is no total to show it (S2-09).
    """
    places = [*numbers.unreadable, *(["total"] if numbers.total_malformed else [])]
    found = {
        place: number
        for place in places
        if (number := regrouped(numbered[1].published.get(place, ""), form.numbers)) is not None
    }
    total = found.get("total", numbers.total)
    periods = sum((found[place] for place in found if place != "total"), numbers.sum)
    return found if len(found) == len(places) and total is not None and periods == total else {}


def _marked_once(
    form: Form, asked: Asked, numbered: Numbered, numbers: Figures, meant: dict[str, Decimal]
) -> Iterator[Problem]:
    total = shown(meant.get("total", numbers.total or Decimal(0)), form)
    for place, number in meant.items():
        yield finding(
            asked,
            numbered,
            target=place,
            variant="regrouped-total" if place == "total" else "regrouped",
            value=numbered[1].published.get(place, ""),
            proposal=proposed(number),
            period=short_name(place, form.language),
            number=shown(number, form),
            total=total,
        )


def _malformed_period(
    form: Form, asked: Asked, numbered: Numbered, numbers: Figures, period: str
) -> Problem:
    value = numbered[1].published.get(period, "")
    name = short_name(period, form.language)
    rest = numbers.total - numbers.sum if numbers.total is not None else Decimal(0)
    if rest <= 0 or len(numbers.unreadable) > 1 or numbers.mixed:
        return finding(asked, numbered, target=period, variant="unknown", value=value, period=name)
    share = numbers.total_share
    return finding(
        asked,
        numbered,
        target=period,
        value=value,
        proposal=proposed(rest),
        period=name,
        number=shown(rest, form, share=share),
        total=shown(numbers.total or Decimal(0), form, share=share),
        others=shown(numbers.sum, form, share=share),
    )


def _malformed_total(form: Form, asked: Asked, numbered: Numbered, numbers: Figures) -> Problem:
    value = numbered[1].published.get("total", "")
    if numbers.unreadable or not numbers.values or numbers.mixed:
        variant, proposal, text = "total-unknown", None, ""
    else:
        variant, proposal = "total", proposed(numbers.sum)
        text = shown(numbers.sum, form, share=numbers.spread)
    return finding(
        asked, numbered, target="total", variant=variant, value=value, proposal=proposal, sum=text
    )


def total_mismatch(table: Table, asked: Asked) -> Iterator[Problem]:
    """The periods do not add up to the printed total (S1-16); their sum is proposed."""
    for numbered, numbers in _rows(table):
        total = numbers.total
        if total is None or not numbers.values or numbers.unreadable or numbers.mixed:
            continue
        if numbers.sum == total or _over(numbers):
            continue
        share = numbers.spread
        # One thing in each of several months: one document that took them all? (Planificación 1.9)
        spanning = total == 1 and all(number == 1 for number in numbers.values.values())
        yield finding(
            asked,
            numbered,
            target="total",
            variant="spanning" if spanning and not share else "",
            value=numbered[1].published.get("total") or proposed(total),
            proposal=proposed(numbers.sum),
            sum=shown(numbers.sum, table.form, share=share),
            total=shown(total, table.form, share=share),
        )


def mixed_measure(table: Table, asked: Asked) -> Iterator[Problem]:
    """Percentages in a row of counts are fractions of one unit (S1-17): 50 % + 50 % + 1 = 2."""
    for numbered, numbers in _rows(table):
        if not numbers.mixed or numbers.unreadable:
            continue
        variant = "" if numbers.total == numbers.sum else "differs"
        if numbers.total is None:
            variant = "no-total"
        yield finding(
            asked,
            numbered,
            target="total",
            variant=variant,
            value=numbered[1].published.get("total"),
            proposal=proposed(numbers.sum),
            sum=shown(numbers.sum, table.form),
            total=numbered[1].published.get("total", ""),
        )


def over_hundred(table: Table, asked: Asked) -> Iterator[Problem]:
    """The percentages of a row add up to more than 100 % (S1-18)."""
    for numbered, numbers in _rows(table):
        if numbers.unreadable or not _over(numbers):
            continue
        last = numbers.values[max(numbers.values)]
        closing = last == 1 and numbers.sum - last == 1
        yield finding(
            asked,
            numbered,
            target="total",
            variant="closing" if closing else "",
            value=numbered[1].published.get("total"),
            sum=shown(numbers.sum, table.form, share=True),
            total=numbered[1].published.get("total", ""),
            period=short_name(max(numbers.values), table.form.language),
        )


def _over(numbers: Figures) -> bool:
    return numbers.spread and numbers.sum > 1
