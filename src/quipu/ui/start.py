"""The page that stands when no workspace is open: begin one, join one, or open one."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCommandLinkButton,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from quipu.operations.enrolment import Joined, join
from quipu.operations.workspaces import Created, KnownWorkspace, new_centre
from quipu.ui import look
from quipu.ui.behind import Job, Stopwatch, Way
from quipu.ui.bundles import BUNDLES
from quipu.ui.dialogs.ask import Ask, Question, Said
from quipu.ui.memory import Memory
from quipu.ui.notice import Notice
from quipu.ui.speech import error_sentence
from quipu.words import LANGUAGES, Words

T = TypeVar("T")
_FOLDER = Qt.ItemDataRole.UserRole.value


class StartPage(QWidget):
    """`open_wanted` carries a folder and the name of who works there."""

    open_wanted = Signal(object, str)
    language_wanted = Signal(str)

    def __init__(self, words: Words, memory: Memory, known: Sequence[KnownWorkspace]) -> None:
        super().__init__()
        self._words, self._memory = words, memory
        self.setObjectName("desk")
        self.setWindowTitle(words.text("window.title"))
        self.resize(900, 540)
        self.way = Way("start", self)
        self.notice = Notice(words)
        self.choices: dict[str, QCommandLinkButton] = {}
        self.recent = self._recent(known)
        self._arrange()

    # ------------------------------------------------------------------ building
    def _arrange(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.notice)
        inner = QVBoxLayout()
        inner.setContentsMargins(34, 22, 34, 26)
        inner.setSpacing(14)
        page.addLayout(inner, 1)
        inner.addLayout(self._head())
        both = QHBoxLayout()
        both.setSpacing(26)
        both.addLayout(self._left(), 5)
        both.addLayout(self._right(), 4)
        inner.addLayout(both, 1)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        picture = QLabel()
        picture.setPixmap(look.icon("quipu").pixmap(QSize(52, 52)))
        row.addWidget(picture)
        said = QVBoxLayout()
        title = QLabel(self._words.text("window.title"))
        title.setObjectName("title")
        what = QLabel(self._words.text("ui.start.what"))
        what.setObjectName("muted")
        said.addWidget(title)
        said.addWidget(what)
        row.addSpacing(8)
        row.addLayout(said, 1)
        for language in LANGUAGES:
            button = QPushButton(self._words.text(f"ui.language.{language}"))
            button.setFlat(True)
            button.setEnabled(language != self._words.lang)
            button.clicked.connect(lambda _=False, tag=language: self.language_wanted.emit(tag))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(10)
        for name, icon, act in (
            ("join", "join", self.ask_join),
            ("new", "new", self.ask_new),
            ("open", "open", self._browse),
        ):
            column.addWidget(self._choice(name, icon, act))
        column.addStretch(1)
        return column

    def _choice(self, name: str, icon: str, act: Callable[[], object]) -> QCommandLinkButton:
        title, text = (self._words.text(f"ui.start.{name}{part}") for part in ("", ".text"))
        button = QCommandLinkButton(title, text)
        button.setIcon(look.icon(icon))
        button.setObjectName("choice")
        button.setIconSize(QSize(32, 32))
        button.setMinimumHeight(58)
        button.clicked.connect(lambda _=False: act())
        self.choices[name] = button
        return button

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        title = QLabel(self._words.text("ui.start.recent"))
        title.setObjectName("subtitle")
        column.addWidget(title)
        column.addWidget(self.recent, 1)
        return column

    def _recent(self, known: Sequence[KnownWorkspace]) -> QListWidget:
        found = QListWidget()
        found.setAccessibleName(self._words.text("ui.start.recent"))
        named = {str(one.folder): one for one in known}
        folders = dict.fromkeys([*self._memory.recent, *named])
        for folder in folders:
            one = named.get(folder)
            if one is None:
                continue
            side = self._words.text(f"ui.start.{one.role}")
            item = QListWidgetItem(look.icon("plan"), f"{one.name}\n{side} · {folder}")
            item.setData(_FOLDER, folder)
            item.setToolTip(folder)
            found.addItem(item)
        found.setSpacing(2)
        if not found.count():
            empty = QListWidgetItem(self._words.text("ui.start.no-recent"))
            empty.setFlags(Qt.ItemFlag.NoItemFlags)
            found.addItem(empty)
        found.itemActivated.connect(lambda item: self._open(Path(item.data(_FOLDER))))
        found.itemClicked.connect(lambda item: self._open(Path(item.data(_FOLDER))))
        return found

    # ------------------------------------------------------------------ what a person does
    def _open(self, folder: Path, author: str = "") -> None:
        self.open_wanted.emit(folder, author or self._memory.name)

    def _browse(self) -> None:
        title = self._words.text("ui.start.open")
        folder = QFileDialog.getExistingDirectory(self, title, str(Path.home()))
        if folder:
            self._open(Path(folder))

    def ask_new(self) -> Ask:
        """Ask what a new centre needs: the institution, a folder, who works there."""
        questions = [
            Question("institution", "ui.start.institution"),
            Question("folder", "ui.start.folder", "folder", str(Path.home() / "Quipu")),
            Question("author", "ui.name.label", value=self._memory.name),
        ]
        ask = Ask(
            self._words, self._words.text("ui.start.new"), questions,
            explain=self._words.text("ui.start.new.explain"),
            done=self._words.text("ui.start.create"), parent=self,
        )  # fmt: skip
        ask.when_accepted(self._new)
        return ask

    def _new(self, said: Said) -> None:
        institution, author = said.answer("institution"), said.answer("author")
        folder = said.path("folder")

        def make(_: Stopwatch) -> Created:
            return new_centre(folder=folder, institution=institution, author=author)

        self._do(make, lambda made: self._open(made.folder, author))

    def ask_join(self) -> Ask:
        """Ask what an office needs to join: the centre's file, a folder, who works there."""
        questions = [
            Question("file", "ui.start.file", "open", pattern=BUNDLES),
            Question("folder", "ui.start.folder", "folder", str(Path.home() / "Quipu")),
            Question("author", "ui.name.label", value=self._memory.name),
            Question("code", "ui.start.code", needed=False),
        ]
        ask = Ask(
            self._words, self._words.text("ui.start.join"), questions,
            explain=self._words.text("ui.start.join.explain"),
            done=self._words.text("ui.start.join.done"), parent=self,
        )  # fmt: skip
        ask.when_accepted(self._join)
        return ask

    def _join(self, said: Said) -> None:
        file, folder = said.path("file"), said.path("folder")
        code, author = said.answer("code") or None, said.answer("author")

        def make(_: Stopwatch) -> Joined:
            return join(folder=folder, file=file, code=code, author=author)

        self._do(make, lambda made: self._open(made.folder, author))

    def _do(self, work: Callable[[Stopwatch], T], then: Callable[[T], None]) -> None:
        def failed(error: Exception) -> None:
            self.setEnabled(True)
            self.notice.say("error", error_sentence(self._words, error))

        def done(made: T) -> None:
            self.setEnabled(True)
            then(made)

        self.setEnabled(False)
        self.way.add(Job(work, done, failed, "start"))
