"""A fuzzer that follows the coverage of the readers of untrusted bytes, for a bounded time.

`make stress` gives each reader a minute; the suite a glance, so that the targets stay whole. Where
atheris has no wheel for this machine's Python, these tests are skipped and say so; the mutation
fuzzer (`tests/operations/test_mutations.py`) runs everywhere.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("bundle", "sealed", "letter", "columns", "manifest", "chain", "enrolment", "part")
SECONDS = int(os.environ.get("QUIPU_FUZZ_SECONDS", "60"))

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="atheris has no wheel for this Python"
)


def fuzz(kind: str, folder: Path, *limits: str) -> int:
    """Run the fuzzer on a kind; gives how many inputs it tried."""
    told = ("-seed=1", "-print_final_stats=1", *limits)
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.target", kind, *told],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-3000:]
    found = re.search(r"number_of_executed_units:\s*(\d+)", said)
    assert found is not None, said[-3000:]
    return int(found[1])


@pytest.mark.parametrize("kind", ["columns", "bundle"])
def test_a_glance(kind: str, tmp_path: Path) -> None:
    assert fuzz(kind, tmp_path, "-runs=300") >= 300


@pytest.mark.stress
@pytest.mark.parametrize("kind", KINDS)
def test_a_bounded_time(kind: str, tmp_path: Path) -> None:
    assert fuzz(kind, tmp_path, f"-max_total_time={SECONDS}") > 100
