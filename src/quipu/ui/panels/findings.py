"""What the checks found: a list that shows the cell and takes a person's decisions."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from quipu.domain.facts import Facts
from quipu.operations.findings import Finding
from quipu.operations.sentences import problem_sentence
from quipu.ui import look
from quipu.ui.records import RecordsModel, RecordsView, Shown, empty_label
from quipu.ui.snapshot import CORRECTED
from quipu.ui.speech import moment, quiet_name
from quipu.words import Words

ACTIONS = ("accept", "keep", "edit")
_KEYS = {"accept": "Ctrl+Return", "keep": "Ctrl+K", "edit": "F2"}
_SEVERITIES = ("error", "warning", "info")
_HERE, _ALL = "here", "all"


class FindingsPanel(QWidget):
    """The findings of the sheet in view, of a unit or of all.

    `decided` carries the chosen findings and the decision; `go_to` a finding, and whether the
    keyboard goes there too. `closed_wanted` says that decided ones are asked for.
    """

    go_to = Signal(object, bool)
    decided = Signal(object, str)
    closed_wanted = Signal(bool)

    def __init__(self, words: Words, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._decides = words, role == "centre"
        self._all: list[Finding] = []
        self._facts = Facts()
        self._unit: str | None = None
        self._filling = False
        self.model: RecordsModel[Finding] = RecordsModel(self._columns())
        self.view = RecordsView(self.model)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setAccessibleName(words.text("ui.findings.name"))
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._chosen())
        self.view.opened.connect(lambda row: self._jump(row, keyboard=True))
        self.where = QComboBox()
        self.where.setAccessibleName(words.text("ui.findings.unit"))
        self.where.setMinimumContentsLength(20)
        self.where.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.where.addItem(words.text("ui.findings.here"), _HERE)
        self.where.addItem(words.text("ui.findings.everywhere"), _ALL)
        self.where.currentIndexChanged.connect(self._sift)
        self.closed = QCheckBox(words.text("ui.findings.closed"))
        self.closed.toggled.connect(self.closed_wanted)
        self.least = QComboBox()
        for name in ("all", "warning", "error"):
            self.least.addItem(words.text(f"ui.findings.least.{name}"), name)
        self.least.currentIndexChanged.connect(self._sift)
        self.count = QLabel()
        self.count.setObjectName("muted")
        self.empty = empty_label("")
        self.buttons = {name: self._button(name) for name in ACTIONS}
        self._arrange()
        self._shortcut("Return", lambda: self._jump(self._row(), keyboard=True))

    def _arrange(self) -> None:
        top = QHBoxLayout()
        for part in (self.where, self.least, self.closed):
            top.addWidget(part)
        top.addWidget(self.count)
        top.addStretch(1)
        if not self._decides:
            whose = QLabel(self._words.text("ui.findings.centre"))
            whose.setObjectName("muted")
            top.addWidget(whose)
        for button in self.buttons.values():
            button.setVisible(self._decides)
            top.addWidget(button)
        page = QVBoxLayout(self)
        page.setContentsMargins(6, 4, 6, 5)
        page.setSpacing(3)
        page.addLayout(top)
        page.addWidget(self.view, 1)
        page.addWidget(self.empty, 1)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self._words.text(f"ui.findings.{name}"))
        key = QKeySequence(_KEYS[name]).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{self._words.text(f'ui.findings.{name}.tip')} ({key})")
        button.clicked.connect(lambda: self._decide(name))
        button.setEnabled(False)
        self._shortcut(_KEYS[name], button.click)
        return button

    def _shortcut(self, key: str, act: Callable[[], None]) -> None:
        """Do something at a key while a person is in the list."""
        shortcut = QShortcut(QKeySequence(key), self.view)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _columns(self, *, units: bool = False, closed: bool = False) -> list[Shown[Finding]]:
        text = self._words.text
        unit: Shown[Finding] = Shown(
            text("ui.findings.unit"), lambda found: quiet_name(found.problem.unit), 190
        )
        said: list[Shown[Finding]] = [
            Shown(text("ui.findings.decision"), self._decision, 210),
            Shown(text("ui.history.who"), lambda found: found.author, 110),
            Shown(text("ui.history.when"), lambda found: moment(found.at), 118),
        ]

        def icon(found: Finding) -> QIcon:
            return look.icon(found.problem.severity)

        def severity(found: Finding) -> str:
            return text(f"ui.severity.{found.problem.severity}")

        return [
            Shown("", lambda found: "", 26, icon, tip=severity),
            Shown(text("ui.findings.code"), lambda found: found.problem.code, 58),
            Shown(text("ui.findings.what"), self._sentence),
            Shown(text("ui.findings.value"), lambda found: found.problem.value or "", 100),
            *(said if closed else [Shown(text("ui.findings.proposal"), self._proposal, 100)]),
            *([unit] if units else []),
        ]

    def _sentence(self, found: Finding) -> str:
        if found.problem.variant == CORRECTED:
            return self._words.text("ui.findings.corrected")
        return problem_sentence(self._words, found.problem)

    def _decision(self, found: Finding) -> str:
        said = self._words.text(f"ui.decision.{found.decision}")
        return f"{said}: {found.note}" if found.note else said

    @staticmethod
    def _proposal(found: Finding) -> str:
        return found.problem.proposal or ""

    # ------------------------------------------------------------------ what is shown
    def show_findings(self, found: Sequence[Finding], facts: Facts) -> None:
        """Show other findings, the gravest first."""
        self._all = sorted(found, key=lambda one: _SEVERITIES.index(one.problem.severity))
        self._facts = facts
        self._offer_units()
        self._sift()

    def show_unit(self, unit: str | None) -> None:
        """Keep to a unit (`""`: rows of the whole institution), while that is asked for."""
        if unit != self._unit:
            self._unit = unit
            if self.where.currentData() == _HERE:
                self._sift()

    def _offer_units(self) -> None:
        """Offer the units that have findings, with how many."""
        counts: dict[str, int] = {}
        for one in self._all:
            unit = self._facts.text(one.item, "unit")
            if unit:
                counts[unit] = counts.get(unit, 0) + 1
        chosen = self.where.currentData()
        self.where.blockSignals(True)
        while self.where.count() > 2:
            self.where.removeItem(2)
        for unit, count in counts.items():
            self.where.addItem(f"{quiet_name(self._facts.text(unit, 'name'))} ({count})", unit)
        self.where.setCurrentIndex(max(self.where.findData(chosen), 0))
        self.where.blockSignals(False)

    def _wanted(self, found: Finding) -> bool:
        chosen = self.where.currentData()
        unit = self._unit if chosen == _HERE else chosen
        if chosen == _ALL or unit is None:
            return True
        return self._facts.text(found.item, "unit") == unit

    def _sift(self) -> None:
        allowed = {"all": 3, "warning": 2, "error": 1}[self.least.currentData()]
        shown = [
            found
            for found in self._all
            if found.problem.severity in _SEVERITIES[:allowed] and self._wanted(found)
        ]
        before, row = self.current(), self._row()
        units = self.where.currentData() == _ALL
        columns = self._columns(units=units, closed=self.closed.isChecked())
        self._filling = True
        self.model.show_records(shown, columns)
        self.count.setText(
            self._words.text("ui.findings.count", shown=len(shown), all=len(self._all))
        )
        if before is not None and shown:
            # What was decided went away: the next one takes its place.
            at = shown.index(before) if before in shown else min(row, len(shown) - 1)
            self.view.selectRow(at)
        self._filling = False
        self._say_empty(bool(shown))
        self._enable()

    def _say_empty(self, any_shown: bool) -> None:
        self.view.setVisible(any_shown)
        self.empty.setVisible(not any_shown)
        if self.closed.isChecked():
            key = "ui.findings.none-decided"
        else:
            key = "ui.findings.none-here" if self._all else "ui.findings.none"
        self.empty.setText(self._words.text(key))

    # ------------------------------------------------------------------ what a person does
    def _row(self) -> int:
        return self.view.currentIndex().row()

    def current(self) -> Finding | None:
        """Give the finding that a person is at."""
        row = self._row()
        return self.model.records[row] if 0 <= row < len(self.model.records) else None

    def selected(self) -> list[Finding]:
        """Give the chosen findings, in the list's order."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self.model.records[row] for row in rows]

    def _able(self, name: str) -> list[Finding]:
        """Give the chosen findings of which an action can be taken."""
        if not self._decides:
            return []
        placed = [one for one in self.selected() if one.item and one.decision is None]
        if name == "accept":
            return [one for one in placed if one.problem.proposal is not None]
        if name == "edit":
            return placed if len(placed) == 1 and placed[0].address.field else []
        return placed

    def _chosen(self) -> None:
        self._enable()
        rows = self.view.selectionModel().selectedRows()
        if len(rows) == 1 and not self._filling:
            self._jump(rows[0].row(), keyboard=False)

    def _enable(self) -> None:
        for name, button in self.buttons.items():
            button.setEnabled(bool(self._able(name)))

    def _jump(self, row: int, *, keyboard: bool) -> None:
        if 0 <= row < len(self.model.records):
            self.go_to.emit(self.model.records[row], keyboard)

    def _decide(self, name: str) -> None:
        able = self._able(name)
        if able:
            self.view.setFocus()
            self.decided.emit(able, name)
