"""Who may read a bundle: sealing what goes out to its receiver, opening what came sealed."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from quipu.domain.address import Address
from quipu.domain.errors import BundleError, WorkspaceError
from quipu.domain.facts import Facts
from quipu.domain.standing import REVOKED
from quipu.operations import identities
from quipu.operations.gesture import centre_only, write
from quipu.operations.house import House
from quipu.operations.mailbox import (
    MAILBOX,
    RECEIVE,
    announced_version,
    mailbox_keys,
    opening_boxes,
    own_keys,
)
from quipu.operations.outcome import Outcome
from quipu.operations.scratch import scratch
from quipu.store import place
from quipu.store.entries import CENTRE
from quipu.store.workspace import Workspace
from quipu.sync import sealing as seals
from quipu.sync.receiving import ReceivingKey, device_key
from quipu.sync.trust import Trust

SEALING, OFF = "sealing", "off"
"""The field of the institution's item that turns sealing off."""

WRITTEN = "sealed."
"""Begins the notes of a workspace that name the sealed bodies it wrote, and what is in them."""

Unsealed = Literal["", "off", "unknown", "revoked"]


@dataclass(frozen=True, slots=True)
class Receivers:
    """The public keys (hex) to which a bundle is sealed; none, and then `why` it goes unsealed.

    `unknown`: the receiver, or one of its computers, has not told its key yet.
    """

    keys: tuple[str, ...]
    why: Unsealed = ""


def sealing_on(facts: Facts, dataset: str) -> bool:
    """Tell whether the institution seals its bundles, as it does unless the centre says no."""
    return facts.text(dataset, SEALING) != OFF


def turn_sealing(house: House, *, on: bool, author: str) -> Outcome:
    """Turn the sealing of bundles on or off for the whole institution; offices hear of it.

    Raises `WorkspaceError("centre-only")` in an office.
    """
    centre_only(house)
    facts = house.facts({house.dataset})
    entry = (Address(house.dataset, SEALING), None if on else OFF)
    return write(house, [entry], facts=facts, author=author)


def announcement(workspace: Workspace) -> dict[str, object]:
    """Give what a manifest says of the keys with which its sender and the centre receive."""
    info = workspace.info
    said: dict[str, object] = {RECEIVE: device_key(identities.signing_key(info)).public}
    boxes = mailbox_keys(workspace) if info.role == "centre" else {}
    if boxes:
        version = max(boxes)
        said[MAILBOX] = {"version": version, "key": boxes[version].public}
    return said


def receivers(house: House, audience: str) -> Receivers:
    """Give to whom a bundle for an audience is sealed: the centre's mailbox, or all its devices."""
    if not sealing_on(house.facts({house.dataset}), house.dataset):
        return Receivers((), "off")
    if audience == CENTRE:
        found = _mailbox(house)
    else:
        found = _planner(house, audience) or _devices(house, audience)
    return Receivers(found, "" if found else "unknown")


def all_revoked(house: House, audience: str) -> bool:
    """Tell whether an audience had computers and the centre has revoked every one of them."""
    devices = [one.id for one in house.workspace.devices() if one.office == audience]
    decided = house.facts(devices)
    return bool(devices) and all(decided.text(one, REVOKED) for one in devices)


def _planner(house: House, audience: str) -> tuple[str, ...]:
    """Give the key of another planner's device: its own, else the mailbox that all share.

    A device that has told its key may not have the mailbox's newest secret yet.
    """
    known = house.workspace.devices([audience]) if house.role == "centre" else []
    if all(one.office for one in known):
        return ()
    told = dict(reversed(house.workspace.announced("", RECEIVE))).get(audience)
    if seals.usable(told):
        return (str(told),)
    boxes = mailbox_keys(house.workspace)
    return (boxes[max(boxes)].public,) if boxes else ()


def _mailbox(house: House) -> tuple[str, ...]:
    """Give the newest of the mailbox keys that devices of the centre announced.

    An older bundle that comes late takes nothing back. What a revoked device announced is used
    only where no other did.
    """
    said = list(reversed(house.workspace.announced("", MAILBOX)))
    decided = house.facts({device for device, _ in said})
    known: dict[tuple[bool, int], str] = {}
    for device, one in said:
        version = announced_version(one)
        if version:
            assert isinstance(one, Mapping)
            known[not decided.text(device, REVOKED), version] = str(one["key"])
    return (known[max(known)],) if known else ()


def _devices(house: House, office: str) -> tuple[str, ...]:
    """Give the keys of all devices of an office; none where one of them has told none.

    A revoked device reads nothing more.
    """
    told = {
        device: str(key)
        for device, key in reversed(house.workspace.announced(office, RECEIVE))
        if seals.usable(key)
    }
    devices = [one.id for one in house.workspace.devices() if one.office == office]
    decided = house.facts(devices)
    devices = [one for one in devices if not decided.text(one, REVOKED)]
    if not all(one in told for one in devices):
        return ()
    return tuple(sorted({told[one] for one in devices}))


def opening_keys(workspace: Workspace) -> list[ReceivingKey]:
    """Give the keys with which a workspace opens what came sealed, as far as they are here.

    An office opens also what was sealed to the devices that it wrote as before, such as the
    original of a copy; the centre all that was sent to any version of its mailbox.
    """
    boxes = opening_boxes(workspace) if workspace.info.role == "centre" else []
    return boxes + own_keys(workspace)


@contextmanager
def opened(
    file: Path, trust: Trust, keys: Callable[[], list[ReceivingKey]], within: Path
) -> Iterator[Path]:
    """Give a bundle as it was signed: the file itself, or what is sealed in it while this lasts.

    `keys` are asked for where it is sealed; it is opened in the folder `within`. Raises
    `BundleError`: `bundle-foreign`, `bundle-for-someone-else`, and those of `unseal`.
    """
    route = seals.route_of(file)
    if route is None:
        yield file
        return
    if route.dataset != trust.dataset:
        raise BundleError("bundle-foreign", file=file.name)
    if route.audience not in trust.audiences:
        raise BundleError("bundle-for-someone-else", file=file.name)
    with _unsealed(file, within / f"opened-{secrets.token_hex(8)}", keys()) as inner:
        yield inner


@contextmanager
def unsealed(
    folder: Path, file: Path, keys: list[ReceivingKey], *, beside_writer: bool = False
) -> Iterator[Path]:
    """Open a sealed bundle within a workspace's folder; it is gone when the block ends."""
    with (
        scratch(folder, beside_writer=beside_writer) as within,
        _unsealed(file, within / file.name, keys) as inner,
    ):
        yield inner


@contextmanager
def _unsealed(file: Path, inner: Path, keys: list[ReceivingKey]) -> Iterator[Path]:
    folder = inner.parent
    place.demand_room(folder, file.stat().st_size)
    try:
        try:
            seals.unseal(file, inner, keys=keys)
        except OSError as error:
            code = "workspace-full" if place.is_full(error) else "workspace-disk"
            raise WorkspaceError(code, folder=folder, reason=error.strerror) from error
        yield inner
    finally:
        inner.unlink(missing_ok=True)
