"""A dry look at bundles: each is verified and judged as if it were merged, then taken back."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

from quipu.disk import digest_of
from quipu.domain.address import Address
from quipu.domain.columns import columns_of
from quipu.domain.errors import BundleError, InputError, QuipuError
from quipu.domain.facts import Facts
from quipu.domain.fields import find
from quipu.domain.parcel import Parcel
from quipu.domain.revision import Revision
from quipu.operations import reception
from quipu.operations.believing import of_others, trust_of
from quipu.operations.delivery import GATHERED, Deliveries
from quipu.operations.gaps import AGAIN, numbers_in
from quipu.operations.gesture import writable
from quipu.operations.house import House
from quipu.operations.merging import BundleResult, BundleState
from quipu.operations.packing import is_kept
from quipu.operations.relaying import DEEPEST, each_enclosed
from quipu.operations.running import CancelCheck, Progress, step
from quipu.operations.scratch import INBOX, scratch
from quipu.operations.sealing import opened, opening_keys
from quipu.store.entries import CENTRE
from quipu.store.transaction import Transaction
from quipu.sync.bundle import BundleRead, read_bundle
from quipu.sync.receiving import ReceivingKey
from quipu.sync.trust import WAITING, Trust

MOST_CLASHES = 50
"""Cells of one bundle that are named as what would be disputed; more are only counted."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is new in a bundle: so many values of a unit in a period.

    `unit` is a name, `""` where a value is of no unit. `group` is the fields' group in the
    catalogue, `other` for those that this version does not know.
    """

    unit: str
    period: str
    group: str
    count: int


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell that would be disputed, as people name it."""

    unit: str
    code: str
    activity: str
    address: Address


@dataclass(frozen=True, slots=True)
class Preview:
    """What would become of one file.

    `result` is as `merge_bundles` would give it. `sequence` and `made_at` are the bundle's number
    and time (0 and `""` where it cannot be read), `missing_before` the numbers of its computer
    that have not come. `attachments` come with it. `refusals` count what would not count by the
    code of why. `enclosed` are the bundles of others inside it.
    """

    result: BundleResult
    sequence: int = 0
    made_at: str = ""
    missing_before: tuple[int, ...] = ()
    attachments: int = 0
    contents: tuple[Content, ...] = ()
    refusals: Mapping[str, int] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()
    enclosed: tuple[Preview, ...] = ()


class _TakenBack(Exception):
    """Ends a transaction of which nothing shall stay."""


