"""Finding in the grid by code and text, whatever the accents and capitals."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from quipu.domain.letters import bare
from quipu.ui import look
from quipu.ui.sheet.model import SheetModel
from quipu.words import Words

Place = tuple[int, int]


def folded(text: str) -> str:
    """Give a text without accents, capitals and doubled spaces."""
    return " ".join(bare(text).split())


def search(model: SheetModel, wanted: str) -> list[Place]:
    """Give the places whose text has the words wanted, row by row."""
    needle = folded(wanted)
    if not needle:
        return []
    return [
        (row, column)
        for row in range(model.rowCount())
        for column in range(model.columnCount())
        if model.cell(row, column) is not None and needle in folded(model.text_at(row, column))
    ]


class FindBar(QWidget):
    """A line to type what is looked for; Enter goes to the next place, Escape closes it."""

    found = Signal(object)
    go_to = Signal(int, int)
    closed = Signal()

    def __init__(self, words: Words, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._model = words, model
        self._places: list[Place] = []
        self._at = -1
        self.line = QLineEdit()
        self.line.setPlaceholderText(words.text("ui.find.hint"))
        self.line.setClearButtonEnabled(True)
        self.count = QLabel()
        self.count.setObjectName("muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 4, 2)
        row.addWidget(QLabel(words.text("ui.find.label")))
        row.addWidget(self.line, 1)
        row.addWidget(self.count)
        for name, step in (("up", -1), ("down", 1)):
            row.addWidget(self._button(name, step))
        self.line.textChanged.connect(self._search)
        model.modelReset.connect(self._search)
        self.hide()

    def _button(self, name: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setIcon(look.icon(name))
        button.setAutoRaise(True)
        button.setToolTip(self._words.text(f"ui.find.{name}"))
        button.clicked.connect(lambda: self.step(step))
        return button

    def open(self) -> None:
        """Show the bar and wait for what is looked for."""
        self.show()
        self.line.setFocus()
        self.line.selectAll()
        self._search()

    def _search(self) -> None:
        if self.isHidden():
            return
        self._places = search(self._model, self.line.text())
        self._at = -1
        self.found.emit(frozenset(self._places))
        if self.line.text().strip():
            self.count.setText(self._words.plural("ui.find.count", len(self._places)))
        else:
            self.count.clear()

    def step(self, step: int) -> None:
        """Go to the next place found, or the one before it; from the last to the first."""
        if self._places:
            if self._at < 0 and step < 0:
                self._at = 0
            self._at = (self._at + step) % len(self._places)
            self.go_to.emit(*self._places[self._at])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, back with Shift+Enter, close with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.found.emit(frozenset())
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.step(-1 if back else 1)
        else:
            super().keyPressEvent(event)
