"""Disputes in the window: kept true, settled one by one or by a rule, taken back, printed."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal

from quipu.operations import settling
from quipu.operations.conciliation import print_conciliation
from quipu.operations.disputes import Dispute, disputes, unit_of
from quipu.operations.printing import Printed
from quipu.operations.settling import RULES, Rule, Settled
from quipu.ui.attached import open_attached
from quipu.ui.dialogs.ask import Ask, Question, Said
from quipu.ui.pages.disputes import DisputesPage
from quipu.ui.speech import quiet_name
from quipu.ui.stage import Stage


class Disputing(QObject):
    """Keeps the page of disputes true; `found` carries those that are open."""

    found = Signal(object)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.window)
        self._stage, self._words = stage, stage.words
        self.page = DisputesPage(stage.words)
        self.page.go_to.connect(stage.go_to)
        self.page.settled.connect(self._settle)
        self.page.file_wanted.connect(lambda blob: open_attached(stage, blob))
        self.page.rule_wanted.connect(self.ask_rule)
        self.page.print_wanted.connect(self.ask_sheet)

    def refresh(self) -> None:
        """Look for disputes again."""
        self._stage.desk.read(lambda house, _: disputes(house), self._show, key="disputes")

    def _show(self, found: list[Dispute]) -> None:
        read_only = self._stage.desk.read_only is not None
        self.page.show_disputes(found, read_only=read_only)
        self.found.emit(found)

    def _settle(self, dispute: Dispute, head: str, value: str | None, note: str) -> None:
        author = self._stage.desk.author
        self._stage.desk.write(
            lambda house, _: settling.settle(
                house, dispute=dispute.id, head=head or None, value=value, note=note, author=author
            ),
            lambda _: self._say(self._words.text("ui.disputes.done")),
        )

    def _say(self, sentence: str) -> None:
        """Say what was settled, and offer to take it back."""
        undo = self._words.text("ui.undo")
        self._stage.notice.say("done", sentence, label=undo, act=self._stage.desk.undo)

    # ------------------------------------------------------------------ many by a rule
    def ask_rule(self) -> None:
        """Ask by which rule to settle which disputes."""
        text = self._words.text
        rules = [(rule, text(f"ui.rule.{rule}")) for rule in RULES]
        questions = [
            Question("rule", "ui.rule.rule", "choice", "office", rules),
            Question("unit", "ui.rule.unit", "choice", "", self._units()),
            Question("note", "ui.disputes.note", needed=False),
        ]
        Ask(
            self._words, text("ui.disputes.rule").rstrip("…"), questions,
            explain=text("ui.rule.explain", n=len(self.page.model.records)),
            done=text("ui.rule.apply"), parent=self._stage.window,
        ).when_accepted(self._apply)  # fmt: skip

    def _units(self) -> list[tuple[str, str]]:
        """Give the units that have disputes, after all of them together."""
        seen = self._stage.seen()
        everywhere = [("", self._words.text("ui.rule.everywhere"))]
        if seen is None:
            return everywhere
        units = {unit_of(seen.facts, one.address) for one in self.page.model.records} - {""}
        named = sorted((quiet_name(seen.name(unit)), unit) for unit in units)
        return [*everywhere, *((unit, name) for name, unit in named)]

    def _apply(self, said: Said) -> None:
        rule, unit, note = (
            cast("Rule", said.answer("rule")),
            said.answer("unit"),
            said.answer("note"),
        )
        author = self._stage.desk.author

        def done(made: Settled) -> None:
            self._say(self._words.text("ui.rule.done", settled=made.settled, left=made.left))

        self._stage.desk.write(
            lambda house, _: settling.settle_all(
                house, rule=rule, units=[unit] if unit else (), note=note, author=author
            ),
            done,
            title=self._words.text("ui.rule.working"),
        )

    # ------------------------------------------------------------------ the sheet to sign
    def ask_sheet(self) -> None:
        """Ask what the conciliation sheet shall have, and where it is written."""
        text = self._words.text
        chosen = self.page.current()
        what = [("open", text("ui.sheet.open")), ("all", text("ui.sheet.all"))]
        if chosen is not None:
            what.insert(0, ("one", text("ui.sheet.one")))
        path = str(Path.home() / f"{text('ui.sheet.file')}.pdf")
        questions = [
            Question("what", "ui.sheet.what", "choice", "open", what),
            Question("file", "ui.export.file", "save", path, pattern=text("ui.sheet.pattern")),
        ]
        dispute = chosen.id if chosen is not None else ""
        Ask(
            self._words, text("ui.disputes.sheet").rstrip("…"), questions,
            done=text("ui.print.write"), parent=self._stage.window,
        ).when_accepted(lambda said: self._print(said, dispute))  # fmt: skip

    def _print(self, said: Said, dispute: str) -> None:
        what, file = said.answer("what"), said.path("file")

        def done(printed: Printed) -> None:
            key, n = "ui.print.pages", printed.pages
            if n is None:
                key, n = "ui.print.sheets", printed.sheets or 0
            self._stage.written(self._words.plural(key, n, file=file.name), file)

        self._stage.desk.read(
            lambda house, _: print_conciliation(
                house,
                file=file,
                dispute=dispute if what == "one" else "",
                only_open=what != "all",
                words=self._words,
            ),
            done,
            title=self._words.text("ui.print.working"),
        )
