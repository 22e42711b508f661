"""Bundles, parts, enrolment files and workspaces with changed bytes: a sentence, never a crash.

Of files that travel no changed byte changes a fact. A workspace's database has no signature: there
the promise is that only our own errors come out, and that what was told apart is told by `verify`.
"""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from quipu.domain.errors import BundleError, QuipuError
from quipu.operations.delivery import Deliveries
from quipu.operations.dumping import dump
from quipu.operations.enrolment import enrol
from quipu.operations.entering import enter
from quipu.operations.exporting import Limits, export_bundle
from quipu.operations.house import House
from quipu.operations.merging import merge_bundles
from quipu.operations.repairing import repair
from quipu.operations.safekeeping import verify
from quipu.operations.sealing import opening_keys, turn_sealing
from quipu.operations.workspaces import ROOT, new_centre, open_house
from quipu.sync import closed as closing
from quipu.sync.bundle import BundleRead, read_bundle
from quipu.sync.enrolment import read_enrolment
from quipu.sync.receiving import ReceivingKey
from quipu.sync.sealing import route_of, seal, unseal
from quipu.sync.trust import Trust
from tests.operations.plans import INSTITUTION, NORTH, admit, load
from tests.sync.test_damage import mutated

SHARE = int(os.environ.get("QUIPU_STRESS_SHARE", "1"))
"""Which share of the long form runs: the whole, or a tenth with 10."""


@dataclass(frozen=True)
class Ground:
    """Files to be changed, and what they say as they are."""

    folder: Path
    bundle: bytes
    sealed: bytes
    box: ReceivingKey
    enrolment: bytes
    closed: bytes
    code: str
    parts: tuple[bytes, ...]
    trust: Trust
    read: BundleRead
    database: bytes


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    folder = tmp_path_factory.mktemp("ground")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUIPU_HOME", str(folder / "home"))
        new_centre(folder=folder / "centre", institution=INSTITUTION, author="Ana")
        with open_house(folder=folder / "centre", write=True) as centre:
            load(centre)
            turn_sealing(centre, on=False, author="Ana")
            joined = admit(centre, folder, "Norte", NORTH)
            root = centre.workspace.meta(ROOT) or ""
            trust = Trust(centre.dataset, frozenset({"centre"}), root)
            box = opening_keys(centre.workspace)[0]
            # Opening costs next to nothing: what is changed is the file, not the code's strength.
            patch.setattr(closing, "CODE_COST", 2)
            told = {"office": "Norte", "units": [NORTH], "file": folder / "cerrada.quipu"}
            code = enrol(centre, author="Ana", **told).code  # type: ignore[arg-type]
        note = folder / "nota.txt"
        note.write_bytes(random.Random(2).randbytes(3000))
        with open_house(folder=joined.folder, write=True) as office:
            enter(
                office, unit=NORTH, activity="1.1", period="2024-07", value="7", evidence=note,
                author="Beto",
            )  # fmt: skip
            file = export_bundle(office, file=folder / "n.quipu").files[0]
            limits = Limits(part_size=4100)
            parts = export_bundle(office, file=folder / "p.quipu", limits=limits).files
        to = {"dataset": trust.dataset, "audience": "centre", "keys": [box.public]}
        seal(file, folder / "sealed.quipu", **to)  # type: ignore[arg-type]
        yield Ground(
            folder=folder,
            bundle=file.read_bytes(),
            sealed=(folder / "sealed.quipu").read_bytes(),
            box=box,
            enrolment=(folder / "Norte-alta.quipu").read_bytes(),
            closed=(folder / "cerrada.quipu").read_bytes(),
            code=code or "",
            parts=tuple(path.read_bytes() for path in parts),
            trust=trust,
            read=read_bundle(file, trust=trust),
            database=(folder / "Norte" / "quipu.db").read_bytes(),
        )


def change_bundle(ground: Ground, rng: random.Random, scratch: Path) -> str:
    data = mutated(rng, ground.bundle)
    try:
        found = read_bundle(Path("n.quipu"), trust=ground.trust, content=data)
    except BundleError as refusal:
        return refusal.code
    assert (found.parcel, found.blobs) == (ground.read.parcel, ground.read.blobs)
    return "same"


def change_sealed(ground: Ground, rng: random.Random, scratch: Path) -> str:
    file, inner = scratch / "n.quipu", scratch / "opened"
    file.write_bytes(mutated(rng, ground.sealed))
    inner.unlink(missing_ok=True)
    try:
        if route_of(file) is None:
            return "open"
        unseal(file, inner, keys=[ground.box])
    except BundleError as refusal:
        return refusal.code
    assert inner.read_bytes() == ground.bundle
    return "same"


def change_enrolment(ground: Ground, rng: random.Random, scratch: Path) -> str:
    return _enrolment(ground.enrolment, None, rng, scratch)


