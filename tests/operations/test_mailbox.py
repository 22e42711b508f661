"""The centre's mailbox moves on when a planner is revoked, and only that one is shut out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from quipu.domain.errors import InputError
from quipu.operations import mailbox
from quipu.operations.devices import admit, devices
from quipu.operations.enrolment import join
from quipu.operations.exporting import export_bundle
from quipu.operations.house import House
from quipu.operations.mailbox import mailbox_keys, newest_version, take_boxes
from quipu.operations.planners import enrol_planner, find_planner
from quipu.operations.revoking import revoke
from quipu.operations.sealing import announcement, receivers, turn_sealing
from quipu.operations.workspaces import open_house
from quipu.store.entries import CENTRE
from quipu.sync.receiving import ReceivingKey
from quipu.sync.sealing import seal_secret, unseal_secret
from tests.operations.plans import Computer, merged, say, send, ticking


@dataclass(frozen=True)
class Planner:
    """A planner's workspace, on the computer where her keys are."""

    folder: Path
    sits: Callable[[], None]

    @contextmanager
    def house(self) -> Iterator[House]:
        self.sits()
        with open_house(folder=self.folder, write=True, clock=ticking()) as house:
            yield house


@pytest.fixture
def planner(centre: House, tmp_path: Path, computer: Computer) -> Callable[[str, bool], Planner]:
    """Let a planner's computer in, and let the first hear of it."""

    def made(name: str, with_root: bool) -> Planner:
        file = tmp_path / f"{name}-alta.quipu"
        code = enrol_planner(centre, name=name, file=file, author="Ana", with_root=with_root).code
        one = Planner(tmp_path / name, lambda: computer(f"pc-{name}"))
        one.sits()
        join(folder=one.folder, file=file, code=code, author=name)
        with one.house() as house:
            export_bundle(house, file=tmp_path / f"{name}-1.quipu", to=_first(house))
        computer("home")
        assert [each.state for each in merged(centre, tmp_path / f"{name}-1.quipu")] == ["merged"]
        return one

    return made


def _first(house: House) -> str:
    """Give the device that made this institution's workspace."""
    return next(one.device for one in devices(house) if not one.office and not one.own)


def device_of(centre: House, name: str) -> str:
    found = find_planner(centre, name)
    assert found is not None
    return found


def down(centre: House, to: str, file: Path) -> Path:
    export_bundle(centre, file=file, to=to)
    return file


def test_what_is_sent_after_a_revocation_only_the_others_read(
    centre: House,
    office: House,
    tmp_path: Path,
    computer: Computer,
    planner: Callable[[str, bool], Planner],
) -> None:
    sara, eva = planner("Sara", False), planner("Eva", False)
    merged(office, down(centre, "Norte", tmp_path / "d1.quipu"))
    [before] = receivers(office, CENTRE).keys
    older = send(office, tmp_path / "old.quipu")
    done = revoke(centre, device=device_of(centre, "Eva"), reason="Robado", author="Ana")
    assert (done.mailbox, newest_version(centre.workspace)) == (2, 2)
    for_sara = down(centre, "Sara", tmp_path / "s.quipu")
    late = down(centre, "Norte", tmp_path / "d2.quipu")
    merged(office, late)
    [after] = receivers(office, CENTRE).keys
    assert after == mailbox_keys(centre.workspace)[2].public != before
    say(office, "5")
    up = send(office, tmp_path / "up.quipu")
    with eva.house() as house:
        assert merged(house, up)[0].reason == "bundle-sealed-to-others"
        assert merged(house, older)[0].state == "merged"
    with sara.house() as house:
        assert merged(house, up)[0].reason == "bundle-sealed-to-others"  # not told yet
        assert [one.state for one in merged(house, for_sara, up, older)] == ["merged"] * 3
        assert announcement(house.workspace)["mailbox"] == {"version": 2, "key": after}
        back = down(house, _first(house), tmp_path / "back.quipu")
    computer("home")
    assert [one.state for one in merged(centre, up, older, back)] == ["merged"] * 3
    # She has it now, and is given no secret any more.
    assert mailbox.boxes_for(centre.workspace, device_of(centre, "Sara")) == []


def test_an_old_bundle_and_a_revoked_computer_take_nothing_back(
    centre: House,
    office: House,
    tmp_path: Path,
    computer: Computer,
    planner: Callable[[str, bool], Planner],
) -> None:
    eva = planner("Eva", False)
    merged(office, down(centre, "Norte", tmp_path / "d0.quipu"))
    old = down(centre, "Norte", tmp_path / "d1.quipu")
    with eva.house() as house:
        hers = down(house, "Norte", tmp_path / "eva.quipu")
    computer("home")
    merged(office, hers)  # the last to announce a mailbox, before anybody knew
    revoke(centre, device=device_of(centre, "Eva"), reason="Robado", author="Ana")
    merged(office, down(centre, "Norte", tmp_path / "d2.quipu"))
    newest = receivers(office, CENTRE).keys
    assert newest == (mailbox_keys(centre.workspace)[2].public,)
    assert merged(office, old)[0].state == "merged"
    assert receivers(office, CENTRE).keys == newest


