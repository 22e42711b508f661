"""Sheets with lines above the table and group rows in it: plan, as published, report."""

from dataclasses import replace
from decimal import Decimal

import pytest

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.value import Value
from quipu.forms.definition import Context, Form
from quipu.forms.document import Cell, Document, Sheet, SheetRow, View
from quipu.forms.draw import DrawRequest, draw
from tests.forms.poa_tables import FORM, LEGEND, PLAN, action, facts_of, operative, page, read
from tests.forms.sample_plan import paper
from tests.golden.rendering import check_golden

READING = read(
    page(
        action("AE.1.1.1.", "Ampliar los servicios.", area="Archivo"),
        operative("AO.1.1.1.1.", "Medir.", area="Archivo", figures="0 0.5 0.5 0 1"),
        "Acciones Proyectadas en el 1er Seguimiento al PQD 2014-2019 | | Gerencia",
        operative("AO PQD G1", "Mejorar.", figures=""),
        operative("AO PQD G1.1", "Comprar.", figures="7500,000 0 0 0 7500,000"),
    )
    + page(action("AE.2.1.1.", "Cobrar."), operative("AO.2.1.1.1."), objective="OE.2. Administrar.")
    + page(
        operative("AO AI 1", "Examinar.", lead="Auditoría"),
        objective="OE.1. Ampliar los servicios.",
    )
)


def drawn(
    view: View = "plan", period: str = "", *more: tuple[Address, Value], form: Form = FORM
) -> Document:
    facts = facts_of(READING.rows).with_changes(more)
    return draw([form], facts, DrawRequest(PLAN, view, period), paper)


def body(sheet: Sheet) -> list[SheetRow]:
    return list(sheet.rows[sheet.header_rows :])


def texts(row: SheetRow) -> list[str]:
    return [cell.text if cell is not None else "·" for cell in row.cells]


@pytest.mark.parametrize(
    ("name", "view", "period"),
    [("plan", "plan", ""), ("published", "published", ""), ("report", "progress", "2018-Q1")],
)
def test_the_sheet_is_the_one_that_was_found_right(name: str, view: View, period: str) -> None:
    check_golden(f"poa-{name}", drawn(view, period))


def test_each_objective_of_a_unit_has_a_sheet() -> None:
    sheets = drawn().sheets
    assert [(sheet.name, sheet.unit, sheet.title) for sheet in sheets] == [
        ("Gerencia", "Gerencia", ""),
        ("Gerencia 2", "Gerencia", ""),
        ("Auditoría", "Auditoría", ""),
    ]
    above = [texts(row)[0] for row in sheets[1].rows[:5]]
    assert above == [*LEGEND.split("\n"), "OE.2. Administrar."]


def test_a_table_without_group_rows_has_its_own_heading() -> None:
    headings = [texts(sheet.rows[5])[1] for sheet in drawn().sheets]
    assert headings == [
        "ACCIÓN ESTRATÉGICO (AE) ACCIÓN OPERATIVA (AO)",
        "ACCIÓN ESTRATÉGICO (AE) ACCIÓN OPERATIVA (AO)",
        "ACCIÓN OPERATIVA (AO)",
    ]


def test_a_group_row_has_its_lead_and_area_and_nothing_to_count() -> None:
    first, _, heading, *_ = body(drawn().sheets[0])
    assert (first.kind, first.item) == ("group", "row 1")
    assert texts(first)[:4] == ["AE.1.1.1. Ampliar los servicios.", "·", "Gerencia", "Archivo"]
    title, lead, total = first.cells[0], first.cells[2], first.cells[4]
    assert title is not None
    assert lead is not None
    assert (title.across, title.editable, lead.editable) == (2, False, True)
    assert total == Cell(style="group")
    words = heading.cells[0]
    assert words is not None
    assert (words.editable, words.address) == (True, Address("row 3", "text"))


def test_a_group_row_without_other_cells_covers_the_table() -> None:
    more = [(Address(f"row {at}", name), None) for at in (1, 3, 7) for name in ("lead", "area")]
    first = body(drawn("plan", "", *more).sheets[0])[0]
    assert first.cells[0] is not None
    assert (first.cells[0].across, first.cells[1:]) == (9, (None,) * 8)


def test_a_number_of_a_group_row_stays_in_sight() -> None:
    row = body(drawn("plan", "", (Address("row 1", "total"), Decimal(3))).sheets[0])[0]
    cell = row.cells[4]
    assert cell is not None
    assert (cell.text, cell.style, cell.address) == ("3", "group", Address("row 1", "total"))


def test_the_published_line_and_cells_are_printed_as_they_were() -> None:
    sheet = drawn("published", "", (Address("row 0", "text"), "Otra cosa.")).sheets[0]
    assert texts(sheet.rows[4])[0] == "OE.1. Ampliar los servicios."
    assert texts(drawn("plan", "", (Address("row 0", "text"), "Otra.")).sheets[0].rows[4])[0] == (
        "OE.1. Otra."
    )
    only = (Address("row 1", "text.published"), None), (Address("row 1", "code.published"), "AE.1")
    assert texts(body(drawn("published", "", *only).sheets[0])[0])[0] == "AE.1"


def test_a_line_of_another_plan_is_written_as_that_plan_writes_it() -> None:
    more = (Address("row 0", "code"), "1."), (Address("row 0", "text"), "Productividad")
    above = drawn("plan", "", *more).sheets[0].rows[4]
    assert texts(above)[0] == "Objetivo del PQD: 1. Productividad"


def test_words_that_may_be_missing_are_printed() -> None:
    context = Context("Objetivo[ (OE)]: {text}", "objective")
    sheet = drawn(form=replace(FORM, contexts=(context,))).sheets[0]
    assert texts(sheet.rows[4])[0] == "Objetivo (OE): Ampliar los servicios."


def test_rows_without_objective_have_a_sheet_without_its_line() -> None:
    facts = facts_of(read(page(operative("AO AI 1", lead="Auditoría"), objective="")).rows)
    (sheet,) = draw([FORM], facts, DrawRequest(PLAN), paper).sheets
    assert sheet.header_rows == 6


def test_an_objective_alone_is_no_sheet() -> None:
    entries = [(at, value) for at, value in facts_of(READING.rows) if at.item in ("inst", PLAN)]
    entries += [(at, value) for at, value in facts_of(READING.rows) if at.item == "row 0"]
    assert draw([FORM], Facts(entries), DrawRequest(PLAN), paper).sheets == ()


def test_a_report_asks_for_what_has_targets_only() -> None:
    rows = body(drawn("progress", "2018-Q1").sheets[0])
    typed = [sum(cell is not None and cell.editable for cell in row.cells) for row in rows]
    assert typed == [0, 2, 0, 0, 2]
