"""Whom a workspace believes: its root, the devices it knows, what the centre decided of them."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from quipu.domain.address import Address
from quipu.domain.errors import WorkspaceError
from quipu.domain.facts import Facts
from quipu.domain.parcel import DeviceInfo, Parcel
from quipu.domain.standing import ADMITTED, REVOKED, Arrived, standing
from quipu.operations.house import House
from quipu.operations.workspaces import ROOT
from quipu.store.entries import CENTRE
from quipu.store.workspace import Workspace
from quipu.sync.certificates import Certificate, ChainError, NotAdmitted, verify_chain
from quipu.sync.trust import Trust

T = TypeVar("T")


class _Asked(Mapping[str, T]):
    """Answers by device, asked of the workspace one by one: few are ever asked for."""

    def __init__(self, find: Callable[[str], T | None], names: Iterable[str]) -> None:
        self._find = find
        self._names = names

    def __getitem__(self, device: str) -> T:
        found = self._find(device)
        if found is None:
            raise KeyError(device)
        return found

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._names if self._find(name) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def trust_of(house: House) -> Trust:
    """Give whom this workspace believes."""
    return trust_in(house.workspace, frozenset({house.office or CENTRE, *_own_line(house)}))


def trust_in(workspace: Workspace, audiences: frozenset[str]) -> Trust:
    """Give whom a workspace believes where it is addressed as one of `audiences`."""
    root = workspace.meta(ROOT)
    if root is None:
        raise WorkspaceError("workspace-damaged", folder=workspace.folder, reason=ROOT)
    devices = {device.id: device for device in workspace.devices()}
    return Trust(
        dataset=workspace.info.dataset,
        audiences=audiences,
        root=root,
        devices=devices,
        revoked=_Asked(lambda device: stands(workspace, device), devices),
        admitted=_Asked(lambda device: admitted_key(workspace, device), devices),
    )


def _own_line(house: House) -> list[str]:
    """Give as which devices the centre's other computers address this one, at the centre."""
    return house.workspace.line() if house.role == "centre" else []


def arrived(workspace: Workspace) -> list[Arrived]:
    """Give the bundles whose revisions went in, in the order they came."""
    return [
        Arrived(one.manifest, one.device, one.audience, one.seq, one.prev)
        for one in workspace.bundles()
        if one.state in ("merged", "partly")
    ]


def stands(workspace: Workspace, device: str) -> frozenset[str] | None:
    """Give the names of a revoked device's bundles that stand; `None` for one not revoked."""
    facts = workspace.facts({device})
    if any(not one.office for one in workspace.devices([device])):
        facts = Facts([(Address(device, REVOKED), workspace.revocation(device) or None)])
    if standing(facts, device, ()) is None:
        return None
    return standing(facts, device, arrived(workspace))


def admission(workspace: Workspace, device: str) -> Certificate | None:
    """Give the certificate by which the centre let a device in, `None` where it did not."""
    said = workspace.facts({device}).text(device, ADMITTED)
    try:
        certificate = json.loads(said) if said else None
    except ValueError:
        return None  # of a newer version; it lets nobody in here
    return certificate if isinstance(certificate, dict) else None


def admitted_key(workspace: Workspace, device: str) -> str | None:
    """Give the key (hex) with which the centre let a device in, `None` where it did not."""
    certificate = admission(workspace, device)
    if certificate is None:
        return None
    try:
        root, dataset = workspace.meta(ROOT) or "", workspace.info.dataset
        found = verify_chain(root, [certificate], dataset=dataset)
    except ChainError:
        return None
    return found.key if found.device == device else None


def told_devices(workspace: Workspace, devices: Iterable[DeviceInfo]) -> tuple[DeviceInfo, ...]:
    """Give devices as others may believe them: one that vouches for itself by its admission."""
    root = workspace.meta(ROOT) or ""
    return tuple(_told(workspace, root, device) for device in devices)


def _told(workspace: Workspace, root: str, device: DeviceInfo) -> DeviceInfo:
    # Quick for nearly all: the certificate of a device that vouches for itself has one key twice.
    if not any(link.get("issuer") == link.get("key") for link in device.chain):
        return device
    try:
        verify_chain(root, device.chain, dataset=workspace.info.dataset)
    except NotAdmitted:
        certificate = admission(workspace, device.id)
        return device if certificate is None else replace(device, chain=(certificate,))
    return device


def of_others(house: House, parcel: Parcel) -> Parcel:
    """Give a parcel without what it tells of this device, which knows its certificates best."""
    own = house.workspace.info.device.id
    return replace(parcel, devices=tuple(one for one in parcel.devices if one.id != own))
