"""A lost or stolen computer: what it sent until a bundle stands, what it sends later does not."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from quipu.domain import refusal
from quipu.domain.address import Address
from quipu.domain.errors import BundleError, InputError
from quipu.domain.facts import Facts
from quipu.domain.refusal import BUNDLE, REFUSES, Refused
from quipu.domain.revision import RevisionName
from quipu.domain.standing import (
    REFUSED,
    REVOCATIONS,
    REVOKED,
    Arrived,
    again,
    counted,
    ends,
    revocation,
)
from quipu.domain.value import Value
from quipu.operations import identities, waiting
from quipu.operations.believing import admitted_key, arrived
from quipu.operations.gesture import centre_only, put_all, writable, writing
from quipu.operations.house import House
from quipu.operations.mailbox import newest_version
from quipu.operations.outcome import Outcome
from quipu.operations.packing import ARCHIVE
from quipu.operations.verifying import archive_trust
from quipu.store.workspace import Workspace
from quipu.sync.bundle import read_bundle


@dataclass(frozen=True, slots=True)
class Revoked:
    """A device that was revoked: how many of its bundles stand, and how many that came do not.

    `mailbox` is the version to which the centre's mailbox moved on, 0 for an office's device.
    """

    device: str
    office: str
    stand: int
    late: int
    outcome: Outcome
    mailbox: int = 0


def revoke(
    house: House, *, device: str, after: int | None = None, reason: str, author: str
) -> Revoked:
    """Revoke a device: its bundles up to the number `after` stand (`None`: all that came).

    Later ones are refused everywhere, and what came of them already counts no more; so do those
    of copies that it vouched for, unless the centre let them in itself. The office may be
    enrolled again. Where it is a planner's, the mailbox moves on, so only who has the root revokes
    it. Raises `InputError` `device-not-found`, `device-own`, `reason-missing`,
    `revoke-needs-root`.
    """
    centre_only(house)
    writable(house)
    if not reason.strip():
        raise InputError("reason-missing")
    found = find_device(house, device)
    if found == house.workspace.info.device.id:
        raise InputError("device-own", device=found)
    office = _office_to_leave(house, found)
    stand, late = _parted(found, _answerable(house.workspace, found), after)
    last = ends(stand)
    entries = revocation(
        found,
        office=office,
        last=last,
        upto=_upto(house.workspace, _line(house.workspace, found), last),
        reason=reason.strip(),
    )
    before = house.facts({found})
    if not office:
        entries.append((Address(found, REVOCATIONS), again(before, found)))
    with writing(house, author) as transaction:
        outcome = put_all(transaction, entries, facts=before, reason=reason.strip())
    waiting.let_go(house.folder, found)
    refuse_revoked(house, author)
    mailbox = 0 if office else newest_version(house.workspace)
    outcome = replace(outcome, created=(found,))
    return Revoked(found, office, len(stand), len(late), outcome, mailbox)


def _office_to_leave(house: House, device: str) -> str:
    office = office_of(house, device)
    if not office and not identities.has_root(house.dataset):
        raise InputError("revoke-needs-root", device=device)
    return office


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
    """At the centre, write what is known of revoked offices' devices beyond their last as refused.

    It follows from the revocation and from what is known: planners who do so agree.
    """
    if house.role != "centre":
        return
    known = {device.id: device.office for device in house.workspace.devices()}
    said = house.facts(list(known))
    revoked = [one for one, office in known.items() if office and said.text(one, REVOKED)]
    entries = [entry for one in revoked for entry in _beyond(house.workspace, said, one)]
    if entries:
        facts = house.facts({address.item for address, _ in entries})
        with writing(house, author) as transaction:
            put_all(transaction, entries, facts=facts)


def lift(house: House, device: str) -> list[tuple[Address, Value]]:
    """Give the facts that take a revocation back, with all that was refused by it."""
    facts = house.facts()
    refusals = [one for one in facts.of_kind(refusal.KIND) if facts.text(one, BUNDLE) == device]
    blanked = [(Address(one, REFUSES), None) for one in refusals]
    return [(Address(device, REVOKED), None), *blanked]


def _beyond(workspace: Workspace, facts: Facts, device: str) -> list[tuple[Address, Value]]:
    """Give the refusal of what is known of a device after its last revision that counts."""
    upto = counted(facts.text(device, REVOKED))
    names = tuple(
        RevisionName(session, n)
        for one in _line(workspace, device)
        for session, top in workspace.tops(one).items()
        for n in range(upto.get(session, 0) + 1, top + 1)
    )
    refused = Refused(REFUSED, "", "", names)
    office = {one.id: one.office for one in workspace.devices([device])}[device]
    return refusal.entries([refused], office=office, manifest=device) if names else []


def _upto(workspace: Workspace, line: Collection[str], last: Collection[str]) -> dict[str, int]:
    """Give, by session of these devices, the last number that some bundles knew or brought."""
    own = {session for one in line for session in workspace.tops(one)}
    found: dict[str, int] = {}
    for manifest in last:
        for session, n in _told(workspace, manifest):
            if session in own:
                found[session] = max(n, found.get(session, 0))
    return found


def _told(workspace: Workspace, manifest: str) -> Iterator[tuple[str, int]]:
    try:
        parcel = read_bundle(
            workspace.folder / ARCHIVE / manifest, trust=archive_trust(workspace)
        ).parcel
    except BundleError:  # lost or damaged in the archive: what it was the first to bring remains
        yield from workspace.brought(manifest)
        return
    yield from parcel.have.items()
    yield from (revision.name for revision in parcel.revisions)


def _answerable(workspace: Workspace, device: str) -> list[Arrived]:
    """Give the bundles that came of a device, and of copies for which it alone vouches."""
    line = _line(workspace, device)
    return [one for one in arrived(workspace) if one.device in line]


def _line(workspace: Workspace, device: str) -> frozenset[str]:
    return frozenset({device, *_copies(workspace, device)})


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
