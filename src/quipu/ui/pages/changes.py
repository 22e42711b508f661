"""The page of changes: those that a person gathers for the next act, and the log of all before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from quipu.domain.changes import ChangeLine, PlanChange
from quipu.operations.reprogramming import CellChange
from quipu.ui.pages.listing import Do, Listing, Page
from quipu.ui.records import Shown
from quipu.ui.speech import field_name, moment, period_name, plain_date, quiet_name
from quipu.words import Words

DRAFT = ("add", "remove", "apply")
LOG = ("print",)


@dataclass(frozen=True, slots=True)
class Draft:
    """A cell to change, with what it says now."""

    change: CellChange
    unit: str
    row: str
    before: str


class ChangesPage(Page):
    """Above what is to change at the next act (at the centre), below the log: before and after."""

    def __init__(
        self,
        words: Words,
        role: str,
        name_of: Callable[[str], str],
        cause_of: Callable[[str], str],
    ) -> None:
        super().__init__(words, "changes")
        self._name_of, self._cause_of = name_of, cause_of
        self.draft = Listing(
            words, "ui.changes.draft", self._draft_columns(),
            [Do("add", record=False), Do("remove"), Do("apply", main=True)],
        )  # fmt: skip
        self.log = Listing(
            words, "ui.changes.log", self._log_columns(), [Do("print", record=False, writes=False)]
        )
        self.lines = Listing(words, "ui.changes.lines", self._line_columns())
        self.log.chosen.connect(self._show_lines)
        below = QSplitter(Qt.Orientation.Horizontal)
        below.addWidget(self.log)
        below.addWidget(self.lines)
        below.setSizes([520, 560])
        parts = QSplitter(Qt.Orientation.Vertical)
        if role == "centre":
            parts.addWidget(self.draft)
        parts.addWidget(below)
        self.column.addWidget(parts, 1)

    def _when(self, period: str) -> str:
        return period_name(self.words, period) if period else ""

    def _draft_columns(self) -> list[Shown[Draft]]:
        text, words = self.words.text, self.words
        return [
            Shown(text("ui.tasks.unit"), lambda one: quiet_name(one.unit), 230),
            Shown(text("ui.changes.row"), lambda one: one.row),
            Shown(text("ui.changes.field"), lambda one: field_name(words, one.change.field), 150),
            Shown(text("ui.tasks.period"), lambda one: self._when(one.change.period), 130),
            Shown(text("ui.changes.before"), lambda one: one.before or "—", 90),
            Shown(text("ui.changes.after"), lambda one: one.change.text or "—", 90),
        ]

    def _log_columns(self) -> list[Shown[PlanChange]]:
        text = self.words.text

        def act(one: PlanChange) -> str:
            parts = (one.act_kind, one.act_number, plain_date(one.act_date))
            return " ".join(part for part in parts if part)

        def by(one: PlanChange) -> str:
            return " · ".join(part for part in (one.by, moment(one.at)) if part)

        return [
            Shown(text("ui.changes.edition"), lambda one: str(one.edition), 62),
            Shown(
                text("ui.changes.cause"), lambda one: self._cause_of(one.cause) or one.reason, 0,
                tip=lambda one: "\n".join((self._cause_of(one.cause), one.reason)),
            ),
            Shown(text("ui.changes.act"), act, 150),
            Shown(text("ui.history.who"), by, 170),
        ]  # fmt: skip

    def _line_columns(self) -> list[Shown[ChangeLine]]:
        text, words = self.words.text, self.words
        return [
            Shown(text("ui.changes.row"), lambda one: self._name_of(one.row)),
            Shown(text("ui.changes.field"), lambda one: field_name(words, one.field), 120),
            Shown(text("ui.tasks.period"), lambda one: self._when(one.period), 110),
            Shown(text("ui.changes.before"), lambda one: one.before or "—", 80),
            Shown(text("ui.changes.after"), lambda one: one.after or "—", 80),
        ]

    def show_draft(self, draft: Sequence[Draft], *, read_only: bool) -> None:
        """Show what is gathered for the next act."""
        self.draft.show_records(draft, read_only=read_only)

    def show_changes(self, changes: Sequence[PlanChange], *, prints: bool) -> None:
        """Show the log, the newest first."""
        self.log.show_records(list(reversed(changes)))
        self.log.buttons["print"].setEnabled(prints and bool(changes))
        self._show_lines(self.log.record())

    def _show_lines(self, one: PlanChange | None) -> None:
        self.lines.show_records(one.lines if one is not None else ())
