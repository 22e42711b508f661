"""What the centre says of the plan as a document: its box, its signatures, its deadlines."""

from datetime import date
from typing import Final

from PySide6.QtCore import QObject

from quipu.domain.address import Address
from quipu.operations.entering import CellText, change_cells
from quipu.operations.outcome import Outcome
from quipu.operations.year_calendar import DueDay, due_days, set_due
from quipu.ui.dialogs.ask import Ask, Question, Said
from quipu.ui.dialogs.due import DueDialog
from quipu.ui.pages.tree_editor import TreeEditor
from quipu.ui.speech import plain_date, refusal_sentence
from quipu.ui.stage import Stage

LINES: Final = ("title", "document_code", "version", "date")
SIGNATURES: Final = ("prepared_by", "reviewed_by", "authorised_by")


class PlanKeeping(QObject):
    """Carries out what the institution's page wants of the plan."""

    def __init__(self, stage: Stage, editor: TreeEditor) -> None:
        super().__init__(stage.window)
        self._stage, self._words = stage, stage.words
        self.due_dialog: DueDialog | None = None
        editor.plan_wanted.connect(
            lambda act: self.ask_due() if act == "due" else self.ask_header()
        )

    def _plan(self) -> str:
        seen = self._stage.seen()
        return seen.plan.item if seen is not None and seen.plan is not None else ""

    def _said(self, field: str) -> str:
        seen = self._stage.seen()
        text = seen.facts.text(self._plan(), field) if seen is not None else ""
        return plain_date(text) if field == "date" else text

    # ------------------------------------------------------------------ box and signatures
    def ask_header(self) -> Ask | None:
        """Ask what stands in the plan's box and under its signatures."""
        if not self._plan():
            return None
        questions = [
            Question(
                name, f"ui.plan.{name.replace('_', '-')}",
                "text" if name in SIGNATURES else "line", self._said(name), needed=False,
            )
            for name in (*LINES, *SIGNATURES)
        ]  # fmt: skip
        ask = Ask(
            self._words, self._words.text("ui.plan.header"), questions,
            explain=self._words.text("ui.plan.explain"), parent=self._stage.window,
        )  # fmt: skip
        ask.when_accepted(self._write_header)
        return ask

    def _write_header(self, said: Said) -> None:
        plan, author = self._plan(), self._stage.desk.author
        names = [name for name in (*LINES, *SIGNATURES) if said.answer(name) != self._said(name)]
        cells = tuple(CellText(Address(plan, name), said.answer(name), name) for name in names)
        if not cells:
            return

        def done(outcome: Outcome) -> None:
            if outcome.problems:
                first = outcome.problems[0]
                self._stage.notice.say("error", refusal_sentence(self._words, first))
            else:
                self._stage.notice.say("done", self._words.text("ui.plan.done"))

        self._stage.desk.write(
            lambda house, _: change_cells(house, cells=cells, author=author), done
        )

    # ------------------------------------------------------------------ deadlines
    def ask_due(self) -> None:
        """Show the days by which reports are due, to be changed."""
        plan = self._plan()
        if plan:
            self._stage.desk.read(
                lambda house, _: due_days(house, plan=plan), self._show_due, key="due"
            )

    def _show_due(self, days: list[DueDay]) -> None:
        dialog = DueDialog(self._words, days, self._stage.window)
        dialog.changed.connect(self._write_due)
        dialog.open()
        self.due_dialog = dialog

    def _write_due(self, period: str, due: date | None) -> None:
        plan, author = self._plan(), self._stage.desk.author
        self._stage.desk.write(
            lambda house, _: set_due(house, period=period, due=due, plan=plan, author=author)
        )
