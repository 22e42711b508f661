from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import pytest

from quipu.operations.disputes import disputes
from quipu.operations.dumping import dump
from quipu.operations.entering import enter
from quipu.operations.exporting import export_all, export_bundle, pending
from quipu.operations.house import House
from quipu.operations.merging import Merged, merge_bundles
from quipu.operations.reports import accept, return_report, submit
from quipu.operations.settling import settle
from quipu.operations.status import status
from quipu.operations.workspaces import new_centre, open_house
from tests.operations.plans import INSTITUTION, NORTH, OFFICE, SOUTH, admit, load, ticking


@dataclass(frozen=True)
class Country:
    """A centre and two offices, all open to write."""

    folder: Path
    centre: House
    north: House
    south: House

    def send(self, house: House, name: str) -> Path:
        file = self.folder / f"{name}.quipu"
        export_bundle(house, file=file)
        return file

    def answer(self, *, full: bool = False) -> None:
        out = self.folder / "answers"
        export_all(self.centre, folder=out, full=full)
        for house, name in ((self.north, "Norte"), (self.south, "Sur")):
            merged = merge_bundles(house, files=[out / f"{name}.quipu"])
            assert [one.state for one in merged.bundles] in (["merged"], ["partly"])


@pytest.fixture
def country(tmp_path: Path, quipu_home: Path) -> Iterator[Country]:
    new_centre(folder=tmp_path / "centre", institution=INSTITUTION, author="Ana")
    with open_house(folder=tmp_path / "centre", write=True, clock=ticking()) as centre:
        load(centre)
        admit(centre, tmp_path, "Norte", NORTH)
        admit(centre, tmp_path, "Sur", SOUTH, OFFICE)
        with (
            open_house(folder=tmp_path / "Norte", write=True, clock=ticking()) as north,
            open_house(folder=tmp_path / "Sur", write=True, clock=ticking()) as south,
        ):
            yield Country(tmp_path, centre, north, south)


def say(house: House, unit: str, activity: str, value: str, period: str = "2024-07") -> None:
    done = enter(house, unit=unit, activity=activity, period=period, value=value, author="Beto")
    assert done.changed == 1


def same_everywhere(country: Country) -> None:
    for house, units in ((country.north, [NORTH]), (country.south, [SOUTH, OFFICE])):
        for unit in units:
            mine = list(dump(house, unit=unit))
            assert mine == list(dump(country.centre, unit=unit))
            assert mine


def test_an_office_begins_with_the_plan_of_its_units(country: Country) -> None:
    same_everywhere(country)
    texts = {value for _, _, _, value in dump(country.north)}
    assert "Señalizar los cruces" in texts
    assert "Comprar materiales" not in texts
    assert OFFICE in texts  # the list of units is everybody's


def test_progress_goes_up_and_the_answer_comes_down(country: Country) -> None:
    say(country.north, NORTH, "1.1", "1,100")
    say(country.south, SOUTH, "2.1", "900")
    submit(country.north, unit=NORTH, period="2024-07", author="Beto")
    assert pending(country.north) == 3
    files = [country.send(country.north, "n1"), country.send(country.south, "s1")]
    merged = merge_bundles(country.centre, files=files)
    assert [(one.sender, one.state, one.new) for one in merged.bundles] == [
        ("Norte", "merged", 3),
        ("Sur", "merged", 1),
    ]
    assert merged.disputes_open == 0
    accept(country.centre, unit=NORTH, period="2024-07", author="Ana")
    country.answer()
    assert pending(country.north) == 0
    same_everywhere(country)
    north, south = status(country.centre, period="2024-07")
    assert north.name == "Norte"
    assert north.periods["2024-07"].state == "accepted"
    assert north.periods["2024-07"].received is not None
    assert not north.periods["2024-07"].late
    assert south.periods["2024-07"].state == "started"
    assert (north.last_sequence, north.missing) == (1, ())


def test_a_bundle_again_is_already_in(country: Country) -> None:
    say(country.north, NORTH, "1.1", "1,100")
    file = country.send(country.north, "n1")
    merge_bundles(country.centre, files=[file])
    before = list(dump(country.centre))
    again = merge_bundles(country.centre, files=[file])
    assert [(one.state, one.new, one.revisions) for one in again.bundles] == [("already", 0, 1)]
    assert list(dump(country.centre)) == before


