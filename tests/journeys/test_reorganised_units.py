"""Units merged, divided and moved, through bundles; old reports stay under their old names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.typing_line import Line
from tests.forms.test_huamanga import ROWS, programming
from tests.journeys.country import Country
from tests.operations.test_huamanga_plan import UNIT, tabbed

CULTURE, SPORT = "SUBGERENCIA DE CULTURA", "SUBGERENCIA DE DEPORTE"
LEISURE = "SUBGERENCIA DE CULTURA Y DEPORTE"


@pytest.fixture
def country(capfd: pytest.CaptureFixture[str], quipu_home: Path, tmp_path: Path) -> Country:
    found = Country(Line(capfd), tmp_path, {"cultura": CULTURE, "deporte": SPORT})
    one = tabbed(programming(*ROWS))
    text = "\n\n".join(one.replace(UNIT, unit) for unit in (CULTURE, SPORT))
    found.begin("Municipalidad Provincial de Huamanga", text, "pe-huamanga", "2017")
    for office in found.units:
        found.up(office, "2017-Q1", [("1", "--executed", "2")])
    return found


def by_unit(country: Country, period: str) -> dict[str, int]:
    found = country.line.json("evaluate", country.centre, "--period", period)["units"]
    return {one["unit"]: one["reported"] for one in found}


def test_two_units_become_one(country: Country) -> None:
    line, centre = country.line, country.centre
    of = ("--unit", CULTURE, "--unit", SPORT, "--into", LEISURE, "--since", "2017-Q2")
    done = line.json("units", "merge", centre, *of, "--as", "Planeamiento")
    assert (done["into"], set(done["ended"])) == ([LEISURE], {CULTURE, SPORT})
    assert len(done["moved"]) == 12
    # The past is where it was, the future is the new unit's.
    assert by_unit(country, "2017-Q1") == {CULTURE: 1, SPORT: 1}
    assert by_unit(country, "2017-Q2") == {LEISURE: 0}
    assert by_unit(country, "2017-S1") == {LEISURE: 2}
    told = {one["unit"]: one for one in line.json("units", centre)["units"]}
    assert (told[CULTURE]["ended"], told[CULTURE]["merged_into"]) == ("2017-Q2", LEISURE)
    assert (told[LEISURE]["since"], set(told[LEISURE]["aliases"])) == ("2017-Q2", {CULTURE, SPORT})
    assert told[LEISURE]["office"] == "cultura"
    states = {
        one["office"]: {when: known["state"] for when, known in one["periods"].items()}
        for one in line.json("status", centre)["offices"]
    }
    assert states["cultura"]["2017-Q1"] == states["deporte"]["2017-Q1"] == "accepted"
    # The new unit's office goes on; the other hears where its rows went.
    country.down()
    (notice, *_) = line.json("notices", country.folder / "deporte")["notices"]
    assert LEISURE in notice["title"]
    assert line.refused(
        "enter", country.folder / "deporte", "--unit", SPORT, "-a", "1", "-p", "2017-Q2", "-n", "1"
    )
    office = country.folder / "cultura"
    ids = [one["item"] for one in done["moved"] if one["code"] == "1"]
    for item in ids:
        of = ("--unit", LEISURE, "--activity", item, "--period", "2017-Q2")
        line.json("enter", office, *of, "--executed", "1")
    country.send("cultura")
    assert by_unit(country, "2017-Q2") == {LEISURE: 2}
    out = country.folder / "q1.pdf"
    of = ("--form", "pe-huamanga", "--unit", CULTURE, "--period", "2017-Q1", "-o", out)
    assert line.json("print", centre, *of)["rows"] == 3
    assert line.json("history", office, "--unit", CULTURE, "--period", "2017-Q1")["revisions"]
    # A document that still says the old name is the new unit's.
    again = line.say("load", centre, country.folder / "plan.txt", "--form", "pe-huamanga",
                     "--year", "2017")  # fmt: skip
    assert again.status < 2
    assert by_unit(country, "2017-Q2") == {LEISURE: 2}


def test_a_unit_is_divided_and_its_rows_go_to_another_office(country: Country) -> None:
    line, centre = country.line, country.centre
    of = ("units", "split", centre, "--unit", CULTURE, "--since", "2017-07")
    assert "Museos" in line.refused(*of, "--part", "Museos")
    done = line.json(*of, "--part", "Museos=1;2")
    # Its objective stays for the third activity, and comes along as a copy.
    assert (done["into"], done["ended"], len(done["moved"])) == (["Museos"], [], 2)
    nodes = line.json("evaluate", centre, "--period", "2017-Q3")["nodes"]
    assert {one["code"] for one in nodes if one["unit"] == "Museos"} == {"OEI.1", "AEI.1.1"}
    moved = line.json(
        "units", "move", centre, "--unit", "Museos", "-a", "2", "--to", SPORT, "--since", "2017-Q4"
    )
    assert moved["into"] == [SPORT]
    assert by_unit(country, "2017-Q1") == {CULTURE: 1, SPORT: 1}
    assert "Museos" in by_unit(country, "2017-Q3")
    said = line.say("units", "move", centre, "--unit", "Museos", "--to-office", "deporte").out
    assert "deporte" in said
    country.down()
    office = country.folder / "deporte"
    of = ("--unit", "Museos", "--activity", "1", "--period", "2017-Q3", "--executed", "4")
    line.json("enter", office, *of)
    country.send("deporte")
    rows = line.json("evaluate", centre, "--period", "2017-Q3")["rows"]
    assert [one["executed"] for one in rows if one["unit"] == "Museos" and one["code"] == "1"] == [
        "4"
    ]
    last = line.json("units", "move", centre, "--unit", "Museos", "-a", "1", "--to", SPORT,
                     "--since", "2017-12")  # fmt: skip
    assert last["ended"] == ["Museos"]


def test_what_cannot_be_reorganised_is_told(country: Country) -> None:
    line, centre = country.line, country.centre
    of = ("units", "merge", centre, "--unit", CULTURE, "--into", SPORT)
    assert "julio" in line.refused(*of, "--since", "julio")
    assert line.refused(
        "units", "merge", centre, "--unit", SPORT, "--into", SPORT, "--since", "2017-Q2"
    )
    line.json(*of, "--since", "2017-Q2")
    assert "ya no" in line.refused(*of, "--since", "2017-Q3")
    assert line.refused("units", "move", centre, "--unit", SPORT, "--to", "X")
    assert "deporte" in line.say("units", centre).out
