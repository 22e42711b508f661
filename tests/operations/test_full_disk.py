"""A disk that fills up: one sentence, nothing half written, and everything as it was."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quipu.domain.errors import QuipuError
from quipu.operations.backups import backups
from quipu.operations.dumping import dump
from quipu.operations.entering import enter
from quipu.operations.exporting import Limits, export_bundle
from quipu.operations.house import House
from quipu.operations.merging import merge_bundles
from quipu.operations.safekeeping import backup, verify
from quipu.operations.workspaces import new_centre, open_house
from quipu.store import place
from tests.operations.plans import INSTITUTION, NORTH, admit, load

MIB = 1024 * 1024


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MiB."""
    folder = tmp_path / "small"
    folder.mkdir()
    try:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)],
            check=True, capture_output=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        reason = "no small disk can be mounted here"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def office(small: Path, tmp_path: Path, quipu_home: Path) -> Iterator[House]:
    """An office whose workspace lies on the small disk; its centre does not."""
    new_centre(folder=tmp_path / "centre", institution=INSTITUTION, author="Ana")
    with open_house(folder=tmp_path / "centre", write=True) as centre:
        load(centre)
        joined = admit(centre, tmp_path, "Norte", NORTH)
    shutil.copytree(joined.folder, small / "Norte")
    with open_house(folder=small / "Norte", write=True) as house:
        yield house


def fill(folder: Path, *, leave: int) -> Path:
    """Fill the disk but for so many bytes."""
    ballast = folder.parent / "ballast"
    size = max(shutil.disk_usage(folder).free - leave, 0)
    ballast.write_bytes(bytes(size))
    return ballast


def say(house: House, size: int, folder: Path) -> None:
    note = folder / "nota.bin"
    note.write_bytes(random.Random(size).randbytes(size))
    enter(
        house, unit=NORTH, activity="1.1", period="2024-07", value=str(size), evidence=note,
        note="x" * 8000, author="Beto",
    )  # fmt: skip


def often(*values: int) -> list[object]:
    """The first and the last of some sizes; those between run in `make stress`."""
    ends = (values[0], values[-1])
    return [pytest.param(one, marks=() if one in ends else pytest.mark.stress) for one in values]


@pytest.mark.parametrize("leave", often(0, 4096, 20_000, 120_000, 60_000))
def test_saving_on_a_full_disk(office: House, tmp_path: Path, leave: int) -> None:
    say(office, 10, tmp_path)
    before = list(dump(office))
    ballast = fill(office.folder, leave=leave)
    refused = 0
    for size in (50_000, 60_000, 70_000):
        try:
            say(office, size, tmp_path)
        except QuipuError as error:
            refused += 1
            assert error.code in ("workspace-full", "workspace-disk"), error
            assert list(dump(office)) == before
        else:
            before = list(dump(office))
    assert refused
    ballast.unlink()
    say(office, 11, tmp_path)
    office.close()
    assert verify(path=office.folder).problems == ()


ACTS: dict[str, Callable[[House, Path, Path], object]] = {
    "export": lambda house, small, other: export_bundle(house, file=small / "n.quipu"),
    "export elsewhere": lambda house, small, other: export_bundle(house, file=other / "n.quipu"),
    "parts": lambda house, small, other: export_bundle(
        house, file=small / "n.quipu", limits=Limits(part_size=9000)
    ),
    "backup": lambda house, small, other: backup(house, file=small / "copia.zip"),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("leave", [pytest.param(0, marks=pytest.mark.stress), 8192])
def test_writing_files_on_a_full_disk(
    office: House, small: Path, tmp_path: Path, act: str, leave: int
) -> None:
    say(office, 60_000, tmp_path)
    before = list(dump(office)), len(office.workspace.sent())
    there = {path for path in small.rglob("*") if path.suffix in (".quipu", ".part", ".zip")}
    ballast = fill(office.folder, leave=leave)
    with pytest.raises(QuipuError) as refused:
        ACTS[act](office, small, tmp_path)
    assert refused.value.code in (
        "file-not-written", "workspace-full", "workspace-disk", "archive-not-written",
    )  # fmt: skip
    ballast.unlink()
    assert (list(dump(office)), len(office.workspace.sent())) == before
    left = {path for path in small.rglob("*") if path.suffix in (".quipu", ".part", ".zip")}
    assert {path for path in left - there if path.parent != small} == set()
    ACTS[act](office, small, tmp_path)
    office.close()
    assert verify(path=office.folder).problems == ()


@pytest.mark.parametrize("reserve", [place.RESERVE, 0])
@pytest.mark.parametrize("leave", often(0, 30_000, 200_000, 90_000))
def test_merging_on_a_full_disk(
    office: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reserve: int, leave: int
) -> None:
    monkeypatch.setattr(place, "RESERVE", reserve)
    file = tmp_path / "down.quipu"
    with open_house(folder=tmp_path / "centre", write=True) as centre:
        for period in ("2024-07", "2024-08"):
            note = tmp_path / f"{period}.bin"
            note.write_bytes(random.Random(period).randbytes(40_000))
            enter(
                centre, unit=NORTH, activity="1.2", period=period, value="5", evidence=note,
                author="Ana",
            )  # fmt: skip
        export_bundle(centre, to="Norte", file=file, full=True)
    before = list(dump(office))
    ballast = fill(office.folder, leave=leave)
    with pytest.raises(QuipuError) as refused:
        merge_bundles(office, files=[file])
    assert refused.value.code in ("workspace-full", "workspace-disk", "archive-not-written")
    ballast.unlink()
    if refused.value.code != "archive-not-written":
        assert list(dump(office)) == before
    [one] = merge_bundles(office, files=[file]).bundles
    assert one.state in ("merged", "already")
    office.close()
    assert verify(path=office.folder).problems == ()
    assert len(backups(folder=office.folder)) <= 1
