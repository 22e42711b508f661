"""The calendar of a plan's year: looked at, changed at the centre, printed (S3-02 to S3-05)."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from quipu.domain.deadlines import Deadline
from quipu.operations.cycle_papers import print_calendar
from quipu.operations.house import House
from quipu.operations.year_calendar import set_due, year_calendar
from quipu.ui.dialogs.ask import Question
from quipu.ui.kept import Kept
from quipu.ui.pages.year import CalendarPage
from quipu.ui.speech import period_name
from quipu.ui.stage import Stage


@dataclass(frozen=True, slots=True)
class Year:
    """The days of a plan's year, as seen on a day."""

    days: list[Deadline]
    today: date


class CalendarKeeping(Kept):
    """Keeps the page of the year true, and carries out what it wants."""

    page: CalendarPage

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, CalendarPage(stage.words, stage.role), "calendar")
        self.page.list.wanted.connect(self._wanted)

    def take(self, house: House, plan: str) -> Year:
        """Give the days of a plan's year."""
        return Year(year_calendar(house, plan=plan), house.clock().astimezone().date())

    def show(self, taken: Year | None) -> None:
        """Show the year."""
        days, today = (taken.days, taken.today) if taken is not None else ([], date.today())
        self.page.show_days(days, today, read_only=self.read_only)

    def _wanted(self, name: str, day: Deadline | None) -> None:
        if name == "print":
            self._print()
        elif day is not None and name == "rule":
            self._set(day, None)
        elif day is not None:
            self._change(day)

    def _change(self, day: Deadline) -> None:
        words = self.stage.words
        named = f"{self.page.title_of(day)} · {period_name(words, day.period)}"
        self.question(
            words.text("ui.calendar.change"),
            [Question("day", "ui.calendar.day", "date", day.due.isoformat())],
            lambda said: self._set(day, date.fromisoformat(said.answer("day"))),
            explain=named,
        )

    def _set(self, day: Deadline, due: date | None) -> None:
        plan = self.stage.plan
        self.write(
            lambda house, author: set_due(
                house, period=day.period, due=due, task=day.task, plan=plan, author=author
            ),
            self.stage.words.text("ui.calendar.done"),
        )

    def _print(self) -> None:
        words, plan = self.stage.words, self.stage.plan
        start = Path.home() / words.text("ui.calendar.file-name")
        self.question(
            words.text("ui.calendar.print"),
            [Question("file", "ui.editor.file", "save", str(start), pattern="PDF (*.pdf)")],
            lambda said: self.print_to(said.path("file"), plan),
            done=words.text("ui.print.write"),
        )

    def print_to(self, file: Path, plan: str) -> None:
        """Write the calendar into a file."""
        words = self.stage.words

        def done(_: Any) -> None:
            self.stage.written(words.text("ui.written", file=file.name), file)

        self.stage.desk.read(
            lambda house, _: print_calendar(house, file=file, plan=plan), done,
            title=words.text("ui.print.working"),
        )  # fmt: skip
