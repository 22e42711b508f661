"""How the exchange stands: with every office at the centre, with the centre in an office."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from quipu.operations.correspondence import Correspondent
from quipu.operations.relaying import Carried
from quipu.operations.sentences import sentence
from quipu.operations.warnings import Warning
from quipu.store.entries import CENTRE
from quipu.ui import look
from quipu.ui.records import RecordsModel, RecordsView, Shown, empty_label
from quipu.ui.speech import moment, quiet_name
from quipu.words import Words

_LATE = QColor("#fff2d3")
_ICONS = {"merge": "merge", "silence": "status"}


_CARD = ("pending", "sent", "receipt", "plan", "missing", "refused", "carried")


class TrafficPanel(QWidget):
    """Who was heard of and what waits; `wanted` carries what to do and with whom.

    What to do is `merge`, `export`, `export-all`, `hand-out` (what an office carries for others),
    or `silence`; with whom is an audience, or `""`.
    """

    wanted = Signal(str, str)

    def __init__(self, words: Words, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._role = words, role
        self._pending: Mapping[str, int] = {}
        self.model: RecordsModel[Correspondent] = RecordsModel(self._columns())
        self.view = RecordsView(self.model)
        self.view.setAccessibleName(words.text("ui.traffic.offices"))
        self.view.opened.connect(lambda _: self._want_with("export"))
        self.view.chosen.connect(lambda _: self._enable())
        self.card = QFrame()
        self.card.setObjectName("card")
        self.facts: dict[str, QLabel] = {}
        self.empty = empty_label(words.text("ui.traffic.empty"))
        self.heard: RecordsModel[Warning] = RecordsModel(self._warning_columns())
        self.heed = RecordsView(self.heard)
        self.heed.setAccessibleName(words.text("ui.traffic.heed"))
        self.heed.horizontalHeader().hide()
        self.heed.setMaximumHeight(118)
        self.heading = QLabel(words.text("ui.traffic.heed"))
        self.heading.setObjectName("subtitle")
        names = ["merge", "export", "hand-out" if role == "office" else "export-all"]
        self.buttons = {name: self._button(name) for name in names}
        self.silence = self._button("silence")
        self._arrange()

    def _button(self, name: str) -> QPushButton:
        key = f"ui.traffic.{name}.{self._role}" if name == "export" else f"ui.traffic.{name}"
        button = QPushButton(look.icon(_ICONS.get(name, "export")), "")
        button.setText(self._words.text(key))
        button.setToolTip(self._words.text(f"{key}.tip"))
        if name not in ("export", "export-all"):
            button.clicked.connect(lambda: self.wanted.emit(name, ""))
        else:
            button.clicked.connect(lambda: self._want_with(name))
        return button

    def _want_with(self, name: str) -> None:
        chosen = self.current()
        self.wanted.emit(name, chosen.audience if chosen is not None else "")

    def _arrange(self) -> None:
        row = QHBoxLayout()
        for button in self.buttons.values():
            row.addWidget(button)
        drop = QLabel(self._words.text("ui.traffic.drop"))
        drop.setObjectName("muted")
        row.addSpacing(8)
        row.addWidget(drop, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 6, 0, 0)
        page.addLayout(row)
        self._fill_card()
        page.addWidget(self.card)
        page.addWidget(self.view, 1)
        page.addWidget(self.empty, 1)
        below = QHBoxLayout()
        below.addWidget(self.heading, 1)
        below.addWidget(self.silence)
        page.addLayout(below)
        page.addWidget(self.heed)
        self.silence.setVisible(self._role == "centre")
        if self._role == "office":
            steps = QLabel(self._words.text("ui.traffic.steps"))
            steps.setObjectName("muted")
            steps.setWordWrap(True)
            page.addWidget(steps)
            page.addStretch(1)
        self.view.setVisible(self._role == "centre")
        self.card.setVisible(self._role == "office")

    def _fill_card(self) -> None:
        grid = QGridLayout(self.card)
        grid.setContentsMargins(16, 14, 16, 14)
        grid.setVerticalSpacing(10)
        grid.setHorizontalSpacing(18)
        grid.setColumnStretch(1, 1)
        for line, name in enumerate(_CARD):
            label, value = QLabel(self._words.text(f"ui.traffic.card.{name}")), QLabel()
            label.setObjectName("muted")
            value.setWordWrap(True)
            if name == "pending":
                value.setObjectName("title")
            grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, line, 1)
            self.facts[name] = value

    def _columns(self) -> list[Shown[Correspondent]]:
        text = self._words.text
        return [
            Shown(text("ui.traffic.office"), self._name, tip=self._units),
            Shown(text("ui.traffic.last"), self._last, 166),
            Shown(text("ui.traffic.days"), self._days, 96, ground=_late),
            Shown(text("ui.traffic.missing"), _numbers, 96, ground=_gap),
            Shown(text("ui.traffic.sent"), self._sent, 166),
            Shown(text("ui.traffic.receipt"), self._receipt, 112),
            Shown(text("ui.traffic.pending"), self._waiting, 92),
            Shown(text("ui.traffic.refused"), lambda one: str(one.refused or ""), 82),
        ]

    def _warning_columns(self) -> list[Shown[Warning]]:
        return [
            Shown("", lambda one: "", 28, lambda one: look.icon("warning")),
            Shown("", self._warning),
        ]

    def _warning(self, one: Warning) -> str:
        office = one.office or self._words.text("ui.centre")
        params = {"office": office, **one.params}
        return sentence(self._words, f"warning.{one.code}", one.code, params)

    # ------------------------------------------------------------------ what the columns say
    def _name(self, one: Correspondent) -> str:
        return quiet_name(one.name) or self._words.text("ui.centre")

    def _units(self, one: Correspondent) -> str:
        return "\n".join([self._name(one), *(f"· {quiet_name(unit)}" for unit in one.units)])

    def _numbered(self, number: int, at: str) -> str:
        if not number:
            return "—"
        return self._words.text("ui.traffic.numbered", number=number, at=moment(at))

    def _last(self, one: Correspondent) -> str:
        return self._numbered(one.last_sequence, one.last_received)

    def _days(self, one: Correspondent) -> str:
        if one.days is None:
            return self._words.text("ui.traffic.never")
        if not one.days:
            return self._words.text("ui.traffic.today")
        return self._words.plural("ui.traffic.days-ago", one.days)

    def _sent(self, one: Correspondent) -> str:
        return self._numbered(one.sent_sequence, one.sent_at)

    def _receipt(self, one: Correspondent) -> str:
        if not one.sent_sequence:
            return ""
        if not one.acknowledged_sequence:
            return self._words.text("ui.traffic.no-receipt")
        return self._words.text("ui.traffic.up-to", number=one.acknowledged_sequence)

    def _waiting(self, one: Correspondent) -> str:
        count = self._pending.get(one.audience)
        return "…" if count is None else str(count)

    # ------------------------------------------------------------------ what is shown
    def show_traffic(
        self, lines: Sequence[Correspondent], warnings: Sequence[Warning], *, read_only: bool
    ) -> None:
        """Show how it stands with everyone."""
        row = self.view.currentIndex().row()
        self.model.show_records(lines)
        self.heard.show_records(warnings)
        self.heading.setText(self._words.text("ui.traffic.heed") if warnings else "")
        self.heed.setVisible(bool(warnings))
        for button in (*self.buttons.values(), self.silence):
            button.setEnabled(not read_only)
        centre = self._role == "centre"
        self.view.setVisible(centre and bool(lines))
        self.empty.setVisible(centre and not lines)
        if lines and centre:
            self.view.selectRow(min(max(row, 0), len(lines) - 1))
        elif lines:
            self._show_card(lines[0])
        self._enable()

    def show_carried(self, carried: Sequence[Carried]) -> None:
        """Show what an office carries for others."""
        up = sum(one.audience == CENTRE for one in carried)
        down = sum(one.audience != CENTRE and not one.handed for one in carried)
        none = self._words.text("ui.traffic.card.nothing")
        said = self._words.text("ui.traffic.card.carries", up=up, down=down)
        self.facts["carried"].setText(said if up or down else none)
        self.buttons["hand-out"].setVisible(bool(down))

    def _show_card(self, one: Correspondent) -> None:
        text = self._words.text
        none = text("ui.traffic.card.none")
        self.facts["sent"].setText(self._sent(one) if one.sent_sequence else none)
        receipt = self._numbered(one.acknowledged_sequence, one.acknowledged)
        self.facts["receipt"].setText(receipt if one.acknowledged_sequence else none)
        plan = f"{self._numbered(one.last_sequence, one.last_made)} · {self._days(one)}"
        self.facts["plan"].setText(plan if one.last_sequence else none)
        self.facts["missing"].setText(_numbers(one) or text("ui.traffic.card.nothing"))
        self.facts["refused"].setText(str(one.refused or text("ui.traffic.card.nothing")))

    def show_pending(self, pending: Mapping[str, int]) -> None:
        """Show what the others have not acknowledged."""
        self._pending = pending
        last = len(self.model.records) - 1
        if last >= 0:
            edge = len(self.model.columns) - 1
            self.model.dataChanged.emit(self.model.index(0, 0), self.model.index(last, edge))
        count = sum(pending.values())
        self.facts["pending"].setText(self._words.plural("ui.traffic.card.changes", count))

    def current(self) -> Correspondent | None:
        """Give the chosen line."""
        row = self.view.currentIndex().row()
        return self.model.records[row] if 0 <= row < len(self.model.records) else None

    def _enable(self) -> None:
        if self._role == "centre":
            some = bool(self.model.records) and self.buttons["merge"].isEnabled()
            self.buttons["export"].setEnabled(some)
            self.buttons["export-all"].setEnabled(some)


def _numbers(one: Correspondent) -> str:
    return ", ".join(map(str, one.missing))


def _late(one: Correspondent) -> QColor | None:
    return _LATE if one.silent or one.days is None else None


def _gap(one: Correspondent) -> QColor | None:
    return _LATE if one.missing else None
