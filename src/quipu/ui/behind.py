"""Work behind the window: one way for reading, one for writing, and no third (habit 10)."""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal, Slot

_log = logging.getLogger("quipu.ui")
_STOP: Final = None


class Stopwatch(QObject):
    """What a piece of work holds of the window: where to say how far it is, whether to go on.

    `progress` and `cancelled` have the shapes that the operations ask for and are safe to call
    from the work's own thread.
    """

    moved = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._stop = threading.Event()

    def progress(self, done: int, total: int) -> None:
        """Say that `done` of `total` parts are through."""
        self.moved.emit(done, total)

    def cancelled(self) -> bool:
        """Whether the person asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next good place."""
        self._stop.set()


@dataclass(eq=False, slots=True)
class Job:
    """One piece of work: what it does in its thread, and what happens in the window after it.

    `title` is shown while it runs when it is not empty. Of queued jobs with the same `key` only
    the last one counts.
    """

    work: Callable[[Stopwatch], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    title: str = ""
    key: str = ""
    dropped: bool = False
    watch: Stopwatch = field(default_factory=Stopwatch)


class Way(QObject):
    """One thread that does its jobs in order; results come back in the window's thread."""

    began = Signal(object)
    ended = Signal(object)
    _finished = Signal(object, object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._open: list[Job] = []
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name=f"quipu-{name}", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return bool(self._open)

    @property
    def long_work(self) -> bool:
        """Whether a job with a title runs or waits."""
        return any(job.title for job in self._open)

    @property
    def current(self) -> Job | None:
        """The job whose turn it is."""
        return self._open[0] if self._open else None

    def add(self, job: Job) -> None:
        """Queue a job; one with the same key that has not come back yet is dropped."""
        for older in self._open:
            if job.key and older.key == job.key:
                older.dropped = True
                older.watch.cancel()
        self._open.append(job)
        self.began.emit(job)
        self._jobs.put(job)

    def stop(self) -> None:
        """Let the queued jobs finish, then end the thread; returns when it has ended."""
        self._jobs.put(_STOP)
        self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not _STOP:
            result: Any = None
            error: Exception | None = None
            if not job.dropped:
                try:
                    result = job.work(job.watch)
                except Exception as caught:  # it is shown in the window's bar
                    error = caught
            self._finished.emit(job, result, error)

    @Slot(object, object, object)
    def _deliver(self, job: Job, result: Any, error: Exception | None) -> None:
        self._open.remove(job)
        try:
            if job.dropped:
                return
            if error is None:
                job.done(result)
            else:
                _log.info("work did not finish: %s", job.title or job.key, exc_info=error)
                job.failed(error)
        finally:
            self.ended.emit(job)
