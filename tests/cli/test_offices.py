"""What an office does: join, enter, submit, and ask what was said before."""

from __future__ import annotations

from pathlib import Path

import pytest

from quipu.cli.demo.filling import write_filled
from quipu.cli.demo.source import Entry
from tests.cli.conftest import ALTO, BAJO
from tests.cli.typing_line import Line

CELL = ("--unit", ALTO, "--period", "2025-02")


@pytest.fixture
def alto(country: Path) -> Path:
    return country / "alto"


def test_enrol_and_join_say_who_may_work_where(
    line: Line, country: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "medio.enrol"
    units = ("--unit", "DISTRITO DE RIEGO VALLE MEDIO", "UNIDAD DE COMPRAS PÚBLICAS")
    made = line.json("enrol", country / "centre", "--office", "medio", *units, "-o", file)
    assert made.keys() >= {"office", "units", "device", "file", "code"}
    assert (made["office"], made["file"]) == ("medio", str(file))
    assert len(made["code"]) == 19
    assert made["units"] == list(units[1:])
    monkeypatch.setenv("QUIPU_CODE", "")
    assert "--code" in line.refused("join", tmp_path / "medio", file)
    assert "letra por letra" in line.refused("join", tmp_path / "medio", file, "--code", "A3C4")
    assert not (tmp_path / "medio").exists()
    monkeypatch.setenv("QUIPU_CODE", made["code"].lower().replace("-", " "))
    joined = line.json("join", tmp_path / "medio", file, "--as", "Eva")
    assert joined.keys() >= {"office", "units", "device", "file", "code"}
    assert joined["office"] == made["office"]
    assert sorted(joined["units"]) == made["units"]
    facts = line.json("dump", tmp_path / "medio", "--unit", units[1])["facts"]
    assert facts == line.json("dump", country / "centre", "--unit", units[1])["facts"]
    taken = ("--office", "otra", "--unit", ALTO, "-o", tmp_path / "x")
    assert ALTO in line.refused("enrol", country / "centre", *taken)
    unknown = ("--office", "otra", "--unit", "VALLE ATLO", "-o", tmp_path / "x")
    assert "VALLE ATLO" in line.refused("enrol", country / "centre", *unknown)


def test_a_file_is_verified_with_its_code_and_one_without_needs_none(
    line: Line, country: Path, tmp_path: Path
) -> None:
    file = tmp_path / "medio.enrol"
    named = ("--office", "medio", "--unit", "DISTRITO DE RIEGO VALLE MEDIO", "-o", file)
    code = line.json("enrol", country / "centre", *named)["code"]
    assert line.json("verify", file, "--code", code)["ok"]
    (problem,) = line.json("verify", file, status=1)["problems"]
    assert problem["check"] == "not-whole"
    assert line.json("enrol", country / "centre", *named, "--no-code")["code"] is None
    assert line.json("verify", file)["ok"]


def test_an_auditor_reads_everything_and_has_no_units(
    line: Line, country: Path, tmp_path: Path
) -> None:
    file = tmp_path / "auditor.enrol"
    named = ("enrol", country / "centre", "--office", "Auditoría", "-o", file, "--no-code")
    assert line.refused(*named)  # an office without units has nothing to report
    assert line.refused(*named, "--role", "auditor", "--until", "mañana")
    assert line.refused(*named, "--role", "auditor", "--until", "2020-01-01")
    made = line.json(*named, "--role", "auditor", "--until", "2099-12-31")
    assert made["units"] == []
    line.json("join", tmp_path / "auditor", file, "--as", "Eva")
    facts = line.json("dump", tmp_path / "auditor")["facts"]
    assert facts == line.json("dump", country / "centre")["facts"]
    cell = ("--unit", ALTO, "--activity", "1.2", "--period", "2025-02", "--executed", "1")
    assert ALTO in line.refused("enter", tmp_path / "auditor", *cell)


def test_an_auditor_of_some_units_reads_these(line: Line, country: Path, tmp_path: Path) -> None:
    file, centre = tmp_path / "auditor.enrol", country / "centre"
    named = ("enrol", centre, "--office", "Contraloría", "-o", file, "--no-code")
    narrow = (*named, "--role", "auditor", "--unit", ALTO)
    before = line.json("dump", centre, "--unit", ALTO)
    assert line.json(*narrow)["units"] == [ALTO]
    auditor = tmp_path / "auditor"
    assert line.json("join", auditor, file, "--as", "Eva")["units"] == [ALTO]
    assert line.json("dump", auditor, "--unit", ALTO)["facts"] == before["facts"]
    assert line.json("dump", centre, "--unit", ALTO) == before  # the unit is its office's still
    read = {fact[0] for fact in line.json("dump", auditor)["facts"]}
    every = {fact[0] for fact in line.json("dump", centre)["facts"]}
    assert read < every
    down = ("export", centre, "--to", "Contraloría", "-o", tmp_path / "d.quipu")
    line.json(*down)
    line.json("merge", auditor, tmp_path / "d.quipu")
    assert {fact[0] for fact in line.json("dump", auditor)["facts"]} == read
    cell = ("--unit", ALTO, "--activity", "1.2", "--period", "2025-02", "--executed", "1")
    assert line.refused("enter", auditor, *cell)
    # Let in anew without units, it reads everything.
    assert line.json(*named, "--role", "auditor")["units"] == []
    line.json(*down)
    line.json("merge", auditor, tmp_path / "d.quipu")
    assert {fact[0] for fact in line.json("dump", auditor)["facts"]} == every
    assert "«Ninguna»" in line.refused(*named, "--role", "auditor", "--unit", "Ninguna")


def test_enter_writes_one_cell(line: Line, alto: Path) -> None:
    cell = (*CELL, "--activity", "1.2", "--executed", "9,480", "--note", "por turnos")
    first = line.json("enter", alto, *cell, "--as", "Luis")
    assert first.keys() >= {"changed", "revisions", "problems"}
    assert (first["changed"], len(first["revisions"]), first["problems"]) == (2, 2, [])
    assert line.json("enter", alto, *cell)["changed"] == 0
    facts = line.json("dump", alto)["facts"]
    assert ["executed", "2025-02", "9480"] in [fact[1:] for fact in facts]
    assert line.json("enter", alto, *CELL, "--activity", "1.2", "--executed", "")["changed"] == 1
    assert "9480" not in [fact[3] for fact in line.json("dump", alto)["facts"]]


def test_an_activity_is_a_code_a_text_or_an_id(line: Line, alto: Path) -> None:
    text = "Evaluar los resultados del distrito"
    line.json("enter", alto, "--unit", ALTO, "--period", "2025-12", "--activity", text, "-n", "1")
    past = line.json("history", alto, "--unit", ALTO, "--activity", text, "--field", "executed")
    item = past["revisions"][0]["item"]
    by_id = ("--unit", ALTO, "--period", "2025-11", "--activity", item, "-n", "1")
    assert line.json("enter", alto, *by_id)["changed"] == 1


def test_an_activity_that_fits_several_rows_names_their_ids(
    line: Line, country: Path, tmp_path: Path
) -> None:
    centre, unit = country / "centre", "Unidad de Auditoría Interna"
    from quipu.operations.finding import find_plan, find_unit, plan_rows
    from quipu.operations.rows import add_row
    from quipu.operations.workspaces import open_house

    text = "Dar seguimiento a las recomendaciones"
    with open_house(folder=centre, write=True) as house:
        form = "sv-integracion/pat-asesoras"
        add_row(house, form=form, unit=unit, cells={("text", ""): text}, author="Ana")
        facts = house.facts()
        rows = plan_rows(facts, find_plan(facts), find_unit(facts, unit))
        same = {row for row in rows if facts.text(row, "text") == text}
    cell = ("--unit", unit, "--period", "2025-02", "--activity", text, "--executed", "1")
    data = line.json("enter", centre, *cell, status=2)
    assert data["error"] == "activity-ambiguous"
    assert set(data["items"]) == same
    assert len(same) == 2
    sentence = line.refused("enter", centre, *cell)
    assert all(item in sentence for item in same)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*CELL, "--activity", "9.9", "-n", "1"), "9.9"),
        ((*CELL, "--activity", "1.2", "-n", "32,00"), "32,00"),
        ((*CELL, "--activity", "1.2", "--field", "nada", "--value", "1"), "nada"),
        ((*CELL, "--activity", "1.2"), "--executed"),
        ((*CELL, "--activity", "1.2", "-n", "1", "--field", "spent", "--value", "2"), "--executed"),
        ((*CELL, "--activity", "1.2", "--value", "2"), "--field"),
        ((*CELL, "-n", "1"), "--activity"),
        (("--unit", ALTO, "--activity", "1.2", "--period", "2025-13", "-n", "1"), "2025-13"),
        (("--unit", ALTO, "--activity", "1.2", "--period", "2031-01", "-n", "1"), "2031"),
        (("--unit", BAJO, "--activity", "3.2", "--period", "2025-02", "-n", "1"), BAJO),
        (("--from", "x.xlsx", "--unit", ALTO), "--unit"),
        (("--from", "x.xlsx"), "x.xlsx"),
        ((*CELL, "--activity", "1.2", "--evidence", "nada.pdf"), "nada.pdf"),
    ],
)
def test_what_cannot_be_entered_is_one_sentence(
    words: tuple[str, ...], said: str, line: Line, alto: Path
) -> None:
    before = line.json("dump", alto)
    for lang in ("es", "en"):
        assert said in line.refused("enter", alto, *words, "--lang", lang)
    assert line.json("dump", alto) == before


