"""Admitting an office and its first computer, without a network."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from quipu.operations.house import House
from quipu.operations.outcome import Outcome
from quipu.operations.running import Clock, Randomness, now, randomness


@dataclass(frozen=True, slots=True)
class Enrolled:
    """An office that may join with `file`; its person is told `code` by another way, if any."""

    office: str
    name: str
    units: tuple[str, ...]
    device: str
    file: Path
    code: str | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Joined:
    """An office's new workspace, with the names of its units."""

    folder: Path
    office: str
    name: str
    units: tuple[str, ...]
    device: str


def enrol(
    house: House, *, office: str, units: Collection[str], file: Path, author: str
) -> Enrolled:
    """Make an office, give it its units, and write the file that its computer joins with.

    Raises `InputError` `unit-unknown` (unit, near) or `unit-taken` (unit, office).
    """
    raise NotImplementedError


def join(
    *,
    folder: Path,
    file: Path,
    code: str | None = None,
    author: str,
    clock: Clock = now,
    randomness: Randomness = randomness,
) -> Joined:
    """Make an office's workspace of an enrolment file, with the plan of its units in it."""
    raise NotImplementedError
