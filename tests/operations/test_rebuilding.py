"""A workspace made again of its bundles alone."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from quipu.domain.errors import InputError, WorkspaceError
from quipu.operations.backups import backups, bring_back
from quipu.operations.dumping import dump
from quipu.operations.enrolment import enrol
from quipu.operations.entering import enter
from quipu.operations.exporting import Limits, export_all, export_bundle
from quipu.operations.house import House
from quipu.operations.packing import ARCHIVE
from quipu.operations.rebuilding import Rebuilt, rebuild_centre, repair_from_archive
from quipu.operations.reports import accept, submit
from quipu.operations.revoking import revoke
from quipu.operations.safekeeping import verify
from quipu.operations.securing import recovery_words
from quipu.operations.workspaces import open_house
from tests.operations.plans import (
    JULY,
    NORTH,
    OFFICE,
    SOUTH,
    Computer,
    admit,
    merged,
    say,
    send,
    ticking,
)


@pytest.fixture
def lived(centre: House, office: House, tmp_path: Path) -> Iterator[House]:
    """A centre with two offices, reports, an evidence and everything sent to everybody."""
    note = tmp_path / "acta.txt"
    note.write_text("acta", encoding="utf-8")
    south = admit(centre, tmp_path / "altas", "Sur", SOUTH, OFFICE)
    say(office, "10", evidence=note)
    merged(centre, send(office, tmp_path / "1.quipu"))
    submit(office, unit=NORTH, period=JULY, author="Beto")
    merged(centre, send(office, tmp_path / "2.quipu"))
    accept(centre, unit=NORTH, period=JULY, author="Ana")
    say(office, "12", "1.2")  # too late: refused by the centre, in writing
    assert merged(centre, send(office, tmp_path / "3.quipu"))[0].state == "partly"
    export_all(centre, folder=tmp_path / "down")
    merged(office, tmp_path / "down" / "Norte.quipu")
    merged(centre, send(office, tmp_path / "4.quipu"))
    with open_house(folder=south.folder, write=True, clock=ticking()) as house:
        merged(house, tmp_path / "down" / "Sur.quipu")
    yield centre


def words_of(centre: House) -> str:
    return " ".join(recovery_words(centre, language="es"))


def in_august(house: House, value: str) -> None:
    enter(house, unit=NORTH, activity="1.1", period="2024-08", value=value, author="Beto")


def facts(house: House) -> list[object]:
    return list(dump(house))


def rebuilt(folder: Path, words: str, bundles: Path) -> Rebuilt:
    return rebuild_centre(folder=folder, words=words, bundles=bundles, clock=ticking())


@pytest.mark.parametrize("names", ["archive", "shuffled"])
def test_a_centre_comes_back_of_its_archive_alone(
    lived: House, office: House, tmp_path: Path, computer: Computer, names: str
) -> None:
    before, words = facts(lived), words_of(lived)
    received = {one.manifest: one.received_at for one in lived.workspace.bundles()}
    former = lived.workspace.info.device.id
    in_august(office, "15")
    late = send(office, tmp_path / "late.quipu")
    bundles = tmp_path / "salvado"
    shutil.copytree(lived.folder / ARCHIVE, bundles)
    if names == "shuffled":  # under other names, in folders, with other things among them
        files = sorted(bundles.iterdir())
        random.Random(3).shuffle(files)
        (bundles / "usb").mkdir()
        for number, file in enumerate(files):
            file.rename(bundles / "usb" / f"{number}.quipu")
        shutil.copy(bundles / "usb" / "0.quipu", bundles / "otra vez.quipu")
        (bundles / "nota.txt").write_text("hola", encoding="utf-8")
    lived.close()
    shutil.rmtree(lived.folder)
    computer("nueva")
    done = rebuilt(tmp_path / "sede", words, bundles)
    assert [one.name for one in done.skipped] == (["nota.txt"] if names == "shuffled" else [])
    assert (done.missing, done.replaced) == ((), "")
    assert done.last.startswith("2024-08-05")
    assert done.device != former
    assert verify(path=done.folder).ok
    with open_house(folder=done.folder, write=True, clock=ticking()) as house:
        assert facts(house) == before
        again = {one.manifest: one.received_at for one in house.workspace.bundles()}
        told = [one for one in received if again[one] == received[one]]
        assert len(told) >= 3
        assert merged(house, late)[0].state == "merged"
        export_bundle(house, file=tmp_path / "d.quipu", to="Norte")
    computer("home")
    assert merged(office, tmp_path / "d.quipu")[0].state == "merged"
    file = send(office, tmp_path / "after.quipu")
    computer("nueva")
    with open_house(folder=done.folder, write=True, clock=ticking()) as house:
        [one] = merged(house, file)
        assert (one.state, one.new) in (("merged", 1), ("partly", 1), ("partly", 0)), one
        assert list(dump(house, unit=NORTH)) == list(dump(office, unit=NORTH))


def test_sealed_files_that_offices_sent_are_enough_for_what_they_hold(
    lived: House, office: House, tmp_path: Path, computer: Computer
) -> None:
    words, unit = words_of(lived), list(dump(lived, unit=NORTH))
    folder = tmp_path / "correo"
    folder.mkdir()
    export_bundle(office, file=folder / "todo.quipu", full=True, limits=Limits(part_size=4096))
    shutil.copy(tmp_path / "down" / "Norte.quipu", folder)  # sealed to somebody else
    alta = tmp_path / "x.quipu"
    enrol(lived, office="Norte", units=[], file=alta, author="Ana")  # closed with a code
    shutil.copy(alta, folder / "alta.quipu")
    computer("nueva")
    done = rebuilt(tmp_path / "sede", words, folder)
    reasons = {one.name: one.reason for one in done.skipped}
    assert reasons == {
        "Norte.quipu": "bundle-sealed-to-others",
        "alta.quipu": "bundle-is-an-enrolment",
    }
    assert (done.bundles, done.last) == (1, "")
    assert done.missing[0].numbers == (1, 2, 3, 4)
    with open_house(folder=done.folder) as house:
        shown = list(dump(house))
        assert [value for *_, value in shown if value == "10"] == ["10"]
        assert {tuple(map(str, one)) for one in shown} & {tuple(map(str, one)) for one in unit}
    part = next(file for file in folder.iterdir() if file.name.startswith("todo"))
    part.unlink()
    left = rebuilt_reasons(tmp_path / "otra", words, folder)
    assert left == "bundles-missing"


def rebuilt_reasons(folder: Path, words: str, bundles: Path) -> str:
    with pytest.raises(InputError) as refusal:
        rebuilt(folder, words, bundles)
    assert not folder.exists()
    return refusal.value.code


def test_what_makes_no_centre(lived: House, tmp_path: Path, computer: Computer) -> None:
    from quipu.sync.recovery import words_of as of_root
    from tests.sync.world import ROOT

    archive = lived.folder / ARCHIVE
    computer("nueva")
    other = " ".join(of_root(ROOT, "es"))
    assert rebuilt_reasons(tmp_path / "a", other, archive) == "root-of-another"
    assert rebuilt_reasons(tmp_path / "a", "uno dos", archive) == "words-count"
    (tmp_path / "vacía").mkdir()
    assert rebuilt_reasons(tmp_path / "a", words_here(lived, computer), tmp_path / "vacía") == (
        "bundles-missing"
    )
    with pytest.raises(WorkspaceError, match="workspace-exists"):
        rebuilt(lived.folder, other, archive)


def words_here(centre: House, computer: Computer) -> str:
    computer("home")
    found = words_of(centre)
    computer("nueva")
    return found


def test_what_a_revoked_computer_had_sent_late_stays_out(
    centre: House, office: House, tmp_path: Path, computer: Computer
) -> None:
    say(office, "10")
    merged(centre, send(office, tmp_path / "1.quipu"))
    say(office, "99", "1.2")
    stolen = send(office, tmp_path / "2.quipu")
    device = office.workspace.info.device.id
    revoke(centre, device=device, reason="Robado", author="Ana")
    # The office is enrolled again, and the revocation travels in the first bundle of that file.
    enrol(centre, office="Norte", units=[], file=tmp_path / "n", author="Ana", with_code=False)
    before, words = list(dump(centre, unit=NORTH)), words_of(centre)
    bundles = tmp_path / "salvado"
    shutil.copytree(centre.folder / ARCHIVE, bundles)
    shutil.copy(stolen, bundles)
    computer("nueva")
    done = rebuilt(tmp_path / "sede", words, bundles)
    with open_house(folder=done.folder) as house:
        values = [value for *_, value in facts(house)]
        assert "99" not in values
        assert list(dump(house, unit=NORTH)) == before


def damaged(folder: Path) -> None:
    database = folder / "quipu.db"
    body = database.read_bytes()
    database.write_bytes(body[:100] + b"\xff" * 4096 + body[4196:])


def test_a_damaged_ledger_is_made_again_of_the_archive(lived: House, tmp_path: Path) -> None:
    before, folder = facts(lived), lived.folder
    former = lived.workspace.info.device.id
    lived.close()
    damaged(folder)
    assert not verify(path=folder).ok
    done = repair_from_archive(folder=folder, clock=ticking())
    assert done.device != former
    assert done.replaced in {one.name for one in backups(folder=folder)}
    assert verify(path=folder).ok
    with open_house(folder=folder, write=True) as house:
        assert house.notices == ()
        assert facts(house) == before


def test_an_office_s_damaged_ledger_too_and_it_is_certified_by_its_former_key(
    lived: House, office: House, tmp_path: Path
) -> None:
    before, folder = facts(office), office.folder
    office.close()
    damaged(folder)
    done = repair_from_archive(folder=folder, clock=ticking())
    assert verify(path=folder).ok
    with open_house(folder=folder, write=True, clock=ticking()) as house:
        assert facts(house) == before
        in_august(house, "7")
        assert merged(lived, send(house, tmp_path / "9.quipu"))[0].state in ("merged", "partly")
        assert done.device in {one.id for one in lived.workspace.devices()}


def test_a_sound_ledger_goes_on_as_well_and_nothing_is_thrown_away(
    lived: House, office: House
) -> None:
    in_august(office, "8")  # never sent
    folder, before = office.folder, facts(office)
    office.close()
    done = repair_from_archive(folder=folder, clock=ticking())
    with open_house(folder=folder) as house:
        assert "8" not in [value for *_, value in facts(house)]
    bring_back(folder=folder, name=done.replaced)
    with open_house(folder=folder) as house:
        assert facts(house) == before


def test_nobody_can_tell_whose_it_was(office: House, centre: House) -> None:
    folder = office.folder
    office.close()
    damaged(folder)
    with pytest.raises(WorkspaceError, match="repair-needs-backup"):
        repair_from_archive(folder=folder)
    shutil.rmtree(folder / ARCHIVE)
    with pytest.raises(InputError, match="bundles-missing"):
        repair_from_archive(folder=folder)


def test_an_open_enrolment_file_gives_the_plan_that_is_in_it(
    lived: House, tmp_path: Path, computer: Computer
) -> None:
    words, before = words_of(lived), list(dump(lived, unit=NORTH))
    alta = tmp_path / "correo" / "alta.quipu"
    alta.parent.mkdir()
    enrol(lived, office="Norte", units=[], file=alta, author="Ana", with_code=False)
    computer("nueva")
    done = rebuilt(tmp_path / "sede", words, alta.parent)
    assert (done.bundles, done.skipped, done.missing) == (1, (), ())
    with open_house(folder=done.folder) as house:
        assert list(dump(house, unit=NORTH)) == before
