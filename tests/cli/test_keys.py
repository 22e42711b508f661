"""The centre's keys by commands: passphrase, words, copies, and the way back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.typing_line import Line

PASSPHRASE = "correcto caballo"


@pytest.fixture
def sede(tmp_path: Path, quipu_home: Path, line: Line) -> Path:
    """A centre of this test's own, with keys that no other test uses."""
    line.json("new", tmp_path / "sede", "--institution", "Instituto de Riego", "--as", "Ana")
    return tmp_path / "sede"


def test_keys_come_under_a_passphrase(
    line: Line, sede: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {one["rest"] for one in line.json("keys", sede)["keys"]} == {"file"}
    assert "QUIPU_NEW_PASSPHRASE" in line.refused("keys", "passphrase", sede)
    assert "8" in line.refused("keys", "passphrase", sede, "--from", written(tmp_path, "corta"))
    choice = ("--from", written(tmp_path, PASSPHRASE), "--remove")
    assert "--remove" in line.refused("keys", "passphrase", sede, *choice)
    done = line.json("keys", "passphrase", sede, *choice[:2])
    assert (done["closed"], len(done["keys"])) == (True, 2)
    assert "contraseña" in line.say("keys", sede).out
    due = ("due", sede, "--period", "2025-01", "--date", "2025-02-10")
    assert "QUIPU_PASSPHRASE" in line.refused(*due)
    monkeypatch.setenv("QUIPU_PASSPHRASE", "no es esta")
    assert "no abre" in line.refused(*due)
    monkeypatch.setenv("QUIPU_PASSPHRASE", PASSPHRASE)
    assert len(line.json("keys", "words", sede)["words"]) == 24
    monkeypatch.setenv("QUIPU_NEW_PASSPHRASE", "otra contraseña")
    assert "bajo la contraseña" in line.say("keys", "passphrase", sede).out
    assert "no abre" in line.refused("keys", "words", sede)
    monkeypatch.setenv("QUIPU_PASSPHRASE", "otra contraseña")
    assert line.json("keys", "passphrase", sede, "--remove")["closed"] is False
    monkeypatch.delenv("QUIPU_PASSPHRASE")
    assert line.json("keys", "words", sede)["words"]


def written(folder: Path, text: str) -> Path:
    file = folder / f"{len(text)}.txt"
    file.write_text(text + "\n", encoding="utf-8")
    return file


def test_words_bring_the_centre_back_on_another_computer(
    line: Line, sede: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "palabras.pdf"
    said = line.json("keys", "words", sede, "-o", page)
    assert (said["language"], said["pages"], said["file"]) == ("es", 1, str(page))
    shown = line.say("keys", "words", sede, "-o", page, "--lang", "en").out
    assert "safe" in shown
    assert "24 " in shown
    monkeypatch.setenv("QUIPU_PASSPHRASE", PASSPHRASE)
    assert line.json("keys", "export", sede, "-o", tmp_path / "raiz.quipu")["done"]
    monkeypatch.delenv("QUIPU_PASSPHRASE")
    monkeypatch.setenv("QUIPU_HOME", str(tmp_path / "otra"))
    shutil.copytree(sede, tmp_path / "copia")
    again = ("keys", "recover", tmp_path / "copia")
    assert "--from" in line.refused(*again)
    assert "23" in line.refused(*again, "--words", *said["words"][:23])
    done = line.json(*again, "--words", *said["words"])
    assert (done["done"], done["new_device"]) == (True, True)
    file = written(tmp_path, "\n".join(said["words"]))
    assert line.json(*again, "--from", file)["new_device"] is False
    assert line.json("keys", "words", tmp_path / "copia")["words"] == said["words"]
    file.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in line.refused(*again, "--from", file)


def test_a_copy_of_the_root_is_taken_on_another_computer(
    line: Line, sede: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "raiz.quipu"
    assert "QUIPU_PASSPHRASE" in line.refused("keys", "export", sede, "-o", copy)
    monkeypatch.setenv("QUIPU_NEW_PASSPHRASE", PASSPHRASE)
    assert str(copy) in line.say("keys", "export", sede, "-o", copy).out
    monkeypatch.setenv("QUIPU_HOME", str(tmp_path / "otra"))
    shutil.copytree(sede, tmp_path / "copia")
    assert "no tiene claves" in line.say("keys", tmp_path / "copia").out
    assert "QUIPU_PASSPHRASE" in line.refused("keys", "import", tmp_path / "copia", copy)
    monkeypatch.setenv("QUIPU_PASSPHRASE", PASSPHRASE)
    assert (
        "vuelve a ser la oficina central"
        in line.say("keys", "import", tmp_path / "copia", copy).out
    )
    assert {one["rest"] for one in line.json("keys", tmp_path / "copia")["keys"]} == {"passphrase"}


def test_a_lost_centre_is_made_again_of_its_bundles(
    line: Line, sede: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = line.json("keys", "words", sede)["words"]
    line.json("enrol", sede, "--planner", "Eva", "-o", tmp_path / "eva.quipu", "--as", "Ana")
    before = line.json("dump", sede)
    saved = tmp_path / "salvado"
    shutil.copytree(sede / "archive", saved)
    (saved / "nota.txt").write_text("hola", encoding="utf-8")
    monkeypatch.setenv("QUIPU_HOME", str(tmp_path / "nueva"))
    asked = ("keys", "recover", tmp_path / "otra", "--words", *words)
    done = line.json(*asked, "--bundles", saved, status=1)
    assert (done["bundles"], done["missing"], done["replaced"]) == (1, [], None)
    assert [one["file"] for one in done["skipped"]] == ["nota.txt"]
    assert line.json("dump", tmp_path / "otra") == before
    empty = tmp_path / "vacía"
    empty.mkdir()
    assert "no hay paquetes" in line.refused(
        *asked[:2], tmp_path / "c", *asked[3:], "--bundles", empty
    )
    shown = line.say("repair", tmp_path / "otra", "--from-archive").out
    assert "se rehízo con 1 paquetes" in shown
    assert "no se puede recuperar" in shown.lower()
    assert "respaldo" in shown
