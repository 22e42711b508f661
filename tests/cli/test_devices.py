"""Computers that wait, are let in and revoked, by commands."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import ALTO
from tests.cli.typing_line import Line

CELL = ("--unit", ALTO, "--activity", "1.1", "--period", "2025-02", "--executed")


def test_a_second_computer_is_shown_let_in_and_revoked(
    line: Line, country: Path, tmp_path: Path
) -> None:
    centre, alto = country / "centre", country / "alto"
    line.json("enter", alto, *CELL, "1")
    line.json("export", alto, "-o", tmp_path / "1.quipu")
    line.json("merge", centre, tmp_path / "1.quipu")
    first = line.json("devices", centre)["devices"]
    assert {one["state"] for one in first} == {"active"}
    [north] = [one for one in first if one["office"] == "alto"]
    assert north.keys() >= {
        "device", "office", "role", "state", "check", "copy_of", "until",
        "last_sequence", "last_received", "reason", "own",
    }  # fmt: skip
    device = line.json("join", tmp_path / "segunda", country / "alto.enrol")["device"]
    line.json("enter", tmp_path / "segunda", *CELL, "2")
    line.json("export", tmp_path / "segunda", "-o", tmp_path / "2.quipu")
    told = line.json("merge", centre, tmp_path / "2.quipu", status=1)["bundles"][0]
    assert told["state"] == "waiting"
    assert f"quipu admit --device {device}" in told["reason"]
    [waits] = line.json("status", centre)["devices"]
    assert (waits["device"], waits["state"], waits["office"]) == (device, "waiting", "alto")
    assert f"{device} espera" in line.say("status", centre).out
    shown = line.say("devices", centre)
    assert shown.status == 1
    assert "espera" in shown.out
    done = line.json("admit", centre, "--device", device, "--as", "Ana")
    assert (done["done"], done["device"]) == (True, device)
    assert [one["state"] for one in done["bundles"]] == ["merged"]
    assert "ya puede enviar" in line.refused("admit", centre, "--device", device)
    reason = ("--reason", "Robada del vehículo")
    gone = line.json("revoke", centre, "--device", device, "--after", "0", *reason)
    assert (gone["stand"], gone["late"]) == (0, 1)
    assert "dado de baja" in line.say("devices", centre).out
    assert [one["state"] for one in line.json("status", centre)["devices"]] == ["revoked"]
    assert "ya estaba" in line.say("merge", centre, tmp_path / "2.quipu").out
    line.json("export", tmp_path / "segunda", "-o", tmp_path / "3.quipu")
    said = line.refused("merge", centre, tmp_path / "3.quipu")
    assert "dio de baja" in said
    assert "nadie" in line.refused("revoke", centre, "--device", "nadie", *reason)
    assert "admitido" in line.say("admit", centre, "--device", device).out


def test_a_second_planner_joins_the_centre(line: Line, country: Path, tmp_path: Path) -> None:
    centre, file = country / "centre", tmp_path / "sara.enrol"
    assert "--planner" in line.refused("enrol", centre, "-o", file)
    both = ("--office", "alto", "--planner", "Sara")
    assert "--planner" in line.refused("enrol", centre, *both, "-o", file)
    named = ("enrol", centre, "--planner", "Sara", "-o", file)
    assert "--no-code" in line.refused(*named, "--no-code")
    assert "--with-root" in line.refused(
        "enrol", centre, "--office", "alto", "--with-root", "-o", file
    )
    made = line.json(*named, "--with-root")
    assert (made["office"], made["units"]) == ("Sara", [])
    sara = tmp_path / "sara"
    assert "la oficina central" in line.say("join", sara, file, "--code", made["code"]).out
    assert line.json("dump", sara)["facts"] == line.json("dump", centre)["facts"]
    line.json("export", sara, "--to", "centre", "-o", tmp_path / "s.quipu")
    [one] = line.json("merge", centre, tmp_path / "s.quipu")["bundles"]
    assert (one["from"], one["state"]) == ("centre", "merged")
    assert line.json("export", centre, "--to", "Sara", "-o", tmp_path / "a.quipu")["sequence"] == 1
    [one] = line.json("merge", sara, tmp_path / "a.quipu")["bundles"]
    assert one["state"] == "merged"
