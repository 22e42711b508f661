"""Handing over a post: a sealed copy, its hash, and the sheet of what is open."""

from pathlib import Path

from quipu.operations.handover import HandedOver, hand_over
from quipu.ui.dialogs.ask import Question, Said
from quipu.ui.kept import Doing


class Handing(Doing):
    """Asks to whom, and writes what a successor needs into a folder."""

    def ask(self) -> None:
        """Ask who takes over and where to write."""
        words = self.stage.words
        if not self.stage.plan:
            self.stage.notice.say("warning", words.text("ui.print.no-plan"))
            return
        start = str(Path.home() / words.text("ui.handover.folder"))
        self.question(
            words.text("ui.action.handover").replace("&", "").rstrip("…"),
            [
                Question("to", "ui.handover.to"),
                Question("folder", "ui.print.folder", "folder", start),
            ],
            self._write,
            explain=words.text("ui.handover.explain"),
            done=words.text("ui.handover.do"),
        )

    def _write(self, said: Said) -> None:
        words, plan, author = self.stage.words, self.stage.plan, self.stage.desk.author

        def done(made: HandedOver) -> None:
            sentence = words.plural(
                "ui.handover.done", len(made.tasks), to=said.answer("to"), folder=made.folder.name
            )
            self.stage.written(sentence, made.files[0])

        self.stage.desk.write(
            lambda house, _: hand_over(
                house, to=said.answer("to"), folder=said.path("folder"), plan=plan, author=author,
                lang=words.lang,
            ),
            done,
            title=words.text("ui.handover.working"),
        )  # fmt: skip
