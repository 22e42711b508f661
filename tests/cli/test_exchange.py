"""Bundles between offices and centre, disputes, review: the contract's keys and exit statuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import ALTO, BAJO
from tests.cli.typing_line import Line

CELL = ("--unit", ALTO, "--activity", "1.2", "--period", "2025-02")
REPORT = ("--unit", ALTO, "--period", "2025-02")


@pytest.fixture
def sent(line: Line, country: Path, tmp_path: Path) -> Path:
    """The bundle of an office that entered a figure and submitted it."""
    file = tmp_path / "alto-1.quipu"
    line.json("enter", country / "alto", *CELL, "--executed", "9,480", "--as", "Luis")
    line.json("submit", country / "alto", *REPORT, "--as", "Luis")
    line.json("export", country / "alto", "-o", file)
    return file


def test_export_says_what_it_carries(line: Line, country: Path, tmp_path: Path) -> None:
    line.json("enter", country / "alto", *CELL, "--executed", "9,480")
    file = tmp_path / "a.quipu"
    data = line.json("export", country / "alto", "-o", file, "--as", "Luis")
    assert data.keys() >= {"files", "bytes", "sequence", "revisions", "attachments", "pending"}
    assert data["files"] == [str(file)]
    assert data["bytes"] == file.stat().st_size
    assert (data["sequence"], data["attachments"]) == (1, 0)
    assert data["revisions"] >= 1
    assert data["pending"] == data["revisions"]
    again = line.json("export", country / "alto", "-o", tmp_path / "b.quipu", "--full")
    assert again["sequence"] == 2
    assert "a.quipu" in line.say("export", country / "alto", "-o", file).out


def test_merge_states_and_statuses(line: Line, country: Path, sent: Path, tmp_path: Path) -> None:
    centre = country / "centre"
    data = line.json("merge", centre, sent)
    (bundle,) = data["bundles"]
    assert bundle.keys() >= {
        "file", "from", "state", "revisions", "new", "refused", "missing", "disputes", "reason",
    }  # fmt: skip
    assert (bundle["file"], bundle["from"], bundle["state"]) == (str(sent), "alto", "merged")
    assert bundle["new"] == bundle["revisions"] > 0
    assert (bundle["refused"], bundle["missing"], bundle["reason"]) == (0, 0, None)
    assert (data["disputes_open"], data["identity"]) == (0, "same")
    (again,) = line.json("merge", centre, sent)["bundles"]
    assert (again["state"], again["new"]) == ("already", 0)
    broken = tmp_path / "roto.quipu"
    broken.write_bytes(sent.read_bytes()[:-100])
    alone = line.json("merge", centre, broken, status=2)
    assert alone["bundles"][0]["state"] == "refused"
    assert "roto.quipu" in line.refused("merge", centre, broken)
    assert "roto.quipu" in alone["bundles"][0]["reason"]
    both = line.json("merge", centre, sent, broken, status=1)
    assert [one["state"] for one in both["bundles"]] == ["already", "refused"]
    said = line.say("merge", centre, sent, broken)
    assert "roto.quipu" in said.out
    assert "ya estaba" in said.out
    assert line.json("merge", centre, tmp_path / "nada.quipu", status=2)["bundles"]


def test_a_bundle_for_another_is_refused(line: Line, country: Path, sent: Path) -> None:
    data = line.json("merge", country / "bajo", sent, status=2)
    assert data["bundles"][0]["state"] == "refused"


def test_two_edits_are_a_dispute_and_a_person_settles_it(
    line: Line, country: Path, sent: Path, tmp_path: Path
) -> None:
    centre, alto = country / "centre", country / "alto"
    line.json("enter", centre, *CELL, "--executed", "9,600", "--as", "Ana")
    merged = line.json("merge", centre, sent, status=1)
    assert (merged["disputes_open"], merged["bundles"][0]["disputes"]) == (1, 1)
    (dispute,) = line.json("disputes", centre, status=1)["disputes"]
    assert dispute.keys() >= {
        "id", "unit", "code", "activity", "field", "period", "shown", "heads",
    }  # fmt: skip
    assert (dispute["unit"], dispute["code"]) == (ALTO, "1.2")
    assert (dispute["field"], dispute["period"], dispute["shown"]) == (
        "executed", "2025-02", "9480",
    )  # fmt: skip
    keys = {"revision", "value", "author", "office", "at"}
    assert all(head.keys() >= keys for head in dispute["heads"])
    assert {(head["author"], head["value"]) for head in dispute["heads"]} == {
        ("Luis", "9480"), ("Ana", "9600"),
    }  # fmt: skip
    said = line.say("disputes", centre)
    assert "9480" in said.out
    assert "1 discrepancia abierta." in said.out
    named = ("--dispute", dispute["id"])
    assert "--head" in line.refused("settle", centre, *named)
    assert "--head" in line.refused("settle", centre, *named, "--head", "x", "--value", "1")
    other = next(head for head in dispute["heads"] if head["author"] == "Ana")
    settled = line.json("settle", centre, *named, "--head", other["revision"], "--note", "acta")
    assert settled["done"] is True
    assert line.json("disputes", centre) == {"disputes": []}
    back = tmp_path / "back.quipu"
    line.json("export", centre, "--to", "alto", "-o", back)
    (came,) = line.json("merge", alto, back)["bundles"]
    assert (came["from"], came["state"]) == ("centre", "merged")
    assert line.json("dump", alto, "--unit", ALTO) == line.json("dump", centre, "--unit", ALTO)


def test_a_dispute_is_settled_by_a_third_value(line: Line, country: Path, sent: Path) -> None:
    centre = country / "centre"
    line.json("enter", centre, *CELL, "--executed", "9,600")
    line.json("merge", centre, sent, status=1)
    (dispute,) = line.json("disputes", centre, status=1)["disputes"]
    line.json("settle", centre, "--dispute", dispute["id"], "--value", "9,500")
    assert "9500" in {fact[3] for fact in line.json("dump", centre, "--unit", ALTO)["facts"]}


def test_status_has_the_contracts_keys(line: Line, country: Path, sent: Path) -> None:
    centre = country / "centre"
    line.json("merge", centre, sent)
    offices = {one["office"]: one for one in line.json("status", centre)["offices"]}
    assert offices.keys() == {"alto", "bajo"}
    alto = offices["alto"]
    assert alto.keys() >= {"office", "units", "last_sequence", "missing", "periods"}
    assert (alto["units"], alto["last_sequence"], alto["missing"]) == ([ALTO], 1, [])
    assert len(alto["periods"]) == 12
    february = alto["periods"]["2025-02"]
    assert february.keys() >= {"state", "late", "due", "received"}
    assert (february["state"], february["due"]) == ("submitted", "2025-03-10")
    assert february["received"] is not None
    assert offices["bajo"]["periods"]["2025-02"]["state"] == "none"
    one = line.json("status", centre, "--period", "2025-02")["offices"]
    assert all(set(office["periods"]) == {"2025-02"} for office in one)
    assert "enviado" in line.say("status", centre, "--period", "2025-02").out


def test_a_lost_bundle_is_missed_by_its_number(
    line: Line, country: Path, sent: Path, tmp_path: Path
) -> None:
    centre, alto = country / "centre", country / "alto"
    for number in (2, 3):
        cell = ("--unit", ALTO, "--activity", "1.4", "--period", "2025-03")
        line.json("enter", alto, *cell, "--executed", str(number))
        line.json("export", alto, "-o", tmp_path / f"alto-{number}.quipu")
    line.json("merge", centre, sent, tmp_path / "alto-3.quipu")
    office = line.json("status", centre)["offices"][0]
    assert (office["office"], office["last_sequence"], office["missing"]) == ("alto", 3, [2])
    assert line.json("dump", centre, "--unit", ALTO) == line.json("dump", alto, "--unit", ALTO)


def test_a_report_is_observed_returned_accepted_and_consolidated(
    line: Line, country: Path, sent: Path, tmp_path: Path
) -> None:
    centre, alto = country / "centre", country / "alto"
    line.json("merge", centre, sent)
    seen = line.json("observe", centre, *REPORT, "--activity", "1.2", "--text", "Falta el parte")
    assert seen["done"] is True
    back = line.json("return", centre, *REPORT, "--reason", "Falta el parte", "--as", "Ana")
    assert (back["done"], back["state"]) == (True, "returned")
    assert line.refused("consolidate", centre, *REPORT)
    answer = tmp_path / "answer.quipu"
    line.json("export", centre, "--to", "alto", "-o", answer)
    line.json("merge", alto, answer)
    facts = line.json("dump", alto, "--unit", ALTO)["facts"]
    assert "Falta el parte" in {fact[3] for fact in facts if fact[1] == "observation"}
    line.json("enter", alto, *CELL, "--executed", "9,500")
    assert line.json("submit", alto, *REPORT)["state"] == "submitted"
    line.json("export", alto, "-o", tmp_path / "alto-2.quipu")
    line.json("merge", centre, tmp_path / "alto-2.quipu")
    assert line.json("accept", centre, *REPORT)["state"] == "accepted"
    assert line.json("consolidate", centre, *REPORT)["state"] == "consolidated"
    assert "consolidado" in line.say("status", centre, "--period", "2025-02").out
    assert line.refused("accept", alto, *REPORT)


def test_a_due_date_is_set_and_taken_back(line: Line, country: Path) -> None:
    centre, period = country / "centre", ("--period", "2025-02")
    assert line.json("due", centre, *period, "--date", "2025-03-20")["due"] == "2025-03-20"
    office = line.json("status", centre, *period)["offices"][0]
    assert office["periods"]["2025-02"]["due"] == "2025-03-20"
    assert line.json("due", centre, *period)["due"] is None
    assert "regla" in line.say("due", centre, *period).out
    assert "20/3" in line.refused("due", centre, *period, "--date", "20/3")


def test_evaluate_has_the_contracts_keys(line: Line, country: Path, sent: Path) -> None:
    centre = country / "centre"
    line.json("merge", centre, sent)
    data = line.json("evaluate", centre, "--period", "2025-Q1")
    assert data.keys() >= {"rows", "units", "nodes", "programmes"}
    water = next(row for row in data["rows"] if (row["unit"], row["code"]) == (ALTO, "1.2"))
    assert water.keys() >= {
        "unit", "code", "activity", "measure", "programmed", "executed", "percent", "rating",
    }  # fmt: skip
    assert (water["programmed"], water["executed"]) == ("30000", "9480")
    assert (water["percent"], water["measure"]) == ("0.316", "count")
    blank = next(row for row in data["rows"] if (row["unit"], row["code"]) == (BAJO, "3.2"))
    assert (blank["executed"], blank["percent"]) == (None, None)
    some = line.json("evaluate", centre, "--period", "2025-Q1", "--unit", BAJO)
    assert {row["unit"] for row in some["rows"]} == {BAJO}
    assert "31.6 %" in line.say("evaluate", centre, "--period", "2025-Q1").out
    assert line.refused("evaluate", centre, "--period", "2025-Q9")


def test_the_centre_answers_every_office_at_once(
    line: Line, country: Path, sent: Path, tmp_path: Path
) -> None:
    centre = country / "centre"
    line.json("merge", centre, sent)
    data = line.json("export", centre, "--all", "-o", tmp_path / "out")
    assert len(data["files"]) == 2
    assert all(Path(file).is_file() for file in data["files"])
    assert data["sequence"] is None
    assert data["bytes"] == sum(Path(file).stat().st_size for file in data["files"])
    assert "--all" in line.refused("export", centre, "--all", "--to", "alto", "-o", tmp_path / "x")
    assert line.refused("export", centre, "-o", tmp_path / "x")
    assert "otra" in line.refused("export", centre, "--to", "otra", "-o", tmp_path / "x")


def test_pending_goes_to_zero_by_file(
    line: Line, country: Path, sent: Path, tmp_path: Path
) -> None:
    centre, alto = country / "centre", country / "alto"
    line.json("merge", centre, sent)
    line.json("export", centre, "--to", "alto", "-o", tmp_path / "answer.quipu")
    line.json("merge", alto, tmp_path / "answer.quipu")
    after = line.json("export", alto, "-o", tmp_path / "later.quipu")
    assert (after["pending"], after["revisions"]) == (0, 0)


def test_verify_finds_what_is_not_whole(line: Line, country: Path, sent: Path) -> None:
    assert line.json("verify", sent) == {"ok": True, "problems": []}
    assert line.json("verify", country / "centre")["ok"] is True
    assert str(sent) in line.say("verify", sent).out
    flipped = bytearray(sent.read_bytes())
    flipped[len(flipped) // 2] ^= 1
    sent.write_bytes(bytes(flipped))
    data = line.json("verify", sent, status=1)
    assert data["ok"] is False
    keys = {"check", "severity", "where", "unit", "code", "message", "proposal", "value"}
    assert all(problem.keys() >= keys for problem in data["problems"])
    assert line.refused("verify", country / "nada")


def test_a_backup_comes_back(line: Line, country: Path, sent: Path, tmp_path: Path) -> None:
    centre = country / "centre"
    line.json("merge", centre, sent)
    file, folder = tmp_path / "copia.zip", tmp_path / "vuelta"
    made = line.json("backup", centre, "-o", file)
    assert (made["done"], made["bytes"]) == (True, file.stat().st_size)
    back = line.json("restore", file, folder)
    assert (back["done"], back["folder"]) == (True, str(folder))
    assert line.json("dump", folder) == line.json("dump", centre)
    assert line.refused("restore", file, folder)
    assert line.refused("restore", sent, tmp_path / "otra")


def test_merging_is_looked_at_first(line: Line, country: Path, sent: Path, tmp_path: Path) -> None:
    centre = country / "centre"
    bad = tmp_path / "mala.quipu"
    bad.write_bytes(b"nothing of ours")
    before = line.json("dump", centre)
    seen, refused = line.json("merge", centre, sent, bad, "--look", status=1)["bundles"]
    assert (seen["state"], seen["from"], seen["missing_before"]) == ("merged", "alto", [])
    assert sum(one["count"] for one in seen["contents"]) == seen["new"]
    assert (refused["state"], refused["sequence"]) == ("refused", None)
    assert line.json("dump", centre) == before
    assert "no se unió nada" in line.say("merge", centre, sent, "--look").out
    assert "mala.quipu" in line.refused("merge", centre, bad, "--look")
