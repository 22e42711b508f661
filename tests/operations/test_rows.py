from __future__ import annotations

from decimal import Decimal

import pytest

from quipu.domain.errors import InputError
from quipu.operations.finding import find_plan, find_unit, plan_rows
from quipu.operations.house import House
from quipu.operations.rows import add_row, delete_row, move_row
from quipu.operations.undoing import undo
from tests.operations.plans import NORTH, NORTH_ROWS, SOUTH, load, row_of

PROGRAMME, ANNEX = "sv-integracion/pat-programa", "sv-integracion/acciones-estrategicas"


def codes(house: House, unit: str = NORTH) -> list[str]:
    facts = house.facts()
    rows = plan_rows(facts, find_plan(facts), find_unit(facts, unit) if unit else "")
    return [facts.text(row, "code") for row in rows]


def test_a_row_is_added_where_it_is_wanted(centre: House) -> None:
    load(centre)
    cells = {
        ("code", ""): "1.9",
        ("text", ""): "Limpiar las cunetas",
        ("target", "2024-07"): "1,500",
        ("target", "2024-13"): "1",
        ("total", ""): "mil",
        ("weight", "2024-07"): "1",
        ("nothing", ""): "1",
        ("executed", "2024-07"): "1",
    }
    outcome = add_row(
        centre,
        form=PROGRAMME,
        unit=NORTH,
        before=row_of(centre, NORTH, "1.2"),
        cells=cells,
        author="Ana",
    )
    assert codes(centre) == ["1.1", "1.9", "1.2", "1.3", "1.4"]
    assert [(one.check, one.target) for one in outcome.problems] == [
        ("period-not-planned", "2024-13"),
        ("malformed-number", "total"),
        ("period-not-planned", "2024-07"),
        ("field-unknown", "nothing"),
        ("field-fixed", "2024-07"),
    ]
    [row] = outcome.created
    facts = centre.facts()
    assert facts.number(row, "target", "2024-07") == 1500
    assert (facts.text(row, "kind"), facts.text(row, "measure")) == ("activity", "count")
    add_row(centre, form=PROGRAMME, unit=NORTH, cells={("code", ""): "1.10"}, author="Ana")
    assert codes(centre)[-1] == "1.10"
    assert outcome.gesture is not None
    undo(centre, gesture=outcome.gesture, author="Ana")
    assert codes(centre) == ["1.1", "1.2", "1.3", "1.4", "1.10"]


def test_levels_marks_and_percentages(centre: House) -> None:
    load(centre)
    objective = add_row(
        centre,
        form=ANNEX,
        kind="objective",
        cells={("code", ""): "OE 1.1", ("text", ""): "Mejorar"},
        author="Ana",
    ).created[0]
    action = add_row(
        centre,
        form=ANNEX,
        parent=objective,
        cells={("code", ""): "AE 1.1.1", ("target", "2025"): "X", ("total", ""): "10%"},
        author="Ana",
    ).created[0]
    facts = centre.facts()
    assert facts.number(action, "target", "2025") == 1
    assert facts.number(action, "total") == Decimal("0.1")
    assert facts.text(action, "parent") == objective
    assert codes(centre, "") == ["OE 1.1", "AE 1.1.1"]
    # A whole branch goes together.
    assert len(delete_row(centre, row=objective, author="Ana").items) == 2
    assert codes(centre, "") == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"form": "nothing"}, "form-unknown"),
        ({"unit": ""}, "unit-missing"),
        ({"kind": "goal"}, "level-unknown"),
        ({"before": "nothing"}, "row-unknown"),
        ({"parent": "nothing"}, "row-unknown"),
    ],
)
def test_a_row_that_cannot_be_added(centre: House, given: dict[str, str], code: str) -> None:
    load(centre)
    said = {"form": PROGRAMME, "unit": NORTH} | given
    with pytest.raises(InputError, match=code):
        add_row(centre, cells={}, author="Ana", **said)  # type: ignore[arg-type]


def test_rows_are_moved_within_their_table(centre: House) -> None:
    load(centre)
    last = row_of(centre, NORTH, "1.4")
    assert move_row(centre, row=last, before=row_of(centre, NORTH, "1.1"), author="A").changed == 1
    assert codes(centre) == ["1.4", "1.1", "1.2", "1.3"]
    move_row(centre, row=last, author="Ana")
    assert codes(centre) == [row.code for row in NORTH_ROWS]
    with pytest.raises(InputError, match="row-unknown"):
        move_row(centre, row=last, before=row_of(centre, SOUTH, "2.1"), author="Ana")


def test_a_deleted_row_is_known_no_more(centre: House) -> None:
    load(centre)
    row = row_of(centre, NORTH, "1.3")
    gone = delete_row(centre, row=row, author="Ana")
    for verb in (delete_row, move_row):
        with pytest.raises(InputError, match="row-unknown"):
            verb(centre, row=row, author="Ana")
    assert gone.gesture is not None
    undo(centre, gesture=gone.gesture, author="Ana")
    assert "1.3" in codes(centre)
