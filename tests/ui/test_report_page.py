"""The report of a period, its observations beside the cell, and the cells that a return opens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quipu.operations.entering import enter
from quipu.operations.finding import find_unit
from quipu.operations.house import House
from quipu.operations.observing import list_observations
from quipu.operations.period_reports import period_report
from quipu.operations.workspaces import open_house
from quipu.ui.dialogs.ask import Ask
from quipu.ui.observations import CellObservations
from quipu.ui.pages.report import ReportPage
from quipu.ui.pictures import settle
from quipu.ui.report import ReportKeeping
from quipu.ui.window import Window
from tests.operations.plans import JULY, NORTH
from tests.ui.test_due_page import returned  # noqa: F401 - a fixture
from tests.ui.test_pages import answer
from tests.ui.test_window import at_unit, column_of, unit_key

Reader = Callable[[Path], House]
Opener = Callable[..., Window]


def report_of(window: Window, period: str = JULY) -> ReportPage:
    kept = window.further["report"]
    assert isinstance(kept, ReportKeeping)
    kept.open(unit_key(window), period)
    window.show_page("report")
    settle(window)
    return kept.page


def state(look_in: Reader, folder: Path) -> str:
    with look_in(folder) as house:
        return period_report(house, unit=NORTH, period=JULY).state


def test_an_office_sees_why_it_came_back_completes_it_and_sends_it(
    returned: tuple[Path, Path],  # noqa: F811
    open_on: Opener,
    look_in: Reader,
    tmp_path: Path,
) -> None:
    window = open_on(returned[1])
    page = report_of(window)
    assert "Devuelto" in page.state.text()
    assert "Ver la cifra" in page.state.text()
    assert set(page.verbs) == {"submit", "review", "copy", "print"}
    said = [one.message.text for one in page.observed.model.records]
    assert said == ["¿Seguro?", "Ver la cifra"]
    page.observed.view.selectRow(0)
    page.observed.buttons["answer"].click()
    answer(window, {"text": "Sí, con acta"})
    assert page.observed.model.records[0].message.answer == "Sí, con acta"
    page.observed.buttons["go"].click()
    settle(window)
    cell = window.page.cell()
    assert cell is not None
    assert cell.address is not None
    assert cell.address.field == "executed"
    page = report_of(window)
    file = tmp_path / "informe.pdf"
    page.verbs["print"].click()
    answer(window, {"file": str(file)})
    assert file.read_bytes().startswith(b"%PDF")
    page.verbs["submit"].click()
    settle(window)
    if state(look_in, returned[1]) != "submitted":
        answer(window, {"reason": "Falta el acta"})
    assert state(look_in, returned[1]) == "submitted"
    assert not page.verbs["submit"].isEnabled()


def test_only_the_observed_cells_of_a_returned_report_are_open(
    returned: tuple[Path, Path],  # noqa: F811
    open_on: Opener,
) -> None:
    window = open_on(returned[1])
    at_unit(window, JULY)
    column = column_of(window, "executed")
    model = window.page.model
    codes = [model.text_at(row, 0) for row in range(model.rowCount())]
    open_rows = [code for row, code in enumerate(codes) if model.writable(row, column)]
    assert open_rows == ["1.1"]
    assert window.page.chooser.state.text().startswith("Devuelto")
    window.sheets.choose_period("2024-08")
    settle(window)
    assert window.page.model.writable(1, column)


def test_the_thread_of_a_cell_stands_beside_it(
    returned: tuple[Path, Path],  # noqa: F811
    open_on: Opener,
    look_in: Reader,
) -> None:
    window = open_on(returned[0])
    at_unit(window, JULY)
    beside = window.observations
    assert isinstance(beside, CellObservations)
    window.page.view.go_to(0, column_of(window, "executed"))
    settle(window)
    assert [one.message.text for one in beside.list.model.records] == ["¿Seguro?"]
    assert window.panels.tabText(window.panels.indexOf(beside.panel)) == "Observaciones (1)"
    beside.list.buttons["observe"].click()
    answer(window, {"text": "¿Y el acta?"})
    assert len(beside.list.model.records) == 2
    for _ in range(2):
        open_ones = [
            n for n, one in enumerate(beside.list.model.records) if not one.message.resolved
        ]
        beside.list.view.selectRow(open_ones[0])
        beside.list.buttons["resolve"].click()
        settle(window)
    with look_in(returned[0]) as house:
        (thread,) = [one for one in list_observations(house) if one.code == "1.1"]
        assert not thread.thread.open
    assert window.panels.tabText(window.panels.indexOf(beside.panel)) == "Observaciones"


def test_the_centre_accepts_consolidates_and_reopens_with_a_reason(
    centre: Path, open_on: Opener, look_in: Reader
) -> None:
    window = open_on(centre)
    page = report_of(window)
    for verb, after in (
        ("submit", "submitted"),
        ("accept", "accepted"),
        ("consolidate", "consolidated"),
    ):
        page.verbs[verb].click()
        settle(window)
        if [one for one in window.findChildren(Ask) if one.isVisible()]:
            answer(window, {"reason": "Sin acta todavía"})
        assert state(look_in, centre) == after
    page.verbs["return"].click()
    answer(window, {"reason": "Error en la cifra"})
    assert state(look_in, centre) == "returned"
    page.verbs["observe"].click()
    answer(window, {"text": "Ver anexo"})
    assert "Ver anexo" in [one.message.text for one in page.observed.model.records]


def test_a_text_of_the_whole_report_is_written_and_copied(
    centre: Path, open_on: Opener, look_in: Reader
) -> None:
    window = open_on(centre)
    page = report_of(window)
    first = page.texts.model.records[0]
    page.texts.view.selectRow(0)
    page.texts.buttons["write"].click()
    answer(window, {"text": "Se abrió el camino."})
    assert page.texts.model.records[0].said == "Se abrió el camino."
    with look_in(centre) as house:
        facts = house.facts()
        unit = find_unit(facts, NORTH)
        assert facts.text(window.stage.plan, first.code, JULY, unit) == "Se abrió el camino."


@pytest.mark.parametrize("field", ["executed", "evidence"])
def test_what_is_missing_leads_to_its_row(centre: Path, open_on: Opener, field: str) -> None:
    with open_house(folder=centre, write=True) as house:
        enter(house, unit=NORTH, activity="1.1", period=JULY, value="700", author="Ana")
    window = open_on(centre)
    page = report_of(window)
    targets = [one.target for one in page.missing.model.records]
    page.missing.view.selectRow(targets.index(field))
    page.missing.buttons["go"].click()
    settle(window)
    assert window.work.isVisible()
    assert window.sheets.period == JULY
