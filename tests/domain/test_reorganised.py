"""Whose a row was in which period, and which periods a unit owes a report for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.reorganised import as_of, owes, successor
from quipu.domain.value import Value


def said(item: str, **fields: Value) -> list[tuple[Address, Value]]:
    return [(Address(item, field), value) for field, value in fields.items()]


WORLD = [
    *said("row", unit="c", parent="copy", form="f"),
    (Address("row", "former_unit", "2024-07"), "a"),
    (Address("row", "former_unit", "2024-Q4"), "b"),
    (Address("row", "former_unit", "algún día"), "x"),
    *said("copy", unit="c", since="2024-Q4", origin="top", form="f"),
    *said("top", unit="a", form="f"),
    *said("a", kind="unit", ended="2024-07", merged_into="b"),
    *said("b", kind="unit", since="2024-07", ended="2024-Q4", merged_into="c"),
    *said("c", kind="unit", since="2024-Q4"),
    *said("ring", merged_into="ring"),
    *said("row", target=Decimal(1)),
]


@pytest.mark.parametrize(
    ("period", "unit", "parent", "copied"),
    [
        ("2024-01", "a", "top", False),
        ("2024-Q2", "a", "top", False),
        ("2024-08", "b", "top", False),
        # The period in which a row changed hands is the new unit's.
        ("2024-S2", "c", "copy", True),
        ("2024-10", "c", "copy", True),
        ("2024", "c", "copy", True),
        ("", "c", "copy", True),
        ("julio", "c", "copy", True),
    ],
)
def test_a_row_is_the_units_that_had_it(period: str, unit: str, parent: str, copied: bool) -> None:
    found = as_of(Facts(WORLD), period)
    assert (found.text("row", "unit"), found.text("row", "parent")) == (unit, parent)
    assert found.flag("copy", "deleted") is not copied


def test_nothing_reorganised_is_the_same_snapshot() -> None:
    facts = Facts(said("row", unit="a", form="f"))
    assert as_of(facts, "2024") is facts


@pytest.mark.parametrize(
    ("unit", "period", "owed"),
    [
        ("a", "2024-06", True),
        ("a", "2024-07", False),
        ("a", "2024", True),
        ("b", "2024-06", False),
        ("b", "2024-07", True),
        ("c", "2024-09", False),
        ("c", "2024-12", True),
        ("top", "2024-12", True),
        ("a", "nunca", True),
    ],
)
def test_a_unit_owes_reports_while_it_lasts(unit: str, period: str, owed: bool) -> None:
    assert owes(Facts(WORLD), unit, period) is owed


def test_a_merged_unit_leads_to_what_it_is_now() -> None:
    facts = Facts(WORLD)
    assert [successor(facts, unit) for unit in ("a", "c", "ring")] == ["c", "c", "ring"]
