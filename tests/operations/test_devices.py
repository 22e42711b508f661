"""Second computers, copies far away, lost and stolen computers: nothing lost, nobody let in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from quipu import settings
from quipu.domain.errors import InputError, WorkspaceError
from quipu.domain.refusal import REASON, REFUSES
from quipu.operations.devices import Device, admit, devices
from quipu.operations.enrolment import enrol, join
from quipu.operations.exporting import export_bundle
from quipu.operations.house import House
from quipu.operations.revoking import find_device, revoke
from quipu.operations.safekeeping import backup, restore, verify
from quipu.operations.workspaces import foreseen, open_house
from tests.operations.plans import (
    JULY,
    NORTH,
    SOUTH,
    Computer,
    load,
    merged,
    row_of,
    say,
    send,
    ticking,
)


@contextmanager
def opened(folder: Path) -> Iterator[House]:
    with open_house(folder=folder, write=True, clock=ticking()) as house:
        yield house


def of(house: House, device: str) -> Device:
    [found] = [one for one in devices(house) if one.device == device]
    return found


def shown(house: House, activity: str = "1.1") -> object:
    facts = house.facts()
    unit = next(item for item in facts.of_kind("unit") if facts.text(item, "name") == NORTH)
    return facts.value(row_of(house, NORTH, activity), "executed", JULY, unit)


@pytest.fixture
def file(centre: House, tmp_path: Path) -> Path:
    """An enrolment file of the north."""
    load(centre)
    file = tmp_path / "alta.quipu"
    enrol(centre, office="Norte", units=[NORTH], file=file, author="Ana", with_code=False)
    return file


@pytest.fixture
def office(centre: House, file: Path, tmp_path: Path) -> Iterator[House]:
    joined = join(folder=tmp_path / "norte", file=file, author="Beto", clock=ticking())
    with opened(joined.folder) as house:
        yield house


# ---------------------------------------------------------------- a second join of one file


def test_a_second_join_of_a_file_waits_and_loses_nothing(
    centre: House, office: House, file: Path, tmp_path: Path
) -> None:
    say(office, "10")
    assert merged(centre, send(office, tmp_path / "1.quipu"))[0].state == "merged"
    second = join(folder=tmp_path / "segunda", file=file, author="Eva", clock=ticking())
    with opened(second.folder) as house:
        say(house, "20", "1.2")
        first = send(house, tmp_path / "2.quipu")
        say(house, "21", "1.3")
        later = send(house, tmp_path / "3.quipu")
    for bundle in (first, later, first):
        [one] = merged(centre, bundle)
        assert (one.state, one.reason) == ("waiting", "bundle-second-device")
        assert one.params["device"] == second.device
    assert shown(centre, "1.2") is None
    waits = of(centre, second.device)
    assert (waits.state, waits.name, waits.role, waits.copy_of) == (
        "waiting",
        "Norte",
        "office",
        "",
    )
    assert len(list((centre.folder / "waiting" / second.device).glob("0*"))) == 2
    done = admit(centre, device=second.device[:8], author="Ana")
    assert [one.state for one in done.bundles] == ["merged", "merged"]
    assert [str(shown(centre, one)) for one in ("1.1", "1.2", "1.3")] == ["10", "20", "21"]
    assert of(centre, second.device).state == "active"
    assert not (centre.folder / "waiting" / second.device).exists()
    # From now on it sends like any other, and the first one too.
    with opened(second.folder) as house:
        say(house, "22", "1.4")
        assert merged(centre, send(house, tmp_path / "4.quipu"))[0].state == "merged"
    say(office, "11")
    assert merged(centre, send(office, tmp_path / "5.quipu"))[0].state == "merged"
    assert verify(path=centre.folder).ok
    with pytest.raises(InputError, match="device-not-waiting"):
        admit(centre, device=second.device, author="Ana")


def test_one_that_is_turned_away_stays_out(
    centre: House, office: House, file: Path, tmp_path: Path
) -> None:
    merged(centre, send(office, tmp_path / "1.quipu"))
    second = join(folder=tmp_path / "segunda", file=file, author="Eva", clock=ticking())
    with opened(second.folder) as house:
        say(house, "20", "1.2")
        bundle = send(house, tmp_path / "2.quipu")
    assert merged(centre, bundle)[0].state == "waiting"
    done = revoke(centre, device=second.device, reason="No es nuestro", author="Ana")
    assert (done.stand, done.late) == (0, 0)
    assert not (centre.folder / "waiting" / second.device).exists()
    [one] = merged(centre, bundle)
    assert (one.state, one.reason) == ("refused", "bundle-revoked-device")
    assert shown(centre, "1.2") is None


# ---------------------------------------------------------------- copies


@pytest.fixture
def copy(centre: House, office: House, tmp_path: Path, computer: Computer) -> Path:
    """A copy of the office's workspace on another computer, made before a part was sent."""
    say(office, "10")
    merged(centre, send(office, tmp_path / "1.quipu"))
    say(office, "11", "1.2")  # known to nobody yet when the copy is made
    folder = office.folder
    office.close()
    computer("otra-pc")
    shutil.copytree(folder, tmp_path / "copia")
    return tmp_path / "copia"


