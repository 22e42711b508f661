"""Making a workspace whole again: what is shown from the ledger, what was lost from the archive."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from quipu.disk import replacing
from quipu.domain.errors import BundleError, WorkspaceError
from quipu.domain.problem import Problem
from quipu.operations.merging import merge_bundles
from quipu.operations.packing import ARCHIVE
from quipu.operations.running import Clock, now
from quipu.operations.verifying import archive_trust, verify
from quipu.operations.workspaces import open_house
from quipu.store import attachments, dated
from quipu.store.workspace import Workspace, open_workspace
from quipu.sync.bundle import BundleRead, read_bundle
from quipu.sync.trust import Trust

_LOST = ("attachment-missing", "attachment-differs")


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was put right: how many addresses showed something else, how many attachments.

    `bundles` counts those of the archive of which the ledger knew nothing, merged again.
    `problems` are what is still wrong, as `verify` finds it.
    """

    folder: Path
    addresses: int
    attachments: int
    problems: tuple[Problem, ...]
    bundles: int = 0


def repair(*, folder: Path, clock: Clock = now) -> Repaired:
    """Rebuild what a workspace shows from its ledger, and take what was lost from its archive.

    A dated backup is made first. A workspace that went back to an older state merges again what
    it had received since; that alone needs the device's key. Raises `WorkspaceError` as opening
    to write does.
    """
    with open_workspace(folder, write=True) as workspace:
        dated.copy_now(folder, clock(), every=timedelta(0))
        addresses = workspace.rebuild()
        healed = _heal(workspace)
        forgotten = _forgotten(workspace)
    again = _merge_again(folder, forgotten, clock) if forgotten else 0
    return Repaired(folder, addresses, healed, verify(path=folder).problems, again)


def _forgotten(workspace: Workspace) -> list[Path]:
    """Give the archived bundles that the ledger knows neither as received nor as sent."""
    known = {one.manifest for one in workspace.bundles()}
    known |= {one.manifest for one in workspace.sent()}
    archived = sorted((workspace.folder / ARCHIVE).glob("[0-9a-f]*"))
    return [path for path in archived if path.name not in known]


def _merge_again(folder: Path, files: list[Path], clock: Clock) -> int:
    """Merge archived bundles; what was for somebody else is refused, as at any time."""
    try:
        with open_house(folder=folder, write=True, clock=clock) as house:
            merged = merge_bundles(house, files=files)
    except WorkspaceError as error:
        if error.code != "key-missing":
            raise
        return 0
    return sum(one.state in ("merged", "partly") for one in merged.bundles)


def _heal(workspace: Workspace) -> int:
    lost = {Path(one.where).name for one in workspace.verify() if one.check in _LOST}
    trust = archive_trust(workspace)
    healed = 0
    for path in sorted((workspace.folder / ARCHIVE).glob("[0-9a-f]*")) if lost else ():
        bundle = _sound(path, trust)
        for name in sorted(lost & set(bundle.blobs if bundle is not None else ())):
            assert bundle is not None
            with replacing(attachments.path_of(workspace.folder, name)) as file:
                bundle.copy_blob(name, file)
            lost.discard(name)
            healed += 1
    return healed


def _sound(path: Path, trust: Trust) -> BundleRead | None:
    """Read an archived bundle; a damaged one heals nothing, and `verify` tells of it."""
    try:
        return read_bundle(path, trust=trust)
    except BundleError:
        return None
