"""`read`, `forms`, `forms check`: the contract's keys, one by one."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from quipu.cli import plain
from quipu.cli.reading import located
from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.operations.reading import available_forms
from quipu.words import Words
from tests.cli.typing_line import Line

ROW = {
    "unit": str,
    "kind": str,
    "code": str,
    "text": str,
    "fields": dict,
    "targets": dict,
    "total": (str, type(None)),
    "published": dict,
    "parent": (str, type(None)),
    "where": str,
}
PROBLEM = {
    "check": str,
    "severity": str,
    "where": str,
    "unit": str,
    "code": str,
    "message": str,
    "proposal": (str, type(None)),
    "value": (str, type(None)),
}
FORM = ("--form", "sv-integracion", "--year", "2025")


def shaped(entry: dict, shape: dict) -> bool:
    return all(isinstance(entry[key], kind) for key, kind in shape.items())


@pytest.fixture
def read(line: Line, plan_file: Path) -> dict:
    return line.json("read", plan_file, *FORM, status=1)


def test_read_has_the_contracts_keys(read: dict) -> None:
    assert read.keys() >= {"tables", "rows", "problems"}
    assert all(table.keys() >= {"where", "form", "unit", "rows"} for table in read["tables"])
    assert sum(table["rows"] for table in read["tables"]) == 60
    assert all(shaped(row, ROW) for row in read["rows"])
    assert all(shaped(problem, PROBLEM) for problem in read["problems"])
    assert {problem["severity"] for problem in read["problems"]} == {"error", "warning", "info"}


def test_rows_speak_plainly(read: dict) -> None:
    water = next(row for row in read["rows"] if row["code"] == "1.2")
    assert water["kind"] == "activity"
    assert water["unit"] == "DISTRITO DE RIEGO VALLE ALTO"
    assert water["where"] == "Valle Alto!A9"
    assert water["fields"]["unit_of_measure"] == "Hectáreas"
    assert water["targets"]["2025-01"] == "9500"
    assert water["published"]["2025-01"] == "9,500"
    assert (water["total"], water["published"]["total"]) == ("150000", "150,000")
    assert water["parent"] is None
    malformed = next(row for row in read["rows"] if row["code"] == "1.4")
    assert (malformed["targets"]["2025-08"], malformed["published"]["2025-08"]) == (None, "32,00")
    requests = "Atender las solicitudes de compra de las oficinas"
    percent = next(row for row in read["rows"] if row["text"] == requests)
    assert (percent["targets"]["2025-01"], percent["total"]) == ("0.1", "1")


def test_a_row_names_the_row_above_it(read: dict) -> None:
    action = next(row for row in read["rows"] if row["code"] == "AE 1.2.1")
    assert (action["kind"], action["parent"]) == ("action", "OE 1.2")


def test_the_plans_defects_are_found(read: dict) -> None:
    found = {
        (problem["check"], problem["where"], problem["proposal"])
        for problem in read["problems"]
        if problem["severity"] != "info"
    }
    assert found >= {
        ("malformed-number", "Valle Alto!M11", "3200"),
        ("total-missing", "Valle Medio!R14", "1"),
        ("total-mismatch", "Valle Bajo!R11", "12"),
        ("verification-missing", "Talento Humano!E12", None),
    }
    assert {check for check, _, _ in found} >= {"row-shifted", "code-missing", "over-hundred"}


def test_people_read_tables_and_findings(line: Line, plan_file: Path) -> None:
    spanish = line.say("read", plan_file, *FORM)
    english = line.say("read", plan_file, *FORM, "--lang", "en")
    assert (spanish.status, spanish.err) == (1, "")
    assert "63 filas en 10 tablas." in spanish.out
    assert "63 rows in 10 tables." in english.out
    assert "Se propone: 3200." in spanish.out
    assert "\nerror: Valle Alto!M11" in spanish.out


def test_one_table_of_text(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "tabla.tsv"
    heads = ["N°", "Actividad", "Producto Resultado", "Unidad de medida", "Medio de verificación"]
    months = ["Ene", "Feb", "Mar", "Abr", "May", "Jun", "Jul", "Ago", "Sep", "Oct", "Nov", "Dic"]
    row = ["1", "Regar", "Riego", "Documento", "Acta", *["1"] * 12, "12"]
    table = [["UNIDAD DE RIEGO"], [], [*heads, *months, "Total meta"], row]
    file.write_text("\n".join("\t".join(cells) for cells in table), encoding="utf-8")
    data = line.json("read", file, "--form", "sv-integracion/pat-programa", "--year", "2025")
    assert [row["where"] for row in data["rows"]] == ["tabla.tsv:4"]
    assert not [one for one in data["problems"] if one["severity"] != "info"]
    command = [sys.executable, "-m", "quipu", "read", "-", "--json", *FORM]
    run = subprocess.run(command, input=file.read_bytes(), capture_output=True, check=True)
    pasted = json.loads(run.stdout)["rows"]
    assert [row["where"] for row in pasted] == ["-:4"]
    assert [row["targets"] for row in pasted] == [row["targets"] for row in data["rows"]]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("no.xlsx", None, "No existe el archivo"),
        ("vacio.xlsx", b"", "vacío"),
        ("cosa.xlsx", b"\x89PNG\r\n\x1a\n" + b"x" * 40, "cosa.xlsx"),
        ("cortado.xlsx", b"PK\x03\x04" + b"x" * 40, "cortado.xlsx"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(
    name: str, content: bytes | None, sentence: str, line: Line, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert sentence in line.refused("read", tmp_path / name, *FORM)


def test_an_unknown_form_names_those_there_are(line: Line, plan_file: Path) -> None:
    assert "sv-integracion" in line.refused("read", plan_file, "--form", "mx-nada")


def test_forms_lists_every_printed_column(line: Line) -> None:
    forms = line.json("forms")["forms"]
    keys = {"id", "title", "institution", "version", "rows", "columns"}
    assert all(form.keys() >= keys for form in forms)
    by_id = {form["id"]: form for form in forms}
    assert len(by_id["sv-integracion/pat-programa"]["columns"]) == 18
    assert len(by_id["sv-integracion/pat-asesoras"]["columns"]) == 19
    months = by_id["sv-integracion/pat-proceso"]["columns"][5:17]
    assert [month["period"] for month in months] == [f"{n:02}" for n in range(1, 13)]
    assert months[0] == {"field": "target", "header": "Ene", "period": "01"}
    years = [one["header"] for one in by_id["sv-integracion/acciones-estrategicas"]["columns"][2:8]]
    assert years == ["2024", "2025", "2026", "2027", "2028", "2029"]
    assert by_id["sv-integracion/acciones-estrategicas"]["rows"] == ["objective", "action"]
    english = line.json("forms", "--lang", "en")["forms"]
    assert {form["title"] for form in english}.isdisjoint(form["title"] for form in forms)


def test_forms_check_names_file_line_and_key(line: Line, tmp_path: Path) -> None:
    good = Path("forms/sv-integracion/control-de-cambios.toml")
    assert line.json("forms", "check", good)["done"] is True
    bad = tmp_path / "malo.toml"
    text = good.read_text(encoding="utf-8").replace("[page]", "[pagina]")
    bad.write_text(text, encoding="utf-8")
    data = line.json("forms", "check", bad, status=1)
    where = text.splitlines().index("[pagina]") + 1
    assert data["done"] is False
    assert {"file": str(bad), "line": where} == {
        key: data["mistakes"][0][key] for key in ("file", "line")
    }
    said = line.say("forms", "check", bad)
    assert said.out.startswith(f"{bad}:{where}: ")
    assert "pagina" in said.out
    assert "No existe" in line.refused("forms", "check", tmp_path / "nada.toml")
    assert line.json("forms", "check", Path("forms"))["mistakes"] == []


def test_a_finding_says_place_sentence_and_proposal() -> None:
    words = Words.load("en")
    problem = Problem("no-such", "error", "A!1", "U", "1.1", proposal="5", params={"a": [1, 2]})
    assert located(words, problem) == "A!1 · U · 1.1: no-such (proposal: 5, a: 1, 2) Proposed: 5."


def test_number_fields_are_plain_whatever_the_forms_style() -> None:
    forms = {"a/b": replace(next(iter(available_forms().values())), numbers="1.234,5")}
    row = Row("a/b", "objective", fields={"weight": "0,5", "text": "0,5", "budget": "0,4 0,4"})
    assert plain.fields(row, forms) == {"weight": "0.5", "text": "0,5", "budget": "0,4 0,4"}
