"""The program: start page, new centre, joining, opening, language, name, memory, pictures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from quipu import settings
from quipu.operations.enrolment import enrol
from quipu.operations.workspaces import open_house
from quipu.ui import app as program_module
from quipu.ui import memory
from quipu.ui.app import Program, take_pages
from quipu.ui.memory import Memory
from quipu.ui.pictures import settle, wait
from tests.operations.plans import NORTH


@pytest.fixture
def program(quipu_home: Path, qapp: QApplication) -> Iterator[Program]:
    made = Program(qapp)
    yield made
    if made.window is not None:
        made.window.close()
    if made.start is not None:
        made.start.way.stop()
        made.start.close()
    for widget in QApplication.topLevelWidgets():
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def fill(program: Program, ask: object, **answers: str) -> None:
    for name, text in answers.items():
        part = ask.parts[name]
        assert isinstance(part, QLineEdit)
        part.setText(text)
    ask.ok.click()
    wait(lambda: program.window is not None or program.start.isEnabled())
    if program.window is not None:
        settle(program.window)


def test_a_new_centre_from_the_start_page(program: Program, tmp_path: Path) -> None:
    page = program.show_start()
    assert page.recent.count() == 1
    ask = page.ask_new()
    assert not ask.ok.isEnabled()
    fill(
        program, ask, institution="Instituto de Aguas", folder=str(tmp_path / "c"), author="Ana"
    )  # fmt: skip
    window = program.window
    assert window.seen.institution == "Instituto de Aguas"
    assert window.desk.author == "Ana"
    assert memory.recall().recent == (str(tmp_path / "c"),)
    assert program.start is None


def test_what_went_wrong_is_said_on_the_start_page(program: Program, centre: Path) -> None:
    page = program.show_start()
    fill(program, page.ask_new(), institution="Otro", folder=str(centre), author="Ana")
    wait(page.notice.isVisible)
    assert program.window is None
    assert page.notice.property("tone") == "error"
    assert str(centre) in page.notice.sentence.text()


def test_a_folder_that_is_no_workspace(program: Program, tmp_path: Path) -> None:
    program.show_start()
    assert program.open(tmp_path) is None
    assert program.start.notice.isVisible()
    assert str(tmp_path) in program.start.notice.sentence.text()


def test_an_office_joins_from_the_start_page(
    program: Program, centre: Path, tmp_path: Path
) -> None:
    file = tmp_path / "norte.quipu"
    with open_house(folder=centre, write=True) as house:
        named = {"office": "Oficina Norte", "units": [NORTH], "file": file, "author": "Ana"}
        enrol(house, **named, with_code=False)
    page = program.show_start()
    folder = str(tmp_path / "norte")
    fill(program, page.ask_join(), file=str(file), folder=folder, author="Beto")
    assert program.window.role == "office"
    assert program.window.side.tree.current().name == NORTH


def test_recent_workspaces_open_with_a_click(
    program: Program, centre: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = program.show_start()
    assert page.recent.item(0).text().startswith("Instituto de Caminos\nCentro")
    page.recent.itemClicked.emit(page.recent.item(0))
    settle(program.window)
    program.window.menus.actions["start"].trigger()
    assert program.window is None
    assert bytes.fromhex(memory.recall().geometry)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(centre))
    program.start.choices["open"].click()
    settle(program.window)
    assert program.window.page.sheet.title == NORTH


def test_the_language_changes_everywhere_and_the_place_stays(
    program: Program, centre: Path
) -> None:
    program.open(centre)
    settle(program.window)
    spanish = program.window
    spanish.sheets.show_view("plan")
    spanish.sheets.choose_period("2024-09")
    spanish.side.tree.go_to(spanish.seen.facts.of_kind("unit")[1])
    settle(spanish)
    title = spanish.page.sheet.title
    spanish.menus.actions["language-en"].trigger()
    english = program.window
    assert english is not spanish
    settle(english)
    assert english.side.buttons["disputes"].text() == "Disputes"
    assert english.menus.actions["print"].text() == "&Print…"
    assert (english.page.sheet.title, english.sheets.view) == (title, "plan")
    assert english.sheets.period == "2024-09"
    assert memory.recall().language == "en"
    english.menus.actions["start"].trigger()
    assert program.start.choices["new"].text() == "Begin a new centre"
    program.start.language_wanted.emit("es")
    assert program.start.choices["new"].text() == "Comenzar un centro nuevo"


def test_the_name_is_asked_and_remembered(program: Program, centre: Path) -> None:
    program.open(centre)
    settle(program.window)
    program.window.name_wanted.emit("Beatriz Núñez")
    settle(program.window)
    assert program.window.desk.author == "Beatriz Núñez"
    assert memory.recall().author == "Beatriz Núñez"
    for name in ("name", "keys", "about"):
        program.window.menus.actions[name].trigger()


def test_main_opens_what_is_named(
    quipu_home: Path, centre: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Program] = []
    real = program_module.Program

    def remembered(app: QApplication) -> Program:
        opened.append(real(app))
        return opened[-1]

    monkeypatch.setattr(program_module, "Program", remembered)
    monkeypatch.setattr(QApplication, "exec", lambda *_: 0)
    assert program_module.main([]) == 0
    assert opened[-1].start.isVisible()
    assert program_module.open_window(centre) == 0
    settle(opened[-1].window)
    assert opened[-1].window.seen.institution == "Instituto de Caminos"
    opened[-1].window.close()
    opened[0].start.way.stop()
    opened[0].start.close()
    settings.stop_log()


def test_a_broken_memory_is_an_empty_one(quipu_home: Path) -> None:
    assert memory.recall() == Memory()
    memory.keep(Memory("en", "Ana", ("/a",)))
    assert memory.recall() == Memory("en", "Ana", ("/a",))
    file = settings.data_dir() / "window.json"
    for broken in ("{", "[1]", json.dumps({"recent": 7, "language": 3})):
        file.write_text(broken, encoding="utf-8")
        assert memory.recall() == Memory()
    assert Memory().name
    assert Memory(language="pt").words_language == "es"


def test_recent_folders_stand_once_newest_first(tmp_path: Path) -> None:
    kept = Memory().opened(tmp_path / "a").opened(tmp_path / "b").opened(tmp_path / "a")
    assert kept.recent == (str(tmp_path / "a"), str(tmp_path / "b"))


def test_pictures_of_the_main_pages(centre: Path, tmp_path: Path) -> None:
    files = take_pages(centre, tmp_path / "pictures")
    assert [file.name for file in files] == [
        "1-progress.png", "2-plan.png", "3-published.png", "4-findings.png",
        "5-status.png", "6-disputes.png", "7-institution.png", "8-rows.png", "9-texts.png",
    ]  # fmt: skip
    assert all(file.stat().st_size > 10_000 for file in files)
