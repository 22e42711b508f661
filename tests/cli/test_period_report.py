"""`quipu report`, `report copy`, `people`, `evidence`, and how `enter` and `submit` serve them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import ALTO
from tests.cli.typing_line import Line

OF = ("--unit", ALTO, "--period", "2025-04")
AS = ("--as", "Beto")


def test_a_report_is_filled_counted_proved_copied_and_sent(
    line: Line, country: Path, tmp_path: Path
) -> None:
    office, act = country / "alto", tmp_path / "acta.pdf"
    act.write_bytes(b"acta")
    missing = line.json("report", office, *OF, status=1)
    assert [one["check"] for one in missing["missing"]] == ["report-value-missing"] * 4
    assert missing["complete"] is False
    line.json("enter", office, *OF, "-a", "1.2", "--received", "10", "--attended", "8", *AS)
    line.json("enter", office, *OF, "-a", "1.4", "--received", "0", *AS)
    line.json("enter", office, *OF, "-a", "1.2", "--evidence", act, "--note", "Listo", *AS)
    line.json("enter", office, *OF, "--field", "lessons", "--value", "Empezar antes", *AS)
    line.json("people", office, *OF, "-n", "30", *AS)
    line.json("people", office, *OF, "-n", "12", "--of", "sexo=Mujeres", "-a", "1.2", *AS)
    found = line.json("report", office, *OF, "-o", tmp_path / "informe.pdf", status=1)
    rows = {one["code"]: one for one in found["activities"]}
    assert (rows["1.2"]["percent"], rows["1.2"]["attended"], rows["1.2"]["received"]) == (
        "0.8", "8", "10",
    )  # fmt: skip
    assert (rows["1.4"]["rating"], rows["1.4"]["percent"]) == ("not-applicable", None)
    assert rows["1.2"]["said"]["narrative"] == "Listo"
    assert [one["number"] for one in found["counts"]] == ["30", "12"]
    assert Path(found["file"]).stat().st_size > 1000
    index = line.json("evidence", office, "--period", "2025-04", "-o", tmp_path / "indice.xlsx")
    assert (index["bytes"], index["files"][0]["file"]) == (4, "acta.pdf")
    more = line.say("evidence", "add", office, act, act, *OF, "-a", "1.2", *AS)
    assert "Se agregaron 2 archivos" in more.out
    assert line.json("evidence", office, "--period", "2025-04")["bytes"] == 4
    assert (
        "Se copiaron 2 textos"
        in line.say("report", "copy", office, "--unit", ALTO, "--period", "2025-05", *AS).out
    )
    sent = line.json("submit", office, *OF, *AS)
    assert [one["target"] for one in sent["missing"]][:1] == ["difficulty"]


def test_a_report_is_told_in_words(line: Line, country: Path) -> None:
    office = country / "alto"
    said = line.say("report", office, *OF)
    assert "Faltan 4 cosas en el informe." in said.out
    assert "1.2: Falta lo ejecutado" in said.out
    assert "(sin archivo)" in line.say("evidence", office, "--period", "2025-04").out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--received", "3", "--executed", "1", "-a", "1.2"), "--executed"),
        (("--received", "3"), "--activity"),
        (("--field", "lessons"), "--value"),
    ],
)
def test_what_does_not_go_together_is_told(
    line: Line, country: Path, options: tuple[str, ...], said: str
) -> None:
    assert said in line.refused("enter", country / "alto", *OF, *options, *AS)


def test_a_group_is_named_by_its_criterion(line: Line, country: Path) -> None:
    told = line.refused("people", country / "alto", *OF, "-n", "3", "--of", "Mujeres", *AS)
    assert "sexo=Mujeres" in told
