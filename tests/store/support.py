"""Workspaces for tests: a clock that ticks, a randomness that repeats, and short ways to write."""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from quipu.domain.parcel import DeviceInfo
from quipu.store.transaction import Transaction
from quipu.store.workspace import Workspace, WorkspaceInfo, create, open_workspace

DATASET = "00000000-0000-4000-8000-00000000da7a"
_START = datetime(2024, 7, 1, 8, 0, tzinfo=UTC)


class Clock:
    """A clock that goes on by a minute whenever it is asked."""

    def __init__(self, start: datetime = _START) -> None:
        self._ticks = count()
        self._start = start

    def __call__(self) -> datetime:
        return self._start + timedelta(minutes=next(self._ticks))


class Randomness:
    """Bytes that look random, differ each time, and are the same in every run."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._turn = count()

    def __call__(self, size: int) -> bytes:
        return hashlib.shake_128(f"{self._seed}:{next(self._turn)}".encode()).digest(size)


def device(name: str, office: str = "") -> DeviceInfo:
    return DeviceInfo(name, office, hashlib.sha256(name.encode()).hexdigest())


def info(name: str = "centre-pc", office: str = "") -> WorkspaceInfo:
    role = "office" if office else "centre"
    return WorkspaceInfo(DATASET, role, office, device(name, office), "2024-07-01T08:00:00Z")


class Desk:
    """A workspace that is open for writing, with its clock and randomness."""

    def __init__(self, folder: Path, name: str = "centre-pc", office: str = "") -> None:
        self.folder = folder
        self.name = name
        self.clock = Clock()
        self.randomness = Randomness(name)
        create(folder, info(name, office))
        self.ws: Workspace = open_workspace(folder, write=True)

    def writing(self, author: str = "Ana") -> AbstractContextManager[Transaction]:
        return self.ws.transaction(author, clock=self.clock, randomness=self.randomness)

    def reopen(self) -> None:
        self.ws.close()
        self.ws = open_workspace(self.folder, write=True)

    def close(self) -> None:
        self.ws.close()
