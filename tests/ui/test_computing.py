"""Offices and keys: enrolled, let in, revoked; words, passphrases; the question of copies."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from quipu.operations.merging import merge_bundles
from quipu.operations.securing import recovery_words, set_passphrase
from quipu.operations.unlocking import use_passphrase
from quipu.operations.workspaces import open_house
from quipu.ui.app import Program
from quipu.ui.dialogs.ask import Ask
from quipu.ui.dialogs.secrets import CodeDialog, WordsDialog
from quipu.ui.pictures import settle, wait
from quipu.ui.window import Window
from tests.operations.plans import SOUTH
from tests.ui.test_bundles import admitted, say
from tests.ui.test_pages import answer
from tests.ui.test_window import unit_key

Open = Callable[..., Window]
SECRET = "una frase muy larga"


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    yield
    use_passphrase(None)


def at_tab(window: Window) -> None:
    window.show_page("bundles")
    window.bundles.page.tabs.setCurrentIndex(3)
    settle(window)


def state_of(window: Window, name: str) -> list[str]:
    panel = window.bundles.computing.panel
    assert panel is not None
    return [panel.state_words(one) for one in panel.model.records if one.name == name]


def choose(window: Window, name: str, state: str) -> None:
    panel = window.bundles.computing.panel
    assert panel is not None
    rows = [(one.name, one.state) for one in panel.model.records]
    panel.view.selectRow(rows.index((name, state)))


def test_an_office_is_enrolled_and_its_code_is_shown_once(window: Window, tmp_path: Path) -> None:
    at_tab(window)
    panel = window.bundles.computing.panel
    assert panel is not None
    assert panel.empty.isVisible()
    panel.buttons["enrol"].click()
    file = tmp_path / "sur.quipu"
    ask = next(one for one in window.findChildren(Ask) if one.isVisible())
    units = ask.parts["units"]
    for number in range(units.count()):
        if units.item(number).data(0x100) == unit_key(window, SOUTH):
            units.item(number).setCheckState(units.item(number).checkState().Checked)
    answer(window, {"office": "Oficina Sur", "file": str(file), "until": "31/12/2099"})
    dialog = window.findChild(CodeDialog)
    assert file.is_file()
    assert len(dialog.code.text()) >= 8
    assert dialog.code.text() not in window.notice.sentence.text()
    copy, noted = dialog.findChildren(type(panel.buttons["enrol"]))
    copy.click()
    assert QGuiApplication.clipboard().text() == dialog.code.text()
    noted.click()
    assert state_of(window, "Oficina Sur") == ["sin equipo todavía"]
    assert not panel.empty.isVisible()


def test_a_second_planner_gets_a_file(window: Window, tmp_path: Path) -> None:
    at_tab(window)
    panel = window.bundles.computing.panel
    assert panel is not None
    panel.buttons["planner"].click()
    answer(window, {"name": "Segunda PC", "file": str(tmp_path / "dos.quipu")})
    assert (tmp_path / "dos.quipu").is_file()
    assert window.findChild(CodeDialog).code.text()


def test_a_computer_that_waits_is_let_in_and_a_lost_one_revoked(
    centre: Path, tmp_path: Path, open_on: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, bundle = admitted(centre, tmp_path)
    shutil.copytree(folder, tmp_path / "copia")
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("QUIPU_HOME", str(tmp_path / "otra-pc"))
        say(tmp_path / "copia", "40%", tmp_path / "copia.quipu")
    with open_house(folder=centre, write=True) as house:
        merge_bundles(house, files=[bundle, tmp_path / "copia.quipu"])
    window = open_on(centre)
    at_tab(window)
    panel = window.bundles.computing.panel
    assert panel is not None
    assert sorted(state_of(window, "Oficina Norte")) == ["activo", "espera"]
    choose(window, "Oficina Norte", "waiting")
    assert panel.buttons["admit"].isEnabled()
    assert "clave corta" in panel.detail.text()
    panel.buttons["admit"].click()
    answer(window, {})
    assert "Paquetes que esperaban: 1" in window.notice.sentence.text()
    assert sorted(state_of(window, "Oficina Norte")) == ["activo", "copia"]
    choose(window, "Oficina Norte", "active")
    assert not panel.buttons["admit"].isEnabled()
    panel.buttons["revoke"].click()
    answer(window, {"reason": "la robaron", "after": "uno"})
    assert window.notice.property("tone") == "error"
    panel.buttons["revoke"].click()
    answer(window, {"reason": "la robaron", "after": "1"})
    assert sorted(state_of(window, "Oficina Norte")) == ["copia", "dado de baja"]
    choose(window, "Oficina Norte", "revoked")
    assert "la robaron" in panel.detail.text()
    assert not panel.buttons["revoke"].isEnabled()


def test_sealing_is_turned_off_and_on(window: Window) -> None:
    at_tab(window)
    panel = window.bundles.computing.panel
    assert panel is not None
    assert panel.sealing.isChecked()
    panel.sealing.click()
    settle(window)
    assert "abiertos" in window.notice.sentence.text()
    assert not panel.sealing.isChecked()
    panel.sealing.click()
    settle(window)
    assert panel.sealing.isChecked()


def test_the_words_are_shown_and_printed(window: Window, tmp_path: Path) -> None:
    at_tab(window)
    panel = window.bundles.computing.panel
    assert panel is not None
    panel.buttons["words"].click()
    settle(window)
    dialog = window.findChild(WordsDialog)
    with open_house(folder=window.desk.folder) as house:
        words = recovery_words(house, language="es")
    assert set(words) <= {one.text() for one in dialog.findChildren(QLabel)}
    dialog.print.click()
    file = tmp_path / "palabras.pdf"
    answer(window, {"file": str(file)})
    assert file.read_bytes().startswith(b"%PDF")


def test_a_copy_of_the_key_needs_the_same_passphrase_twice(window: Window, tmp_path: Path) -> None:
    at_tab(window)
    panel = window.bundles.computing.panel
    assert panel is not None
    file = tmp_path / "copia.key"
    panel.buttons["export"].click()
    answer(window, {"file": str(file), "first": SECRET, "second": "otra cosa"})
    assert "no son iguales" in window.notice.sentence.text()
    assert not file.exists()
    panel.buttons["export"].click()
    answer(window, {"file": str(file), "first": SECRET, "second": SECRET})
    assert file.is_file()


def test_an_office_sees_its_computer_and_puts_its_key_under_a_passphrase(
    centre: Path, tmp_path: Path, open_on: Open
) -> None:
    folder, _ = admitted(centre, tmp_path)
    window = open_on(folder)
    at_tab(window)
    own = window.bundles.computing.own
    assert own.isVisible()
    assert own.facts["office"].text() == "Oficina Norte (oficina)"
    assert own.facts["check"].text().count("-") == 2
    own.passphrase.click()
    answer(window, {"first": SECRET, "second": SECRET})
    assert own.facts["rest"].text() == "Guardadas bajo una contraseña."
    window.close()
    use_passphrase(None)
    again = open_on(folder)
    ask = next(one for one in again.findChildren(Ask) if one.isVisible())
    assert ask.windowTitle() == "Contraseña de las llaves"
    answer(again, {"passphrase": "no es esta"})
    answer(again, {"passphrase": SECRET})
    settle(again)
    assert again.desk.read_only is None
    assert again.menus.actions["export"].isEnabled()


def test_who_does_not_know_the_passphrase_only_looks(
    centre: Path, tmp_path: Path, open_on: Open
) -> None:
    set_passphrase(folder=centre, passphrase=SECRET)
    window = open_on(centre)
    next(one for one in window.findChildren(Ask) if one.isVisible()).reject()
    settle(window)
    assert not window.menus.actions["export"].isEnabled()
    assert window.notice.isVisible()


def test_a_copied_folder_is_asked_about_first(
    qapp: QApplication, centre: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIPU_HOME", str(tmp_path / "home"))
    copy = tmp_path / "copia"
    shutil.copytree(centre, copy)
    program = Program(qapp)
    assert program.open(copy, "Ana") is None
    assert program.start is not None
    box = program.start.findChild(QMessageBox)
    assert "es una copia" in box.text()
    box.defaultButton().click()
    wait(lambda: program.window is not None)
    window = program.window
    assert window is not None
    settle(window)
    assert window.desk.read_only is None
    assert "es una copia" in window.notice.sentence.text()
    with open_house(folder=copy) as one, open_house(folder=centre) as other:
        assert one.workspace.info.device.id != other.workspace.info.device.id
    window.close()
    window.deleteLater()


def test_a_folder_of_another_computer_says_the_code_to_tell(
    centre: Path, tmp_path: Path, open_on: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = admitted(centre, tmp_path)
    monkeypatch.setenv("QUIPU_HOME", str(tmp_path / "otra-pc"))
    window = open_on(folder)
    at_tab(window)
    check = window.bundles.computing.own.facts["check"].text()
    assert check.count("-") == 2
    assert check in window.notice.sentence.text()
