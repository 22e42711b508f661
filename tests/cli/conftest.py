"""Commands run as a person runs them, in this process, on the demonstration's plan."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from quipu.__main__ import main
from quipu.cli.demo.source import institution
from quipu.cli.demo.workbook import write_plan
from tests.cli.typing_line import Line

FORM = ("--form", "sv-integracion", "--year", "2025")


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
    assert main(["new", str(folder), "--institution", "Instituto de Riego", "--as", "Ana"]) == 0
    assert main(["load", str(folder), str(plan_file), *FORM, "--as", "Ana"]) == 1
    return folder


@pytest.fixture
def centre(loaded: Path, tmp_path: Path) -> Path:
    """A centre of this test's own, in the place of the loaded one: its workspace as it was."""
    kept = tmp_path / "kept"
    shutil.copytree(loaded, kept)
    yield loaded
    shutil.rmtree(loaded)
    shutil.copytree(kept, loaded)
