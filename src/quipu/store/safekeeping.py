"""Copies of a workspace that are whole, and whether what is kept is still as it was written."""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import select
from sqlalchemy import text as sql

from quipu.disk import flush_folder, replacing
from quipu.domain.errors import WorkspaceError
from quipu.domain.problem import Problem
from quipu.store import attachments, judging, opening, projection, working
from quipu.store.ledger import Ledger
from quipu.store.tables import blob


def copy_database(folder: Path, target: Path) -> None:
    """Copy a workspace's database by SQLite's own backup, also while someone writes in it."""
    beside = target.with_name(f".{target.name}.part")
    beside.unlink(missing_ok=True)
    path = folder / opening.DATABASE
    with (
        opening.translated(folder),
        opening.connect(path, write=False) as source,
        closing(sqlite3.connect(beside)) as copy,
    ):
        raw = source.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.backup(copy)
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


def verify(ledger: Ledger, folder: Path) -> tuple[Problem, ...]:
    """Compare everything kept with what it must be; gives what is wrong, nothing where all is well.

    The file by SQLite's own check, the ledger for missing parts, what registers show against the
    ledger, attachments against their hashes.
    """
    where = str(folder / opening.DATABASE)
    found = list(_unsound(ledger, where)) or list(_incomplete(ledger, where))
    if not found:
        found += _shown_otherwise(ledger, where)
    return (*found, *_attachments(ledger, folder))


def _unsound(ledger: Ledger, where: str) -> Iterator[Problem]:
    if ledger.connection.dialect.name == "sqlite":
        for said in ledger.connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars():
            if said != "ok":
                yield Problem("database-damaged", "error", where, params={"reason": said})
        if ledger.connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            reason = "foreign_key_check"
            yield Problem("database-damaged", "error", where, params={"reason": reason})


def _incomplete(ledger: Ledger, where: str) -> Iterator[Problem]:
    keys = ledger.connection.scalars(sql(working.INCOMPLETE)).all()
    if keys:
        yield Problem("ledger-incomplete", "error", where, params={"n": len(keys)})


def _shown_otherwise(ledger: Ledger, where: str) -> Iterator[Problem]:
    projection.all_registers(ledger)
    projection.find_heads(ledger)
    shown = ledger.connection.scalars(sql(working.SHOWN_OTHERWISE)).all()
    wrong = sorted({*shown, *judging.judged_otherwise(ledger)})
    for item, field, period, unit in sorted(ledger.registers.addresses(wrong)):
        yield Problem(
            "projection-differs",
            "error",
            where,
            unit=unit,
            target=period or field,
            item=item,
            params={"field": field, "period": period},
        )


def _attachments(ledger: Ledger, folder: Path) -> Iterator[Problem]:
    query = select(blob).where(blob.c.state == attachments.HAVE).order_by(blob.c.sha256)
    for row in ledger.connection.execute(query).all():
        path = attachments.path_of(folder, row.sha256)
        if not path.is_file():
            yield Problem("attachment-missing", "error", str(path))
            continue
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != row.sha256:
                yield Problem("attachment-differs", "error", str(path))


def rebuild(ledger: Ledger) -> int:
    """Read every register from the ledger again; gives how many showed something else."""
    for statement in (working.FORGET_SPANS, working.READ_SPANS, working.READ_AHEAD):
        ledger.connection.execute(sql(statement))
    wrong = set(judging.judged_otherwise(ledger))
    judging.judge_again(ledger)
    projection.all_registers(ledger)
    projection.find_heads(ledger)
    wrong.update(ledger.connection.scalars(sql(working.SHOWN_OTHERWISE)))
    projection.read_again(ledger)
    return len(wrong)
