"""Where the program starts: a command line, or without one the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and give its exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments:
        from quipu.cli.line import main as command_line

        return command_line(arguments)
    from quipu.ui.app import main as window

    return window()


if __name__ == "__main__":
    sys.exit(main())
