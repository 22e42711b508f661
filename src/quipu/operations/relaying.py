"""Carrying bundles of others: an office that gathers its sub-offices', up and down, unread.

A relay keeps what it was given unchanged in its outbox. What is for the centre travels inside its
own bundles until the centre has acknowledged one that held it; what the centre encloses for other
offices waits to be handed on as files. Whoever receives judges each by its own signature.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal, TypeVar

from quipu.disk import replacing
from quipu.domain.errors import BundleError, InputError, WorkspaceError
from quipu.operations.delivery import Deliveries
from quipu.operations.gesture import writable
from quipu.operations.house import House
from quipu.operations.scratch import scratch
from quipu.store import place
from quipu.store.entries import CENTRE
from quipu.store.transaction import Transaction
from quipu.store.workspace import Workspace
from quipu.sync.bundle import BundleRead, Enclosed
from quipu.sync.sealing import outside

OUTBOX = "outbox"
DEEPEST = 4
"""How many relays may pass one bundle on."""

MOST = 80
"""Bundles that one bundle encloses: with its attachments, as many as a container holds."""

_NOTE = "relay."
_NAME = 150

Result = TypeVar("Result")
TakenState = Literal["kept", "already", "waiting", "refused"]


@dataclass(frozen=True, slots=True)
class Carried:
    """A bundle in the outbox, for `"centre"` or another office's item id.

    `sha256` names it, `file` is the name under which it came. `manifests` are those of this
    workspace's own bundles that enclosed it; `handed` tells whether it was written out for its
    receiver.
    """

    sha256: str
    file: str
    audience: str
    bytes: int
    taken_at: str
    manifests: tuple[str, ...] = ()
    handed: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file that was given to carry; `reason` is the code of a refusal."""

    file: Path
    state: TakenState
    audience: str = ""
    reason: str = ""
    params: dict[str, object] | None = None


def carried(workspace: Workspace) -> list[Carried]:
    """Give what a workspace carries, the oldest first, without what the centre has received."""
    arrived = {one.manifest for one in workspace.sent() if one.acknowledged}
    found = [_read(note) for note in workspace.notes(_NOTE).values()]
    here = [one for one in found if _file(workspace, one.sha256).is_file()]
    left = [one for one in here if not arrived.intersection(one.manifests)]
    return sorted(left, key=lambda one: (one.taken_at, one.file, one.sha256))


def upwards(workspace: Workspace) -> list[Carried]:
    """Give what is carried for the centre and has not been acknowledged, the oldest first."""
    return [one for one in carried(workspace) if one.audience == CENTRE]


def take(house: House, *, files: Sequence[Path]) -> tuple[Taken, ...]:
    """Take bundles of others to carry; one that cannot be does not hold up the rest.

    A bundle for the centre goes along with the next export, one of the centre's for another
    office waits to be handed on. Parts may come in any order. Raises
    `WorkspaceError("relay-only-office")` at the centre.
    """
    writable(house)
    _office_only(house)
    tidy(house)
    deliveries = Deliveries(house.folder)
    return tuple(_take_file(house, deliveries, file, index) for index, file in enumerate(files))


def _take_file(house: House, deliveries: Deliveries, file: Path, index: int) -> Taken:
    try:
        with scratch(house.folder) as within:
            copy = _copied(file, within)
            arrival = deliveries.arrive(copy, index)
            if arrival.path is None:
                told = {**arrival.waiting, "file": file.name}
                if not arrival.waiting:
                    return Taken(file, "kept")
                return Taken(file, "waiting", reason="parts-missing", params=told)
            try:
                return replace(keep(house, arrival.path, file.name), file=file)
            finally:
                deliveries.forget(arrival)
    except (BundleError, InputError) as refusal:
        params = {**refusal.params, "file": file.name}
        return Taken(file, "refused", reason=refusal.code, params=params)


def _copied(file: Path, within: Path) -> Path:
    try:
        place.demand_room(within, 2 * file.stat().st_size)
        return Path(shutil.copyfile(file, within / file.name))
    except (FileNotFoundError, IsADirectoryError):
        raise InputError("file-missing", file=file) from None
    except OSError as error:
        raise InputError("file-unreadable", file=file, reason=error.strerror) from error


def keep(house: House, file: Path, name: str) -> Taken:
    """Keep a bundle of somebody else's in the outbox as it is, with the name that its file had.

    Raises `BundleError`: `bundle-foreign`, `relay-own` for one that is for this office itself, and
    those of `outside`.
    """
    route = outside(file)
    if route.dataset != house.dataset:
        raise BundleError("bundle-foreign", file=name)
    if route.audience == house.office:
        raise BundleError("relay-own", file=name)
    with file.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    known = house.workspace.meta(_NOTE + sha256)
    target = _file(house.workspace, sha256)
    if known is not None and target.is_file():
        return Taken(file, "already", route.audience)
    try:
        target.parent.mkdir(exist_ok=True)
        with file.open("rb") as source, replacing(target) as copy:
            shutil.copyfileobj(source, copy)
    except OSError as error:
        code = "workspace-full" if place.is_full(error) else "workspace-disk"
        raise WorkspaceError(code, folder=target.parent, reason=error.strerror) from error
    one = Carried(
        sha256=sha256,
        file=_clean(name),
        audience=route.audience,
        bytes=target.stat().st_size,
        taken_at=house.clock().isoformat(timespec="seconds"),
    )
    with _noting(house) as transaction:
        _note(transaction, one)
    return Taken(file, "kept", route.audience)


