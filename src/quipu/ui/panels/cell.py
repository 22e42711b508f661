"""The cell that a person is at: its whole text, and all that was ever said there."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from quipu.domain.value import plain
from quipu.forms.document import Cell
from quipu.operations.history import Past
from quipu.ui.records import RecordsModel, RecordsView, Shown
from quipu.ui.speech import moment, value_words
from quipu.words import Words


class CellPanel(QWidget):
    """At the left the text of the cell, at the right its history, newest first."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._number: Callable[[Decimal], str] = plain
        self.title = QLabel()
        self.title.setObjectName("subtitle")
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(words.text("ui.cell.text"))
        self.text.setTabChangesFocus(True)
        self.model: RecordsModel[Past] = RecordsModel(self._columns())
        self.history = RecordsView(self.model)
        self.history.setAccessibleName(words.text("ui.cell.history"))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.title)
        column.addWidget(self.text, 1)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(left)
        parts.addWidget(self.history)
        parts.setSizes([380, 700])
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 5, 6, 5)
        row.addWidget(parts)

    def _columns(self) -> list[Shown[Past]]:
        text = self._words.text
        here = text("ui.history.here")
        return [
            Shown(
                text("ui.history.value"), lambda past: value_words(past.value, self._number), 100
            ),
            Shown(text("ui.history.who"), lambda past: past.author, 160),
            Shown(text("ui.history.office"), lambda past: past.office or text("ui.centre"), 160),
            Shown(text("ui.history.when"), lambda past: moment(past.at), 118),
            Shown(
                text("ui.history.bundle"),
                lambda past: (
                    f"{text('ui.history.came')} {past.bundle[:8]}" if past.bundle else here
                ),
            ),
        ]

    def _value(self, past: Past) -> str:
        return value_words(past.value, self._number)

    def show_cell(self, cell: Cell | None, text: str, column: str, row: str) -> None:
        """Show where a person is: the row's code, the column, the whole text."""
        self.title.setText(" · ".join(part for part in (row, column) if part))
        if self.text.toPlainText() != text:
            self.text.setPlainText(text)
        if cell is None or cell.address is None:
            self.model.show_records([])

    def show_history(self, past: Sequence[Past], number: Callable[[Decimal], str]) -> None:
        """Show what was said at the cell, the newest first, its figures written by `number`."""
        self._number = number
        self.model.show_records(list(reversed(past)))
