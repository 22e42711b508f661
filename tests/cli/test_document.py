"""The whole document, its texts and its coverage through commands."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import ALTO
from tests.cli.typing_line import Line

BOOK = ("--form", "sv-integracion/documento")
TEXT = "PREFACIO\n\nUn río une a todos.\n\nMISIÓN\n\nRegar.\n\nZ\n"


def test_texts_are_loaded_listed_and_written(line: Line, centre: Path, tmp_path: Path) -> None:
    file = tmp_path / "libro.txt"
    file.write_text(TEXT, encoding="utf-8")
    data = line.json("load", centre, file, *BOOK, "--year", "2025", "--as", "Ana")
    assert {one["section"] for one in data["sections"]} == {"preface", "mission"}
    assert [one["check"] for one in data["problems"]] == ["text-left-out"]
    assert data["stored"] > 10
    said = line.say("load", centre, file, *BOOK, "--year", "2025", "--as", "Ana").out
    assert "Datos guardados: 0" in said
    found = line.json("sections", centre, *BOOK)["sections"]
    texts = {one["section"]: one["text"] for one in found}
    assert (texts["mission"], texts["vision"]) == ("Regar.", None)
    done = line.json(
        "section", centre, *BOOK, "--section", "vision", "--text", "Agua.", "--as", "Ana"
    )
    assert (done["done"], done["section"], len(done["revisions"]) > 1) == (True, "vision", True)
    file.write_text("Agua para\ntodos.", encoding="utf-8")
    line.say("section", centre, *BOOK, "--section", "vision", "--from", file, "--title", "VISIÓN")
    assert "vision: VISIÓN: Agua para todos." in line.say("sections", centre, *BOOK).out
    assert "--from" in line.refused(
        "section", centre, *BOOK, "--section", "vision", "--text", "a", "--from", file
    )
    assert "nadie" in line.refused("section", centre, *BOOK, "--section", "nadie", "--text", "a")
    assert "sections" not in line.refused("section", centre, *BOOK, "--section", "vision")
    printed = line.json("print", centre, *BOOK, "-o", tmp_path / "libro.pdf")
    assert printed["pages"] > 5


def test_activities_are_linked_and_the_report_says_what_is_left(line: Line, centre: Path) -> None:
    before = line.json("coverage", centre, status=1)
    code = before["actions_without_activities"][0]
    some = next(one for one in before["activities_without_action"] if one["unit"] == ALTO)
    where = ("link", centre, "--unit", ALTO, "--activity", some["code"])
    assert "--none" in line.refused(*where)
    done = line.json(*where, "--to", code, "--as", "Ana")
    assert (done["done"], done["item"], done["changed"]) == (True, some["item"], 1)
    after = line.json("coverage", centre, status=1)
    assert code not in after["actions_without_activities"]
    assert len(after["activities_without_action"]) == len(before["activities_without_action"]) - 1
    assert "Actividades sin acción estratégica" in line.say("coverage", centre).out
    gone = line.json(*where, "--none", "--as", "Ana")
    assert gone["action"] is None
    assert line.json("coverage", centre, status=1) == before


def test_printed_pages_are_verified(line: Line, centre: Path, tmp_path: Path) -> None:
    file = tmp_path / "libro.pdf"
    line.say("print", centre, *BOOK, "-o", file)
    data = line.json("verify", file, centre)
    assert data["ok"] is True
    assert data["form"] == "sv-integracion/documento"
    assert "dicen lo mismo" in line.say("verify", file, centre).out
    page = data["pages"][1]
    assert line.json("verify", centre, "--page", page["code"], *BOOK)["pages"] == [page]
    line.say("section", centre, *BOOK, "--section", "vision", "--text", "Agua.", "--as", "Ana")
    after = line.json("verify", file, centre, status=1)
    assert [one["check"] for one in after["problems"]] == ["page-changed"]
    gone = line.json("verify", centre, "--page", "ABCD-EFGH", *BOOK, status=1)
    assert "ABCD-EFGH" in gone["problems"][0]["message"]
    for words in ((file, centre, "--page", "A"), (centre, "--page", "A")):
        assert "--form" in line.refused("verify", *words)
