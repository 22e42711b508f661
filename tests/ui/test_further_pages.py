"""Paths by hand through the pages of other names and of coverage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quipu.operations.aliases import known_aliases, propose_aliases
from quipu.operations.covering import coverage
from quipu.operations.house import House
from quipu.operations.loading import load_plan
from quipu.operations.workspaces import open_house
from quipu.ui.further import FURTHER, further_of
from quipu.ui.pages.aliases import AliasesPage
from quipu.ui.pages.coverage import CoveragePage
from quipu.ui.pictures import settle
from quipu.ui.window import Window
from tests.cli.test_names import TABLE

Opener = Callable[..., Window]
Reader = Callable[[Path], House]
ACTIONS = (
    "Anexo 1. Acciones Estratégicas anualizadas\n"
    "Objetivo Estratégico\tAcción Estratégica\t2024\t2025\t2026\t2027\t2028\t2029\tCantidad\t"
    "Indicadores de Productos\tResponsable\n"
    "OE 1.1 Unir\tAE 1.1.1 Abrir caminos\tX\t\t\t\t\t\t1\tCaminos\tCaminos del Norte\n"
    "OE 1.1 Unir\tAE 1.1.2 Cuidar puentes\tX\t\t\t\t\t\t2\tPuentes\tCaminos\n"
)


def page_of(window: Window, name: str) -> object:
    window.show_page(name)
    settle(window)
    return window.further[name].page


@pytest.fixture
def names(empty_centre: Path, open_on: Opener) -> Window:
    more = TABLE + "\t\t\t1.1.1.1.3 Ver\t1) Ir.\t<u>Ger. General</u>\tUn año\tEquipo\n"
    with open_house(folder=empty_centre, write=True) as house:
        load_plan(house, text=more, name="cmi", form="cr-imas", year=2007, author="Ana")
    return open_on(empty_centre)


def test_names_are_confirmed_rejected_and_taken_away(names: Window, look_in: Reader) -> None:
    page = page_of(names, "aliases")
    assert isinstance(page, AliasesPage)
    assert {one.alias for one in page.proposals.records} == {"Ger. General", "G. General"}
    assert page.none_known.isVisible()
    assert not page.remove.isEnabled()
    choose(page, "G. General")
    page.confirm.click()
    settle(names)
    assert page.isVisible()
    with look_in(names.desk.folder) as house:
        assert [one.alias for one in known_aliases(house)] == ["G. General"]
    assert [one.name for one in page.known.records] == ["Gerencia General"]
    choose(page, "Ger. General")
    page.reject.click()
    settle(names)
    assert page.proposals.records == []
    assert page.no_proposals.isVisible()
    with look_in(names.desk.folder) as house:
        assert propose_aliases(house) == []
    page.remove.click()
    settle(names)
    assert page.known.records == []
    assert [one.alias for one in page.proposals.records] == ["G. General"]
    for _ in range(2):
        names.menus.actions["undo"].trigger()
        settle(names)
    assert [one.alias for one in page.proposals.records] == ["Ger. General"]


def choose(page: AliasesPage, alias: str) -> None:
    aliases = [one.alias for one in page.proposals.records]
    page.proposed.selectRow(aliases.index(alias))


def test_a_page_out_of_view_asks_nothing(names: Window) -> None:
    kept = names.further["aliases"]
    kept.refresh()
    settle(names)
    assert isinstance(kept.page, AliasesPage)
    assert kept.page.proposals.records == []
    assert not kept.page.confirm.isEnabled()


@pytest.fixture
def actions(centre: Path, open_on: Opener) -> Window:
    with open_house(folder=centre, write=True) as house:
        form = "sv-integracion/acciones-estrategicas"
        load_plan(house, text=ACTIONS, name="anexo", form=form, year=2024, author="Ana")
    return open_on(centre)


def test_an_activity_is_linked_and_unlinked(actions: Window, look_in: Reader) -> None:
    page = page_of(actions, "coverage")
    assert isinstance(page, CoveragePage)
    assert [one.code for one in page.action_rows.records] == ["AE 1.1.1", "AE 1.1.2"]
    loose = len(page.loose_rows.records)
    first = page.loose_rows.records[0]
    page.action_view.selectRow(1)
    page.link.click()
    settle(actions)
    with look_in(actions.desk.folder) as house:
        found = coverage(house)
    assert [len(one.activities) for one in found.actions] == [0, 1]
    assert len(page.loose_rows.records) == loose - 1
    action = page.action()
    assert action is not None
    assert action.code == "AE 1.1.2"
    (served,) = page.served_rows.records
    assert (served.activity, served.linked) == (first.item, True)
    page.bare.setChecked(True)
    assert [one.code for one in page.action_rows.records] == ["AE 1.1.1"]
    page.bare.setChecked(False)
    page.action_view.selectRow(1)
    page.unlink.click()
    settle(actions)
    assert len(page.loose_rows.records) == loose
    assert not page.unlink.isEnabled()


def test_a_plan_without_actions_says_so(centre: Path, open_on: Opener) -> None:
    page = page_of(open_on(centre), "coverage")
    assert isinstance(page, CoveragePage)
    assert page.empty.isVisible()
    assert not page.parts.isVisible()


def test_every_further_page_has_a_place(centre: Path, open_on: Opener) -> None:
    window = open_on(centre)
    names = {one.name for one in further_of("centre")}
    assert names == {one.name for one in FURTHER if "centre" in one.roles}
    assert names <= {page for place in window.side.places for page in place.pages}
    office = {one.name for one in further_of("office")}
    assert office < names
    assert not office & {"aliases", "coverage"}


def test_the_pages_of_a_place_are_tabs(centre: Path, open_on: Opener) -> None:
    window = open_on(centre)
    window.side.buttons["institution"].click()
    settle(window)
    assert window.tree_editor.isVisible()
    tabs = window.pages.tabs["institution"]
    titles = [tabs.tabText(number) for number in range(3)]
    assert titles == ["Institución y oficinas", "Filas del plan", "Textos del documento"]
    tabs.setCurrentIndex(2)
    settle(window)
    assert window.texts.page.isVisible()
    assert window.side.buttons["institution"].isChecked()
