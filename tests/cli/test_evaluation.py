"""`quipu evaluate` on a weighted programme: both bases, what is needed, what a failure costs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.typing_line import Line
from tests.operations.test_programmes import FORM, REGION, TEXT


@pytest.fixture
def region(line: Line, quipu_home: Path, tmp_path: Path) -> Path:
    """A centre with one programme: two rows of 1,1 points, two activities in each."""
    folder = tmp_path / "ips"
    plan = tmp_path / "programa.psv"
    plan.write_text(TEXT.replace("1,1 1,1", "1,1").replace("Actas | |", "Actas | 1,1 |"), "utf-8")
    line.json("new", folder, "--institution", "Instituto de Previsión Social")
    line.json("load", folder, plan, "--form", FORM, "--year", "2010", status=1)
    for activity in ("Diseño.", "Cierre", "Ejecución."):
        line.json(
            "enter", folder, "--unit", REGION, "--activity", activity, "--period", "2010",
            "--executed", "1",
        )  # fmt: skip
    return folder


def test_a_programme_is_judged_both_ways(line: Line, region: Path) -> None:
    data = line.json("evaluate", region, "--period", "2010")
    (found,) = data["programmes"]
    assert (found["by_count"], found["by_weight"], found["approved"]) == ("0.75", "0.75", False)
    assert (found["weight"], found["earned"]) == ("2.2", "0")
    assert found["rule"] == {"by": "count", "share": "0.9"}
    assert found["needed_by_count"] == found["needed_by_weight"] == ["Firma"]
    assert [(one["name"], one["weight"], one["met"]) for one in found["activities"]][-1] == (
        "Firma",
        "0.55",
        False,
    )
    lost = found["rows"][0]["if_lost"]
    assert (lost["by_count"], lost["by_weight"], lost["approved"]) == ("0.5", "0.5", False)
    text = line.say("evaluate", region, "--period", "2010").out
    assert "Si solo fallara Firma: 75 % de las actividades" in text
    assert "Por ponderación faltaría: Firma." in text


def test_weights_weigh_the_mean_of_rows_and_nodes(line: Line, region: Path) -> None:
    data = line.json("evaluate", region, "--period", "2010")
    assert [(row["measure"], row["weight"]) for row in data["rows"] if row["weight"]] == [
        ("milestone", "0.55")
    ] * 4
    (unit,) = data["units"]
    assert (unit["due"], unit["reported"], unit["met"], unit["fulfilled"]) == (4, 3, 3, "0.75")
    assert (unit["weighted"], unit["percent"]) == (True, "0.75")
    assert [(node["kind"], node["met"], node["rows"]) for node in data["nodes"]] == [
        ("programme", 3, 4),
        ("product", 3, 4),
        ("objective", 2, 2),
        ("objective", 1, 2),
    ]
    assert data["whole"]["rows"] == 4


def test_weights_are_shown_and_shared_out(line: Line, region: Path) -> None:
    (found,) = line.json("weights", region)["programmes"]
    assert (found["sum"], found["wanted"], found["balanced"]) == ("2.2", "2.2", True)
    assert [row["relative"] for row in found["rows"]] == ["50", "50"]
    assert [part["weight"] for part in found["rows"][0]["activities"]] == ["0.55", "0.55"]
    assert "Suman 2.2, como deben." in line.say("weights", region, "--unit", REGION).out
    shared = line.json("weights", region, "--rest", REGION, "--step", "0,1")["distribution"]
    assert (shared["total"], shared["sum"], shared["stored"]) == ("100", "100", 0)
    assert shared["parts"][0]["unit"] == REGION
    kept = line.say("weights", region, "--rest", REGION, "--total", "2.5", "--store").out
    assert "Ponderaciones guardadas: 1." in kept
    assert line.json("weights", region, status=1)["programmes"][0]["wanted"] == "2.5"
    assert "deben sumar 2.5" in line.say("weights", region).out
    assert "--rest" in line.refused("weights", region, "--total", "5")
    assert "cien" in line.refused("weights", region, "--rest", REGION, "--total", "cien")


def test_recommendations_are_made_answered_and_closed(line: Line, region: Path) -> None:
    unit = ("--unit", REGION, "--period", "2010")
    made = line.json("recommend", region, *unit, "--text", "Firmar el acta.", "--due", "2010-11-30",
                     "--activity", "Firma")  # fmt: skip
    assert (made["done"], made["number"]) == (True, "1")
    (one,) = line.json("recommendations", region)["recommendations"]
    assert (one["state"], one["late"], one["due"], one["activity"]) == (
        "open",
        True,
        "2010-11-30",
        "Firma",
    )
    assert "abierta, tarde" in line.say("recommendations", region).out.lower()
    number = ("--recommendation", "1")
    line.json("recommendations", "answer", region, *number, "--text", "Firmada.",
              "--finished")  # fmt: skip
    assert line.json("recommendations", region, "--open")["recommendations"][0]["state"] == "done"
    assert "está cerrada" in line.say("recommendations", "close", region, *number).out
    assert line.json("recommendations", region, "--open")["recommendations"] == []
    assert "abierta de nuevo" in line.say("recommendations", "close", region, *number,
                                          "--reopen").out  # fmt: skip
    assert "2010-11" in line.refused("recommend", region, *unit, "--text", "x", "--due", "2010-11")
