"""Disputes in the window: kept true, settled, and taken back."""

from PySide6.QtCore import QObject, Signal

from quipu.operations import settling
from quipu.operations.disputes import Dispute, disputes
from quipu.ui.pages.disputes import DisputesPage
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

    def refresh(self) -> None:
        """Look for disputes again."""
        self._stage.desk.read(lambda house, _: disputes(house), self._show, key="disputes")

    def _show(self, found: list[Dispute]) -> None:
        self.page.show_disputes(found)
        self.found.emit(found)

    def _settle(self, dispute: Dispute, head: str, value: str | None, note: str) -> None:
        author = self._stage.desk.author
        self._stage.desk.write(
            lambda house, _: settling.settle(
                house, dispute=dispute.id, head=head or None, value=value, note=note, author=author
            ),
            lambda _: self._stage.notice.say("done", self._words.text("ui.disputes.done")),
        )