def test_a_lost_bundle_is_told_and_heals_with_the_next(country: Country) -> None:
    say(country.north, NORTH, "1.1", "1,100")
    country.send(country.north, "lost")
    say(country.north, NORTH, "1.2", "2")
    merged = merge_bundles(country.centre, files=[country.send(country.north, "n2")])
    assert merged.bundles[0].new == 2
    north = status(country.centre)[0]
    assert (north.last_sequence, north.missing) == (2, (1,))
    same_everywhere(country)


def story(country: Country) -> list[Path]:
    """Give bundles of both offices, some of them overlapping."""
    files = []
    for number, (north, south) in enumerate([("1", "2"), ("3", "4"), ("5", "6")], 1):
        say(country.north, NORTH, "1.1", north)
        say(country.south, SOUTH, "2.1", south)
        if number == 2:
            submit(country.north, unit=NORTH, period="2024-07", author="Beto")
            say(country.south, SOUTH, "2.2", "10%", "2024-08")
        files.append(country.send(country.north, f"n{number}"))
        files.append(country.send(country.south, f"s{number}"))
    return files


def merged_copy(country: Country, name: str, *sittings: list[Path]) -> list[object]:
    folder = country.folder / name
    shutil.copytree(country.folder / "centre", folder)
    for files in sittings:
        with open_house(folder=folder, write=True) as house:
            merged: Merged = merge_bundles(house, files=files)
            assert all(one.state in ("merged", "already") for one in merged.bundles)
    with open_house(folder=folder) as house:
        return list(dump(house))


def test_any_order_twice_or_in_two_sittings_gives_the_same_dump(country: Country) -> None:
    files = story(country)
    country.centre.close()
    expected = merged_copy(country, "in-order", files)
    orders = list(permutations(files))
    for number, order in enumerate(orders[:: len(orders) // 8]):
        assert merged_copy(country, f"order-{number}", list(order)) == expected
    assert merged_copy(country, "twice", files, files) == expected
    assert merged_copy(country, "sittings", files[3:], files[:3]) == expected
    # Each of the last two carries all that the centre never acknowledged.
    assert merged_copy(country, "last-only", files[4:]) == expected


def test_two_edits_of_one_address_are_a_dispute_until_settled(country: Country) -> None:
    say(country.north, NORTH, "1.1", "10")
    say(country.centre, NORTH, "1.1", "20")
    merged = merge_bundles(country.centre, files=[country.send(country.north, "n1")])
    assert (merged.disputes_open, merged.bundles[0].disputes) == (1, 1)
    [dispute] = disputes(country.centre)
    # Progress is the office's: its value is shown until somebody decides.
    assert (dispute.unit, dispute.code, str(dispute.shown)) == (NORTH, "1.1", "10")
    assert [(str(head.value), head.office) for head in dispute.heads] == [
        ("10", "Norte"),
        ("20", ""),
    ]
    country.answer()
    assert [one.id for one in disputes(country.north)] == [dispute.id]
    head = next(head for head in dispute.heads if head.office == "")
    settle(country.centre, dispute=dispute.id, head=head.revision, note="según acta", author="Ana")
    assert disputes(country.centre) == []
    country.answer()
    assert disputes(country.north) == []
    same_everywhere(country)
    executed = [value for _, field, _, value in dump(country.north) if field == "executed"]
    assert executed == ["20"]


def test_equal_edits_of_one_address_dispute_nothing(country: Country) -> None:
    say(country.north, NORTH, "1.1", "10")
    say(country.centre, NORTH, "1.1", "10")
    merged = merge_bundles(country.centre, files=[country.send(country.north, "n1")])
    assert merged.disputes_open == 0
    country.answer()
    same_everywhere(country)


def test_a_returned_report_goes_round_again(country: Country) -> None:
    submit(country.north, unit=NORTH, period="2024-07", author="Beto")
    merge_bundles(country.centre, files=[country.send(country.north, "n1")])
    return_report(
        country.centre, unit=NORTH, period="2024-07", reason="Falta el acta", author="Ana"
    )
    country.answer()
    assert status(country.north)[0].periods["2024-07"].state == "returned"
    submit(country.north, unit=NORTH, period="2024-07", author="Beto")
    merge_bundles(country.centre, files=[country.send(country.north, "n2")])
    assert status(country.centre)[0].periods["2024-07"].state == "submitted"
    country.answer()
    same_everywhere(country)
