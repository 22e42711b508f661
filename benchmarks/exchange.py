"""Merging the bundles of all offices, beside the least that the same rows cost.

`python -m benchmarks.exchange FOLDER BUNDLES` merges in a process of its own, whose memory is told.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import floors
from benchmarks.offices import (
    MONTHS,
    Centre,
    Office,
    Scale,
    bundle,
    centre_of,
    corrected,
    facts,
    make_centre,
)
from benchmarks.timing import Measured
from quipu.operations.merging import merge_bundles
from quipu.operations.workspaces import open_house

UPSERT = "bare sqlite3 upsert"
_AREA = 100
"""Activities of an office where only the number of offices matters."""


@dataclass(frozen=True)
class Merging:
    """What a process that merged says: seconds, MB at most, how many were new and disputed.

    `processor` are the seconds that it computed; the rest it waited, for the disk or for others.
    """

    seconds: float
    processor: float
    peak: float
    new: int
    disputes: int
    states: tuple[str, ...]


def merging(centre: Path, bundles: Path) -> Merging:
    """Merge a folder's bundles in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.exchange", str(centre), str(bundles)]
    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return Merging(**{**said, "states": tuple(said["states"])})


def main(centre: Path, bundles: Path) -> None:
    """Merge, from opening the workspace until it is closed, and say what came of it."""
    files = sorted(bundles.glob("*.quipu"))
    start, busy = time.perf_counter(), time.process_time()
    with open_house(folder=centre, write=True) as house:
        merged = merge_bundles(house, files=files)
    said = {
        "seconds": time.perf_counter() - start,
        "processor": time.process_time() - busy,
        "peak": _most_memory(),
        "new": sum(one.new for one in merged.bundles),
        "disputes": merged.disputes_open,
        "states": sorted({one.state for one in merged.bundles}),
    }
    print(json.dumps(said))


def _most_memory() -> float:
    """Give the most MB that this process held."""
    status = Path("/proc/self/status")
    if status.is_file():  # of this program alone; `getrusage` begins with what the parent held
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def exchange(folder: Path, scale: Scale) -> tuple[list[Measured], list[str]]:
    """Merge a year, again, its changes, and its disputes; gives times and what else was seen."""
    centre = folder / "centre"
    offices = make_centre(centre, scale)
    first, second = folder / "first", folder / "second"
    sizes = _write(centre_of(centre), offices, first, 1)
    _write(centre_of(centre), offices, second, 2)
    rows = list(facts(scale))
    floor, least = min(floors.upsert(folder, rows) for _ in range(3))
    once = merging(centre, first)
    known = merging(centre, first)
    disputed = folder / "disputed"
    shutil.copytree(centre, disputed)
    changed = merging(centre, second)
    _correct(disputed, offices)
    contested = merging(disputed, second)
    _sound(scale, once, known, changed, contested)
    name = f"merge {scale.offices} offices, {scale.values:,} values"
    measured = [
        Measured(name, once.seconds, UPSERT, floor),
        Measured("merge them again (nothing new)", known.seconds, UPSERT, floor),
        Measured("merge a second year over the first", changed.seconds, UPSERT, floor),
        Measured("the same, every 20th disputed", contested.seconds, UPSERT, floor),
        Measured("ATTACH, INSERT … SELECT", floors.attach(folder, rows), UPSERT, floor),
        Measured("msgspec from zstd, decoded", floors.decode(rows), UPSERT, floor),
        Measured("openpyxl, workbooks read", floors.workbooks(folder, rows), UPSERT, floor),
    ]
    peak = max(one.peak for one in (once, known, changed, contested))
    return measured, [
        f"computing alone, beside the upsert's {least:.2f} s: first {once.processor / least:.2f}, "
        f"again {known.processor / least:.2f}, second {changed.processor / least:.2f}, "
        f"disputed {contested.processor / least:.2f}",
        f"one office's whole year: {max(sizes):,} bytes at most",
        f"memory while merging: {peak:.0f} MB at most",
    ]


def flatness(folder: Path, counts: Sequence[int], activities: int = _AREA) -> list[str]:
    """Merge ever more offices; gives the milliseconds for one of them."""
    said = []
    for count in counts:
        place = folder / f"of-{count}"
        place.mkdir()
        offices = make_centre(place / "centre", Scale(count, activities))
        _write(centre_of(place / "centre"), offices, place / "first", 1)
        merged = merging(place / "centre", place / "first")
        each, busy = merged.seconds / count * 1000, merged.processor / count * 1000
        said.append(f"{count} offices: {each:.1f} ms each, {busy:.1f} of them computing")
        shutil.rmtree(place)
    return said


def _write(centre: Centre, offices: Sequence[Office], folder: Path, turn: int) -> list[int]:
    folder.mkdir()
    write = partial(_write_one, centre, offices, folder, turn)
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(2, mp_context=fork, initializer=_share, initargs=(write,)) as pool:
        return list(pool.map(_shared, range(len(offices)), chunksize=4))


_SHARED: list[partial[int]] = []


def _share(write: partial[int]) -> None:
    _SHARED.append(write)


def _shared(place: int) -> int:
    return _SHARED[-1](place)


def _write_one(
    centre: Centre, offices: Sequence[Office], folder: Path, turn: int, place: int
) -> int:
    one = offices[place]
    return bundle(centre, one, folder / f"{one.number:04}.quipu", turn=turn)


def _correct(centre: Path, offices: Sequence[Office]) -> None:
    with open_house(folder=centre, write=True) as house:
        for one in offices:
            with house.workspace.transaction(
                "bench", clock=house.clock, randomness=house.randomness
            ) as transaction:
                transaction.put_many(corrected(one))


def _sound(
    scale: Scale, once: Merging, known: Merging, changed: Merging, contested: Merging
) -> None:
    """Make sure that everything went in before any time is believed."""
    each = scale.activities * MONTHS
    revisions = scale.offices * (each + each // 4)
    told = [(one.states, one.new, one.disputes) for one in (once, known, changed, contested)]
    disputes = scale.offices * (each // 20)
    expected = [
        (("merged",), revisions, 0),
        (("already",), 0, 0),
        (("merged",), revisions, 0),
        (("merged",), revisions, disputes),
    ]
    if told != expected:
        raise RuntimeError(f"merged otherwise than expected: {told}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
