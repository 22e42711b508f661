"""Rows of units below a row of the whole institution."""

from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.outline import plan_rows
from quipu.domain.scope import office_items
from quipu.domain.value import Value


def row(name: str, order: int, *, unit: str = "", parent: str = "") -> list[tuple[Address, Value]]:
    fields: dict[str, Value] = {
        "kind": "activity",
        "plan": "plan",
        "form": "f",
        "order": Decimal(order),
        "unit": unit or None,
        "parent": parent or None,
    }
    return [(Address(name, field), value) for field, value in fields.items()]


ROWS = Facts(
    [
        *row("OE.2", 1),
        *row("OE.1", 2),
        *row("AE.1", 1, unit="loans", parent="OE.1"),
        *row("AO.1.1", 2, unit="loans", parent="AE.1"),
        *row("AE.2", 3, unit="loans", parent="OE.2"),
        *row("AE.3", 1, unit="risks", parent="OE.2"),
        (Address("loans", "kind"), "unit"),
        (Address("loans", "office"), "office"),
    ]
)


def test_a_units_rows_stand_in_their_own_order_below_shared_objectives() -> None:
    assert plan_rows(ROWS, "plan") == {
        "": ["OE.2", "OE.1"],
        "loans": ["AE.1", "AO.1.1", "AE.2"],
        "risks": ["AE.3"],
    }


def test_an_office_knows_the_objectives_of_its_rows() -> None:
    assert {"AE.1", "AO.1.1", "AE.2", "OE.1", "OE.2"} < office_items(ROWS, "office")
    assert "AE.3" not in office_items(ROWS, "office")
