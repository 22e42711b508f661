"""The dated backups that a workspace makes of itself before large changes, and the way back."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from quipu.operations.house import House
from quipu.operations.running import Clock, now
from quipu.operations.workspaces import RESTORED
from quipu.store import dated
from quipu.store.dated import DatedCopy
from quipu.store.workspace import open_workspace

__all__ = ["BroughtBack", "DatedCopy", "back_up_first", "backups", "bring_back"]


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """A workspace as it was at `made_at`; `replaced` names the backup of what it was until now."""

    folder: Path
    name: str
    made_at: datetime
    replaced: str


def backups(*, folder: Path) -> list[DatedCopy]:
    """Give the dated backups of a workspace, the newest first.

    Raises `WorkspaceError("workspace-missing")` for a folder that is none.
    """
    with open_workspace(folder):
        return dated.copies(folder)


def back_up_first(house: House) -> None:
    """Make a dated backup before a large change, at most one an hour, where the disk has room."""
    dated.copy_now(house.folder, house.clock())


def bring_back(*, folder: Path, name: str, clock: Clock = now) -> BroughtBack:
    """Make a workspace what it was when a dated backup was made; nothing is thrown away.

    As after any restoring it goes on under a device key of its own, and what it had sent comes
    back from the other side. Raises `InputError` `copy-unknown` or `copy-damaged`, and
    `WorkspaceError` `workspace-busy`, `workspace-readonly`, `workspace-full`.
    """
    chosen = next((one for one in dated.copies(folder) if one.name == name), None)
    replaced = dated.bring_back(folder, name, clock(), notes={RESTORED: "yes"})
    assert chosen is not None
    return BroughtBack(folder, name, chosen.made_at, replaced.name if replaced else "")
