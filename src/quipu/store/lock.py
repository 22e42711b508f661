"""The one right to write in a workspace, held through an open file."""

import sys
from pathlib import Path
from typing import BinaryIO

from quipu.domain.errors import WorkspaceError

LOCK_FILE = "quipu.lock"

if sys.platform == "win32":
    import msvcrt

    def _take(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriterLock:
    """Held from its making until `release`; the system lets go of it when a process dies.

    The file stays where it is: removing it would let two writers hold two files of one name.
    Raises `WorkspaceError("workspace-busy")` at once when another process or instance holds it,
    and `workspace-readonly` where no file can be written.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._file = (folder / LOCK_FILE).open("ab")
        except OSError as error:
            raise WorkspaceError("workspace-readonly", folder=folder) from error
        try:
            _take(self._file)
        except OSError as error:
            self._file.close()
            raise WorkspaceError("workspace-busy", folder=folder) from error

    def release(self) -> None:
        """Let go; a second time does nothing."""
        self._file.close()
