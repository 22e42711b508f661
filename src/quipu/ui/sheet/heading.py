"""The heading of a sheet: its header rows with merged cells, as on paper, always in view."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QToolTip, QWidget

from quipu.forms.document import Cell, Sheet
from quipu.ui import look
from quipu.ui.sheet.letters import PAD, broken, draw
from quipu.ui.sheet.model import EMPTY_SHEET
from quipu.ui.sheet.widths import row_heights

_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


class Heading(QHeaderView):
    """Draws all header rows of a sheet over its columns; a click chooses a column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sheet: Sheet = EMPTY_SHEET
        self._zoom = 1.0
        self._heights: list[int] = []
        self._helps: Mapping[int, str] = {}
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(18)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def show_sheet(self, sheet: Sheet, widths: list[int], zoom: float) -> None:
        """Draw this sheet's header rows over columns of these widths."""
        self._sheet, self._zoom = sheet, zoom
        rows = sheet.rows[: sheet.header_rows]
        self._heights = row_heights(rows, widths, zoom, 4, bold=True)
        self._stretch_for_tall_cells(widths)
        self.updateGeometries()
        self.geometriesChanged.emit()
        self.viewport().update()

    def _stretch_for_tall_cells(self, widths: list[int]) -> None:
        """Make the last header row high enough for the cells that reach down to it."""
        for number, row in enumerate(self._sheet.rows[: self._sheet.header_rows]):
            for column, cell in enumerate(row.cells):
                if cell is None or cell.down == 1:
                    continue
                width = sum(widths[column : column + cell.across]) - 2 * PAD - 2
                text = broken(cell.text, cell.runs, width, _CENTRE, True, self._zoom, 4)
                lack = text.height + 2 * PAD - sum(self._heights[number : number + cell.down])
                if lack > 0:
                    self._heights[number + cell.down - 1] += int(lack + 0.99)

    def show_helps(self, helps: Mapping[int, str]) -> None:
        """Say these words where the mouse rests on a column's heading."""
        self._helps = dict(helps)

    def help_at(self, x: int) -> str:
        """Give what is said of the column at a place, `""` for nothing."""
        return self._helps.get(self.logicalIndexAt(x), "")

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what a column means where the mouse rests."""
        if isinstance(event, QHelpEvent):
            said = self.help_at(event.pos().x())
            if said:
                # Marks make Qt break the lines of a long definition.
                words = said.replace("&", "&amp;").replace("<", "&lt;")
                QToolTip.showText(event.globalPos(), f"<p>{words}</p>", self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def sizeHint(self) -> QSize:
        """Give the height of all header rows."""
        return QSize(super().sizeHint().width(), max(sum(self._heights), 20) + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the heading's cells."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), look.PAPER)
        top = 0
        for number, row in enumerate(self._sheet.rows[: self._sheet.header_rows]):
            for column, cell in enumerate(row.cells):
                if cell is not None:
                    height = sum(self._heights[number : number + cell.down])
                    rect = QRect(self._left(column), top, self._width(column, cell.across), height)
                    if rect.intersects(event.rect()):
                        self._paint_cell(painter, cell, rect)
            top += self._heights[number]
        painter.end()

    def _left(self, column: int) -> int:
        return self.sectionViewportPosition(column)

    def _width(self, column: int, across: int) -> int:
        return sum(self.sectionSize(number) for number in range(column, column + across))

    def _paint_cell(self, painter: QPainter, cell: Cell, rect: QRect) -> None:
        painter.fillRect(rect, look.HEADER_FILL)
        painter.setPen(QPen(look.LINE, 1))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if rect.left() <= 0:
            painter.drawLine(rect.topLeft(), rect.bottomLeft())
        inner = QRectF(rect).adjusted(PAD, PAD / 2, -PAD, -PAD / 2)
        painter.save()
        painter.setClipRect(inner)
        text = broken(cell.text, cell.runs, int(inner.width()), _CENTRE, True, self._zoom, 4)
        draw(painter, text, inner, look.INK)
        painter.restore()
