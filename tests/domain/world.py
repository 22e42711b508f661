"""A small institution as facts, for the tests of the rules."""

from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.value import Value

Entry = tuple[Address, Value]


def item(name: str, kind: str, /, **fields: Value) -> list[Entry]:
    """An item with its kind and other fields that have no period."""
    return [(Address(name, field), value) for field, value in {"kind": kind, **fields}.items()]


def institution() -> list[Entry]:
    """Two areas, three units, two offices, one plan with nested, linked and shared rows."""
    return [
        *item("dataset", "institution", name="Dirección"),
        *item("north-area", "area", parent="dataset", order=Decimal(1)),
        *item("south-area", "area", parent="dataset", order=Decimal(2)),
        *item("norte", "unit", name="Norte", parent="north-area", office="office-n"),
        *item("sur", "unit", name="Sur", parent="south-area", office="office-s"),
        *item("sede", "unit", name="Sede", parent="south-area"),
        *item("office-n", "office", name="Oficina Norte"),
        *item("office-s", "office", name="Oficina Sur"),
        *item("plan", "plan", year=Decimal(2024)),
        *item("objective", "objective", plan="plan"),
        *item("strategy", "action", plan="plan", parent="objective"),
        *item("group", "objective", plan="plan"),
        *item("activity-n", "activity", plan="plan", unit="norte", parent="group"),
        *item("task-n", "task", plan="plan", unit="norte", parent="activity-n", linked="strategy"),
        *item("activity-s", "activity", plan="plan", unit="sur"),
        *item("gone-n", "activity", plan="plan", unit="norte", deleted=True),
    ]


def facts(*more: Entry) -> Facts:
    """The institution with more facts."""
    return Facts([*institution(), *more])
