"""Places inside a workspace for files on their way in or out; what a crash leaves is swept away."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quipu.domain.errors import WorkspaceError
from quipu.store import place

INBOX = "inbox"
_OWN = "tmp"
_BESIDE = "look-"
_HOUR = 3600


@contextmanager
def scratch(folder: Path, *, beside_writer: bool = False) -> Iterator[Path]:
    """Give a new folder in a workspace's inbox, which is gone when the block ends.

    `beside_writer` is for those who only look, while somebody else may be writing. Raises
    `WorkspaceError` `workspace-full` or `workspace-disk`.
    """
    inbox = folder / INBOX
    try:
        inbox.mkdir(exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=_BESIDE if beside_writer else _OWN, dir=inbox))
    except OSError as error:
        code = "workspace-full" if place.is_full(error) else "workspace-disk"
        raise WorkspaceError(code, folder=inbox, reason=error.strerror) from error
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Remove what a crash left on its way, opened bundles above all; for the workspace's writer."""
    inbox = folder / INBOX
    for left in inbox.glob(f"{_OWN}*"):
        shutil.rmtree(left, ignore_errors=True)
    for left in inbox.glob(f"{_BESIDE}*"):
        if time.time() - left.stat().st_mtime > _HOUR:
            shutil.rmtree(left, ignore_errors=True)
