"""Looking whether a bundle, an enrolment file or a workspace is as it was written."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quipu.domain.errors import BundleError, InputError, WorkspaceError
from quipu.domain.problem import Problem
from quipu.operations.packing import ARCHIVE
from quipu.operations.workspaces import ROOT
from quipu.store.entries import CENTRE
from quipu.store.workspace import Workspace, open_workspace
from quipu.sync.bundle import read_bundle
from quipu.sync.container import open_container
from quipu.sync.enrolment import read_enrolment
from quipu.sync.signed import open_signed
from quipu.sync.trust import Trust


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether a bundle or a workspace is whole, and what is wrong with it."""

    ok: bool
    problems: tuple[Problem, ...] = ()


def verify(*, path: Path) -> Verification:
    """Check a bundle or enrolment file, or a workspace's folder with all that it keeps.

    A file alone shows that it is whole and signed by the chain of certificates that it brings;
    whether that chain is this institution's is for a workspace to say. Raises
    `InputError("file-missing", file)`.
    """
    if path.is_dir():
        problems = tuple(_workspace_problems(path))
    elif path.is_file():
        problems = tuple(_file_problems(path))
    else:
        raise InputError("file-missing", file=path)
    return Verification(not problems, problems)


def _file_problems(file: Path) -> Iterator[Problem]:
    try:
        with open_container(file) as container:
            said = open_signed(container).manifest.said
        if said.kind == "enrolment":
            read_enrolment(file)
        else:
            root = str(said.chain[0].get("issuer", "")) if said.chain else ""
            read_bundle(file, trust=Trust(said.dataset, frozenset({said.audience}), root))
    except BundleError as error:
        yield _not_whole(file.name, error.code)


def _workspace_problems(folder: Path) -> Iterator[Problem]:
    try:
        with open_workspace(folder) as workspace:
            yield from workspace.verify()
            yield from _archive_problems(workspace)
    except WorkspaceError as error:
        if error.code == "workspace-missing":
            raise
        yield _not_whole(folder.name, error.code)


def _archive_problems(workspace: Workspace) -> Iterator[Problem]:
    facts = workspace.facts()
    root = workspace.meta(ROOT) or ""
    audiences = frozenset({CENTRE, workspace.info.office, *facts.of_kind("office")} - {""})
    trust = Trust(workspace.info.dataset, audiences, root)
    for path in sorted((workspace.folder / ARCHIVE).glob("[0-9a-f]*")):
        where = f"{ARCHIVE}/{path.name}"
        try:
            if read_bundle(path, trust=trust).manifest_sha256 != path.name:
                yield _not_whole(where, "bundle-renamed")
        except BundleError as error:
            yield _not_whole(where, error.code)


def _not_whole(where: str, reason: str) -> Problem:
    return Problem("not-whole", "error", where=where, params={"file": where, "reason": reason})
