"""The page of reports: every office and every period, received or not, late or not."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from quipu.operations.status import OfficeStatus, PeriodStatus
from quipu.ui import look
from quipu.ui.records import RecordsModel, RecordsView, Shown
from quipu.ui.speech import quiet_name, short_period
from quipu.words import Words

STATES = ("none", "started", "submitted", "returned", "accepted", "consolidated")
_FIRST = 2
"""The column of the first period."""
_LATE = QColor("#fbe3df")


class StatusPage(QWidget):
    """Offices down, periods across; `opened` carries the office and period double clicked."""

    opened = Signal(str, str)
    refresh_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.model: RecordsModel[OfficeStatus] = RecordsModel()
        self.view = RecordsView(self.model)
        self.view.setSelectionBehavior(self.view.SelectionBehavior.SelectItems)
        self.view.setShowGrid(True)
        self.view.setAccessibleName(words.text("ui.status.title"))
        self.view.doubleClicked.connect(lambda index: self._open(index.row(), index.column()))
        self._periods: list[str] = []
        page = QVBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 10)
        top = QHBoxLayout()
        title = QLabel(words.text("ui.status.title"))
        title.setObjectName("title")
        top.addWidget(title, 1)
        refresh = QPushButton(words.text("ui.status.refresh"))
        refresh.clicked.connect(self.refresh_wanted)
        top.addWidget(refresh)
        page.addLayout(top)
        page.addLayout(self._legend())
        page.addWidget(self.view, 1)
        self.empty = QLabel(words.text("ui.status.empty"))
        self.empty.setObjectName("muted")
        self.empty.setWordWrap(True)
        page.addWidget(self.empty)

    def _legend(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for state in STATES:
            picture = QLabel()
            picture.setPixmap(look.icon(f"state-{state}").pixmap(look.ICON_SIZE))
            row.addWidget(picture)
            row.addWidget(QLabel(self._words.text(f"ui.state.{state}")))
            row.addSpacing(10)
        late = QLabel(f"  {self._words.text('ui.status.late')}  ")
        late.setStyleSheet(f"background: {_LATE.name()}; border: 1px solid #cf8d85;")
        row.addWidget(late)
        row.addStretch(1)
        return row

    def show_offices(self, offices: Sequence[OfficeStatus], periods: Sequence[str]) -> None:
        """Show the offices' reports of these periods."""
        self._periods = list(periods)
        text = self._words.text
        columns: list[Shown[OfficeStatus]] = [
            Shown(text("ui.status.office"), lambda one: one.name, tip=self._units),
            Shown(text("ui.status.bundles"), self._bundles, 106),
        ]
        columns += [self._period_column(period) for period in periods]
        self.model.show_records(offices, columns)
        self.empty.setVisible(not offices)

    @staticmethod
    def _units(one: OfficeStatus) -> str:
        return "\n".join([one.name, *(f"· {quiet_name(unit)}" for unit in one.units)])

    def _bundles(self, one: OfficeStatus) -> str:
        if one.missing:
            missing = ", ".join(str(number) for number in one.missing)
            return self._words.text("ui.status.missing", last=one.last_sequence, missing=missing)
        return str(one.last_sequence) if one.last_sequence else "—"

    def _period_column(self, period: str) -> Shown[OfficeStatus]:
        def at(one: OfficeStatus) -> PeriodStatus | None:
            return one.periods.get(period)

        def late(one: OfficeStatus) -> str:
            found = at(one)
            return self._words.text("ui.status.late") if found is not None and found.late else ""

        def tip(one: OfficeStatus) -> str:
            found = at(one)
            if found is None:
                return ""
            state = self._words.text(f"ui.state.{found.state}")
            due = self._words.text("ui.status.due", date=found.due.strftime("%d/%m/%Y"))
            return "\n".join(line for line in (one.name, state, late(one), due) if line)

        def icon(one: OfficeStatus) -> QIcon | None:
            found = at(one)
            return look.icon(f"state-{found.state}") if found is not None else None

        def ground(one: OfficeStatus) -> QColor | None:
            found = at(one)
            return _LATE if found is not None and found.late else None

        return Shown(short_period(self._words, period), late, 66, icon, ground, tip)

    def _open(self, row: int, column: int) -> None:
        if 0 <= row < len(self.model.records):
            period = self._periods[column - _FIRST] if column >= _FIRST else ""
            self.opened.emit(self.model.records[row].office, period)
