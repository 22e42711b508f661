"""Backups, repair and parts as a person types them."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import ALTO
from tests.cli.typing_line import Line

CELL = ("--unit", ALTO, "--activity", "1.2", "--period", "2025-02")


def test_dated_backups_are_listed_and_brought_back(line: Line, centre: Path) -> None:
    [made] = line.json("backups", centre)["backups"]
    assert made.keys() == {"name", "made_at", "bytes", "replaced"}
    assert made["name"] in line.say("backups", centre).out
    line.json("enter", centre, *CELL, "--executed", "1", "--as", "Ana")
    done = line.json("backups", "restore", centre, made["name"])
    assert (done["done"], done["name"]) == (True, made["name"])
    assert [one["replaced"] for one in line.json("backups", centre)["backups"]] == [True, False]
    assert done["replaced"] in line.say("backups", "restore", centre, done["replaced"]).out
    assert "no.db" in line.refused("backups", "restore", centre, "no.db")
    assert line.json("verify", centre)["ok"]


def test_a_new_workspace_has_no_backup(line: Line, tmp_path: Path) -> None:
    folder = tmp_path / "c"
    line.json("new", folder, "--institution", "Instituto", "--as", "Ana")
    assert line.json("backups", folder) == {"backups": []}
    assert line.say("backups", folder).out.strip() == "Todavía no hay copias fechadas."


def test_repair(line: Line, centre: Path) -> None:
    found = line.json("repair", centre)
    none = {"addresses": 0, "attachments": 0, "bundles": 0, "problems": []}
    assert found == {"done": True, **none}
    (centre / "archive").mkdir(exist_ok=True)
    (centre / "archive" / ("0" * 64)).write_bytes(b"rot")
    assert [one["check"] for one in line.json("repair", centre, status=1)["problems"]]
    assert str(centre) in line.say("repair", centre).out


def test_parts_and_put_off_attachments(line: Line, country: Path, tmp_path: Path) -> None:
    for period, size in (("2025-02", 9000), ("2025-03", 50)):
        file = tmp_path / f"{period}.bin"
        file.write_bytes(bytes(range(256)) * (size // 256 + 1))
        cell = ("--unit", ALTO, "--activity", "1.2", "--period", period)
        line.json("enter", country / "alto", *cell, "--executed", "1", "--evidence", file)
    file = tmp_path / "a.quipu"
    data = line.json(
        "export", country / "alto", "-o", file, "--part-size", "6000", "--attachments", "9220"
    )
    assert (data["attachments"], data["put_off"]) == (1, 1)
    assert len(data["files"]) > 1
    assert all(name in line.say("verify", name).out for name in data["files"])
    centre = country / "centre"
    waiting = line.json("merge", centre, *data["files"][1:], status=1)["bundles"][-1]
    assert (waiting["state"], waiting["code"], waiting["from"]) == (
        "waiting",
        "parts-missing",
        None,
    )
    assert waiting["reason"].endswith("Faltan: 1.")
    last = line.json("merge", centre, data["files"][0], status=1)["bundles"][-1]
    assert (last["state"], last["from"]) == ("partly", "alto")
    assert "6" in line.refused("export", country / "alto", "-o", file, "--part-size", "6")
    said = line.say("export", country / "alto", "-o", file, "--attachments", "1")
    assert "Adjuntos que van en el siguiente paquete: 1." in said.out
