"""Whole rounds between a centre and an office: copies, rows that come and go."""

from __future__ import annotations

import shutil
from pathlib import Path

from quipu.domain.address import Address
from quipu.operations.dumping import dump
from quipu.operations.exporting import export_bundle, pending
from quipu.operations.finding import find_unit
from quipu.operations.gesture import write
from quipu.operations.house import House
from quipu.operations.merging import merge_bundles
from quipu.operations.rows import add_row
from quipu.operations.undoing import undo
from quipu.operations.workspaces import open_house
from tests.operations.plans import (
    NORTH,
    SOUTH,
    round_trip,
    row_of,
    say,
    ticking,
)

PROGRAMME = "sv-integracion/pat-programa"


def test_a_copied_office_goes_on_beside_the_original(
    office: House, centre: House, tmp_path: Path
) -> None:
    say(office, "5")
    office.close()
    shutil.copytree(office.folder, tmp_path / "copia")
    with open_house(folder=tmp_path / "copia", write=True, clock=ticking()) as copy:
        assert [notice.code for notice in copy.notices] == ["workspace-copied"]
        say(copy, "7", "1.2")
        round_trip(copy, centre, tmp_path)
        with open_house(folder=office.folder, write=True, clock=ticking()) as original:
            say(original, "8", "1.4")
            round_trip(original, centre, tmp_path)
            # What the original wrote reaches the copy once it has said what it holds.
            round_trip(copy, centre, tmp_path)
            for house in (copy, original):
                assert list(dump(house, unit=NORTH)) == list(dump(centre, unit=NORTH))


def test_two_computers_of_an_office_learn_of_each_other_in_one_round(
    office: House, centre: House, tmp_path: Path
) -> None:
    copied = tmp_path / "copia"
    office.close()
    shutil.copytree(office.folder, copied)
    with (
        open_house(folder=office.folder, write=True, clock=ticking()) as first,
        open_house(folder=copied, write=True, clock=ticking()) as second,
    ):
        say(first, "5")
        say(second, "7", activity="1.2")
        ups = [tmp_path / "1.quipu", tmp_path / "2.quipu"]
        for house, up in zip((first, second), ups, strict=True):
            export_bundle(house, file=up)
        merge_bundles(centre, files=ups)
        export_bundle(centre, file=tmp_path / "down.quipu", to="Norte")
        for house in (first, second):
            merge_bundles(house, files=[tmp_path / "down.quipu"])
            assert list(dump(house, unit=NORTH)) == list(dump(centre, unit=NORTH))
        # Once one of them has acknowledged it, it is not sent again.
        export_bundle(second, file=ups[1])
        merge_bundles(centre, files=[ups[1]])
        assert pending(centre, to="Norte") == 0


def test_an_office_hears_where_its_former_rows_went(
    office: House, centre: House, tmp_path: Path
) -> None:
    added = add_row(centre, form=PROGRAMME, unit=NORTH, cells={("code", ""): "1.9"}, author="Ana")
    round_trip(office, centre, tmp_path)
    moved = row_of(centre, NORTH, "1.2")
    south = find_unit(centre.facts(), SOUTH)
    write(centre, [(Address(moved, "unit"), south)], facts=centre.facts(), author="Ana")
    assert added.gesture is not None
    undo(centre, gesture=added.gesture, author="Ana")
    round_trip(office, centre, tmp_path)
    assert list(dump(office, unit=NORTH)) == list(dump(centre, unit=NORTH))
    # What happens to it afterwards is no longer the office's business; and nothing stays pending.
    write(centre, [(Address(moved, "text"), "Otro")], facts=centre.facts(), author="Ana")
    round_trip(office, centre, tmp_path)
    assert office.facts().text(moved, "text") == "Señalizar los cruces"
    export_bundle(office, file=tmp_path / "last.quipu")
    merge_bundles(centre, files=[tmp_path / "last.quipu"])
    assert pending(centre, to="Norte") == 0
    # When it comes back, the office learns all that it missed.
    north = find_unit(centre.facts(), NORTH)
    write(centre, [(Address(moved, "unit"), north)], facts=centre.facts(), author="Ana")
    round_trip(office, centre, tmp_path)
    assert office.facts().text(moved, "text") == "Otro"
    assert list(dump(office, unit=NORTH)) == list(dump(centre, unit=NORTH))
