"""Requests and notices: written at the centre, answered and read in the office (S1-22, S3-19)."""

from dataclasses import dataclass
from datetime import date

from quipu.domain.requests import Notice, Request
from quipu.operations.house import House
from quipu.operations.requesting import (
    answer_request,
    close_request,
    list_notices,
    list_requests,
    notify,
    read_notices,
    request,
)
from quipu.ui.dialogs.ask import Question, Said
from quipu.ui.kept import Doing, Kept
from quipu.ui.pages.letters import LettersPage
from quipu.ui.speech import plain_date, quiet_name
from quipu.ui.stage import Stage


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a plan, as seen on a day."""

    requests: list[Request]
    notices: list[Notice]
    today: date


class LetterActs(Doing):
    """What is done with one letter: answered or closed, read."""

    def close(self, one: Request) -> None:
        """Ask whether nothing more is awaited of a request, and close it."""
        words = self.stage.words
        self.question(
            words.text("ui.letters.requests.do.close"), [],
            lambda _: self.write(
                lambda house, author: close_request(house, request=one.item, author=author),
                words.text("ui.letters.closed-done"),
            ),
            explain=words.text("ui.letters.close.explain", title=one.title),
        )  # fmt: skip

    def answer(self, one: Request) -> None:
        """Show a request, and answer it for its unit."""
        words = self.stage.words
        due = plain_date(one.due.isoformat()) if one.due is not None else ""
        parts = (one.title, one.text, words.text("ui.status.due", date=due) if due else "")
        self.question(
            words.text("ui.letters.requests.do.answer"),
            [Question("text", "ui.letters.answer-text", "text", one.answer)],
            lambda said: self.write(
                lambda house, author: answer_request(
                    house, request=one.item, unit=one.unit, text=said.answer("text"), author=author
                ),
                words.text("ui.letters.answer-done"),
            ),
            explain="\n\n".join(part for part in parts if part),
        )  # fmt: skip

    def read(self, one: Notice) -> None:
        """Show a notice; that it was read is written once the person says so (S3-19)."""
        words, plan = self.stage.words, self.stage.plan

        def write(_: Said) -> None:
            if not one.read_at:
                self.write(
                    lambda house, author: read_notices(
                        house, unit=one.unit, notice=one.item, plan=plan, author=author
                    ),
                    words.text("ui.letters.read-done"),
                )

        self.question(
            words.text("ui.letters.notice"), [], write,
            explain="\n\n".join(part for part in (one.title, one.text) if part),
            done=words.text("ui.letters.notices.do.read"),
        )  # fmt: skip


class LetterKeeping(Kept):
    """Keeps the page of letters true, and carries out what it wants."""

    page: LettersPage

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, LettersPage(stage.words, stage.role, self._name), "letters")
        self._acts = LetterActs(stage)
        self.page.requests.wanted.connect(self._request_wanted)
        self.page.notices.wanted.connect(self._notice_wanted)

    def _name(self, item: str) -> str:
        seen = self.stage.seen()
        return seen.name(item) if seen is not None else ""

    def take(self, house: House, plan: str) -> Letters:
        """Give the letters of a plan."""
        facts, today = house.facts(), house.clock().astimezone().date()
        return Letters(
            list_requests(house, plan=plan, facts=facts),
            list_notices(house, plan=plan, facts=facts),
            today,
        )

    def show(self, taken: Letters | None) -> None:
        """Show the letters."""
        found = taken if taken is not None else Letters([], [], date.today())
        self.page.show_letters(found.requests, found.notices, found.today, read_only=self.read_only)

    # ------------------------------------------------------------------ requests
    def _request_wanted(self, name: str, one: Request | None) -> None:
        if name == "ask":
            self._ask()
        elif one is not None and name == "close":
            self._acts.close(one)
        elif one is not None:
            self._acts.answer(one)

    def _units(self) -> Question:
        seen = self.stage.seen()
        units = seen.facts.of_kind("unit") if seen is not None else []
        options = [(unit, quiet_name(self._name(unit))) for unit in units]
        return Question("units", "ui.letters.units", "many", options=options, needed=False)

    def _ask(self) -> None:
        words, plan = self.stage.words, self.stage.plan

        def write(said: Said) -> None:
            units = [one for one in said.answer("units").split("\n") if one]
            self.write(
                lambda house, author: request(
                    house, title=said.answer("title"), text=said.answer("text"), units=units,
                    due=date.fromisoformat(said.answer("due")), plan=plan, author=author,
                ),
                words.text("ui.letters.asked"),
            )  # fmt: skip

        self.question(
            words.text("ui.letters.requests.do.ask"),
            [
                Question("title", "ui.letters.title"),
                Question("text", "ui.letters.text", "text", needed=False),
                Question("due", "ui.letters.due", "date"),
                self._units(),
            ],
            write,
            explain=words.text("ui.letters.units.explain"),
        )

    # ------------------------------------------------------------------ notices
    def _notice_wanted(self, name: str, one: Notice | None) -> None:
        if name == "tell":
            self._tell()
        elif one is not None:
            self._acts.read(one)

    def _tell(self) -> None:
        words, plan = self.stage.words, self.stage.plan

        def write(said: Said) -> None:
            units = [one for one in said.answer("units").split("\n") if one]
            self.write(
                lambda house, author: notify(
                    house, title=said.answer("title"), text=said.answer("text"), units=units,
                    plan=plan, author=author,
                ),
                words.text("ui.letters.told"),
            )  # fmt: skip

        self.question(
            words.text("ui.letters.notices.do.tell"),
            [
                Question("title", "ui.letters.title"),
                Question("text", "ui.letters.text", "text", needed=False),
                self._units(),
            ],
            write,
            explain=words.text("ui.letters.units.explain"),
        )
