"""The line at the bottom: what was saved, what is being worked at, and who works here."""

from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from quipu.ui.desk import Desk
from quipu.words import Words


class BottomLine(QStatusBar):
    """Says quietly what was saved; shows long work with its progress and a way to stop it."""

    def __init__(self, words: Words, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setSizeGripEnabled(False)
        self.setMaximumHeight(26)
        self.saved = QLabel()
        self.saved.setContentsMargins(6, 0, 0, 0)
        self.work = QLabel()
        self.bar = QProgressBar()
        self.bar.setFixedSize(180, 15)
        self.bar.setTextVisible(False)
        self.cancel = QPushButton(words.text("ui.stop"))
        self.cancel.setStyleSheet("padding: 1px 10px")
        self.cancel.clicked.connect(desk.cancel)
        self.who = QLabel()
        self.who.setObjectName("muted")
        self.who.setContentsMargins(0, 0, 6, 0)
        self.addWidget(self.saved)
        for part in (self.work, self.bar, self.cancel, self.who):
            self.addPermanentWidget(part)
        desk.working.connect(self._working)
        desk.moved.connect(self._moved)
        self._working("")

    def _working(self, title: str) -> None:
        for part in (self.work, self.bar, self.cancel):
            part.setVisible(bool(title))
        self.work.setText(title)
        self.bar.setRange(0, 0)

    def _moved(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(total, 0))
        self.bar.setValue(done)

    def show_saved(self, sentence: str) -> None:
        """Say what was saved and when."""
        self.saved.setText(sentence)

    def show_who(self, who: str, place: str) -> None:
        """Say who works here and whose workspace it is."""
        self.who.setText(f"{place} · {who}")
