from __future__ import annotations

import os
from pathlib import Path

import pytest

from quipu import settings
from quipu.domain.errors import BundleError, InputError, WorkspaceError
from quipu.operations.dumping import dump
from quipu.operations.editing import add_office
from quipu.operations.enrolment import enrol, join
from quipu.operations.exporting import export_all, export_bundle, file_name, pending
from quipu.operations.house import House
from quipu.operations.merging import merge_bundles, trust_of
from quipu.operations.running import Cancelled
from quipu.operations.workspaces import new_centre, open_house
from tests.operations.plans import (
    INSTITUTION,
    NORTH,
    OFFICE,
    SOUTH,
    admit,
    load,
    say,
)


def test_enrolling_makes_the_office_and_its_file(centre: House, tmp_path: Path) -> None:
    load(centre)
    made = enrol(centre, office="Norte", units=[NORTH], file=tmp_path / "n.quipu", author="Ana")
    assert (made.name, made.units) == ("Norte", (NORTH,))
    assert made.file.is_file()
    assert made.outcome.created == (made.office,)
    assert made.outcome.changed == 3
    # A second computer of the same office, with one more unit.
    again = enrol(centre, office="norte", units=[OFFICE], file=tmp_path / "2.quipu", author="Ana")
    assert again.office == made.office
    assert again.outcome.created == ()
    assert set(again.units) == {NORTH, OFFICE}
    third = enrol(centre, office="Norte", units=[], file=tmp_path / "3.quipu", author="Ana")
    assert third.outcome.gesture is None


def test_enrolling_what_cannot_be(centre: House, tmp_path: Path) -> None:
    load(centre)
    file = tmp_path / "n.quipu"
    for units, code in ((["UNIDAD DE CAMINOS"], "unit-unknown-near"), ([], "units-missing")):
        with pytest.raises(InputError) as caught:
            enrol(centre, office="Norte", units=units, file=file, author="Ana")
        assert caught.value.code == code
    assert centre.facts().of_kind("office") == []
    assert not file.exists()
    add_office(centre, name="Sur", units=[SOUTH], author="Ana")
    with pytest.raises(InputError, match="unit-taken"):
        enrol(centre, office="Norte", units=[SOUTH], file=file, author="Ana")
    with pytest.raises(InputError, match="file-not-written"):
        enrol(centre, office="Norte", units=[NORTH], file=tmp_path / "no" / "n.quipu", author="Ana")
    # What could not be written did not half happen.
    assert len(centre.facts().of_kind("office")) == 1
    for key in settings.keys_dir().glob("root-*.key"):
        key.unlink()
    with pytest.raises(WorkspaceError, match="key-missing"):
        enrol(centre, office="Norte", units=[NORTH], file=file, author="Ana")


def test_joining_what_cannot_be(centre: House, tmp_path: Path) -> None:
    load(centre)
    file = tmp_path / "n.quipu"
    enrol(centre, office="Norte", units=[NORTH], file=file, author="Ana", with_code=False)
    with pytest.raises(WorkspaceError, match="workspace-exists"):
        join(folder=centre.folder, file=file, author="Beto")
    text = tmp_path / "t.quipu"
    text.write_text("hola", encoding="utf-8")
    with pytest.raises(BundleError):
        join(folder=tmp_path / "o", file=text, author="Beto")
    assert not (tmp_path / "o").exists()
    joined = join(folder=tmp_path / "o", file=file, author="Beto")
    assert (joined.name, joined.units) == ("Norte", (NORTH,))
    # The secret with which to join stays out of the workspaces.
    archived = [path.read_bytes() for path in tmp_path.glob("*/archive/*")]
    assert len(archived) == 2
    assert archived[0] == archived[1] != file.read_bytes()


