"""A process killed at any moment: what it acknowledged is there, and all that is there is whole."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quipu.domain.value import value_text
from quipu.operations.backups import backups
from quipu.operations.entering import enter
from quipu.operations.exporting import Limits, export_bundle
from quipu.operations.merging import merge_bundles
from quipu.operations.relaying import carried, take
from quipu.operations.safekeeping import restore, verify
from quipu.operations.workspaces import new_centre, open_house
from quipu.store import dated, migrations, opening
from quipu.store.workspace import open_workspace
from tests.operations.dying import STEPS
from tests.operations.plans import INSTITUTION, NORTH, SOUTH, admit, load, row_of

SHARE = int(os.environ.get("QUIPU_STRESS_SHARE", "1"))
ROOT = Path(__file__).resolve().parents[2]
# After a step is mostly before the next: those moments run in `make stress`.
POINTS = [
    pytest.param(
        verb, step, when,
        id=f"{verb}:{step.rpartition(':')[2]}:{when}",
        marks=() if when == "before" or step == steps[-1] else pytest.mark.stress,
    )
    for verb, steps in STEPS.items()
    for step in steps
    for when in ("before", "after")
]  # fmt: skip

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot fork here")


class Killer:
    """The process whose children die."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.operations.dying"],
            cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def __call__(self, verb: str, folder: Path, **more: object) -> dict:
        order = {"verb": verb, "folder": str(folder), "home": str(self._home), **more}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        found: dict = json.loads(self._process.stdout.readline())
        return found

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@dataclass(frozen=True)
class World:
    """A centre, its office Norte, and a bundle of it, whole and in parts; tests take copies."""

    folder: Path
    home: Path
    kill: Killer
    whole: Path
    parts: tuple[Path, ...]
    sub: Path
    carrier: Path


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("kills")
    home = folder / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUIPU_HOME", str(home))
        new_centre(folder=folder / "centre", institution=INSTITUTION, author="Ana")
        with open_house(folder=folder / "centre", write=True) as centre:
            load(centre)
            shutil.rmtree(centre.folder / "backups")
            joined = admit(centre, folder, "Norte", NORTH)
            south = admit(centre, folder, "Sur", SOUTH)
        with open_house(folder=south.folder, write=True) as office:
            enter(office, unit=SOUTH, activity="2.1", period="2024-07", value="3", author="Rosa")
            inner = export_bundle(office, file=folder / "sur.quipu").files[0]
            sub = export_bundle(office, file=folder / "sur2.quipu").files[0]
        with open_house(folder=joined.folder, write=True) as office:
            note = folder / "nota.txt"
            note.write_bytes(random.Random(1).randbytes(9000))
            enter(
                office, unit=NORTH, activity="1.2", period="2024-07", value="7", evidence=note,
                author="Beto",
            )  # fmt: skip
            whole = export_bundle(office, file=folder / "whole.quipu").files[0]
            limits = Limits(part_size=5000)
            parts = export_bundle(office, file=folder / "p.quipu", limits=limits).files
            take(office, files=[inner])
            carrier = export_bundle(office, file=folder / "carrier.quipu").files[0]
        kill = Killer(home)
        yield World(folder, home, kill, whole, parts, sub, carrier)
        kill.close()


