"""The tree at the left: institution, areas, units with their reports, forms of the whole plan."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from quipu.ui import look
from quipu.ui.sheet.letters import broken, draw
from quipu.ui.sheet.model import CELL, DISPLAY, ROOT, TOOLTIP, Index
from quipu.ui.snapshot import Node
from quipu.ui.speech import quiet_name
from quipu.words import Words

_ICON: Final = Qt.ItemDataRole.DecorationRole.value
_FLAGS: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_LEFT: Final = Qt.AlignmentFlag.AlignLeft
_ZOOM: Final = 1.02


class TreeModel(QAbstractItemModel):
    """Nodes under nodes; an index carries the node's number in `_all`."""

    def __init__(self, words: Words, parent: Any = None) -> None:
        super().__init__(parent)
        self._words = words
        self._all: list[Node] = []
        self._parents: list[int] = []
        self._below: dict[int, list[int]] = {-1: []}

    def show_nodes(self, nodes: Sequence[Node]) -> None:
        """Show other nodes."""
        self.beginResetModel()
        self._all, self._parents, self._below = [], [], {-1: []}
        for node in nodes:
            self._add(node, -1)
        self.endResetModel()

    def _add(self, node: Node, parent: int) -> None:
        number = len(self._all)
        self._all.append(node)
        self._parents.append(parent)
        self._below[number] = []
        self._below[parent].append(number)
        for child in node.children:
            self._add(child, number)

    def same_shape(self, nodes: Sequence[Node]) -> bool:
        """Whether these nodes stand where the shown ones do."""
        keys: list[str] = []

        def walk(some: Sequence[Node]) -> None:
            for node in some:
                keys.append(node.key)
                walk(node.children)

        walk(nodes)
        return keys == [node.key for node in self._all]

    def refresh(self, nodes: Sequence[Node]) -> None:
        """Show new states and counts of the same nodes, leaving the view where it is."""
        if not self.same_shape(nodes):
            self.show_nodes(nodes)
            return
        fresh: list[Node] = []

        def walk(some: Sequence[Node]) -> None:
            for node in some:
                fresh.append(node)
                walk(node.children)

        walk(nodes)
        pairs = zip(self._all, fresh, strict=True)
        changed = [number for number, (old, new) in enumerate(pairs) if old != new]
        self._all = fresh
        for number in changed:
            at = self._index(number)
            self.dataChanged.emit(at, at)

    def node(self, index: Index) -> Node | None:
        """Give the node of an index."""
        return self._all[index.internalId()] if index.isValid() else None

    def find(self, key: str) -> QModelIndex:
        """Give the index of the node of a key; an invalid one where there is none."""
        numbers = (number for number, node in enumerate(self._all) if node.key == key)
        number = next(numbers, -1)
        return QModelIndex() if number < 0 else self._index(number)

    def first_sheet(self) -> QModelIndex:
        """Give the index of the first node that opens a sheet."""
        numbers = (number for number, node in enumerate(self._all) if node.form)
        number = next(numbers, -1)
        return QModelIndex() if number < 0 else self._index(number)

    def _index(self, number: int) -> QModelIndex:
        siblings = self._below[self._parents[number]]
        return self.createIndex(siblings.index(number), 0, number)

    # ------------------------------------------------------------------ what Qt asks
    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        """Give the index of a child."""
        below = self._below[parent.internalId() if parent.isValid() else -1]
        if column != 0 or not 0 <= row < len(below):
            return QModelIndex()
        return self.createIndex(row, 0, below[row])

    def parent(self, child: Index = ROOT) -> Any:
        """Give the index of the node above."""
        if not child.isValid():
            return QModelIndex()
        above = self._parents[child.internalId()]
        return QModelIndex() if above < 0 else self._index(above)

    def rowCount(self, parent: Index = ROOT) -> int:
        """Give the number of children."""
        if parent.isValid() and parent.column() != 0:
            return 0
        return len(self._below[parent.internalId() if parent.isValid() else -1])

    def columnCount(self, parent: Index = ROOT) -> int:
        """Give the one column."""
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell that nodes can be chosen."""
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """Give what a view asks of a node."""
        node = self.node(index)
        if node is None:
            return None
        if role == DISPLAY:
            return quiet_name(node.name)
        if role == TOOLTIP:
            return self._tip(node)
        if role == _ICON and node.state:
            return look.icon(f"state-{node.state}")
        if role == _ICON and node.kind == "wide":
            return look.icon("plan")
        if role == CELL:
            return node
        return None

    def _tip(self, node: Node) -> str:
        lines = [" ".join(node.name.split())]
        if node.state:
            lines.append(self._words.text(f"ui.state.{node.state}"))
        if node.findings:
            lines.append(self._words.plural("ui.tree.findings", node.findings))
        return "\n".join(lines)


class NodePainter(QStyledItemDelegate):
    """Draws a node's icon, its name in at most two lines, and how many findings wait."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the node's line with its badge."""
        node = index.data(CELL)
        if not isinstance(node, Node):
            return
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, look.CHOSEN)
        icon = index.data(_ICON)
        left = rect.left() + 3
        if icon is not None:
            icon.paint(painter, QRect(left, rect.center().y() - 8, 17, 17))
            left += 21
        text = QRectF(left, rect.top(), rect.right() - left - _room(node), rect.height())
        shown = broken(
            str(index.data(DISPLAY)), (), int(text.width()), _LEFT, _bold(node), _ZOOM, 2
        )
        draw(painter, shown, text, look.INK)
        if _room(node):
            badge = QRectF(rect.right() - 26, rect.center().y() - 7, 23, 15)
            _badge(painter, badge, str(node.findings) if node.findings < 1000 else "999+")

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give a line the height of its name, of one or two lines."""
        node = index.data(CELL)
        if not isinstance(node, Node):
            return QSize(0, 22)
        depth, above = 1, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        icon = 21 if index.data(_ICON) is not None else 0
        width = self._view.viewport().width() - depth * self._view.indentation() - icon - 4
        text = str(index.data(DISPLAY))
        shown = broken(text, (), width - _room(node), _LEFT, _bold(node), _ZOOM, 2)
        return QSize(60, int(shown.height) + 8)


