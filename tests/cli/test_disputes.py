"""Disputes on the command line: both sides, many settled at once, the sheet to sign."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import ALTO
from tests.cli.typing_line import Line

CELLS = [("--unit", ALTO, "--activity", code, "--period", "2025-02") for code in ("1.1", "1.2")]


@pytest.fixture
def centre(line: Line, country: Path, tmp_path: Path) -> Path:
    """A centre with two disputes."""
    for side, values in (("alto", ("9", "8")), ("centre", ("7", "6"))):
        for cell, value in zip(CELLS, values, strict=True):
            line.json("enter", country / side, *cell, "--executed", value, "--as", side)
    file = tmp_path / "alto.quipu"
    line.json("export", country / "alto", "-o", file)
    line.json("merge", country / "centre", file, status=1)
    return country / "centre"


def test_both_sides_are_told(line: Line, centre: Path) -> None:
    found = line.json("disputes", centre, "--unit", ALTO, status=1)["disputes"]
    assert len(found) == 2
    assert found[0].keys() >= {"kind", "base", "history"}
    assert found[0]["kind"] == "values"
    assert {past["author"] for past in found[0]["history"]} == {"alto", "centre"}
    assert found[0]["heads"][0].keys() >= {"bundle", "reason", "evidence"}


def test_all_are_settled_by_a_rule_and_undone(line: Line, centre: Path) -> None:
    for wrong in (("--all",), ("--all", "--rule", "office", "--value", "1"), ("--rule", "office")):
        assert line.refused("settle", centre, *wrong)
    left = line.json("settle", centre, "--all", "--rule", "latest-per-author", status=1)
    assert (left["settled"], left["left"], left["gesture"]) == (0, 2, None)
    done = line.json("settle", centre, "--all", "--rule", "office", "--note", "acta 1")
    assert (done["settled"], done["left"], done["changed"]) == (2, 0, 2)
    assert line.json("disputes", centre) == {"disputes": []}
    line.json("undo", centre, done["gesture"])
    assert len(line.json("disputes", centre, status=1)["disputes"]) == 2
    assert "2" in line.say("settle", centre, "--all", "--rule", "centre").out


def test_the_sheet_to_sign_is_printed(line: Line, centre: Path, tmp_path: Path) -> None:
    for lang in ("es", "en"):
        pdf = line.json("conciliation", centre, "-o", tmp_path / f"{lang}.pdf", "--lang", lang)
        assert pdf["rows"] == 2
        assert pdf["pages"] >= 1
    book = line.json("conciliation", centre, "-o", tmp_path / "a.xlsx", "--open", "--unit", ALTO)
    assert (book["rows"], book["sheets"]) == (2, 2)
    line.json("settle", centre, "--all", "--rule", "office")
    assert line.refused("conciliation", centre, "-o", tmp_path / "b.pdf", "--open")
    assert "b.pdf" in line.say("conciliation", centre, "-o", tmp_path / "b.pdf").out
