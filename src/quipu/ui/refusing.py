"""What does not count, in the window: kept true, looked at, and at the centre let count again."""

from PySide6.QtCore import QObject, Signal

from quipu.operations.refusals import NotCounted, lift, not_counted
from quipu.ui.dialogs.ask import Ask, Question, Said
from quipu.ui.pages.refused import RefusedPanel
from quipu.ui.stage import Stage


class Refusing(QObject):
    """Keeps the list of what does not count true; `counted` carries how much that is."""

    counted = Signal(int)

    def __init__(self, stage: Stage, role: str) -> None:
        super().__init__(stage.window)
        self._stage, self._words = stage, stage.words
        self.panel = RefusedPanel(stage.words, role)
        self.panel.go_to.connect(stage.go_to)
        self.panel.lift_wanted.connect(self._ask)

    def refresh(self) -> None:
        """Look again for what does not count."""
        self._stage.desk.read(lambda house, _: not_counted(house), self._show, key="refused")

    def _show(self, found: list[NotCounted]) -> None:
        read_only = self._stage.desk.read_only is not None
        self.panel.show_refused(found, read_only=read_only)
        self.counted.emit(len(found))

    def _ask(self, one: NotCounted) -> None:
        together = sum(other.refusal == one.refusal for other in self.panel.model.records)
        Ask(
            self._words,
            self._words.text("ui.refusals.lift").rstrip("…"),
            [Question("reason", "ui.refusals.reason", "text")],
            explain=self._words.plural("ui.refusals.lift-explain", together),
            done=self._words.text("ui.refusals.lift-done"),
            parent=self._stage.window,
        ).when_accepted(lambda said: self._lift(one, said))

    def _lift(self, one: NotCounted, said: Said) -> None:
        author, reason = self._stage.desk.author, said.answer("reason")
        self._stage.desk.write(
            lambda house, _: lift(house, refusal=one.refusal, reason=reason, author=author),
            lambda _: self._stage.notice.say(
                "done",
                self._words.text("ui.refusals.lifted"),
                label=self._words.text("ui.undo"),
                act=self._stage.desk.undo,
            ),
        )
