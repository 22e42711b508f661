"""The page of a plan's rows at the centre: add, order and delete the rows of a unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from quipu.operations import finding
from quipu.ui.records import RecordsModel, RecordsView, Shown, empty_label
from quipu.ui.snapshot import Overview
from quipu.ui.speech import quiet_name
from quipu.words import Words

ACTIONS = ("add", "above", "up", "down", "delete", "open")


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of the plan as the editor lists it."""

    item: str
    code: str
    text: str
    measure: str
    total: str


class RowEditor(QWidget):
    """The rows of one unit; `wanted` carries an action and the row's item (or `""`)."""

    wanted = Signal(str, str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._seen: Overview | None = None
        text = words.text
        self.unit = QComboBox()
        self.unit.setMinimumWidth(420)
        self.unit.setAccessibleName(text("ui.rows.unit"))
        self.unit.currentIndexChanged.connect(self._list)
        self.model: RecordsModel[PlanRow] = RecordsModel(
            [
                Shown(text("ui.field.code"), lambda row: row.code, 70),
                Shown(text("ui.field.text"), lambda row: row.text),
                Shown(text("ui.field.unit-of-measure"), lambda row: row.measure, 140),
                Shown(text("ui.field.total"), lambda row: row.total, 90),
            ]
        )
        self.view = RecordsView(self.model)
        self.view.chosen.connect(lambda _: self._enable())
        self.view.opened.connect(lambda _: self._want("open"))
        self.empty = empty_label("")
        self.buttons = {name: self._button(name) for name in ACTIONS}
        self._arrange()
        self._enable()

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self._words.text(f"ui.rows.{name}"))
        button.clicked.connect(lambda: self._want(name))
        return button

    def _arrange(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 10)
        title = QLabel(self._words.text("ui.rows.title"))
        title.setObjectName("title")
        page.addWidget(title)
        top = QHBoxLayout()
        top.addWidget(QLabel(self._words.text("ui.rows.unit")))
        top.addWidget(self.unit)
        top.addStretch(1)
        page.addLayout(top)
        row = QHBoxLayout()
        row.addWidget(self.view, 1)
        row.addWidget(self.empty, 1)
        column = QVBoxLayout()
        for button in self.buttons.values():
            column.addWidget(button)
        column.addStretch(1)
        column.setContentsMargins(0, 0, 0, 0)
        side = QWidget()
        side.setFixedWidth(186)
        side.setLayout(column)
        row.addWidget(side)
        page.addLayout(row, 1)

    # ------------------------------------------------------------------ what is shown
    def show_overview(self, seen: Overview, unit: str = "") -> None:
        """Show the rows of a unit: the one named, else the one that was shown before."""
        self._seen = seen
        chosen = unit or self.unit.currentData() or ""
        self.unit.blockSignals(True)
        self.unit.clear()
        for item in seen.facts.of_kind("unit"):
            self.unit.addItem(quiet_name(seen.name(item)), item)
        self.unit.setCurrentIndex(max(self.unit.findData(chosen), 0))
        self.unit.blockSignals(False)
        self._list()

    def _list(self) -> None:
        before = self.chosen()
        rows = self._rows()
        self.model.show_records(rows)
        self.view.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        planned = self._seen is not None and self._seen.plan is not None
        self.empty.setText(self._words.text("ui.rows.empty" if planned else "ui.plan.none"))
        items = [row.item for row in rows]
        if before in items:
            self.view.selectRow(items.index(before))
        self._enable()

    def _rows(self) -> Sequence[PlanRow]:
        seen, unit = self._seen, self.unit.currentData()
        if seen is None or seen.plan is None or not unit:
            return []
        found = []
        for item in finding.plan_rows(seen.facts, seen.plan.item, unit):
            total = seen.facts.number(item, "total")
            found.append(
                PlanRow(
                    item,
                    seen.facts.text(item, "code"),
                    " ".join(seen.facts.text(item, "text").split()),
                    seen.facts.text(item, "unit_of_measure"),
                    f"{total:f}" if total is not None else seen.facts.text(item, "total.published"),
                )
            )
        return found

    def chosen(self) -> str:
        """Give the chosen row's item."""
        row = self.view.currentIndex().row()
        return self.model.records[row].item if 0 <= row < len(self.model.records) else ""

    def before(self, action: str) -> str | None:
        """Give the row before which the chosen one goes, `""` for last, `None` for nowhere."""
        items = [row.item for row in self.model.records]
        at = items.index(self.chosen())
        if action == "up":
            return items[at - 1] if at > 0 else None
        if at == len(items) - 1:
            return None
        return items[at + 2] if at + 2 < len(items) else ""

    def _enable(self) -> None:
        chosen = bool(self.chosen())
        for name in ("above", "up", "down", "delete", "open"):
            self.buttons[name].setEnabled(chosen)
        planned = self._seen is not None and self._seen.plan is not None
        self.buttons["add"].setEnabled(planned and self.unit.currentIndex() >= 0)

    def _want(self, action: str) -> None:
        self.wanted.emit(action, self.chosen())
