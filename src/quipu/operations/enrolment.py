"""Admitting an office and its first computer, without a network."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.scope import AUDITS, audited_units
from quipu.domain.value import Value
from quipu.operations import identities
from quipu.operations.editing import office_entries
from quipu.operations.finding import find_unit, office_units
from quipu.operations.gesture import centre_only, put_all, writable, writing
from quipu.operations.house import House
from quipu.operations.outcome import Outcome
from quipu.operations.packing import keep_copy, pack_for, take_blobs
from quipu.operations.running import Clock, Randomness, now, randomness
from quipu.operations.workspaces import ROOT, check_empty, making, remember
from quipu.store.transaction import Transaction
from quipu.store.workspace import WorkspaceInfo, create, open_workspace
from quipu.sync.certificates import Role, Terms
from quipu.sync.codes import new_code
from quipu.sync.enrolment import Admission, Enrolment, admit, read_enrolment, write_enrolment
from quipu.sync.keys import SigningKey

AUDITOR = "auditor"
_ROLES: dict[str, Role] = {"office": "office", "relay": "relay", "auditor": "auditor"}
"""The roles that an office's device may have."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """An office that may join with `file`; its person is told `code` by another way, if any.

    `units` are the names of all units that the office reports, `device` the centre's that admits.
    """

    office: str
    name: str
    units: tuple[str, ...]
    device: str
    file: Path
    code: str | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Joined:
    """An office's new workspace, with the names of its units."""

    folder: Path
    office: str
    name: str
    units: tuple[str, ...]
    device: str


def enrol(
    house: House,
    *,
    office: str,
    units: Collection[str],
    file: Path,
    author: str,
    with_code: bool = True,
    role: str = "office",
    until: str = "",
) -> Enrolled:
    """Make an office, give it its units, and write the file that its computer joins with.

    An office that is known already gets another file, and these units besides its own. The file
    holds the plan of its units, and is closed with a code unless it is handed over in person. Who
    joins has a `role` (an auditor writes nothing and has no units of its own: it reads those given
    here, or everything where none is) and may send `until` a day (ISO), `""` for ever.
    Raises `InputError` `unit-unknown` (unit, near), `unit-taken` (unit, office), `units-missing`,
    `device-role-unknown`, `day-not-read`, `day-passed`, and `WorkspaceError("key-missing")`
    without the root key.
    """
    terms, root = _terms(house, role, until), admitting_root(house)
    before = house.facts()
    item, entries = office_entries(house, before, office, () if terms.role == AUDITOR else units)
    entries += _role_entries(before, item, terms, units)
    granted = (root, terms, new_code(house.randomness) if with_code else None)
    with writing(house, author) as transaction:
        done = put_all(transaction, entries, facts=before)
        own = _write_file(house, transaction, item, file, granted)
    return Enrolled(
        office=item,
        name=house.facts({item}).text(item, "name"),
        units=own,
        device=house.workspace.info.device.id,
        file=file,
        code=granted[2],
        outcome=replace(done, created=() if item in before else (item,)),
    )


def _role_entries(
    before: Facts, office: str, terms: Terms, units: Collection[str]
) -> list[tuple[Address, Value]]:
    """Give what is said of an office for its role: for an auditor, what it was let in to read."""
    entries: list[tuple[Address, Value]] = []
    if terms.role != (before.text(office, "role") or "office"):
        entries.append((Address(office, "role"), terms.role))
    if terms.role == AUDITOR:
        read = " ".join(sorted({find_unit(before, unit) for unit in units}))
        entries.append((Address(office, AUDITS), read or None))
    return entries


def admitting_root(house: House) -> SigningKey:
    """Give the key that admits, to who may write at the centre."""
    centre_only(house)
    writable(house)
    return identities.root_key(house.dataset)


def _terms(house: House, role: str, until: str) -> Terms:
    if role not in _ROLES:
        raise InputError("device-role-unknown", role=role, roles=", ".join(sorted(_ROLES)))
    return Terms(_ROLES[role], not_after=last_day(house, until))


