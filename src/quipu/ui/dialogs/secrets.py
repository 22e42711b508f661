"""What is shown once and kept nowhere: the code of an enrolment, the words of the root key."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from quipu.ui import look
from quipu.words import Words

_ACROSS = 4


class CodeDialog(QDialog):
    """The code with which a computer joins: large, with what to do with it."""

    def __init__(
        self, words: Words, *, name: str, file: Path, code: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.text("ui.code.title"))
        self.setMinimumWidth(620)
        page = QVBoxLayout(self)
        page.setSpacing(12)
        head = QLabel(words.text("ui.code.head", name=name))
        head.setObjectName("subtitle")
        self.code = QLabel(code)
        self.code.setStyleSheet("font-size: 26pt; font-weight: bold; padding: 14px")
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code.setAccessibleName(words.text("ui.code.title"))
        frame = QFrame()
        frame.setObjectName("card")
        QVBoxLayout(frame).addWidget(self.code)
        page.addWidget(head)
        page.addWidget(frame)
        for step in (1, 2, 3):
            label = QLabel(words.text(f"ui.code.step.{step}", file=file.name, folder=file.parent))
            label.setWordWrap(True)
            page.addWidget(label)
        once = QLabel(words.text("ui.code.once"))
        once.setObjectName("muted")
        once.setWordWrap(True)
        page.addWidget(once)
        copy = QPushButton(words.text("ui.code.copy"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(code))
        close = QPushButton(words.text("ui.code.noted"))
        close.setObjectName("main")
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(close)
        page.addLayout(row)
        close.setFocus()


class WordsDialog(QDialog):
    """The words of the root key, numbered; `print_wanted` asks for the page for the safe."""

    print_wanted = Signal()

    def __init__(self, words: Words, root: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.text("ui.words.title"))
        self.setMinimumWidth(700)
        page = QVBoxLayout(self)
        page.setSpacing(10)
        explain = QLabel(words.text("ui.words.explain"))
        explain.setWordWrap(True)
        page.addWidget(explain)
        page.addWidget(_grid(root))
        once = QLabel(words.text("ui.words.once"))
        once.setObjectName("muted")
        once.setWordWrap(True)
        page.addWidget(once)
        self.print = QPushButton(look.icon("print"), words.text("ui.words.print"))
        self.print.clicked.connect(self.print_wanted)
        close = QPushButton(words.text("ui.words.noted"))
        close.setObjectName("main")
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self.print)
        row.addStretch(1)
        row.addWidget(close)
        page.addLayout(row)


def _grid(root: Sequence[str]) -> QFrame:
    """Give the words in columns that are read downwards, each beside its number."""
    frame = QFrame()
    frame.setObjectName("card")
    grid = QGridLayout(frame)
    grid.setContentsMargins(18, 12, 18, 12)
    grid.setVerticalSpacing(7)
    down = -(-len(root) // _ACROSS)
    for place, word in enumerate(root):
        number, label = QLabel(str(place + 1)), QLabel(word)
        number.setObjectName("muted")
        number.setAlignment(Qt.AlignmentFlag.AlignRight)
        label.setObjectName("subtitle")
        line, column = place % down, place // down
        grid.addWidget(number, line, 2 * column)
        grid.addWidget(label, line, 2 * column + 1)
        grid.setColumnStretch(2 * column + 1, 1)
    return frame
