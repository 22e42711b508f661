"""Keeping a workspace safe: back it up, bring it back, verify it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from quipu.domain.problem import Problem
from quipu.operations.house import House


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup file and its size."""

    file: Path
    bytes: int


@dataclass(frozen=True, slots=True)
class Restored:
    """A workspace that came back from a backup."""

    folder: Path
    dataset: str


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether a bundle or a workspace is whole, and what is wrong with it."""

    ok: bool
    problems: tuple[Problem, ...] = ()


def backup(house: House, *, file: Path) -> BackupMade:
    """Write the whole workspace, without any key, to one file."""
    raise NotImplementedError


def restore(*, file: Path, folder: Path) -> Restored:
    """Make a workspace of a backup, in a folder that is new or empty."""
    raise NotImplementedError


def verify(*, path: Path) -> Verification:
    """Check a bundle file, or a workspace's folder with all that it archived."""
    raise NotImplementedError
