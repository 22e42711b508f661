"""Where the program starts: a command line, or without one the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and give its exit status."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments:
        from quipu.cli.line import main as command_line

        return command_line(arguments, show=_show)
    if not _has_screen() and not os.environ.get("QT_QPA_PLATFORM"):
        from quipu.cli.line import refuse
        from quipu.domain.errors import InputError

        # Qt itself would end the process with an abort.
        return refuse(InputError("no-screen"))
    from quipu.ui.app import main as window

    return window([])


def _show(workspace: Path, pictures: Path) -> Sequence[Path]:
    from quipu.ui.app import open_window, take_pages

    if _has_screen():
        open_window(workspace)
        return ()
    return take_pages(workspace, pictures)


def _has_screen() -> bool:
    """Tell whether a window can be seen, as far as the surroundings say so."""
    if os.environ.get("QT_QPA_PLATFORM", "") in ("offscreen", "minimal"):
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
