"""A window's surroundings: a plan of our own, an open window, an empty clipboard at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from quipu.operations.house import House
from quipu.operations.workspaces import new_centre, open_house
from quipu.ui import look
from quipu.ui import sheets as sheets_module
from quipu.ui import window as window_module
from quipu.ui.memory import Memory
from quipu.ui.pictures import settle
from quipu.ui.window import Window
from quipu.words import Words
from tests.operations.plans import INSTITUTION, load


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    look.dress(qapp)
    # Nobody's hands have to come to rest here before the window asks again.
    monkeypatch.setattr(window_module, "_FINDINGS_AFTER_MS", 5)
    monkeypatch.setattr(sheets_module, "_HISTORY_AFTER_MS", 5)
    yield
    # A clipboard that still holds text when the offscreen platform ends takes the process along.
    QGuiApplication.clipboard().clear()


@pytest.fixture
def words() -> Words:
    return Words.load("es")


@pytest.fixture
def empty_centre(tmp_path: Path, quipu_home: Path) -> Path:
    folder = tmp_path / "centre"
    new_centre(folder=folder, institution=INSTITUTION, author="Ana")
    return folder


@pytest.fixture
def centre(empty_centre: Path) -> Path:
    """A centre's folder with the small plan of the operations' tests."""
    with open_house(folder=empty_centre, write=True) as house:
        load(house)
    return empty_centre


@pytest.fixture
def look_in() -> Callable[[Path], House]:
    """Open a workspace for reading, beside the window."""
    return lambda folder: open_house(folder=folder)


@pytest.fixture
def open_on(qtbot) -> Iterator[Callable[..., Window]]:
    """Open windows on workspaces, and close them at the end."""
    opened: list[Window] = []

    def opener(folder: Path, language: str = "es") -> Window:
        window = Window(folder, Memory(language=language, author="Ana"), Words.load(language))
        opened.append(window)
        window.show()
        settle(window)
        return window

    yield opener
    for window in opened:
        window.close()
        window.deleteLater()
    # Outside an event loop nobody else carries the deletions out.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(open_on: Callable[..., Window], centre: Path) -> Window:
    return open_on(centre)
