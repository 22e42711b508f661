"""What a person does to a block of cells: copy, cut, paste, blank, fill down."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QTableView

from quipu.ui.sheet import block
from quipu.ui.sheet.model import SheetModel

_KEYS = QKeySequence.StandardKey


class Gestures:
    """The gestures on a view's chosen block; each of them is one change of the ledger."""

    def __init__(self, view: QTableView, model: SheetModel, skipped: Callable[[int], None]) -> None:
        self._view = view
        self._model = model
        self._skipped = skipped

    def key(self, event: QKeyEvent) -> bool:
        """Do the gesture of a key; false where the key is none."""
        for standard, gesture in (
            (_KEYS.Copy, self.copy),
            (_KEYS.Cut, self.cut),
            (_KEYS.Paste, self.paste),
        ):
            if event.matches(standard):
                gesture()
                return True
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_D:
            self.fill_down()
            return True
        return False

    def chosen(self) -> tuple[list[int], list[int]]:
        """Give the chosen rows and columns; the current place where nothing is chosen."""
        ranges = self._view.selectionModel().selection()
        if ranges.isEmpty():
            index = self._view.currentIndex()
            return [max(index.row(), 0)], [max(index.column(), 0)]
        parts = [ranges.at(number) for number in range(ranges.size())]
        rows = range(min(p.top() for p in parts), max(p.bottom() for p in parts) + 1)
        columns = range(min(p.left() for p in parts), max(p.right() for p in parts) + 1)
        return list(rows), list(columns)

    def anchor(self) -> tuple[int, int]:
        """Give the corner of the chosen block that is not the current place."""
        rows, columns = self.chosen()
        here = self._view.currentIndex()
        row = rows[-1] if here.row() == rows[0] else rows[0]
        column = columns[-1] if here.column() == columns[0] else columns[0]
        return row, column

    def copy(self) -> None:
        """Put the chosen block on the clipboard, as spreadsheets read it."""
        rows, columns = self.chosen()
        texts = [[self._model.text_at(row, column) for column in columns] for row in rows]
        QGuiApplication.clipboard().setText(block.to_text(texts))

    def cut(self) -> None:
        """Copy the block and blank what can be typed into."""
        self.copy()
        self.blank()

    def blank(self) -> None:
        """Blank the chosen cells that can be typed into."""
        rows, columns = self.chosen()
        self._type({(row, column): "" for row in rows for column in columns})

    def paste(self) -> None:
        """Type the clipboard's block from the chosen corner on."""
        text = QGuiApplication.clipboard().text()
        if text:
            self._type(block.spread(block.from_text(text), *self.chosen()))

    def fill_down(self) -> None:
        """Repeat the first chosen row in the others; of a single row, the cell above."""
        rows, columns = self.chosen()
        if len(rows) == 1 and rows[0] > 0:
            rows = [rows[0] - 1, *rows]
        self._type({(row, c): self._model.text_at(rows[0], c) for row in rows[1:] for c in columns})

    def _type(self, texts: dict[tuple[int, int], str]) -> None:
        taken = {place: text for place, text in texts.items() if self._writable(place)}
        self._model.type_block(taken)
        lost = [place for place, text in texts.items() if text and self._loses(place, text)]
        if lost:
            self._skipped(len(lost))

    def _inside(self, place: tuple[int, int]) -> bool:
        return place[0] < self._model.rowCount() and place[1] < self._model.columnCount()

    def _writable(self, place: tuple[int, int]) -> bool:
        return self._inside(place) and self._model.writable(*place)

    def _loses(self, place: tuple[int, int], text: str) -> bool:
        if not self._inside(place):
            return True
        return not self._model.writable(*place) and self._model.text_at(*place) != text
