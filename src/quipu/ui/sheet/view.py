"""The grid of a sheet: drawn as on paper, moved about and typed into as a spreadsheet."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTableView, QWidget

from quipu.forms.document import Sheet
from quipu.ui import look
from quipu.ui.sheet import moves
from quipu.ui.sheet.cells import CellPainter
from quipu.ui.sheet.gestures import Gestures
from quipu.ui.sheet.heading import Heading
from quipu.ui.sheet.model import Index, SheetModel
from quipu.ui.sheet.widths import column_widths, row_heights

_EDIT_HINT = QAbstractItemDelegate.EndEditHint
_ACTION = QAbstractItemView.CursorAction
_SELECT = QItemSelectionModel.SelectionFlag
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Up.value: (-1, 0),
    Qt.Key.Key_Down.value: (1, 0),
    Qt.Key.Key_Left.value: (0, -1),
    Qt.Key.Key_Right.value: (0, 1),
}
_ENTER = frozenset({Qt.Key.Key_Return.value, Qt.Key.Key_Enter.value})
_BLANK = frozenset({Qt.Key.Key_Delete.value, Qt.Key.Key_Backspace.value})


class SheetView(QTableView):
    """Shows a `SheetModel`; `skipped` tells how many places of a paste could not be typed into.

    `blocked` tells that a person began to type where nothing can be typed.
    """

    skipped = Signal(int)
    blocked = Signal()
    here = Signal(QModelIndex)

    def __init__(self, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zoom = 1.0
        self.sheet_model = model
        self.painter_of_cells = CellPainter(self)
        self.painter_of_cells.left.connect(self._left_editor)
        self.heading = Heading(self)
        self.setHorizontalHeader(self.heading)
        self.setModel(model)
        self.setItemDelegate(self.painter_of_cells)
        self.gestures = Gestures(self, model, self.skipped.emit)
        self._behave()
        model.modelReset.connect(self.lay_out)

    def _behave(self) -> None:
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(12)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(True)
        palette = self.palette()
        self.setStyleSheet(
            f"QTableView {{ gridline-color: {look.LINE.name()}; background: white; }}"
        )
        self.setPalette(palette)

    # ------------------------------------------------------------------ laying out
    def lay_out(self) -> None:
        """Measure columns and rows for the room there is, and merge cells."""
        sheet = self.sheet_model.sheet
        if not sheet.columns:
            return
        widths = column_widths(sheet, self.viewport().width(), self.zoom)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        self.painter_of_cells.zoom = self.zoom
        self.heading.show_sheet(sheet, widths, self.zoom)
        for row, height in enumerate(row_heights(self.sheet_model.body, widths, self.zoom)):
            self.setRowHeight(row, height)
        self._merge_cells()

    def _merge_cells(self) -> None:
        self.clearSpans()
        for number, row in enumerate(self.sheet_model.body):
            for column, cell in enumerate(row.cells):
                if cell is not None and (cell.across > 1 or cell.down > 1):
                    self.setSpan(number, column, cell.down, cell.across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width among the columns."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.lay_out()

    def set_zoom(self, zoom: float) -> None:
        """Show the sheet larger or smaller, between 70 % and 200 %."""
        self.zoom = min(2.0, max(0.7, round(zoom, 2)))
        self.lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & _CONTROL:
            self.set_zoom(self.zoom + (0.1 if event.angleDelta().y() > 0 else -0.1))
            event.accept()
        else:
            super().wheelEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells, the sheet's left edge, and a frame round the current cell."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(QPen(look.LINE, 1))
        left, bottom = self.columnViewportPosition(0), self.verticalHeader().length()
        painter.drawLine(left, 0, left, bottom - self.verticalScrollBar().value() - 1)
        if self.currentIndex().isValid() and self.state() != QTableView.State.EditingState:
            width = 2 if self.hasFocus() else 1
            painter.setPen(QPen(look.ACCENT, width))
            painter.drawRect(self.visualRect(self.currentIndex()).adjusted(1, 1, -width, -width))
        painter.end()

    # ------------------------------------------------------------------ moving about
    def go_to(self, row: int, column: int, *, extend: bool = False) -> None:
        """Make a place the current one, or stretch the chosen block to it."""
        index = self.model().index(row, column)
        if not index.isValid():
            return
        chooser = self.selectionModel()
        if not extend:
            chooser.setCurrentIndex(index, _SELECT.ClearAndSelect)
        else:
            anchor = self.gestures.anchor()
            block = QItemSelection(self.model().index(*anchor), index)
            chooser.setCurrentIndex(index, _SELECT.NoUpdate)
            chooser.select(block, _SELECT.ClearAndSelect)
        self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which cell is the current one."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.here.emit(current)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Let Tab go to the next place that can be typed into."""
        if action in (_ACTION.MoveNext, _ACTION.MovePrevious):
            step = 1 if action == _ACTION.MoveNext else -1
            place = moves.next_place(self.sheet_model, self._place(), step)
            return self.model().index(*place)
        return super().moveCursor(action, modifiers)

    def _place(self) -> tuple[int, int]:
        index = self.currentIndex()
        return (index.row(), index.column()) if index.isValid() else (0, 0)

    def _left_editor(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        self.setFocus()
        step = _ARROWS.get(key.value)
        if step is None:
            step = (-1, 0) if modifiers & _SHIFT else (1, 0)
        self.go_to(*moves.step(self.sheet_model, self._place(), step))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After Tab go on without opening the next editor, as spreadsheets do."""
        super().closeEditor(editor, _EDIT_HINT.NoHint)
        if hint in (_EDIT_HINT.EditNextItem, _EDIT_HINT.EditPreviousItem):
            step = 1 if hint == _EDIT_HINT.EditNextItem else -1
            self.go_to(*moves.next_place(self.sheet_model, self._place(), step))
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key does in a spreadsheet."""
        key, modifiers = event.key(), event.modifiers()
        control, shift = bool(modifiers & _CONTROL), bool(modifiers & _SHIFT)
        if key in _ENTER and not control:
            self.go_to(*moves.step(self.sheet_model, self._place(), (-1, 0) if shift else (1, 0)))
        elif key in _ARROWS and control:
            self.go_to(*moves.edge(self.sheet_model, self._place(), _ARROWS[key]), extend=shift)
        elif key in _ARROWS:
            self.go_to(*moves.step(self.sheet_model, self._place(), _ARROWS[key]), extend=shift)
        elif key in _BLANK:
            self.gestures.blank()
        elif not self.gestures.key(event):
            self._ordinary_key(event)
            return
        event.accept()

    def _ordinary_key(self, event: QKeyEvent) -> None:
        typed = bool(event.text().strip()) and not event.modifiers() & _CONTROL
        if typed and not self.sheet_model.writable(*self.sheet_model.cover(*self._place())):
            self.blocked.emit()
            return
        self.painter_of_cells.typing = event.key() != Qt.Key.Key_F2.value
        super().keyPressEvent(event)
        self.painter_of_cells.typing = False

    def show_found(self, places: frozenset[tuple[int, int]]) -> None:
        """Colour the places that a search found."""
        self.painter_of_cells.found = places
        self.viewport().update()

    @property
    def sheet(self) -> Sheet:
        """The sheet that is shown."""
        return self.sheet_model.sheet
