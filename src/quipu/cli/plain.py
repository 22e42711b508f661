"""Values as the command contract writes them in JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from quipu.cli.sentences import problem_sentence
from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.domain.value import plain
from quipu.words import Words

Json = dict[str, object]


def number(value: Decimal | None) -> str | None:
    """Give a number as its plain text, blank as `None`."""
    return None if value is None else plain(value)


def row(rows: Sequence[Row], index: int) -> Json:
    """Give one row of a reading."""
    this = rows[index]
    above = None if this.parent is None else rows[this.parent]
    return {
        "unit": this.unit,
        "kind": this.kind,
        "code": this.code,
        "text": this.text,
        "fields": dict(this.fields),
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


def rows(every: Sequence[Row]) -> list[Json]:
    """Give all rows of a reading."""
    return [row(every, index) for index in range(len(every))]


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
