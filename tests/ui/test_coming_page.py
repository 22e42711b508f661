"""The next year's plan and reorganised units, by hand from the page at the centre."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from quipu.operations.enrolment import enrol
from quipu.operations.finding import find_plan, find_unit, plan_rows
from quipu.operations.house import House
from quipu.operations.workspaces import open_house
from quipu.ui.dialogs.ask import Ask
from quipu.ui.pages.coming import ComingPage, UnitLine
from quipu.ui.pictures import settle
from quipu.ui.window import Window
from tests.operations.plans import NORTH, OFFICE, SOUTH, row_of
from tests.ui.test_pages import answer

Reader = Callable[[Path], House]
Opener = Callable[..., Window]
SINCE = "2024-08"


@pytest.fixture
def page(window: Window) -> ComingPage:
    window.show_page("coming")
    settle(window)
    found = window.further["coming"].page
    assert isinstance(found, ComingPage)
    return found


def choose(page: ComingPage, name: str) -> UnitLine:
    (at,) = (n for n, one in enumerate(page.units.model.records) if one.name == name)
    page.units.view.selectRow(at)
    return page.units.record()


def tick(window: Window, name: str, *values: str) -> None:
    (ask,) = (one for one in window.findChildren(Ask) if one.isVisible())
    part = ask.parts[name]
    assert isinstance(part, QListWidget)
    for number in range(part.count()):
        item = part.item(number)
        if item.data(Qt.ItemDataRole.UserRole) in values:
            item.setCheckState(Qt.CheckState.Checked)


def codes(house: House, unit: str) -> list[str]:
    facts = house.facts()
    found = plan_rows(facts, find_plan(facts, plan="2024"), find_unit(facts, unit))
    return [facts.text(row, "code") for row in found]


def undo(window: Window) -> None:
    window.menus.actions["undo"].trigger()
    settle(window)


def test_the_next_year_begins_says_what_it_left_out_and_is_undone(
    window: Window, page: ComingPage, look_in: Reader, tmp_path: Path
) -> None:
    assert page.year.value() == 2025
    with look_in(window.desk.folder) as house:
        origin = row_of(house, NORTH, "1.1")
    table = tmp_path / "codes.csv"
    table.write_text("1.1;7.1\n9.9;8.8\n", encoding="utf-8")
    page.codes.setText(str(table))
    page.make.click()
    settle(window)
    said = window.notice.sentence.text()
    assert "2025" in said
    assert "1.3 Reparar los puentes menores" in said
    assert "9.9" in said
    assert page.left_out.isVisible()
    assert page.left_out.count() == 2
    with look_in(window.desk.folder) as house:
        facts = house.facts()
        (copy,) = (item for item in facts.items() if facts.text(item, "origin") == origin)
        assert facts.text(copy, "code") == "7.1"
        assert facts.periods(copy, "target") == {}
    assert page.plan.count() == 2
    assert window.seen is not None
    assert [one.year for one in window.seen.plans if one == window.seen.plan] == [2024]
    window.notice.action.click()
    settle(window)
    assert [one.year for one in window.seen.plans if one == window.seen.plan] == [2025]
    undo(window)
    assert page.plan.count() == 1
    assert not page.left_out.isVisible()
    with look_in(window.desk.folder) as house:
        assert len(house.facts().of_kind("plan")) == 1


def test_targets_and_what_is_delivered_once_are_kept_when_asked(
    window: Window, page: ComingPage, look_in: Reader
) -> None:
    with look_in(window.desk.folder) as house:
        origin = row_of(house, NORTH, "1.3")
    page.targets.setCurrentIndex(page.targets.findData("copy"))
    page.milestones.setChecked(True)
    page.year.setValue(2027)
    page.make.click()
    settle(window)
    assert not page.left_out.isVisible()
    with look_in(window.desk.folder) as house:
        facts = house.facts()
        (copy,) = (item for item in facts.items() if facts.text(item, "origin") == origin)
        assert set(facts.periods(copy, "target")) == {"2027-08", "2027-09"}


def test_a_year_that_has_its_plan_and_a_table_that_is_none_are_refused(
    window: Window, page: ComingPage, look_in: Reader, tmp_path: Path
) -> None:
    page.year.setValue(2024)
    page.make.click()
    settle(window)
    assert window.notice.property("tone") == "error"
    assert "2024" in window.notice.sentence.text()
    page.year.setValue(2025)
    page.codes.setText(str(tmp_path / "none.csv"))
    page.make.click()
    settle(window)
    assert "none.csv" in window.notice.sentence.text()
    with look_in(window.desk.folder) as house:
        assert len(house.facts().of_kind("plan")) == 1


def test_units_merge_into_a_new_one_and_it_is_undone(
    window: Window, page: ComingPage, look_in: Reader
) -> None:
    choose(page, NORTH)
    page.units.buttons["merge"].click()
    with look_in(window.desk.folder) as house:
        south = find_unit(house.facts(), SOUTH)
    tick(window, "units", south)
    answer(window, {"name": "Unidad de Caminos", "since": SINCE})
    assert "Unidad de Caminos" in window.notice.sentence.text()
    with look_in(window.desk.folder) as house:
        assert len(codes(house, "Unidad de Caminos")) == 7
    ended = choose(page, NORTH)
    assert page.state(ended) == "terminó en agosto 2024; sigue en Unidad de Caminos"
    assert not any(button.isEnabled() for button in page.units.buttons.values())
    assert page.state(choose(page, "Unidad de Caminos")) == "en funciones desde agosto 2024"
    undo(window)
    assert page.state(choose(page, NORTH)) == "en funciones"
    assert page.units.buttons["merge"].isEnabled()


def test_a_unit_is_divided_in_two_by_chosen_rows(
    window: Window, page: ComingPage, look_in: Reader
) -> None:
    choose(page, NORTH)
    page.units.buttons["split"].click()
    with look_in(window.desk.folder) as house:
        chosen = [row_of(house, NORTH, code) for code in ("1.1", "1.3")]
    tick(window, "rows", *chosen)
    answer(window, {"to": "Puentes", "rest": "Señales", "since": SINCE})
    with look_in(window.desk.folder) as house:
        assert codes(house, "Puentes") == ["1.1", "1.3"]
        assert codes(house, "Señales") == ["1.2", "1.4"]
    assert page.state(choose(page, NORTH)) == "terminó en agosto 2024"
    assert "Unidad de Caminos del Norte" in window.notice.sentence.text()


def test_rows_go_to_another_unit_and_come_back_by_undo(
    window: Window, page: ComingPage, look_in: Reader
) -> None:
    choose(page, NORTH)
    page.units.buttons["move"].click()
    with look_in(window.desk.folder) as house:
        row, to = row_of(house, NORTH, "1.2"), find_unit(house.facts(), OFFICE)
    tick(window, "rows", row)
    answer(window, {"to": to, "since": SINCE})
    with look_in(window.desk.folder) as house:
        assert codes(house, OFFICE) == ["1", "2", "1.2"]
    assert choose(page, NORTH).rows == 3
    undo(window)
    assert choose(page, NORTH).rows == 4


def test_a_unit_goes_to_another_office(centre: Path, open_on: Opener, tmp_path: Path) -> None:
    with open_house(folder=centre, write=True) as house:
        enrol(house, office="Regional", units=[SOUTH], file=tmp_path / "r.quipu", author="Ana")
    window = open_on(centre)
    window.show_page("coming")
    settle(window)
    page = window.further["coming"].page
    assert isinstance(page, ComingPage)
    assert choose(page, NORTH).office == ""
    page.units.buttons["office"].click()
    with open_house(folder=centre) as house:
        (office,) = (
            one for one in house.facts().of_kind("office")
            if house.facts().text(one, "name") == "Regional"
        )  # fmt: skip
    answer(window, {"office": office})
    assert choose(page, NORTH).office == "Regional"
    assert "Regional" in window.notice.sentence.text()
    undo(window)
    assert choose(page, NORTH).office == ""


def test_before_any_plan_there_is_nothing_to_copy(empty_centre: Path, open_on: Opener) -> None:
    window = open_on(empty_centre)
    window.show_page("coming")
    settle(window)
    page = window.further["coming"].page
    assert isinstance(page, ComingPage)
    assert not page.make.isEnabled()
    assert page.units.empty.isVisible()
