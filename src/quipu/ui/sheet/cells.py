"""How a cell of the body looks, and the small editor that opens in it."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygon
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from quipu.forms.document import Cell
from quipu.ui import look
from quipu.ui.sheet.letters import PAD, broken, draw, metrics
from quipu.ui.sheet.model import ALIGN, CELL, CLIP, EDIT, MARK, REFUSAL, Index
from quipu.ui.sheet.widths import MAX_LINES

_MARKS = {"error": look.REFUSED, "warning": look.WARNING, "info": look.INFO, "dispute": look.ACCENT}
_FILLS = {"group": look.GROUP_FILL, "total": look.TOTAL_FILL, "header": look.HEADER_FILL}
_LONG = 40
_CORNER = 7
_CLIP = 12
_ARROWS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right})
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_HINT = QAbstractItemDelegate.EndEditHint


class CellPainter(QStyledItemDelegate):
    """Draws the body's cells as on paper and opens an editor as a spreadsheet does.

    An editor that typing opened is left by the arrow keys; one that F2 opened keeps them for its
    own text. Enter goes down, Tab right; Alt+Enter breaks a line.
    """

    left = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.zoom = 1.0
        self.found: frozenset[tuple[int, int]] = frozenset()
        self.typing = False

    # ------------------------------------------------------------------ drawing
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell: ground, text, corner, and the frame of the current one."""
        cell = index.data(CELL)
        if not isinstance(cell, Cell):
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        refused = bool(index.data(REFUSAL))
        painter.fillRect(rect, self._ground(cell, index, refused))
        if state & QStyle.StateFlag.State_Selected and not refused:
            painter.fillRect(rect, look.SELECTED)
        self._paint_text(painter, cell, rect, index, refused)
        mark = index.data(MARK)
        if index.data(CLIP):
            side = round(_CLIP * self.zoom)
            place = QRect(rect.left() + 3, rect.bottom() - side - 2, side, side)
            look.icon("clip").paint(painter, place)
        if mark or refused:
            _corner(painter, rect, look.REFUSED if refused else _MARKS[mark])

    def _ground(self, cell: Cell, index: Index, refused: bool) -> QColor:
        if refused:
            return look.REFUSED_FILL
        if (index.row(), index.column()) in self.found:
            return look.FOUND
        if cell.filled:
            return look.MARK_FILL
        # Yellow where progress is typed; at the centre, where all can be, the paper stays white.
        progress = cell.address is not None and bool(cell.address.unit)
        if progress and index.flags() & Qt.ItemFlag.ItemIsEditable:
            return look.ENTRY_FILL
        return _FILLS.get(cell.style, look.PAPER)

    def _paint_text(
        self, painter: QPainter, cell: Cell, rect: QRect, index: Index, refused: bool
    ) -> None:
        text = str(index.data(EDIT) or "")
        if not text:
            return
        inner = QRectF(rect).adjusted(PAD, PAD / 2, -PAD - 1, -PAD / 2)
        strong = cell.style in ("header", "group", "total")
        runs = cell.runs if text == cell.text else ()
        lines = max(MAX_LINES, int(inner.height() / metrics(strong, self.zoom).height()))
        if cell.number is not None or cell.style in ("number", "percent"):
            lines = 1
        shown = broken(text, runs, int(inner.width()), index.data(ALIGN), strong, self.zoom, lines)
        painter.save()
        painter.setClipRect(rect)
        draw(painter, shown, inner, look.REFUSED if refused else look.INK)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give the cell's size as it is: rows are measured once, by `widths`."""
        return option.rect.size()

    # ------------------------------------------------------------------ typing
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Open an editor: several lines for sentences, one line for figures and short texts."""
        cell = index.data(CELL)
        long = cell.style in ("text", "label") and not cell.values
        editor = QPlainTextEdit(parent) if long else QLineEdit(parent)
        editor.setFont(look.grid_font(zoom=self.zoom))
        if isinstance(editor, QLineEdit):
            editor.setFrame(False)
            editor.setAlignment(index.data(ALIGN))
            if cell.values:
                editor.setCompleter(_choices(cell.values, editor))
        else:
            editor.setTabChangesFocus(True)
            editor.setFrameShape(QPlainTextEdit.Shape.NoFrame)
            editor.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        editor.setProperty("typed", self.typing)
        editor.setObjectName("cell-editor")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the cell's text into the editor; typing replaces it, F2 goes on at its end."""
        text = str(index.data(EDIT) or "")
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
            editor.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """Hand the editor's text to the model."""
        if isinstance(editor, QPlainTextEdit):
            model.setData(index, editor.toPlainText().strip(), EDIT)
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text().strip(), EDIT)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Lay the editor over its cell, with room enough to read what is typed."""
        rect = QRect(option.rect)
        if isinstance(editor, QPlainTextEdit):
            rect.setSize(rect.size().expandedTo(QSize(220, 78)))
        else:
            rect.setWidth(max(rect.width(), 56))
        around = editor.parentWidget()
        if around is not None:
            rect.moveRight(min(rect.right(), around.rect().right()))
            rect.moveBottom(min(rect.bottom(), around.rect().bottom()))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Let Enter, Tab and (in a freshly typed cell) the arrows leave the editor."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(editor, event)
        key = Qt.Key(event.key())
        if key in _ENTER and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if isinstance(editor, QPlainTextEdit):
                editor.insertPlainText("\n")
            return True
        leaving = key in _ENTER or (key in _ARROWS and bool(editor.property("typed")))
        if not leaving or not isinstance(editor, QWidget):
            return super().eventFilter(editor, event)
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, _HINT.NoHint)
        self.left.emit(key, event.modifiers())
        return True


def _choices(values: tuple[str, ...], parent: QObject) -> QCompleter:
    completer = QCompleter(list(values), parent)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
    return completer


def _corner(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """Fill the upper right corner: the cell has something to say."""
    right, top = rect.right(), rect.top()
    painter.save()
    painter.setPen(QPen(Qt.PenStyle.NoPen))
    painter.setBrush(colour)
    corner = QPolygon(
        [QPoint(right - _CORNER, top), QPoint(right + 1, top), QPoint(right + 1, top + _CORNER + 1)]
    )
    painter.drawPolygon(corner)
    painter.restore()
