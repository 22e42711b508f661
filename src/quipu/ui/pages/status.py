"""The page of reports: every office and every period, received or not, late or not."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from quipu.operations.status import OfficeStatus, PeriodStatus
from quipu.ui import look
from quipu.ui.records import RecordsModel, RecordsView, Shown
from quipu.ui.speech import period_name
from quipu.words import Words

STATES = ("none", "started", "submitted", "returned", "accepted", "consolidated")
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
            Shown(text("ui.status.office"), lambda one: one.name, 190),
            Shown(text("ui.status.units"), lambda one: ", ".join(one.units), 190),
            Shown(text("ui.status.bundles"), self._bundles, 120),
        ]
        columns += [self._period_column(period) for period in periods]
        self.model.show_records(offices, columns)
        self.empty.setVisible(not offices)

    def _bundles(self, one: OfficeStatus) -> str:
        if one.missing:
            missing = ", ".join(str(number) for number in one.missing)
            return self._words.text("ui.status.missing", last=one.last_sequence, missing=missing)
        return str(one.last_sequence) if one.last_sequence else "—"

    def _period_column(self, period: str) -> Shown[OfficeStatus]:
        def at(one: OfficeStatus) -> PeriodStatus | None:
            return one.periods.get(period)

        def said(one: OfficeStatus) -> str:
            found = at(one)
            if found is None:
                return ""
            late = f" · {self._words.text('ui.status.late')}" if found.late else ""
            return self._words.text(f"ui.state.{found.state}") + late

        def icon(one: OfficeStatus) -> QIcon | None:
            found = at(one)
            return look.icon(f"state-{found.state}") if found is not None else None

        def ground(one: OfficeStatus) -> QColor | None:
            found = at(one)
            return _LATE if found is not None and found.late else None

        return Shown(period_name(self._words, period), said, 128, icon, ground)

    def _open(self, row: int, column: int) -> None:
        if 0 <= row < len(self.model.records):
            period = self._periods[column - 3] if column >= 3 else ""
            self.opened.emit(self.model.records[row].office, period)
