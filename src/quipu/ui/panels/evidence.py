"""The files that prove what was reported of an activity in a period."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from quipu.operations.evidence import Attached
from quipu.ui import look
from quipu.ui.records import RecordsModel, RecordsView, Shown, empty_label
from quipu.ui.speech import moment
from quipu.words import Words

ACTIONS = ("attach", "open", "save", "remove", "index")


class EvidencePanel(QWidget):
    """The files of the chosen activity and period; `wanted` carries an action and the file.

    `dropped` carries the path of a file that was let fall here.
    """

    wanted = Signal(str, object)
    dropped = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._writable = False
        self.setAcceptDrops(True)
        self.title = QLabel()
        self.title.setObjectName("subtitle")
        self.title.setWordWrap(True)
        self.model: RecordsModel[Attached] = RecordsModel(self._columns())
        self.view = RecordsView(self.model)
        self.view.setAccessibleName(words.text("ui.panel.evidence"))
        self.view.chosen.connect(lambda _: self._enable())
        self.view.opened.connect(lambda _: self._want("open"))
        self.empty = empty_label("")
        self.buttons = {name: self._button(name) for name in ACTIONS}
        self._arrange()
        self.show_files("", (), writable=False, reason="ui.evidence.choose")

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        for button in self.buttons.values():
            top.addWidget(button)
        page = QVBoxLayout(self)
        page.setContentsMargins(6, 4, 6, 5)
        page.setSpacing(3)
        page.addLayout(top)
        page.addWidget(self.view, 1)
        page.addWidget(self.empty, 1)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self._words.text(f"ui.evidence.{name}"))
        button.setToolTip(self._words.text(f"ui.evidence.{name}.tip"))
        button.clicked.connect(lambda: self._want(name))
        return button

    def _columns(self) -> list[Shown[Attached]]:
        text = self._words.text

        def icon(one: Attached) -> QIcon | None:
            return look.icon("clip") if one.current else None

        return [
            Shown(text("ui.evidence.file"), lambda one: one.file.name, 0, icon),
            Shown(text("ui.evidence.size"), self._size, 80),
            Shown(text("ui.history.who"), lambda one: one.author, 150),
            Shown(text("ui.history.when"), lambda one: moment(one.at), 118),
            Shown(text("ui.evidence.state"), self._state, 170),
        ]

    @staticmethod
    def _size(one: Attached) -> str:
        return QLocale().formattedDataSize(one.file.size, 1)

    def _state(self, one: Attached) -> str:
        if not one.here:
            return self._words.text("ui.evidence.coming")
        return self._words.text("ui.evidence.current" if one.current else "ui.evidence.former")

    # ------------------------------------------------------------------ what is shown
    def show_files(
        self, title: str, files: Sequence[Attached], *, writable: bool, reason: str = ""
    ) -> None:
        """Show the files of an activity; `reason` is the sentence's key where there is none."""
        self._writable = writable
        self.title.setText(title)
        self.model.show_records(files)
        self.view.setVisible(bool(files))
        self.empty.setVisible(not files)
        self.empty.setText(self._words.text(reason or "ui.evidence.none"))
        if files:
            self.view.selectRow(0)
        self._enable()

    def current(self) -> Attached | None:
        """Give the chosen file."""
        row = self.view.currentIndex().row()
        return self.model.records[row] if 0 <= row < len(self.model.records) else None

    def _enable(self) -> None:
        chosen = self.current()
        here = chosen is not None and chosen.here
        self.buttons["attach"].setEnabled(self._writable)
        self.buttons["open"].setEnabled(here)
        self.buttons["index"].setEnabled(bool(self.title.text()))
        self.buttons["save"].setEnabled(here)
        now = chosen is not None and chosen.current
        self.buttons["remove"].setEnabled(self._writable and now)

    def _want(self, name: str) -> None:
        if self.buttons[name].isEnabled():
            self.wanted.emit(name, self.current())

    # ------------------------------------------------------------------ files let fall here
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file of this machine."""
        urls = event.mimeData().urls()
        if self._writable and len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on the file that was let fall."""
        self.dropped.emit(event.mimeData().urls()[0].toLocalFile())
