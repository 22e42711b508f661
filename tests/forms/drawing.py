"""Drawing the sample plan, and finding cells in what was drawn."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.value import Value
from quipu.forms.definition import Column, Form, Level
from quipu.forms.document import Cell, Document, Sheet, SheetRow, View
from quipu.forms.draw import DrawRequest, draw
from tests.forms.sample_plan import (
    PLAN,
    forms,
    item,
    paper,
    sample,
)

D = Decimal


def drawn(
    facts: Facts | None = None,
    view: View = "plan",
    period: str = "",
    *,
    units: tuple[str, ...] = (),
    using: Iterable[Form] | None = None,
) -> Document:
    chosen = list(forms().values() if using is None else using)
    known = sample() if facts is None else facts
    return draw(chosen, known, DrawRequest(PLAN, view, period, units, "data"), paper)


def sheet(document: Document, title: str) -> Sheet:
    return next(one for one in document.sheets if one.title == title)


def body(one: Sheet) -> list[SheetRow]:
    return list(one.rows[one.header_rows :])


def cell(one: Sheet, row: int, field: str, period: str = "") -> Cell:
    named = enumerate(one.columns)
    at = next(at for at, column in named if (column.field, column.period) == (field, period))
    found = body(one)[row].cells[at]
    assert found is not None
    return found


def form(**changes: Any) -> Form:
    """A form of one level, with whatever a test changes in it."""
    plain = Form(
        id="x/plain",
        version="7",
        digest="d",
        title={"es": "Formato"},
        institution="Instituto",
        family="plan",
        levels=(Level("activity", {"es": "Actividad"}),),
        columns=(Column("text", ("Actividad",)), Column("total", ("Total",))),
    )
    return replace(plain, **changes)


def own(name: str, **fields: Value) -> list[tuple[Address, Value]]:
    known: dict[str, Value] = {"kind": "activity", "plan": PLAN, "form": "x/plain", "unit": "roads"}
    return item(name, **(known | fields))
