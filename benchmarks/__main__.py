"""`python -m benchmarks`: measures everything and prints a Markdown table."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Measure in a folder and a home of our own, so that nobody's keys and files are touched."""
    with tempfile.TemporaryDirectory(prefix="quipu-bench-") as name:
        os.environ["QUIPU_HOME"] = str(Path(name) / "home")
        _measure(Path(name))
    return 0


def _measure(folder: Path) -> None:
    from benchmarks.papers import printing
    from benchmarks.timing import markdown
    from benchmarks.windows import opening
    from benchmarks.workspaces import merging, reading, storing

    found = [reading(folder), storing(folder), *merging(folder), *printing(folder), opening(folder)]
    print(f"Python {platform.python_version()}, {platform.platform()}, {os.cpu_count()} cores\n")
    print(*markdown(found), sep="\n")


if __name__ == "__main__":
    sys.exit(main())
