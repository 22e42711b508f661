"""`quipu rows`, `propose`, `proposals`, `units-of-measure`, `priority` as they are typed."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import ALTO
from tests.cli.typing_line import Line

AS = ("--as", "Ana")


def test_a_row_is_begun_from_a_template_and_looked_at(line: Line, centre: Path) -> None:
    assert "Elaborar informe mensual" in line.say("rows", centre).out
    made = line.json("propose", centre, "--unit", ALTO, "--like", "1", "--code", "1.9", *AS)
    assert made["item"]
    bad = line.say("propose", centre, "-u", ALTO, "-a", "1.9", "--set", "total=doce", *AS)
    assert bad.status == 1
    assert "doce" in bad.out
    shown = line.say("proposals", centre, "--unit", ALTO).out
    assert ALTO in shown
    assert "--activity" in line.refused("propose", centre, "-u", ALTO, "--remove", *AS)


def test_units_of_measure_are_merged(line: Line, centre: Path) -> None:
    listed = line.json("units-of-measure", centre)["units_of_measure"]
    texts = {one["text"]: one["rows"] for one in listed}
    assert "Documentos" in texts
    assert "Documento" in line.say("units-of-measure", centre).out
    both = ("--merge", "Documentos", "--into", "Documento")
    said = line.say("units-of-measure", centre, *both, *AS).out
    assert "pasó a «Documento»" in said
    left = {one["text"] for one in line.json("units-of-measure", centre)["units_of_measure"]}
    assert "Documentos" not in left
    assert "--into" in line.refused("units-of-measure", centre, "--merge", "Documento", *AS)


def test_actions_are_put_in_order(line: Line, centre: Path) -> None:
    codes = [one["code"] for one in line.json("priority", centre)["actions"]]
    ordered = line.json("priority", centre, "--order", codes[-1], *AS)["actions"]
    assert [one["code"] for one in ordered] == [codes[-1], *codes[:-1]]
    assert [one["rank"] for one in ordered][:2] == [1, None]
    assert codes[-1] in line.say("priority", centre).out
