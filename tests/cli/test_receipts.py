"""What does not count, deliveries and warnings on the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import ALTO
from tests.cli.typing_line import Line

CELL = ("--unit", ALTO, "--activity", "1.2", "--period", "2025-02")
REPORT = ("--unit", ALTO, "--period", "2025-02")


def test_what_came_too_late_is_listed_and_lifted(line: Line, country: Path, tmp_path: Path) -> None:
    centre, alto = country / "centre", country / "alto"
    line.json("enter", alto, *CELL, "--executed", "5")
    line.json("submit", alto, *REPORT)
    line.json("export", alto, "-o", tmp_path / "1.quipu")
    line.json("merge", centre, tmp_path / "1.quipu")
    line.json("accept", centre, *REPORT)
    assert line.json("refused", centre) == {"refused": []}
    line.json("enter", alto, *CELL, "--executed", "7")
    line.json("export", alto, "-o", tmp_path / "2.quipu")
    (late,) = line.json("merge", centre, tmp_path / "2.quipu", status=1)["bundles"]
    assert (late["state"], late["refused"]) == ("partly", 1)
    (one,) = line.json("refused", centre, "--unit", ALTO, status=1)["refused"]
    assert (one["reason"], one["value"], one["field"]) == ("period-closed", "7", "executed")
    assert "cerrado" in one["message"]
    said = line.say("refused", centre)
    assert one["refusal"] in said.out
    state = line.json("status", centre, "--period", "2025-02")
    assert [office["refused"] for office in state["offices"] if office["office"] == "alto"] == [1]
    assert "no cuentan" in line.say("status", centre).out
    past = line.json("history", centre, *CELL, "--field", "executed")["revisions"]
    assert [entry["refused"] for entry in past] == [None, "period-closed"]
    done = line.json("refused", "lift", centre, "--refusal", one["refusal"], "--reason", "acta")
    assert done["changed"] == 1
    assert line.json("refused", centre) == {"refused": []}
    assert "rechazo" in line.refused(
        "refused", "lift", centre, "--refusal", one["refusal"], "--reason", "acta"
    )


def test_deliveries_are_proved(line: Line, country: Path, tmp_path: Path) -> None:
    centre, alto = country / "centre", country / "alto"
    line.json("enter", alto, *CELL, "--executed", "5")
    assert line.json("status", alto)["pending"] > 0
    line.json("export", alto, "-o", tmp_path / "lost.quipu")
    line.json("export", alto, "-o", tmp_path / "1.quipu")
    line.json("merge", centre, tmp_path / "1.quipu")
    found = line.json("status", centre)["warnings"]
    assert [one["code"] for one in found if one["office"] == "alto"] == ["gap"]
    assert "1" in line.say("status", centre).out
    line.json("export", centre, "--to", "alto", "-o", tmp_path / "down.quipu")
    (came,) = line.json("merge", alto, tmp_path / "down.quipu")["bundles"]
    assert came["asked"] == [1]
    assert line.json("status", alto)["pending"] == 0
    done = line.json("receipts", alto, "-o", tmp_path / "acuse.pdf")
    assert done["pages"] >= 1
    sent = [one for one in done["receipts"] if one["way"] == "sent"]
    assert [one["received_at"] is not None for one in sent] == [False, True]
    assert sent[1]["code"] in line.say("receipts", centre, "--office", "alto").out
    assert "acuse.pdf" in line.say("receipts", alto, "-o", tmp_path / "acuse.pdf").out


def test_days_of_silence_are_set_at_the_centre(line: Line, country: Path) -> None:
    assert line.json("silence", country / "centre", "--days", "10")["days"] == 10
    assert line.refused("silence", country / "centre", "--days", "0")
    assert line.refused("silence", country / "centre")
    assert line.refused("silence", country / "alto", "--days", "10")
