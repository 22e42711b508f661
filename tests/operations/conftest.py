"""A centre with a small plan, its clock and its source of randomness, for tests of the verbs."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quipu.operations.house import House
from quipu.operations.workspaces import new_centre, open_house
from tests.operations.plans import NORTH, Computer, admit, load, ticking

START = datetime(2024, 8, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Callable[[], datetime]:
    ticks = itertools.count()
    return lambda: START + timedelta(minutes=next(ticks))


@pytest.fixture
def chance() -> Callable[[int], bytes]:
    return random.Random(7).randbytes


@pytest.fixture
def centre(
    tmp_path: Path,
    quipu_home: Path,
    clock: Callable[[], datetime],
    chance: Callable[[int], bytes],
) -> Iterator[House]:
    folder = tmp_path / "centre"
    new_centre(
        folder=folder,
        institution="Instituto de Caminos",
        author="Ana",
        clock=clock,
        randomness=chance,
    )
    with open_house(folder=folder, write=True, clock=clock, randomness=chance) as house:
        yield house


@pytest.fixture
def office(centre: House) -> Iterator[House]:
    """The workspace of an office that reports the north."""
    load(centre)
    joined = admit(centre, centre.folder.parent, "Norte", NORTH)
    with open_house(folder=joined.folder, write=True, clock=ticking()) as house:
        yield house


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Computer:
    """Sit down at a computer, by its name; the first is `home`, any other has no key yet."""
    return lambda name: monkeypatch.setenv("QUIPU_HOME", str(tmp_path / name))