def test_two_who_revoke_at_once_end_at_a_version_that_neither_was_told(
    centre: House, tmp_path: Path, computer: Computer, planner: Callable[[str, bool], Planner]
) -> None:
    sara = planner("Sara", True)
    planner("Eva", False)
    merged_file = down(centre, "Sara", tmp_path / "a.quipu")
    planner("Luz", False)
    again = down(centre, "Sara", tmp_path / "b.quipu")
    with sara.house() as house:
        merged(house, merged_file, again)
        revoke(house, device=device_of(house, "Luz"), reason="Robado", author="Sara")
        assert max(mailbox_keys(house.workspace)) == 2
        word = down(house, _first(house), tmp_path / "c.quipu")
    computer("home")
    revoke(centre, device=device_of(centre, "Eva"), reason="Robado", author="Ana")
    merged(centre, word)
    assert max(mailbox_keys(centre.workspace)) == 3


def test_who_is_let_in_again_and_revoked_again_is_shut_out_again(
    centre: House, planner: Callable[[str, bool], Planner]
) -> None:
    planner("Eva", False)
    device = device_of(centre, "Eva")
    versions = []
    for _ in range(2):
        for reason in ("Robado", "Robado, seguro"):  # said twice, it happened once
            versions.append(revoke(centre, device=device, reason=reason, author="Ana").mailbox)
        admit(centre, device=device, author="Ana")
        assert newest_version(centre.workspace) == versions[-1]
    assert versions == [2, 2, 3, 3]


def test_only_who_has_the_root_revokes_a_planner(
    centre: House, tmp_path: Path, planner: Callable[[str, bool], Planner]
) -> None:
    sara = planner("Sara", False)
    with sara.house() as house, pytest.raises(InputError, match="revoke-needs-root"):
        revoke(house, device=_first(house), reason="Robado", author="Sara")


def test_without_seals_the_secret_is_sealed_still(
    centre: House, tmp_path: Path, planner: Callable[[str, bool], Planner]
) -> None:
    sara = planner("Sara", False)
    planner("Eva", False)
    turn_sealing(centre, on=False, author="Ana")
    revoke(centre, device=device_of(centre, "Eva"), reason="Robado", author="Ana")
    secret = mailbox_keys(centre.workspace)[2].secret()
    file = down(centre, "Sara", tmp_path / "s.quipu")
    assert secret.encode() not in file.read_bytes()
    assert b'"boxes"' in file.read_bytes()
    with sara.house() as house:
        merged(house, file)
        assert mailbox_keys(house.workspace)[2].secret() == secret


@pytest.mark.parametrize("boxes", [None, [], "x", [1, {}], [{"version": 0, "box": ""}]])
def test_what_is_no_secret_is_left_alone(
    boxes: object, centre: House, planner: Callable[[str, bool], Planner]
) -> None:
    with planner("Sara", False).house() as house:
        take_boxes(house.workspace, {"boxes": boxes})
        assert set(mailbox_keys(house.workspace)) == {1}


def test_a_secret_that_is_not_the_announced_one_is_left_alone(
    centre: House, planner: Callable[[str, bool], Planner]
) -> None:
    with planner("Sara", False).house() as house:
        mine = str(announcement(house.workspace)["receive"])
        wrong, right = ReceivingKey(b"w" * 32), ReceivingKey(b"r" * 32)
        said = {"mailbox": {"version": 2, "key": right.public}}
        for key, kept in ((wrong, {1}), (right, {1, 2})):
            box = {"version": 2, "box": seal_secret(key.secret(), mine)}
            take_boxes(house.workspace, {**said, "boxes": [box, box]})
            assert set(mailbox_keys(house.workspace)) == kept
        take_boxes(house.workspace, {"boxes": [{"version": 3, "box": "00"}]})
        assert set(mailbox_keys(house.workspace)) == {1, 2}
    assert newest_version(centre.workspace) == 1


def test_who_has_told_no_key_is_sealed_to_the_mailbox_and_given_nothing(
    centre: House,
    office: House,
    monkeypatch: pytest.MonkeyPatch,
    planner: Callable[[str, bool], Planner],
) -> None:
    monkeypatch.setattr("quipu.operations.packing.announcement", lambda workspace: {})
    planner("Sara", False)
    device = device_of(centre, "Sara")
    assert mailbox.boxes_for(centre.workspace, device) == []
    assert receivers(centre, device).keys == (mailbox_keys(centre.workspace)[1].public,)
    assert mailbox.announced_version({"version": 10**9, "key": "0" * 64}) == 0


def test_a_sealed_secret_opens_with_its_own_key_alone() -> None:
    key, other = ReceivingKey(b"k" * 32), ReceivingKey(b"o" * 32)
    box = seal_secret("ab" * 32, key.public)
    assert unseal_secret(box, [other, key]) == "ab" * 32
    for bad, keys in ((box, [other]), (box, []), ("zz", [key]), (box[:-2], [key])):
        assert unseal_secret(bad, keys) is None
    assert unseal_secret(seal_secret("ab" * 31, key.public), [key]) is None
    assert unseal_secret("00" * 10_000, [key]) is None