def test_evidence_travels_by_its_content(line: Line, alto: Path, tmp_path: Path) -> None:
    file = tmp_path / "acta.pdf"
    file.write_bytes(b"%PDF-1.4 acta")
    entered = line.json("enter", alto, *CELL, "--activity", "1.1", "--evidence", file)
    assert entered["changed"] == 1
    out = line.json("export", alto, "-o", tmp_path / "a.quipu")
    assert out["attachments"] == 1


def test_a_field_without_periods_needs_none(line: Line, country: Path) -> None:
    centre = country / "centre"
    row = ("--unit", ALTO, "--activity", "1.1", "--field")
    assert line.json("enter", centre, *row, "lead", "--value", "Jefatura")["changed"] == 1
    assert line.json("enter", centre, *row, "lead", "--value", "Jefatura")["changed"] == 0
    for lang, said in (("es", "--period"), ("en", "by period")):
        sentence = line.refused("enter", centre, *row, "target", "--value", "3", "--lang", lang)
        assert said in sentence
    assert "--period" in line.refused("enter", centre, *row[:4], "-n", "3")


def test_a_filled_workbook_is_entered(line: Line, alto: Path, tmp_path: Path) -> None:
    file = tmp_path / "febrero.xlsx"
    typed = [
        Entry(ALTO, "1.2", "2025-02", "9,480", "", in_workbook=True),
        Entry(ALTO, "1.6", "2025-02", "1", "a tiempo", in_workbook=True),
        Entry(ALTO, "1.4", "2025-02", "32,00", "", in_workbook=True),
    ]
    form, unit = "sv-integracion", ALTO
    write_filled(alto, form=form, unit=unit, period="2025-02", entries=typed, file=file)
    first = line.json("enter", alto, "--from", file, "--as", "Luis", status=1)
    assert first["changed"] == 3
    (problem,) = first["problems"]
    assert problem["value"] == "32,00"
    assert "!" in problem["where"]
    assert line.json("enter", alto, "--from", file, status=1)["changed"] == 0
    assert "32,00" in line.say("enter", alto, "--from", file).out


