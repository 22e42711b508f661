"""Evidence: attached to an activity and period, marked, listed, opened, copied, taken off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from quipu.domain.address import Address
from quipu.domain.value import Blob
from quipu.operations.house import House
from quipu.ui import evidence as evidence_module
from quipu.ui.attached import plain_name
from quipu.ui.pictures import settle
from quipu.ui.sheet.model import CLIP
from quipu.ui.window import Window
from tests.operations.plans import NORTH, row_of
from tests.ui.test_pages import answer
from tests.ui.test_window import AUGUST, at_unit, column_of, unit_key

Reader = Callable[[Path], House]


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence_module, "_ASK_AFTER_MS", 5)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "acta de recepción.pdf"
    file.write_bytes(b"%PDF-1.4 acta")
    return file


def attached(window: Window, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_unit(window)
    window.page.view.go_to(0, column_of(window, "executed"))
    settle(window)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(paper), ""))
    window.menus.actions["attach"].trigger()
    settle(window)


def test_a_file_is_attached_marked_and_listed(
    window: Window, paper: Path, monkeypatch: pytest.MonkeyPatch, look_in: Reader
) -> None:
    attached(window, paper, monkeypatch)
    panel = window.evidence.panel
    assert window.panels.currentWidget() is panel
    assert [one.file.name for one in panel.model.records] == [paper.name]
    shown = [panel.model.data(panel.model.index(0, column)) for column in (0, 2, 4)]
    assert shown == [paper.name, "Ana", "es la evidencia"]
    assert panel.title.text() == "1.1 · Conservar los caminos de tierra · agosto 2024"
    column = column_of(window, "executed")
    model = window.page.model
    assert [model.data(model.index(row, column), CLIP) for row in (0, 1)] == [True, False]
    window.page.view.grab()
    with look_in(window.desk.folder) as house:
        place = Address(row_of(house, NORTH, "1.1"), "evidence", AUGUST, unit_key(window))
        kept = house.facts().value(*place)
        assert isinstance(kept, Blob)
        assert kept.name == paper.name


def test_a_copy_is_saved_and_opened(
    window: Window, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attached(window, paper, monkeypatch)
    panel = window.evidence.panel
    target = tmp_path / "copia.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    panel.buttons["save"].click()
    settle(window)
    assert target.read_bytes() == paper.read_bytes()
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    panel.view.opened.emit(0)
    settle(window)
    assert Path(opened[0].toLocalFile()).name == paper.name
    assert Path(opened[0].toLocalFile()).read_bytes() == paper.read_bytes()


def test_a_program_is_never_started(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "acta.exe"
    program.write_bytes(b"MZ")
    attached(window, program, monkeypatch)
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    window.evidence.panel.buttons["open"].click()
    settle(window)
    assert opened == []
    assert "Guarde una copia" in window.notice.sentence.text()
    assert plain_name(Blob("a", 1, "..\\..\\etc/pas:swd.txt")) == "pas-swd.txt"
    assert plain_name(Blob("a", 1, "..")) == "archivo"


def test_it_is_taken_off_and_brought_back(
    window: Window, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attached(window, paper, monkeypatch)
    panel = window.evidence.panel
    panel.buttons["remove"].click()
    settle(window)
    assert panel.model.data(panel.model.index(0, 4)) == "reemplazado"
    assert not panel.buttons["remove"].isEnabled()
    window.menus.actions["undo"].trigger()
    settle(window)
    assert panel.model.data(panel.model.index(0, 4)) == "es la evidencia"


def test_a_file_is_let_fall_on_the_panel(window: Window, paper: Path) -> None:
    at_unit(window)
    panel = window.evidence.panel
    window.panels.setCurrentWidget(panel)
    settle(window)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(paper))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, mime, left, none.NoModifier)
    panel.dragEnterEvent(enter)
    assert enter.isAccepted()
    panel.dropEvent(QDropEvent(QPointF(5, 5), copy, mime, left, none.NoModifier))
    settle(window)
    assert [one.file.name for one in panel.model.records] == [paper.name]


def test_an_accepted_report_takes_no_more_files(
    window: Window, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_unit(window)
    settle(window)
    monkeypatch.setattr(type(window.sheets), "why_closed", property(lambda _: "closed"))
    window.evidence.attach(paper)
    window.menus.actions["attach"].trigger()
    settle(window)
    assert "ya se aceptó" in window.notice.sentence.text()
    window.page.view.go_to(1, 0)
    settle(window)
    assert "ya se aceptó" in window.evidence.panel.empty.text()
    assert not window.evidence.panel.buttons["attach"].isEnabled()


def test_without_a_period_there_is_none(window: Window) -> None:
    at_unit(window)
    window.sheets.show_view("plan")
    settle(window)
    window.menus.actions["attach"].trigger()
    assert "Avance" in window.notice.sentence.text()
    assert "Avance" in window.evidence.panel.empty.text()
    assert not window.evidence.panel.buttons["attach"].isEnabled()


def test_more_files_stand_beside_the_first_and_the_index_is_printed(
    window: Window, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attached(window, paper, monkeypatch)
    panel = window.evidence.panel
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(b"foto")
    window.evidence.attach(photo)
    settle(window)
    shown = [(one.file.name, one.field, one.current) for one in panel.model.records]
    assert shown == [(paper.name, "evidence", True), (photo.name, "evidence/2", True)]
    panel.view.selectRow(1)
    panel.buttons["remove"].click()
    settle(window)
    assert [one.current for one in panel.model.records] == [True, False]
    window.evidence.attach(photo)
    settle(window)
    panel.view.selectRow(0)
    panel.buttons["remove"].click()
    settle(window)
    assert [one.current for one in panel.model.records] == [False, True]
    # What is proved by its second file alone still bears the paper-clip.
    model, column = window.page.model, column_of(window, "executed")
    assert model.data(model.index(0, column), CLIP)
    file = tmp_path / "indice.pdf"
    panel.buttons["index"].click()
    answer(window, {"file": str(file)})
    assert file.read_bytes().startswith(b"%PDF")
