"""`quipu reprogram` and `quipu changes`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_money import poi
from tests.cli.typing_line import Line
from tests.operations.test_huamanga_plan import UNIT

__all__ = ["poi"]

ACT = ("--reason", "Lluvias", "--act", "Acuerdo", "--number", "12", "--date", "2017-05-02")
ROW = ("--unit", UNIT, "--activity", "1")


def test_a_plan_is_reprogrammed_and_its_changes_listed(line: Line, poi: Path) -> None:
    assert [one["cause"] for one in line.json("changes", poi, "--causes")["causes"]] == [
        "entorno", "estrategia", "gobierno", "presupuesto", "norma",
    ]  # fmt: skip
    assert "Decisión de gobierno" in line.say("changes", poi, "--causes").out
    of = ("reprogram", poi, *ACT, "--cause", "entorno")
    done = line.json(*of, *ROW, "--set", "target:2017-06=5")
    assert (done["done"], done["edition"], len(done["lines"])) == (True, 2, 2)
    file = poi.parent / "cambios.tsv"
    file.write_text(f"{UNIT}\t2\ttarget\t2017-01\t3\n\n{UNIT}\t1\tlead\t\tPlaneamiento\n", "utf-8")
    assert "versión 3, celdas cambiadas: 2" in line.say(*of, "--from", file).out
    first, second = line.json("changes", poi)["changes"]
    assert first["lines"][0] == {
        "unit": UNIT, "code": "1", "activity": first["lines"][0]["activity"], "field": "target",
        "period": "2017-06", "before": "2", "after": "5",
    }  # fmt: skip
    assert second["act"] == {"kind": "Acuerdo", "number": "12", "date": "2017-05-02"}
    assert "2 cambios." in line.say("changes", poi).out


def test_what_cannot_be_read_is_told(line: Line, poi: Path) -> None:
    of = ("reprogram", poi, *ACT, "--cause", "entorno")
    assert "target:2017-03=5" in line.refused(*of, *ROW, "--set", "target")
    assert "--activity" in line.refused(*of, "--set", "target:2017-06=5")
    file = poi.parent / "cambios.tsv"
    file.write_text("1\ttarget\t5\n", "utf-8")
    assert "línea 1" in line.refused(*of, "--from", file)
    assert "sobran" in _over(line, poi)


def _over(line: Line, poi: Path) -> str:
    line.json("ceiling", poi, "--unit", UNIT, "--amount", "4500")
    return line.refused(
        "reprogram", poi, *ACT, "--cause", "norma", *ROW, "--set", "cost:2017-06=2000"
    )
