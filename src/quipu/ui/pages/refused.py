"""What does not count: each with its reason, who wrote it, and what can be done."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from quipu.operations.refusals import NotCounted
from quipu.ui import look
from quipu.ui.pages.tray_words import refusal_words
from quipu.ui.records import RecordsModel, RecordsView, Shown, empty_label
from quipu.ui.speech import field_name, moment, period_name, quiet_name, value_words
from quipu.words import Words


class RefusedPanel(QWidget):
    """A line for each value that does not count.

    `go_to` carries the address to look at, `lift_wanted` the refusal of the centre to take back.
    """

    go_to = Signal(object)
    lift_wanted = Signal(object)

    def __init__(self, words: Words, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._role, self._read_only = words, role, False
        self.model: RecordsModel[NotCounted] = RecordsModel(self._columns())
        self.view = RecordsView(self.model)
        self.view.setAccessibleName(words.text("ui.bundles.refused"))
        self.detail = QLabel()
        self.detail.setWordWrap(True)
        self.look = self._button("look", "find")
        self.lift = self._button("lift", "undo")
        self.lift.setVisible(role == "centre")
        self.empty = empty_label(words.text(f"ui.refusals.empty.{role}"))
        self.view.chosen.connect(lambda _: self._chosen())
        self.view.opened.connect(lambda _: self.look.click())
        self.look.clicked.connect(self._look)
        self.lift.clicked.connect(self._lift)
        self._arrange()
        self.show_refused(())

    def _button(self, name: str, icon: str) -> QPushButton:
        button = QPushButton(look.icon(icon), self._words.text(f"ui.refusals.{name}"))
        button.setToolTip(self._words.text(f"ui.refusals.{name}.tip"))
        return button

    def _arrange(self) -> None:
        explain = QLabel(self._words.text(f"ui.refusals.explain.{self._role}"))
        explain.setObjectName("muted")
        explain.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.look)
        row.addWidget(self.lift)
        row.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 6, 0, 0)
        page.addWidget(explain)
        page.addWidget(self.view, 1)
        page.addWidget(self.empty, 1)
        page.addWidget(self.detail)
        page.addLayout(row)

    def _columns(self) -> list[Shown[NotCounted]]:
        text = self._words.text
        return [
            Shown(text("ui.refusals.office"), self._office, 190),
            Shown(text("ui.refusals.unit"), lambda one: quiet_name(one.unit), 190),
            Shown(text("ui.refusals.cell"), self._cell, 140),
            Shown(text("ui.refusals.period"), self._period, 96),
            Shown(text("ui.refusals.value"), lambda one: value_words(one.value), 84),
            Shown(text("ui.refusals.author"), lambda one: one.author, 84),
            Shown(text("ui.refusals.why"), lambda one: refusal_words(self._words, one.reason)),
        ]

    def _office(self, one: NotCounted) -> str:
        return quiet_name(one.office) or self._words.text("ui.centre")

    def _cell(self, one: NotCounted) -> str:
        row = one.code or one.activity
        return " · ".join(
            part for part in (row, field_name(self._words, one.address.field)) if part
        )

    def _period(self, one: NotCounted) -> str:
        return period_name(self._words, one.address.period) if one.address.period else ""

    # ------------------------------------------------------------------ what is shown
    def show_refused(self, found: Sequence[NotCounted], *, read_only: bool = False) -> None:
        """Show what does not count."""
        row = self.view.currentIndex().row()
        self._read_only = read_only
        self.model.show_records(found)
        self.view.setVisible(bool(found))
        self.empty.setVisible(not found)
        if found:
            self.view.selectRow(min(max(row, 0), len(found) - 1))
        self._chosen()

    def current(self) -> NotCounted | None:
        """Give the chosen line."""
        row = self.view.currentIndex().row()
        return self.model.records[row] if 0 <= row < len(self.model.records) else None

    def _chosen(self) -> None:
        one = self.current()
        self.look.setEnabled(one is not None)
        self.lift.setEnabled(one is not None and bool(one.refusal) and not self._read_only)
        if one is None:
            self.detail.clear()
            return
        said = self._words.text(
            "ui.refusals.detail",
            author=one.author,
            office=self._office(one),
            at=moment(one.at),
            row=" ".join(part for part in (one.code, one.activity) if part),
        )
        came = "" if one.bundle is None else self._words.text("ui.refusals.came")
        whose = "" if one.refusal else self._words.text("ui.refusals.by-certificate")
        parts = (said, refusal_words(self._words, one.reason), came, whose)
        self.detail.setText(" ".join(part for part in parts if part))

    def _look(self) -> None:
        one = self.current()
        if one is not None:
            self.go_to.emit(one.address)

    def _lift(self) -> None:
        one = self.current()
        if one is not None and one.refusal:
            self.lift_wanted.emit(one)
