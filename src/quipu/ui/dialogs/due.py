"""The days by which reports are due: one line per period, the rule or a day of the plan's own."""

from collections.abc import Sequence

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from quipu.operations.year_calendar import DueDay
from quipu.ui.speech import period_name
from quipu.words import Words


class DueDialog(QDialog):
    """Changes are stored at once; `changed` carries a period and its day, `None` for the rule."""

    changed = Signal(str, object)

    def __init__(self, words: Words, days: Sequence[DueDay], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setWindowTitle(words.text("ui.due.title"))
        self.resize(560, 480)
        self.edits: dict[str, QDateEdit] = {}
        self.rules: dict[str, QPushButton] = {}
        explain = QLabel(words.text("ui.due.explain"))
        explain.setWordWrap(True)
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setColumnStretch(2, 1)
        for line, day in enumerate(days):
            self._add(grid, line, day)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        close = QPushButton(words.text("ui.close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        page = QVBoxLayout(self)
        page.addWidget(explain)
        page.addWidget(area, 1)
        page.addLayout(row)

    def _add(self, grid: QGridLayout, line: int, day: DueDay) -> None:
        name = QLabel(period_name(self._words, day.period))
        edit = QDateEdit(QDate(day.due.year, day.due.month, day.due.day))
        edit.setDisplayFormat("dd/MM/yyyy")
        edit.setCalendarPopup(True)
        edit.setKeyboardTracking(False)
        edit.setAccessibleName(name.text())
        name.setBuddy(edit)
        rule = QPushButton()
        rule.setAutoDefault(False)
        edit.dateChanged.connect(lambda _: self._changed(day))
        rule.clicked.connect(lambda: self._to_rule(day))
        for column, part in enumerate((name, edit, rule)):
            grid.addWidget(part, line, column)
        self.edits[day.period], self.rules[day.period] = edit, rule
        self._show(day.period, fixed=day.fixed)

    def _show(self, period: str, *, fixed: bool) -> None:
        rule = self.rules[period]
        rule.setEnabled(fixed)
        rule.setText(self._words.text("ui.due.back" if fixed else "ui.due.rule"))

    def _changed(self, day: DueDay) -> None:
        self._show(day.period, fixed=True)
        self.changed.emit(day.period, self.edits[day.period].date().toPython())

    def _to_rule(self, day: DueDay) -> None:
        edit = self.edits[day.period]
        edit.blockSignals(True)
        edit.setDate(QDate(day.rule.year, day.rule.month, day.rule.day))
        edit.blockSignals(False)
        self._show(day.period, fixed=False)
        edit.setFocus()
        self.changed.emit(day.period, None)
