"""Files that come and go through the window: plans, prints, filled workbooks, bundles."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QComboBox, QFileDialog, QMessageBox

from quipu.operations.house import House
from quipu.operations.running import Cancelled
from quipu.ui.dialogs.match import MatchEditor
from quipu.ui.pictures import settle, wait
from quipu.ui.window import Window
from tests.operations.plans import NORTH, WHOLE, row_of
from tests.ui.test_pages import answer
from tests.ui.test_window import AUGUST, at_unit, executed, unit_key

Reader = Callable[[Path], House]


def test_a_plan_is_pasted_looked_at_and_stored(
    open_on: Callable[..., Window], empty_centre: Path
) -> None:
    window = open_on(empty_centre)
    assert window.pages.currentWidget() is window.welcome
    window.welcome.load.click()
    dialog = window.findChild(QMessageBox) or window.exchange.load()
    assert not dialog.read.isEnabled()
    dialog.source.setCurrentIndex(1)
    dialog.text.setPlainText(WHOLE)
    dialog.form.setCurrentIndex(dialog.form.findData("sv-integracion"))
    dialog.read.click()
    settle(window)
    assert dialog.tables.rowCount() == 3
    assert dialog.problems.rowCount() > 0
    assert "9 filas en 3 tablas" in dialog.summary.text()
    assert dialog.store.isEnabled()
    dialog.store.click()
    settle(window)
    assert window.pages.currentWidget() is window.work
    assert "9 filas" in window.notice.sentence.text()
    assert window.page.sheet.title == NORTH


STRANGE = (
    WHOLE.replace("Producto Resultado", "Lo que queda")
    .replace("Unidad de medida", "Se cuenta en")
    .replace("Medio de verificación", "Se prueba con")
)


def choose(editor: MatchEditor, words: str, meaning: str) -> None:
    """Say that the column with these words in the file is another of the form."""
    table = editor.columns
    rows = [row for row in range(table.rowCount()) if table.item(row, 0).text() == words]
    box = table.cellWidget(rows[0], 2)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findText(meaning))
    box.activated.emit(box.currentIndex())


def test_tables_are_corrected_before_they_are_stored(
    open_on: Callable[..., Window], empty_centre: Path, look_in: Reader
) -> None:
    window = open_on(empty_centre)
    dialog = window.exchange.load()
    assert dialog.form.currentData() == ""
    dialog.source.setCurrentIndex(1)
    dialog.text.setPlainText(STRANGE)
    dialog.form.setCurrentIndex(dialog.form.findData("sv-integracion"))
    assert not dialog.results.isVisible()
    dialog.read.click()
    settle(window)
    match = dialog.match
    assert not dialog.store.isEnabled()
    assert "Diga abajo" in dialog.summary.text()
    assert [one.form for one in dialog.tables.records] == [""]
    match.form.setCurrentIndex(match.form.findData("sv-integracion/pat-programa"))
    match.form.activated.emit(match.form.currentIndex())
    settle(window)
    assert "«Producto Resultado»" in match.lack.text()
    for words, meaning in (
        ("Lo que queda", "Producto Resultado"),
        ("Se cuenta en", "Unidad de medida"),
        ("Se prueba con", "Medio de verificación"),
    ):
        choose(match, words, meaning)
        settle(window)
    assert match.lack.text() == ""
    assert dialog.rows.rowCount() > 0
    assert dialog.rows.data(dialog.rows.index(0, 3)) == "Conservar los caminos de tierra"
    assert dialog.rows.data(dialog.rows.index(0, 4)) == "jul 1200 · ago 800 · sep 500"
    assert dialog.results.tabText(1).startswith("Filas (")
    choose(match, "Se cuenta en", "— no se usa —")
    settle(window)
    assert "«Unidad de medida»" in match.lack.text()
    choose(match, "Se cuenta en", "Unidad de medida")
    settle(window)
    dialog.store.click()
    settle(window)
    with look_in(window.desk.folder) as house:
        row = row_of(house, NORTH, "1.1")
        assert house.facts().text(row, "unit_of_measure") == "Kilómetros"


def test_the_dialog_begins_with_the_plan_in_view(window: Window) -> None:
    dialog = window.exchange.load()
    assert dialog.form.currentData() == "sv-integracion"
    assert dialog.year.text() == "el del documento"
    dialog.source.setCurrentIndex(1)
    dialog.text.setPlainText(WHOLE)
    dialog.read.click()
    settle(window)
    assert dialog.tables.rowCount() == 3
    assert "otras 2 tablas" in dialog.match.alike.text()
    choose(dialog.match, "Jul", "— no se usa —")
    settle(window)
    assert len(dialog.match.said) == 3
    assert all("2024-07" not in row.targets for row in dialog.rows.records)
    dialog.match.alike.setChecked(False)
    dialog.found.selectRow(1)
    dialog.match.form.setCurrentIndex(0)
    dialog.match.form.activated.emit(0)
    settle(window)
    assert [one.form for one in dialog.tables.records].count("") == 1
    dialog.text.setPlainText(WHOLE + " ")
    assert not dialog.match.said
    assert not dialog.store.isEnabled()
    dialog.reject()


def test_what_cannot_be_read_is_said_in_the_dialog(window: Window, tmp_path: Path) -> None:
    dialog = window.exchange.load()
    dialog.file.setText(str(tmp_path / "no.xlsx"))
    dialog.read.click()
    settle(window)
    assert "no.xlsx" in dialog.summary.text()
    assert not dialog.store.isEnabled()


def test_a_print_of_what_is_on_the_screen(window: Window, tmp_path: Path) -> None:
    at_unit(window)
    window.menus.actions["print"].trigger()
    answer(window, {"kind": "pdf", "what": "plan", "folder": str(tmp_path)})
    files = list(tmp_path.glob("*.pdf"))
    assert len(files) == 1
    assert files[0].read_bytes().startswith(b"%PDF")
    assert files[0].name in window.notice.sentence.text()
    window.exchange.print(None, "published", "")
    answer(window, {"kind": "xlsx", "what": "published", "folder": str(tmp_path)})
    assert [file.name for file in tmp_path.glob("*.xlsx")] == [
        "Instituto de Caminos Como se publicó.xlsx"
    ]


def test_the_whole_document_is_printed(window: Window, tmp_path: Path) -> None:
    at_unit(window)
    window.menus.actions["print"].trigger()
    said = {"kind": "pdf", "what": "plan", "whose": "sv-integracion/documento"}
    answer(window, {**said, "folder": str(tmp_path)})
    [file] = tmp_path.glob("*.pdf")
    assert file.read_bytes().startswith(b"%PDF")
    assert file.name in window.notice.sentence.text()


def test_a_workbook_is_filled_in_and_taken_in(
    window: Window, tmp_path: Path, look_in: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_unit(window)
    window.menus.actions["print"].trigger()
    answer(window, {"kind": "xlsx", "what": "progress", "folder": str(tmp_path)})
    file = next(tmp_path.glob("*.xlsx"))
    book = load_workbook(file)
    sheet = next(s for s in book.worksheets if any(c.value == "Ejecutado" for r in s for c in r))
    head = next(cell for line in sheet.iter_rows() for cell in line if cell.value == "Ejecutado")
    first = next(
        cell.row
        for line in sheet.iter_rows(min_row=head.row + 1)
        for cell in line
        if cell.value in ("1.1", 1.1)
    )
    sheet.cell(first, head.column, 640)
    book.save(file)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    window.menus.actions["fill"].trigger()
    settle(window)
    assert executed(window, look_in, "1.1") == 640
    assert "Celdas que cambiaron: 1." in window.notice.sentence.text()


def test_long_work_shows_its_progress_and_can_be_stopped(window: Window) -> None:
    started = threading.Event()

    def work(_: House, watch: object) -> None:
        watch.progress(2, 5)
        started.set()
        while not watch.cancelled():
            threading.Event().wait(0.005)
        raise Cancelled

    window.desk.write(work, title="Trabajando…")
    assert window.bottom.work.text() == "Trabajando…"
    assert started.wait(5)
    wait(lambda: window.bottom.bar.value() == 2)
    assert window.bottom.bar.maximum() == 5
    assert window.page.view.isEnabled()
    window.bottom.cancel.click()
    settle(window)
    assert window.bottom.work.isHidden()
    assert window.notice.sentence.text()


def test_closing_while_something_is_written_waits(window: Window, look_in: Reader) -> None:
    at_unit(window)
    gate = threading.Event()
    window.desk.write(lambda *_: gate.wait(5), title="Guardando…")
    window.close()
    assert window.isVisible()
    box = window.findChild(QMessageBox)
    wait_button = next(b for b in box.buttons() if b.text() == "Esperar y cerrar")
    wait_button.click()
    assert window.isVisible()
    gate.set()
    wait(lambda: not window.isVisible(), 5000)
    assert not window.isVisible()


def test_closing_may_stop_the_work_or_stay(window: Window) -> None:
    def work(_: House, watch: object) -> None:
        while not watch.cancelled():
            threading.Event().wait(0.005)
        raise Cancelled

    window.desk.write(work, title="Guardando…")
    for text in ("Cancelar", "Detenerlo y cerrar"):
        window.close()
        assert window.isVisible()
        box = [one for one in window.findChildren(QMessageBox) if one.isVisible()][-1]
        next(button for button in box.buttons() if button.text() == text).click()
    wait(lambda: not window.isVisible(), 5000)
    assert not window.isVisible()


def test_a_last_edit_is_stored_before_the_window_goes(window: Window, look_in: Reader) -> None:
    at_unit(window)
    column = next(
        n for n, c in enumerate(window.page.model.body[0].cells)
        if c and c.address and c.address.field == "executed"
    )  # fmt: skip
    key = unit_key(window)
    window.page.model.type_block({(0, column): "91"})
    window.close()
    assert not window.isVisible()
    with look_in(window.desk.folder) as house:
        row = row_of(house, NORTH, "1.1")
        assert house.facts().number(row, "executed", AUGUST, key) == 91
