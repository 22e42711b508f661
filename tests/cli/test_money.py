"""`quipu need`, `needs` and `ceiling`: what activities need and what units may spend."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.typing_line import Line
from tests.forms.test_huamanga import ROWS, programming
from tests.operations.test_huamanga_plan import UNIT, tabbed


@pytest.fixture
def poi(line: Line, quipu_home: Path, tmp_path: Path) -> Path:
    folder, plan = tmp_path / "poi", tmp_path / "poi.tsv"
    plan.write_text(tabbed(programming(*ROWS)), "utf-8")
    line.json("new", folder, "--institution", "Municipalidad Provincial de Huamanga")
    line.json("load", folder, plan, "--form", "pe-huamanga", "--year", "2017", status=1)
    return folder


def test_needs_are_entered_costed_and_held_to_a_ceiling(line: Line, poi: Path) -> None:
    of = ("need", poi, "--unit", UNIT)
    made = line.json(*of, "--activity", "1", "--text", "Papel bond", "--price", "32,50",
                     "--month", "2017-03=10", "--month", "2017-06=4", "--measure", "Millar",
                     "--code", "2.3.15")  # fmt: skip
    assert (made["done"], bool(made["item"])) == (True, True)
    line.json(*of, "--activity", "2", "--text", "Local", "--price", "150", "--month", "2017-01=2",
              "--service")  # fmt: skip
    data = line.json("needs", poi)
    assert [(one["kind"], one["activity"], one["amount"]) for one in data["needs"]] == [
        ("goods", "1", "455"),
        ("services", "2", "300"),
    ]
    assert data["needs"][0]["months"] == {"2017-03": "10", "2017-06": "4"}
    assert [one["amount"] for one in data["activities"]] == ["455", "300"]
    assert "Actividades costeadas: 2." in line.say("needs", poi, "--apply").out
    line.json("ceiling", poi, "--unit", UNIT, "--amount", "1000")
    over = line.json("needs", poi, status=1)["units"][0]
    # 755 of activities that were valued, 800 of the one that was not.
    assert (over["total"], over["activities"], over["over"]) == ("755", "1555", "555")
    assert "ya no tiene techo" in line.say("ceiling", poi, "--unit", UNIT).out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--price", "1", "--month", "2017-03"), "2017-03=5"),
        (("--price", "uno", "--month", "2017-03=1"), "uno"),
        (("--price", "1", "--month", "2018-03=1"), "2018-03"),
    ],
)
def test_what_cannot_be_read_is_told(
    line: Line, poi: Path, options: tuple[str, ...], said: str
) -> None:
    of = ("need", poi, "--unit", UNIT, "--activity", "1", "--text", "Papel")
    assert said in line.refused(*of, *options)
