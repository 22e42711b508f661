"""Three offices and a centre, commands alone, up to the printed evaluations of two methods."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.typing_line import Line
from tests.forms.test_huamanga import ROWS, programming
from tests.journeys.country import Country
from tests.operations.test_huamanga_plan import UNIT, tabbed
from tests.operations.test_programmes import TEXT


def test_three_regions_of_tarapaca_end_their_year(
    capfd: pytest.CaptureFixture[str], quipu_home: Path, tmp_path: Path
) -> None:
    regions = {f"oficina{at}": f"Región {at}" for at in (1, 2, 3)}
    country = Country(Line(capfd), tmp_path, regions)
    tables = [
        TEXT.replace("Región Norte", unit).replace("1,1 1,1", "1,1").replace("| |\n", "| 1,1 |\n")
        for unit in regions.values()
    ]
    country.begin("Instituto de Previsión Social", "\n\n".join(tables), "cl-ips", "2010")
    done = [(name, "--executed", "1") for name in ("Diseño.", "Cierre", "Ejecución.", "Firma")]
    country.up("oficina1", "2010", done)
    country.up("oficina2", "2010", done[:3])
    country.up("oficina3", "2010", done[:2])
    line, centre = country.line, country.centre
    found = line.json("evaluate", centre, "--period", "2010")["programmes"]
    assert [(one["unit"], one["by_count"], one["approved"], one["earned"]) for one in found] == [
        ("Región 1", "1", True, "2.2"),
        ("Región 2", "0.75", False, "0"),
        ("Región 3", "0.5", False, "0"),
    ]
    of = ("--unit", "Región 2", "--period", "2010")
    line.json("recommend", centre, *of, "--text", "Firmar el acta.", "--due", "2011-01-31")
    country.down("oficina2")
    answered = ("--recommendation", "1", "--text", "Firmada el 5 de enero.", "--finished")
    line.json("recommendations", "answer", tmp_path / "oficina2", *answered)
    country.line.json("export", tmp_path / "oficina2", "-o", tmp_path / "last.quipu")
    line.json("merge", centre, tmp_path / "last.quipu")
    (one,) = line.json("recommendations", centre)["recommendations"]
    assert (one["state"], one["answer"]) == ("done", "Firmada el 5 de enero.")
    for ending in ("pdf", "xlsx"):
        printed = line.json("print", centre, "--form", "cl-ips/evaluacion", "--period", "2010",
                            "-o", tmp_path / f"evaluacion.{ending}")  # fmt: skip
        assert Path(printed["file"]).stat().st_size > 1000


def test_three_units_of_huamanga_go_through_two_quarters(
    capfd: pytest.CaptureFixture[str], quipu_home: Path, tmp_path: Path
) -> None:
    units = {
        "turismo": UNIT,
        "cultura": "SUBGERENCIA DE CULTURA",
        "deporte": "SUBGERENCIA DE DEPORTE",
    }
    country = Country(Line(capfd), tmp_path, units)
    one = tabbed(programming(*ROWS))
    text = "\n\n".join(one.replace(UNIT, unit) for unit in units.values())
    country.begin("Municipalidad Provincial de Huamanga", text, "pe-huamanga", "2017")
    line, centre = country.line, country.centre
    for office in units:
        country.up(office, "2017-Q1", [("1", "--executed", "2"), ("2", "--executed", "1")])
    change = line.json(
        "reprogram", centre, "--cause", "entorno", "--reason", "Lluvias", "--act", "Acuerdo",
        "--number", "7", "--date", "2017-04-20", "--unit", UNIT, "--activity", "1", "--set",
        "target:2017-06=4",
    )  # fmt: skip
    assert change["edition"] == 2
    country.down("turismo")
    country.up("turismo", "2017-Q2", [("1", "--executed", "3")])
    country.up("cultura", "2017-Q2", [("1", "--executed", "2")])
    found = line.json("evaluate", centre, "--period", "2017-Q2")
    done = {row["unit"]: row["percent"] for row in found["rows"] if row["code"] == "1"}
    assert done == {UNIT: "0.75", units["cultura"]: "1", units["deporte"]: None}
    offices = {one["office"]: (one["due"], one["met"]) for one in found["offices"]}
    assert offices == {"turismo": (1, 0), "cultura": (1, 1), "deporte": (1, 0)}
    for period in ("2017-Q2", "2017-S1", "2017"):
        for ending in ("pdf", "xlsx"):
            out = tmp_path / f"{period}.{ending}"
            line.json("print", centre, "--form", "pe-huamanga/evaluacion", "--period", period,
                      "-o", out)  # fmt: skip
            assert out.stat().st_size > 1000
