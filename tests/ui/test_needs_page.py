"""Needs added, changed, deleted, turned into costs, against a ceiling; handing over a post."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from quipu.domain.errors import InputError
from quipu.operations.finding import find_unit
from quipu.operations.house import House
from quipu.operations.needing import needs
from quipu.operations.workspaces import open_house
from quipu.ui.needs import number, read_months
from quipu.ui.pages.needs import NeedsPage, amount
from quipu.ui.pictures import settle
from quipu.ui.window import Window
from tests.operations.plans import NORTH, load, row_of
from tests.operations.test_huamanga_plan import UNIT
from tests.operations.test_huamanga_plan import load as load_poi
from tests.ui.test_pages import answer

Reader = Callable[[Path], House]
Opener = Callable[..., Window]
D = Decimal


@pytest.fixture
def poi(empty_centre: Path) -> Path:
    with open_house(folder=empty_centre, write=True) as house:
        load_poi(house, "programacion")
    return empty_centre


def test_needs_are_entered_costed_and_held_against_a_ceiling(
    poi: Path, open_on: Opener, look_in: Reader
) -> None:
    with look_in(poi) as house:
        facts = house.facts()
        unit, row = find_unit(facts, UNIT), row_of(house, UNIT, "1")
    window = open_on(poi)
    window.show_page("needs")
    settle(window)
    page = window.further["needs"].page
    assert isinstance(page, NeedsPage)
    assert page.needs.empty.isVisible()
    page.unit.setCurrentIndex(page.unit.findData(unit))
    page.picked.emit()
    settle(window)
    page.needs.buttons["add"].click()
    said = {"text": "Papel bond", "activity": row, "measure": "Millar", "price": "32.50"}
    answer(window, {**said, "months": "3: 10\n6: 4"})
    (need,) = page.needs.model.records
    assert (need.quantity, need.amount, need.activity) == (D(14), D(455), row)
    (cost,) = page.costs.model.records
    assert cost.months == {"2017-03": D(325), "2017-06": D(130)}
    page.needs.buttons["change"].click()
    answer(window, {"months": "3: 20\n6: 4"})
    assert page.needs.model.records[0].quantity == D(24)
    page.needs.buttons["costs"].click()
    settle(window)
    with look_in(poi) as house:
        assert house.facts().number(row, "cost", "2017-03") == D(650)
    units = [one.unit for one in page.budgets.model.records]
    page.budgets.view.selectRow(units.index(unit))
    page.budgets.buttons["ceiling"].click()
    answer(window, {"amount": "100"})
    (budget,) = [one for one in page.budgets.model.records if one.unit == unit]
    assert budget.ceiling == D(100)
    assert budget.over
    state = page.budgets.model.columns[3].text(budget)
    assert state == f"▼ se pasa por {amount(budget.over)}"
    page.needs.buttons["delete"].click()
    settle(window)
    with look_in(poi) as house:
        assert needs(house).needs == ()


def test_the_first_ceiling_is_set_without_any_cost(
    empty_centre: Path, open_on: Opener, look_in: Reader
) -> None:
    with open_house(folder=empty_centre, write=True) as house:
        load(house)
        unit = find_unit(house.facts(), NORTH)
    window = open_on(empty_centre)
    window.show_page("needs")
    settle(window)
    page = window.further["needs"].page
    assert isinstance(page, NeedsPage)
    assert page.budgets.model.records == []
    page.budgets.buttons["ceiling"].click()
    answer(window, {"unit": unit})
    answer(window, {"amount": "5,000"})
    with look_in(empty_centre) as house:
        assert house.facts().number(window.stage.plan, "ceiling", "", unit) == D(5000)


def test_what_cannot_be_read_is_said(poi: Path, open_on: Opener, look_in: Reader) -> None:
    window = open_on(poi)
    with look_in(poi) as house:
        unit, row = find_unit(house.facts(), UNIT), row_of(house, UNIT, "1")
    window.show_page("needs")
    settle(window)
    page = window.further["needs"].page
    assert isinstance(page, NeedsPage)
    page.needs.buttons["add"].click()
    answer(window, {"unit": unit})
    answer(window, {"text": "Papel", "activity": row, "price": "mucho", "months": "3: 10"})
    assert "«mucho»" in window.notice.sentence.text()
    with look_in(poi) as house:
        assert needs(house).needs == ()


@pytest.mark.parametrize("text", ["13: 4", "marzo: 4", "3", "3: x"])
def test_months_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="malformed-number"):
        read_months(text, 2017, "1,234.5")


def test_amounts_are_read_as_the_forms_write_them() -> None:
    assert number("1,250.50", "1,234.5") == D("1250.50")
    assert number("1.250,50", "1.234,5") == D("1250.50")
    assert amount(D("1250.50")) == "1,250.5"
    assert read_months("3: 10\n\n 6 :4", 2017, "1,234.5") == {"2017-03": D(10), "2017-06": D(4)}


def test_a_post_is_handed_over_from_the_menu(window: Window, tmp_path: Path) -> None:
    window.menus.actions["handover"].trigger()
    answer(window, {"to": "La nueva jefatura", "folder": str(tmp_path / "entrega")})
    files = {file.name for file in (tmp_path / "entrega").iterdir()}
    assert files == {"copia-sellada.zip", "entrega-de-cargo.pdf", "SHA256SUMS.txt"}
    assert "La nueva jefatura" in window.notice.sentence.text()


def test_without_a_plan_there_is_nothing_to_hand_over(empty_centre: Path, open_on: Opener) -> None:
    window = open_on(empty_centre)
    window.menus.actions["handover"].trigger()
    assert window.notice.isVisible()
