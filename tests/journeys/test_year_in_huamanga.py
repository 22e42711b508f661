"""A whole year of an operating plan in Huamanga's method: three offices, a centre, commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.typing_line import Line
from tests.forms.test_huamanga import line as piped
from tests.forms.test_huamanga import months, programming
from tests.journeys.country import Country, Today, text_of, today
from tests.operations.test_huamanga_plan import UNIT, tabbed

__all__ = ["today"]

OFFICES = {
    "turismo": UNIT,
    "cultura": "SUBGERENCIA DE CULTURA",
    "deporte": "SUBGERENCIA DE DEPORTE",
}
QUARTERS = ("2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4")
ENDS = (3, 6, 9, 12)
OPA = ("--as", "Planeamiento", "--role", "planner")


def row(code: str, text: str, measure: str, targets: dict[int, int], cost: int) -> list[object]:
    """Give a row whose every month with a target costs the same."""
    costs = dict.fromkeys(targets, cost)
    indicator = f"Número de {text.rsplit(maxsplit=1)[-1]}"
    total, budget = sum(targets.values()) or "", sum(costs.values()) or ""
    of = [total, *months(dict(targets)), budget, *months(dict(costs))]
    return [code, text, indicator, measure, "Local", *of, "Jefatura"]


def plan() -> str:
    """Give the programming of the three units: two rows are due each quarter, one is open."""
    rows = (
        ["OEI.1 Mejorar los servicios."],
        ["AEI.1.1 Atender a los barrios."],
        row("1", "Dictar talleres", "Taller", dict.fromkeys(ENDS, 2), 1000),
        row("2", "Presentar informes", "Informe", dict.fromkeys(ENDS, 1), 200),
        row("3", "Publicar memorias", "Documento", {}, 0),
    )
    text = programming(*rows)
    assert piped(rows[2]) in text
    return "\n\n".join(tabbed(text).replace(UNIT, unit) for unit in OFFICES.values())


@pytest.fixture
def country(
    capfd: pytest.CaptureFixture[str], quipu_home: Path, tmp_path: Path, today: Today
) -> Country:
    today.becomes("2016-03-01")
    found = Country(Line(capfd), tmp_path, OFFICES)
    text = plan()
    found.begin("Municipalidad Provincial de Huamanga", text, "pe-huamanga", "2017", "--draft")
    return found


def test_a_year_from_the_proposals_to_the_yearly_evaluation(country: Country, today: Today) -> None:
    _propose(country, today)
    _observe_and_approve(country, today)
    _first_quarter(country, today)
    _second_quarter(country, today)
    _reprogram(country, today)
    _the_rest(country, today)
    _evaluate(country)
    _look_at_the_board(country)
    country.same_everywhere()


def _propose(country: Country, today: Today) -> None:
    line, centre = country.line, country.centre
    assert line.json("plan-state", centre)["state"] == "draft"
    today.becomes("2016-03-20")
    for office, unit in OFFICES.items():
        dues = line.json("due", country.folder / office)["due"]
        assert ("calendar", "2016-03-30") in {(one["kind"], one["due"]) for one in dues}
        proposed = [("3", "--field", "target", "--value", "1")]
        country.enter(office, "2017-12", proposed)
        of = ("--unit", unit, "--activity", "3", "--field", "total", "--value", "1")
        line.json("enter", country.folder / office, *of)
        country.send(office)
    (row_3, *_) = [
        fact for fact in line.json("dump", centre)["facts"] if fact[1:3] == ["target", "2017-12"]
    ]
    assert row_3[3] is not None


def _observe_and_approve(country: Country, today: Today) -> None:
    line, centre, office = country.line, country.centre, country.folder / "deporte"
    today.becomes("2016-04-10")
    line.json("plan-state", centre, "--step", "propose", *OPA)
    said = ("--unit", OFFICES["deporte"], "--activity", "3", "--field", "lead")
    line.json("observe", centre, *said, "--text", "¿Quién responde por la memoria?", *OPA)
    why = ("--step", "observe", "--reason", "Falta un responsable")
    assert line.json("plan-state", centre, *why, *OPA)["state"] == "observed"
    country.down()
    (thread,) = line.json("observations", office, "--open")["observations"]
    assert (thread["code"], thread["field"]) == ("3", "lead")
    line.json("enter", office, *said, "--value", "Especialista en deporte")
    named = ("--observation", thread["messages"][0]["observation"])
    line.json("observations answer", office, *named, "--text", "El especialista.")
    country.send("deporte")
    line.json("observations resolve", centre, *named, *OPA)
    line.json("plan-state", centre, "--step", "propose", *OPA)
    for unit in OFFICES.values():
        line.json("ceiling", centre, "--unit", unit, "--amount", "5000", *OPA)
    today.becomes("2016-12-20")
    act = ("--act", "Acuerdo de Concejo", "--number", "031-2016", "--date", "2016-12-19")
    assert line.json("approve", centre, *act, "--as", "Concejo", "--role", "authority")["done"]
    assert line.json("plan-state", centre, "--step", "enact", *OPA)["state"] == "in-force"
    line.json("notice", centre, "--title", "POI aprobado", "--text", "031-2016", *OPA)
    country.down()
    for name in OFFICES:
        line.json("read-notice", country.folder / name, "--as", name)
        country.send(name)
    assert all(one["read_at"] for one in line.json("notices", centre)["notices"])
    target = ("--unit", OFFICES["deporte"], "--activity", "3", "--period", "2017-12")
    refused = line.refused("enter", office, *target, "--field", "target", "--value", "2")
    assert "plan" in refused
    assert line.json("plan-state", centre)["modified_since_approval"] is False


def cells(talleres: str, money: str, informes: str = "1", why: str = "") -> list[tuple[str, ...]]:
    """Give a quarter's report of both rows that are due."""
    found = [
        ("1", "--executed", talleres),
        ("1", "--field", "spent", "--value", money),
        ("2", "--executed", informes),
        ("2", "--field", "spent", "--value", "200"),
    ]
    return [*found, *([("1", "--field", "difficulty", "--value", why)] if why else [])]