def change_closed(ground: Ground, rng: random.Random, scratch: Path) -> str:
    return _enrolment(ground.closed, ground.code, rng, scratch)


def _enrolment(content: bytes, code: str | None, rng: random.Random, scratch: Path) -> str:
    file = scratch / "alta.quipu"
    file.write_bytes(mutated(rng, content))
    try:
        found = read_enrolment(file, code)
    except BundleError as refusal:
        return refusal.code
    file.write_bytes(content)
    wanted = read_enrolment(file, code)
    assert (found.first.parcel, found.units, found.root) == (
        wanted.first.parcel,
        wanted.units,
        wanted.root,
    )
    return "same"


def change_parts(ground: Ground, rng: random.Random, scratch: Path) -> str:
    """One part of all is changed: what is put together is the bundle, or nothing is."""
    folder = scratch / "w"
    (folder / "inbox").mkdir(parents=True, exist_ok=True)
    chosen = rng.randrange(len(ground.parts))
    deliveries = Deliveries(folder)
    code = "waiting"
    for number, part in enumerate(ground.parts):
        file = scratch / "part"
        file.write_bytes(mutated(rng, part) if number == chosen else part)
        try:
            arrival = deliveries.arrive(file, number)
        except QuipuError as refusal:
            code = refusal.code
            continue
        if arrival.path is not None and arrival.gathered:
            whole = read_bundle(arrival.path, trust=ground.trust)
            assert whole.parcel.revisions == ground.read.parcel.revisions
            code = "same"
    shutil.rmtree(folder)
    return code


def change_workspace(ground: Ground, rng: random.Random, scratch: Path) -> str:
    folder = scratch / "w"
    folder.mkdir(exist_ok=True)
    data = bytearray(ground.database)
    for _ in range(rng.randint(1, 20)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    if rng.random() < 0.2:
        del data[rng.randrange(len(data)) :]
    (folder / "quipu.db").write_bytes(data)
    try:
        found = verify(path=folder)
        with open_house(folder=folder) as house:
            lines = sum(1 for _ in dump(house))
        if rng.random() < 0.2:
            repair(folder=folder)
    except QuipuError as refusal:
        return refusal.code
    finally:
        shutil.rmtree(folder)
    assert lines >= 0
    return "same" if found.ok else "told"


KINDS = {
    "bundle": (change_bundle, 150, 85_000),
    "sealed": (change_sealed, 80, 30_000),
    "enrolment": (change_enrolment, 100, 45_000),
    "closed": (change_closed, 60, 20_000),
    "parts": (change_parts, 40, 15_000),
    "workspace": (change_workspace, 30, 5_000),
}
"""How each kind of file is changed; how often in the suite, and under `stress`: 200,000 in all."""


def attacked(ground: Ground, kind: str, scratch: Path, times: int, seed: int) -> Counter[str]:
    change = KINDS[kind][0]
    rng = random.Random(seed)
    return Counter(change(ground, rng, scratch) for _ in range(times))


@pytest.mark.parametrize("kind", KINDS)
def test_changed_bytes_end_in_a_sentence(ground: Ground, tmp_path: Path, kind: str) -> None:
    times = KINDS[kind][1]
    codes = attacked(ground, kind, tmp_path, times, 11)
    assert sum(codes.values()) == times
    assert len(codes) > 1


@pytest.mark.stress
@pytest.mark.parametrize("kind", KINDS)
def test_many_changed_bytes_end_in_a_sentence(ground: Ground, tmp_path: Path, kind: str) -> None:
    attacked(ground, kind, tmp_path, KINDS[kind][2] // SHARE, 12)


def test_changed_bundles_leave_a_workspace_as_it_was(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ground.folder / "home" / "keys", tmp_path / "home" / "keys")
    shutil.copytree(ground.folder / "centre", tmp_path / "centre")
    monkeypatch.setenv("QUIPU_HOME", str(tmp_path / "home"))
    rng = random.Random(13)
    file = tmp_path / "n.quipu"
    with open_house(folder=tmp_path / "centre", write=True) as centre:
        before = list(dump(centre))
        for _ in range(25):
            data = bytearray(ground.bundle)
            data[rng.randrange(200, len(data) - 200)] ^= 0xFF
            file.write_bytes(data)
            [one] = merge_bundles(centre, files=[file]).bundles
            if one.state == "refused":
                assert list(dump(centre)) == before
            before = list(dump(centre))  # a byte that means nothing lets the bundle in
        assert inbox(centre) == []
        file.write_bytes(ground.bundle)
        assert merge_bundles(centre, files=[file]).bundles[0].state in ("merged", "already")
    assert verify(path=tmp_path / "centre").problems == ()


def inbox(house: House) -> list[Path]:
    return list((house.folder / "inbox").iterdir())
