"""The page of what waits: the most urgent first, each line leading to its place."""

from datetime import date
from typing import Any

from PySide6.QtCore import Signal

from quipu.operations.tasks import Task
from quipu.ui import look
from quipu.ui.pages.listing import Do, Listing, Page
from quipu.ui.records import Shown
from quipu.ui.speech import period_name, quiet_name
from quipu.words import Words

KINDS = (
    "report", "returned", "judge", "void", "answer", "settle", "request", "notice", "calendar",
    "dispute", "problem", "bundle", "unsent",
)  # fmt: skip


class DuePage(Page):
    """Open tasks in order; `opened` carries the one that a person goes to."""

    opened = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__(words, "due")
        self.today = date.min
        self.list = Listing(
            words, "ui.tasks", self._columns(), [Do("open", writes=False, main=True)]
        )
        self.list.wanted.connect(lambda _, task: self.opened.emit(task))
        self.column.addWidget(self.list, 1)

    def _columns(self) -> list[Shown[Task]]:
        text = self.words.text
        return [
            Shown(
                text("ui.tasks.what"), self._what, 0, lambda one: look.icon(icon_of(one)),
                ground=self._ground,
            ),
            Shown(text("ui.tasks.due"), lambda one: _day(one.due), 86, ground=self._ground),
            Shown(text("ui.tasks.left"), self.left, 150, ground=self._ground),
            Shown(text("ui.tasks.period"), lambda one: period_name(self.words, one.period), 130),
            Shown(text("ui.tasks.unit"), lambda one: quiet_name(one.unit), 300),
        ]  # fmt: skip

    def _what(self, one: Task) -> str:
        said = self.words.text(f"ui.task.{one.kind}")
        title = " ".join(one.title.split())
        return f"{said}: {title}" if title else said

    def left(self, one: Task) -> str:
        """Say how many days are left, or how late it is."""
        if one.due is None:
            return ""
        days = (one.due - self.today).days
        if days == 0:
            return self.words.text("ui.tasks.today")
        return self.words.plural("ui.tasks.in" if days > 0 else "ui.tasks.late", abs(days))

    def _ground(self, one: Task) -> Any:
        return look.REFUSED_FILL if one.late else None

    def show_tasks(self, tasks: list[Task], today: date) -> None:
        """Show what waits, as it stands on a day."""
        self.today = today
        self.list.show_records(tasks)


def icon_of(one: Task) -> str:
    """Give the sign of a task: urgent, to be looked at, or to be known."""
    if one.late or one.kind in ("returned", "void"):
        return "error"
    return "info" if one.kind in ("notice", "calendar", "bundle", "unsent") else "warning"


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day is not None else ""
