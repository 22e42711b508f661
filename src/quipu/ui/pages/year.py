"""The page of the year: what is due when, by rule or by hand, and its print."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from quipu.domain.deadlines import REPORT, Deadline
from quipu.ui import look
from quipu.ui.pages.listing import Do, Listing, Page
from quipu.ui.records import Shown
from quipu.ui.speech import period_name
from quipu.words import Words

ACTIONS = ("change", "rule", "print")
_SHORT = "%d/%m/%Y"


class CalendarPage(Page):
    """Every day of the plan's year in order; the centre may set one by hand."""

    def __init__(self, words: Words, role: str) -> None:
        super().__init__(words, "calendar")
        self.today = date.min
        print_ = Do("print", record=False, writes=False)
        own = [Do("change", main=True), Do("rule")] if role == "centre" else []
        self.list = Listing(
            words, "ui.calendar", self._columns(), [*own, print_], allowed=self._allowed
        )
        self.column.addWidget(self.list, 1)

    def _columns(self) -> list[Shown[Deadline]]:
        text = self.words.text
        return [
            Shown(text("ui.calendar.day"), self._day, 100, ground=self._ground),
            Shown(text("ui.calendar.left"), self._left, 130, ground=self._ground),
            Shown(text("ui.calendar.task"), self.title_of, 0, ground=self._ground),
            Shown(text("ui.calendar.period"), lambda one: period_name(self.words, one.period), 150),
            Shown(text("ui.calendar.who"), lambda one: text(f"ui.calendar.{one.who}"), 90),
            Shown(text("ui.calendar.set"), self._set, 190),
        ]

    @staticmethod
    def _day(one: Deadline) -> str:
        return one.due.strftime(_SHORT)

    def _left(self, one: Deadline) -> str:
        days = (one.due - self.today).days
        if days < 0:
            return self.words.text("ui.calendar.past")
        return self.words.plural("ui.tasks.in", days) if days else self.words.text("ui.tasks.today")

    def title_of(self, one: Deadline) -> str:
        """Give what is due, in words."""
        if one.task == REPORT and not one.title:
            return self.words.text("ui.calendar.report")
        return one.title.get(self.words.lang) or next(iter(one.title.values()), one.task)

    def _set(self, one: Deadline) -> str:
        if not one.fixed:
            return self.words.text("ui.calendar.by-rule")
        return self.words.text("ui.calendar.by-hand", day=one.rule.strftime(_SHORT))

    def _ground(self, one: Deadline) -> Any:
        return look.TOTAL_FILL if one.due < self.today else None

    @staticmethod
    def _allowed(name: str, one: Deadline | None) -> bool:
        return name != "rule" or (one is not None and one.fixed)

    def show_days(self, days: Sequence[Deadline], today: date, *, read_only: bool) -> None:
        """Show the days as they stand on one of them; at first the next that comes is chosen."""
        first = not self.list.model.records
        self.today = today
        self.list.show_records(days, read_only=read_only)
        self.list.buttons["print"].setEnabled(bool(days))
        if first and days:
            coming = next((n for n, one in enumerate(days) if one.due >= today), len(days) - 1)
            self.list.view.selectRow(coming)