def _first_quarter(country: Country, today: Today) -> None:
    today.becomes("2017-04-05")
    country.up("turismo", "2017-Q1", cells("2", "1000"))
    today.becomes("2017-04-10")
    country.up("cultura", "2017-Q1", cells("2", "900"))
    today.becomes("2017-04-12")
    waiting = country.line.json("due", country.folder / "deporte")["due"]
    assert ("report", "2017-Q1", True) in {
        (one["kind"], one["period"], one["late"]) for one in waiting
    }
    country.up("deporte", "2017-Q1", cells("1", "600", why="Las lluvias cerraron el local."))
    late = {office: country.state(office, "2017-Q1") for office in OFFICES}
    assert {office: one["late"] for office, one in late.items()} == {
        "turismo": False,
        "cultura": False,
        "deporte": True,
    }
    assert (late["deporte"]["due"], late["deporte"]["sealed"]) == ("2017-04-10", "2017-04-12")
    assert (late["deporte"]["late_sealed"], late["deporte"]["late_received"]) == (2, 2)


def _second_quarter(country: Country, today: Today) -> None:
    line, centre, office = country.line, country.centre, country.folder / "cultura"
    today.becomes("2017-07-05")
    for name in OFFICES:
        country.hand_in(name, "2017-Q2", cells("20" if name == "cultura" else "2", "1000"))
    report = country.report("cultura", "2017-Q2")
    cell = (*report, "--activity", "1")
    line.json("observe", centre, *cell, "--field", "executed", "--text", "¿Veinte?", *OPA)
    line.json("return", centre, *report, "--reason", "Una celda por aclarar", *OPA)
    country.down()
    assert country.state("cultura", "2017-Q2")["state"] == "returned"
    thread, whole = line.json("observations", office, "--open")["observations"]
    assert whole["messages"][0]["text"] == "Una celda por aclarar"
    assert (thread["code"], thread["field"], thread["period"]) == ("1", "executed", "2017-Q2")
    other = (*report, "--activity", "2", "--executed", "3")
    assert "observada" in line.refused("enter", office, *other)
    today.becomes("2017-07-07")
    line.json("enter", office, *cell, "--executed", "2")
    named = ("--observation", thread["messages"][0]["observation"])
    line.json("observations answer", office, *named, "--text", "Eran dos.")
    line.json("submit", office, *report)
    country.send("cultura")
    line.json("observations resolve", centre, *named, *OPA)
    for name in OFFICES:
        line.json("accept", centre, *country.report(name, "2017-Q2"), *OPA)
        assert country.state(name, "2017-Q2")["state"] == "accepted"
    past = line.json("history", centre, *cell, "--field", "executed")["revisions"]
    assert [one["value"] for one in past] == ["20", "2"]


def _reprogram(country: Country, today: Today) -> None:
    line, centre = country.line, country.centre
    today.becomes("2017-07-20")
    of = ("--unit", OFFICES["deporte"], "--activity", "1")
    act = ("--act", "Resolución de Alcaldía", "--number", "210-2017", "--date", "2017-07-19")
    why = ("--reason", "El local estará en obras", *act, *OPA)
    # 4,800 are planned of the 5,000 that the unit may spend: 700 more are 500 too many.
    too_much = ("--cause", "entorno", "--set", "cost:2017-09=1700")
    refused = line.json("reprogram", centre, *of, *too_much, *why, status=2)
    assert (refused["error"], refused["difference"]) == ("ceiling-exceeded", "500")
    # Within its ceiling, but the plan would cost more than before without a cause of the budget.
    within = ("--set", "target:2017-09=1", "--set", "cost:2017-09=1150")
    refused = line.json("reprogram", centre, *of, "--cause", "entorno", *within, *why, status=2)
    assert (refused["error"], refused["difference"]) == ("frame-exceeded", "150")
    assert line.json("changes", centre)["changes"] == []
    done = line.json("reprogram", centre, *of, "--cause", "presupuesto", *within, *why)
    assert done["edition"] == 2
    (change,) = line.json("changes", centre)["changes"]
    assert {(one["field"], one["before"], one["after"]) for one in change["lines"]} >= {
        ("target", "2", "1"),
        ("cost", "1000", "1150"),
    }
    standing = line.json("plan-state", centre)
    assert (standing["state"], standing["modified_since_approval"]) == ("reprogrammed", False)
    country.down()


