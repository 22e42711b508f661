"""The computers of an institution: who may send, who waits, whom the centre let in or revoked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.parcel import DeviceInfo
from quipu.domain.standing import ADMITTED, KIND, REASON, REVOKED
from quipu.operations import identities
from quipu.operations.forks import open_forks
from quipu.operations.gesture import Entry, centre_only, put_all, writable, writing
from quipu.operations.house import House
from quipu.operations.merging import BundleResult, merge_waiting
from quipu.operations.outcome import Outcome
from quipu.operations.revoking import find_device, lift
from quipu.operations.waiting import Waiting, waiting
from quipu.store.entries import BundleEntry
from quipu.sync.canonical import canonical
from quipu.sync.certificates import (
    Certified,
    ChainError,
    Role,
    Terms,
    certify_centre,
    certify_office,
    in_force,
    read_chain,
)
from quipu.sync.codes import check_code

State = Literal["active", "waiting", "revoked", "expired", "forked", "copied"]
_ROLES: dict[str, Role] = {one: one for one in ("planner", "office", "relay", "auditor")}


@dataclass(frozen=True, slots=True)
class Device:
    """A computer as the centre sees it.

    `office` is the office's item, `""` at the centre, `name` the office's, or the planner's.
    `state`: `copied` goes on from `copy_of`, whose chain it belongs to; `forked` told two stories,
    as two copies of one disk do. `check` is the short code by which two people compare its key.
    `until` is its last day, `""` for ever. `last_sequence` and `last_received` tell of its last
    bundle, 0 and `""` where none came. `reason` is why it was revoked. `own` is this one.
    """

    device: str
    office: str
    name: str
    role: str
    state: State
    check: str
    copy_of: str = ""
    until: str = ""
    last_sequence: int = 0
    last_received: str = ""
    reason: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Admitted:
    """A device that was let in, and what became of its bundles that waited."""

    device: str
    office: str
    bundles: tuple[BundleResult, ...]
    outcome: Outcome


def devices(house: House, *, today: date | None = None) -> list[Device]:
    """Give all devices that are known here, and those that wait, by office and id."""
    workspace = house.workspace
    known, waits = workspace.devices(), waiting(house.folder)
    ids = {one.id for one in known} | {one.device for one in waits}
    offices = {one.office for one in known} | {one.office for one in waits}
    facts = house.facts(ids | offices - {""})
    came: dict[str, BundleEntry] = {one.device: one for one in workspace.bundles()}
    seen = _Seen(
        facts,
        came,
        open_forks(workspace),
        today or house.clock().astimezone().date(),
        workspace.info.device.id,
    )
    found = [seen.known(one, house.dataset) for one in known]
    found += [seen.waits(one) for one in waits if one.device not in {one.id for one in known}]
    return sorted(found, key=lambda one: (one.office != "", one.name, one.device))


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the state of every device is worked out from."""

    facts: Facts
    came: Mapping[str, BundleEntry]
    forked: frozenset[str]
    today: date
    own: str

    def known(self, info: DeviceInfo, dataset: str) -> Device:
        """Give a device that sent, was told of, or is this one."""
        try:
            said = read_chain(info.chain, dataset=dataset)
        except ChainError:  # kept from before it had certificates
            said = Certified("office", info.id, info.key, info.office, (), "", (info.id,))
        last = self.came.get(info.id)
        return Device(
            device=info.id,
            office=info.office,
            name=self.facts.text(info.office, "name") or said.name,
            role=said.role,
            state=self._state(said),
            check=check_code(info.key),
            copy_of=said.line[-2] if len(said.line) > 1 else "",
            until=said.not_after,
            last_sequence=last.seq if last is not None else 0,
            last_received=last.received_at if last is not None else "",
            reason=self.facts.text(info.id, REASON),
            own=info.id == self.own,
        )

    def _state(self, said: Certified) -> State:
        if self.facts.text(said.device, REVOKED):
            return "revoked"
        if said.device in self.forked:
            return "forked"
        if not in_force(said, self.today):
            return "expired"
        return "copied" if len(said.line) > 1 else "active"

    def waits(self, one: Waiting) -> Device:
        """Give a device that nobody has let in."""
        revoked = bool(self.facts.text(one.device, REVOKED))
        return Device(
            device=one.device,
            office=one.office,
            name=self.facts.text(one.office, "name") or one.name,
            role=one.role,
            state="revoked" if revoked else "waiting",
            check=check_code(one.key),
            copy_of=one.copy_of,
            until=one.not_after,
            last_received=one.came_at,
            reason=self.facts.text(one.device, REASON),
        )


def admit(house: House, *, device: str, author: str) -> Admitted:
    """Let in a device that waits, with all that it sent meanwhile; or one that was revoked, again.

    Raises `InputError` `device-not-found`, `device-not-waiting`, and `WorkspaceError`
    `key-missing` without the root key.
    """
    centre_only(house)
    writable(house)
    found = find_device(house, device)
    before = house.facts({found})
    waits = {one.device: one for one in waiting(house.folder)}
    entries: list[Entry] = lift(house, found) if before.text(found, REVOKED) else []
    if found in waits:
        entries += _admission(house, waits[found])
    if not entries:
        raise InputError("device-not-waiting", device=found)
    facts = house.facts({address.item for address, _ in entries})
    with writing(house, author) as transaction:
        outcome = put_all(transaction, entries, facts=facts)
    bundles = tuple(merge_waiting(house))
    known = {one.id: one.office for one in house.workspace.devices()}
    return Admitted(found, known.get(found, ""), bundles, outcome)


def _admission(house: House, one: Waiting) -> list[Entry]:
    root = identities.root_key(house.dataset)
    terms = Terms(_ROLES[one.role], one.not_before, one.not_after, one.name)
    at = house.clock().isoformat(timespec="seconds")
    if one.office:
        certificate = certify_office(
            root,
            dataset=house.dataset,
            device=one.device,
            key=one.key,
            office=one.office,
            units=one.units,
            issued_at=at,
            terms=terms,
        )
    else:
        certificate = certify_centre(
            root, dataset=house.dataset, device=one.device, key=one.key, issued_at=at, terms=terms
        )
    return [
        (Address(one.device, "kind"), KIND),
        (Address(one.device, "office"), one.office or None),
        (Address(one.device, ADMITTED), canonical(dict(certificate)).decode()),
    ]