def test_a_copy_on_another_computer_goes_on_under_a_key_of_its_own(
    copy: Path, centre: House, tmp_path: Path, computer: Computer
) -> None:
    assert foreseen(folder=copy) == "elsewhere"
    with opened(copy) as house:
        [notice] = house.notices
        assert notice.code == "workspace-elsewhere"
        device = house.workspace.info.device.id
        say(house, "12", "1.3")
        bundle = send(house, tmp_path / "2.quipu")
    assert verify(path=bundle).ok
    assert verify(path=copy).ok
    assert foreseen(folder=copy) == ""
    with opened(copy) as house:
        assert house.notices == ()
    computer("home")
    [one] = merged(centre, bundle)
    assert (one.state, one.reason) == ("waiting", "bundle-copy-waits")
    waits = of(centre, device)
    assert (waits.state, waits.check) == ("waiting", notice.params["check"])
    assert waits.copy_of != device


def test_a_copy_that_is_let_in_lost_nothing_and_goes_on_beside_its_original(
    copy: Path, centre: House, tmp_path: Path, computer: Computer
) -> None:
    with opened(copy) as house:
        device = house.workspace.info.device.id
        say(house, "12", "1.3")
        bundle = send(house, tmp_path / "2.quipu")
    computer("home")
    merged(centre, bundle)
    done = admit(centre, device=device, author="Ana")
    assert [one.state for one in done.bundles] == ["merged"]
    assert [str(shown(centre, one)) for one in ("1.1", "1.2", "1.3")] == ["10", "11", "12"]
    assert of(centre, device).state == "copied"
    with opened(tmp_path / "norte") as house:
        say(house, "13", "1.4")
        assert merged(centre, send(house, tmp_path / "3.quipu"))[0].state == "merged"
        export_bundle(centre, file=tmp_path / "down.quipu", to="Norte", full=True)
        assert merged(house, tmp_path / "down.quipu")[0].state == "merged"
        assert str(shown(house, "1.3")) == "12"
    computer("otra-pc")
    with opened(copy) as house:
        assert merged(house, tmp_path / "down.quipu")[0].state == "merged"
        assert str(shown(house, "1.4")) == "13"
        say(house, "14", "1.1")
        last = send(house, tmp_path / "4.quipu")
    computer("home")
    assert merged(centre, last)[0].state == "merged"
    assert str(shown(centre, "1.1")) == "14"
    assert verify(path=centre.folder).ok


def test_a_backup_brought_back_on_another_computer_waits(
    office: House, centre: House, tmp_path: Path, computer: Computer
) -> None:
    say(office, "10")
    backup(office, file=tmp_path / "c.zip")
    computer("otra-pc")
    restored = restore(file=tmp_path / "c.zip", folder=tmp_path / "otra")
    assert foreseen(folder=restored.folder) == "elsewhere"
    with opened(restored.folder) as house:
        assert [one.code for one in house.notices] == ["workspace-elsewhere"]
        bundle = send(house, tmp_path / "1.quipu")
    computer("home")
    assert merged(centre, bundle)[0].reason == "bundle-copy-waits"


