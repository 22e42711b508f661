"""Rows made by hand, and what one check finds in them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.forms.checks import run_checks
from quipu.forms.definition import CheckUse, Form
from quipu.forms.numbers import read_number
from tests.forms.raw_tables import BY_ID, PROGRAMME


def row(
    code: str = "1.1",
    text: str = "Visitar caminos",
    *,
    form: str = PROGRAMME,
    kind: str = "activity",
    unit: str = "UNIDAD DE CAMINOS",
    parent: int | None = None,
    months: Mapping[int, str] | None = None,
    total: str = "",
    extra: str = "",
    measure: str = "",
    **fields: str,
) -> Row:
    published = {f"2024-{month:02}": text for month, text in (months or {}).items()}
    targets = {period: value(text) for period, text in published.items()}
    if total:
        published["total"] = total
    if extra:
        published["extra"] = extra
    return Row(
        form=form,
        kind=kind,
        unit=unit,
        code=code,
        text=text,
        fields=fields,
        targets=targets,
        total=value(total) if total else None,
        published=published,
        parent=parent,
        where="A1",
        measure=measure,
    )


def value(text: str) -> Decimal | None:
    return read_number(text, "1,234.5").value


def asking(form: Form, *checks: str) -> Form:
    return replace(form, checks=tuple(CheckUse(check) for check in checks))


def findings(
    check: str,
    *rows: Row,
    header: Mapping[str, str] | None = None,
    forms: Mapping[str, Form] | None = None,
) -> list[Problem]:
    known = BY_ID if forms is None else forms
    asked = {name: asking(form, check) for name, form in known.items()}
    return run_checks(rows, asked, header=header or {})


def short(problems: Sequence[Problem]) -> list[tuple[int | None, str, str, str | None]]:
    return [(one.row, one.target, one.variant, one.proposal) for one in problems]
