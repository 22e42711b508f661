"""Cells of a returned report: only the observed ones stay open, and only in its office."""

from __future__ import annotations

from quipu.forms.document import Document, Sheet
from quipu.operations.finding import find_plan, find_unit
from quipu.operations.house import House
from quipu.operations.locking import only_observed
from quipu.operations.observing import observe
from quipu.operations.printing import document
from quipu.operations.reports import return_report, submit
from tests.operations.plans import JULY, NORTH
from tests.operations.test_observing import carry


def drawn(house: House) -> tuple[Document, dict[str, str]]:
    facts = house.facts()
    plan, unit = find_plan(facts), find_unit(facts, NORTH)
    row = facts.text(next(iter(facts.of_kind("activity"))), "form")
    found = document(house, form=row, unit=unit, period=JULY, plan=plan)
    return found, {"plan": plan, "unit": unit, "period": JULY}


def open_cells(found: Document, house: House) -> set[tuple[str, str]]:
    facts = house.facts()
    return {
        (facts.text(cell.address.item, "code"), cell.address.field)
        for sheet in found.blocks
        if isinstance(sheet, Sheet)
        for row in sheet.rows
        for cell in row.cells
        if cell is not None and cell.editable and cell.address is not None
    }


def test_a_return_opens_the_observed_cells_alone(centre: House, office: House) -> None:
    found, place = drawn(office)
    everything = open_cells(found, office)
    assert only_observed(office, found, **place) == (found, False)
    submit(office, unit=NORTH, period=JULY, author="Luis")
    carry(office, centre, 1)
    observe(
        centre, unit=NORTH, period=JULY, activity="1.1", field="executed", text="¿?", author="Ana"
    )
    return_report(centre, unit=NORTH, period=JULY, reason="Corrija", author="Ana")
    carry(centre, office, 1)
    locked, told = only_observed(office, found, **place)
    assert told
    assert open_cells(locked, office) == {("1.1", "executed")}
    at_centre, where = drawn(centre)
    assert only_observed(centre, at_centre, **where) == (at_centre, False)
    assert len(everything) > 1


def test_a_return_of_the_whole_report_leaves_everything_open(centre: House, office: House) -> None:
    submit(office, unit=NORTH, period=JULY, author="Luis")
    carry(office, centre, 1)
    return_report(centre, unit=NORTH, period=JULY, reason="Corrija", author="Ana")
    carry(centre, office, 1)
    found, place = drawn(office)
    assert only_observed(office, found, **place) == (found, False)
