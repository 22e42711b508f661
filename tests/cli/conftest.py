"""Commands run as a person runs them, in this process, on the demonstration's plan."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from quipu.__main__ import main
from quipu.cli.demo.source import institution
from quipu.cli.demo.workbook import write_plan
from tests.cli.typing_line import Line

FORM = ("--form", "sv-integracion", "--year", "2025")
ALTO, BAJO = "DISTRITO DE RIEGO VALLE ALTO", "DISTRITO DE RIEGO VALLE BAJO"


def run(*words: object) -> None:
    """Run a command that must do what it is asked."""
    assert main([str(word) for word in words]) < 2


@pytest.fixture
def line(capfd: pytest.CaptureFixture[str]) -> Line:
    return Line(capfd)


@pytest.fixture(scope="session")
def plan_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's workbook."""
    file = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    write_plan(institution(), file)
    return file


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory, plan_file: Path) -> Path:
    """A centre with the demonstration's plan, to be copied and not written."""
    folder = tmp_path_factory.mktemp("loaded") / "centre"
    run("new", folder, "--institution", "Instituto de Riego", "--as", "Ana")
    run("load", folder, plan_file, *FORM, "--as", "Ana")
    return folder


@pytest.fixture(scope="session")
def joined(tmp_path_factory: pytest.TempPathFactory, plan_file: Path) -> Path:
    """A folder with a centre and the offices `alto` and `bajo`, to be copied and not written."""
    folder = tmp_path_factory.mktemp("joined")
    centre = folder / "centre"
    run("new", centre, "--institution", "Instituto de Riego", "--as", "Ana")
    run("load", centre, plan_file, *FORM, "--as", "Ana")
    for office, unit in (("alto", ALTO), ("bajo", BAJO)):
        file = folder / f"{office}.enrol"
        named = ("--office", office, "--unit", unit, "-o", file, "--no-code")
        run("enrol", centre, *named, "--as", "Ana")
        run("join", folder / office, file, "--as", office)
    return folder


@pytest.fixture
def country(joined: Path, tmp_path: Path) -> Iterator[Path]:
    """The centre and the offices for this test alone; afterwards they are as they were."""
    kept = tmp_path / "kept"
    shutil.copytree(joined, kept)
    yield joined
    shutil.rmtree(joined)
    shutil.copytree(kept, joined)


@pytest.fixture
def centre(loaded: Path, tmp_path: Path) -> Iterator[Path]:
    """A centre of this test's own, in the place of the loaded one: its workspace as it was."""
    kept = tmp_path / "kept"
    shutil.copytree(loaded, kept)
    yield loaded
    shutil.rmtree(loaded)
    shutil.copytree(kept, loaded)
