"""`quipu next-year`: another year's plan begun as a copy."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_money import poi
from tests.cli.typing_line import Line
from tests.operations.test_huamanga_plan import UNIT

__all__ = ["poi"]


def test_another_year_begins_as_a_copy(line: Line, poi: Path) -> None:
    codes = poi.parent / "codigos.csv"
    codes.write_text("OEI.1,OEI.2\n9,10\n", "utf-8")
    done = line.json("next-year", poi, "--year", "2018", "--map", codes)
    assert (done["name"], done["rows"], done["dropped"]) == ("POI 2018", 6, [])
    assert done["unused"] == ["9"]
    assert line.json("plan-state", poi)["state"] == "draft"
    assert {row["programmed"] for row in line.json("evaluate", poi, "-p", "2018")["rows"]} == {None}
    assert "OEI.2" in {one["code"] for one in line.json("evaluate", poi, "-p", "2018")["nodes"]}
    assert "2018" in line.refused("next-year", poi, "--year", "2018")
    said = line.say("next-year", poi, "--year", "2019", "--plan", "2017", "--targets", "copy")
    assert "POI 2019" in said.out
    of = ("--unit", UNIT, "--activity", "1", "--period", "2019-03", "--field", "target")
    (target,) = line.json("history", poi, *of)["revisions"]
    assert target["value"] == "2"
    # The plan in force is still there, by its year.
    assert line.json("plan-state", poi, "--plan", "2017")["state"] == "approved"
    act = ("--number", "9", "--date", "2018-12-01", "--plan", "2019")
    assert line.json("approve", poi, *act)["state"] == "approved"
    step = ("--step", "propose", "--plan", "2018")
    assert line.json("plan-state", poi, *step)["state"] == "review"
    text = line.say("next-year", poi, "--year", "2020", "--plan", "2017", "--map", codes).out
    assert "ninguna fila" in text
