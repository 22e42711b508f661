"""Other names of units, and initiatives that need others, by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.typing_line import Line

TABLE = (
    "Objetivo\tIndicador\tMeta\tIniciativa\tActividades\tResponsable\tPlazo\tInsumos\n"
    "1.1 Vías\t1.1.1 Vías\t1.1.1.1 Diez\t1.1.1.1.1 Abrir\t1) Medir.\t"
    "<u>G. General</u> ASIS\tSeis meses\tEquipo\n"
    "\t\t\t1.1.1.1.2 Cerrar\t1) Ver.\t<u>Gerencia General</u>\tUn año\tEquipo\n"
)


@pytest.fixture
def planned(line: Line, tmp_path: Path) -> Path:
    folder, file = tmp_path / "centre", tmp_path / "cmi.tsv"
    file.write_text(TABLE, encoding="utf-8")
    line.json("new", folder, "--institution", "Instituto")
    line.json("load", folder, file, "--form", "cr-imas", "--year", "2007")
    return folder


def test_an_alias_is_proposed_confirmed_and_taken_back(line: Line, planned: Path) -> None:
    (first,) = line.json("aliases", planned)["proposals"]
    assert (first["name"], first["alias"], first["unit"]) == (
        "Gerencia General",
        "G. General",
        None,
    )
    chosen = ("aliases", planned, "--unit", "Gerencia General")
    assert len(line.json(*chosen, "--add", "G. General")["created"]) == 1
    assert line.json("aliases", planned)["proposals"] == []
    assert line.json(*chosen, "--add", "G. General")["changed"] == 0
    assert line.json(*chosen, "--remove", "G. General")["changed"] == 1
    assert len(line.json("aliases", planned)["proposals"]) == 1
    line.refused(*chosen, "--reject", "G. General", "--add", "G. General")
    assert line.json(*chosen, "--reject", "G. General")["changed"] == 1
    assert line.json("aliases", planned)["proposals"] == []


def test_one_thing_is_decided_at_a_time(line: Line, planned: Path) -> None:
    chosen = ("aliases", planned, "--unit", "Gerencia General")
    assert "--add" in line.refused(*chosen)
    assert "--add" in line.refused(*chosen, "--add", "GG", "--remove", "G. G.")


NEEDS = TABLE.replace("1.1.1.1.1 Abrir", "1.1.1.1.1 Diseñar un modelo de gestión").replace(
    "Un año\tEquipo", "Un año\tModelo de gestión"
)


def test_what_an_initiative_needs_is_proposed_linked_and_taken_back(
    line: Line, tmp_path: Path
) -> None:
    folder, file = tmp_path / "centre", tmp_path / "cmi.tsv"
    file.write_text(NEEDS, encoding="utf-8")
    line.json("new", folder, "--institution", "Instituto")
    line.json("load", folder, file, "--form", "cr-imas", "--year", "2007")
    (likely,) = line.json("requires", folder)["dependencies"]
    assert (likely["activity"]["code"], likely["of"]["code"]) == ("1.1.1.1.2", "1.1.1.1.1")
    assert (likely["linked"], likely["late"]) == (False, None)
    chosen = ("requires", folder, "--activity", "1.1.1.1.2")
    assert line.json(*chosen, "--of", "1.1.1.1.1")["changed"] == 1
    (linked,) = line.json("requires", folder, status=1)["dependencies"]
    assert (linked["linked"], linked["late"], linked["of"]["end"]) == (True, "undated", None)
    assert line.json(*chosen, "--remove", "1.1.1.1.1")["changed"] == 1


def test_what_is_linked_must_be_said(line: Line, planned: Path) -> None:
    assert line.json("requires", planned)["dependencies"] == []
    for more in (("--of", "1"), ("--activity", "1.1.1.1.2")):
        line.refused("requires", planned, *more)
