"""A whole year of weighted programmes in Tarapacá's method: three regions, a centre, commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.typing_line import Line
from tests.forms.programme_tables import HEAD
from tests.journeys.country import Country, Today, today

__all__ = ["today"]

REGIONS = {
    "arica": "Región de Arica",
    "tarapaca": "Región de Tarapacá",
    "antofagasta": "Región de Antofagasta",
}
ROWS = (
    ("Difundir los beneficios.", "0,4", ("Feria del adulto mayor",)),
    ("Acercar la atención.", "0,4", ("Ruta norte", "Ruta sur", "Ruta costa", "Ruta interior")),
    ("Capacitar a los municipios.", "0,4", ("Taller uno", "Taller dos", "Taller tres", "Acta")),
    ("Coordinar a los servicios.", "0,6", ("Mesa primera", "Mesa segunda", "Convenio")),
    ("Medir la satisfacción.", "0,4", ("Encuesta", "Tabulación", "Informe final")),
)
ALL = [name for _, _, names in ROWS for name in names]
DCG = ("--as", "Control de gestión", "--role", "planner")
YEAR = "2010"
WEIGHS = "Ponderación Programa de Trabajo (%) ³"


def programme(region: str) -> str:
    """Give a region's programme: five objectives of 2,2 points, fifteen activities."""
    rows = [
        f"| Atención | {said} | N° de a N° de b | {'. '.join(names)} | Actas | {points} | Caja |"
        for said, points, names in ROWS
    ]
    return "\n".join(
        [
            "| Actividad III. 1.1: Programa de Trabajo | | |",
            f"| INSTITUCIÓN / REGIÓN ² = {region} | {WEIGHS} = 2,2% | |",
            f"| {HEAD} |",
            *rows,
        ]
    )


@pytest.fixture
def country(
    capfd: pytest.CaptureFixture[str], quipu_home: Path, tmp_path: Path, today: Today
) -> Country:
    today.becomes("2009-11-20")
    found = Country(Line(capfd), tmp_path, REGIONS)
    text = "\n\n".join(map(programme, REGIONS.values()))
    found.begin("Instituto de Previsión Social", text, "cl-ips", YEAR, "--draft")
    return found


def test_a_year_of_programmes_from_draft_to_their_printed_evaluation(
    country: Country, today: Today
) -> None:
    line, centre = country.line, country.centre
    found = line.json("evaluate", centre, "--period", YEAR)["programmes"]
    assert [len(one["activities"]) for one in found] == [15, 15, 15]
    _approve(country, today)
    _ask_in_between(country, today)
    _report(country, today)
    _evaluate(country)
    country.same_everywhere()


def _approve(country: Country, today: Today) -> None:
    line, centre = country.line, country.centre
    act = ("--act", "Resolución exenta", "--number", "580", "--date", "2009-12-28")
    line.json("plan-state", centre, "--step", "propose", *DCG)
    today.becomes("2009-12-28")
    line.json("approve", centre, *act, *DCG)
    line.json("plan-state", centre, "--step", "enact", *DCG)
    line.json("notice", centre, "--title", "Programas aprobados", *DCG)
    country.down()
    for office in REGIONS:
        line.json("read-notice", country.folder / office, "--as", office)


def _ask_in_between(country: Country, today: Today) -> None:
    """Ask the regions for their state in June; one answers too late."""
    line, centre = country.line, country.centre
    today.becomes("2010-06-01")
    asked = ("--title", "Estado de avance", "--due", "2010-06-30")
    line.json("request", centre, *asked, *DCG)
    country.down()
    for office, day in zip(REGIONS, ("2010-06-20", "2010-06-25", "2010-07-02"), strict=True):
        today.becomes(day)
        country.enter(office, YEAR, [(ALL[1], "--executed", "1")])
        (mine,) = [
            one
            for one in line.json("requests", country.folder / office)["requests"]
            if one["unit"] == REGIONS[office]
        ]
        answer = ("--request", mine["request"], "--text", "Una ruta hecha")
        line.json("request answer", country.folder / office, *answer)
        country.send(office)
    late = {one["unit"]: one["late"] for one in line.json("requests", centre)["requests"]}
    assert late == {unit: office == "antofagasta" for office, unit in REGIONS.items()}