def _the_rest(country: Country, today: Today) -> None:
    today.becomes("2017-10-06")
    for name in OFFICES:
        country.up(name, "2017-Q3", cells("1", "1000"))
    today.becomes("2018-01-08")
    for name in OFFICES:
        last = [("3", "--executed", "1")] if name != "deporte" else []
        country.up(name, "2017-Q4", [*cells("2", "1000"), *last])
        country.line.json("consolidate", country.centre, *country.report(name, "2017-Q4"), *OPA)
    assert {country.state(name, "2017-Q4")["state"] for name in OFFICES} == {"consolidated"}
    country.down()


def _evaluate(country: Country) -> None:
    line, centre = country.line, country.centre
    found = line.json("evaluate", centre, "--period", "2017")
    done = {(row["unit"], row["code"]): row for row in found["rows"] if row["code"].isdigit()}
    # Turismo gave 2+2+1+2 of 8 workshops; deporte 1+2+1+2 of the 7 that were left.
    assert done[OFFICES["turismo"], "1"]["percent"] == "0.875"
    sport = done[OFFICES["deporte"], "1"]
    assert (sport["programmed"], sport["executed"]) == ("7", "6")
    assert (sport["budgeted"], sport["spent"]) == ("4150", "3600")
    assert done[OFFICES["deporte"], "3"]["executed"] is None
    units = {one["unit"]: one for one in found["units"]}
    assert (units[OFFICES["cultura"]]["due"], units[OFFICES["cultura"]]["met"]) == (3, 2)
    sums = {one["unit_of_measure"]: one for one in found["whole"]["sums"]}
    assert (sums["Taller"]["programmed"], sums["Taller"]["executed"]) == ("23", "20")
    line.json(
        "recommend", centre, "--unit", OFFICES["deporte"], "--period", "2017", "--text",
        "Publicar la memoria en enero.", "--due", "2018-01-31", *OPA,
    )  # fmt: skip
    country.down("deporte")
    for period in (*QUARTERS, "2017-S1", "2017-S2", "2017"):
        both = ("xlsx", "pdf") if period == "2017" else ("pdf",)
        words = country.printed("pe-huamanga/evaluacion", period, both)
        assert "SUBGERENCIA DE DEPORTE" in words
        assert "Dictar talleres" in words
    assert "Publicar la memoria en enero." in words
    assert "210-2017" in country.printed("pe-huamanga/cambios", "2017")


def _look_at_the_board(country: Country) -> None:
    line, centre = country.line, country.centre
    seen = line.json("board", centre)
    assert seen["periods"] == list(QUARTERS)
    by_office = {one["office"]: one["periods"] for one in seen["offices"]}
    assert by_office["deporte"]["2017-Q1"]["late"] is True
    (workshops,) = [one for one in seen["sums"] if one["unit_of_measure"] == "Taller"]
    figures = [(one["programmed"], one["executed"]) for one in workshops["periods"]]
    # 2 + 2 + 2 of each quarter, one less in September; 2 + 2 + 1 were done in the first.
    assert figures == [("6", "5"), ("6", "6"), ("5", "3"), ("6", "6")]
    assert {one["unit"]: one["met"] for one in seen["units"]}[OFFICES["cultura"]] == 2
    assert {one["kind"] for one in seen["nodes"]} == {"objective", "action"}
    (under, *_) = [
        one
        for one in line.json("board", centre, "--facts", workshops["periods"][1]["key"])["facts"]
        if (one["unit"], one["field"]) == (OFFICES["cultura"], "executed")
    ]
    # Twenty was said first, and returned: both stand there with their bundles.
    assert [one["value"] for one in under["revisions"]] == ["20", "2"]
    assert {one["office"] for one in under["revisions"]} == {"cultura"}
    assert len(under["bundles"]) == 2
    assert all(one["file"].startswith("cultura-") for one in under["bundles"])
    for of in ("units", "nodes", "by_office"):
        assert line.json("board", centre, "--facts", seen[of][0]["key"])["facts"]
    report = line.json("board", centre, "--facts", by_office["deporte"]["2017-Q1"]["key"])
    assert {"report", "submitted_at", "executed"} <= {one["field"] for one in report["facts"]}
    assert "clave" in line.refused("board", centre, "--facts", "unit:nobody")
    for ending in ("pdf", "xlsx"):
        line.json("board", centre, "-o", country.folder / f"tablero.{ending}")
    words = text_of(country.folder / "tablero.pdf")
    assert "(tarde)" in words
    assert "Taller" in words
    assert "deporte" in line.say("board", centre).out
