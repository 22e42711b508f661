"""Looking whether a bundle, an enrolment file or a workspace is as it was written."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quipu.domain.errors import BundleError, InputError, WorkspaceError
from quipu.domain.problem import Problem
from quipu.operations import identities
from quipu.operations.methods import sound_methods
from quipu.operations.packing import ARCHIVE
from quipu.operations.reading import available_forms
from quipu.operations.sealing import WRITTEN, opening_keys, unsealed
from quipu.operations.workspaces import ROOT
from quipu.store.entries import CENTRE
from quipu.store.workspace import Workspace, open_workspace
from quipu.sync.bundle import read_bundle
from quipu.sync.closed import closed_content
from quipu.sync.container import open_container
from quipu.sync.enrolment import read_enrolment
from quipu.sync.manifest import Route
from quipu.sync.parts import read_part
from quipu.sync.sealing import route_of, sealed_body
from quipu.sync.signed import open_signed
from quipu.sync.trust import Trust


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether a bundle or a workspace is whole, and what is wrong with it."""

    ok: bool
    problems: tuple[Problem, ...] = ()


def verify(*, path: Path, code: str | None = None) -> Verification:
    """Check a bundle or enrolment file, or a workspace's folder with all that it keeps.

    A file alone shows that it is whole and signed by the chain of certificates that it brings;
    whether that chain is this institution's is for a workspace to say. `code` opens an enrolment
    file that is closed with one. Raises
    `InputError("file-missing", file)`.
    """
    if path.is_dir():
        problems = tuple(_workspace_problems(path))
    elif path.is_file():
        problems = tuple(_file_problems(path, code))
    else:
        raise InputError("file-missing", file=path)
    return Verification(not problems, problems)


def _sealed_problems(file: Path, route: Route) -> Iterator[Problem]:
    """Look into a sealed bundle where a workspace on this machine can; else only who wrote it.

    The sender cannot open it any more, and knows it by the hash of its body.
    """
    body = sealed_body(file)
    for record in identities.records():
        if record.dataset != route.dataset:
            continue
        try:
            with open_workspace(Path(record.folder)) as workspace:
                if workspace.meta(WRITTEN + body) is not None:
                    return
                keys = opening_keys(workspace)
                if keys:
                    with unsealed(workspace.folder, file, keys, beside_writer=True) as inner:
                        yield from _signed_problems(inner, None)
                        return
        except WorkspaceError:
            continue
        except BundleError as error:
            if error.code != "bundle-sealed-to-others":
                raise
    yield _not_whole(file.name, "bundle-sealed-to-others")


def _file_problems(file: Path, code: str | None) -> Iterator[Problem]:
    try:
        if read_part(file) is not None:
            return  # sound by itself; the bundle is verified once all its parts are there
        route = route_of(file)
        if route is None:
            yield from _signed_problems(file, code)
        else:
            yield from _sealed_problems(file, route)
    except BundleError as error:
        yield _not_whole(file.name, error.code)


def _signed_problems(file: Path, code: str | None) -> Iterator[Problem]:
    try:
        with open_container(file, closed_content(file, code)) as container:
            said = open_signed(container).manifest.said
        if said.kind == "enrolment":
            read_enrolment(file, code)
        else:
            root = str(said.chain[0].get("issuer", "")) if said.chain else ""
            own = {said.device: said.key}
            trust = Trust(said.dataset, frozenset({said.audience}), root, admitted=own)
            read_bundle(file, trust=trust)
    except BundleError as error:
        yield _not_whole(file.name, error.code)


def _workspace_problems(folder: Path) -> Iterator[Problem]:
    try:
        with open_workspace(folder) as workspace:
            yield from workspace.verify()
            yield from _archive_problems(workspace)
            yield from _form_problems(workspace)
    except WorkspaceError as error:
        if error.code == "workspace-missing":
            raise
        yield _not_whole(folder.name, error.code)


def archive_trust(workspace: Workspace) -> Trust:
    """Give whom a workspace's archive is believed: all that it received and sent."""
    facts = workspace.facts()
    root = workspace.meta(ROOT) or ""
    audiences = frozenset({CENTRE, workspace.info.office, *facts.of_kind("office")} - {""})
    known = {device.id: device.key for device in workspace.devices()}
    planners = {device.id for device in workspace.devices() if not device.office}
    return Trust(workspace.info.dataset, audiences | planners, root, admitted=known)


def _archive_problems(workspace: Workspace) -> Iterator[Problem]:
    trust = archive_trust(workspace)
    for path in sorted((workspace.folder / ARCHIVE).glob("[0-9a-f]*")):
        where = f"{ARCHIVE}/{path.name}"
        try:
            if read_bundle(path, trust=trust).manifest_sha256 != path.name:
                yield _not_whole(where, "bundle-renamed")
        except BundleError as error:
            yield _not_whole(where, error.code)


METHOD = "/method"
"""The ending of a method's file in its folder of forms."""


def _form_problems(workspace: Workspace) -> Iterator[Problem]:
    """Compare the forms that plans were read with, by version and hash, with those at hand."""
    facts = workspace.facts()
    forms = available_forms(workspace.folder)
    methods = sound_methods(workspace.folder)[0]
    for plan in facts.of_kind("plan"):
        rules = facts.text(plan, "method").replace(" ", f"{METHOD} ", 1)
        for line in (*facts.text(plan, "form_version").splitlines(), *rules.splitlines()):
            name, _, pinned = line.partition(" ")
            form = forms.get(name) or methods.get(name.removesuffix(METHOD))
            params = {"plan": facts.text(plan, "name"), "form": name}
            if form is None:
                yield Problem("form-gone", "error", where=name, item=plan, params=params)
            elif pinned == f"{form.version} {form.digest}":
                continue
            elif pinned.startswith(f"{form.version} "):
                yield Problem("form-changed", "error", where=name, item=plan, params=params)


def _not_whole(where: str, reason: str) -> Problem:
    return Problem("not-whole", "error", where=where, params={"file": where, "reason": reason})
