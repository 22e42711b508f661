"""Disputes side by side: evidence and history, one by one, many by a rule, undone, on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton

from quipu.operations.entering import enter
from quipu.operations.exporting import export_bundle
from quipu.operations.merging import merge_bundles
from quipu.operations.rows import delete_row
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
def disputed(centre: Path, tmp_path: Path) -> Path:
    """A centre at which two cells are disputed, one of them with a file."""
    folder, bundle = admitted(centre, tmp_path)
    paper = tmp_path / "acta.pdf"
    paper.write_bytes(b"%PDF-1.4 acta")
    with open_house(folder=centre, write=True) as house:
        merge_bundles(house, files=[bundle])
        for code, value in (("1.3", "70%"), ("1.1", "700")):
            enter(house, unit=NORTH, activity=code, period=AUGUST, value=value, author="Ana")
    with open_house(folder=folder, write=True) as house:
        said = {"unit": NORTH, "period": AUGUST, "author": "Beto"}
        enter(house, activity="1.3", value="60%", **said)
        enter(house, activity="1.1", value="750", evidence=paper, **said)
        export_bundle(house, file=bundle)
    with open_house(folder=centre, write=True) as house:
        merge_bundles(house, files=[bundle])
    return centre


def labels(window: Window) -> list[str]:
    return [one.text() for one in window.disputes_page.cards.findChildren(QLabel)]


def button(window: Window, text: str) -> QPushButton:
    found = window.disputes_page.findChildren(QPushButton)
    return next(one for one in found if one.text() == text)


def row(window: Window, code: str) -> None:
    page = window.disputes_page
    numbers = [n for n, one in enumerate(page.model.records) if one.code == code]
    page.view.selectRow(numbers[0])


def test_both_sides_are_shown_with_what_speaks_for_them(
    disputed: Path, open_on: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_on(disputed)
    window.show_page("disputes")
    page = window.disputes_page
    row(window, "1.1")
    said = labels(window)
    assert {"700", "750"} <= set(said)
    assert {"Ana · Centro", "Beto · Oficina Norte"} <= set(said)
    assert len(page.cards.history.records) == 2
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    button(window, "acta.pdf").click()
    settle(window)
    assert Path(opened[0].toLocalFile()).read_bytes() == b"%PDF-1.4 acta"
    row(window, "1.3")
    assert "Antes decía: 0.5" in labels(window)
    page.view.setFocus()
    press(page.view, Qt.Key.Key_Return)
    assert isinstance(window.focusWidget(), QPushButton)


def test_many_are_settled_by_a_rule_and_taken_back_at_once(disputed: Path, open_on: Open) -> None:
    window = open_on(disputed)
    window.show_page("disputes")
    page = window.disputes_page
    assert len(page.model.records) == 2
    page.rule.click()
    answer(window, {"rule": "office", "note": "según las actas"})
    assert page.model.records == []
    assert not page.rule.isEnabled()
    assert "Discrepancias resueltas: 2" in window.notice.sentence.text()
    with open_house(folder=disputed) as house:
        unit = house.facts().text(row_of(house, NORTH, "1.1"), "unit")
        assert house.facts().number(row_of(house, NORTH, "1.1"), "executed", AUGUST, unit) == 750
    assert window.notice.action.text() == "Deshacer"
    window.notice.action.click()
    settle(window)
    assert len(page.model.records) == 2


def test_one_unit_is_settled_by_a_rule(disputed: Path, open_on: Open) -> None:
    window = open_on(disputed)
    window.show_page("disputes")
    window.disputing.ask_rule()
    with open_house(folder=disputed) as house:
        unit = house.facts().text(row_of(house, NORTH, "1.1"), "unit")
    answer(window, {"rule": "centre", "unit": unit})
    assert window.disputes_page.model.records == []


def test_the_sheet_to_sign_is_printed(disputed: Path, open_on: Open, tmp_path: Path) -> None:
    window = open_on(disputed)
    window.show_page("disputes")
    for what, name in (("one", "una.pdf"), ("open", "abiertas.xlsx"), ("all", "todas.pdf")):
        window.disputes_page.sheet.click()
        answer(window, {"what": what, "file": str(tmp_path / name)})
        assert (tmp_path / name).is_file()
        assert name in window.notice.sentence.text()


def test_a_row_that_was_deleted_and_written_in_is_brought_back(
    centre: Path, tmp_path: Path, open_on: Open
) -> None:
    _, bundle = admitted(centre, tmp_path)
    with open_house(folder=centre, write=True) as house:
        item = row_of(house, NORTH, "1.3")
        delete_row(house, row=item, author="Ana")
        merge_bundles(house, files=[bundle])
    window = open_on(centre)
    window.show_page("disputes")
    said = labels(window)
    assert "Fila borrada" in said
    assert any("0.5" in one for one in said)
    button(window, "Recuperar la fila").click()
    settle(window)
    assert window.disputes_page.model.records == []
    with open_house(folder=centre) as house:
        assert not house.facts().flag(item, "deleted")


def test_what_is_looked_at_stays_while_other_things_change(disputed: Path, open_on: Open) -> None:
    window = open_on(disputed)
    window.show_page("disputes")
    window.disputes_page.note.setText("estoy escribiendo")
    window.refresh()
    settle(window)
    assert window.disputes_page.note.text() == "estoy escribiendo"
