"""Lists of records: one small model for history, findings, offices, disputes and results."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView, QWidget

from quipu.ui import look
from quipu.ui.sheet.model import DISPLAY, ROOT, TOOLTIP, Index

_ICON: Final = Qt.ItemDataRole.DecorationRole.value
_GROUND: Final = Qt.ItemDataRole.BackgroundRole.value
_HORIZONTAL: Final = Qt.Orientation.Horizontal
_FLAGS: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shown(Generic[T]):
    """One column: its title, what it says of a record, and how wide it wants to be.

    `width` 0 takes the room that is left. `tip` is said instead of the text where the mouse rests.
    """

    title: str
    text: Callable[[T], str]
    width: int = 0
    icon: Callable[[T], QIcon | None] | None = None
    ground: Callable[[T], Any] | None = None
    tip: Callable[[T], str] | None = None


class RecordsModel(QAbstractTableModel, Generic[T]):
    """Records in rows; nothing is edited in them."""

    def __init__(self, columns: Sequence[Shown[T]] = (), parent: Any = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._records: list[T] = []

    @property
    def records(self) -> list[T]:
        """The records shown, in order."""
        return self._records

    @property
    def columns(self) -> tuple[Shown[T], ...]:
        """The columns shown."""
        return self._columns

    def show_records(self, records: Sequence[T], columns: Sequence[Shown[T]] | None = None) -> None:
        """Show other records, and other columns where they are given."""
        self.beginResetModel()
        self._records = list(records)
        if columns is not None:
            self._columns = tuple(columns)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Give the number of records."""
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Give the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """Give what a view asks of a record."""
        if not index.isValid():
            return None
        record, column = self._records[index.row()], self._columns[index.column()]
        if role == DISPLAY:
            return column.text(record)
        if role == TOOLTIP:
            return (column.tip or column.text)(record)
        if role == _ICON and column.icon is not None:
            return column.icon(record)
        if role == _GROUND and column.ground is not None:
            return column.ground(record)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell that records can be chosen."""
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        """Give a column's title."""
        if role != DISPLAY or orientation != _HORIZONTAL or section >= len(self._columns):
            return None
        return self._columns[section].title


def empty_label(sentence: str) -> QLabel:
    """Give what stands in the place of an empty list: a quiet sentence that says what comes."""
    label = QLabel(sentence)
    label.setObjectName("muted")
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label


class RecordsView(QTableView):
    """Shows records in quiet rows; `chosen` tells which one is current, `opened` a double click."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, model: QAbstractTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Highlight, look.CHOSEN)
        palette.setColor(QPalette.ColorRole.HighlightedText, look.INK)
        self.setPalette(palette)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(22)
        heading = self.horizontalHeader()
        heading.setHighlightSections(False)
        heading.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        model.modelReset.connect(self.lay_out)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.lay_out()

    def lay_out(self) -> None:
        """Give the columns their widths; the one that asks for none takes what is left."""
        model = self.model()
        if not isinstance(model, RecordsModel):
            return
        heading = self.horizontalHeader()
        for number, column in enumerate(model.columns):
            if column.width:
                heading.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(number, column.width)
            else:
                heading.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current record with Enter, as with a double click."""
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.opened.emit(row)
            return
        super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which record is the current one."""
        super().currentChanged(current, previous)
        self.chosen.emit(current.row())
