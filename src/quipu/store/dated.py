"""Dated copies of a workspace's database, made on the way and kept in the workspace itself.

A copy is the database alone: attachments are kept by their content and never change, so that they
lie beside it once for all copies.
"""

import re
import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quipu.domain.errors import InputError, WorkspaceError
from quipu.store import information, opening, place, safekeeping
from quipu.store.ledger import Ledger
from quipu.store.lock import WriterLock

FOLDER = "backups"
EVERY = timedelta(hours=1)
LATEST, DAYS, WEEKS = 3, 7, 4
"""How many copies are kept: the latest, the last of each of so many days and of so many weeks."""

_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}Z)(-replaced)?\.db", re.ASCII)
_STAMP = "%Y-%m-%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class DatedCopy:
    """A copy in the workspace: its file's name, when it was made (UTC), its size in bytes.

    `replaced` tells that it is what a restored copy took the place of.
    """

    name: str
    made_at: datetime
    bytes: int
    replaced: bool


def copies(folder: Path) -> list[DatedCopy]:
    """Give the copies that a workspace has, the newest first."""
    found = []
    for path in (folder / FOLDER).glob("*.db"):
        match = _NAME.fullmatch(path.name)
        made_at = _moment(match[1]) if match else None
        if match and made_at is not None:
            size = path.stat().st_size
            found.append(DatedCopy(path.name, made_at, size, match[2] is not None))
    return sorted(found, key=lambda one: (one.made_at, one.replaced, one.name), reverse=True)


def copy_now(folder: Path, at: datetime, *, every: timedelta = EVERY) -> DatedCopy | None:
    """Copy the database, unless a copy is younger than `every`; drop the copies that are not kept.

    Gives `None` where none was made: there is one, or the disk has no room for another, and the
    verb that comes next needs the room more. A copy from the future (the clock went back) does
    not count as young.
    """
    at = at.astimezone(UTC)
    young = [one for one in copies(folder) if timedelta(0) <= at - one.made_at < every]
    if any(not one.replaced for one in young):
        return None
    target = _free_name(folder, at)
    for leftover in target.parent.glob(".*.part"):
        leftover.unlink()
    try:
        place.demand_room(folder, (folder / opening.DATABASE).stat().st_size)
        target.parent.mkdir(exist_ok=True)
        safekeeping.copy_database(folder, target)
    except WorkspaceError as error:
        if error.code != "workspace-full":
            raise
        target.with_name(f".{target.name}.part").unlink(missing_ok=True)
        return None
    made = copies(folder)
    for name in _superseded(made):
        (folder / FOLDER / name).unlink(missing_ok=True)
    return next(one for one in made if one.name == target.name)


def take_in(folder: Path, other: Path, at: datetime) -> str:
    """Take the database of another workspace as a copy of this moment; gives the copy's name.

    For `bring_back`, which then puts it in place. Raises `WorkspaceError("workspace-full")`.
    """
    target = _free_name(folder, at)
    place.demand_room(folder, (other / opening.DATABASE).stat().st_size)
    target.parent.mkdir(exist_ok=True)
    safekeeping.copy_database(other, target)
    return target.name


def bring_back(
    folder: Path, name: str, at: datetime, *, notes: Mapping[str, str]
) -> DatedCopy | None:
    """Put a copy in the place of the database; what stood there becomes a copy itself.

    `notes` are written into it before, as the workspace's about itself. The workspace must be open
    nowhere for writing. Gives the copy of what was replaced, `None` where nothing was. Raises
    `InputError` `copy-unknown` (name, folder) or `copy-damaged` (name), and `WorkspaceError`
    `workspace-busy`, `workspace-readonly`, `workspace-full`.
    """
    if name not in {one.name for one in copies(folder)}:
        raise InputError("copy-unknown", name=name, folder=folder)
    database, chosen = folder / opening.DATABASE, folder / FOLDER / name
    lock = WriterLock(folder)
    try:
        _demand_sound(chosen, name)
        place.demand_room(folder, chosen.stat().st_size + _size(database))
        kept = _free_name(folder, at, "-replaced")
        _keep_replaced(folder, kept)
        beside = folder / f".{opening.DATABASE}.part"
        shutil.copyfile(chosen, beside)
        _write_notes(folder, beside, notes)
        # A log of the former database must not be read into the new one.
        for ending in ("-wal", "-shm"):
            database.with_name(database.name + ending).unlink(missing_ok=True)
        opening.put_in_place(beside, database)
    finally:
        lock.release()
    return next((one for one in copies(folder) if one.name == kept.name), None)


def _free_name(folder: Path, at: datetime, ending: str = "") -> Path:
    """Give the file for a copy of this moment, a second later where there is one already."""
    while True:
        path = folder / FOLDER / f"{at.astimezone(UTC).strftime(_STAMP)}{ending}.db"
        if not path.exists():
            return path
        at += timedelta(seconds=1)


def _keep_replaced(folder: Path, kept: Path) -> None:
    """Copy what is to be replaced; as bytes where it is so damaged that SQLite cannot."""
    if not (folder / opening.DATABASE).exists():
        return
    try:
        safekeeping.copy_database(folder, kept)
    except WorkspaceError as error:
        if error.code != "workspace-damaged":
            raise
        kept.with_name(f".{kept.name}.part").unlink(missing_ok=True)
        shutil.copyfile(folder / opening.DATABASE, kept)


def _write_notes(folder: Path, database: Path, notes: Mapping[str, str]) -> None:
    with opening.translated(folder), opening.connect(database, write=True) as run:
        with run.begin():
            for key, value in notes.items():
                information.set_meta(Ledger(run), key, value)
        opening.settle(run)


def _demand_sound(path: Path, name: str) -> None:
    """Look whether a copy can be read whole; nothing is made beside it."""
    copy = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
    try:
        [said] = copy.execute("PRAGMA integrity_check(1)").fetchone()
        copy.execute("SELECT version FROM schema_version")
    except sqlite3.DatabaseError as error:
        raise InputError("copy-damaged", name=name) from error
    finally:
        copy.close()
    if said != "ok":
        raise InputError("copy-damaged", name=name)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _moment(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def _superseded(made: Iterable[DatedCopy]) -> list[str]:
    """Give the names of the copies that the rotation no longer keeps."""
    made = list(made)
    kept = {one.name for one in made[:LATEST]}
    for most, key in ((DAYS, "%Y-%m-%d"), (WEEKS, "%G-%V")):
        spans: dict[str, str] = {}
        for one in made:  # the newest first, so that the last of each span stays
            spans.setdefault(one.made_at.strftime(key), one.name)
        kept |= set(list(spans.values())[:most])
    return [one.name for one in made if one.name not in kept]
