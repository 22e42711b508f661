"""A lost or stolen computer: what it sent until a bundle stands, what it sends later does not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quipu.domain import refusal
from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.refusal import REFUSES, Refused
from quipu.domain.standing import REFUSED, REVOKED, Arrived, revocation
from quipu.domain.value import Value
from quipu.operations import waiting
from quipu.operations.believing import admitted_key, arrived, stands
from quipu.operations.gesture import centre_only, put_all, writable, writing
from quipu.operations.house import House
from quipu.operations.outcome import Outcome
from quipu.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Revoked:
    """A device that was revoked: how many of its bundles stand, and how many that came do not."""

    device: str
    office: str
    stand: int
    late: int
    outcome: Outcome


def revoke(
    house: House, *, device: str, after: int | None = None, reason: str, author: str
) -> Revoked:
    """Revoke a device: its bundles up to the number `after` stand (`None`: all that came).

    Later ones are refused everywhere, and what came of them already counts no more; so do those
    of copies that it vouched for, unless the centre let them in itself. The office may be
    enrolled again. Raises `InputError` `device-not-found`, `device-own`, `reason-missing`.
    """
    centre_only(house)
    writable(house)
    if not reason.strip():
        raise InputError("reason-missing")
    found = find_device(house, device)
    if found == house.workspace.info.device.id:
        raise InputError("device-own", device=found)
    office = office_of(house, found)
    sent = _answerable(house.workspace, found)
    stand, late = _parted(found, sent, after)
    entries = revocation(found, office=office, stand=stand, reason=reason.strip())
    before = house.facts({found})
    with writing(house, author) as transaction:
        outcome = put_all(transaction, entries, facts=before, reason=reason.strip())
    waiting.let_go(house.folder, found)
    refuse_revoked(house, author)
    return Revoked(found, office, len(stand), len(late), replace(outcome, created=(found,)))


def find_device(house: House, text: str) -> str:
    """Give the id of a device known here or waiting, by its id or the beginning of it.

    Raises `InputError` `device-not-found` (device), also for a beginning of several.
    """
    wanted = text.strip().lower()
    known = {one.id for one in house.workspace.devices()}
    known |= {one.device for one in waiting.waiting(house.folder)}
    found = [one for one in known if one.lower() == wanted]
    if not found and len(wanted) >= 4:
        found = [one for one in known if one.lower().startswith(wanted)]
    if len(found) != 1:
        raise InputError("device-not-found", device=text)
    return found[0]


def office_of(house: House, device: str) -> str:
    """Give the office of a device known here or waiting, `""` for a planner's."""
    known = {one.id: one.office for one in house.workspace.devices()}
    known |= {one.device: one.office for one in waiting.waiting(house.folder)}
    return known.get(device, "")


def refuse_revoked(house: House, author: str = "") -> None:
    """At the centre, write what came of revoked devices after their last good bundle as refused.

    It follows from what is known: two planners who do so write the same.
    """
    if house.role != "centre":
        return
    known = [device.id for device in house.workspace.devices()]
    said = house.facts(known)
    revoked = [device for device in known if said.text(device, REVOKED)]
    entries = [entry for one in revoked for entry in _late_entries(house.workspace, one)]
    if entries:
        facts = house.facts({address.item for address, _ in entries})
        with writing(house, author) as transaction:
            put_all(transaction, entries, facts=facts)


def lift(house: House, device: str) -> list[tuple[Address, Value]]:
    """Give the facts that take a revocation back, with what it refused."""
    late = _late_entries(house.workspace, device)
    blanked = [(address, None) for address, _ in late if address.field == REFUSES]
    return [(Address(device, REVOKED), None), *blanked]


def _late_entries(workspace: Workspace, device: str) -> list[tuple[Address, Value]]:
    good = stands(workspace, device) or frozenset()
    found: list[tuple[Address, Value]] = []
    offices = {one.id: one.office for one in workspace.devices()}
    for one in _answerable(workspace, device):
        names = () if one.manifest in good else tuple(workspace.brought(one.manifest))
        if names:
            refused = Refused(REFUSED, "", "", names)
            office = offices.get(one.device, "")
            found += refusal.entries([refused], office=office, manifest=one.manifest)
    return found


def _answerable(workspace: Workspace, device: str) -> list[Arrived]:
    """Give the bundles that came of a device, and of copies for which it alone vouches."""
    line = {device, *_copies(workspace, device)}
    return [one for one in arrived(workspace) if one.device in line]


def _copies(workspace: Workspace, device: str) -> Iterator[str]:
    for one in workspace.devices():
        above = [str(link.get("device", "")) for link in one.chain]
        if device in above[:-1] and admitted_key(workspace, one.id) is None:
            yield one.id


def _parted(
    device: str, sent: Sequence[Arrived], after: int | None
) -> tuple[list[Arrived], list[Arrived]]:
    """Part bundles into those that stand and those that came too late."""
    if after is None:
        return list(sent), []
    stand: list[Arrived] = []
    late: list[Arrived] = []
    for one in sent:
        # A copy's own numbers begin anew: once the device itself was late, so is its copy.
        beyond = one.seq > after if one.device == device else bool(late)
        (late if beyond else stand).append(one)
    return stand, late
