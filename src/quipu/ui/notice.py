"""The bar that says one sentence: what went wrong, or what was done, and what can be done now."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from quipu.ui import look
from quipu.words import Words

Tone = Literal["error", "warning", "done"]
_DONE_STAYS_MS = 8000


class Notice(QFrame):
    """One sentence at a time, above the page; a later one takes its place."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._picture = QLabel()
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.action = QPushButton()
        self._act: Callable[[], None] | None = None
        self.action.clicked.connect(self._do_action)
        close = QToolButton()
        close.setIcon(look.icon("close"))
        close.setAutoRaise(True)
        close.setToolTip(words.text("ui.notice.close"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 6, 4)
        for part in (self._picture, self.sentence, self.action, close):
            row.addWidget(part, 1 if part is self.sentence else 0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(
        self, tone: Tone, sentence: str, *, label: str = "", act: Callable[[], None] | None = None
    ) -> None:
        """Say a sentence; what went well goes away by itself unless it offers something."""
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self._picture.setPixmap(look.icon(tone).pixmap(look.ICON_SIZE))
        self.sentence.setText(sentence)
        self._act = act
        self.action.setText(label)
        self.action.setVisible(act is not None)
        self._timer.stop()
        if tone == "done" and act is None:
            self._timer.start(_DONE_STAYS_MS)
        self.show()

    def _do_action(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()
