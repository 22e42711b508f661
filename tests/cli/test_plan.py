"""The centre's plan through commands: load, findings, decisions, print, questions."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import FORM
from tests.cli.typing_line import Line

ALTO = "DISTRITO DE RIEGO VALLE ALTO"


def test_new_makes_a_workspace(line: Line, tmp_path: Path) -> None:
    folder = tmp_path / "sede"
    data = line.json("new", folder, "--institution", "Instituto", "--as", "Ana")
    assert data["done"] is True
    assert (data["folder"], data["institution"]) == (str(folder), "Instituto")
    assert line.json("dump", folder)["facts"] == sorted(line.json("dump", folder)["facts"])
    again = line.refused("new", folder, "--institution", "Instituto", "--as", "Ana")
    assert str(folder) in again


def test_the_author_is_the_machines_user_unless_named(
    line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "maria")
    line.json("new", tmp_path / "a", "--institution", "I")

    def nobody() -> str:
        raise OSError

    monkeypatch.setattr("getpass.getuser", nobody)
    assert "--as" in line.refused("new", tmp_path / "b", "--institution", "I")
    assert line.json("--as", "Ana", "new", tmp_path / "b", "--institution", "I")["done"]


def test_load_stores_once(line: Line, centre: Path, plan_file: Path) -> None:
    again = line.json("load", centre, plan_file, *FORM, "--as", "Ana", status=1)
    assert again.keys() >= {"tables", "rows", "problems", "stored", "already"}
    assert again["stored"] == 0
    assert again["already"] > 1_500
    assert "Datos guardados: 0" in line.say("load", centre, plan_file, *FORM).out


def test_the_stored_plan_has_the_same_findings(line: Line, centre: Path, plan_file: Path) -> None:
    read = line.json("read", plan_file, *FORM, status=1)["problems"]
    stored = line.json("problems", centre, status=1)["problems"]
    assert {(one["check"], one["unit"], one["code"]) for one in stored} == {
        (one["check"], one["unit"], one["code"]) for one in read
    }
    some = line.json("problems", centre, "--unit", ALTO, status=1)["problems"]
    assert {one["unit"] for one in some} == {ALTO}


@pytest.mark.parametrize(
    ("action", "value"), [(["--accept"], "3200"), (["--keep"], None), (["--edit", "3,150"], "3150")]
)
def test_a_finding_is_decided(
    action: list[str], value: str | None, line: Line, centre: Path
) -> None:
    cell = ("--unit", ALTO, "--activity", "1.4", "--check", "malformed-number")
    target = ("--target", "2025-08", "--note", "según el acta")
    data = line.json("decide", centre, *cell, *target, *action, "--as", "Ana")
    assert data["done"] is True
    facts = {(item, field, period): said for item, field, period, said in
             line.json("dump", centre, "--unit", ALTO)["facts"]}  # fmt: skip
    assert facts.get((data["item"], "target", "2025-08")) == value
    assert facts[(data["item"], "target.published", "2025-08")] == "32,00"
    left = line.json("problems", centre, "--unit", ALTO, status=1)["problems"]
    assert "malformed-number" not in {one["check"] for one in left}


def test_a_published_mistake_that_was_kept_is_among_the_closed(line: Line, centre: Path) -> None:
    cell = ("--unit", ALTO, "--activity", "1.4", "--check", "malformed-number")
    line.json("decide", centre, *cell, "--keep", "--target", "2025-08", "--note", "según el acta")
    closed = line.json("problems", centre, "--unit", ALTO, "--closed")["problems"]
    assert [(one["decision"], one["note"]) for one in closed] == [("kept", "según el acta")]
    assert (
        "[se conserva lo publicado: según el acta]" in line.say("problems", centre, "--closed").out
    )


def test_a_decision_is_one_of_three(line: Line, centre: Path) -> None:
    cell = ("--unit", ALTO, "--activity", "1.4", "--check", "malformed-number")
    assert "--accept, --keep" in line.refused("decide", centre, *cell)
    assert "--accept, --keep" in line.refused("decide", centre, *cell, "--keep", "--edit", "5")
    none = ("--unit", ALTO, "--activity", "1.1", "--check", "malformed-number", "--keep")
    assert line.refused("decide", centre, *none)


@pytest.mark.parametrize(
    ("name", "asked", "key"),
    [
        ("plan.pdf", (), "pages"),
        ("plan.xlsx", (), "sheets"),
        ("publicado.pdf", ("--as-published",), "pages"),
        ("unidad.xlsx", ("--unit", ALTO, "--period", "2025-02"), "sheets"),
        ("avance.pdf", ("--period", "2025-Q1"), "pages"),
    ],
)
def test_print_writes_the_official_format(
    name: str, asked: tuple[str, ...], key: str, line: Line, centre: Path, tmp_path: Path
) -> None:
    file = tmp_path / name
    data = line.json("print", centre, "--form", "sv-integracion", *asked, "-o", file)
    assert data.keys() == {"file", "rows", key}
    assert data["file"] == str(file)
    assert data[key] >= 1
    assert data["rows"] == (7 if "--unit" in asked else data["rows"])
    assert file.read_bytes().startswith(b"%PDF" if key == "pages" else b"PK")


def test_as_published_reads_back_the_same(
    line: Line, centre: Path, plan_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "publicado.xlsx"
    line.json("print", centre, "--form", "sv-integracion", "--as-published", "-o", file)
    first = line.json("read", plan_file, *FORM, status=1)["rows"]
    again = line.json("read", file, *FORM, status=1)["rows"]
    keys = ("kind", "code", "text", "fields", "targets", "total", "published", "parent")
    assert [[row[key] for key in keys] for row in again] == [
        [row[key] for key in keys] for row in first
    ]


def test_print_needs_a_known_ending(line: Line, centre: Path, tmp_path: Path) -> None:
    file = tmp_path / "plan.doc"
    assert "plan.doc" in line.refused("print", centre, "--form", "sv-integracion", "-o", file)
    form = ("--form", "sv-integracion", "--unit", "NINGUNA", "-o", tmp_path / "p.pdf")
    assert "NINGUNA" in line.refused("print", centre, *form)


def test_dump_is_sorted_and_the_same_each_time(line: Line, centre: Path) -> None:
    first, again = line.say("dump", centre, "--json"), line.say("dump", centre, "--json")
    assert first.out == again.out
    facts = line.json("dump", centre)["facts"]
    assert facts == sorted(facts, key=lambda fact: [part or "" for part in fact])
    assert all(len(fact) == 4 for fact in facts)
    lines = line.say("dump", centre).out.splitlines()
    assert len(lines) == len(facts)
    assert all(text.count("\t") == 3 for text in lines)


def test_questions_to_a_workspace_that_is_none(line: Line, tmp_path: Path) -> None:
    for words in (["dump"], ["status"], ["problems"], ["disputes"], ["history"]):
        sentence = line.refused(*words, tmp_path / "nada")
        assert str(tmp_path / "nada") in sentence
        assert line.json(*words, tmp_path / "nada", status=2)["error"] == "workspace-missing"


def test_a_copied_workspace_says_so_and_goes_on(line: Line, centre: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copia"
    shutil.copytree(centre, copy)
    cell = ("--unit", ALTO, "--activity", "1.1", "--period", "2025-02", "--executed", "1")
    first = line.say("enter", copy, *cell, "--json")
    assert first.status == 0
    assert first.err.startswith("quipu: ")
    assert json.loads(first.out)["changed"] == 1
    assert line.json("enter", centre, *cell)["changed"] == 1


def test_a_person_who_watches_sees_how_far_it_is(
    line: Line, plan_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    said = line.say("read", plan_file, *FORM, "--json")
    assert said.err.endswith("2/2\n")
    assert len(json.loads(said.out)["tables"]) == 10


def test_the_code_of_an_enrolment_is_told(line: Line, centre: Path, tmp_path: Path) -> None:
    made = ("enrol", centre, "--office", "alto", "--unit", ALTO, "-o", tmp_path / "a.enrol")
    said = line.say(*made).out
    assert "alto puede incorporarse" in said
    code = said.split()[-1]
    assert "alto" in line.say("join", tmp_path / "alto", tmp_path / "a.enrol", "--code", code).out
    assert "Todavía no hay oficinas" not in line.say("export", centre, "--all", "-o", tmp_path).out
