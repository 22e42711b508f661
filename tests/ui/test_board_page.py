"""Paths by hand through the page of the centre's board."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from quipu.forms.definition import NumberStyle
from quipu.operations.observing import observe
from quipu.operations.workspaces import open_house
from quipu.ui.board import take
from quipu.ui.dialogs.ask import Ask
from quipu.ui.pages.board import TABS, BoardPage
from quipu.ui.pictures import settle
from quipu.ui.window import Window
from tests.operations.plans import JULY, NORTH, admit, say
from tests.ui.test_further_pages import page_of

Opener = Callable[..., Window]


@pytest.fixture
def window(centre: Path, open_on: Opener) -> Window:
    with open_house(folder=centre, write=True) as house:
        admit(house, centre.parent, "Norte", NORTH)
        say(house, "5")
        observe(house, unit=NORTH, period=JULY, activity="1.1", text="¿Cinco?", author="Ana")
    return open_on(centre)


def board(window: Window) -> BoardPage:
    page = page_of(window, "board")
    assert isinstance(page, BoardPage)
    return page


def open_figure(page: BoardPage, window: Window, tab: str, row: int, column: int) -> None:
    page.views[tab].activated.emit(page.models[tab].index(row, column))
    settle(window)


def test_a_figure_shows_the_facts_under_it(window: Window) -> None:
    page = board(window)
    assert [page.models[name].rowCount() > 0 for name in TABS] == [True] * 4
    assert page.tabs.tabText(3).endswith("(1)")
    heads = [column.title for column in page.models["offices"].columns]
    open_figure(page, window, "offices", 0, heads.index("jul"))
    values = {(one[0].address.field, str(one[1].value)) for one in page.fact_rows.records}
    assert ("executed", "5") in values
    assert "Norte" in page.about.text()
    open_figure(page, window, "waiting", 0, 0)
    assert "¿Cinco?" in {one[1].value for one in page.fact_rows.records}
    sums = page.models["sums"]
    heads = [column.title for column in sums.columns]
    roads = next(at for at, one in enumerate(sums.records) if one.texts[0].startswith("kil"))
    assert sums.records[roads].texts[heads.index("jul")] == "5 / 2,100"
    open_figure(page, window, "sums", roads, heads.index("jul"))
    assert {one[0].code for one in page.fact_rows.records} == {"1.1", "2.1"}
    open_figure(page, window, "sums", roads, 0)
    assert {one[0].code for one in page.fact_rows.records} == {"1.1", "2.1"}
    shown = page.fact_rows.index(0, 5).data()
    assert "oficina central" in shown


def test_another_period_is_chosen_and_printed(window: Window, tmp_path: Path) -> None:
    page = board(window)
    year = len(page.models["offices"].columns)
    page.period.setCurrentIndex(page.period.findData("2024-Q3"))
    page.period.activated.emit(page.period.currentIndex())
    settle(window)
    assert len(page.models["offices"].columns) == year - 9
    assert page.period.currentData() == "2024-Q3"
    page.print.click()
    (ask,) = [one for one in window.findChildren(Ask) if one.isVisible()]
    file = tmp_path / "tablero.pdf"
    ask.findChildren(QLineEdit)[0].setText(str(file))
    ask.accept()
    settle(window)
    assert file.stat().st_size > 1000


def test_a_centre_without_a_plan_says_what_comes_next(empty_centre: Path, open_on: Opener) -> None:
    window = open_on(empty_centre)
    page = board(window)
    assert page.empty.isVisible()
    assert not page.print.isEnabled()
    window.further["board"].refresh()


@pytest.mark.parametrize(("style", "said"), [("1,234.5", "5 / 2,100"), ("1.234,5", "5 / 2.100")])
def test_large_figures_are_marked_as_the_plans_forms_do(
    window: Window, style: NumberStyle, said: str
) -> None:
    with open_house(folder=window.desk.folder) as house:
        seen = take(house, window.stage.plan, JULY, window.stage.words, style)
    assert seen.lines is not None
    assert said in {text for line in seen.lines.sums.lines for text in line.texts}


def test_a_large_fact_under_a_figure_is_marked(window: Window) -> None:
    window.desk.write(lambda house, _: say(house, "1234"), lambda _: None)
    settle(window)
    page = board(window)
    heads = [column.title for column in page.models["offices"].columns]
    open_figure(page, window, "offices", 0, heads.index("jul"))
    values = [page.fact_rows.index(row, 4).data() for row in range(page.fact_rows.rowCount())]
    assert "1,234" in values
