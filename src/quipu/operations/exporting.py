"""Packing what the other side does not have yet into a bundle."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from quipu.domain.errors import InputError
from quipu.operations import identities
from quipu.operations.attaching import BUDGET
from quipu.operations.delivery import delivered, outgoing_file
from quipu.operations.finding import find_office
from quipu.operations.gesture import centre_only, writable
from quipu.operations.house import House
from quipu.operations.packing import Packed, items_for, keep_copy, pack_for
from quipu.operations.planners import find_planner, planners
from quipu.operations.relaying import enclosed_file, enclosing, note_enclosed, tidy
from quipu.operations.running import CancelCheck, Progress, step
from quipu.operations.scratch import scratch
from quipu.operations.sealing import WRITTEN, Receivers, Unsealed, all_revoked, receivers
from quipu.store.entries import CENTRE
from quipu.sync.bundle import Enclosed, write_bundle
from quipu.sync.sealing import seal

_NOT_IN_NAMES = re.compile(r"[^\w\- ]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Exported:
    """A bundle that was written.

    `audience` is `"centre"` or an office's id, `sequence` its number for that audience, `pending`
    how many of the sender's own revisions the audience had not acknowledged. `files` are its
    parts, where it was cut; `put_off` counts the attachments that the next bundle takes.
    `unsealed` says why others than its receiver can read it: sealing is `off`, or the receiver's
    key is `unknown`; or it was not written, since all its computers are `revoked`. `enclosed`
    names the bundles of others that travel inside.
    """

    audience: str
    files: tuple[Path, ...]
    bytes: int
    sequence: int
    revisions: int
    attachments: int
    pending: int
    put_off: int = 0
    unsealed: Unsealed = ""
    enclosed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a bundle may be: bytes of its attachments, and of each part it is cut into."""

    budget: int = BUDGET
    part_size: int | None = None


_UNCUT = Limits()