def _report(country: Country, today: Today) -> None:
    line, centre = country.line, country.centre
    proof = country.folder / "acta.pdf"
    proof.write_bytes(b"%PDF-1.4 acta firmada")
    # Tarapacá leaves one of the four activities of an objective undone, Antofagasta the only one.
    undone = {"arica": "", "tarapaca": ALL[2], "antofagasta": ALL[0]}
    today.becomes("2011-01-05")
    for office, left in undone.items():
        done = [name for name in ALL[:1] + ALL[2:] if name != left]
        cells = [(name, "--executed", "1") for name in done]
        shown = done if office != "arica" else done[:-1]
        # The means of verification is one file, which travels once.
        cells += [(name, "--evidence", str(proof)) for name in shown[:3]]
        country.hand_in(office, YEAR, cells)
    report = country.report("arica", YEAR)
    cell = (*report, "--activity", ALL[-1])
    line.json("observe", centre, *cell, "--field", "evidence", "--text", "Falta el acta.", *DCG)
    line.json("return", centre, *report, "--reason", "Falta un medio de verificación", *DCG)
    country.down("arica")
    today.becomes("2011-01-08")
    refused = line.refused(
        "enter", country.folder / "arica", *report, "-a", ALL[0], "--executed", "0"
    )
    assert "observada" in refused
    country.hand_in("arica", YEAR, [(ALL[-1], "--evidence", str(proof))])
    for office in REGIONS:
        line.json("accept", centre, *country.report(office, YEAR), *DCG)
        line.json("consolidate", centre, *country.report(office, YEAR), *DCG)
        stands = country.state(office, YEAR)
        assert (stands["state"], stands["late"]) == ("consolidated", False)
    kept = [one for one in centre.rglob("*") if one.is_file() and b"acta firmada" in _bytes(one)]
    assert len(kept) == 1
    country.down()


def _bytes(file: Path) -> bytes:
    return file.read_bytes() if file.stat().st_size < 100 else b""


def _evaluate(country: Country) -> None:
    line, centre = country.line, country.centre
    found = {
        one["unit"]: one for one in line.json("evaluate", centre, "--period", YEAR)["programmes"]
    }
    arica, tarapaca, antofagasta = (found[unit] for unit in REGIONS.values())
    assert (arica["by_count"], arica["by_weight"], arica["earned"]) == ("1", "1", "2.2")
    # 14 of 15 activities; 0.1 of 2.2 points is lost.
    assert (tarapaca["by_count"], tarapaca["by_weight"]) == ("0.933333", "0.954545")
    assert (tarapaca["approved"], tarapaca["weight_passes"]) == (True, True)
    # 14 of 15 activities, but a whole row: 1.8 of 2.2 points.
    assert (antofagasta["by_count"], antofagasta["by_weight"]) == ("0.933333", "0.818182")
    assert (antofagasta["count_passes"], antofagasta["weight_passes"]) == (True, False)
    assert antofagasta["needed_by_weight"] == [ALL[0]]
    lost = next(one for one in arica["activities"] if one["name"] == ALL[0])
    assert (lost["if_lost"]["by_count"], lost["if_lost"]["by_weight"]) == ("0.933333", "0.818182")
    unit = ("--unit", REGIONS["antofagasta"], "--period", YEAR)
    line.json("recommend", centre, *unit, "--text", "Fijar la feria en marzo.", *DCG)
    text = ("--section", "evaluacion-observaciones", "--period", YEAR, "--text", "Año normal.")
    line.json("section", centre, "--form", "cl-ips/evaluacion", *text, *DCG)
    words = country.printed("cl-ips/evaluacion", YEAR)
    for said in (
        "93,3%",
        "81,8%",
        "(Región de Arica)",
        "Fijar la feria en marzo.",
        "Año normal.",
        ALL[0],
    ):
        assert said in words
    assert "MODIFICADO" not in words
    assert line.json("plan-state", centre)["modified_since_approval"] is False
    country.down()
