"""The periods that a plan and its rows speak of, as their forms have them."""

from collections.abc import Mapping
from decimal import Decimal

from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.period import Period, PeriodKind
from quipu.forms.definition import Form
from quipu.operations.finding import rows_of

_USUAL: PeriodKind = "month"


def period_kind(form: Form | None) -> PeriodKind:
    """Give the kind of period that a form's targets stand in; months where it does not say."""
    if form is None:
        return _USUAL
    return next((column.periods for column in form.columns if column.periods), _USUAL)


def report_kind(form: Form | None) -> PeriodKind:
    """Give the kind of period in which offices report on a form; mostly that of its targets."""
    return form.report.period or period_kind(form) if form is not None else _USUAL


def reported_periods(forms: Mapping[str, Form], facts: Facts, row: str) -> list[str]:
    """Give the periods in which a row is reported, in order."""
    form = forms.get(facts.text(row, "form"))
    if form is None or form.report.period is None:
        return row_periods(forms, facts, row)
    first = facts.number(facts.text(row, "plan"), "year")
    return _reported(first, form.report.period, form.report.years)


def _reported(first: Decimal | None, kind: PeriodKind, years: int) -> list[str]:
    """Give the periods of a kind in some years from a plan's own on."""
    if first is None:
        return []
    return [str(part) for year in range(years) for part in _parts(first + year, kind)]


def row_periods(forms: Mapping[str, Form], facts: Facts, row: str) -> list[str]:
    """Give the periods in which a row is planned, in order."""
    form = forms.get(facts.text(row, "form"))
    return form_periods(form, facts.number(facts.text(row, "plan"), "year"))


def form_periods(form: Form | None, year: Decimal | None) -> list[str]:
    """Give the periods of a form's columns in a plan's year, or in its own span of years."""
    if form is not None and form.years is not None:
        return [str(part) for part in _span(*form.years).parts(period_kind(form))]
    return [str(part) for part in _parts(year, period_kind(form))]


def plan_periods(forms: Mapping[str, Form], facts: Facts, plan: str) -> list[str]:
    """Give the periods in which the units of a plan report, in order.

    They are those of the form that most of the plan's rows are of, of the forms with a report
    where there are such: a plan of months that has an annex of years is reported by months.
    """
    counts: dict[str, int] = {}
    for row in rows_of(facts, plan):
        name = facts.text(row, "form")
        counts[name] = counts.get(name, 0) + 1
    reported = {name for name in counts if name in forms and forms[name].report.columns}
    counts = {name: counts[name] for name in reported or counts}
    most = max(counts, key=lambda name: (counts[name], name), default="")
    form = forms.get(most)
    years = form.report.years if form is not None else 1
    return _reported(facts.number(plan, "year"), report_kind(form), years)


def plan_period(forms: Mapping[str, Form], facts: Facts, plan: str, text: str) -> str:
    """Give a period in which units report; raises `period-unknown` (period, plan, known)."""
    known = plan_periods(forms, facts, plan)
    return _known(text, known, facts.text(plan, "name"))


def row_period(forms: Mapping[str, Form], facts: Facts, row: str, text: str) -> str:
    """Give a period of a row; raises `InputError("period-unknown", period, plan, known)`."""
    name = facts.text(facts.text(row, "plan"), "name")
    planned = row_periods(forms, facts, row)
    reported = [period for period in reported_periods(forms, facts, row) if period not in planned]
    return _known(text, [*planned, *reported], name)


def _known(text: str, known: list[str], plan: str) -> str:
    period = text.strip().upper()
    if period not in known:
        ends = f"{known[0]} … {known[-1]}" if known else "–"
        raise InputError("period-unknown", period=text, plan=plan, known=ends)
    return period


def _parts(year: Decimal | None, kind: PeriodKind) -> list[Period]:
    if year is None:
        return []
    return Period.of_year(int(year)).parts(kind)


def _span(first: int, last: int) -> Period:
    return Period(first, "span", 1, last)
