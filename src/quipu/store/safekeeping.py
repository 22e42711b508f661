"""Copies of a workspace that are whole, and whether what is kept is still as it was written."""

import shutil
import sqlite3
from pathlib import Path

from quipu.disk import flush_folder, replacing
from quipu.domain.errors import WorkspaceError
from quipu.store import attachments, opening


def copy_database(folder: Path, target: Path) -> None:
    """Copy a workspace's database by SQLite's own backup, also while someone writes in it."""
    beside = target.with_name(f".{target.name}.part")
    beside.unlink(missing_ok=True)
    source = opening.connect(folder / opening.DATABASE, write=False)
    with opening.translated(folder), source, sqlite3.connect(beside) as copy:
        raw = source.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.backup(copy)
    copy.close()
    opening.put_in_place(beside, target)


def backup(folder: Path, target: Path) -> None:
    """Copy a workspace to a new folder: the database first, then the attachments it speaks of.

    The writer's lock, the inbox and the archive stay behind. Raises
    `WorkspaceError("workspace-exists")` when the target has something in it.
    """
    if target.exists() and any(target.iterdir()):
        raise WorkspaceError("workspace-exists", folder=target)
    kept = target / attachments.FOLDER
    kept.mkdir(parents=True, exist_ok=True)
    copy_database(folder, target / opening.DATABASE)
    for path in sorted((folder / attachments.FOLDER).glob("[0-9a-f]*")):
        with path.open("rb") as source, replacing(kept / path.name) as copy:
            shutil.copyfileobj(source, copy)
    flush_folder(target)
