"""What a report counts and its demands, typed in their lists on the report's page."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from quipu.domain.period_report import PeriodReport
from quipu.operations.counting import Group, count
from quipu.operations.house import House
from quipu.operations.period_reports import period_report
from quipu.operations.workspaces import open_house
from quipu.settings import forms_dir
from quipu.ui.pages.typed import TypedView
from quipu.ui.pictures import settle
from quipu.ui.report import ReportKeeping
from quipu.ui.sheet.model import EDIT
from quipu.ui.window import Window
from tests.operations.plans import JULY, NORTH, SOUTH
from tests.ui.sheets import NOTHING, press
from tests.ui.test_pages import answer
from tests.ui.test_report_page import report_of

Reader = Callable[[Path], House]
Opener = Callable[..., Window]


def report(look_in: Reader, folder: Path, unit: str = NORTH) -> PeriodReport:
    with look_in(folder) as house:
        return period_report(house, unit=unit, period=JULY).report


def type_at(window: Window, view: TypedView, row: int, column: int, text: str) -> None:
    """Type a figure with the keyboard, and Enter."""
    view.setFocus()
    view.setCurrentIndex(view.model().index(row, column))
    press(view, Qt.Key.Key_F2)
    editor = view.findChild(QLineEdit)
    assert editor is not None
    editor.setText(text)
    press(editor, Qt.Key.Key_Return, NOTHING, "\r")
    settle(window)


def texts(view: TypedView, row: int) -> list[str]:
    model = view.model()
    return [model.data(model.index(row, column)) for column in range(model.columnCount())]


def test_people_are_typed_in_all_and_by_group_and_a_mismatch_is_said(
    window: Window, look_in: Reader
) -> None:
    page = report_of(window)
    view = page.counts.view
    page.parts.setCurrentWidget(page.counts)
    assert [texts(view, row)[:2] for row in range(3)] == [
        ["Personas beneficiadas", "Total"],
        ["Personas beneficiadas", "Sexo: Mujeres"],
        ["Personas beneficiadas", "Sexo: Hombres"],
    ]
    type_at(window, view, 0, 2, "1,500")
    assert view.currentIndex().row() == 1
    type_at(window, view, 1, 2, "900")
    assert texts(view, 0)[2] == "1,500"
    assert texts(view, 0)[3] == "Sexo: suma 900"
    type_at(window, view, 2, 2, "600")
    assert texts(view, 0)[3] == ""
    folder = window.desk.folder
    counts = {one.counted.group: one.number for one in report(look_in, folder).counts}
    assert counts == {"": Decimal(1500), "Mujeres": Decimal(900), "Hombres": Decimal(600)}
    type_at(window, view, 2, 2, "muchos")
    assert "muchos" in window.notice.sentence.text()
    assert texts(view, 2)[2] == "600"
    type_at(window, view, 2, 2, "")
    assert len(report(look_in, folder).counts) == 2


def test_a_municipality_is_added_as_a_group(window: Window, look_in: Reader) -> None:
    page = report_of(window)
    page.parts.setCurrentWidget(page.counts)
    before = page.counts.model.rowCount()
    page.counts.add.click()
    answer(window, {"by": "people\nmunicipio", "name": "San José", "number": "12"})
    assert page.counts.model.rowCount() == before + 1
    shown = [texts(page.counts.view, row)[1:3] for row in range(before + 1)]
    assert ["Municipio: San José", "12"] in shown
    (one,) = report(look_in, window.desk.folder).counts
    assert (one.counted.by, one.counted.group, one.number) == ("municipio", "San José", 12)


def test_a_list_that_is_shown_anew_leaves_what_is_being_typed(window: Window) -> None:
    page = report_of(window)
    page.parts.setCurrentWidget(page.counts)
    view = page.counts.view
    view.setCurrentIndex(view.model().index(1, 0))
    press(view, Qt.Key.Key_4, NOTHING, "4")
    editor = view.findChild(QLineEdit)
    assert editor is not None
    assert view.currentIndex().column() == 2
    window.desk.write(
        lambda house, _: count(
            house, unit=NORTH, period=JULY, what="people", number="7", author="Ana"
        ),
        lambda _: None,
    )
    settle(window)
    assert texts(view, 0)[2] == "7"
    assert view.findChild(QLineEdit) is editor
    assert editor.text() == "4"


@pytest.fixture
def demanding(centre: Path) -> Path:
    """A centre whose own method wants people counted in every report."""
    own = centre / "forms" / "sv-integracion"
    own.mkdir(parents=True)
    text = (forms_dir() / "sv-integracion" / "method.toml").read_text("utf-8")
    wanted = text.replace('count = "people"', 'count = "people"\nrequired = true')
    assert wanted != text
    (own / "method.toml").write_text(wanted, "utf-8")
    return centre


def test_a_count_that_is_missing_or_odd_leads_to_its_number(
    demanding: Path, open_on: Opener
) -> None:
    window = open_on(demanding)
    page = report_of(window)
    checks = [one.check for one in page.missing.model.records]
    page.missing.view.selectRow(checks.index("report-count-missing"))
    page.missing.buttons["go"].click()
    settle(window)
    view = page.counts.view
    assert page.parts.currentWidget() is page.counts
    assert (view.currentIndex().row(), view.currentIndex().column()) == (0, 2)
    assert view.hasFocus()
    type_at(window, view, 0, 2, "30")
    assert "report-count-missing" not in [one.check for one in page.missing.model.records]
    window.desk.write(
        lambda house, _: count(
            house, unit=NORTH, period=JULY, what="people", number="7",
            group=Group("sexo", "Mujeres"), author="Ana",
        ),
        lambda _: None,
    )  # fmt: skip
    settle(window)
    page.parts.setCurrentWidget(page.texts)
    view.setCurrentIndex(view.model().index(2, 2))
    checks = [one.check for one in page.missing.model.records]
    page.missing.view.selectRow(checks.index("report-parts-differ"))
    page.missing.buttons["go"].click()
    assert page.parts.currentWidget() is page.counts
    assert view.currentIndex().row() == 0


def test_a_demand_is_typed_as_received_and_attended(window: Window, look_in: Reader) -> None:
    kept = window.further["report"]
    assert isinstance(kept, ReportKeeping)
    page = report_of(window)
    page.unit.setCurrentIndex([page.unit.itemText(n).casefold() for n in range(page.unit.count())]
                              .index(SOUTH.casefold()))  # fmt: skip
    page.picked.emit()
    settle(window)
    view = page.demands.view
    page.parts.setCurrentWidget(page.demands)
    assert texts(view, 0) == ["2.2 Atender las emergencias", "", "", "—"]
    type_at(window, view, 0, 1, "8")
    type_at(window, view, 0, 2, "6")
    rows = {row.code: row for row in report(look_in, window.desk.folder, SOUTH).rows}
    assert (rows["2.2"].received, rows["2.2"].attended) == (8, 6)
    assert texts(view, 0) == ["2.2 Atender las emergencias", "8", "6", "75 %"]
    type_at(window, view, 0, 2, "")
    type_at(window, view, 0, 1, "0")
    assert texts(view, 0)[3] == "No aplica"
    model = view.model()
    assert model.data(model.index(0, 1), EDIT) == "0"


def test_nothing_is_typed_where_nothing_may_be_written(centre: Path, open_on: Opener) -> None:
    with open_house(folder=centre, write=True):
        window = open_on(centre)
        page = report_of(window)
        page.parts.setCurrentWidget(page.counts)
        view = page.counts.view
        view.setCurrentIndex(view.model().index(0, 2))
        press(view, Qt.Key.Key_F2)
        assert view.findChild(QLineEdit) is None
        assert not page.counts.add.isEnabled()