def _bold(node: Node) -> bool:
    return node.kind in ("institution", "area")


def _room(node: Node) -> int:
    """Give the pixels that a node's badge takes."""
    return 30 if node.findings > 0 and node.kind in ("unit", "wide") else 0


def _badge(painter: QPainter, rect: QRectF, text: str) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor("#b98a1d"))
    painter.setBrush(QColor("#fff2d3"))
    painter.drawRoundedRect(rect, 7, 7)
    painter.setFont(look.grid_font(zoom=0.9))
    painter.setPen(look.INK)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class Tree(QTreeView):
    """The tree; `opened` tells which node a person went to."""

    opened = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree_model = TreeModel(words, self)
        self.setModel(self.tree_model)
        self.painter_of_nodes = NodePainter(self)
        self.setItemDelegate(self.painter_of_nodes)
        self.setHeaderHidden(True)
        self.setIndentation(12)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(True)
        self.setAccessibleName(words.text("ui.tree.name"))

    def show_nodes(self, nodes: Sequence[Node]) -> None:
        """Show nodes; where the tree's shape changed, everything is open and the choice stays."""
        if self.tree_model.same_shape(nodes):
            self.tree_model.refresh(nodes)
            return
        before = self.current()
        self.tree_model.show_nodes(nodes)
        self.expandAll()
        if before is not None:
            # Nobody went there: it was chosen before.
            blocked = self.blockSignals(True)
            self.go_to(before.key)
            self.blockSignals(blocked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the names anew for the width there is."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def current(self) -> Node | None:
        """Give the chosen node."""
        return self.tree_model.node(self.currentIndex())

    def go_to(self, key: str) -> None:
        """Choose the node of a key, without opening it again when it is chosen already."""
        index = self.tree_model.find(key)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which node is the current one."""
        super().currentChanged(current, previous)
        node = self.tree_model.node(current)
        if node is not None:
            self.opened.emit(node)
