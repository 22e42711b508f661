"""The page of the institution at the centre: areas, units, offices and who reports what."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from quipu.operations.finding import UnitNode
from quipu.ui.snapshot import Overview
from quipu.ui.speech import plain_date, quiet_name
from quipu.words import Words

ACTIONS = ("area", "unit", "rename", "up", "down", "move", "assign", "delete", "office", "enrol")
PLAN_ACTIONS = ("header", "due")
_ITEM = Qt.ItemDataRole.UserRole.value
_KIND = _ITEM + 1


class TreeEditor(QWidget):
    """Areas, units and offices with buttons; `wanted` carries an action and the item chosen.

    `plan_wanted` carries `header` or `due`: what the plan says of itself, and its deadlines.
    """

    wanted = Signal(str, str)
    plan_wanted = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.tree = self._table(("ui.editor.name", "ui.editor.office"))
        self.offices = self._table(("ui.editor.office", "ui.editor.units"))
        self.buttons = {name: self._button(name) for name in ACTIONS}
        self.plan_line = QLabel()
        self.plan_line.setWordWrap(True)
        self.plan_buttons = {name: self._plan_button(name) for name in PLAN_ACTIONS}
        self._arrange()
        self.tree.currentItemChanged.connect(self._enable)
        self.offices.currentItemChanged.connect(self._enable)
        self._enable()

    def _table(self, titles: tuple[str, str]) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderLabels([self._words.text(title) for title in titles])
        tree.setUniformRowHeights(True)
        tree.setColumnWidth(0, 360)
        tree.setAccessibleName(self._words.text(titles[0]))
        return tree

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self._words.text(f"ui.editor.do.{name}"))
        button.clicked.connect(lambda: self.wanted.emit(name, self.chosen(name)))
        return button

    def _arrange(self) -> None:
        self.setObjectName("editor")
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 10)
        title = QLabel(self._words.text("ui.editor.title"))
        title.setObjectName("title")
        page.addWidget(title)
        page.addWidget(self._plan_card())
        page.addLayout(self._row(self.tree, ACTIONS[:8]), 3)
        page.addLayout(self._row(self.offices, ACTIONS[8:]), 2)

    def _plan_button(self, name: str) -> QPushButton:
        button = QPushButton(self._words.text(f"ui.plan.{name}"))
        button.setToolTip(self._words.text(f"ui.plan.{name}.tip"))
        button.clicked.connect(lambda: self.plan_wanted.emit(name))
        return button

    def _plan_card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        row = QHBoxLayout(card)
        row.addWidget(self.plan_line, 1)
        for button in self.plan_buttons.values():
            row.addWidget(button)
        return card

    def _show_plan(self, seen: Overview) -> None:
        plan = seen.plan
        for button in self.plan_buttons.values():
            button.setEnabled(plan is not None)
        if plan is None:
            self.plan_line.setText(self._words.text("ui.plan.none"))
            return
        said = {name: seen.facts.text(plan.item, name) for name in ("document_code", "version")}
        day = plain_date(seen.facts.text(plan.item, "date"))
        version = self._words.text("ui.plan.version-of", version=said["version"])
        parts = (plan.title, said["document_code"], version if said["version"] else "", day)
        self.plan_line.setText(" · ".join(part for part in parts if part))

    def _row(self, tree: QTreeWidget, names: tuple[str, ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(tree, 1)
        column = QVBoxLayout()
        for name in names:
            column.addWidget(self.buttons[name])
        if tree is self.offices:
            rename = QPushButton(self._words.text("ui.editor.do.rename"))
            rename.clicked.connect(lambda: self.wanted.emit("rename", self._item(self.offices)))
            column.addWidget(rename)
        column.addStretch(1)
        side = QWidget()
        side.setFixedWidth(186)
        column.setContentsMargins(0, 0, 0, 0)
        side.setLayout(column)
        row.addWidget(side)
        return row

    # ------------------------------------------------------------------ what is shown
    def show_overview(self, seen: Overview) -> None:
        """Show the areas and units, and the offices with theirs."""
        self._show_plan(seen)
        chosen = self._item(self.tree), self._item(self.offices)
        self.tree.clear()
        for node in seen.tree:
            self.tree.addTopLevelItem(self._line(seen, node))
        self.tree.expandAll()
        self.offices.clear()
        for office in seen.facts.of_kind("office"):
            units = [quiet_name(seen.name(unit)) for unit in seen.units_of(office)]
            line = QTreeWidgetItem([seen.name(office), ", ".join(units)])
            line.setData(0, _ITEM, office)
            self.offices.addTopLevelItem(line)
        for tree, item in zip((self.tree, self.offices), chosen, strict=True):
            self._choose(tree, item)
        self._enable()

    def _line(self, seen: Overview, node: UnitNode) -> QTreeWidgetItem:
        office = seen.name(node.office) if node.office else ""
        line = QTreeWidgetItem([quiet_name(node.name), office])
        line.setData(0, _ITEM, node.item)
        line.setData(0, _KIND, node.kind)
        line.addChildren([self._line(seen, child) for child in node.children])
        return line

    def _choose(self, tree: QTreeWidget, item: str) -> None:
        found = tree.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
        for line in found:
            if line.data(0, _ITEM) == item:
                tree.setCurrentItem(line)

    @staticmethod
    def _item(tree: QTreeWidget) -> str:
        line = tree.currentItem()
        return str(line.data(0, _ITEM)) if line is not None else ""

    def kind(self) -> str:
        """Give whether an area or a unit is chosen, `""` where neither is."""
        line = self.tree.currentItem()
        return str(line.data(0, _KIND)) if line is not None else ""

    def neighbours(self) -> tuple[list[str], int]:
        """Give the chosen item's siblings in order, and its place among them."""
        line = self.tree.currentItem()
        if line is None:
            return [], 0
        above = line.parent() or self.tree.invisibleRootItem()
        lines = (above.child(number) for number in range(above.childCount()))
        items = [str(one.data(0, _ITEM)) for one in lines if one is not None]
        return items, above.indexOfChild(line)

    def parent_item(self) -> str:
        """Give what the chosen item hangs under, `""` for the institution."""
        line = self.tree.currentItem()
        above = line.parent() if line is not None else None
        return str(above.data(0, _ITEM)) if above is not None else ""

    def chosen(self, action: str) -> str:
        """Give the item that an action is about."""
        return self._item(self.offices if action in ACTIONS[8:] else self.tree)

    def _enable(self) -> None:
        kind = self.kind()
        for name in ("rename", "up", "down", "move", "delete"):
            self.buttons[name].setEnabled(bool(kind))
        self.buttons["assign"].setEnabled(kind == "unit")
