"""The line above the sheet: which view, which period, and how the report stands."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QWidget,
)

from quipu.ui import look
from quipu.ui.speech import period_name
from quipu.words import Words

VIEWS = ("progress", "plan", "published")
_NOTE = 60
VERBS = ("submit", "accept", "return", "consolidate", "observe")
_ALLOWED = {
    "none": ("submit", "observe"),
    "started": ("submit", "observe"),
    "submitted": ("accept", "return", "observe"),
    "returned": ("submit", "observe"),
    "accepted": ("return", "consolidate", "observe"),
    "consolidated": ("observe",),
}
"""Verbs offered in each state; the operations decide, this only spares useless entries."""


class Chooser(QWidget):
    """Chooses view and period; offers what can be done with the period's report."""

    view_chosen = Signal(str)
    period_chosen = Signal(str)
    verb_chosen = Signal(str)

    def __init__(self, words: Words, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._role = words, role
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.views = self._view_buttons(row)
        row.addSpacing(14)
        self.period = QComboBox()
        self.period.setMinimumContentsLength(17)
        self.period.setAccessibleName(words.text("ui.period.label"))
        self.period.currentIndexChanged.connect(self._period_changed)
        self._period_parts: list[QWidget] = [QLabel(words.text("ui.period.label") + " ")]
        self._period_parts += [self._step("previous", -1), self.period, self._step("next", 1)]
        for part in self._period_parts:
            row.addWidget(part)
        row.addSpacing(14)
        self._picture, self.state = QLabel(), QLabel()
        self._picture.setFixedWidth(24)
        row.addWidget(self._picture)
        row.addWidget(self.state)
        row.addStretch(1)
        self.report = self._report_button()
        row.addWidget(self.report)

    def _view_buttons(self, row: QHBoxLayout) -> QButtonGroup:
        frame = QWidget()
        frame.setObjectName("chooser")
        inner = QHBoxLayout(frame)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        group = QButtonGroup(self)
        for number, view in enumerate(VIEWS):
            button = QToolButton()
            button.setText(self._words.text(f"ui.view.{view}"))
            button.setToolTip(self._words.text(f"ui.view.{view}.tip"))
            button.setCheckable(True)
            group.addButton(button, number)
            inner.addWidget(button)
        group.button(0).setChecked(True)
        group.idClicked.connect(lambda number: self.view_chosen.emit(VIEWS[number]))
        row.addWidget(frame)
        return group

    def _step(self, name: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setIcon(look.icon(name))
        button.setAutoRaise(True)
        button.setToolTip(self._words.text(f"ui.period.{name}"))
        button.clicked.connect(lambda: self.step_period(step))
        return button

    def step_period(self, step: int) -> None:
        """Choose the next period, or the one before."""
        at = self.period.currentIndex() + step
        if 0 <= at < self.period.count():
            self.period.setCurrentIndex(at)

    def _report_button(self) -> QToolButton:
        button = QToolButton()
        button.setText(self._words.text("ui.report.button"))
        button.setIcon(look.icon("submit"))
        button.setToolButtonStyle(button.toolButtonStyle().ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        verbs = VERBS if self._role == "centre" else VERBS[:1]
        for verb in verbs:
            action = menu.addAction(self._words.text(f"ui.report.{verb}"))
            action.setData(verb)
        menu.triggered.connect(lambda action: self.verb_chosen.emit(action.data()))
        button.setMenu(menu)
        return button

    # ------------------------------------------------------------------ what is shown
    @property
    def view(self) -> str:
        """The chosen view."""
        return VIEWS[self.views.checkedId()]

    def choose_view(self, view: str) -> None:
        """Show a view as the chosen one."""
        self.views.button(VIEWS.index(view)).setChecked(True)

    def offer_periods(self, periods: Sequence[str], chosen: str) -> None:
        """Offer these periods, with one of them chosen."""
        offered = [self.period.itemData(number) for number in range(self.period.count())]
        self.period.blockSignals(True)
        if offered != list(periods):
            self.period.clear()
            for period in periods:
                self.period.addItem(period_name(self._words, period), period)
        self.period.setCurrentIndex(self.period.findData(chosen))
        self.period.blockSignals(False)

    def choose_period(self, period: str) -> None:
        """Show a period as the chosen one."""
        self.period.blockSignals(True)
        self.period.setCurrentIndex(self.period.findData(period))
        self.period.blockSignals(False)

    def show_state(self, state: str, note: str, *, reports: bool, writable: bool) -> None:
        """Show how the report of the period stands, with what the reviewer noted.

        `reports` says whether the sheet has a report at all.
        """
        self._picture.setVisible(reports)
        self.state.setVisible(reports)
        self.report.setVisible(reports)
        for part in (*self._period_parts, self.views.button(0)):
            part.setEnabled(reports)
        if reports:
            self._picture.setPixmap(look.icon(f"state-{state}").pixmap(look.ICON_SIZE))
            said = self._words.text(f"ui.state.{state}")
            first = " ".join(note.split())
            short = f"{first[:_NOTE]}…" if len(first) > _NOTE else first
            self.state.setText(f"{said}: «{short}»" if note else said)
            self.state.setToolTip(note)
            for action in self.report.menu().actions():
                action.setEnabled(writable and action.data() in _ALLOWED[state])

    def _period_changed(self, number: int) -> None:
        if number >= 0:
            self.period_chosen.emit(self.period.itemData(number))