def test_a_second_computer_with_the_same_file_waits(office: House, centre: House) -> None:
    folder = centre.folder.parent
    join(folder=folder / "again", file=folder / "Norte-alta.quipu", author="Caro")
    say(office, "5")
    export_bundle(office, file=folder / "n1.quipu")
    with open_house(folder=folder / "again", write=True) as second:
        say(second, "6")
        export_bundle(second, file=folder / "n2.quipu")
    merged = merge_bundles(centre, files=[folder / "n1.quipu", folder / "n2.quipu"])
    assert [one.state for one in merged.bundles] == ["merged", "waiting"]
    assert merged.bundles[1].reason == "bundle-second-device"


def test_an_office_sends_to_the_centre_only(office: House, centre: House, tmp_path: Path) -> None:
    file = tmp_path / "x.quipu"
    with pytest.raises(InputError, match="audience-only-centre"):
        export_bundle(office, file=file, to="Sur")
    with pytest.raises(InputError, match="audience-missing"):
        export_bundle(centre, file=file)
    with pytest.raises(InputError, match="office-unknown"):
        export_bundle(centre, file=file, to="Este")
    with pytest.raises(WorkspaceError, match="centre-only"):
        export_all(office, folder=tmp_path / "out")
    with pytest.raises(InputError, match="file-not-written"):
        export_bundle(office, file=tmp_path / "no" / "x.quipu")
    assert office.workspace.sent() == []
    with open_house(folder=office.folder) as reader, pytest.raises(WorkspaceError):
        pending(reader)


def test_sequences_count_per_audience_and_full_sends_all(
    office: House, centre: House, tmp_path: Path
) -> None:
    say(office, "5")
    first = export_bundle(office, file=tmp_path / "1.quipu", to="centre")
    second = export_bundle(office, file=tmp_path / "2.quipu")
    assert (first.sequence, second.sequence) == (1, 2)
    assert (second.audience, second.revisions, second.pending) == ("centre", 1, 1)
    assert second.bytes == (tmp_path / "2.quipu").stat().st_size
    merge_bundles(centre, files=[tmp_path / "2.quipu"])
    export_bundle(centre, file=tmp_path / "c.quipu", to="Norte")
    merge_bundles(office, files=[tmp_path / "c.quipu"])
    third = export_bundle(office, file=tmp_path / "3.quipu")
    assert (third.revisions, third.pending) == (0, 0)
    whole = export_bundle(office, file=tmp_path / "4.quipu", full=True)
    assert (whole.revisions, whole.pending) == (1, 0)
    everything = export_bundle(centre, file=tmp_path / "c2.quipu", to="Norte", full=True)
    assert everything.revisions > 100
    [result] = merge_bundles(office, files=[tmp_path / "c2.quipu"]).bundles
    assert (result.state, result.new) == ("merged", 0)


def test_evidence_travels_once_and_may_come_later(
    office: House, centre: House, tmp_path: Path
) -> None:
    acta = tmp_path / "acta.txt"
    acta.write_text("acta", encoding="utf-8")
    say(office, "5", evidence=acta)
    assert export_bundle(office, file=tmp_path / "1.quipu").attachments == 1
    [result] = merge_bundles(centre, files=[tmp_path / "1.quipu"]).bundles
    assert (result.state, result.missing) == ("merged", 0)
    blob = next(value for _, field, _, value in dump(centre) if field == "evidence")
    assert blob is not None
    sha256 = blob.split()[0].removeprefix("sha256:")
    path = centre.workspace.blob_path(sha256)
    assert path is not None
    assert path.read_text(encoding="utf-8") == "acta"


def test_attachments_that_are_not_here_stay_behind(
    office: House, centre: House, tmp_path: Path
) -> None:
    acta = tmp_path / "acta.txt"
    acta.write_text("acta", encoding="utf-8")
    say(office, "5", evidence=acta)
    for kept in (office.folder / "attachments").iterdir():
        kept.unlink()
    assert export_bundle(office, file=tmp_path / "1.quipu").attachments == 0
    [result] = merge_bundles(centre, files=[tmp_path / "1.quipu"]).bundles
    assert (result.state, result.missing) == ("partly", 1)


