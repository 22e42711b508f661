"""The workspace on the desk: every verb that the window does goes through here, behind it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from quipu.domain.errors import WorkspaceError
from quipu.domain.revision import RevisionName
from quipu.operations import undoing
from quipu.operations.house import House
from quipu.operations.outcome import Outcome
from quipu.operations.workspaces import open_house
from quipu.ui.behind import Job, Stopwatch, Way

Work = Callable[[House, Stopwatch], Any]
Then = Callable[[Any], None]
Failed = Callable[[Exception], None]


class Desk(QObject):
    """An open workspace with its two ways: reading looks at a house of its own, writing at another.

    `changed` carries the `Outcome` of each write that changed something, `trouble` an error that
    nobody else took, `working` what a long job is called (`""` when it ended) and `moved` how far
    it is. `history_changed` says that undo or redo became possible or not.
    """

    changed = Signal(object)
    trouble = Signal(object)
    working = Signal(str)
    moved = Signal(int, int)
    history_changed = Signal(bool, bool)
    idle = Signal()

    def __init__(self, folder: Path, author: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.author = author
        self.read_only: Exception | None = None
        self._houses: dict[str, House] = {}
        self._undo: list[RevisionName] = []
        self._redo: list[RevisionName] = []
        self._waiting: list[Callable[[], None]] = []
        self._reading = Way("reading", self)
        self._writing = Way("writing", self)
        for way in (self._reading, self._writing):
            way.began.connect(self._began)
            way.ended.connect(self._ended)

    # ------------------------------------------------------------------ the two ways
    def read(
        self,
        work: Work,
        then: Then,
        *,
        key: str = "",
        title: str = "",
        failed: Failed | None = None,
    ) -> Job:
        """Ask something of the workspace; of questions with one key only the last is answered."""

        def ask(watch: Stopwatch) -> Any:
            return work(self._house("read"), watch)

        job = Job(ask, then, failed or self.trouble.emit, title, key)
        self._reading.add(job)
        return job

    def write(
        self, work: Work, then: Then | None = None, *, title: str = "", failed: Failed | None = None
    ) -> Job:
        """Do something to the workspace, then tell what changed."""

        def do(watch: Stopwatch) -> Any:
            return work(self._house("write"), watch)

        def done(result: Any) -> None:
            outcome = _outcome(result)
            if outcome.gesture is not None:
                self._undo.append(outcome.gesture)
                self._redo.clear()
                self._tell_history()
            if then is not None:
                then(result)
            self.changed.emit(outcome)

        job = Job(do, done, failed or self.trouble.emit, title)
        self._writing.add(job)
        return job

    def ask_writer(
        self,
        work: Work,
        then: Then,
        *,
        key: str = "",
        title: str = "",
        failed: Failed | None = None,
    ) -> Job:
        """Ask what only a house that writes can tell; nothing is written and nothing changes."""

        def ask(watch: Stopwatch) -> Any:
            return work(self._house("write"), watch)

        job = Job(ask, then, failed or self.trouble.emit, title, key)
        self._writing.add(job)
        return job

    def _house(self, purpose: str) -> House:
        """Give the house of a way, opened in the way's own thread at its first job."""
        house = self._houses.get(purpose)
        if house is None:
            house = open_house(folder=self.folder, write=purpose == "write")
            self._houses[purpose] = house
        return house

    def begin(self, then: Callable[[], None]) -> None:
        """Take the workspace for writing; where another has it, it is only read."""

        def kept_out(error: Exception) -> None:
            self.read_only = error
            then()

        self.read_only = None
        job = Job(lambda _: self._house("write"), lambda _: then(), kept_out)
        self._writing.add(job)

    # ------------------------------------------------------------------ undo and redo
    def undo(self) -> None:
        """Take the last gesture back, unless someone has written there since."""
        self._take_back(self._undo, self._redo, undoing.undo)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._take_back(self._redo, self._undo, undoing.redo)

    def _take_back(
        self, source: list[RevisionName], target: list[RevisionName], verb: Callable[..., Outcome]
    ) -> None:
        if self._writing.busy:
            # What is being written now is the gesture that the person means.
            self._waiting.append(lambda: self._take_back(source, target, verb))
            return
        if not source:
            return
        gesture = source.pop()

        def done(outcome: Outcome) -> None:
            if outcome.gesture is not None:
                target.append(outcome.gesture)
            self._tell_history()
            self.changed.emit(outcome)

        def failed(error: Exception) -> None:
            self._tell_history()
            self.trouble.emit(error)

        def do(_: Stopwatch) -> Outcome:
            return verb(self._house("write"), gesture=gesture, author=self.author)

        self._writing.add(Job(do, done, failed))

    def _tell_history(self) -> None:
        self.history_changed.emit(bool(self._undo), bool(self._redo))

    # ------------------------------------------------------------------ long work and the end
    @property
    def long_writing(self) -> bool:
        """Whether a long piece of writing runs or waits; short ones are over before one asks."""
        return self._writing.long_work

    @property
    def busy(self) -> bool:
        """Whether anything runs or waits."""
        return self._writing.busy or self._reading.busy

    def cancel(self) -> None:
        """Ask the long work to stop."""
        for way in (self._writing, self._reading):
            if way.current is not None and way.current.title:
                way.current.watch.cancel()

    def _began(self, job: Job) -> None:
        if job.title:
            job.watch.moved.connect(self.moved)
            self.working.emit(job.title)

    def _ended(self, job: Job) -> None:
        if job.title:
            self.working.emit("")
        while self._waiting and not self._writing.busy:
            self._waiting.pop(0)()
        if not self.busy:
            self.idle.emit()

    def close(self) -> None:
        """Finish what was begun, close both houses in their threads, and end these."""
        for way, purpose in ((self._reading, "read"), (self._writing, "write")):
            way.add(Job(lambda _, name=purpose: self._shut(name), _nothing, self.trouble.emit))  # type: ignore[misc]
            way.stop()

    def _shut(self, purpose: str) -> None:
        house = self._houses.pop(purpose, None)
        if house is not None:
            house.close()


def _nothing(_: object) -> None:
    """Take a result that says nothing."""


def _outcome(result: Any) -> Outcome:
    """Give the outcome in what a verb returned; of a merge, which has none, an empty one."""
    if isinstance(result, Outcome):
        return result
    found = getattr(result, "outcome", None)
    return found if isinstance(found, Outcome) else Outcome()


def is_busy(error: Exception | None) -> bool:
    """Whether an error says that another window or command has the workspace."""
    return isinstance(error, WorkspaceError) and error.code == "workspace-busy"
