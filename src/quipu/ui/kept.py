"""A page that keeps itself true: it looks at the workspace while it is in view, and writes."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject

from quipu.operations.house import House
from quipu.ui.dialogs.ask import Ask, Question, Said
from quipu.ui.pages.listing import Page
from quipu.ui.stage import Stage


class Doing(QObject):
    """What pages do to a workspace: ask a person, write, say that it was done."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.window)
        self.stage = stage

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written here."""
        return self.stage.desk.read_only is not None

    def question(
        self,
        title: str,
        questions: Sequence[Question],
        act: Callable[[Said], None],
        *,
        explain: str = "",
        done: str = "",
    ) -> Ask:
        """Ask a person before something is done; `title` and `done` are words already."""
        ask = Ask(
            self.stage.words, title, questions, explain=explain, done=done,
            parent=self.stage.window,
        )  # fmt: skip
        ask.when_accepted(act)
        return ask

    def write(self, verb: Callable[[House, str], Any], said: str = "") -> None:
        """Do something to the workspace, then say that it was done."""
        author = self.stage.desk.author

        def done(_: Any) -> None:
            if said:
                self.stage.notice.say("done", said)

        self.stage.desk.write(lambda house, _: verb(house, author), done)


class Kept(Doing):
    """Looks again whenever the page comes into view or something was written.

    A page gives `take` (behind the window) and `show` (before it).
    """

    def __init__(self, stage: Stage, page: Page, key: str) -> None:
        super().__init__(stage)
        self.page, self._key = page, key
        page.shown.connect(self.refresh)

    def refresh(self) -> None:
        """Look at the workspace again, while the page is in view."""
        if self.page.isVisible():
            self.ask()

    def ask(self) -> None:
        """Look at the workspace; a page without a plan is shown `None`."""
        plan = self.stage.plan
        if not plan:
            self.show(None)
            return
        self.stage.desk.read(lambda house, _: self.take(house, plan), self.show, key=self._key)

    def take(self, house: House, plan: str) -> Any:
        """Give what the page shows of a plan."""
        raise NotImplementedError

    def show(self, taken: Any) -> None:
        """Show what was taken."""
        raise NotImplementedError
