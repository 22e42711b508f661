"""Files kept by their content, in the workspace's folder under their SHA-256."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import insert, select, update

from quipu.disk import replacing
from quipu.domain.value import Blob
from quipu.store.ledger import Ledger
from quipu.store.tables import blob

FOLDER = "attachments"
HAVE, WANTED = "have", "wanted"


def path_of(folder: Path, sha256: str) -> Path:
    """Give where an attachment lies, or would lie; raises `ValueError` for what is no SHA-256."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError(sha256)
    return folder / FOLDER / sha256


def keep(ledger: Ledger, folder: Path, data: bytes, name: str) -> Blob:
    """Keep a file's content: written beside, flushed and renamed, once however often it comes."""
    kept = Blob(hashlib.sha256(data).hexdigest(), len(data), name)
    path = path_of(folder, kept.sha256)
    if not path.is_file():
        path.parent.mkdir(exist_ok=True)
        with replacing(path) as file:
            file.write(data)
    _set(ledger, kept, HAVE)
    return kept


def receive(ledger: Ledger, folder: Path, found: Blob, copy: Callable[[BinaryIO], None]) -> None:
    """Keep an attachment that `copy` writes and vouches for, without holding it in memory."""
    path = path_of(folder, found.sha256)
    if not path.is_file():
        path.parent.mkdir(exist_ok=True)
        with replacing(path) as file:
            copy(file)
    _set(ledger, found, HAVE)


def mention(ledger: Ledger, folder: Path, found: Blob) -> None:
    """Remember that a revision speaks of an attachment, here or still to come."""
    here = path_of(folder, found.sha256).is_file()
    _set(ledger, found, HAVE if here else WANTED)


def _set(ledger: Ledger, found: Blob, state: str) -> None:
    run = ledger.connection
    known = run.scalar(select(blob.c.state).where(blob.c.sha256 == found.sha256))
    if known is None:
        row = {"sha256": found.sha256, "size": found.size, "state": state}
        run.execute(insert(blob).values(**row))
    elif known != state:
        run.execute(update(blob).where(blob.c.sha256 == found.sha256).values(state=state))


def wanted(ledger: Ledger) -> list[str]:
    """Give the SHA-256 of attachments that revisions speak of and that have not come."""
    query = "SELECT sha256 FROM blob WHERE state = ? ORDER BY sha256"
    return [name for (name,) in ledger.bulk.run(query, WANTED).fetchall()]
