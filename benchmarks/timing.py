"""Medians of several runs, and the table that they make."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """What took how long, in seconds, beside its floor, timed in the same run."""

    name: str
    ours: float
    floor: str
    floor_seconds: float

    @property
    def ratio(self) -> float:
        """How many times the floor."""
        return self.ours / self.floor_seconds


def median(
    run: Callable[[], object], *, times: int = 5, before: Callable[[], object] | None = None
) -> float:
    """Give the median seconds of several runs; `before` prepares each of them, untimed."""
    seconds = []
    for _ in range(times):
        if before is not None:
            before()
        gc.collect()
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def markdown(measured: Iterable[Measured]) -> Iterator[str]:
    """Give the table's lines."""
    yield "| what | s | floor | s | ratio |"
    yield "|---|---:|---|---:|---:|"
    for one in measured:
        yield (
            f"| {one.name} | {one.ours:.3f} | {one.floor} | {one.floor_seconds:.3f} "
            f"| {one.ratio:.2f} |"
        )
