"""`python -m benchmarks`: measures everything and prints a Markdown table."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Measure in a folder and a home of our own, so that nobody's keys and files are touched."""
    asked = _asked(sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="quipu-bench-") as name:
        os.environ["QUIPU_HOME"] = str(Path(name) / "home")
        print(
            f"Python {platform.python_version()}, {platform.platform()}, {os.cpu_count()} cores\n"
        )
        if asked.only != "exchange":
            _measure_work(Path(name))
        if asked.only != "work":
            _measure_exchange(Path(name), asked)
    return 0


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=("work", "exchange"), help="measure only this")
    parser.add_argument("--offices", type=int, default=200, help="offices of the exchange")
    parser.add_argument("--activities", type=int, default=500, help="activities of each office")
    parser.add_argument("--flat", action="store_true", help="also with 50, 200 and 1,000 offices")
    return parser.parse_args(arguments)


def _measure_work(folder: Path) -> None:
    from benchmarks.papers import printing
    from benchmarks.timing import markdown
    from benchmarks.windows import opening
    from benchmarks.workspaces import merging, reading, storing

    found = [reading(folder), storing(folder), *merging(folder), *printing(folder), opening(folder)]
    print(*markdown(found), "", sep="\n")


def _measure_exchange(folder: Path, asked: argparse.Namespace) -> None:
    from benchmarks.exchange import exchange, flatness
    from benchmarks.offices import Scale
    from benchmarks.timing import markdown

    place = folder / "exchange"
    place.mkdir()
    found, said = exchange(place, Scale(asked.offices, asked.activities))
    print(*markdown(found), "", *said, sep="\n")
    if asked.flat:
        print(*flatness(folder, (50, 200, 1000)), sep="\n")


if __name__ == "__main__":
    sys.exit(main())