def preview_bundles(
    house: House,
    *,
    files: Sequence[Path],
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> tuple[Preview, ...]:
    """Tell what merging files would do, in a workspace that writes; nothing of it stays.

    Each is looked at as if it came alone. One that cannot be merged says why in its result.
    Parts are put together with those that came before. Raises `WorkspaceError` as `merge_bundles`.
    """
    writable(house)
    found: list[Preview] = []
    with _glance(house) as glance:
        for index, file in enumerate(files):
            step(progress, cancelled, index, len(files))
            try:
                found.append(_arrived(glance, file, index))
            except (BundleError, InputError) as refusal:
                found.append(_refused(file, refusal))
        kept = glance.deliveries.superseded()
    step(progress, None, len(files), len(files))
    return tuple(
        Preview(BundleResult(one.result.file, "", "kept"))
        if index in kept and one.result.state == "waiting"
        else one
        for index, one in enumerate(found)
    )


def with_inner(previews: Iterable[Preview]) -> Iterator[Preview]:
    """Give previews, each followed by those of the bundles that it encloses."""
    for one in previews:
        yield one
        yield from with_inner(one.enclosed)


@dataclass(frozen=True, slots=True)
class _Glance:
    """What all files of one look share; it goes on `within` a folder that is gone when it ends.

    `came` has the numbers that came, by device.
    """

    house: House
    within: Path
    deliveries: Deliveries
    trust: Trust
    keys: Callable[[], list[ReceivingKey]]
    came: Mapping[str, Collection[int]]


@contextmanager
def _glance(house: House) -> Iterator[_Glance]:
    audience = house.office or CENTRE
    came: dict[str, set[int]] = {}
    for entry in house.workspace.bundles():
        if entry.audience == audience:
            came.setdefault(entry.device, set()).add(entry.seq)
    with scratch(house.folder) as within:
        (within / INBOX).mkdir()
        for parts in (house.folder / INBOX).glob(GATHERED):
            shutil.copytree(parts, within / INBOX / parts.name)
        keys = cache(partial(opening_keys, house.workspace))
        yield _Glance(house, within, Deliveries(within), trust_of(house), keys, came)


def _refused(file: Path, refusal: QuipuError) -> Preview:
    params = {**refusal.params, "file": file.name}
    return Preview(BundleResult(file, "", "refused", reason=refusal.code, params=params))


def _arrived(glance: _Glance, file: Path, index: int) -> Preview:
    """Look at a file that is a bundle, or makes one with the parts that are there."""
    arrival = glance.deliveries.arrive(file, index)
    if arrival.path is None and not arrival.waiting:
        return Preview(BundleResult(file, "", "kept"))
    if arrival.path is None:
        told = {**arrival.waiting, "file": file.name}
        result = BundleResult(file, "", "waiting", reason="parts-missing", params=told)
        return Preview(result)
    try:
        found = _look(glance, arrival.path, file.name)
    finally:
        glance.deliveries.forget(arrival)
    return replace(found, result=replace(found.result, file=file))


def _look(glance: _Glance, file: Path, name: str, depth: int = 1) -> Preview:
    workspace = glance.house.workspace
    entry = workspace.received_as(digest_of(file))
    if (
        entry is not None
        and is_kept(glance.house.folder, entry.manifest)
        and not workspace.wanted_blobs()
    ):
        sender = _name(glance.house, entry.office)
        result = BundleResult(file, sender, "already", revisions=entry.revisions)
        return Preview(result, entry.seq, entry.made_at)
    try:
        with opened(file, glance.trust, glance.keys, glance.within) as inner:
            bundle = read_bundle(inner, trust=glance.trust)
            return _judged(glance, bundle, file, name, depth)
    except BundleError as refusal:
        if refusal.code not in WAITING:
            raise
        told = {"file": name, "device": refusal.params["device"]}
        return Preview(BundleResult(file, "", "waiting", reason=refusal.code, params=told))


def _judged(glance: _Glance, bundle: BundleRead, file: Path, name: str, depth: int) -> Preview:
    if bundle.enclosed and depth > DEEPEST:
        raise BundleError("relay-too-deep", file=name)
    house = glance.house
    found: Preview | None = None
    try:
        with house.workspace.transaction(
            reception.AUTHOR, clock=house.clock, randomness=house.randomness
        ) as transaction:
            found = _within(glance, transaction, bundle, file)
            raise _TakenBack
    except _TakenBack:
        assert found is not None
    return replace(found, enclosed=_inner(glance, bundle, depth))


def _inner(glance: _Glance, bundle: BundleRead, depth: int) -> tuple[Preview, ...]:
    def look(file: Path, name: str) -> Preview:
        try:
            found = _look(glance, file, name, depth + 1)
        except (BundleError, InputError) as refusal:
            return _refused(Path(name), refusal)
        return replace(found, result=replace(found.result, file=Path(name)))

    def carried(file: Path, name: str) -> Preview:
        return Preview(BundleResult(Path(name), "", "carried"))

    return tuple(each_enclosed(glance.house, bundle, merge=look, kept=carried))


def _within(glance: _Glance, transaction: Transaction, bundle: BundleRead, file: Path) -> Preview:
    """Merge within a transaction that will be taken back, and say what came of it."""
    house, parcel, manifest = glance.house, bundle.parcel, bundle.manifest_sha256
    now = house.clock()
    known = house.workspace.knows_bundle(manifest)
    desk = reception.look(house, transaction, parcel, now)
    merged = transaction.merge(
        of_others(house, parcel),
        manifest=manifest,
        file_name=file.name,
        received_at=now.isoformat(timespec="seconds"),
    )
    new = [] if known else transaction.arrived()
    late = reception.refuse(transaction, parcel, desk, manifest) if desk and not known else 0
    facts = house.facts()
    refused = merged.refused + late
    missing = _missing_blobs(house, bundle)
    state: BundleState = "partly" if refused or missing else "merged"
    result = BundleResult(
        file,
        facts.text(parcel.office, "name"),
        "already" if known else state,
        revisions=len(parcel.revisions),
        new=merged.new,
        refused=refused,
        missing=missing,
        disputes=merged.disputes,
    )
    return Preview(
        result,
        sequence=parcel.seq,
        made_at=parcel.made_at,
        missing_before=_missing_before(glance, parcel),
        attachments=len(bundle.blobs),
        contents=_contents(facts, new),
        refusals=_refusals(house, manifest) if refused else {},
        clashes=_clashes(house, facts, new) if merged.disputes else (),
    )


def _missing_blobs(house: House, bundle: BundleRead) -> int:
    """Count the attachments that a bundle speaks of, and that neither it nor we have."""
    said = {blob.sha256 for blob in columns_of(bundle.parcel.revisions).blobs()}
    return sum(house.workspace.blob_path(blob) is None for blob in said - {*bundle.blobs})


def _name(house: House, office: str) -> str:
    return house.facts({office} - {""}).text(office, "name")


def _missing_before(glance: _Glance, parcel: Parcel) -> tuple[int, ...]:
    came = {*glance.came.get(parcel.device, ()), *numbers_in(parcel.extra.get(AGAIN))}
    return tuple(number for number in range(1, parcel.seq) if number not in came)


def _contents(facts: Facts, new: Iterable[Revision]) -> tuple[Content, ...]:
    counts = Counter((_unit(facts, one.address), one.address.period, _group(one)) for one in new)
    return tuple(Content(*place, count) for place, count in sorted(counts.items()))


def _unit(facts: Facts, address: Address) -> str:
    unit = address.unit or facts.text(address.item, "unit")
    return facts.text(unit, "name")


def _group(revision: Revision) -> str:
    known = find(revision.address.field)
    return known.group if known is not None else "other"


def _refusals(house: House, manifest: str) -> dict[str, int]:
    """Count what does not count of a bundle by the code of why."""
    codes = (one.refused for one in house.workspace.refused() if one.bundle == manifest)
    return dict(Counter(codes))


def _clashes(house: House, facts: Facts, new: Collection[Revision]) -> tuple[Clash, ...]:
    names = {one.name for one in new}
    addresses = [
        address
        for address, reading in house.workspace.disputes()
        if any(head.name in names for head in reading.heads)
    ]
    return tuple(
        Clash(
            _unit(facts, address),
            facts.text(address.item, "code"),
            facts.text(address.item, "text"),
            address,
        )
        for address in addresses[:MOST_CLASHES]
    )