def tidy(house: House) -> None:
    """Let go of what the centre has received, and of handed-on bundles that a newer one replaces.

    Every bundle for an office tells again what it has not acknowledged, so the newest is enough.
    """
    here = {one.sha256: one for one in carried(house.workspace)}
    newest = {one.audience: one for one in here.values() if one.audience != CENTRE}
    gone = [one.sha256 for one in here.values() if one.handed and newest[one.audience] != one]
    gone += [
        sha256
        for key in house.workspace.notes(_NOTE)
        if (sha256 := key.removeprefix(_NOTE)) not in here
    ]
    if not gone:
        return
    with _noting(house) as transaction:
        for sha256 in gone:
            transaction.set_meta(_NOTE + sha256, None)
    for sha256 in gone:
        _file(house.workspace, sha256).unlink(missing_ok=True)


def enclosing(workspace: Workspace, *, budget: int) -> list[tuple[Enclosed, Path]]:
    """Give what the next bundle encloses, the oldest first, and at least one of them."""
    found: list[tuple[Enclosed, Path]] = []
    left = budget
    for one in upwards(workspace)[:MOST]:
        if found and one.bytes > left:
            break
        left -= one.bytes
        enclosed = Enclosed(one.sha256, one.bytes, one.file)
        found.append((enclosed, _file(workspace, one.sha256)))
    return found


def note_enclosed(
    workspace: Workspace, transaction: Transaction, enclosed: Sequence[Enclosed], manifest: str
) -> None:
    """Remember in which of this workspace's bundles those that it carries travel."""
    if not workspace.info.office:
        return
    notes = workspace.notes(_NOTE)
    for one in enclosed:
        known = _read(notes[_NOTE + one.sha256])
        _note(transaction, replace(known, manifests=(*known.manifests, manifest)))


def enclosed_file(file: Path, name: str) -> Enclosed:
    """Give how a bundle that was just written travels inside another, under a name."""
    with file.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    return Enclosed(sha256, file.stat().st_size, _clean(name))


def each_enclosed(
    house: House,
    bundle: BundleRead,
    *,
    merge: Callable[[Path, str], Result],
    kept: Callable[[Path, str], Result],
) -> Iterator[Result]:
    """Take the bundles inside another out, one after the other, each as if it had come alone.

    One that is for this workspace is given to `merge`, one for somebody else is carried, where
    this is an office's, and told to `kept`. What they raise is theirs to catch.
    """
    for one in bundle.enclosed:
        with scratch(house.folder) as within:
            file = within / "enclosed.quipu"
            with file.open("xb") as target:
                bundle.copy_enclosed(one, target)
            yield (kept if _for_others(house, file) else merge)(file, one.file)


def _for_others(house: House, file: Path) -> bool:
    if not house.office:
        return False
    try:
        route = outside(file)
    except BundleError:
        return False  # what is wrong with it is said where it is merged
    return route.dataset == house.dataset and route.audience not in (house.office, CENTRE)


def hand_out(house: House, *, folder: Path, again: bool = False) -> tuple[Path, ...]:
    """Write the bundles that wait for other offices into a folder; `again`: handed ones too.

    Raises `WorkspaceError("relay-only-office")` at the centre, and
    `InputError("folder-not-written", folder, reason)`.
    """
    from quipu.operations.exporting import file_name

    writable(house)
    _office_only(house)
    tidy(house)
    written, taken = [], set[str]()
    for one in carried(house.workspace):
        if one.audience == CENTRE or (one.handed and not again):
            continue
        target = folder / f"{file_name(Path(one.file).stem, taken)}.quipu"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            source = _file(house.workspace, one.sha256)
            with source.open("rb") as content, replacing(target) as copy:
                shutil.copyfileobj(content, copy)
        except OSError as error:
            reason = error.strerror
            raise InputError("folder-not-written", folder=folder, reason=reason) from error
        with _noting(house) as transaction:
            _note(transaction, replace(one, handed=True))
        written.append(target)
    return tuple(written)


def _office_only(house: House) -> None:
    if house.role != "office":
        raise WorkspaceError("relay-only-office")


def _file(workspace: Workspace, sha256: str) -> Path:
    return workspace.folder / OUTBOX / sha256


def _clean(name: str) -> str:
    """Give a file's name as any manifest may tell it."""
    return "".join(letter for letter in name if letter.isprintable())[:_NAME] or "quipu"


@contextmanager
def _noting(house: House) -> Iterator[Transaction]:
    with house.workspace.transaction(
        "", clock=house.clock, randomness=house.randomness
    ) as transaction:
        yield transaction


def _note(transaction: Transaction, one: Carried) -> None:
    transaction.set_meta(_NOTE + one.sha256, json.dumps(asdict(one), ensure_ascii=False))


def _read(note: str) -> Carried:
    told = json.loads(note)
    return Carried(**{**told, "manifests": tuple(told["manifests"])})
