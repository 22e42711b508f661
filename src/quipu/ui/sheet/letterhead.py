"""The top of the page: the document's lines, its controlled-document box, the unit's title."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from quipu.forms.document import Document, Sheet
from quipu.ui import look
from quipu.ui.sheet.letters import metrics

_ROW = 17
_BOX_LABEL = 62
_BOX_VALUE = 108
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Letterhead(QWidget):
    """Draws what stands above a sheet on paper, in the same lines and boxes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[str, ...] = ()
        self._box: tuple[tuple[str, str], ...] = ()
        self._titles: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_document(self, document: Document, sheet: Sheet) -> None:
        """Show the head of a sheet of a document."""
        self._lines, self._box = document.lines, document.box
        self._titles = tuple(text for text in (sheet.area, sheet.title) if text)
        if len(self._titles) == 2 and self._titles[0] == self._titles[1]:
            self._titles = self._titles[1:]
        self.setAccessibleName(" · ".join((*self._lines, *self._titles)))
        self.updateGeometry()
        self.update()

    def _head_rows(self) -> int:
        return max(len(self._lines), len(self._box), 1)

    def sizeHint(self) -> QSize:
        """Give the height of the head and the titles."""
        return QSize(400, self._head_rows() * _ROW + len(self._titles) * 18 + 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the head's boxes, then the titles."""
        painter = QPainter(self)
        painter.setPen(QPen(look.LINE, 1))
        height = self._head_rows() * _ROW
        boxed = (_BOX_LABEL + _BOX_VALUE) if self._box else 0
        head = QRect(0, 0, self.width() - 1 - boxed, height)
        if self._lines or self._box:
            painter.drawRect(head)
            self._draw_lines(painter, head)
            self._draw_box(painter, head.right() + 1, height)
        self._draw_titles(painter, height + 4)
        painter.end()

    def _draw_lines(self, painter: QPainter, head: QRect) -> None:
        painter.setFont(look.grid_font(bold=True, zoom=1.08))
        painter.setPen(look.INK)
        high = max(head.height() // max(len(self._lines), 1), 1)
        for number, line in enumerate(self._lines):
            rect = QRect(head.left() + 6, head.top() + number * high, head.width() - 12, high)
            painter.drawText(rect, _CENTRE, " ".join(line.split()))

    def _draw_box(self, painter: QPainter, left: int, height: int) -> None:
        high = height / max(len(self._box), 1)
        for number, (label, value) in enumerate(self._box):
            top = number * high
            name = QRectF(left, top, _BOX_LABEL, high)
            text = QRectF(left + _BOX_LABEL, top, _BOX_VALUE - 1, high)
            painter.setPen(QPen(look.LINE, 1))
            painter.drawRect(name)
            painter.drawRect(text)
            painter.setPen(look.INK)
            painter.setFont(look.grid_font(bold=True))
            painter.drawText(name.adjusted(5, 0, -2, 0), _LEFT, label)
            painter.setFont(look.grid_font())
            painter.drawText(text.adjusted(5, 0, -2, 0), _LEFT, value)

    def _draw_titles(self, painter: QPainter, top: int) -> None:
        painter.setPen(look.INK)
        for number, title in enumerate(self._titles):
            last = number == len(self._titles) - 1
            painter.setFont(look.grid_font(bold=last, zoom=1.2 if last else 1.0))
            if not last:
                painter.setPen(look.MUTED)
            else:
                painter.setPen(look.INK)
            measures = metrics(last, 1.2 if last else 1.0)
            words = measures.elidedText(
                " ".join(title.split()), Qt.TextElideMode.ElideRight, self.width() - 8
            )
            painter.drawText(QRect(0, top + number * 18, self.width(), 19), _CENTRE, words)