def export_bundle(
    house: House,
    *,
    file: Path,
    to: str = "",
    full: bool = False,
    limits: Limits = _UNCUT,
    along: Sequence[str] = (),
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> Exported:
    """Write a bundle: an office's for the centre, or the centre's for the office `to`.

    An office's encloses the bundles of others that it carries; the centre's those for the offices
    `along`, which `to` hands on. `full` sends everything again. Raises `InputError`
    `audience-missing`, `office-unknown`, `office-revoked` (office), `export-with-itself`,
    `part-size-too-small` (least).
    """
    step(progress, cancelled, 0, 1)
    audience = _audience(house, to)
    if house.role == "centre" and all_revoked(house, audience):
        raise InputError("office-revoked", office=house.facts({audience}).text(audience, "name"))
    with _along(house, audience, along, full=full, limits=limits) as enclosed:
        exported = _export(house, audience, file, full=full, limits=limits, enclosed=enclosed)
    step(progress, None, 1, 1)
    return exported


def export_all(
    house: House,
    *,
    folder: Path,
    full: bool = False,
    limits: Limits = _UNCUT,
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> tuple[Exported, ...]:
    """Write the centre's bundle for every office into a folder, each named for its office.

    Other computers of the centre get theirs too; an office whose computers are all revoked gets
    none (`unsealed` is `revoked`, and there are no files).

    A cancelled export keeps the bundles that were written and raises `Cancelled`. Raises
    `InputError("folder-not-written", folder, reason)`.
    """
    centre_only(house)
    facts = house.facts()
    names = {office: facts.text(office, "name") for office in facts.of_kind("office")}
    names |= {one.device: one.name or CENTRE for one in planners(house)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("folder-not-written", folder=folder, reason=error.strerror) from error
    written: list[Exported] = []
    taken: set[str] = set()
    for index, (office, called) in enumerate(names.items()):
        step(progress, cancelled, index, len(names))
        name = file_name(called, taken)
        file = folder / f"{name}.quipu"
        if all_revoked(house, office):
            written.append(Exported(office, (), 0, 0, 0, 0, 0, unsealed="revoked"))
        else:
            written.append(_export(house, office, file, full=full, limits=limits))
    step(progress, None, len(names), len(names))
    return tuple(written)


def pending(house: House, *, to: str = "") -> int:
    """Count the revisions that the other side has not acknowledged, in a workspace that writes."""
    writable(house)
    audience = _audience(house, to)
    return house.workspace.pending(audience, items_for(house, audience))


def file_name(words: str, taken: set[str]) -> str:
    """Give a file's name (without its ending) that every system takes, and note it as taken."""
    base = " ".join(_NOT_IN_NAMES.sub(" ", words).split())[:60].strip() or "oficina"
    if _RESERVED.fullmatch(base):
        base = f"{base}-"
    name, count = base, 1
    while name.casefold() in taken:
        count += 1
        name = f"{base} {count}"
    taken.add(name.casefold())
    return name


def _audience(house: House, to: str) -> str:
    if house.role == "office":
        if to and to != CENTRE:
            raise InputError("audience-only-centre")
        return CENTRE
    if not to:
        raise InputError("audience-missing")
    return find_planner(house, to) or find_office(house.facts(), to)


@contextmanager
def _along(
    house: House, audience: str, offices: Sequence[str], *, full: bool, limits: Limits
) -> Iterator[list[tuple[Enclosed, Path]]]:
    """Give what a bundle encloses: what an office carries, or what the centre makes for others."""
    if house.role == "office" or not offices:
        if offices:
            raise InputError("audience-only-centre")
        tidy(house)
        yield enclosing(house.workspace, budget=limits.budget)
        return
    facts = house.facts()
    found = list(dict.fromkeys(find_office(facts, name) for name in offices))
    if audience in found:
        raise InputError("export-with-itself", office=facts.text(audience, "name"))
    taken: set[str] = set()
    uncut = replace(limits, part_size=None)
    with scratch(house.folder) as within:
        enclosed = []
        for office in found:
            file = within / f"{file_name(facts.text(office, 'name'), taken)}.quipu"
            _export(house, office, file, full=full, limits=uncut)
            enclosed.append((enclosed_file(file, file.name), file))
        yield enclosed


def _export(
    house: House,
    audience: str,
    file: Path,
    *,
    full: bool,
    limits: Limits,
    enclosed: Sequence[tuple[Enclosed, Path]] = (),
) -> Exported:
    writable(house)
    workspace = house.workspace
    key = identities.signing_key(workspace.info)
    to = receivers(house, audience)
    cut = limits.part_size is not None
    with (
        workspace.transaction("", clock=house.clock, randomness=house.randomness) as transaction,
        outgoing_file(house.folder, file, inside=cut or bool(to.keys)) as signed,
        outgoing_file(house.folder, file, inside=cut) as whole,
    ):
        packed = pack_for(house, transaction, audience, full=full, budget=limits.budget)
        written = write_bundle(
            signed,
            packed.parcel,
            key=key,
            chain=workspace.info.device.chain,
            blobs=packed.blobs,
            enclosed=enclosed,
        )
        manifest = written.manifest_sha256
        ready = whole if to.keys else signed
        if to.keys:
            body = seal(signed, whole, dataset=house.dataset, audience=audience, keys=to.keys)
            transaction.set_meta(WRITTEN + body, manifest)
        size = ready.stat().st_size
        files = delivered(ready, file, limits.part_size)
        keep_copy(house.folder, signed, manifest)
        packed.record(transaction, manifest)
        note_enclosed(workspace, transaction, [one for one, _ in enclosed], manifest)
    return _exported(packed, files, size, to, enclosed)


def _exported(
    packed: Packed,
    files: tuple[Path, ...],
    size: int,
    to: Receivers,
    enclosed: Sequence[tuple[Enclosed, Path]],
) -> Exported:
    return Exported(
        audience=packed.parcel.audience,
        files=files,
        bytes=size,
        sequence=packed.parcel.seq,
        revisions=len(packed.parcel.revisions),
        attachments=len(packed.blobs),
        pending=packed.outgoing.pending,
        put_off=len(packed.put_off),
        unsealed=to.why,
        enclosed=tuple(one.file for one, _ in enclosed),
    )
