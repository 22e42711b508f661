"""The benchmark of the exchange does what it says it measures; and how large its bundles are."""

import subprocess
import sys
from pathlib import Path

from benchmarks.offices import Scale, bundle, centre_of, make_centre
from benchmarks.timing import markdown

ROOT = Path(__file__).parents[2]
YEAR, MONTH = 60_000, 18_000
"""The most bytes of an office's 500 activities: a whole year with texts, and one month of it.

Of either, 8,400 are the activities' ids, 16 random bytes each.
"""


def test_a_year_and_a_month_are_small(tmp_path: Path) -> None:
    (one,) = make_centre(tmp_path / "centre", Scale(1, 500))
    centre = centre_of(tmp_path / "centre")
    assert bundle(centre, one, tmp_path / "year.quipu") < YEAR
    assert bundle(centre, one, tmp_path / "month.quipu", months=1) < MONTH


def test_everything_is_measured_beside_its_floor() -> None:
    command = [sys.executable, "-m", "benchmarks", "--only", "exchange"]
    small = ["--offices", "2", "--activities", "20"]
    done = subprocess.run(
        [*command, *small], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("| ")]
    assert lines[0] == next(iter(markdown([])))
    names = [line.split("|")[1].strip() for line in lines[1:]]
    assert names == [
        "merge 2 offices, 480 values",
        "merge them again (nothing new)",
        "merge a second year over the first",
        "the same, every 20th disputed",
        "ATTACH, INSERT … SELECT",
        "msgspec from zstd, decoded",
        "openpyxl, workbooks read",
    ]
