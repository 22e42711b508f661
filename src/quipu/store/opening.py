"""From a folder to an open database: the version first, then the connection as we want it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from quipu.disk import flush_folder
from quipu.domain.errors import WorkspaceError
from quipu.store import place

DATABASE = "quipu.db"
SCHEMA = 2
"""The newest migration; compared before any migration is imported."""

_LOG_PAGES = 4096
"""Pages of the log before they are brought into the file: many bundles touch the same ones."""

READING, WRITING = "BEGIN", "BEGIN IMMEDIATE"

_STUMBLES = (
    sqlite3.DatabaseError,
    SQLAlchemyError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
)

_CODES = {
    "SQLITE_BUSY": "workspace-busy",
    "SQLITE_LOCKED": "workspace-busy",
    "SQLITE_READONLY": "workspace-readonly",
    "SQLITE_PERM": "workspace-readonly",
    "SQLITE_FULL": "workspace-full",
    "SQLITE_CORRUPT": "workspace-damaged",
    "SQLITE_NOTADB": "workspace-damaged",
    "SQLITE_IOERR": "workspace-disk",
    "SQLITE_CANTOPEN": "workspace-disk",
}


def check_version(folder: Path) -> int:
    """Give a workspace's schema version, after looking whether this program can read it.

    Raises `WorkspaceError`: `workspace-missing`, `workspace-newer`, `workspace-damaged`.
    """
    path = folder / DATABASE
    if not path.is_file():
        raise WorkspaceError("workspace-missing", folder=folder)
    with doubting(folder), translated(folder):
        connection = sqlite3.connect(_uri(path, write=False), uri=True)
        try:
            found = connection.execute("SELECT version FROM schema_version").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname == "SQLITE_ERROR":  # there is no such table
                raise WorkspaceError("workspace-damaged", folder=folder) from error
            raise
        finally:
            connection.close()
    if found is None:
        raise WorkspaceError("workspace-damaged", folder=folder)
    with doubting(folder):
        version = int(found[0])
    if version > SCHEMA:
        raise WorkspaceError("workspace-newer", folder=folder, version=version, known=SCHEMA)
    return version


def connect(path: Path, *, write: bool, new: bool = False) -> Connection:
    """Open a database; transactions begin as `connection.info["begin"]` says.

    WAL and synchronous FULL: what was committed survives a power cut. The driver begins no
    transaction of its own.
    """

    def driver() -> sqlite3.Connection:
        raw = sqlite3.connect(
            _uri(path, write=write, new=new),
            uri=True,
            isolation_level=None,
            check_same_thread=False,
        )
        if write:
            raw.execute("PRAGMA journal_mode = WAL")
            raw.execute("PRAGMA synchronous = FULL")
            raw.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA temp_store = MEMORY")
        raw.execute("PRAGMA cache_size = -65536")
        return raw

    engine = create_engine("sqlite+pysqlite://", creator=driver, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.info.get("begin", READING))

    return engine.connect()


def settle(connection: Connection) -> None:
    """Bring everything from the write-ahead log into the file, as far as no reader needs it."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def put_in_place(beside: Path, path: Path) -> None:
    """Give a closed database its name, once all of it is on the disk."""
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    beside.replace(path)
    flush_folder(path.parent)


def writable(folder: Path) -> bool:
    """Tell whether files can be made in a folder."""
    return os.access(folder, os.W_OK)


def _uri(path: Path, *, write: bool, new: bool = False) -> str:
    uri = path.absolute().as_uri()
    if write:
        return f"{uri}?mode={'rwc' if new else 'rw'}"
    wal = path.with_name(f"{path.name}-wal")
    if not writable(path.parent) and not (wal.is_file() and wal.stat().st_size):
        return f"{uri}?immutable=1"  # no shared memory can be made beside it, and none is needed
    return f"{uri}?mode=ro"


@contextmanager
def translated(folder: Path) -> Iterator[None]:
    """Give SQLite's own errors and a full disk as ours: a person can do something about them."""
    try:
        yield
    except OSError as error:
        if place.is_full(error):
            raise WorkspaceError("workspace-full", folder=folder, reason=str(error)) from error
        raise
    except DBAPIError as error:
        raise _translate(error.orig, folder) or error from error
    except sqlite3.Error as error:
        raise _translate(error, folder) or error from error


@contextmanager
def doubting(folder: Path) -> Iterator[None]:
    """Give whatever reading stumbles over as `WorkspaceError("workspace-damaged")`.

    For reading alone: what a database says that no version wrote (a type, a number, a text that is
    gone) shows in many ways, and only there does each of them mean damage.
    """
    try:
        yield
    except _STUMBLES as error:
        reason = f"{type(error).__name__}: {error}"[:200]
        raise WorkspaceError("workspace-damaged", folder=folder, reason=reason) from error


def _translate(error: BaseException | None, folder: Path) -> WorkspaceError | None:
    name = getattr(error, "sqlite_errorname", None) or ""
    for start, code in _CODES.items():
        if name.startswith(start):
            # Also to read, SQLite lays a small file beside the database; without room it only
            # says that something went wrong.
            full = code == "workspace-disk" and place.is_filled(folder)
            found = "workspace-full" if full else code
            return WorkspaceError(found, folder=folder, reason=str(error))
    return None
