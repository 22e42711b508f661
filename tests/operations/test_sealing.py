"""Who can read a bundle, from one workspace to the other."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from quipu import settings
from quipu.domain.errors import InputError, WorkspaceError
from quipu.operations import mailbox
from quipu.operations.dumping import dump
from quipu.operations.exporting import Limits, export_all, export_bundle
from quipu.operations.house import House
from quipu.operations.merging import merge_bundles
from quipu.operations.revoking import revoke
from quipu.operations.safekeeping import verify
from quipu.operations.scratch import INBOX
from quipu.operations.sealing import announcement, receivers, sealing_on, turn_sealing
from quipu.operations.workspaces import new_centre, open_house
from quipu.store.entries import CENTRE
from quipu.sync.sealing import route_of
from tests.operations.plans import SOUTH, admit, load, merged, round_trip, say, send, ticking


def up(office: House, folder: Path, name: str = "up.quipu") -> Path:
    return export_bundle(office, file=folder / name).files[0]


def test_bundles_go_sealed_both_ways(office: House, centre: House, tmp_path: Path) -> None:
    say(office, "5")
    file = up(office, tmp_path)
    assert route_of(file) is not None
    [one] = merge_bundles(centre, files=[file]).bundles
    assert (one.state, one.sender, one.new) == ("merged", "Norte", 1)
    down = export_bundle(centre, to="Norte", file=tmp_path / "down.quipu")
    assert down.unsealed == ""
    assert down.bytes == down.files[0].stat().st_size
    assert route_of(down.files[0]) is not None
    [one] = merge_bundles(office, files=down.files).bundles
    assert one.state == "merged"
    for house in (office, centre):
        assert list((house.folder / INBOX).iterdir()) == []
        # What is kept was opened: it is verified without any key, also after keys have changed.
        assert verify(path=house.folder).problems == ()
        for archived in (house.folder / "archive").iterdir():
            assert route_of(archived) is None


def test_an_office_that_has_not_spoken_yet_is_sent_an_open_bundle(
    office: House, centre: House, tmp_path: Path
) -> None:
    down = export_bundle(centre, to="Norte", file=tmp_path / "down.quipu")
    assert down.unsealed == "unknown"
    assert route_of(down.files[0]) is None
    assert merge_bundles(office, files=down.files).bundles[0].state == "merged"


def test_the_centre_turns_sealing_off_and_offices_hear_of_it(
    office: House, centre: House, tmp_path: Path
) -> None:
    round_trip(office, centre, tmp_path)
    with pytest.raises(WorkspaceError, match="centre-only"):
        turn_sealing(office, on=False, author="Beto")
    assert turn_sealing(centre, on=False, author="Ana").changed == 1
    down = export_bundle(centre, to="Norte", file=tmp_path / "off.quipu")
    assert down.unsealed == "off"
    assert sealing_on(office.facts(), office.dataset)
    merge_bundles(office, files=down.files)
    assert not sealing_on(office.facts(), office.dataset)
    say(office, "6")
    assert export_bundle(office, file=tmp_path / "up2.quipu").unsealed == "off"
    assert turn_sealing(centre, on=True, author="Ana").changed == 1
    assert turn_sealing(centre, on=True, author="Ana").changed == 0
    assert export_bundle(centre, to="Norte", file=tmp_path / "on.quipu").unsealed == ""


def test_nobody_else_opens_a_bundle(
    office: House, centre: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(office, "5")
    file = up(office, tmp_path)
    south = admit(centre, tmp_path, "Sur", SOUTH)
    with open_house(folder=south.folder, write=True, clock=ticking()) as other:
        before = list(dump(other))
        [one] = merge_bundles(other, files=[file]).bundles
        assert (one.state, one.reason) == ("refused", "bundle-for-someone-else")
        assert list(dump(other)) == before
    # A centre whose root key was lost.
    for key in settings.keys_dir().glob("root-*.key"):
        key.rename(key.with_suffix(".away"))
    [one] = merge_bundles(centre, files=[file]).bundles
    assert (one.state, one.reason) == ("refused", "bundle-sealed-to-others")
    assert announcement(centre.workspace).keys() == {"receive"}
    assert list((centre.folder / INBOX).iterdir()) == []


def test_a_copy_on_the_same_machine_opens_what_was_sealed_to_the_original(
    office: House, centre: House, tmp_path: Path
) -> None:
    round_trip(office, centre, tmp_path)
    office.close()
    shutil.copytree(office.folder, tmp_path / "copy")
    down = export_bundle(centre, to="Norte", file=tmp_path / "d.quipu", full=True)
    with open_house(folder=tmp_path / "copy", write=True, clock=ticking()) as copy:
        assert copy.workspace.info.device != office.workspace.info.device
        assert merge_bundles(copy, files=down.files).bundles[0].state == "merged"
        # Without the original's key it waits for a bundle that knows its own.
        [original] = [one for one in copy.workspace.line() if one != copy.workspace.info.device.id]
        (settings.keys_dir() / f"{original}.key").unlink()
        later = export_bundle(centre, to="Norte", file=tmp_path / "e.quipu", full=True)
        [one] = merge_bundles(copy, files=later.files).bundles
        assert one.reason == "bundle-sealed-to-others"
        merge_bundles(centre, files=[up(copy, tmp_path, "copy-up.quipu")])
        assert len(receivers(centre, copy.office).keys) == 2
        later = export_bundle(centre, to="Norte", file=tmp_path / "f.quipu", full=True)
        assert merge_bundles(copy, files=later.files).bundles[0].state == "merged"


def test_a_computer_without_a_known_key_keeps_the_office_s_bundles_open(
    office: House, centre: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr("quipu.operations.packing.announcement", lambda workspace: {})
        say(office, "5")
        merge_bundles(centre, files=[up(office, tmp_path)])
    assert receivers(centre, office.office).why == "unknown"
    say(office, "6")
    merge_bundles(centre, files=[up(office, tmp_path)])
    assert receivers(centre, office.office).why == ""


def test_a_newer_mailbox_is_the_one_that_is_used(
    office: House, centre: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [first] = receivers(office, CENTRE).keys

    old = up(office, tmp_path, "old.quipu")
    merge_bundles(centre, files=[up(office, tmp_path)])
    monkeypatch.setattr(mailbox, "newest_version", lambda workspace: 2)
    merge_bundles(office, files=export_bundle(centre, to="Norte", file=tmp_path / "d").files)
    [second] = receivers(office, CENTRE).keys
    assert second != first
    new = up(office, tmp_path, "new.quipu")
    states = [one.state for one in merge_bundles(centre, files=[new, old]).bundles]
    assert states == ["merged", "merged"]


def test_sealed_bundles_are_cut_for_e_mail(office: House, centre: House, tmp_path: Path) -> None:
    note = tmp_path / "acta.bin"
    note.write_bytes(bytes(range(256)) * 100)
    say(office, "5", evidence=note)
    made = export_bundle(office, file=tmp_path / "p.quipu", limits=Limits(part_size=9000))
    assert len(made.files) > 2
    assert list((office.folder / INBOX).iterdir()) == []
    states = [one.state for one in merge_bundles(centre, files=made.files[::-1]).bundles]
    assert states[-1] == "merged"
    assert centre.workspace.wanted_blobs() == []


def test_verifying_a_sealed_file(
    office: House, centre: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(office, "5")
    file = up(office, tmp_path)
    assert verify(path=file).ok  # the sender knows what it wrote
    sent = file.read_bytes()
    (office.folder / "quipu.db").rename(tmp_path / "away.db")
    assert verify(path=file).ok  # the receiver on the same machine looks into it
    assert list((centre.folder / INBOX).iterdir()) == []
    changed = bytearray(sent)
    changed[len(sent) - 200] ^= 1
    file.write_bytes(changed)
    assert [one.check for one in verify(path=file).problems] == ["not-whole"]
    file.write_bytes(sent)
    for key in settings.keys_dir().glob("root-*.key"):
        key.unlink()
    [problem] = verify(path=file).problems
    assert problem.params["reason"] == "bundle-sealed-to-others"


def test_an_opened_bundle_does_not_outlive_a_crash(office: House, centre: House) -> None:
    left = centre.folder / INBOX / "tmpcrash"
    left.mkdir(parents=True)
    (left / "opened.quipu").write_bytes(b"readable")
    beside = centre.folder / INBOX / "look-now"
    beside.mkdir()
    centre.close()
    with open_house(folder=centre.folder, write=True):
        assert not left.exists()
        assert beside.exists()  # somebody may be looking into it just now
        os.utime(beside, (1, 1))
    with open_house(folder=centre.folder, write=True):
        assert not beside.exists()


def test_a_full_disk_is_told(
    office: House, centre: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(office, "5")
    file = up(office, tmp_path)
    before = list(dump(centre))

    def fails(number: int) -> None:
        def full(*_: object) -> int:
            raise OSError(number, "No space left on device")

        monkeypatch.setattr("quipu.sync.sealing._Pipe._put", full)

    for number, code in ((28, "workspace-full"), (5, "workspace-disk")):
        fails(number)
        with pytest.raises(WorkspaceError, match=code):
            merge_bundles(centre, files=[file])
        assert list(dump(centre)) == before
        assert list((centre.folder / INBOX).iterdir()) == []
    say(office, "6")
    with pytest.raises(InputError, match="file-not-written"):
        up(office, tmp_path, "z.quipu")
    assert not (tmp_path / "z.quipu").exists()


def test_a_sealed_bundle_of_another_institution_is_not_even_opened(
    office: House, centre: House, tmp_path: Path, quipu_home: Path
) -> None:
    say(office, "5")
    file = up(office, tmp_path)
    made = new_centre(folder=tmp_path / "other", institution="Otra", author="Eva")
    with open_house(folder=made.folder, write=True) as other:
        load(other)
        [one] = merge_bundles(other, files=[file]).bundles
        assert one.reason == "bundle-foreign"


def test_nothing_is_written_for_an_office_without_a_computer_that_may_read(
    centre: House, office: House, tmp_path: Path
) -> None:
    say(office, "1")
    merged(centre, send(office, tmp_path / "1.quipu"))
    revoke(centre, device=office.workspace.info.device.id, reason="Robado", author="Ana")
    with pytest.raises(InputError, match="office-revoked"):
        export_bundle(centre, file=tmp_path / "norte.quipu", to="Norte")
    assert not (tmp_path / "norte.quipu").exists()
    [none] = [
        one for one in export_all(centre, folder=tmp_path / "all") if one.audience == office.office
    ]
    assert (none.files, none.unsealed) == ((), "revoked")
    assert list((tmp_path / "all").iterdir()) == []
