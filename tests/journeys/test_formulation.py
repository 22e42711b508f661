"""A plan from draft to approval: two offices propose offline, the centre looks and observes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.typing_line import Line
from tests.forms.test_huamanga import programming
from tests.journeys.country import Country, Today, today
from tests.journeys.test_year_in_huamanga import row
from tests.operations.test_huamanga_plan import UNIT, tabbed

__all__ = ["today"]

OFFICES = {"turismo": UNIT, "cultura": "SUBGERENCIA DE CULTURA"}
OPA = ("--as", "Planeamiento", "--role", "planner")
COSTS = tuple(f"cost:2017-{month:02}=500" for month in (3, 6))


@pytest.fixture
def country(
    capfd: pytest.CaptureFixture[str], quipu_home: Path, tmp_path: Path, today: Today
) -> Country:
    today.becomes("2016-03-01")
    found = Country(Line(capfd), tmp_path, OFFICES)
    rows = (
        ["OEI.1 Mejorar los servicios."],
        ["AEI.1.1 Atender a los barrios."],
        row("1", "Dictar talleres", "Taller", {3: 2, 6: 2}, 1000),
        ["AEI.1.2 Cuidar el patrimonio."],
        row("2", "Presentar informes", "informes", {3: 1}, 200),
    )
    text = "\n\n".join(tabbed(programming(*rows)).replace(UNIT, one) for one in OFFICES.values())
    found.begin("Municipalidad Provincial de Huamanga", text, "pe-huamanga", "2017", "--draft")
    return found


def findings(line: Line, folder: Path, unit: str, status: int) -> dict[str, list[str]]:
    (found,) = line.json("proposals", folder, "--unit", unit, status=status)["units"]
    by_check: dict[str, list[str]] = {}
    for one in found["findings"]:
        by_check.setdefault(one["check"], []).append(one["code"])
    return by_check


def test_offices_propose_and_the_centre_observes_and_approves(
    country: Country, today: Today, tmp_path: Path
) -> None:
    _offices_propose(country)
    _the_centre_looks(country)
    _it_is_corrected(country)
    _actions_have_their_order(country, tmp_path)
    _it_is_approved(country, today)
    country.same_everywhere()


def _offices_propose(country: Country) -> None:
    line, office = country.line, country.folder / "turismo"
    listed = line.json("rows", office)["rows"]
    assert listed[0]["text"] == "Elaborar la evaluación trimestral del POI"
    begun = line.json(
        "propose", office, "-u", UNIT, "--like", "1", "--under", "AEI.1.1", "--code", "3",
        "--set", "target:2017-03=1", "target:2017-06=1", "total=4", *COSTS,
    )  # fmt: skip
    assert begun["problems"] == []
    added = line.json(
        "propose", office, "-u", UNIT, "--text", "Guiar visitas", "--code", "4", "--under",
        "AEI.1.1", "--set", "indicator=Visitantes guiados", "unit_of_measure=Personas",
        "target:2017-13=1", status=1,
    )  # fmt: skip
    assert [one["check"] for one in added["problems"]] == ["period-not-planned"]
    line.json("propose", office, "-u", UNIT, "--text", "Sobra")
    line.json("propose", office, "-u", UNIT, "-a", "Sobra", "--remove")
    assert "SUBGERENCIA DE CULTURA" in line.refused(
        "propose", office, "-u", OFFICES["cultura"], "--text", "Ajena"
    )
    other = country.folder / "cultura"
    line.json("propose", other, "-u", OFFICES["cultura"], "-a", "2", "--set", "cost:2017-04=9000")
    own = findings(line, office, UNIT, 1)
    assert own["proposal-months-differ"] == ["3"]
    assert own["proposal-target-missing"] == ["4"]
    for name in OFFICES:
        country.send(name)


def _the_centre_looks(country: Country) -> None:
    line, centre = country.line, country.centre
    units = {one["unit"]: one for one in line.json("proposals", centre, status=1)["units"]}
    codes = [one["code"] for one in units[UNIT]["activities"]]
    assert sorted(codes) == ["1", "2", "3", "4"]
    for unit in OFFICES.values():
        line.json("ceiling", centre, "--unit", unit, "--amount", "6000", *OPA)
    over = findings(line, centre, OFFICES["cultura"], 1)["proposal-over-ceiling"]
    assert over == [""]
    said = line.say("proposals", centre).out
    assert "el techo de la unidad es 6000" in said
    assert "unidad de medida + sujeto + atributo" in said
    names = {one["text"]: one for one in line.json("units-of-measure", centre)["units_of_measure"]}
    assert {"Taller", "informes", "Informe", "Personas"} <= set(names)
    line.json("plan-state", centre, "--step", "propose", *OPA)
    place = ("--unit", UNIT, "--activity", "4", "--field", "total")
    line.json("observe", centre, *place, "--text", "¿Cuántas visitas?", *OPA)
    line.json("plan-state", centre, "--step", "observe", "--reason", "Faltan metas", *OPA)
    country.down()


def _it_is_corrected(country: Country) -> None:
    line, centre, office = country.line, country.centre, country.folder / "turismo"
    (thread,) = line.json("observations", office, "--open")["observations"]
    named = ("--observation", thread["messages"][0]["observation"])
    fix = ("propose", office, "-u", UNIT, "-a")
    line.json(*fix, "4", "--set", "total=30", "target:2017-06=30", *COSTS)
    line.json(*fix, "3", "--set", "total=2")
    line.json("observations answer", office, *named, "--text", "Treinta.")
    other = country.folder / "cultura"
    line.json("propose", other, "-u", OFFICES["cultura"], "-a", "2", "--set", "cost:2017-04=")
    for name in OFFICES:
        country.send(name)
    for unit in OFFICES.values():
        left = findings(line, centre, unit, 0)
        assert not left.keys() & {
            "proposal-months-differ", "proposal-target-missing", "proposal-over-ceiling",
        }  # fmt: skip
    line.json("observations resolve", centre, *named, *OPA)
    merged = line.json("units-of-measure", centre, "--merge", "informes", "--into", "Informe", *OPA)
    assert merged["changed"] == 2


def _it_is_approved(country: Country, today: Today) -> None:
    line, centre, office = country.line, country.centre, country.folder / "turismo"
    line.json("plan-state", centre, "--step", "propose", *OPA)
    today.becomes("2016-12-20")
    act = ("--act", "Acuerdo de Concejo", "--number", "031-2016", "--date", "2016-12-19")
    assert line.json("approve", centre, *act, *OPA)["state"] == "approved"
    country.down()
    late = line.refused("propose", office, "-u", UNIT, "--text", "Tarde")
    assert late == line.refused("propose", office, "-u", UNIT, "-a", "3", "--remove")
    assert line.json("plan-state", centre)["modified_since_approval"] is False


def _actions_have_their_order(country: Country, tmp_path: Path) -> None:
    line, centre = country.line, country.centre
    listed = line.json("priority", centre)["actions"]
    assert {one["rank"] for one in listed} == {None}
    second = [one["item"] for one in listed if one["code"] == "AEI.1.2"]
    first = [one["item"] for one in listed if one["code"] == "AEI.1.1"]
    paper = tmp_path / "ruta.pdf"
    ordered = line.json("priority", centre, "--order", *second, *first, "-o", paper, *OPA)
    assert [one["item"] for one in ordered["actions"]] == [*second, *first]
    assert paper.stat().st_size > 1000
