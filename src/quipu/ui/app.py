"""The window program: opens the start page or a workspace, and changes between them."""

# SQLAlchemy comes in (through the operations) before PySide6: the start is a sixth quicker.
import logging
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from quipu import settings
from quipu.domain.errors import QuipuError
from quipu.operations.workspaces import foreseen, known_workspaces

from PySide6.QtCore import QByteArray, QLibraryInfo, QLocale, Qt, QTranslator  # isort: skip
from PySide6.QtWidgets import QApplication  # isort: skip

from quipu.ui import look, memory
from quipu.ui.dialogs.copied import ask_to_go_on
from quipu.ui.memory import Memory
from quipu.ui.pictures import take_pages
from quipu.ui.qt_words import QtWords
from quipu.ui.speech import error_sentence
from quipu.ui.start import StartPage
from quipu.ui.window import Window
from quipu.words import Words

__all__ = ["Program", "application", "main", "open_window", "take_pages"]

_SMALL_SCREEN = 1400
"""Up to this many pixels across, a window begins with the whole screen."""
_log = logging.getLogger("quipu.ui")


class Program:
    """Holds the one window that is open, and the person's memory."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self.memory: Memory = memory.recall()
        self.start: StartPage | None = None
        self.window: Window | None = None
        self._translator = QTranslator()
        self._lacking = QTranslator()
        look.dress(app)

    @property
    def words(self) -> Words:
        """The words in the person's language; Qt's own buttons speak it too."""
        return Words.load(self.memory.words_language)

    def _speak(self) -> None:
        self._app.removeTranslator(self._translator)
        language = self.memory.words_language
        QLocale.setDefault(QLocale(language))
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{language}", folder):
            self._app.installTranslator(self._translator)
        self._app.removeTranslator(self._lacking)
        self._lacking = QtWords(self.words)
        self._app.installTranslator(self._lacking)

    def _remember(self, changed: Memory) -> None:
        self.memory = changed
        try:
            memory.keep(changed)
        except OSError:
            # A full or protected disk takes away conveniences only; the ledger says so itself.
            _log.warning("the window's memory could not be written", exc_info=True)

    # ------------------------------------------------------------------ the start page
    def show_start(self, trouble: Exception | None = None) -> StartPage:
        """Show the start page, with what went wrong if something did."""
        self._speak()
        page = StartPage(self.words, self.memory, known_workspaces())
        page.open_wanted.connect(self.open)
        page.language_wanted.connect(self._start_in)
        if trouble is not None:
            page.notice.say("error", error_sentence(self.words, trouble))
        before, self.start = self.start, page
        page.show()
        if before is not None:
            _away(before)
        return page

    def _start_in(self, language: str) -> None:
        self._remember(replace(self.memory, language=language))
        self.show_start()

    # ------------------------------------------------------------------ a workspace
    def open(self, folder: Path, author: str = "") -> Window | None:
        """Open a workspace; what cannot be opened is said on the start page.

        One that would go on as another computer's (a copy, a backup) is asked about first.
        """
        try:
            found = foreseen(folder=folder)
        except QuipuError as error:
            self.show_start(error)
            return None
        if found:
            page = self.start or self.show_start()
            ask_to_go_on(
                page, self.words, found, str(folder), lambda: self._open_window(folder, author)
            )
            return None
        return self._open_window(folder, author)

    def _open_window(self, folder: Path, author: str) -> Window | None:
        name = author or self.memory.author
        try:
            self._speak()
            window = Window(folder, replace(self.memory, author=name), self.words)
        except QuipuError as error:
            self.show_start(error)
            return None
        self._remember(replace(self.memory.opened(folder), author=name))
        window.language_wanted.connect(self._speak_in)
        window.name_wanted.connect(self._renamed)
        window.start_wanted.connect(self._back_to_start)
        window.gone.connect(lambda: self._remember_place(window))
        self.window = window
        self._place(window)
        window.show()
        if self.start is not None:
            _away(self.start)
            self.start = None
        return window

    def _place(self, window: Window) -> None:
        """Put a window where it was last time; at first, on all of a small screen."""
        if self.memory.geometry:
            window.restoreGeometry(QByteArray.fromHex(self.memory.geometry.encode()))
        elif window.screen().availableGeometry().width() <= _SMALL_SCREEN:
            window.setWindowState(Qt.WindowState.WindowMaximized)

    def _remember_place(self, window: Window) -> None:
        geometry = bytes(window.saveGeometry().toHex().data()).decode("ascii")
        self._remember(replace(self.memory, geometry=geometry))

    def _reopen(self) -> None:
        before = self.window
        if before is None:
            return
        node, view, period = before.sheets.node, before.page.chooser.view, before.sheets.period
        before.gone.connect(lambda: self._open_again(before, view, period))
        before.keep_place(node.key if node is not None else "")
        before.close()

    def _open_again(self, before: Window, view: str, period: str) -> None:
        window = self.open(before.desk.folder)
        if window is not None:
            window.sheets.period = period
            window.page.chooser.choose_view(view)
            window.keep_place(before.kept_place)
        before.deleteLater()

    def _speak_in(self, language: str) -> None:
        self._remember(replace(self.memory, language=language))
        self._reopen()

    def _renamed(self, name: str) -> None:
        self._remember(replace(self.memory, author=name))
        self._reopen()

    def _back_to_start(self) -> None:
        if self.window is not None:
            self.window.gone.connect(self._start_again)
            self.window.close()

    def _start_again(self) -> None:
        self.window = None
        self.show_start()


def _away(page: StartPage) -> None:
    page.way.stop()
    page.close()
    page.deleteLater()


def application() -> QApplication:
    """Give the Qt application, made at the first call."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    app = QApplication(sys.argv[:1])
    app.setApplicationName("quipu")
    app.setApplicationDisplayName("Quipu")
    app.setDesktopFileName("quipu")
    return app


def main(argv: Sequence[str]) -> int:
    """Open the window: on the workspace that is named, else on the start page."""
    settings.start_log()
    app = application()
    program = Program(app)
    folders = [Path(name) for name in argv if not name.startswith("-")]
    if folders:
        program.open(folders[0])
    else:
        program.show_start()
    return app.exec()


def open_window(folder: Path) -> int:
    """Open the window on a workspace and stay until it is closed."""
    return main([str(folder)])
