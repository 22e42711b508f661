"""What does not count: its reason in both windows, the jump to the cell, and the reopening."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from quipu.domain.address import Address
from quipu.operations.exporting import export_bundle
from quipu.operations.merging import merge_bundles
from quipu.operations.reports import accept, submit
from quipu.operations.workspaces import open_house
from quipu.ui.pictures import settle
from quipu.ui.window import Window
from tests.operations.plans import NORTH, row_of
from tests.ui.sheets import press
from tests.ui.test_bundles import admitted
from tests.ui.test_pages import answer
from tests.ui.test_window import AUGUST

Open = Callable[..., Window]


@pytest.fixture
def two(centre: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A centre and an office that wrote after its report was accepted, in another program."""
    folder, bundle = admitted(centre, tmp_path)
    with open_house(folder=folder, write=True) as house:
        submit(house, unit=NORTH, period=AUGUST, author="Beto")
        export_bundle(house, file=bundle)
    with open_house(folder=centre, write=True) as house:
        merge_bundles(house, files=[bundle])
        accept(house, unit=NORTH, period=AUGUST, author="Ana")
    with open_house(folder=folder, write=True) as house:
        facts = house.facts()
        item = row_of(house, NORTH, "1.3")
        address = Address(item, "executed", AUGUST, facts.text(item, "unit"))
        with house.workspace.transaction(
            "Beto", clock=house.clock, randomness=house.randomness
        ) as transaction:
            transaction.put(address, Decimal("0.9"))
        export_bundle(house, file=bundle)
    with open_house(folder=centre, write=True) as house:
        merge_bundles(house, files=[bundle])
        export_bundle(house, file=tmp_path / "down.quipu", to="Oficina Norte")
    with open_house(folder=folder, write=True) as house:
        merge_bundles(house, files=[tmp_path / "down.quipu"])
    return centre, folder


def at_tab(window: Window) -> None:
    window.show_page("bundles")
    window.bundles.page.tabs.setCurrentWidget(window.bundles.refusing.panel)
    settle(window)


def test_the_centre_sees_it_goes_to_it_and_reopens_it(
    two: tuple[Path, Path], open_on: Open
) -> None:
    window = open_on(two[0])
    at_tab(window)
    panel = window.bundles.refusing.panel
    tabs = window.bundles.page.tabs
    assert tabs.tabText(tabs.indexOf(panel)) == "Lo que no cuenta (1)"
    line = [panel.model.data(panel.model.index(0, column)) for column in range(7)]
    assert line[0] == "Oficina Norte"
    assert line[2].startswith("1.3 · ")
    assert line[3:6] == ["agosto 2024", "0.9", "Beto"]
    assert "cerrado" in line[6] or "aceptado" in line[6]
    assert "Beto (Oficina Norte)" in panel.detail.text()
    panel.view.setFocus()
    press(panel.view, Qt.Key.Key_Return)
    settle(window)
    assert window.page.cell().address.item == panel.model.records[0].address.item
    at_tab(window)
    panel.lift.click()
    answer(window, {"reason": "La oficina corrigió con el acta"})
    assert panel.model.records == []
    assert panel.empty.isVisible()
    assert not panel.lift.isEnabled()
    with open_house(folder=two[0]) as house:
        item = row_of(house, NORTH, "1.3")
        unit = house.facts().text(item, "unit")
        assert house.facts().number(item, "executed", AUGUST, unit) == Decimal("0.9")
    window.notice.action.click()
    settle(window)
    assert len(panel.model.records) == 1


def test_the_office_sees_why_and_cannot_reopen(two: tuple[Path, Path], open_on: Open) -> None:
    window = open_on(two[1])
    at_tab(window)
    panel = window.bundles.refusing.panel
    assert len(panel.model.records) == 1
    assert panel.lift.isHidden()
    assert window.bundles.page.traffic.facts["refused"].text() == "1"