@pytest.fixture
def here(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copies of the workspaces, with the keys in a home of their own."""
    home = tmp_path / "home"
    shutil.copytree(world.home / "keys", home / "keys")
    monkeypatch.setenv("QUIPU_HOME", str(home))
    monkeypatch.setattr(world.kill, "_home", home)
    for name in ("centre", "Norte"):
        shutil.copytree(world.folder / name, tmp_path / name)
    return tmp_path


def executed(folder: Path, activity: str = "1.1") -> str:
    """What the north says it did, with the evidence in its place."""
    with open_house(folder=folder) as house:
        row = row_of(house, NORTH, activity)
        found = [
            value_text(value)
            for address, value in house.workspace.all_facts()
            if address.item == row and address.field == "executed"
        ]
    return found[0] or "" if found else ""


def sound(folder: Path) -> None:
    problems = verify(path=folder).problems
    assert problems == ()


def orders(verb: str, world: World, here: Path) -> tuple[Path, dict[str, object]]:
    """Give the workspace that a verb works in and what it is told."""
    if verb in ("merge", "parts"):
        files = [world.whole] if verb == "merge" else world.parts
        return here / "centre", {"files": [str(file) for file in files]}
    if verb == "carried":
        return here / "centre", {"files": [str(world.carrier)]}
    if verb == "carry":
        return here / "Norte", {"files": [str(world.sub)]}
    if verb == "export":
        return here / "Norte", {"file": str(here / "out.quipu")}
    if verb == "backup":
        return here / "Norte", {"file": str(here / "copia.zip")}
    if verb == "back":
        made = dated.copy_now(here / "Norte", datetime.now(UTC))
        assert made is not None
        return here / "Norte", {"name": made.name}
    return here / "Norte", {}


@pytest.mark.parametrize(("verb", "step", "when"), POINTS)
def test_killed_at_a_step(world: World, here: Path, verb: str, step: str, when: str) -> None:
    folder, more = orders(verb, world, here)
    done = world.kill(verb, folder, step=step, when=when, **more)
    assert done["killed"], done
    if verb == "migrate":
        following = max(migrations.STEPS) + 1
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(
                migrations.STEPS,  # type: ignore[arg-type]
                following,
                lambda run: run.exec_driver_sql("CREATE TABLE later (no INTEGER)"),
            )
            patch.setattr(opening, "SCHEMA", following)
            with open_workspace(folder, write=True) as workspace:
                assert workspace.verify() == ()
            assert opening.check_version(folder) == following
        return
    sound(folder)
    check_again(verb, world, here, folder, more)


def check_again(verb: str, world: World, here: Path, folder: Path, more: dict[str, object]) -> None:
    """The same once more, not killed: it goes well, and nothing was doubled or lost."""
    if verb in ("merge", "parts"):
        with open_house(folder=folder, write=True) as centre:
            files = [Path(str(file)) for file in more["files"]]  # type: ignore[attr-defined]
            states = [one.state for one in merge_bundles(centre, files=files).bundles]
            assert {"merged", "already"} & set(states)
        assert executed(folder, "1.2") == "7"
        leftovers = [p.name for p in (folder / "inbox").iterdir() if p.name.startswith("parts-")]
        assert leftovers == []
    elif verb == "carried":
        with open_house(folder=folder, write=True) as centre:
            [one] = merge_bundles(centre, files=[world.carrier]).bundles
            assert [inner.sender for inner in one.enclosed] == ["Sur"]
            row = row_of(centre, SOUTH, "2.1")
            facts = {(a.item, a.field): value for a, value in centre.workspace.all_facts()}
            assert value_text(facts[(row, "executed")]) == "3"
    elif verb == "carry":
        assert world.kill(verb, folder, **more)["told"][0][0] in ("kept", "already")
        with open_house(folder=folder) as office:
            [one] = [one for one in carried(office.workspace) if one.file == "sur2.quipu"]
        assert (folder / "outbox" / one.sha256).read_bytes() == world.sub.read_bytes()
    elif verb == "backup":
        file = here / "copia.zip"
        if file.exists():  # then it is whole
            sound(restore(file=file, folder=here / "again").folder)
    elif verb == "back":
        assert executed(folder, "1.2") == "7"
        assert backups(folder=folder)
    else:
        assert world.kill("save", folder, **{"from": 41})["told"] == [41]
        if verb == "save":
            assert executed(folder) == "41"
            return
        done = world.kill("export", folder, file=str(here / "again.quipu"))
        assert done["told"] == [0]
        with open_house(folder=here / "centre", write=True) as centre:
            [one] = merge_bundles(centre, files=[here / "again.quipu0"]).bundles
            assert one.state == "merged"
        assert executed(here / "centre") == "41"
        sound(here / "centre")


def killed_at_random(world: World, here: Path, rng: random.Random, times: int) -> None:
    last = 0
    centre, office = here / "centre", here / "Norte"
    for turn in range(times):
        verb = rng.choice(["save", "save", "export", "merge", "parts", "carry", "carried"])
        folder, more = orders(verb, world, here)
        if verb == "merge" and rng.random() < 0.5:
            out = here / "out.quipu0"
            more = {"files": [str(out)] if out.exists() else more["files"]}
        seconds = rng.uniform(0.005, 0.3)
        more |= {"times": 50, "from": last + 1}
        done = world.kill(verb, folder, seconds=seconds, **more)
        if verb == "save":
            with open_house(folder=office) as house:
                assert house.workspace.info.office
            now = int(executed(office) or 0)
            # All that was told is there; at most the one that was under way besides.
            told = done["told"][-1] if done["told"] else last
            assert told <= now <= told + 1, (turn, told, now)
            last = now
        if turn % 5 == 0:
            sound(folder)
    sound(centre)
    sound(office)


def test_killed_at_random_moments(world: World, here: Path) -> None:
    killed_at_random(world, here, random.Random(2024), 30)


@pytest.mark.stress
def test_killed_at_a_thousand_random_moments(world: World, here: Path) -> None:
    killed_at_random(world, here, random.Random(7), 1000 // SHARE)
