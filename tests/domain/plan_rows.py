"""Rows of a plan as facts, for tests of the evaluation."""

from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.value import Value

Entries = list[tuple[Address, Value]]


def row(name: str, targets: dict[str, str], *, measure: str = "count", **fields: Value) -> Entries:
    """Give a row of the unit `roads`, or of the one in `fields`."""
    known: dict[str, Value] = {"kind": "activity", "plan": "plan", "form": "f", "text": name}
    known |= {"unit": "roads", "measure": measure, **fields}
    found: Entries = [(Address(name, field), value) for field, value in known.items()]
    return found + [
        (Address(name, "target", when), Decimal(value)) for when, value in targets.items()
    ]


def said(name: str, field: str = "executed", **values: str) -> Entries:
    """Give what was reported: `m07="3"` of July, `m07_north="3"` by the unit north."""
    found: Entries = []
    for place, value in values.items():
        when, _, unit = place.partition("_")
        period = f"2024-{when[1:]}" if when[0] == "m" else f"2024-{when.upper()}"
        found.append((Address(name, field, period, unit or "roads"), Decimal(value)))
    return found


def demand(name: str, **values: str) -> Entries:
    """Give what was attended of what was received: `m07="30/50"`; `m07="/50"` says only that."""
    found: Entries = []
    for place, value in values.items():
        attended, _, received = value.partition("/")
        found += said(name, "denominator", **{place: received})
        if attended:
            found += said(name, "numerator", **{place: attended})
    return found