def test_refused_files_do_not_hold_up_the_rest(
    office: House, centre: House, tmp_path: Path
) -> None:
    say(office, "5")
    good = tmp_path / "n1.quipu"
    export_bundle(office, file=good)
    broken = tmp_path / "roto.quipu"
    broken.write_bytes(good.read_bytes()[:-20])
    text = tmp_path / "texto.txt"
    text.write_text("hola", encoding="utf-8")
    own = tmp_path / "c1.quipu"
    export_bundle(centre, file=own, to="Norte")
    files = [
        broken, text, tmp_path / "nowhere", tmp_path, own, tmp_path / "Norte-alta.quipu", good,
    ]  # fmt: skip
    seen: list[tuple[int, int]] = []
    merged = merge_bundles(
        centre, files=files, progress=lambda done, total: seen.append((done, total))
    )
    assert [one.state for one in merged.bundles] == ["refused"] * 6 + ["merged"]
    assert [one.file for one in merged.bundles] == files
    assert all(one.reason and one.params["file"] == one.file.name for one in merged.bundles[:6])
    reasons = [one.reason for one in merged.bundles[2:6]]
    assert reasons == [
        "file-missing",
        "file-missing",
        "bundle-for-someone-else",
        "bundle-is-an-enrolment",
    ]
    assert seen[-1] == (7, 7)
    assert list((centre.folder / "inbox").iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to the superuser")
def test_a_file_that_may_not_be_read(office: House, centre: House, tmp_path: Path) -> None:
    file = tmp_path / "n1.quipu"
    export_bundle(office, file=file)
    file.chmod(0)
    [result] = merge_bundles(centre, files=[file]).bundles
    assert result.reason == "file-unreadable"


def test_a_bundle_of_another_institution_is_refused(
    office: House, centre: House, tmp_path: Path
) -> None:
    new_centre(folder=tmp_path / "other", institution=INSTITUTION, author="Eva")
    with open_house(folder=tmp_path / "other", write=True) as other:
        say(office, "5")
        export_bundle(office, file=tmp_path / "n1.quipu")
        [result] = merge_bundles(other, files=[tmp_path / "n1.quipu"]).bundles
        assert (result.state, result.reason) == ("refused", "bundle-foreign")


def test_a_cancelled_merge_keeps_what_went_in(office: House, centre: House, tmp_path: Path) -> None:
    for number in (1, 2):
        say(office, str(number))
        export_bundle(office, file=tmp_path / f"n{number}.quipu")
    calls = iter([False, True])
    with pytest.raises(Cancelled):
        merge_bundles(
            centre,
            files=[tmp_path / "n1.quipu", tmp_path / "n2.quipu"],
            cancelled=lambda: next(calls),
        )
    assert [entry.seq for entry in centre.workspace.bundles()] == [1]


def test_a_workspace_that_lost_its_root_believes_nobody(centre: House) -> None:
    with centre.workspace.transaction(
        "", clock=centre.clock, randomness=centre.randomness
    ) as transaction:
        transaction.set_meta("root", "")
    assert trust_of(centre).root == ""


def test_bundles_for_all_are_named_for_their_offices(centre: House, tmp_path: Path) -> None:
    load(centre)
    admit(centre, centre.folder.parent, "Norte", NORTH)
    add_office(centre, name="Sur / 2", units=[SOUTH], author="Ana")
    written = export_all(centre, folder=tmp_path / "out")
    assert [one.files[0].name for one in written] == ["Norte.quipu", "Sur 2.quipu"]
    with pytest.raises(Cancelled):
        export_all(centre, folder=tmp_path / "out", cancelled=lambda: True)
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="folder-not-written"):
        export_all(centre, folder=tmp_path / "file" / "out")


def test_names_of_files_are_fit_for_every_system() -> None:
    taken: set[str] = set()
    names = [file_name(words, taken) for words in ("Ñuñoa: Este?", "ñuñoa este", "***", "CON")]
    assert names == ["Ñuñoa Este", "ñuñoa este 2", "oficina", "CON-"]
