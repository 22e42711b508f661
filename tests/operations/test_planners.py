"""A second planner's computer: both are the centre, neither loses what the other was sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from quipu.domain.errors import BundleError, InputError, WorkspaceError
from quipu.operations.devices import admit, devices
from quipu.operations.dumping import dump
from quipu.operations.enrolment import enrol, join
from quipu.operations.entering import enter
from quipu.operations.exporting import export_all, export_bundle
from quipu.operations.gaps import gaps
from quipu.operations.house import House
from quipu.operations.merging import merge_bundles
from quipu.operations.planners import enrol_planner, planners
from quipu.operations.reports import accept, submit
from quipu.operations.revoking import revoke
from quipu.operations.safekeeping import verify
from quipu.operations.workspaces import open_house
from tests.operations.plans import (
    JULY,
    NORTH,
    SOUTH,
    Computer,
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


@pytest.fixture
def second(centre: House, office: House, tmp_path: Path, computer: Computer) -> Path:
    """The workspace of a second planner, on a computer of her own: `segunda-pc`."""
    say(office, "10")
    merged(centre, send(office, tmp_path / "first.quipu"))
    file = tmp_path / "sara.quipu"
    made = enrol_planner(centre, name="Sara", file=file, author="Ana")
    assert made.code is not None
    computer("segunda-pc")
    with pytest.raises(BundleError, match="enrolment-code-missing"):
        join(folder=tmp_path / "sara", file=file, author="Sara")
    joined = join(folder=tmp_path / "sara", file=file, code=made.code, author="Sara")
    computer("home")
    assert (joined.office, joined.name, joined.units) == ("", "Sara", ())
    return joined.folder


def same(one: House, other: House) -> bool:
    return list(dump(one)) == list(dump(other))


def to_first(second: Path, centre: House, tmp_path: Path, computer: Computer, name: str) -> Path:
    """Let the second planner write her bundle for the first."""
    computer("segunda-pc")
    with opened(second) as sara:
        export_bundle(sara, file=tmp_path / name, to="centre")
    computer("home")
    return tmp_path / name


def test_a_second_planner_has_everything_and_both_exchange(
    second: Path, centre: House, office: House, tmp_path: Path, computer: Computer
) -> None:
    computer("segunda-pc")
    with opened(second) as sara:
        assert sara.role == "centre"
        assert same(sara, centre)
        # She takes in what an office sends, sealed to the mailbox that they share.
        say(office, "11", "1.2")
    computer("home")
    up = send(office, tmp_path / "2.quipu")
    computer("segunda-pc")
    with opened(second) as sara:
        assert merged(sara, up)[0].state == "merged"
    [one] = merged(centre, to_first(second, centre, tmp_path, computer, "s1.quipu"))
    assert one.state == "merged"
    assert [planner.name for planner in planners(centre)] == ["Sara"]
    computer("segunda-pc")
    with opened(second) as sara:
        assert same(sara, centre)
    computer("home")
    made = export_bundle(centre, file=tmp_path / "a1.quipu", to="sara")
    # She acknowledged what she joined with, and is not told again what she said herself.
    assert made.revisions == 0
    computer("segunda-pc")
    with opened(second) as sara:
        assert merged(sara, tmp_path / "a1.quipu", tmp_path / "a1.quipu")[0].state == "merged"
        assert same(sara, centre)
        assert export_bundle(sara, file=tmp_path / "s2.quipu", to="centre").revisions == 0
        assert verify(path=sara.folder).ok
    computer("home")
    assert verify(path=centre.folder).ok


def test_an_office_believes_both_planners(
    second: Path, centre: House, office: House, tmp_path: Path, computer: Computer
) -> None:
    submit(office, unit=NORTH, period=JULY, author="Beto")
    up = send(office, tmp_path / "2.quipu")
    computer("segunda-pc")
    with opened(second) as sara:
        merged(sara, up)
        accept(sara, unit=NORTH, period=JULY, author="Sara")
        export_bundle(sara, file=tmp_path / "down.quipu", to="Norte")
    computer("home")
    assert merged(office, tmp_path / "down.quipu")[0].state == "merged"
    export_bundle(centre, file=tmp_path / "down-a.quipu", to="Norte")
    assert merged(office, tmp_path / "down-a.quipu")[0].state == "merged"
    assert merged(centre, send(office, tmp_path / "3.quipu"))[0].state == "merged"
    merged(centre, to_first(second, centre, tmp_path, computer, "s1.quipu"))
    assert list(dump(office, unit=NORTH)) == list(dump(centre, unit=NORTH))


def test_merges_of_two_planners_commute(
    second: Path, centre: House, office: House, tmp_path: Path, computer: Computer
) -> None:
    from quipu.operations.editing import add_area

    add_area(centre, name="Área de Ana", author="Ana")
    computer("segunda-pc")
    with opened(second) as sara:
        add_area(sara, name="Área de Sara", author="Sara")
    merged(centre, to_first(second, centre, tmp_path, computer, "s1.quipu"))
    files = export_all(centre, folder=tmp_path / "all")
    assert {one.files[0].name for one in files} == {"Norte.quipu", "Sara.quipu"}
    computer("segunda-pc")
    with opened(second) as sara:
        [one] = merge_bundles(sara, files=[tmp_path / "all" / "Sara.quipu"]).bundles
        assert one.state == "merged"
        assert same(sara, centre)


def test_only_who_has_the_root_admits(
    second: Path, centre: House, tmp_path: Path, computer: Computer
) -> None:
    computer("segunda-pc")
    with opened(second) as sara:
        with pytest.raises(WorkspaceError, match="key-missing"):
            enrol(sara, office="Sur", units=[SOUTH], file=tmp_path / "s.quipu", author="Sara")
        with pytest.raises(WorkspaceError, match="key-missing"):
            enrol_planner(sara, name="Eva", file=tmp_path / "e.quipu", author="Sara")
    computer("home")
    file = tmp_path / "eva.quipu"
    code = enrol_planner(centre, name="Eva", file=file, author="Ana", with_root=True).code
    computer("tercera-pc")
    joined = join(folder=tmp_path / "eva", file=file, code=code, author="Eva")
    with opened(joined.folder) as eva:
        south = tmp_path / "s.quipu"
        enrol(eva, office="Sur", units=[SOUTH], file=south, author="Eva", with_code=False)
    office = join(folder=tmp_path / "sur", file=south, author="Sixto")
    assert office.name == "Sur"


def test_a_second_join_of_a_planner_s_file_waits(
    second: Path, centre: House, tmp_path: Path, computer: Computer
) -> None:
    merged(centre, to_first(second, centre, tmp_path, computer, "s1.quipu"))
    file = tmp_path / "eva.quipu"
    code = enrol_planner(centre, name="Eva", file=file, author="Ana").code
    bundles, ids = [], []
    for number in range(2):
        computer(f"pc-{number}")
        joined = join(folder=tmp_path / f"e{number}", file=file, code=code, author="Eva")
        ids.append(joined.device)
        with opened(joined.folder) as eva:
            first = centre.workspace.info.device.id
            export_bundle(eva, file=tmp_path / f"e{number}.quipu", to=first)
        bundles.append(tmp_path / f"e{number}.quipu")
    computer("home")
    states = [one.state for one in merged(centre, *bundles)]
    assert states == ["merged", "waiting"]
    done = admit(centre, device=ids[1], author="Ana")
    assert [one.state for one in done.bundles] == ["merged"]
    states_now = {one.device: one.state for one in devices(centre)}
    assert (states_now[ids[0]], states_now[ids[1]]) == ("active", "active")


def test_a_revoked_planner_is_believed_by_nobody(
    second: Path, centre: House, office: House, tmp_path: Path, computer: Computer
) -> None:
    merged(centre, to_first(second, centre, tmp_path, computer, "s1.quipu"))
    [planner] = planners(centre)
    revoke(centre, device=planner.device, reason="Se fue", author="Ana")
    assert planners(centre) == []
    export_bundle(centre, file=tmp_path / "down.quipu", to="Norte")
    merged(office, tmp_path / "down.quipu")
    computer("segunda-pc")
    with opened(second) as sara:
        export_bundle(sara, file=tmp_path / "bad.quipu", to="Norte")
        export_bundle(sara, file=tmp_path / "s2.quipu", to="centre")
    computer("home")
    for house, file in ((office, "bad.quipu"), (centre, "s2.quipu")):
        [one] = merged(house, tmp_path / file)
        assert (one.state, one.reason) == ("refused", "bundle-revoked-device")


def test_what_a_planner_s_file_needs(centre: House, office: House, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="name-missing"):
        enrol_planner(centre, name=" ", file=tmp_path / "x", author="Ana")
    with pytest.raises(InputError, match="day-passed"):
        enrol_planner(centre, name="Eva", file=tmp_path / "x", author="Ana", until="2020-01-01")
    with pytest.raises(WorkspaceError, match="centre-only"):
        enrol_planner(office, name="Eva", file=tmp_path / "x", author="Beto")


@pytest.mark.parametrize("heard_first", [True, False])
def test_what_counts_of_a_stolen_computer_is_the_same_for_both_whatever_came_first(
    second: Path,
    centre: House,
    office: House,
    tmp_path: Path,
    computer: Computer,
    heard_first: bool,
) -> None:
    merged(centre, to_first(second, centre, tmp_path, computer, "s1.quipu"))
    device = office.workspace.info.device.id
    say(office, "20", "1.2")
    good = send(office, tmp_path / "good.quipu")
    say(office, "30", "1.3")
    stolen = send(office, tmp_path / "stolen.quipu")
    merged(centre, good)
    revoke(centre, device=device, reason="Robado", author="Ana")
    export_bundle(centre, file=tmp_path / "word.quipu", to="Sara")
    computer("segunda-pc")
    with opened(second) as sara:
        files = [tmp_path / "word.quipu", stolen] if heard_first else [stolen, good]
        states = [one.state for one in merged(sara, *files)]
        assert states == (["merged", "refused"] if heard_first else ["merged", "merged"])
        merged(sara, tmp_path / "word.quipu")
        assert "30" not in [value for *_, value in dump(sara)]
    merged(centre, to_first(second, centre, tmp_path, computer, "s2.quipu"))
    export_bundle(centre, file=tmp_path / "a2.quipu", to="Sara")
    computer("segunda-pc")
    with opened(second) as sara:
        merged(sara, tmp_path / "a2.quipu")
        assert same(sara, centre)
        values = [value for *_, value in dump(sara)]
        assert ("20" in values, "30" in values) == (True, False)
    assert verify(path=second).ok
    assert verify(path=centre.folder).ok


def note(house: House, text: str) -> None:
    """Let a planner write on a row of the north."""
    enter(house, unit=NORTH, activity="1.2", field="product", value=text, author="Sara")


def product(house: House) -> str:
    return house.facts().text(row_of(house, NORTH, "1.2"), "product")


@pytest.mark.parametrize("late_first", [True, False])
def test_what_a_revoked_planner_said_after_its_last_good_bundle_counts_nowhere(
    second: Path,
    centre: House,
    office: House,
    tmp_path: Path,
    computer: Computer,
    late_first: bool,
) -> None:
    computer("segunda-pc")
    with opened(second) as sara:
        note(sara, "Bueno")
    good = to_first(second, centre, tmp_path, computer, "s1.quipu")
    merged(centre, good)
    computer("segunda-pc")
    with opened(second) as sara:
        note(sara, "Malo")
        export_bundle(sara, file=tmp_path / "to-north.quipu", to="Norte")
        device = sara.workspace.info.device.id
    computer("home")
    late = to_first(second, centre, tmp_path, computer, "s2.quipu")
    if late_first:
        merged(centre, late)
        assert product(centre) == "Malo"
    merged(office, tmp_path / "to-north.quipu")
    assert product(office) == "Malo"
    revoke(centre, device=device, after=1, reason="Robado", author="Ana")
    assert product(centre) == "Bueno"
    export_bundle(centre, file=tmp_path / "word.quipu", to="Norte")
    merged(office, tmp_path / "word.quipu")
    # The centre may never have seen what she told the office.
    assert product(office) == "Bueno"
    assert list(dump(office, unit=NORTH)) == list(dump(centre, unit=NORTH))
    merged(centre, send(office, tmp_path / "back.quipu"))
    assert product(centre) == "Bueno"
    assert verify(path=centre.folder).ok
    assert verify(path=office.folder).ok
    # Let in again, all that came of her counts again.
    admit(centre, device=device, author="Ana")
    assert product(centre) == ("Malo" if late_first else "Bueno")
    export_bundle(centre, file=tmp_path / "again.quipu", to="Norte")
    merged(office, tmp_path / "again.quipu")
    assert product(office) == "Malo"
    assert verify(path=office.folder).ok


def test_a_planner_without_the_root_ends_nobody_s_standing(
    second: Path, centre: House, office: House, tmp_path: Path, computer: Computer
) -> None:
    from quipu.domain.address import Address
    from quipu.domain.standing import REVOKED
    from quipu.operations.gesture import put_all, writing

    first = centre.workspace.info.device.id
    computer("segunda-pc")
    with opened(second) as sara:
        facts = sara.facts({first})
        with writing(sara, "Sara") as transaction:  # what no command of hers does
            put_all(transaction, [(Address(first, "kind"), "device")], facts=facts)
            put_all(transaction, [(Address(first, REVOKED), "-")], facts=facts)
        export_bundle(sara, file=tmp_path / "bad.quipu", to="Norte")
    computer("home")
    merged(office, tmp_path / "bad.quipu")
    assert office.facts({first}).text(first, REVOKED) == "-"
    note(centre, "Bueno")
    export_bundle(centre, file=tmp_path / "down.quipu", to="Norte")
    assert merged(office, tmp_path / "down.quipu")[0].state == "merged"
    assert product(office) == "Bueno"
    assert verify(path=office.folder).ok


def test_what_is_written_after_the_own_end_counts_not_here_either(
    centre: House, office: House
) -> None:
    from quipu.domain.address import Address
    from quipu.domain.standing import REVOKED
    from quipu.operations.gesture import put_all, writing

    own = centre.workspace.info.device.id
    facts, before = centre.facts({own}), product(centre)
    upto = " ".join(f"{one}:{n}" for one, n in centre.workspace.tops(own).items())
    with writing(centre, "Ana") as transaction:
        put_all(transaction, [(Address(own, REVOKED), upto)], facts=facts)
    note(centre, "Peor")
    assert product(centre) == before
    assert verify(path=centre.folder).ok


def test_a_bundle_lost_between_planners_is_listed_asked_for_and_answered(
    second: Path, centre: House, tmp_path: Path, computer: Computer
) -> None:
    first = to_first(second, centre, tmp_path, computer, "s1.quipu")
    to_first(second, centre, tmp_path, computer, "lost.quipu")
    third = to_first(second, centre, tmp_path, computer, "s3.quipu")
    merged(centre, first, third)
    [planner] = planners(centre)
    [gap] = gaps(centre)
    assert (gap.office, gap.device, gap.numbers) == ("", planner.device, (2,))
    export_bundle(centre, file=tmp_path / "a1.quipu", to="Sara")
    computer("segunda-pc")
    with opened(second) as sara:
        assert gaps(sara) == []  # what she joined with was of another row
        [one] = merged(sara, tmp_path / "a1.quipu")
        assert one.asked == (2,)
    again = to_first(second, centre, tmp_path, computer, "s4.quipu")
    merged(centre, again)
    assert gaps(centre) == []
