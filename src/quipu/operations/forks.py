"""One device in two places, as after a disk was copied: told by the chain, and parted again.

The centre writes down by which bundles a copy left the device's chain. The workspace that wrote
one of them learns it by its next bundle, and goes on as a device of its own; nothing is lost.
"""

from collections.abc import Set

from quipu.domain.address import Address
from quipu.domain.standing import FORKED, forked, parting
from quipu.operations import identities
from quipu.operations.believing import arrived
from quipu.operations.gesture import put_all, writing
from quipu.operations.house import House
from quipu.operations.workspaces import display_name
from quipu.store.workspace import Workspace
from quipu.sync.certificates import LONGEST_CHAIN


def note_forks(house: House, author: str) -> None:
    """At the centre, write down by which of the bundles that came a copy left a device's chain.

    What another planner wrote of bundles that did not come here stands.
    """
    if house.role != "centre":
        return
    came = arrived(house.workspace)
    found = forked(came)
    if not found:
        return
    known = {one.manifest for one in came}
    offices = {one.id: one.office for one in house.workspace.devices(list(found))}
    facts = house.facts(set(found))
    entries = []
    for device, names in sorted(found.items()):
        elsewhere = _said(house.workspace, device) - known
        before = facts.value(device, FORKED)
        entries += parting(
            device, office=offices[device], names={*names, *elsewhere}, before=before
        )
    if entries:
        with writing(house, author) as transaction:
            put_all(transaction, entries, facts=facts)


def part_ways(house: House) -> bool:
    """Go on as a device of its own where this workspace left the chain of the one it wrote as.

    The former device certifies the new one, so the centre knows it at once.
    """
    info = house.workspace.info
    apart = _said(house.workspace, info.device.id)
    own = {one.manifest for one in house.workspace.sent() if one.device == info.device.id}
    if not apart & own or len(info.device.chain) >= LONGEST_CHAIN:
        return False
    identities.adopt(house.workspace, clock=house.clock, randomness=house.randomness)
    identities.remember(house.workspace, display_name(house.workspace))
    return True


def open_forks(workspace: Workspace) -> frozenset[str]:
    """Give the devices that are still in two places: no copy was heard of since as its own."""
    came = arrived(workspace)
    found = forked(came)
    if not found:
        return frozenset()
    place = {one.manifest: index for index, one in enumerate(came)}
    last = {one.device: index for index, one in enumerate(came)}
    gone_on: dict[str, int] = {}
    for info in workspace.devices():
        for link in info.chain[:-1]:
            former = str(link.get("device", ""))
            gone_on[former] = max(gone_on.get(former, -1), last.get(info.id, -1))
    return frozenset(
        device
        for device, names in found.items()
        if gone_on.get(device, -1) < max(place[name] for name in names)
    )


def _said(workspace: Workspace, device: str) -> Set[str]:
    """Give the bundles that the centre named; every planner's word counts."""
    heads = workspace.reading(Address(device, FORKED)).heads
    return {name for head in heads for name in str(head.value or "").split()}