def test_what_a_person_is_asked_before_a_workspace_is_opened(office: House, tmp_path: Path) -> None:
    backup(office, file=tmp_path / "c.zip")
    folder = office.folder
    office.close()
    assert foreseen(folder=folder) == ""
    shutil.copytree(folder, tmp_path / "copia")
    assert foreseen(folder=tmp_path / "copia") == "copied"
    restored = restore(file=tmp_path / "c.zip", folder=tmp_path / "otra")
    assert foreseen(folder=restored.folder) == "restored"


def test_a_key_that_is_gone_where_it_was_makes_no_other_device(office: House) -> None:
    folder, device = office.folder, office.workspace.info.device.id
    office.close()
    (settings.keys_dir() / f"{device}.key").unlink()
    with pytest.raises(WorkspaceError, match="key-missing"):
        open_house(folder=folder, write=True)


# ---------------------------------------------------------------- lost and stolen


def test_after_a_revocation_later_bundles_are_refused_and_earlier_ones_stand(
    centre: House, office: House, file: Path, tmp_path: Path
) -> None:
    device = office.workspace.info.device.id
    bundles = []
    for number, activity in enumerate(("1.1", "1.2", "1.3", "1.4"), start=1):
        say(office, str(number), activity)
        bundles.append(send(office, tmp_path / f"{number}.quipu"))
    # The second was lost on the way, and the fourth was sent by the thief.
    assert [one.state for one in merged(centre, bundles[0], bundles[2])] == ["merged"] * 2
    done = revoke(centre, device=device, reason="Robado en el bus", author="Ana")
    assert (done.stand, done.late) == (2, 0)
    [late] = merged(centre, bundles[3])
    assert (late.state, late.reason) == ("refused", "bundle-revoked-device")
    assert shown(centre, "1.4") is None
    assert [one.state for one in merged(centre, bundles[1], bundles[0])] == ["merged", "already"]
    found = of(centre, device)
    assert (found.state, found.reason, found.last_sequence) == ("revoked", "Robado en el bus", 2)
    # Its office is enrolled again.
    again = tmp_path / "otra.quipu"
    enrol(centre, office="Norte", units=[], file=again, author="Ana", with_code=False)
    joined = join(folder=tmp_path / "nueva", file=again, author="Beto", clock=ticking())
    with opened(joined.folder) as house:
        assert str(shown(house, "1.3")) == "3"
        assert of(house, device).state == "revoked"  # it travels
        say(house, "5", "1.4")
        assert merged(centre, send(house, tmp_path / "n.quipu"))[0].state == "merged"
    assert str(shown(centre, "1.4")) == "5"
    # A mistake is taken back.
    admit(centre, device=device, author="Ana")
    assert of(centre, device).state == "active"
    assert merged(centre, bundles[3])[0].state == "merged"


def test_what_came_too_late_is_refused_whatever_came_first(
    centre: House, office: House, tmp_path: Path
) -> None:
    device = office.workspace.info.device.id
    for number, activity in enumerate(("1.1", "1.2", "1.3"), start=1):
        say(office, str(number), activity)
        send(office, tmp_path / f"{number}.quipu")
    merged(centre, *(tmp_path / f"{number}.quipu" for number in (1, 2, 3)))
    office_item = centre.workspace.devices()[-1].office
    done = revoke(centre, device=device, after=1, reason="Robado", author="Ana")
    assert (done.stand, done.late) == (1, 2)
    facts = centre.facts()
    refusals = facts.of_kind("refusal")
    assert {facts.text(one, REASON) for one in refusals} == {"device-revoked"}
    assert {facts.text(one, "office") for one in refusals} == {office_item}
    named = [facts.text(one, REFUSES) for one in refusals]
    assert len(refusals) == 1
    assert all(len(name.split()) == 1 for name in named)
    assert str(shown(centre, "1.1")) == "1"
    assert (shown(centre, "1.2"), shown(centre, "1.3")) == (None, None)
    # Merging more writes nothing twice; taking it back lifts the refusals.
    before = len(list(centre.workspace.all_facts()))
    merged(centre, tmp_path / "1.quipu")
    assert len(list(centre.workspace.all_facts())) == before
    admit(centre, device=device, author="Ana")
    facts = centre.facts()
    assert [facts.text(one, REFUSES) for one in refusals] == [""]
    assert [str(shown(centre, one)) for one in ("1.1", "1.2", "1.3")] == ["1", "2", "3"]
    assert verify(path=centre.folder).ok


