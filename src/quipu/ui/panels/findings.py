"""What the checks found: a list that jumps to the cell and takes a person's decision."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
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
from quipu.ui import look
from quipu.ui.records import RecordsModel, RecordsView, Shown
from quipu.ui.speech import problem_sentence, quiet_name
from quipu.words import Words

_SEVERITIES = ("error", "warning", "info")


class FindingsPanel(QWidget):
    """The findings of the unit in view, or of all; `decided` carries a finding and the decision."""

    go_to = Signal(object)
    decided = Signal(object, str)
    closed_wanted = Signal(bool)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._all: list[Finding] = []
        self._facts = Facts()
        self._unit: str | None = None
        self.model: RecordsModel[Finding] = RecordsModel(self._columns())
        self.view = RecordsView(self.model)
        self.view.setAccessibleName(words.text("ui.findings.name"))
        self.view.chosen.connect(self._chosen)
        self.view.clicked.connect(lambda index: self._jump(index.row()))
        self.view.opened.connect(self._jump)
        self.only_unit = QCheckBox(words.text("ui.findings.only-unit"))
        self.only_unit.setChecked(True)
        self.only_unit.toggled.connect(self._sift)
        self.closed = QCheckBox(words.text("ui.findings.closed"))
        self.closed.toggled.connect(self.closed_wanted)
        self.least = QComboBox()
        for name in ("all", "warning", "error"):
            self.least.addItem(words.text(f"ui.findings.least.{name}"), name)
        self.least.currentIndexChanged.connect(self._sift)
        self.count = QLabel()
        self.count.setObjectName("muted")
        self.buttons = {name: self._button(name) for name in ("accept", "keep", "edit")}
        self._arrange()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        for part in (self.only_unit, self.least, self.closed):
            top.addWidget(part)
        top.addWidget(self.count)
        top.addStretch(1)
        for button in self.buttons.values():
            top.addWidget(button)
        page = QVBoxLayout(self)
        page.setContentsMargins(6, 4, 6, 5)
        page.setSpacing(3)
        page.addLayout(top)
        page.addWidget(self.view, 1)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self._words.text(f"ui.findings.{name}"))
        button.setToolTip(self._words.text(f"ui.findings.{name}.tip"))
        button.clicked.connect(lambda: self._decide(name))
        button.setEnabled(False)
        return button

    def _columns(self, *, units: bool = False) -> list[Shown[Finding]]:
        text = self._words.text
        unit: Shown[Finding] = Shown(
            text("ui.findings.unit"), lambda found: quiet_name(found.problem.unit), 200
        )

        def icon(found: Finding) -> QIcon:
            return look.icon(found.problem.severity)

        return [
            Shown("", lambda found: "", 26, icon),
            Shown(text("ui.findings.code"), lambda found: found.problem.code, 58),
            Shown(text("ui.findings.what"), self._sentence),
            Shown(text("ui.findings.value"), lambda found: found.problem.value or "", 100),
            Shown(text("ui.findings.proposal"), self._proposal, 100),
            *([unit] if units else []),
        ]

    def _sentence(self, found: Finding) -> str:
        sentence = problem_sentence(self._words, found.problem)
        if found.decision is None:
            return sentence
        decision = self._words.text(f"ui.decision.{found.decision}")
        return f"[{decision}{': ' + found.note if found.note else ''}] {sentence}"

    @staticmethod
    def _proposal(found: Finding) -> str:
        return found.problem.proposal or ""

    # ------------------------------------------------------------------ what is shown
    def show_findings(self, found: Sequence[Finding], facts: Facts) -> None:
        """Show other findings, the gravest first."""
        self._all = sorted(found, key=lambda one: _SEVERITIES.index(one.problem.severity))
        self._facts = facts
        self._sift()

    def show_unit(self, unit: str | None) -> None:
        """Keep to a unit (`""`: rows of the whole institution), while that is asked for."""
        if unit != self._unit:
            self._unit = unit
            self._sift()

    def _sift(self) -> None:
        allowed = {"all": 3, "warning": 2, "error": 1}[self.least.currentData()]
        at_unit = self.only_unit.isChecked() and self._unit is not None
        shown = [
            found
            for found in self._all
            if found.problem.severity in _SEVERITIES[:allowed]
            and (not at_unit or self._facts.text(found.item, "unit") == self._unit)
        ]
        chosen = self.current()
        self.model.show_records(shown, self._columns(units=not at_unit))
        self.count.setText(
            self._words.text("ui.findings.count", shown=len(shown), all=len(self._all))
        )
        if chosen in shown:
            self.view.selectRow(shown.index(chosen))
        else:
            self._chosen(-1)

    # ------------------------------------------------------------------ what a person does
    def current(self) -> Finding | None:
        """Give the chosen finding."""
        row = self.view.currentIndex().row()
        return self.model.records[row] if 0 <= row < len(self.model.records) else None

    def _chosen(self, row: int) -> None:
        found = self.model.records[row] if 0 <= row < len(self.model.records) else None
        placed = found is not None and bool(found.item) and found.decision is None
        offers = placed and found is not None and found.problem.proposal is not None
        self.buttons["accept"].setEnabled(offers)
        self.buttons["keep"].setEnabled(placed)
        self.buttons["edit"].setEnabled(placed)

    def _jump(self, row: int) -> None:
        if 0 <= row < len(self.model.records):
            self.go_to.emit(self.model.records[row])

    def _decide(self, name: str) -> None:
        found = self.current()
        if found is not None:
            self.decided.emit(found, name)