def last_day(house: House, until: str) -> str:
    """Read the last day (ISO) on which a computer may send, `""` for ever.

    Raises `InputError` `day-not-read` or `day-passed`.
    """
    if not until:
        return ""
    try:
        last = date.fromisoformat(until)
    except ValueError as error:
        raise InputError("day-not-read", day=until) from error
    if last < house.clock().astimezone().date():
        raise InputError("day-passed", day=until)
    return last.isoformat()


def _write_file(
    house: House,
    transaction: Transaction,
    office: str,
    file: Path,
    granted: tuple[SigningKey, Terms, str | None],
) -> tuple[str, ...]:
    """Write an office's enrolment file, and give the names of its units."""
    root, terms, code = granted
    facts = house.facts()
    read = audited_units(facts, office) if terms.role == AUDITOR else office_units(facts, office)
    own = {unit: facts.text(unit, "name") for unit in read}
    name = facts.text(office, "name")
    if not own and terms.role != AUDITOR:
        raise InputError("units-missing", office=name)
    packed = pack_for(house, transaction, office, full=True)
    write_enrolment(
        file,
        packed.parcel,
        admission=Admission(facts.text(house.dataset, "name"), name, own, terms),
        root=root,
        key=identities.signing_key(house.workspace.info),
        chain=house.workspace.info.device.chain,
        blobs=packed.blobs,
        code=code,
        randomness=house.randomness,
    )
    first = read_enrolment(file, code).first
    # The bundle alone is kept: the file around it holds the secret with which to join.
    keep_copy(house.folder, first.content or b"", first.manifest_sha256)
    packed.record(transaction, first.manifest_sha256)
    return tuple(own.values())


def join(
    *,
    folder: Path,
    file: Path,
    code: str | None = None,
    author: str,
    clock: Clock = now,
    randomness: Randomness = randomness,
) -> Joined:
    """Make an office's workspace of an enrolment file, with the plan of its units in it.

    Of a planner's file it makes another workspace of the centre, with everything in it.

    `code` opens a file that was closed with one. Raises `InputError("folder-not-empty")`,
    `WorkspaceError("workspace-exists")`, and the `BundleError`s of `read_enrolment`.
    """
    check_empty(folder)
    enrolment = read_enrolment(file, code)
    at = clock().isoformat(timespec="seconds")
    key, device = identities.new_signing_key(randomness), identities.new_uuid(randomness)
    info = WorkspaceInfo(
        dataset=enrolment.dataset,
        role="centre" if enrolment.role == "planner" else "office",
        office=enrolment.office,
        device=admit(enrolment, device=device, key=key.public, issued_at=at),
        created_at=at,
    )
    identities.keep(device, key)
    _keep_secrets(enrolment)
    with making(folder) as beside:
        create(beside, info)
        _take_first(beside, enrolment, author, clock, randomness)
    remember(folder)
    units = tuple(enrolment.units.values())
    return Joined(folder, enrolment.office, enrolment.office_name, units, device)


def _keep_secrets(enrolment: Enrolment) -> None:
    """Keep what a planner was given: the mailbox, and the root where there is a copy of it."""
    names = set(identities.mailbox_names(enrolment.dataset))
    for version, secret in enrolment.mailbox.items():
        name = identities.mailbox_name(enrolment.dataset, version)
        if name not in names:
            identities.keep(name, SigningKey.from_secret(secret))
    if enrolment.root_key is not None and not identities.has_root(enrolment.dataset):
        identities.keep(identities.root_name(enrolment.dataset), enrolment.root_key)


def _take_first(
    folder: Path, enrolment: Enrolment, author: str, clock: Clock, randomness: Randomness
) -> None:
    first = enrolment.first
    with (
        open_workspace(folder, write=True) as workspace,
        workspace.transaction(author, clock=clock, randomness=randomness) as transaction,
    ):
        transaction.set_meta(ROOT, enrolment.root)
        transaction.add_device(enrolment.centre)
        take_blobs(transaction, first)
        transaction.merge(
            first.parcel,
            manifest=first.manifest_sha256,
            file_name=first.path.name,
            received_at=clock().isoformat(timespec="seconds"),
            state="merged",
        )
    keep_copy(folder, first.content or b"", first.manifest_sha256)
