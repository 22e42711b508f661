"""A dry look at bundles: what merging them would do, and that nothing of it stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from quipu.domain.errors import WorkspaceError
from quipu.operations import preview
from quipu.operations.dumping import dump
from quipu.operations.entering import enter
from quipu.operations.exporting import Limits, export_bundle
from quipu.operations.house import House
from quipu.operations.merging import merge_bundles
from quipu.operations.preview import Preview, preview_bundles, with_inner
from quipu.operations.relaying import take
from quipu.operations.reports import accept, submit
from quipu.operations.revoking import revoke
from quipu.operations.running import Cancelled
from quipu.operations.workspaces import open_house
from tests.operations.plans import JULY, NORTH, SOUTH, Computer, admit, round_trip, say, send


def look(house: House, *files: Path) -> list[Preview]:
    return list(preview_bundles(house, files=list(files)))


def state(house: House) -> tuple[object, ...]:
    workspace = house.workspace
    return (
        list(dump(house)), workspace.bundles(), workspace.wanted_blobs(), workspace.refused(),
        workspace.count_disputes(), workspace.devices(),
        sorted(one.name for one in (house.folder / "inbox").glob("*")),
    )  # fmt: skip


def test_it_says_what_merging_would_do_and_nothing_stays(
    office: House, centre: House, tmp_path: Path
) -> None:
    paper = tmp_path / "acta.pdf"
    paper.write_bytes(b"%PDF-1.4 acta")
    say(office, "600", evidence=paper)
    say(office, "50%", "1.3")
    file = send(office, tmp_path / "up.quipu")
    before = state(centre)
    [seen] = look(centre, file)
    assert state(centre) == before
    assert (seen.result.file, seen.result.sender, seen.result.state) == (file, "Norte", "merged")
    assert (seen.sequence, seen.missing_before, seen.attachments) == (1, (), 1)
    assert seen.made_at
    assert (NORTH, JULY, "progress", 3) in [
        (one.unit, one.period, one.group, one.count) for one in seen.contents
    ]
    assert sum(one.count for one in seen.contents) == seen.result.new
    [done] = merge_bundles(centre, files=[file]).bundles
    assert (done.new, done.revisions, done.missing) == (
        seen.result.new, seen.result.revisions, seen.result.missing
    )  # fmt: skip
    [again] = look(centre, file)
    assert (again.result.state, again.result.sender, again.sequence) == ("already", "Norte", 1)
    assert again.contents == ()


def test_what_would_be_disputed_is_named(office: House, centre: House, tmp_path: Path) -> None:
    say(office, "600")
    round_trip(office, centre, tmp_path)
    say(office, "640")
    enter(centre, unit=NORTH, activity="1.1", period=JULY, value="610", author="Ana")
    [seen] = look(centre, send(office, tmp_path / "2.quipu"))
    assert seen.result.disputes == 1
    [clash] = seen.clashes
    assert (clash.unit, clash.code, clash.address.field) == (NORTH, "1.1", "executed")
    assert centre.workspace.count_disputes() == 0


def test_what_would_not_count_says_why(office: House, centre: House, tmp_path: Path) -> None:
    say(office, "600")
    submit(office, unit=NORTH, period=JULY, author="Beto")
    merge_bundles(centre, files=[send(office, tmp_path / "1.quipu")])
    accept(centre, unit=NORTH, period=JULY, author="Ana")
    with office.workspace.transaction(
        "Beto", clock=office.clock, randomness=office.randomness
    ) as transaction:
        address = next(one for one, _ in office.workspace.all_facts() if one.field == "executed")
        transaction.put(address, None)
    [seen] = look(centre, send(office, tmp_path / "2.quipu"))
    assert (seen.result.state, seen.result.refused) == ("partly", 1)
    assert seen.refusals == {"period-closed": 1}
    assert centre.workspace.refused() == []


def test_what_cannot_be_taken_says_why(office: House, centre: House, tmp_path: Path) -> None:
    bad = tmp_path / "mala.quipu"
    bad.write_bytes(b"nothing of ours")
    down = tmp_path / "down.quipu"
    export_bundle(centre, file=down, to="Norte")
    seen = look(centre, bad, down, tmp_path / "no.quipu")
    assert [one.result.state for one in seen] == ["refused"] * 3
    assert [one.result.reason for one in seen] == [
        "bundle-not-a-bundle", "bundle-for-someone-else", "file-missing"
    ]  # fmt: skip
    assert seen[0].result.params["file"] == "mala.quipu"


def test_numbers_that_did_not_come_are_told(office: House, centre: House, tmp_path: Path) -> None:
    say(office, "600")
    send(office, tmp_path / "1.quipu")
    [seen] = look(centre, send(office, tmp_path / "2.quipu"))
    assert (seen.sequence, seen.missing_before) == (2, (1,))


def test_attachments_to_come_are_counted(office: House, centre: House, tmp_path: Path) -> None:
    paper = tmp_path / "acta.pdf"
    paper.write_bytes(b"%PDF-1.4 acta")
    say(office, "600", evidence=paper)
    photo = tmp_path / "foto.png"
    photo.write_bytes(b"a picture of the road")
    say(office, "3", "1.2", evidence=photo)
    # The first always travels, the second is put off.
    export_bundle(office, file=tmp_path / "1.quipu", limits=Limits(budget=0))
    [seen] = look(centre, tmp_path / "1.quipu")
    assert (seen.attachments, seen.result.missing, seen.result.state) == (1, 1, "partly")
    assert centre.workspace.wanted_blobs() == []


def test_parts_are_put_together_with_those_that_came(
    office: House, centre: House, tmp_path: Path
) -> None:
    for number in range(1, 40):
        say(office, str(number))
    made = export_bundle(office, file=tmp_path / "1.quipu", limits=Limits(part_size=4096))
    assert len(made.files) >= 2
    first, *rest = made.files
    [alone] = look(centre, first)
    assert (alone.result.state, alone.result.reason) == ("waiting", "parts-missing")
    whole = look(centre, *made.files)
    assert [one.result.state for one in whole] == [*["kept"] * len(rest), "merged"]
    assert merge_bundles(centre, files=[first]).bundles[0].state == "waiting"
    before = state(centre)
    seen = look(centre, *rest, rest[-1])
    assert [one.result.state for one in seen][-2:] == ["merged", "kept"]
    assert state(centre) == before


def test_bundles_inside_are_looked_at_too(office: House, centre: House, tmp_path: Path) -> None:
    joined = admit(centre, tmp_path, "Sur", SOUTH)
    with open_house(folder=joined.folder, write=True) as south:
        enter(south, unit=SOUTH, activity="2.1", period=JULY, value="5", author="Eva")
        send(south, tmp_path / "sur.quipu")
    take(office, files=[tmp_path / "sur.quipu"])
    say(office, "600")
    before = state(centre)
    [seen] = look(centre, send(office, tmp_path / "up.quipu"))
    assert state(centre) == before
    senders = [one.result.sender for one in with_inner([seen])]
    assert senders == ["Norte", "Sur"]
    assert seen.enclosed[0].result.file == Path("sur.quipu")


def test_a_computer_that_waits_is_told(
    office: House, centre: House, tmp_path: Path, computer: Computer
) -> None:
    folder = office.folder
    office.close()
    computer("otra-pc")
    shutil.copytree(folder, tmp_path / "copia")
    with open_house(folder=tmp_path / "copia", write=True, clock=centre.clock) as copy:
        say(copy, "7")
        file = send(copy, tmp_path / "copia.quipu")
    computer("home")
    before = state(centre)
    [seen] = look(centre, file)
    assert (seen.result.state, seen.result.reason) == ("waiting", "bundle-copy-waits")
    assert state(centre) == before
    assert not (centre.folder / "waiting").exists()


def test_it_can_be_stopped_and_needs_the_one_who_writes(
    office: House, centre: House, tmp_path: Path
) -> None:
    file = send(office, tmp_path / "1.quipu")
    with pytest.raises(Cancelled):
        preview_bundles(centre, files=[file], cancelled=lambda: True)
    with open_house(folder=centre.folder) as reader, pytest.raises(WorkspaceError):
        preview_bundles(reader, files=[file])


def test_what_is_wrong_with_a_bundle_inside_does_not_hold_up_the_rest(
    office: House, centre: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined = admit(centre, tmp_path, "Sur", SOUTH)
    with open_house(folder=joined.folder, write=True) as south:
        send(south, tmp_path / "sur.quipu")
        merge_bundles(centre, files=[tmp_path / "sur.quipu"])
        enter(south, unit=SOUTH, activity="2.1", period=JULY, value="5", author="Eva")
        send(south, tmp_path / "sur2.quipu")
    revoke(centre, device=joined.device, reason="la robaron", author="Ana")
    take(office, files=[tmp_path / "sur2.quipu"])
    file = send(office, tmp_path / "up.quipu")
    [seen] = look(centre, file)
    assert seen.result.state == "merged"
    [inner] = seen.enclosed
    assert (inner.result.state, inner.result.reason) == ("refused", "bundle-revoked-device")
    assert inner.result.params["file"] == "sur2.quipu"
    monkeypatch.setattr(preview, "DEEPEST", 0)
    [deep] = look(centre, file)
    assert deep.result.reason == "relay-too-deep"


def test_what_is_for_another_office_is_seen_to_be_carried(
    office: House, centre: House, tmp_path: Path
) -> None:
    admit(centre, tmp_path, "Sur", SOUTH)
    file = tmp_path / "down.quipu"
    export_bundle(centre, file=file, to="Norte", along=["Sur"])
    [seen] = look(office, file)
    assert [one.result.state for one in seen.enclosed] == ["carried"]
    assert not (office.folder / "outbox").exists()