def test_history_has_the_contracts_keys(line: Line, alto: Path) -> None:
    for number in ("1", "2"):
        cell = (*CELL, "--activity", "1.1", "--executed", number)
        line.json("enter", alto, *cell, "--as", "Luis", "--reason", f"motivo {number}")
    asked = ("--unit", ALTO, "--activity", "1.1", "--period", "2025-02", "--field", "executed")
    first, second = line.json("history", alto, *asked)["revisions"]
    assert first.keys() >= {
        "revision", "field", "period", "value", "author", "office", "at", "replaces", "bundle",
    }  # fmt: skip
    assert (first["value"], second["value"]) == ("1", "2")
    assert (first["author"], first["office"], first["bundle"]) == ("Luis", "alto", None)
    assert second["replaces"] == [first["revision"]]
    assert (first["reason"], second["reason"]) == ("motivo 1", "motivo 2")
    assert "Luis" in line.say("history", alto, *asked).out


def test_undo_takes_a_gesture_back(line: Line, alto: Path) -> None:
    cell = (*CELL, "--activity", "1.1", "--executed", "1")
    gesture = line.json("enter", alto, *cell)["revisions"][0]
    assert line.json("undo", alto, gesture)["changed"] == 1
    assert line.refused("undo", alto, gesture)
    assert "nada" in line.refused("undo", alto, "nada")


def test_a_second_writer_gets_one_sentence(line: Line, alto: Path) -> None:
    from quipu.operations.workspaces import open_house

    with open_house(folder=alto, write=True):
        busy = line.json("enter", alto, *CELL, "--activity", "1.1", "-n", "1", status=2)
        assert busy["error"] == "workspace-busy"
        assert line.json("dump", alto, "--unit", ALTO)["facts"]
