"""The window on a real workspace: typing is saved, refused, pasted, undone, found, remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent

from quipu.domain.address import Address
from quipu.operations.house import House
from quipu.operations.loading import load_plan
from quipu.operations.workspaces import open_house
from quipu.ui.pictures import settle
from quipu.ui.window import Window
from tests.operations.plans import NORTH, NORTH_ROWS, row_of, table
from tests.ui.sheets import CONTROL, SHIFT, editor_of, press, write

KEY = Qt.Key
AUGUST = "2024-08"
Reader = Callable[[Path], House]


def unit_key(window: Window, name: str = NORTH) -> str:
    facts = window.seen.facts
    return next(unit for unit in facts.of_kind("unit") if facts.text(unit, "name") == name)


def at_unit(window: Window, period: str = AUGUST, name: str = NORTH) -> None:
    window.show_page("sheet")
    window.side.tree.go_to(unit_key(window, name))
    window.sheets.choose_period(period)
    settle(window)
    window.page.view.setFocus()


def column_of(window: Window, field: str) -> int:
    cells = window.page.model.body[0].cells
    return next(
        n for n, cell in enumerate(cells) if cell and cell.address and cell.address.field == field
    )


def type_in(window: Window, row: int, text: str, field: str = "executed") -> None:
    window.page.view.go_to(row, column_of(window, field))
    write(window.page.view, text)
    press(editor_of(window.page.view), KEY.Key_Return)
    settle(window)


def executed(window: Window, look_in: Reader, code: str) -> Decimal | None:
    with look_in(window.desk.folder) as house:
        row = row_of(house, NORTH, code)
        return house.facts().number(row, "executed", AUGUST, unit_key(window))


def test_it_opens_on_the_first_sheet(window: Window) -> None:
    assert "Instituto de Caminos" in window.windowTitle()
    assert window.pages.currentWidget() is window.work
    assert window.side.tree.current().name == NORTH
    assert window.page.sheet.title == NORTH
    assert window.page.model.rowCount() == 4
    assert window.page.view.hasFocus()


def test_what_is_typed_is_stored_at_once(window: Window, look_in: Reader) -> None:
    at_unit(window)
    type_in(window, 0, "750")
    assert executed(window, look_in, "1.1") == 750
    assert window.bottom.saved.text().startswith("Guardado ")
    assert window.page.view.currentIndex().row() == 1
    window.page.view.go_to(0, column_of(window, "executed"))
    settle(window)
    assert [past.author for past in window.cell_panel.model.records] == ["Ana"]
    assert window.cell_panel.title.text() == "1.1 · Ejecutado"
    states = {node.key: node.state for node in window.side.tree.tree_model._all}
    assert states[unit_key(window)] == "started"


def test_a_wrong_text_is_refused_in_its_cell_and_kept(window: Window, look_in: Reader) -> None:
    at_unit(window)
    type_in(window, 1, "12o")
    model, column = window.page.model, column_of(window, "executed")
    assert executed(window, look_in, "1.2") is None
    assert model.text_at(1, column) == "12o"
    assert window.page.balloon.isVisible()
    assert window.page.balloon.text().startswith("«12o» no es un número.")
    assert window.page.view.currentIndex().row() == 1
    press(window.page.view, KEY.Key_F2)
    editor = editor_of(window.page.view)
    assert editor.text() == "12o"
    editor.setText("12")
    press(editor, KEY.Key_Return)
    settle(window)
    assert executed(window, look_in, "1.2") == 12
    assert model.refusals() == {}


def test_a_pasted_block_is_one_gesture_that_undo_takes_back(
    window: Window, look_in: Reader
) -> None:
    at_unit(window)
    QGuiApplication.clipboard().setText("700\r\nveinte\r\n50%\r\n")
    window.page.view.go_to(0, column_of(window, "executed"))
    press(window.page.view, KEY.Key_V, CONTROL)
    settle(window)
    assert [executed(window, look_in, code) for code in ("1.1", "1.2", "1.3")] == [
        700, None, Decimal("0.5"),
    ]  # fmt: skip
    assert len(window.page.model.refusals()) == 1
    assert window.menus.actions["undo"].isEnabled()
    window.menus.actions["undo"].trigger()
    settle(window)
    assert executed(window, look_in, "1.1") is None
    assert executed(window, look_in, "1.3") is None
    assert not window.menus.actions["undo"].isEnabled()
    window.menus.actions["redo"].trigger()
    settle(window)
    assert executed(window, look_in, "1.1") == 700


def test_undo_right_after_typing_takes_back_that_very_gesture(
    window: Window, look_in: Reader
) -> None:
    at_unit(window)
    type_in(window, 0, "1")
    window.page.model.type_block({(0, column_of(window, "executed")): "2"})
    window.desk.undo()
    settle(window)
    assert executed(window, look_in, "1.1") == 1


def test_undo_is_refused_with_a_sentence_where_someone_wrote_since(
    window: Window, look_in: Reader
) -> None:
    at_unit(window)
    type_in(window, 0, "1")
    gesture = window.desk._undo[0]
    type_in(window, 0, "2")
    window.desk._undo[:] = [gesture]
    window.desk.undo()
    settle(window)
    assert window.notice.isVisible()
    assert window.notice.property("tone") == "error"
    assert executed(window, look_in, "1.1") == 2


def test_the_views_of_one_unit(window: Window) -> None:
    at_unit(window)
    window.menus.actions["view-plan"].trigger()
    settle(window)
    assert len(window.page.sheet.columns) == 18
    assert window.page.sheet.header_rows == 2
    assert window.page.model.writable(0, 5)
    window.page.chooser.views.button(2).click()
    settle(window)
    assert not window.page.model.writable(0, 5)
    assert "21,00" in [cell.text for cell in window.page.model.body[1].cells if cell]
    window.menus.actions["view-progress"].trigger()
    settle(window)
    assert column_of(window, "executed") > 0


def test_typing_where_nothing_can_be_typed_says_why(window: Window) -> None:
    at_unit(window)
    window.page.view.go_to(0, 0)
    press(window.page.view, KEY.Key_unknown, text="7")
    assert window.page.balloon.text().startswith("Esta celda se calcula")
    window.sheets.show_view("published")
    settle(window)
    press(window.page.view, KEY.Key_unknown, text="7")
    assert window.page.balloon.isVisible()
    assert "se publicó" in window.page.balloon.text()
    press(window.page.view, KEY.Key_Down)
    assert not window.page.balloon.isVisible()


def test_the_period_goes_on_and_back(window: Window) -> None:
    at_unit(window)
    window.menus.actions["period-next"].trigger()
    settle(window)
    assert (window.sheets.period, window.page.chooser.period.currentText()) == (
        "2024-09",
        "septiembre 2024",
    )
    window.menus.actions["period-previous"].trigger()
    window.page.chooser.period.setCurrentIndex(window.page.chooser.period.findData("2024-Q3"))
    settle(window)
    assert window.sheets.period == "2024-Q3"


def test_find_goes_to_code_and_text(window: Window) -> None:
    at_unit(window)
    window.menus.actions["find"].trigger()
    bar = window.page.find_bar
    bar.line.setText("senalizar")
    assert bar.count.text() == "1 celda"
    press(bar, KEY.Key_Return)
    assert window.page.view.currentIndex().row() == 1
    bar.line.setText("1.")
    press(bar, KEY.Key_Return, SHIFT)
    assert window.page.view.currentIndex().row() == 3
    bar.line.clear()
    assert bar.count.text() == ""
    press(bar, KEY.Key_Escape)
    assert bar.isHidden()


def test_the_plan_itself_is_edited_at_the_centre(window: Window, look_in: Reader) -> None:
    at_unit(window)
    window.sheets.show_view("plan")
    settle(window)
    window.page.view.go_to(1, 12)
    write(window.page.view, "21")
    press(editor_of(window.page.view), KEY.Key_Return)
    settle(window)
    with look_in(window.desk.folder) as house:
        row = row_of(house, NORTH, "1.2")
        assert house.facts().number(row, "target", AUGUST) == 21
        assert house.facts().text(row, "target.published", AUGUST) == "21,00"


def test_a_second_window_only_reads(
    window: Window, open_on: Callable[..., Window], centre: Path
) -> None:
    second = open_on(centre)
    assert second.notice.isVisible()
    assert second.notice.sentence.text().startswith("Solo lectura:")
    assert not second.menus.actions["load"].isEnabled()
    assert not second.page.model.writable(0, column_of(second, "executed"))


def test_another_years_plan_is_chosen(open_on: Callable[..., Window], centre: Path) -> None:
    with open_house(folder=centre, write=True) as house:
        text = table(NORTH, NORTH_ROWS[:2], year=2025)
        load_plan(house, text=text, name="p", form="sv-integracion", year=2025, author="Ana")
    window = open_on(centre)
    assert window.side.plan.isVisible()
    assert window.side.plan.count() == 2
    assert window.page.model.rowCount() == 2
    assert window.sheets.period.startswith("2025-")
    window.side.plan.setCurrentIndex(0)
    window.side.plan.activated.emit(0)
    settle(window)
    assert window.page.model.rowCount() == 4
    assert window.sheets.period.startswith("2024-")


def test_go_to_the_cell_of_an_address(window: Window, look_in: Reader) -> None:
    with look_in(window.desk.folder) as house:
        row = row_of(house, "UNIDAD DE CAMINOS DEL SUR", "2.2")
        unit = house.facts().text(row, "unit")
    window.show_page("status")
    window.go_to(Address(row, "executed", "2024-07", unit))
    settle(window)
    assert window.pages.currentWidget() is window.work
    assert (window.sheets.period, window.sheets.view) == ("2024-07", "progress")
    assert window.page.item() == row
    window.go_to(Address(row, "target", "2024-07"))
    settle(window)
    assert window.sheets.view == "plan"
    assert window.page.cell().address == Address(row, "target", "2024-07")
    window.go_to(Address("nowhere", "text"))
    settle(window)
    assert window.page.item() == row


def test_the_parts_of_the_window_by_keyboard(window: Window) -> None:
    at_unit(window)
    window.menus.actions["other-part"].trigger()
    assert window.cell_panel.history.hasFocus()
    window.menus.actions["other-part"].trigger()
    assert window.side.tree.hasFocus()
    window.menus.actions["panel"].trigger()
    assert not window.panels.isVisible()
    window.menus.actions["zoom-in"].trigger()
    assert window.page.view.zoom == pytest.approx(1.1)
    window.menus.actions["zoom-out"].trigger()
    window.menus.actions["refresh"].trigger()
    settle(window)


def test_edit_actions_work_where_the_person_is(window: Window) -> None:
    at_unit(window)
    window.page.view.go_to(0, 0)
    window.menus.actions["copy"].trigger()
    assert QGuiApplication.clipboard().text() == "1.1"
    window.menus.actions["find"].trigger()
    window.page.find_bar.line.setFocus()
    window.menus.actions["paste"].trigger()
    assert window.page.find_bar.line.text() == "1.1"


def test_a_broken_form_is_said_in_the_bar(open_on: Callable[..., Window], centre: Path) -> None:
    (centre / "forms").mkdir()
    (centre / "forms" / "rota.toml").write_text("version = \n", encoding="utf-8")
    window = open_on(centre)
    assert "rota.toml" in window.notice.sentence.text()
    assert window.page.model.rowCount() == 4


def test_a_columns_definition_is_said_over_its_heading(
    open_on: Callable[..., Window], centre: Path
) -> None:
    window = open_on(centre)
    at_unit(window)
    window.sheets.show_view("plan")
    settle(window)
    name = "sv-integracion/pat-programa"
    form = window.seen.forms[name]
    helped = tuple(
        replace(one, help={"es": "Lo que queda <hecho>"}) if one.field == "product" else one
        for one in form.columns
    )
    forms = {**window.seen.forms, name: replace(form, columns=helped)}
    window.seen = replace(window.seen, forms=forms)
    window.sheets.draw()
    settle(window)
    heading = window.page.view.heading
    product = next(n for n, one in enumerate(window.page.sheet.columns) if one.field == "product")
    x = heading.sectionViewportPosition(product) + 5
    assert heading.help_at(x) == "Lo que queda <hecho>"
    assert heading.help_at(heading.sectionViewportPosition(0) + 2) == ""
    for place in (x, 2):
        point = QPoint(place, 5)
        resting = QHelpEvent(QEvent.Type.ToolTip, point, heading.mapToGlobal(point))
        assert heading.viewportEvent(resting)


def test_empty_pages_say_what_comes_next(
    open_on: Callable[..., Window], empty_centre: Path
) -> None:
    window = open_on(empty_centre)
    window.show_page("disputes")
    assert window.disputes_page.empty.isVisible()
    assert not window.disputes_page.parts.isVisible()
    window.show_page("rows")
    assert "Cargar plan" in window.row_editor.empty.text()
    assert not window.row_editor.buttons["add"].isEnabled()
    assert window.welcome.load.isVisibleTo(window.welcome)
