"""The files that prove what was reported: which there are, and a copy of one."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from quipu.disk import replacing
from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.value import Blob
from quipu.operations.history import cell_history
from quipu.operations.house import House


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was attached at an address, by whom and when.

    `current` tells whether it is the evidence now or was replaced; `here` whether its content has
    come to this workspace.
    """

    file: Blob
    author: str
    office: str
    at: str
    current: bool
    here: bool


def evidence(house: House, *, address: Address) -> list[Attached]:
    """Give the files that were ever attached at an address, the newest first."""
    now = house.facts([address.item]).value(*address)
    found: list[Attached] = []
    for past in reversed(cell_history(house, address=address)):
        if isinstance(past.value, Blob) and all(one.file != past.value for one in found):
            here = house.workspace.blob_path(past.value.sha256) is not None
            current = past.value == now
            found.append(Attached(past.value, past.author, past.office, past.at, current, here))
    return found


def save_copy(house: House, *, attached: Blob, file: Path) -> Path:
    """Write a copy of an attached file.

    Raises `InputError` `evidence-not-here` (file) while its content has not come, and
    `file-not-written` (file, reason) where it cannot be written.
    """
    kept = house.workspace.blob_path(attached.sha256)
    if kept is None:
        raise InputError("evidence-not-here", file=attached.name)
    try:
        with kept.open("rb") as source, replacing(file) as target:
            shutil.copyfileobj(source, target)
    except OSError as error:
        raise InputError("file-not-written", file=str(file), reason=error.strerror) from error
    return file
