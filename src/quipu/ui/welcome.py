"""What stands in the middle while the workspace has no plan yet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from quipu.ui import look
from quipu.words import Words


class Welcome(QWidget):
    """Says what comes next: at the centre loading a plan, at an office waiting for a bundle."""

    load_wanted = Signal()

    def __init__(self, words: Words, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(words.text(f"ui.welcome.{role}.title"))
        title.setObjectName("title")
        text = QLabel(words.text(f"ui.welcome.{role}.text"))
        text.setWordWrap(True)
        text.setMaximumWidth(560)
        column = QVBoxLayout(self)
        column.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.setSpacing(14)
        column.addWidget(title)
        column.addWidget(text)
        self.load = QPushButton(look.icon("load"), words.text("ui.action.load"))
        self.load.clicked.connect(self.load_wanted)
        self.load.setVisible(role == "centre")
        column.addWidget(self.load, 0, Qt.AlignmentFlag.AlignLeft)
