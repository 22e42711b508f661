"""A path by hand through the pages of institution and rows: units, offices, header, deadlines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate

from quipu.operations.house import House
from quipu.ui.pictures import settle
from quipu.ui.window import Window
from tests.operations.plans import SOUTH
from tests.ui.test_pages import answer
from tests.ui.test_window import AUGUST, unit_key

Reader = Callable[[Path], House]


def choose(window: Window, item: str) -> None:
    window.show_page("institution")
    window.tree_editor._choose(window.tree_editor.tree, item)


def test_units_and_areas_are_edited(window: Window) -> None:
    editor = window.tree_editor
    window.show_page("institution")
    editor.buttons["area"].click()
    answer(window, {"name": "DIRECCIÓN DE ESTUDIOS"})
    area = next(n for n in window.seen.tree if n.name == "DIRECCIÓN DE ESTUDIOS")
    choose(window, area.item)
    editor.buttons["unit"].click()
    answer(window, {"name": "UNIDAD DE MAPAS"})
    unit = next(n for n in window.seen.tree if n.item == area.item).children[0]
    choose(window, unit.item)
    editor.buttons["rename"].click()
    answer(window, {"name": "UNIDAD DE PLANOS"})
    assert window.seen.name(unit.item) == "UNIDAD DE PLANOS"
    editor.buttons["move"].click()
    answer(window, {"parent": ""})
    assert any(node.item == unit.item for node in window.seen.tree)
    editor.buttons["up"].click()
    settle(window)
    editor.buttons["down"].click()
    settle(window)
    editor.buttons["delete"].click()
    settle(window)
    assert unit.item not in window.seen.facts.of_kind("unit")


def test_what_holds_rows_is_not_deleted_and_that_is_said(window: Window) -> None:
    choose(window, unit_key(window))
    window.tree_editor.buttons["delete"].click()
    settle(window)
    assert window.notice.property("tone") == "error"
    assert unit_key(window)


def test_offices_are_made_given_units_and_enrolled(window: Window, tmp_path: Path) -> None:
    editor = window.tree_editor
    window.show_page("institution")
    editor.buttons["office"].click()
    answer(window, {"name": "Oficina Sur"})
    office = window.seen.facts.of_kind("office")[0]
    choose(window, unit_key(window, SOUTH))
    editor.buttons["assign"].click()
    answer(window, {"office": office})
    assert window.seen.units_of(office) == [unit_key(window, SOUTH)]
    file = tmp_path / "sur.quipu"
    editor._choose(editor.offices, office)
    editor.buttons["enrol"].click()
    answer(window, {"file": str(file)})
    assert file.is_file()
    assert "Oficina Sur inscrita" in window.notice.sentence.text()
    assert window.notice.action.isVisible()


# -------------------------------------------------------------------------- rows of the plan
def test_rows_are_added_ordered_opened_and_deleted(window: Window) -> None:
    editor = window.row_editor
    window.show_page("rows")
    editor.show_overview(window.seen, unit_key(window))
    assert [row.code for row in editor.model.records] == ["1.1", "1.2", "1.3", "1.4"]
    editor.view.selectRow(1)
    editor.buttons["above"].click()
    answer(window, {"code": "1.9", "text": "Sembrar árboles junto al camino"})
    assert [row.code for row in editor.model.records] == ["1.1", "1.9", "1.2", "1.3", "1.4"]
    editor.view.selectRow(1)
    editor.buttons["down"].click()
    settle(window)
    editor.buttons["up"].click()
    settle(window)
    editor.buttons["up"].click()
    settle(window)
    assert editor.model.records[0].code == "1.9"
    editor.buttons["up"].click()
    settle(window)
    editor.buttons["open"].click()
    settle(window)
    assert window.pages.currentWidget() is window.work
    window.show_page("rows")
    editor.view.selectRow(0)
    editor.buttons["delete"].click()
    settle(window)
    assert [row.code for row in editor.model.records] == ["1.1", "1.2", "1.3", "1.4"]
    editor.buttons["add"].click()
    answer(window, {"text": "Informar al final"})
    assert editor.model.records[-1].text == "Informar al final"


# -------------------------------------------------------------------------- the plan's papers
def test_the_plans_box_and_signatures_are_edited(window: Window, look_in: Reader) -> None:
    window.show_page("institution")
    window.tree_editor.plan_buttons["header"].click()
    signed = "Ana Gómez\nUnidad de Planes"
    answer(window, {"version": "03", "date": "20/02/2024", "prepared_by": signed})
    plan = window.seen.plan.item
    with look_in(window.desk.folder) as house:
        said = [house.facts().text(plan, name) for name in ("version", "date", "prepared_by")]
    assert said == ["03", "2024-02-20", signed]
    assert "versión 03 · 20/02/2024" in window.tree_editor.plan_line.text()
    window.tree_editor.plan_buttons["header"].click()
    answer(window, {"date": "mañana"})
    assert window.notice.property("tone") == "error"
    window.tree_editor.plan_buttons["header"].click()
    answer(window, {})
    assert window.seen.facts.text(plan, "version") == "03"


def test_deadlines_are_set_and_go_back_to_the_rule(window: Window) -> None:
    window.show_page("institution")
    window.tree_editor.plan_buttons["due"].click()
    settle(window)
    dialog = window.plan_keeping.due_dialog
    plan = window.seen.plan.item
    assert len(dialog.edits) == 12
    assert dialog.edits[AUGUST].date().toPython() == date(2024, 9, 10)
    assert not dialog.rules[AUGUST].isEnabled()
    dialog.edits[AUGUST].setDate(QDate(2024, 9, 5))
    settle(window)
    assert window.seen.facts.text(plan, "due", AUGUST) == "2024-09-05"
    dialog.rules[AUGUST].click()
    settle(window)
    assert window.seen.facts.text(plan, "due", AUGUST) == ""
    assert dialog.edits[AUGUST].date().toPython() == date(2024, 9, 10)
    dialog.accept()


def test_without_a_plan_the_page_says_what_to_do(
    open_on: Callable[..., Window], empty_centre: Path
) -> None:
    window = open_on(empty_centre)
    assert "Cargar plan" in window.tree_editor.plan_line.text()
    assert not window.tree_editor.plan_buttons["due"].isEnabled()
    assert window.plan_keeping.ask_header() is None
