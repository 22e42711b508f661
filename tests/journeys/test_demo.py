"""`quipu demo` builds everything that it says, in an empty folder only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from quipu.cli import line as command_line
from quipu.words import LANGUAGES, Words
from tests.cli.typing_line import Line


@pytest.fixture
def line(capfd: pytest.CaptureFixture[str]) -> Line:
    return Line(capfd)


def test_the_demonstration_does_the_whole_main_job(
    line: Line, tmp_path: Path, quipu_home: Path
) -> None:
    folder = tmp_path / "demo"
    data = line.json("demo", folder)
    assert data["done"] is True
    assert all(Path(file).is_file() for file in data["files"])
    assert {Path(file).suffix for file in data["files"]} == {".pdf", ".xlsx"}
    workspaces = [data["centre"], *data["offices"]]
    assert len(workspaces) == 4
    assert all(line.json("verify", workspace)["ok"] for workspace in workspaces)
    assert line.json("disputes", data["centre"])["disputes"] == []
    states = {
        state["state"]
        for office in line.json("status", data["centre"])["offices"]
        for state in office["periods"].values()
    }
    assert states >= {"accepted", "returned", "none"}
    said = line.refused("demo", folder)
    assert str(folder) in said


def test_the_demonstration_shows_the_centre_when_it_has_said_all(
    tmp_path: Path,
    quipu_home: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[tuple[Path, Path]] = []

    def show(workspace: Path, pictures: Path) -> Sequence[Path]:
        shown.append((workspace, pictures))
        return [pictures / "plan.png"]

    folder = tmp_path / "demo"
    monkeypatch.setattr("quipu.cli.demo.story.Story.tell", lambda story: iter(()))
    assert command_line.main(["demo", str(folder), "--show", "--lang", "en"], show=show) == 0
    assert shown == [(folder / "sede", folder / "pantallas")]
    assert "1 picture in" in capfd.readouterr().err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_step_that_fails_says_which_and_why(
    lang: str, line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quipu_home: Path
) -> None:
    monkeypatch.setattr("quipu.cli.demo.story._PLANNER", "")
    monkeypatch.setattr("getpass.getuser", _nobody)
    sentence = line.refused("demo", tmp_path / "demo", "--lang", lang)
    assert "quipu new" in sentence or "new " in sentence
    assert Words.load(lang).text("error.author-missing") in sentence


def _nobody() -> str:
    raise OSError
