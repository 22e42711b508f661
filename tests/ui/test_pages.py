"""A path by hand through each page: findings, disputes, reports, institution, rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton

from quipu.operations.enrolment import enrol, join
from quipu.operations.entering import enter
from quipu.operations.exporting import export_bundle
from quipu.operations.house import House
from quipu.operations.merging import merge_bundles
from quipu.operations.workspaces import open_house
from quipu.ui.dialogs.ask import Ask
from quipu.ui.pictures import settle
from quipu.ui.window import Window
from tests.operations.plans import NORTH, SOUTH, row_of
from tests.ui.sheets import press
from tests.ui.test_window import AUGUST, at_unit, type_in, unit_key

Reader = Callable[[Path], House]


def answer(window: Window, answers: Mapping[str, str]) -> None:
    """Fill in the dialog that is open and accept it."""
    asked = [found for found in window.findChildren(Ask) if found.isVisible()]
    ask = asked[-1]
    for name, text in answers.items():
        part = ask.parts[name]
        if isinstance(part, QLineEdit):
            part.setText(text)
        elif isinstance(part, QPlainTextEdit):
            part.setPlainText(text)
        else:
            part.setCurrentIndex(part.findData(text))
    assert ask.ok.isEnabled()
    ask.ok.click()
    settle(window)


def finding_at(window: Window, *checks: str) -> None:
    panel = window.findings_panel
    window.panels.setCurrentIndex(1)
    panel.view.setFocus()
    panel.view.clearSelection()
    for row, found in enumerate(panel.model.records):
        if found.problem.check in checks:
            flag = QItemSelectionModel.SelectionFlag
            index = panel.model.index(row, 0)
            panel.view.selectionModel().setCurrentIndex(index, flag.Select | flag.Rows)


# -------------------------------------------------------------------------- findings
def test_a_finding_shows_its_cell_and_its_proposal_is_accepted(
    window: Window, look_in: Reader
) -> None:
    at_unit(window)
    before = len(window.sheets.found)
    finding_at(window, "malformed-number")
    settle(window)
    panel = window.findings_panel
    assert window.page.cell().address.period == AUGUST
    assert window.sheets.view == "plan"
    assert panel.view.hasFocus()
    press(panel.view, Qt.Key.Key_Return)
    settle(window)
    assert window.page.view.hasFocus()
    panel.view.setFocus()
    press(panel.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    answer(window, {"note": "según el acta"})
    assert len(window.sheets.found) < before
    assert window.panels.tabText(1) == f"Problemas ({len(window.sheets.found)})"
    with look_in(window.desk.folder) as house:
        assert house.facts().number(row_of(house, NORTH, "1.2"), "target", AUGUST) == 21


def test_several_findings_are_decided_at_once_and_seen_with_who_and_when(window: Window) -> None:
    at_unit(window)
    panel = window.findings_panel
    panel.where.setCurrentIndex(1)
    before = len(window.sheets.found)
    finding_at(window, "malformed-number", "verification-missing")
    assert len(panel.selected()) == 2
    assert not panel.buttons["edit"].isEnabled()
    press(panel.view, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    answer(window, {"note": "así está firmado"})
    assert len(window.sheets.found) == before - 2
    assert "2 problemas decididos" in window.notice.sentence.text()
    assert window.focusWidget() is panel.view
    assert panel.current() is not None
    panel.closed.setChecked(True)
    settle(window)
    assert [found.decision for found in panel.model.records] == ["kept", "kept"]
    shown = [panel.model.data(panel.model.index(0, column)) for column in range(4, 7)]
    assert shown[:2] == ["se dejó como está: así está firmado", "Ana"]
    assert shown[2].count("/") == 2
    assert window.panels.tabText(1) == f"Problemas ({before - 2})"
    panel.view.selectRow(0)
    assert not panel.buttons["keep"].isEnabled()
    window.menus.actions["undo"].trigger()
    settle(window)
    assert len(window.sheets.found) == before


def test_another_value_is_put_for_a_finding(window: Window, look_in: Reader) -> None:
    at_unit(window)
    finding_at(window, "malformed-number")
    window.findings_panel.buttons["edit"].click()
    answer(window, {"value": "22", "note": "según el acta"})
    with look_in(window.desk.folder) as house:
        assert house.facts().number(row_of(house, NORTH, "1.2"), "target", AUGUST) == 22


def test_findings_are_sifted(window: Window) -> None:
    at_unit(window)
    panel = window.findings_panel
    window.menus.actions["problems"].trigger()
    assert panel.view.hasFocus()
    here = panel.model.rowCount()
    panel.where.setCurrentIndex(1)
    assert panel.model.rowCount() == len(window.sheets.found) > here
    assert panel.model.columnCount() == 6
    panel.least.setCurrentIndex(2)
    assert {found.problem.severity for found in panel.model.records} == {"error"}
    panel.least.setCurrentIndex(0)
    panel.where.setCurrentIndex(panel.where.findData(unit_key(window, SOUTH)))
    assert {found.problem.unit for found in panel.model.records} == {SOUTH}
    panel.closed.setChecked(True)
    settle(window)
    assert panel.model.rowCount() == 0
    assert "ningún problema" in panel.empty.text()


# -------------------------------------------------------------------------- reports
def test_the_way_of_a_report(window: Window) -> None:
    at_unit(window)
    type_in(window, 0, "700")
    menu = {a.data(): a for a in window.page.chooser.report.menu().actions()}
    assert menu["submit"].isEnabled()
    assert not menu["accept"].isEnabled()
    menu["submit"].trigger()
    settle(window)
    assert window.page.chooser.state.text() == "Enviado"
    assert "agosto 2024" in window.notice.sentence.text()
    menu["return"].trigger()
    answer(window, {"reason": "Falta el acta"})
    assert window.page.chooser.state.text() == "Devuelto: «Falta el acta»"
    menu["submit"].trigger()
    settle(window)
    menu["accept"].trigger()
    settle(window)
    menu["consolidate"].trigger()
    settle(window)
    assert window.page.chooser.state.text().startswith("Consolidado")
    menu["observe"].trigger()
    answer(window, {"reason": "Buen trabajo"})
    assert "Buen trabajo" in window.page.chooser.state.toolTip()


# -------------------------------------------------------------------------- two sides
@pytest.fixture
def two_sides(centre: Path, tmp_path: Path) -> tuple[Path, Path, Path]:
    """A centre and an office that said different things of one cell; the office's bundle."""
    enrolment, bundle, folder = (tmp_path / name for name in ("a.quipu", "b.quipu", "office"))
    with open_house(folder=centre, write=True) as house:
        named = {"office": "Oficina Norte", "units": [NORTH], "file": enrolment, "author": "Ana"}
        code = enrol(house, **named).code
        enter(house, unit=NORTH, activity="1.1", period=AUGUST, value="700", author="Ana")
    join(folder=folder, file=enrolment, code=code, author="Beto")
    with open_house(folder=folder, write=True) as house:
        enter(house, unit=NORTH, activity="1.1", period=AUGUST, value="750", author="Beto")
        export_bundle(house, file=bundle)
    return centre, folder, bundle