def test_a_thief_s_copy_is_refused_with_its_original(
    centre: House, office: House, tmp_path: Path
) -> None:
    say(office, "1")
    merged(centre, send(office, tmp_path / "1.quipu"))
    folder, device = office.folder, office.workspace.info.device.id
    office.close()
    shutil.copytree(folder, tmp_path / "copia")
    with opened(tmp_path / "copia") as copy:
        say(copy, "2")
        early = send(copy, tmp_path / "2.quipu")
        say(copy, "3")
        late = send(copy, tmp_path / "3.quipu")
        own = copy.workspace.info.device.id
    assert merged(centre, early)[0].state == "merged"
    assert of(centre, own).state == "copied"
    revoke(centre, device=device, reason="Robado", author="Ana")
    assert merged(centre, late)[0].reason == "bundle-revoked-device"
    assert merged(centre, early)[0].state == "already"


def test_who_may_revoke_what(centre: House, office: House, tmp_path: Path) -> None:
    merged(centre, send(office, tmp_path / "1.quipu"))
    own, other = centre.workspace.info.device.id, office.workspace.info.device.id
    for device, code in ((own, "device-own"), ("nadie", "device-not-found"), ("", "device-not")):
        with pytest.raises(InputError, match=code):
            revoke(centre, device=device, reason="r", author="Ana")
    with pytest.raises(InputError, match="reason-missing"):
        revoke(centre, device=other, reason=" ", author="Ana")
    with pytest.raises(InputError, match="device-not-waiting"):
        admit(centre, device=other, author="Ana")
    for verb in (revoke, admit):
        with pytest.raises(WorkspaceError, match="centre-only"):
            verb(office, device=own, author="Beto", **({"reason": "r"} if verb is revoke else {}))
    assert find_device(centre, other[:6].upper()) == other


def test_devices_have_a_state_each(centre: House, office: House, tmp_path: Path) -> None:
    say(office, "1")
    merged(centre, send(office, tmp_path / "1.quipu"))
    own, north = devices(centre)
    assert (own.own, own.role, own.state, own.office) == (True, "planner", "active", "")
    assert (north.name, north.role, north.state) == ("Norte", "office", "active")
    assert (north.last_sequence, north.last_received[:10]) == (1, "2024-08-05")
    file = tmp_path / "sur.quipu"
    enrol(
        centre, office="Sur", units=[SOUTH], file=file, author="Ana", with_code=False,
        until="2024-12-31", role="relay",
    )  # fmt: skip
    joined = join(folder=tmp_path / "sur", file=file, author="Sara", clock=ticking())
    with opened(joined.folder) as house:
        merged(centre, send(house, tmp_path / "s.quipu"))
    last = date(2024, 12, 31)
    for day, state in ((last, "active"), (date(2025, 1, 1), "expired")):
        [south] = [one for one in devices(centre, today=day) if one.device == joined.device]
        assert (south.state, south.role, south.until) == (state, "relay", "2024-12-31")


def test_a_device_s_id_taken_by_another_key_is_refused(
    centre: House, office: House, file: Path, tmp_path: Path
) -> None:
    from quipu.operations import identities
    from quipu.sync.certificates import certify_copy
    from tests.sync.forge import Json, resigned
    from tests.sync.world import key

    say(office, "1")
    merged(centre, send(office, tmp_path / "1.quipu"))
    first = centre.folder / "archive" / centre.workspace.bundles()[-1].manifest
    own, thief = office.workspace.info.device, key("thief")
    # Whoever has an office's bundle has its chain, and may say that he is a copy under its id.
    taken = certify_copy(
        thief, own.chain[-1], device=own.id, key=thief.public, issued_at="2024-08-05T09:00:00Z"
    )

    def change(said: Json) -> None:
        said.update(key=thief.public, chain=[*map(dict, own.chain), dict(taken)])

    (tmp_path / "x.quipu").write_bytes(resigned(first, thief, change))
    [one] = merged(centre, tmp_path / "x.quipu")
    assert (one.state, one.reason) == ("refused", "bundle-unknown-device")
    assert identities.signing_key(office.workspace.info).public == own.key
    assert not (centre.folder / "waiting").exists()
