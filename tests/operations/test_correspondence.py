"""How the exchange stands with every office, and in an office with the centre."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from quipu.operations.correspondence import correspondents, pending_by_audience
from quipu.operations.enrolment import enrol, join
from quipu.operations.exporting import export_bundle, pending
from quipu.operations.house import House
from quipu.operations.merging import merge_bundles
from quipu.operations.planners import enrol_planner
from quipu.operations.running import Cancelled
from quipu.operations.workspaces import open_house
from tests.operations.plans import NORTH, SOUTH, Computer, admit, round_trip, say, send


def test_the_centre_sees_every_office(office: House, centre: House, tmp_path: Path) -> None:
    admit(centre, tmp_path, "Sur", SOUTH)
    for number in range(1, 4):
        say(office, str(number))
        file = send(office, tmp_path / f"{number}.quipu")
    merge_bundles(centre, files=[file])
    north, south = correspondents(centre)
    assert (north.name, north.units, north.last_sequence) == ("Norte", (NORTH,), 3)
    assert (north.missing, north.refused, north.days, north.silent) == ((1, 2), 0, 0, False)
    assert north.last_received and north.last_made
    assert (north.sent_sequence, north.acknowledged_sequence) == (1, 1)
    assert (south.name, south.last_sequence, south.days, south.silent) == ("Sur", 0, None, False)


def test_what_is_pending_of_everyone(office: House, centre: House, tmp_path: Path) -> None:
    say(office, "600")
    round_trip(office, centre, tmp_path)
    [north] = correspondents(centre)
    assert pending_by_audience(centre) == {north.audience: pending(centre, to="Norte")}
    assert pending_by_audience(office) == {"centre": pending(office)}
    say(office, "700")
    assert pending_by_audience(office)["centre"] == 1
    with pytest.raises(Cancelled):
        pending_by_audience(centre, cancelled=lambda: True)
    with open_house(folder=centre.folder) as reader:
        assert pending_by_audience(reader) == pending_by_audience(centre)


def test_an_office_sees_the_centre(office: House, centre: House, tmp_path: Path) -> None:
    export_bundle(centre, file=tmp_path / "lost.quipu", to="Norte")
    round_trip(office, centre, tmp_path)
    [one] = correspondents(office)
    assert (one.audience, one.name) == ("centre", "")
    # The first was the one that it joined with.
    assert (one.last_sequence, one.missing) == (3, (2,))
    assert (one.sent_sequence, one.acknowledged_sequence) == (1, 1)
    assert one.acknowledged


def test_silence_is_told(office: House, centre: House, tmp_path: Path) -> None:
    merge_bundles(centre, files=[send(office, tmp_path / "1.quipu")])
    later = centre.clock() + timedelta(days=400)
    with open_house(folder=centre.folder, clock=lambda: later) as reader:
        [north] = correspondents(reader)
    assert north.silent
    assert north.days is not None and north.days >= 399


def test_auditors_and_planners_are_correspondents_too(
    centre: House, tmp_path: Path, computer: Computer
) -> None:
    file = tmp_path / "auditor.quipu"
    enrol(centre, office="Auditoría", units=(), file=file, author="Ana", role="auditor")
    made = enrol_planner(centre, name="Segunda", file=tmp_path / "dos.quipu", author="Ana")
    computer("otra-pc")
    joined = join(
        folder=tmp_path / "dos", file=made.file, code=made.code, author="Eva", clock=centre.clock
    )
    with open_house(folder=joined.folder, write=True, clock=centre.clock) as second:
        file = tmp_path / "de-dos.quipu"
        export_bundle(second, file=file, to="centre")
    computer("home")
    merge_bundles(centre, files=[file])
    names = [one.name for one in correspondents(centre)]
    assert names == ["Auditoría", "Segunda"]
    assert set(pending_by_audience(centre)) == {one.audience for one in correspondents(centre)}
