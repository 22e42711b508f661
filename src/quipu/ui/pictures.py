"""Pictures of the main pages, for machines without a screen and for the manual."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import (
    QEventLoop,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from quipu.ui import look, memory
from quipu.ui.window import Window
from quipu.words import Words

_log = logging.getLogger("quipu.ui")
_SIZE = (1366, 728)
_LONGEST_MS = 30_000
_OF_THE_CENTRE = ("institution", "rows", "texts")
_PAGES = ("progress", "plan", "published", "findings", "status", "disputes", *_OF_THE_CENTRE)


def take_pages(folder: Path, out_dir: Path) -> list[Path]:
    """Write a PNG of each main page of a workspace's window; give the files, in order."""
    before = qInstallMessageHandler(_to_the_log)
    try:
        return _take_pages(folder, out_dir)
    finally:
        qInstallMessageHandler(before)


def _to_the_log(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    """Keep what Qt has to say of a platform without a screen off the terminal."""
    _log.info("Qt: %s", message)


def _take_pages(folder: Path, out_dir: Path) -> list[Path]:
    if QApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(["quipu"])
    if isinstance(app, QApplication):
        look.dress(app)
    out_dir.mkdir(parents=True, exist_ok=True)
    remembered = memory.recall()
    window = Window(folder, remembered, Words.load(remembered.words_language))
    window.resize(*_SIZE)
    window.show()
    files = []
    settle(window)
    centre = window.role == "centre"
    pages = _PAGES if centre else [name for name in _PAGES if name not in _OF_THE_CENTRE]
    for number, name in enumerate(pages, 1):
        _turn_to(window, name)
        settle(window)
        file = out_dir / f"{number}-{name}.png"
        window.grab().save(str(file))
        files.append(file)
    window.close()
    window.deleteLater()
    return files


def _turn_to(window: Window, name: str) -> None:
    if name in ("progress", "plan", "published"):
        window.show_page("sheet")
        window.sheets.show_view(name)
    elif name == "findings":
        window.sheets.show_view("plan")
        window.panels.setCurrentIndex(1)
    else:
        window.show_page(name)


def settle(window: Window, longest: int = _LONGEST_MS) -> None:
    """Let the window do what it has begun, until nothing runs or waits behind it."""
    wait(lambda: window.settled, longest)


def wait(ready: Callable[[], bool], longest: int = _LONGEST_MS) -> None:
    """Run the window's events until something is so, or for the longest time (milliseconds)."""
    loop = QEventLoop()
    looking, ending = QTimer(), QTimer()
    looking.setInterval(10)
    looking.timeout.connect(lambda: loop.quit() if ready() else None)
    ending.setSingleShot(True)
    ending.timeout.connect(loop.quit)
    looking.start()
    ending.start(longest)
    loop.exec()
    looking.stop()
    QApplication.processEvents()
