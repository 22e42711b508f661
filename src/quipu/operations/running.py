"""What verbs run with: the clock, the source of randomness, and ways to watch and stop them."""

import os
from collections.abc import Callable
from datetime import UTC, datetime

from quipu.domain.errors import QuipuError

Clock = Callable[[], datetime]
"""Gives the time with its zone; information for people, never an argument."""

Randomness = Callable[[int], bytes]
"""Gives so many random bytes."""

Progress = Callable[[int, int], None]
"""Is told how much of a long verb is done, and of how much."""

CancelCheck = Callable[[], bool]
"""Tells whether the person no longer wants the verb to go on."""


class Cancelled(QuipuError):
    """The person stopped a long verb; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("cancelled")


def now() -> datetime:
    """Give the time of this machine, in UTC."""
    return datetime.now(UTC)


randomness: Randomness = os.urandom
"""The machine's own source of randomness."""


def step(progress: Progress | None, cancelled: CancelCheck | None, done: int, total: int) -> None:
    """Report a step of a long verb; raises `Cancelled` when the person asked to stop."""
    if cancelled is not None and cancelled():
        raise Cancelled
    if progress is not None:
        progress(done, total)
