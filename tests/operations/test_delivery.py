"""Bundles in parts, attachments within a budget, attachments that come later."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from quipu.domain.errors import InputError, WorkspaceError
from quipu.domain.value import Blob
from quipu.operations import delivery
from quipu.operations.entering import enter
from quipu.operations.exporting import Exported, Limits, export_all, export_bundle
from quipu.operations.house import House
from quipu.operations.merging import merge_bundles
from quipu.operations.safekeeping import verify
from quipu.operations.scratch import INBOX
from quipu.operations.workspaces import open_house
from quipu.store import place
from tests.operations.plans import NORTH, admit, load, ticking

JULY = "2024-07"
CUT = Limits(part_size=5000)


@pytest.fixture
def office(centre: House) -> Iterator[House]:
    load(centre)
    joined = admit(centre, centre.folder.parent, "Norte", NORTH)
    with open_house(folder=joined.folder, write=True, clock=ticking()) as house:
        yield house


def attach(house: House, activity: str, size: int, period: str = JULY) -> str:
    """Enter a figure with evidence of so many bytes; gives its SHA-256."""
    file = house.folder.parent / f"{activity}-{period}.bin"
    file.write_bytes(random.Random(f"{activity}{period}").randbytes(size))
    done = enter(
        house, unit=NORTH, activity=activity, period=period, value="5", evidence=file, author="B"
    )  # fmt: skip
    [blob] = [one.after for one in done.changes if isinstance(one.after, Blob)]
    return blob.sha256


def parts(office: House, folder: Path) -> Exported:
    attach(office, "1.1", 12_000)
    return export_bundle(office, file=folder / "n.quipu", limits=CUT)


def test_parts_come_in_any_order(office: House, centre: House, tmp_path: Path) -> None:
    made = parts(office, tmp_path)
    assert len(made.files) >= 3
    assert all(file.stat().st_size <= 5000 for file in made.files)
    assert not (tmp_path / "n.quipu").exists()
    assert list((office.folder / INBOX).iterdir()) == []
    shuffled = [*made.files[::-1], made.files[1]]
    merged = merge_bundles(centre, files=shuffled[:-1])
    assert [one.state for one in merged.bundles] == [*["kept"] * (len(shuffled) - 2), "merged"]
    assert merged.bundles[-1].new == made.revisions
    assert {one.reason for one in merged.bundles} == {""}
    assert list((centre.folder / INBOX).iterdir()) == []
    assert verify(path=centre.folder).ok


def test_parts_come_in_several_sittings(office: House, centre: House, tmp_path: Path) -> None:
    made = parts(office, tmp_path)
    count = len(made.files)
    last = made.files[-1]
    sitting = merge_bundles(centre, files=[made.files[0], made.files[0]])
    assert [one.state for one in sitting.bundles] == ["kept", "waiting"]
    [_, one] = sitting.bundles
    assert (one.reason, one.params["have"], one.params["of"]) == ("parts-missing", 1, count)
    assert one.params["missing"] == f"2–{count}"
    [one] = merge_bundles(centre, files=[last]).bundles
    assert one.state == "waiting"
    # A whole bundle of somebody's goes in between.
    whole = export_bundle(office, file=tmp_path / "whole.quipu")
    rest = merge_bundles(centre, files=[whole.files[0], *made.files[1:-1]])
    assert [one.state for one in rest.bundles][-1] == "merged"
    again = merge_bundles(centre, files=made.files)
    assert again.bundles[-1].state == "already"


def test_every_order_of_three_parts(office: House, centre: House, tmp_path: Path) -> None:
    uncut = export_bundle(office, file=tmp_path / "u.quipu", limits=Limits(part_size=40_000))
    assert uncut.files == (tmp_path / "u.quipu",)
    attach(office, "1.1", 5000)
    for order in itertools.permutations(range(3)):
        limits = Limits(part_size=4200)
        files = export_bundle(office, file=tmp_path / "p.quipu", limits=limits).files
        assert len(files) == 3
        merged = merge_bundles(centre, files=[files[n] for n in order])
        assert merged.bundles[-1].state == "merged"


def test_a_part_that_is_damaged_or_of_another_bundle(
    office: House, centre: House, tmp_path: Path
) -> None:
    made = parts(office, tmp_path)
    first = made.files[0].read_bytes()
    made.files[0].write_bytes(first[:-1])
    [one] = merge_bundles(centre, files=made.files[:1]).bundles
    assert (one.state, one.reason) == ("refused", "bundle-damaged")
    made.files[0].write_bytes(first)
    # Content that is sound by itself, told as a part of this bundle.
    other = export_bundle(office, file=tmp_path / "o.quipu", limits=CUT).files[0].read_bytes()
    mine, theirs = first.split(b"\n", 2), other.split(b"\n", 2)
    theirs[1] = theirs[1].replace(
        theirs[1][theirs[1].index(b'"bundle":"') + 10 :][:64],
        mine[1][mine[1].index(b'"bundle":"') + 10 :][:64],
    )
    place_of = theirs[1].index(b'"bytes":')
    end = theirs[1].index(b",", place_of)
    theirs[1] = theirs[1][:place_of] + f'"bytes":{made.bytes}'.encode() + theirs[1][end:]
    made.files[0].write_bytes(b"\n".join(theirs))
    merged = merge_bundles(centre, files=made.files)
    assert (merged.bundles[-1].state, merged.bundles[-1].reason) == ("refused", "parts-do-not-fit")
    assert list((centre.folder / INBOX).iterdir()) == []
    made.files[0].write_bytes(first)
    assert merge_bundles(centre, files=made.files).bundles[-1].state == "merged"


def test_a_part_longer_than_its_bundle(office: House, centre: House, tmp_path: Path) -> None:
    made = parts(office, tmp_path)
    content = made.files[0].read_bytes()
    shorter = content.replace(f'"bytes":{made.bytes}'.encode(), b'"bytes":10')
    made.files[0].write_bytes(shorter)
    [one] = merge_bundles(centre, files=made.files[:1]).bundles
    assert (one.state, one.reason) == ("refused", "bundle-damaged")


def test_parts_of_what_is_refused_are_dropped(
    office: House, centre: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = parts(office, tmp_path)
    # Meant for the centre, given to an office.
    merged = merge_bundles(office, files=made.files)
    assert merged.bundles[-1].reason == "bundle-for-someone-else"
    assert list((office.folder / INBOX).iterdir()) == []
    with monkeypatch.context() as older:
        older.setattr("quipu.sync.manifest.KNOWN_REQUIREMENTS", frozenset({"zstd"}))
        merged = merge_bundles(centre, files=made.files)
    assert merged.bundles[-1].reason == "bundle-too-new"
    # After the upgrade nothing has to come again.
    [after] = merge_bundles(centre, files=[]).bundles
    assert (after.state, after.file.name) == ("merged", made.files[-1].name)
    assert list((centre.folder / INBOX).iterdir()) == []


def test_an_export_that_cannot_be_cut_is_not_sent(office: House, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="part-size-too-small"):
        export_bundle(office, file=tmp_path / "n.quipu", limits=Limits(part_size=1))
    assert office.workspace.sent() == []
    (office.folder / INBOX).rmdir()
    (office.folder / INBOX).write_bytes(b"")
    with pytest.raises(WorkspaceError, match="workspace-disk"):
        export_bundle(office, file=tmp_path / "n.quipu", limits=CUT)


def test_missing_parts_are_listed_in_runs() -> None:
    assert delivery._listed([2]) == "2"
    assert delivery._listed([1, 2, 5, 6, 7, 9]) == "1–2, 5–7, 9"


def test_attachments_wait_for_the_next_bundle(office: House, centre: House, tmp_path: Path) -> None:
    names = {attach(office, activity, 3000) for activity in ("1.1", "1.2", "1.3")}
    small = Limits(budget=4000)
    first = export_bundle(office, file=tmp_path / "1.quipu", limits=small)
    assert (first.attachments, first.put_off) == (1, 2)
    [one] = merge_bundles(centre, files=[tmp_path / "1.quipu"]).bundles
    assert (one.state, one.missing, one.new) == ("partly", 2, first.revisions)
    assert verify(path=centre.folder).ok
    # The receipt acknowledges the revisions and asks for the attachments.
    export_all(centre, folder=tmp_path / "down", limits=Limits(part_size=10**6))
    merge_bundles(office, files=[tmp_path / "down" / "Norte.quipu"])
    # One that comes by its receipt alone, one that was noted; no revisions on board.
    for number in (2, 3):
        file = tmp_path / f"{number}.quipu"
        made = export_bundle(office, file=file, limits=small)
        assert (made.revisions, made.attachments, made.put_off) == (0, 1, 1)
        assert merge_bundles(centre, files=[file]).bundles[0].state == "merged"
    assert centre.workspace.wanted_blobs() == []
    assert all(centre.workspace.blob_path(name) is not None for name in names)


def test_a_lost_bundle_of_attachments_is_asked_for_again(
    office: House, centre: House, tmp_path: Path
) -> None:
    attach(office, "1.1", 3000)
    second = attach(office, "1.2", 3000)
    export_bundle(office, file=tmp_path / "1.quipu", limits=Limits(budget=1))
    merge_bundles(centre, files=[tmp_path / "1.quipu"])
    export_bundle(office, file=tmp_path / "lost.quipu")
    export_bundle(centre, to="Norte", file=tmp_path / "c.quipu")
    merge_bundles(office, files=[tmp_path / "c.quipu"])
    third = export_bundle(office, file=tmp_path / "3.quipu")
    assert (third.revisions, third.attachments) == (0, 1)
    merge_bundles(centre, files=[tmp_path / "3.quipu"])
    assert centre.workspace.blob_path(second) is not None
    # Nobody asks any more: it is not sent again.
    export_bundle(centre, to="Norte", file=tmp_path / "c2.quipu")
    merge_bundles(office, files=[tmp_path / "c2.quipu"])
    assert export_bundle(office, file=tmp_path / "4.quipu").attachments == 0


def test_the_centre_asks_an_office_for_its_own_only(
    office: House, centre: House, tmp_path: Path
) -> None:
    kept = attach(centre, "1.2", 100)
    centre.workspace.blob_path(kept).unlink()  # type: ignore[union-attr]
    with centre.workspace.transaction(
        "", clock=centre.clock, randomness=centre.randomness
    ) as writer:
        writer.put(
            next(a for a, v in centre.workspace.all_facts() if isinstance(v, Blob)),
            Blob("0" * 64, 5, "x"),
        )
        assert writer.asked_of(centre.facts().of_kind("office")[0]) == []
        assert writer.asked_of("centre") == ["0" * 64]
        assert writer.asked_by("centre") == []


def test_a_file_too_large_for_the_disk_is_not_taken_in(
    office: House, centre: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(office, "1.1", 30)
    file = export_bundle(office, file=tmp_path / "1.quipu").files[0]
    monkeypatch.setattr(place, "RESERVE", 2**60)
    with pytest.raises(WorkspaceError, match="workspace-full"):
        merge_bundles(centre, files=[file])
    assert centre.workspace.bundles() == []


def test_a_disk_that_fills_while_a_file_is_taken_in(
    office: House, centre: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = export_bundle(office, file=tmp_path / "1.quipu").files[0]

    def full(source: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("quipu.operations.merging.shutil.copyfile", full)
    with pytest.raises(WorkspaceError, match="workspace-full"):
        merge_bundles(centre, files=[file])
