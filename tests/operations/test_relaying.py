"""A region that gathers its sub-offices' bundles, and hands on what comes for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from quipu.domain.errors import BundleError, InputError, WorkspaceError
from quipu.operations.dumping import dump
from quipu.operations.entering import enter
from quipu.operations.exporting import Limits, export_bundle
from quipu.operations.house import House
from quipu.operations.merging import BundleResult, merge_bundles
from quipu.operations.relaying import OUTBOX, carried, hand_out, take, upwards
from quipu.operations.safekeeping import verify
from quipu.operations.sealing import opening_keys
from quipu.operations.workspaces import new_centre, open_house
from quipu.sync.sealing import unseal
from tests.operations.plans import JULY, NORTH, OFFICE, SOUTH, admit, load, ticking


@dataclass(frozen=True)
class Country:
    """The capital, a region, and two sub-offices of the region."""

    centre: House
    region: House
    north: House
    south: House
    folder: Path

    def send(self, house: House, unit: str, activity: str, value: str, name: str) -> Path:
        """An office says what it did, and writes its bundle."""
        enter(house, unit=unit, activity=activity, period=JULY, value=value, author="Beto")
        return export_bundle(house, file=self.folder / f"{name}.quipu").files[0]

    def both(self, value: str) -> list[Path]:
        """Both sub-offices write their bundles."""
        return [
            self.send(self.north, NORTH, "1.1", value, f"norte-{value}"),
            self.send(self.south, SOUTH, "2.1", value, f"sur-{value}"),
        ]

    def up(self, name: str = "region") -> BundleResult:
        """The region sends its bundle up."""
        file = export_bundle(self.region, file=self.folder / f"{name}.quipu").files[0]
        [one] = merge_bundles(self.centre, files=[file]).bundles
        return one

    def down(self, name: str = "down", along: tuple[str, ...] = ()) -> BundleResult:
        """The capital answers the region."""
        file = self.folder / f"{name}.quipu"
        export_bundle(self.centre, to="Región", file=file, along=along)
        [one] = merge_bundles(self.region, files=[file]).bundles
        return one


@pytest.fixture
def country(centre: House, tmp_path: Path) -> Iterator[Country]:
    load(centre)
    folders = [
        admit(centre, tmp_path, name, unit).folder
        for name, unit in (("Región", OFFICE), ("Norte", NORTH), ("Sur", SOUTH))
    ]
    houses = [open_house(folder=folder, write=True, clock=ticking()) for folder in folders]
    yield Country(centre, *houses, tmp_path)
    for house in houses:
        house.close()


def told(result: BundleResult) -> list[tuple[str, str, str]]:
    return [(str(one.file), one.sender, one.state) for one in result.enclosed]


def test_bundles_travel_inside_and_are_judged_by_their_own_signatures(country: Country) -> None:
    files = country.both("5")
    kept = take(country.region, files=files)
    assert [(one.state, one.audience) for one in kept] == [("kept", "centre")] * 2
    assert [one.state for one in take(country.region, files=files[:1])] == ["already"]
    for one in carried(country.region.workspace):
        stored = country.region.folder / OUTBOX / one.sha256
        assert stored.read_bytes() == (country.folder / one.file).read_bytes()
    result = country.up()
    assert result.state == "merged"
    assert told(result) == [
        ("norte-5.quipu", "Norte", "merged"),
        ("sur-5.quipu", "Sur", "merged"),
    ]
    alone = {one.sender: one for one in result.enclosed}
    assert (alone["Norte"].revisions, alone["Norte"].new) == (1, 1)
    # The capital knows who wrote what: the region carried, and wrote nothing of it.
    offices = {entry.office for entry in country.centre.workspace.bundles()}
    assert len(offices) == 3
    for house, unit in ((country.north, NORTH), (country.south, SOUTH)):
        assert list(dump(house, unit=unit)) == list(dump(country.centre, unit=unit))
    assert verify(path=country.centre.folder).problems == ()
    # The same bundle again, and the files alone, change nothing.
    before = list(dump(country.centre))
    files.append(country.folder / "region.quipu")
    again = merge_bundles(country.centre, files=files).bundles
    assert {one.state for one in again} == {"already"}
    assert {one.state for one in again[-1].enclosed} == {"already"}
    assert list(dump(country.centre)) == before


def test_a_relay_cannot_read_what_it_carries(country: Country) -> None:
    files = country.both("5")
    take(country.region, files=files)
    for file in files:
        with pytest.raises(BundleError, match="bundle-sealed-to-others"):
            unseal(file, country.folder / "o", keys=opening_keys(country.region.workspace))
        (country.folder / "o").unlink()
        [one] = merge_bundles(country.region, files=[file]).bundles
        assert one.reason == "bundle-for-someone-else"


def test_what_is_not_confirmed_is_sent_again(country: Country) -> None:
    take(country.region, files=country.both("5"))
    export_bundle(country.region, file=country.folder / "lost.quipu")
    assert len(upwards(country.region.workspace)) == 2
    assert len(country.up().enclosed) == 2
    # The capital's word has not come yet: the next one carries them too, with what is new.
    take(country.region, files=country.both("6"))
    assert [one.state for one in country.up("second").enclosed] == ["already"] * 2 + ["merged"] * 2
    assert [len(one.manifests) for one in carried(country.region.workspace)] == [3, 3, 1, 1]
    assert country.down().state == "merged"
    assert carried(country.region.workspace) == []
    assert country.up("third").enclosed == ()
    assert list((country.region.folder / OUTBOX).iterdir()) == []
    # A bundle that was received once and comes again is received again.
    take(country.region, files=[country.folder / "norte-6.quipu"])
    assert [one.state for one in country.up("fourth").enclosed] == ["already"]


def test_one_that_is_bad_does_not_hold_up_the_rest(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    north, south = country.both("5")
    damaged = bytearray(north.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    bad = country.folder / "malo.quipu"
    bad.write_bytes(damaged)
    take(country.region, files=[bad, south])
    result = country.up()
    assert (result.state, [one.state for one in result.enclosed]) == (
        "merged",
        ["refused", "merged"],
    )
    assert result.enclosed[0].reason == "bundle-damaged"
    assert result.enclosed[0].params["file"] == "malo.quipu"


def test_what_cannot_be_carried(country: Country, centre: House) -> None:
    folder = country.folder
    text = folder / "t.quipu"
    text.write_text("hola", encoding="utf-8")
    other = new_centre(folder=folder / "other", institution="Otra", author="Eva")
    with open_house(folder=other.folder, write=True) as house:
        load(house)
        foreign = admit(house, folder / "x", "Lejos", NORTH)
    with open_house(folder=foreign.folder, write=True) as house:
        export_bundle(house, file=folder / "foreign.quipu")
    country.up("own")
    own = export_bundle(centre, to="Región", file=folder / "d.quipu").files[0]
    files = [
        text, folder / "nowhere", folder / "Norte-alta.quipu", folder / "foreign.quipu", own, folder
    ]  # fmt: skip
    taken = take(country.region, files=files)
    assert [(one.state, one.reason) for one in taken] == [
        ("refused", "bundle-not-a-bundle"),
        ("refused", "file-missing"),
        ("refused", "bundle-is-an-enrolment"),
        ("refused", "bundle-foreign"),
        ("refused", "relay-own"),
        ("refused", "file-missing"),
    ]
    assert carried(country.region.workspace) == []
    with pytest.raises(WorkspaceError, match="relay-only-office"):
        take(centre, files=[text])
    with pytest.raises(WorkspaceError, match="relay-only-office"):
        hand_out(centre, folder=folder / "out")


def test_bundles_go_down_through_the_region(country: Country) -> None:
    take(country.region, files=country.both("5"))
    country.up()
    with pytest.raises(InputError, match="export-with-itself"):
        country.down(along=("Región",))
    with pytest.raises(InputError, match="audience-only-centre"):
        export_bundle(country.region, file=country.folder / "n.quipu", along=["Norte"])
    result = country.down(along=("Norte", "Sur", "Norte"))
    assert told(result) == [("Norte.quipu", "", "carried"), ("Sur.quipu", "", "carried")]
    out = country.folder / "out"
    handed = hand_out(country.region, folder=out)
    assert [file.name for file in handed] == ["Norte.quipu", "Sur.quipu"]
    assert hand_out(country.region, folder=out) == ()
    assert len(hand_out(country.region, folder=country.folder / "out2", again=True)) == 2
    assert merge_bundles(country.north, files=handed[:1]).bundles[0].state == "merged"
    assert country.north.workspace.pending("centre", None) == 0
    assert merge_bundles(country.north, files=handed[1:]).bundles[0].state == "refused"
    # A newer one for the same office takes the place of what was handed on.
    country.down("newer", along=("Norte",))
    assert [(one.file, one.handed) for one in carried(country.region.workspace)] == [
        ("Norte.quipu", True),
        ("Sur.quipu", True),
        ("Norte.quipu", False),
    ]
    assert len(hand_out(country.region, folder=out)) == 1
    assert len(hand_out(country.region, folder=out, again=True)) == 2
    with pytest.raises(InputError, match="folder-not-written"):
        hand_out(country.region, folder=country.folder / "norte-5.quipu", again=True)


def test_a_region_of_regions(country: Country) -> None:
    """The north gathers the south's, the region the north's: the capital unpacks both."""
    south = country.send(country.south, SOUTH, "2.1", "5", "sur")
    take(country.north, files=[south])
    north = country.send(country.north, NORTH, "1.1", "5", "norte")
    take(country.region, files=[north])
    result = country.up()
    assert told(result) == [("norte.quipu", "Norte", "merged")]
    assert told(result.enclosed[0]) == [("sur.quipu", "Sur", "merged")]


def test_too_deep(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quipu.operations.merging.DEEPEST", 1)
    south = country.send(country.south, SOUTH, "2.1", "5", "sur")
    take(country.north, files=[south])
    take(country.region, files=[country.send(country.north, NORTH, "1.1", "5", "norte")])
    [inner] = country.up().enclosed
    assert (inner.state, inner.reason) == ("refused", "relay-too-deep")


def test_a_budget_lets_the_rest_wait(country: Country) -> None:
    take(country.region, files=country.both("5"))
    file = country.folder / "r.quipu"
    made = export_bundle(country.region, file=file, limits=Limits(budget=10))
    assert made.enclosed == ("norte-5.quipu",)
    made = export_bundle(country.region, file=file)
    assert made.enclosed == ("norte-5.quipu", "sur-5.quipu")


def test_parts_are_carried_whole(country: Country) -> None:
    note = country.folder / "acta.bin"
    note.write_bytes(bytes(range(256)) * 60)
    enter(
        country.north, unit=NORTH, activity="1.1", period=JULY, value="3", evidence=note,
        author="Beto",
    )  # fmt: skip
    limits = Limits(part_size=9000)
    made = export_bundle(country.north, file=country.folder / "p.quipu", limits=limits)
    taken = take(country.region, files=[*made.files[::-1], made.files[0]])
    assert [one.state for one in taken] == [*["waiting"] * (len(made.files) - 1), "kept", "kept"]
    assert [one.file for one in carried(country.region.workspace)] == [taken[-2].file.name]
    [inner] = country.up().enclosed
    assert inner.state == "merged"
    assert country.centre.workspace.wanted_blobs() == []


def test_a_file_that_cannot_be_read(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    [north, _] = country.both("5")

    def torn(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("quipu.operations.relaying.shutil.copyfile", torn)
    [one] = take(country.region, files=[north])
    assert (one.state, one.reason) == ("refused", "file-unreadable")


def test_a_full_disk_keeps_nothing_half(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    files = country.both("5")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("quipu.operations.relaying.replacing", full)
        with pytest.raises(WorkspaceError, match="workspace-full"):
            take(country.region, files=files)
    assert carried(country.region.workspace) == []
    assert [one.state for one in take(country.region, files=files)] == ["kept", "kept"]
