"""The arrows between the rooms point down only."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OWN = frozenset(sys.stdlib_module_names) | {"quipu"}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def test_the_contracts_hold() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("room", ["domain", "forms"])
def test_the_lowest_rooms_need_nothing_but_python(room: str) -> None:
    foreign = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted((ROOT / "src" / "quipu" / room).rglob("*.py"))
        for name in imported(path)
        if name.split(".")[0] not in OWN
    }
    assert foreign == set()


def test_every_room_states_its_law_in_one_sentence() -> None:
    for init in sorted((ROOT / "src" / "quipu").rglob("__init__.py")):
        law = ast.get_docstring(ast.parse(init.read_text(encoding="utf-8"))) or ""
        assert law.endswith("."), f"{init.relative_to(ROOT)} states no law"
