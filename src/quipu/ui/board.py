"""The centre's board in the window: read for its page, its figures opened, its paper written."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from quipu.domain.facts import Facts
from quipu.domain.period import Period
from quipu.forms.definition import NumberStyle
from quipu.forms.numbers import write_number
from quipu.operations.board import Board, board
from quipu.operations.board_facts import Known, facts_under
from quipu.operations.board_paper import level_titles, print_board
from quipu.operations.house import House
from quipu.operations.printing import Printed
from quipu.ui.board_lines import Lines, lines_of
from quipu.ui.dialogs.ask import Ask, Question, Said
from quipu.ui.pages.board import BoardPage
from quipu.ui.snapshot import USUAL
from quipu.ui.speech import period_name
from quipu.ui.stage import Stage
from quipu.words import Words


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page shows of a plan: the period, those to choose from, and the lines."""

    plan: str
    period: str = ""
    periods: tuple[str, ...] = ()
    lines: Lines | None = None


class BoardKeeping(QObject):
    """Keeps the board's page true, and carries out what it wants."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.window)
        self._stage, self._words = stage, stage.words
        self._seen = Seen("")
        self.page = BoardPage(stage.words)
        self.page.shown.connect(self.refresh)
        self.page.period_chosen.connect(self._choose)
        self.page.figure_opened.connect(self._open)
        self.page.print_wanted.connect(self._print)

    def refresh(self) -> None:
        """Look at the board again, while its page is in view."""
        if self.page.isVisible():
            self._ask(self._seen.period)

    def _choose(self, period: str) -> None:
        self._ask(period)

    def _ask(self, period: str) -> None:
        seen = self._stage.seen()
        plan = seen.plan.item if seen is not None and seen.plan is not None else ""
        kept = period if plan == self._seen.plan else ""
        words, style = self._words, seen.numbers if seen is not None else USUAL
        self.page.number = lambda value: write_number(value, style)
        self._stage.desk.read(
            lambda house, _: take(house, plan, kept, words, style), self._show, key="board"
        )

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        named = [(one, period_name(self._words, one)) for one in seen.periods]
        self.page.show_board(seen.lines, named, seen.period)

    def _open(self, key: str, title: str) -> None:
        plan, period = self._seen.plan, self._seen.period

        def show(found: list[Known]) -> None:
            self.page.show_facts(title, found)

        self._stage.desk.read(
            lambda house, _: facts_under(house, key=key, period=period, plan=plan),
            show,
            key="board-facts",
        )

    def _print(self) -> None:
        text = self._words.text
        name = f"{text('ui.page.board')} {self._seen.period}.pdf"
        start, kinds = str(Path.home() / name), "PDF (*.pdf);;Excel (*.xlsx)"
        file = Question("file", "ui.editor.file", "save", start, pattern=kinds)
        Ask(
            self._words, text("ui.board.print").rstrip("…"), [file], done=text("ui.print.write"),
            parent=self._stage.window,
        ).when_accepted(self._write)  # fmt: skip

    def _write(self, said: Said) -> None:
        file, plan, period = said.path("file"), self._seen.plan, self._seen.period

        def done(printed: Printed) -> None:
            sentence = self._words.text("ui.board.printed", file=printed.file.name)
            self._stage.written(sentence, printed.file)

        self._stage.desk.read(
            lambda house, _: print_board(house, file=file, plan=plan, period=period),
            done,
            title=self._words.text("ui.board.writing"),
        )


def take(house: House, plan: str, period: str, words: Words, style: NumberStyle = USUAL) -> Seen:
    """Give the lines of a plan's board for a period (`""`: the year)."""
    if not plan:
        return Seen("")
    facts = house.facts()
    found = board(house, plan=plan, period=period, facts=facts)
    titles = level_titles(house, facts, plan, words.lang)
    lines = lines_of(found, facts, titles, words, lambda value: write_number(value, style))
    return Seen(plan, found.period, _choices(facts, found), lines)


def _choices(facts: Facts, found: Board) -> tuple[str, ...]:
    """Give the periods to choose from: the year, its halves and quarters, then the reports'."""
    year = facts.number(found.plan, "year")
    if year is None:
        return (found.period,)
    whole = Period.of_year(int(year))
    kinds: tuple[str, ...] = ("semester", "quarter", "month")
    parts = [str(part) for kind in kinds for part in whole.parts(kind)]  # type: ignore[arg-type]
    return (str(whole), *parts)
