"""Values as the command contract writes them in JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from quipu.domain.fields import find
from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.domain.value import plain
from quipu.forms.definition import Form
from quipu.forms.numbers import read_number
from quipu.operations.sentences import problem_sentence
from quipu.words import Words

Json = dict[str, object]


def number(value: Decimal | None) -> str | None:
    """Give a number as its plain text, blank as `None`."""
    return None if value is None else plain(value)


def fields(row: Row, forms: Mapping[str, Form]) -> dict[str, str]:
    """Give a row's fields by code: numbers plain, whatever style the form prints them in.

    A text that is no number in the form's style ("0,4 0,4") stays as it is printed.
    """
    form = forms.get(row.form)
    found = dict(row.fields)
    for code, text in row.fields.items():
        known = find(code)
        if form is not None and known is not None and known.type == "number":
            value = read_number(text, form.numbers).value
            found[code] = text if value is None else plain(value)
    return found


def row(rows: Sequence[Row], index: int, forms: Mapping[str, Form]) -> Json:
    """Give one row of a reading."""
    this = rows[index]
    above = None if this.parent is None else rows[this.parent]
    return {
        "unit": this.unit,
        "kind": this.kind,
        "code": this.code,
        "text": this.text,
        "fields": fields(this, forms),
        "targets": {period: number(value) for period, value in this.targets.items()},
        "amounts": {place: number(value) for place, value in this.amounts.items()},
        "total": number(this.total),
        "published": dict(this.published),
        "parent": None if above is None else (above.code or above.text),
        "where": this.where,
        "form": this.form,
        "area": this.area,
        "measure": this.measure,
    }


def rows(every: Sequence[Row], forms: Mapping[str, Form]) -> list[Json]:
    """Give all rows of a reading, which these forms made."""
    return [row(every, index, forms) for index in range(len(every))]


def problem(words: Words, found: Problem) -> Json:
    """Give one finding, with its sentence."""
    return {
        "check": found.check,
        "severity": found.severity,
        "where": found.where,
        "unit": found.unit,
        "code": found.code,
        "message": problem_sentence(words, found),
        "proposal": found.proposal,
        "value": found.value,
        "row": found.row,
        "target": found.target,
        "item": found.item,
    }


def problems(words: Words, found: Iterable[Problem]) -> list[Json]:
    """Give all findings, with their sentences."""
    return [problem(words, one) for one in found]
