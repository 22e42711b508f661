"""Beginning and opening a workspace, and knowing one that was moved or copied."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from quipu.operations.house import House
from quipu.operations.running import Clock, Randomness, now, randomness


@dataclass(frozen=True, slots=True)
class Created:
    """A workspace that was made: its folder, the id of its data, and this machine's device."""

    folder: Path
    dataset: str
    device: str


@dataclass(frozen=True, slots=True)
class KnownWorkspace:
    """A workspace that was made or opened on this machine and is still where it was."""

    folder: Path
    name: str
    role: Literal["centre", "office"]
    dataset: str


def new_centre(
    *,
    folder: Path,
    institution: str,
    author: str,
    clock: Clock = now,
    randomness: Randomness = randomness,
) -> Created:
    """Make a centre's workspace in a folder that is new or empty.

    The keys (the institution's root and this device's own, certified by it) are kept outside the
    workspace. Raises `WorkspaceError("workspace-exists")`.
    """
    raise NotImplementedError


def open_house(
    *,
    folder: Path,
    write: bool = False,
    clock: Clock = now,
    randomness: Randomness = randomness,
) -> House:
    """Open a workspace, to read or to write.

    A copy of a workspace whose original is still there goes on under a device key of its own,
    certified by the original's, and says so in a notice. Without a key reading works; writing
    raises `WorkspaceError("key-missing")`.
    """
    raise NotImplementedError


def known_workspaces() -> list[KnownWorkspace]:
    """Give the workspaces that this machine's keys belong to and that can still be found."""
    raise NotImplementedError
