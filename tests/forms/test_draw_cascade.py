"""A scorecard on paper: as worked, as published, with dates, and in its own cells only."""

from decimal import Decimal

import pytest

from quipu.domain.address import Address
from quipu.forms.document import Cell, Sheet, View
from quipu.forms.draw import DrawRequest, draw
from quipu.forms.reading import Reading
from tests.forms.cmi_tables import FORM, HEAD, PLAN, facts_of, line, scorecard
from tests.forms.sample_plan import paper

ROWS = (
    "Perspectiva del Vecino",
    line(
        "1.1. Vías.",
        "1.1.1 Tasa de vías. 1.1.2 Grado de vías.",
        "1.1.1.1 20 vías.",
        "1.1.1.1.1 Abrir.",
        "Apoyo Técnico 1) Medir. 2) Ir.",
        "ASIS <u>Obras</u>",
        "Seis meses",
        "Cal",
    ),
    line("", "", "", "1.1.1.1.2 Cerrar.", "Dar aviso.", "<u>Obras</u>", "Permanente", "Pala"),
    line("", "", "1.1.1.2 30 vías.", "1.1.1.2.1 Oír.", "1) Ver.", "ASIS", "cuando se pueda"),
    line("1.2 Plazas.", "1.2.1 X.", "1.2.1.1 9.", "1.2.1.1.1 Ver.", "1) Ir."),
)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return scorecard(*ROWS)


def sheet(reading: Reading, view: View = "plan", **more: str) -> Sheet:
    facts = facts_of(reading.rows, **more)
    (one,) = draw((FORM,), facts, DrawRequest(PLAN, view), paper).sheets
    return one


def texts(one: Sheet) -> list[list[str | None]]:
    return [[cell.text if cell is not None else None for cell in row.cells] for row in one.rows]


def cell(one: Sheet, row: int, column: int) -> Cell:
    found = one.rows[row].cells[column]
    assert found is not None
    return found


def test_the_plan_is_drawn_with_its_levels_beside_each_other(reading: Reading) -> None:
    one = sheet(reading)
    empty = [None] * 7
    assert one.title == "Plan de Acción General"
    assert texts(one) == [
        list(HEAD),
        ["Perspectiva del Vecino", *empty],
        ["Apoyo Técnico", *empty],
        [
            "1.1 Vías.",
            "1.1.1 Tasa de vías.",
            "1.1.1.1 20 vías.",
            "1.1.1.1.1 Abrir.",
            "1) Medir.\n2) Ir.",
            "Obras\nASIS",
            "Seis meses",
            "Cal",
        ],
        [None, None, None, "1.1.1.1.2 Cerrar.", "Dar aviso.", "Obras", "Permanente", "Pala"],
        [
            None,
            None,
            "1.1.1.2 30 vías.",
            "1.1.1.2.1 Oír.",
            "1) Ver.",
            "ASIS",
            "cuando se pueda",
            "",
        ],
        [None, "1.1.2 Grado de vías.", "", "", "", "", "", ""],
        ["1.2 Plazas.", "1.2.1 X.", "1.2.1.1 9.", "1.2.1.1.1 Ver.", "1) Ir.", "", "", ""],
    ]
    assert [row.kind for row in one.rows[:4]] == ["header", "group", "group", "row"]
    assert [cell(one, 3, at).down for at in range(4)] == [4, 3, 2, 1]
    assert cell(one, 3, 0).high
    assert [(run.text, run.underline) for run in cell(one, 3, 5).runs] == [
        ("Obras", True),
        ("\nASIS", False),
    ]
    assert [run.underline for run in cell(one, 4, 5).runs] == [True]
    assert cell(one, 5, 5).runs == ()


def test_only_whole_facts_may_be_typed_into(reading: Reading) -> None:
    one = sheet(reading)
    open_ = [
        (number, column)
        for number, row in enumerate(one.rows)
        for column, found in enumerate(row.cells)
        if found is not None and found.editable
    ]
    # Headings, single activities without a number, a lead alone, durations, inputs.
    assert open_ == [
        (1, 0), (2, 0),
        (3, 6), (3, 7),
        (4, 4), (4, 5), (4, 6), (4, 7),
        (5, 6), (5, 7),
        (7, 5), (7, 6), (7, 7),
    ]  # fmt: skip
    address = cell(one, 4, 4).address
    assert address is not None
    assert address.field == "text"


def test_the_published_view_prints_the_cells_as_they_were(reading: Reading) -> None:
    one = sheet(reading, "published")
    assert texts(one)[1:3] == [
        ["Perspectiva del Vecino", *[None] * 7],
        [
            "1.1. Vías.",
            "1.1.1 Tasa de vías.",
            "1.1.1.1 20 vías.",
            "1.1.1.1.1 Abrir.",
            "Apoyo Técnico 1) Medir. 2) Ir.",
            "ASIS Obras",
            "Seis meses",
            "Cal",
        ],
    ]
    assert [(run.text, run.underline) for run in cell(one, 2, 5).runs] == [
        ("ASIS ", False),
        ("Obras", True),
    ]
    assert not any(found and found.editable for row in one.rows for found in row.cells)


@pytest.mark.parametrize(
    ("start", "first", "second", "third"),
    [
        ("2008-01-01", "Seis meses\n(01/01/2008 – 30/06/2008)", "Permanente\n(01/01/2008)", ""),
        ("pronto", "Seis meses", "Permanente", ""),
    ],
)
def test_durations_get_dates_when_a_start_is_known(
    reading: Reading, start: str, first: str, second: str, third: str
) -> None:
    one = sheet(reading, start=start)
    assert [cell(one, row, 6).text for row in (3, 4, 7)] == [first, second, third]
    assert cell(one, 5, 6).text == "cuando se pueda"


def test_an_initiative_may_hang_without_a_list(reading: Reading) -> None:
    facts = facts_of(reading.rows).with_changes(
        [(Address(f"row {at}", "deleted"), True) for at in range(len(reading.rows)) if at > 4]
        + [(Address("inst", "order"), Decimal(1))]
    )
    (one,) = draw((FORM,), facts, DrawRequest(PLAN), paper).sheets
    assert len(one.rows) == 4
