"""What the README tells people to type exists."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

TARGETS = sorted(set(re.findall(r"^make (\w+)|`make (\w+)", README, re.MULTILINE)))
COMMANDS = sorted(set(re.findall(r"\.venv/bin/quipu ([a-z]+(?: check)?)", README)))
LINKS = sorted(set(re.findall(r"\]\(([^):]+)\)", README)))


def test_the_targets_are_in_the_makefile() -> None:
    asked = {first or second for first, second in TARGETS}
    assert {"demo", "test"} <= asked
    assert asked <= set(re.findall(r"^(\w+):", MAKEFILE, re.MULTILINE))


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_are_known(command: str) -> None:
    quipu = Path(sys.executable).with_name("quipu")
    run = subprocess.run(
        [quipu, *command.split(), "--help"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("link", LINKS)
def test_the_links_lead_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


@pytest.mark.parametrize("script", [".ci/run", "packaging/setup.sh"])
def test_the_scripts_can_be_run(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
