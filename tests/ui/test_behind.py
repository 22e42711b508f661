"""Work behind the window: in order, cancelled, superseded, and its errors brought back."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from quipu.ui.behind import Job, Stopwatch, Way


@pytest.fixture
def way(qtbot) -> Iterator[Way]:
    made = Way("test")
    yield made
    made.stop()


def fail(error: Exception) -> None:
    raise AssertionError(error)


def test_results_come_back_in_order_in_the_windows_thread(qtbot, way: Way) -> None:
    seen: list[tuple[int, str]] = []

    def back(number: int) -> None:
        seen.append((number, threading.current_thread().name))

    for number in range(3):
        way.add(Job(lambda _, n=number: n, back, fail))
    assert way.busy
    qtbot.waitUntil(lambda: not way.busy)
    assert seen == [(n, threading.main_thread().name) for n in range(3)]
    assert way.current is None


def test_an_error_is_handed_over(qtbot, way: Way) -> None:
    errors: list[Exception] = []

    def work(_: Stopwatch) -> None:
        raise ValueError("7")

    way.add(Job(work, fail, errors.append))
    qtbot.waitUntil(lambda: not way.busy)
    assert [str(error) for error in errors] == ["7"]


def test_of_questions_with_one_key_the_last_is_answered(qtbot, way: Way) -> None:
    gate, answers = threading.Event(), []
    way.add(Job(lambda _: gate.wait(5), lambda _: answers.append("first"), fail, key="a"))
    way.add(Job(lambda _: 2, answers.append, fail, key="a"))
    way.add(Job(lambda _: 3, answers.append, fail, key="a"))
    gate.set()
    qtbot.waitUntil(lambda: not way.busy)
    assert answers == [3]


def test_progress_and_cancelling(qtbot, way: Way) -> None:
    started, moved, results = threading.Event(), [], []

    def work(watch: Stopwatch) -> str:
        watch.progress(1, 4)
        started.set()
        while not watch.cancelled():
            threading.Event().wait(0.005)
        return "stopped"

    job = Job(work, results.append, fail, title="Contando")
    job.watch.moved.connect(lambda done, total: moved.append((done, total)))
    way.add(job)
    assert way.long_work
    assert started.wait(5)
    job.watch.cancel()
    qtbot.waitUntil(lambda: not way.busy)
    assert (results, moved) == (["stopped"], [(1, 4)])
