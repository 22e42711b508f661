"""A list in which figures are typed in their place, row by row, as in a spreadsheet."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget

from quipu.ui.records import RecordsModel, RecordsView, Shown
from quipu.ui.sheet.model import ALIGN, DISPLAY, EDIT, Index

_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_GROUND: Final = Qt.ItemDataRole.BackgroundRole.value
_PAPER: Final = QColor("#fffdf2")
_START: Final = (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TypedModel(RecordsModel[Any]):
    """Records of which some columns are typed; `typed` carries a record, the column's name, text.

    `key` tells which record is the same as one shown before: then a list that is shown anew leaves
    a cell alone in which somebody types meanwhile.
    """

    typed = Signal(object, str, str)

    def __init__(
        self,
        columns: Sequence[Shown[Any]],
        fields: Mapping[int, str],
        key: Callable[[Any], object],
    ) -> None:
        super().__init__(columns)
        self.fields, self._key, self.read_only = fields, key, False

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell which cells are typed in."""
        flags = super().flags(index)
        if index.isValid() and index.column() in self.fields and not self.read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """Give what a view asks of a cell."""
        if index.isValid() and index.column() in self.fields:
            if role == EDIT:
                return super().data(index, DISPLAY)
            if role == ALIGN:
                return _RIGHT
            if role == _GROUND and not self.read_only:
                return _PAPER
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = EDIT) -> bool:
        """Hand on what was typed where it is something else than what stood there."""
        text = str(value).strip()
        if role != EDIT or index.column() not in self.fields or text == self.data(index, EDIT):
            return False
        self.typed.emit(self.records[index.row()], self.fields[index.column()], text)
        return True

    def show_records(
        self, records: Sequence[Any], columns: Sequence[Shown[Any]] | None = None
    ) -> None:
        """Show other records, or the same ones with other figures."""
        if columns is not None or list(map(self._key, records)) != list(
            map(self._key, self.records)
        ):
            super().show_records(records, columns)
            return
        for row, record in enumerate(records):
            if record != self.records[row]:
                self.records[row] = record
                for column in range(self.columnCount()):
                    place = self.index(row, column)
                    self.dataChanged.emit(place, place)


class TypedView(RecordsView):
    """Begins to type at a key, wherever in the row one is; Enter goes on to the row below."""

    def __init__(self, model: TypedModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._fields = sorted(model.fields)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin to type in the row's figure."""
        place = self.currentIndex()
        starts = event.key() in _START
        if place.isValid() and (starts or (event.text().isprintable() and event.text())):
            if place.column() not in self._fields:
                place = place.siblingAtColumn(self._fields[0])
                self.setCurrentIndex(place)
            if starts:
                self._type_at(place)
                return
        super().keyPressEvent(event)

    def _type_at(self, place: Index) -> None:
        model: QAbstractItemModel = self.model()
        if model.flags(place) & Qt.ItemFlag.ItemIsEditable:
            self.edit(place)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go on to the row below after Enter."""
        place = self.currentIndex()
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            below = place.siblingAtRow(place.row() + 1)
            if below.isValid():
                self.setCurrentIndex(below)
