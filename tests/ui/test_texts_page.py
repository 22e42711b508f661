"""A path by hand through the page of the document's texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from quipu.operations.house import House
from quipu.operations.sections import sections
from quipu.ui import look
from quipu.ui import texts as texts_module
from quipu.ui.pages.texts import TextsPage
from quipu.ui.pictures import settle
from quipu.ui.window import Window
from tests.operations.plans import YEAR
from tests.ui.sheets import CONTROL, press, write

Reader = Callable[[Path], House]
BOOK = "sv-integracion/documento"
LONG = "a" * 20_000


def page_of(window: Window) -> TextsPage:
    window.show_page("texts")
    settle(window)
    return window.texts.page


def choose(page: TextsPage, title: str) -> None:
    lines = [page.list.item(row).text().strip() for row in range(page.list.count())]
    page.list.setFocus()
    page.list.setCurrentRow(lines.index(title))


def grey(page: TextsPage) -> bool:
    return page.list.currentItem().foreground().color() == look.MUTED


def stored(house: House, title: str) -> str:
    with house:
        return next(one.text for one in sections(house, document=BOOK) if one.title == title)


def test_a_text_is_kept_after_control_enter_and_taken_back(window: Window, look_in: Reader) -> None:
    page = page_of(window)
    assert page.parts.isVisible()
    assert not page.empty.isVisible()
    assert page.list.item(0).text() == f"PLAN ANUAL DE TRABAJO {YEAR}"
    choose(page, "Prefacio")
    assert page.heading.text() == "Prefacio"
    assert grey(page)
    page.editor.setFocus()
    write(page.editor, "Un camino.")
    press(page.editor, Qt.Key.Key_Return, CONTROL)
    settle(window)
    assert stored(look_in(window.desk.folder), "Prefacio") == "Un camino."
    assert page.editor.hasFocus()
    assert page.editor.toPlainText() == "Un camino."
    assert not grey(page)
    window.menus.actions["undo"].trigger()
    settle(window)
    assert page.editor.toPlainText() == ""
    assert grey(page)
    window.menus.actions["redo"].trigger()
    settle(window)
    assert page.editor.toPlainText() == "Un camino."


def test_leaving_the_text_keeps_it_and_enter_is_a_new_line(window: Window, look_in: Reader) -> None:
    page = page_of(window)
    choose(page, "Prefacio")
    page.editor.setFocus()
    write(page.editor, "Uno")
    press(page.editor, Qt.Key.Key_Return, text="\r")
    write(page.editor, "Dos")
    choose(page, "MARCO NORMATIVO")
    assert page.editor.toPlainText() == ""
    settle(window)
    assert stored(look_in(window.desk.folder), "Prefacio") == "Uno\nDos"
    choose(page, "Prefacio")
    assert page.editor.toPlainText() == "Uno\nDos"
    page.editor.setFocus()
    write(page.editor, "Tres")
    window.show_page("sheet")
    settle(window)
    assert "Tres" in stored(look_in(window.desk.folder), "Prefacio")


def test_what_is_being_typed_stays_when_the_window_looks_again(window: Window) -> None:
    page = page_of(window)
    choose(page, "Prefacio")
    page.editor.setFocus()
    write(page.editor, "A medias")
    window.refresh()
    settle(window)
    assert page.editor.toPlainText() == "A medias"
    assert grey(page)


def test_closing_the_window_keeps_what_was_typed(window: Window, look_in: Reader) -> None:
    page = page_of(window)
    choose(page, "Prefacio")
    page.editor.setFocus()
    write(page.editor, "Al final")
    window.close()
    assert stored(look_in(window.desk.folder), "Prefacio") == "Al final"


def test_a_text_that_is_not_kept_goes_back_into_the_editor(window: Window) -> None:
    page = page_of(window)
    choose(page, "Prefacio")
    page.editor.setPlainText(LONG)
    choose(page, "MARCO NORMATIVO")
    settle(window)
    assert window.notice.property("tone") == "error"
    assert page.heading.text() == "Prefacio"
    assert page.editor.toPlainText() == LONG
    page.editor.setPlainText("")


def test_another_window_only_reads(window: Window, open_on: Callable[..., Window]) -> None:
    page = page_of(open_on(window.desk.folder))
    assert page.list.count() > 10
    assert page.editor.isReadOnly()


def test_without_a_plan_or_a_document_the_page_says_what_to_do(
    window: Window,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(texts_module, "available_templates", lambda folder: {})
    page = page_of(window)
    assert page.empty.isVisible()
    assert "documento.toml" in page.empty.text()
    assert not page.parts.isVisible()


def test_an_empty_workspace_asks_for_its_plan(
    open_on: Callable[..., Window], empty_centre: Path
) -> None:
    page = page_of(open_on(empty_centre))
    assert "Cargar plan" in page.empty.text()