def test_a_dispute_is_settled_by_a_choice(
    two_sides: tuple[Path, Path, Path], open_on: Callable[..., Window]
) -> None:
    centre, _, bundle = two_sides
    with open_house(folder=centre, write=True) as house:
        merge_bundles(house, files=[bundle])
    window = open_on(centre)
    assert window.side.buttons["disputes"].text() == "Discrepancias (1)"
    window.side.buttons["disputes"].click()
    page = window.disputes_page
    dispute = page.current()
    assert {head.office for head in dispute.heads} == {"", "Oficina Norte"}
    choices = [b for b in page.findChildren(QPushButton) if b.text() == "Elegir este"]
    assert len(choices) == 2
    page.go_to.emit(dispute.address)
    settle(window)
    assert window.page.cell().address == dispute.address
    window.show_page("disputes")
    page.note.setText("según el acta")
    choices[0].click()
    settle(window)
    assert page.model.rowCount() == 0
    assert window.side.buttons["disputes"].text() == "Discrepancias"


def test_a_dispute_is_settled_by_a_third_value(
    two_sides: tuple[Path, Path, Path], open_on: Callable[..., Window], look_in: Reader
) -> None:
    centre, _, bundle = two_sides
    with open_house(folder=centre, write=True) as house:
        merge_bundles(house, files=[bundle])
    window = open_on(centre)
    window.show_page("disputes")
    page = window.disputes_page
    line = next(e for e in page.findChildren(QLineEdit) if e.placeholderText() == "Otro valor")
    line.setText("720")
    next(b for b in page.findChildren(QPushButton) if b.text() == "Poner este valor").click()
    settle(window)
    with look_in(centre) as house:
        row = row_of(house, NORTH, "1.1")
        unit = house.facts().text(row, "unit")
        assert house.facts().number(row, "executed", AUGUST, unit) == 720


def test_the_status_page_leads_to_the_sheet(
    two_sides: tuple[Path, Path, Path], open_on: Callable[..., Window]
) -> None:
    window = open_on(two_sides[0])
    window.side.buttons["status"].click()
    settle(window)
    page = window.status_page
    assert [one.name for one in page.model.records] == ["Oficina Norte"]
    assert page.model.columnCount() >= 14
    august = next(n for n, one in enumerate(page._periods) if one == AUGUST) + 2
    assert page.model.data(page.model.index(0, august)) == "tarde"
    tip = page.model.data(page.model.index(0, august), 3)
    assert "Vence el 10/09/2024" in tip
    page.view.doubleClicked.emit(page.model.index(0, august))
    settle(window)
    assert window.sheets.period == AUGUST
    assert window.sheets.node.name == NORTH


def test_an_offices_window_has_its_own_units_and_no_editors(
    two_sides: tuple[Path, Path, Path], open_on: Callable[..., Window]
) -> None:
    window = open_on(two_sides[1])
    assert "Oficina Norte" in window.windowTitle()
    names = [node.name for node in window.side.tree.tree_model._all]
    assert NORTH in names
    assert SOUTH not in names
    shown = {"due", "sheet", "status", "bundles", "disputes", "evaluation", "plan"}
    assert set(window.side.buttons) == shown
    assert "load" not in window.menus.actions
    assert window.side.pending.isVisible()
    at_unit(window)
    window.sheets.show_view("plan")
    settle(window)
    assert not window.page.model.writable(0, 5)
    assert [a.data() for a in window.page.chooser.report.menu().actions()] == ["submit"]
    finding_at(window, "malformed-number")
    assert window.findings_panel.current() is not None
    buttons = window.findings_panel.buttons.values()
    assert not any(button.isVisible() or button.isEnabled() for button in buttons)
