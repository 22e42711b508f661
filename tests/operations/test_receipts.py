"""Deliveries: what is missing is asked for and sent again; proofs, warnings, forks, clocks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quipu.domain.errors import InputError, WorkspaceError
from quipu.operations.clocks import clock_flag
from quipu.operations.devices import devices
from quipu.operations.dumping import dump
from quipu.operations.exporting import export_bundle, pending
from quipu.operations.gaps import asked_again, gaps, numbers_in
from quipu.operations.history import cell_history
from quipu.operations.house import House
from quipu.operations.merging import BundleResult, merge_bundles
from quipu.operations.receipts import check_code, print_receipts, receipts
from quipu.operations.revoking import revoke
from quipu.operations.warnings import pending_of, set_silence, warnings
from quipu.operations.workspaces import open_house
from quipu.store.entries import CENTRE
from quipu.words import Words
from tests.operations.plans import NORTH, admit, load, round_trip, say, ticking
from tests.operations.test_disputes import pdf_text
from tests.operations.test_refusals import executed


def send(house: House, file: Path, to: str = "") -> Path:
    export_bundle(house, file=file, to=to)
    return file


def take(house: House, file: Path) -> BundleResult:
    [result] = merge_bundles(house, files=[file]).bundles
    return result


def codes(house: House) -> list[str]:
    return [one.code for one in warnings(house)]


def test_a_gap_is_told_asked_for_and_sent_again(
    office: House, centre: House, tmp_path: Path
) -> None:
    for number in range(1, 4):
        say(office, str(number))
        send(office, tmp_path / f"{number}.quipu")
    take(centre, tmp_path / "3.quipu")  # one and two were lost
    [gap] = gaps(centre)
    assert (gap.device, gap.numbers) == (office.workspace.info.device.id, (1, 2))
    assert "gap" in codes(centre)
    told = take(office, send(centre, tmp_path / "down.quipu", "Norte"))
    assert told.asked == (1, 2)
    assert asked_again(office, CENTRE) == (1, 2)
    # The third carried all that the lost ones did, and was acknowledged: only the word is missing.
    exported = export_bundle(office, file=tmp_path / "4.quipu")
    assert (exported.revisions, exported.pending) == (0, 0)
    assert take(centre, tmp_path / "4.quipu").state == "merged"
    assert gaps(centre) == []
    assert take(office, send(centre, tmp_path / "down2.quipu", "Norte")).asked == ()


def test_what_lost_bundles_carried_travels_until_it_is_acknowledged(
    office: House, centre: House, tmp_path: Path
) -> None:
    say(office, "1")
    take(centre, send(office, tmp_path / "1.quipu"))
    say(office, "2")
    send(office, tmp_path / "lost.quipu")
    say(office, "3")
    third = export_bundle(office, file=tmp_path / "3.quipu")
    assert third.revisions == 3
    take(centre, tmp_path / "3.quipu")
    assert [gap.numbers for gap in gaps(centre)] == [(2,)]
    assert [past.value for past in cell_history(centre, address=executed(centre))] == [1, 2, 3]


def test_an_office_asks_the_centre_too(office: House, centre: House, tmp_path: Path) -> None:
    send(centre, tmp_path / "lost.quipu", "Norte")
    take(office, send(centre, tmp_path / "came.quipu", "Norte"))
    assert [gap.office for gap in gaps(office)] == [""]
    assert take(centre, send(office, tmp_path / "up.quipu")).asked
    take(office, send(centre, tmp_path / "again.quipu", "Norte"))
    assert gaps(office) == []


def test_what_another_program_asks_for_does_no_harm() -> None:
    assert numbers_in("x") == []
    assert numbers_in([1, "2", True, -1, None, 2**60, 3]) == [1, 3]


def test_pending_goes_to_zero_and_the_proof_has_both_dates(
    office: House, centre: House, tmp_path: Path
) -> None:
    say(office, "5")
    assert pending_of(office) == 1
    assert pending_of(centre) is None
    round_trip(office, centre, tmp_path)
    assert pending_of(office) == pending(office) == 0
    [up] = [one for one in receipts(office) if one.way == "sent"]
    [came] = [one for one in receipts(centre) if one.way == "received"]
    assert (up.manifest, up.code, up.sequence) == (came.manifest, came.code, came.sequence)
    assert up.received_at == came.received_at != ""
    assert came.office == "Norte"
    assert check_code("0123456789abcdef" * 4) == "0123-4567-89AB-CDEF-0123"
    for house, way in ((office, "Enviados"), (centre, "Recibidos")):
        pdf = tmp_path / f"{house.role}.pdf"
        printed = print_receipts(house, file=pdf, words=Words.load("es"))
        assert printed.pages
        text = pdf_text(pdf)
        assert up.code in text
        assert way.lower() in text.lower()
    assert "Proof" in pdf_text(
        print_receipts(office, file=tmp_path / "en.pdf", words=Words.load("en")).file
    )
    assert receipts(centre, office="Norte") == receipts(centre)
    with pytest.raises(WorkspaceError, match="centre-only"):
        receipts(office, office="Norte")


def test_a_standing_bundle_that_comes_after_a_gap_waits_for_the_one_that_follows_it(
    centre: House, office: House, tmp_path: Path
) -> None:
    files = []
    for number, activity in enumerate(("1.1", "1.2", "1.3", "1.4"), start=1):
        say(office, f"{number}77", activity)
        files.append(send(office, tmp_path / f"{number}.quipu"))
    take(centre, files[0])
    take(centre, files[3])
    assert [one.numbers for one in gaps(centre)] == [(2, 3)]
    revoke(centre, device=office.workspace.info.device.id, reason="Robado", author="Ana")
    # Nobody can know yet that the second is one of those that stand: the third says so.
    assert take(centre, files[1]).reason == "bundle-revoked-device"
    assert [take(centre, file).state for file in (files[2], files[1])] == ["merged"] * 2
    assert gaps(centre) == []
    values = {str(value) for *_, value in dump(centre)}
    assert values >= {"177", "277", "377", "477"}


def test_nothing_to_prove_yet(centre: House, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no-receipts"):
        print_receipts(centre, file=tmp_path / "a.pdf", words=Words.load("es"))


def test_silent_offices_and_old_plans_are_told_after_some_days(
    office: House, centre: House, tmp_path: Path
) -> None:
    assert codes(centre) == ["never-heard"]
    round_trip(office, centre, tmp_path)
    assert codes(centre) == codes(office) == []
    set_silence(centre, days=7, author="Ana")
    with pytest.raises(InputError, match="days-malformed"):
        set_silence(centre, days=0, author="Ana")
    round_trip(office, centre, tmp_path)
    later = datetime(2024, 8, 5, 9, tzinfo=UTC) + timedelta(days=9)
    for house, code in ((centre, "silent"), (office, "plan-old")):
        house.close()
        with open_house(folder=house.folder, clock=ticking(later)) as reader:
            assert codes(reader) == [code]


def test_an_older_plan_bundle_adds_nothing(office: House, centre: House, tmp_path: Path) -> None:
    old = send(centre, tmp_path / "old.quipu", "Norte")
    say(centre, "8")
    take(office, send(centre, tmp_path / "new.quipu", "Norte"))
    before = list(dump(office))
    assert take(office, old).new == 0
    assert list(dump(office)) == before


def test_times_that_cannot_be_are_told(office: House, centre: House, tmp_path: Path) -> None:
    office.close()
    ahead = datetime(2031, 1, 1, tzinfo=UTC)
    with open_house(folder=office.folder, write=True, clock=ticking(ahead)) as house:
        say(house, "5")
        take(centre, send(house, tmp_path / "ahead.quipu"))
    assert "clock-ahead" in codes(centre)
    assert [past.clock for past in cell_history(centre, address=executed(centre))] == ["ahead"]
    assert clock_flag("x", after="", before="") == ""
    assert clock_flag("2024-01-01T00:00", after="2024-02-01T00:00:00Z", before="") == "behind"
    assert clock_flag("2024-02-01T00:30:00Z", after="2024-02-01T01:00:00Z", before="") == ""


def test_a_clock_that_went_back_is_told(office: House, centre: House, tmp_path: Path) -> None:
    round_trip(office, centre, tmp_path)
    office.close()
    back = datetime(2019, 1, 1, tzinfo=UTC)
    with open_house(folder=office.folder, write=True, clock=ticking(back)) as house:
        take(centre, send(house, tmp_path / "back.quipu"))
    assert codes(centre) == ["clock-behind"]


@contextmanager
def on_its_disk(folder: Path) -> Iterator[House]:
    """Open one of two workspaces where the other was: as on the two disks, each in its place."""
    here = folder.parent / "aqui"
    folder.rename(here)
    with open_house(folder=here, write=True, clock=ticking()) as house:
        yield house
    here.rename(folder)


def test_a_fork_is_seen_and_parts_again_with_both_sides_in(
    office: House, centre: House, tmp_path: Path
) -> None:
    # A disk image: the same device goes on in two places, and neither knows of the other.
    office.close()
    image = tmp_path / "imagen"
    shutil.copytree(office.folder, image)
    places = [office.folder, image]
    for folder, value, activity in zip(places, ("5", "7"), ("1.1", "1.2"), strict=True):
        with on_its_disk(folder) as house:
            say(house, value, activity)
            send(house, tmp_path / f"{value}.quipu")
    results = [take(centre, tmp_path / f"{value}.quipu") for value in ("5", "7")]
    assert [one.state for one in results] == ["merged", "merged"]
    assert len({entry.device for entry in centre.workspace.bundles()}) == 1
    assert centre.facts().value(*executed(centre)) == 5
    assert centre.facts().value(*executed(centre, "1.2")) == 7
    assert codes(centre) == ["forked"]
    assert "forked" in [one.state for one in devices(centre)]
    # The same files again change nothing.
    facts = list(dump(centre))
    merge_bundles(centre, files=[tmp_path / "7.quipu"])
    assert list(dump(centre)) == facts
    # One of the two left the chain, and takes an identity of its own; the other stays as it was.
    send(centre, tmp_path / "down.quipu", "Norte")
    parted = []
    for folder in places:
        with on_its_disk(folder) as house:
            device = house.workspace.info.device.id
            parted.append(merge_bundles(house, files=[tmp_path / "down.quipu"]).parted)
            assert (house.workspace.info.device.id != device) == parted[-1]
            # Once is enough.
            assert not merge_bundles(house, files=[tmp_path / "down.quipu"]).parted
            say(house, str(len(parted)), "1.2" if parted[-1] else "1.1")
            send(house, tmp_path / f"again-{len(parted)}.quipu")
    assert sorted(parted) == [False, True]
    results = [take(centre, tmp_path / f"again-{n}.quipu") for n in (1, 2)]
    assert [one.state for one in results] == ["merged", "merged"]
    assert codes(centre) == []
    assert sorted(one.state for one in devices(centre)) == ["active", "active", "copied"]
    down = send(centre, tmp_path / "down-2.quipu", "Norte")
    for folder in places:
        with on_its_disk(folder) as house:
            assert merge_bundles(house, files=[down]).disputes_open == 0
            assert list(dump(house, unit=NORTH)) == list(dump(centre, unit=NORTH))
            assert house.workspace.verify() == ()
            assert pending_of(house) == 0


def test_a_second_computer_misses_nothing_of_before_it_joined(
    centre: House, tmp_path: Path
) -> None:
    load(centre)
    admit(centre, tmp_path / "una", "Norte", NORTH)
    second = admit(centre, tmp_path / "otra", "Norte", NORTH)
    with open_house(folder=second.folder, write=True, clock=ticking()) as house:
        assert gaps(house) == []
        send(centre, tmp_path / "lost.quipu", "Norte")
        take(house, send(centre, tmp_path / "down.quipu", "Norte"))
        assert [gap.numbers for gap in gaps(house)] == [(3,)]


def test_a_correction_of_the_centre_travels_back_and_is_told(
    office: House, centre: House, tmp_path: Path
) -> None:
    say(office, "5")
    round_trip(office, centre, tmp_path)
    say(centre, "6")
    round_trip(office, centre, tmp_path)
    past = cell_history(office, address=executed(office))
    assert [(one.value, one.office, one.act) for one in past] == [
        (5, "Norte", ""),
        (6, "", "correction"),
    ]
    assert office.facts().value(*executed(office)) == 6
