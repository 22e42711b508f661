"""What earlier versions left behind is read; what newer ones say is kept and sent on."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from quipu import settings
from quipu.domain.errors import WorkspaceError
from quipu.domain.value import Unread
from quipu.operations import identities
from quipu.operations.disputes import disputes
from quipu.operations.dumping import dump
from quipu.operations.enrolment import join
from quipu.operations.entering import enter
from quipu.operations.exporting import export_bundle
from quipu.operations.house import House
from quipu.operations.merging import merge_bundles
from quipu.operations.newer import keep_newer, kept_newer
from quipu.operations.safekeeping import restore, verify
from quipu.operations.sealing import turn_sealing
from quipu.operations.workspaces import open_house
from quipu.sync.bundle import read_bundle
from tests.operations.plans import NORTH, admit, load, ticking
from tests.sync.forge import Json, lines, members, plain_ops, resigned, with_ops, zipped

RELEASED = Path(__file__).parents[1] / "golden" / "released"
VERSIONS = sorted(path.name for path in RELEASED.iterdir() if path.name[0].isdigit())


@pytest.fixture(params=VERSIONS)
def left(request: pytest.FixtureRequest, tmp_path: Path, quipu_home: Path) -> Path:
    """The files of a version; its workspaces and keys lie in `tmp_path` as they lay then."""
    files: Path = RELEASED / request.param
    for name, folder in (
        ("centro", tmp_path / "centro"),
        ("norte", tmp_path / "norte"),
        ("keys", settings.keys_dir()),
    ):
        with zipfile.ZipFile(files / f"{name}.zip") as archive:
            archive.extractall(folder)
    return files


def dumped(house: House) -> str:
    return "".join("\t".join(map(str, line)) + "\n" for line in dump(house))


def test_a_released_version_is_there() -> None:
    assert "0.1.0" in VERSIONS


def test_its_workspaces_say_the_same(left: Path, tmp_path: Path) -> None:
    for name in ("centro", "norte"):
        assert verify(path=tmp_path / name).problems == ()
        with open_house(folder=tmp_path / name, write=True) as house:
            assert dumped(house) == (left / f"{name}.txt").read_text(encoding="utf-8")
        assert verify(path=tmp_path / name).problems == ()


def test_its_files_are_whole(left: Path, tmp_path: Path) -> None:
    for file in left.glob("*.quipu"):
        assert verify(path=file).ok, file
    restored = restore(file=left / "copia.zip", folder=tmp_path / "otra")
    with open_house(folder=restored.folder) as house:
        assert dumped(house) == (left / "centro.txt").read_text(encoding="utf-8")
    joined = join(folder=tmp_path / "sur", file=left / "sur-alta.quipu", author="Caro")
    assert joined.name == "Sur"


def test_its_bundles_are_merged(left: Path, tmp_path: Path) -> None:
    parts = sorted(left.glob("norte-3.*.quipu"), reverse=True)
    with (
        open_house(folder=tmp_path / "centro", write=True) as centre,
        open_house(folder=tmp_path / "norte", write=True) as north,
    ):
        up = merge_bundles(centre, files=[*parts, left / "norte-2.quipu"])
        assert [one.state for one in up.bundles] == ["kept", "kept", "merged", "merged"]
        down = merge_bundles(north, files=[left / "centro-2.quipu"])
        assert [one.state for one in down.bundles] == ["merged"]
        assert len(disputes(centre)) == len(disputes(north)) == 1
        enter(
            north, unit=NORTH, activity="1.4", period="2024-07", value="1", author="Beto"
        )  # fmt: skip
        export_bundle(north, file=tmp_path / "4.quipu")
        assert merge_bundles(centre, files=[tmp_path / "4.quipu"]).bundles[0].state == "merged"
        assert list(dump(north, unit=NORTH)) == list(dump(centre, unit=NORTH))
    assert verify(path=tmp_path / "centro").problems == ()


@pytest.fixture
def office(centre: House) -> Iterator[House]:
    load(centre)
    turn_sealing(centre, on=False, author="Ana")
    joined = admit(centre, centre.folder.parent, "Norte", NORTH)
    with open_house(folder=joined.folder, write=True, clock=ticking()) as house:
        yield house


LATER = ["tabla", {"filas": [[1, "ñ"], [2, None]], "ancho": 1.5}]


def newer(office: House, folder: Path) -> Path:
    """A bundle of an office whose program is newer: a field, a kind of value, words of its own."""
    for activity in ("1.1", "1.2"):
        enter(
            office, unit=NORTH, activity=activity, period="2024-07", value="5", author="Beto"
        )  # fmt: skip
    file = folder / "later.quipu"
    export_bundle(office, file=file)
    key = identities.signing_key(office.workspace.info)
    head, block = plain_ops(file)
    words = head["words"]
    assert isinstance(words, dict)
    words["fields"] = ["weather" if one == "executed" else one for one in words["fields"]]
    head["later"] = {"a": 1}
    block["value"][-1] = LATER  # type: ignore[index]
    block["hint"] = "later"
    file.write_bytes(with_ops(file, key, lines([head, block])))

    def change(manifest: Json) -> None:
        manifest |= {"weather_station": {"id": 7}, "wanted": ["x", 5]}
        for part in manifest["parts"]:  # type: ignore[attr-defined]
            part["colour"] = "blue"

    file.write_bytes(resigned(file, key, change))
    return file


def test_what_a_newer_version_says_is_kept_and_sent_on(
    office: House, centre: House, tmp_path: Path
) -> None:
    file = newer(office, tmp_path)
    office.close()
    [one] = merge_bundles(centre, files=[file]).bundles
    assert (one.state, one.refused) == ("merged", 0)
    values = {
        address: value
        for address, value in centre.workspace.all_facts()
        if address.field == "weather"
    }
    assert len(values) == 2
    kept = [value for value in values.values() if isinstance(value, Unread)]
    assert [json.loads(value.raw) for value in kept] == [LATER]
    assert verify(path=centre.folder).ok
    # The file itself is archived with every word of its manifest.
    assert one.new > 0
    archived = centre.folder / "archive" / centre.workspace.bundles()[-1].manifest
    assert archived.read_bytes() == file.read_bytes()
    # Another copy of the office, which lost it all, is told again, as it was said.
    made = export_bundle(centre, to="Norte", file=tmp_path / "down.quipu", full=True)
    from quipu.operations.verifying import archive_trust

    sent = read_bundle(tmp_path / "down.quipu", trust=archive_trust(centre.workspace)).parcel
    assert made.revisions == len(sent.revisions)
    forwarded = {
        revision.address: revision.value
        for revision in sent.revisions
        if revision.address.field == "weather"
    }
    assert forwarded == values
    again = join(folder=tmp_path / "again", file=tmp_path / "Norte-alta.quipu", author="Beto")
    with open_house(folder=again.folder, write=True) as second:
        [one] = merge_bundles(second, files=[tmp_path / "down.quipu"]).bundles
        assert one.state == "merged"
        assert {a: v for a, v in second.workspace.all_facts() if a in values} == values


def test_what_must_be_understood_is_refused(
    office: House, centre: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = newer(office, tmp_path)
    key = identities.signing_key(office.workspace.info)

    def change(manifest: Json) -> None:
        manifest["min_reader"] = 99

    file.write_bytes(resigned(file, key, change))
    before = list(dump(centre))
    for _ in range(2):
        [one] = merge_bundles(centre, files=[file]).bundles
        assert (one.state, one.reason) == ("refused", "bundle-too-new")
    assert centre.workspace.bundles() == []
    assert list(dump(centre)) == before
    # It is kept, and named; once the program was updated it goes in by itself.
    assert [one.name for one in kept_newer(centre.folder)] == ["later.quipu"]
    monkeypatch.setattr("quipu.sync.manifest.READER", 99)
    [one] = merge_bundles(centre, files=[]).bundles
    assert (one.file.name, one.state) == ("later.quipu", "merged")
    assert kept_newer(centre.folder) == []


def test_only_this_institution_s_newer_bundles_are_kept(
    office: House, centre: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = newer(office, tmp_path)
    found = members(file)
    route = json.loads(found["route.json"])
    for told in (route | {"format": 2, "dataset": "x"}, {"format": 2}):
        file.write_bytes(zipped(found | {"route.json": json.dumps(told).encode()}))
        [one] = merge_bundles(centre, files=[file]).bundles
        assert one.reason == "bundle-too-new"
        assert kept_newer(centre.folder) == []
    file.write_bytes(b"no bundle at all")
    assert not keep_newer(centre, file, "x")
    monkeypatch.setattr("quipu.operations.newer.MOST", 1)
    for n in (2, 3):
        told = route | {"format": n}
        file.write_bytes(zipped(found | {"route.json": json.dumps(told).encode()}))
        merge_bundles(centre, files=[file])
    [kept] = kept_newer(centre.folder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("quipu.operations.newer.replacing", full)
        with pytest.raises(WorkspaceError, match="workspace-full"):
            keep_newer(centre, kept.path, "x")
    # Once it can be read, what is wrong with it is said, and it is let go.
    kept.path.with_name("name").unlink()
    monkeypatch.setattr("quipu.sync.manifest.FORMAT", 2)
    [one] = merge_bundles(centre, files=[]).bundles
    assert one.state == "refused"
    assert kept_newer(centre.folder) == []
