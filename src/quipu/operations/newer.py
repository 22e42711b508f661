"""Bundles of a newer version of the program, kept until this one has been updated too."""

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from quipu.disk import replacing
from quipu.domain.errors import BundleError, WorkspaceError
from quipu.operations.house import House
from quipu.operations.scratch import INBOX
from quipu.store import place
from quipu.sync.sealing import dataset_of

MOST = 50
"""Bundles that are kept: nobody can tell yet who sent them."""

_BEGINNING = "newer-"
_BUNDLE, _NAME = "bundle", "name"


@dataclass(frozen=True, slots=True)
class Newer:
    """A bundle that waits for the update, and the name that its file had."""

    path: Path
    name: str

    def forget(self) -> None:
        """Let go of it."""
        shutil.rmtree(self.path.parent, ignore_errors=True)


def keep_newer(house: House, file: Path, name: str) -> bool:
    """Keep a bundle that only a newer version understands; tells whether it is kept.

    One of another institution is not, nor one more than are kept at most.
    """
    try:
        if dataset_of(file) != house.dataset:
            return False
    except BundleError:
        return False
    with file.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    folder = house.folder / INBOX / f"{_BEGINNING}{sha256}"
    if not folder.is_dir() and len(kept_newer(house.folder)) >= MOST:
        return False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with replacing(folder / _NAME) as told:
            told.write(name.encode("utf-8", "replace"))
        with file.open("rb") as content, replacing(folder / _BUNDLE) as copy:
            shutil.copyfileobj(content, copy)
    except OSError as error:
        code = "workspace-full" if place.is_full(error) else "workspace-disk"
        raise WorkspaceError(code, folder=folder, reason=error.strerror) from error
    return True


def kept_newer(folder: Path) -> list[Newer]:
    """Give the bundles that a workspace keeps for later, by the names of their files."""
    found = []
    for path in (folder / INBOX).glob(f"{_BEGINNING}*/{_BUNDLE}"):
        try:
            name = path.with_name(_NAME).read_text(encoding="utf-8")
        except (OSError, ValueError):
            name = path.parent.name
        found.append(Newer(path, name))
    return sorted(found, key=lambda one: (one.name, str(one.path)))
