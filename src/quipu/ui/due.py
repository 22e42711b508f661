"""What waits for whoever opens the workspace, and the way to each of its places (S3-04, S3-19)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from quipu.domain.requests import Notice, Request
from quipu.operations.handover import left_open
from quipu.operations.house import House
from quipu.operations.requesting import list_notices, list_requests
from quipu.operations.tasks import Task, open_tasks
from quipu.ui.kept import Kept
from quipu.ui.letters import LetterActs
from quipu.ui.pages.due import KINDS, DuePage
from quipu.ui.stage import Stage

_ON_OPENING = frozenset(KINDS) - {"calendar", "bundle", "unsent", "problem"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits on a day, with the letters that some of it is about."""

    tasks: list[Task]
    today: date
    requests: list[Request]
    notices: list[Notice]


class DueKeeping(Kept):
    """Keeps the page of what waits; says in the bar, when the window opens, how much it is."""

    page: DuePage

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, DuePage(stage.words), "due")
        self._letters = LetterActs(stage)
        self._told = False
        self._waiting: Waiting | None = None
        self.page.opened.connect(self.open)

    def refresh(self) -> None:
        """Look again while the page is in view; at the first time say what waits."""
        super().refresh()
        if not self._told and self.stage.plan:
            self._told = True
            plan, lang = self.stage.plan, self.stage.words.lang
            self.stage.desk.read(
                lambda house, _: open_tasks(house, plan=plan, lang=lang), self._tell, key="opening"
            )

    def _tell(self, tasks: list[Task]) -> None:
        urgent = [one for one in tasks if one.kind in _ON_OPENING]
        if not urgent or self.stage.notice.isVisible() or self.page.isVisible():
            return
        words = self.stage.words
        counts = Counter(str(one.kind) for one in urgent)
        said = [
            words.plural(f"ui.tasks.count.{kind}", counts[kind]) for kind in KINDS if counts[kind]
        ]
        late = sum(one.late for one in urgent)
        if late:
            said.append(words.plural("ui.tasks.count-late", late))
        self.stage.notice.say(
            "warning", words.text("ui.tasks.waiting", what=", ".join(said)),
            label=words.text("ui.tasks.show"), act=lambda: self.stage.going.show_page("due"),
        )  # fmt: skip

    def take(self, house: House, plan: str) -> Waiting:
        """Give what waits, undelivered bundles and undecided problems included."""
        tasks = open_tasks(house, plan=plan, lang=self.stage.words.lang)
        today = house.clock().astimezone().date()
        found = [*tasks, *left_open(house, plan=plan)]
        return Waiting(
            found, today, list_requests(house, plan=plan), list_notices(house, plan=plan)
        )

    def show(self, taken: Waiting | None) -> None:
        """Show what waits."""
        self._waiting = taken
        if taken is None:
            self.page.show_tasks([], date.today())
        else:
            self.page.show_tasks(taken.tasks, taken.today)

    # ------------------------------------------------------------------ to its place
    def open(self, task: Task) -> None:
        """Go to where a task is done."""
        going = self.stage.going
        if task.address is not None and task.kind in ("answer", "settle"):
            going.go_to(task.address)
        elif task.kind in ("report", "returned", "judge", "void"):
            going.open_unit(task.item, task.period)
        elif task.kind in ("notice", "request"):
            self._open_letter(task)
        elif task.kind == "calendar":
            going.show_page("calendar")
        elif task.kind == "dispute":
            going.show_page("disputes")
        elif task.kind == "problem":
            going.show_problems()
        else:
            going.show_page("bundles")

    def _unit(self, task: Task) -> str:
        """Give the unit of a letter's task by id."""
        seen = self.stage.seen()
        units = seen.facts.of_kind("unit") if seen is not None else []
        return next((one for one in units if seen and seen.name(one) == task.unit), "")

    def _open_letter(self, task: Task) -> None:
        """Show a letter; the centre's own, which other units must answer, on their page."""
        seen, found = self.stage.seen(), self._waiting
        if seen is None or found is None:
            return
        letters = self._letters
        for told in found.notices:
            if (told.item, seen.name(told.unit)) == (task.item, task.unit):
                letters.read(told)
        for asked in found.requests:
            if (asked.item, seen.name(asked.unit)) == (task.item, task.unit):
                foreign = seen.role == "centre" and seen.facts.text(asked.unit, "office")
                (letters.close if foreign else letters.answer)(asked)
