"""The centre's other computers: a second planner admitted, and bundles between them.

Each is an audience of its own, named by its device, so that what one has acknowledged is not
taken for what another knows. They share the mailbox to which offices seal.
"""

from dataclasses import dataclass
from pathlib import Path

from quipu.domain.errors import InputError
from quipu.domain.parcel import DeviceInfo
from quipu.domain.standing import REVOKED
from quipu.operations import identities
from quipu.operations.enrolment import Enrolled, admitting_root, last_day
from quipu.operations.finding import fold
from quipu.operations.gesture import writing
from quipu.operations.house import House
from quipu.operations.mailbox import mailbox_keys
from quipu.operations.outcome import NOTHING
from quipu.operations.packing import Packed, keep_copy, pack_for
from quipu.store.entries import CENTRE
from quipu.store.transaction import Transaction
from quipu.sync.certificates import ChainError, Terms, read_chain
from quipu.sync.codes import new_code
from quipu.sync.enrolment import Admission, Enrolment, read_enrolment, write_enrolment
from quipu.sync.keys import SigningKey


@dataclass(frozen=True, slots=True)
class Planner:
    """Another computer of the centre: its id, and what it was called when it was admitted."""

    device: str
    name: str


def planners(house: House) -> list[Planner]:
    """Give the centre's other devices that may be sent bundles, in the order they became known."""
    own = set(house.workspace.line())
    others = [one for one in house.workspace.devices() if not one.office and one.id not in own]
    decided = house.facts([one.id for one in others])
    return [
        Planner(one.id, _name(one, house.dataset))
        for one in others
        if not decided.text(one.id, REVOKED)
    ]


def _name(device: DeviceInfo, dataset: str) -> str:
    try:
        return read_chain(device.chain, dataset=dataset).name
    except ChainError:
        return ""


def find_planner(house: House, text: str) -> str | None:
    """Give the device of another planner by its id or name, or by `centre` where there is one."""
    if house.role != "centre":
        return None
    known = planners(house)
    if text == CENTRE and len(known) == 1:
        return known[0].device
    wanted = fold(text)
    found = [one.device for one in known if one.device == text or fold(one.name) == wanted]
    return found[0] if len(found) == 1 else None


def enrol_planner(
    house: House,
    *,
    name: str,
    file: Path,
    author: str,
    with_root: bool = False,
    until: str = "",
) -> Enrolled:
    """Write the file with which a second planner's computer becomes one of the centre.

    It holds the whole plan, the mailbox's secret, and `with_root` the root key, with which the
    second planner may admit offices too: so it is always closed with a code. Raises `InputError`
    `name-missing`, `day-not-read`, `day-passed`, and `WorkspaceError("key-missing")`.
    """
    root = admitting_root(house)
    called = " ".join(name.split())
    if not called:
        raise InputError("name-missing")
    terms = Terms("planner", not_after=last_day(house, until), name=called)
    admission = _admission(house, terms, root if with_root else None)
    code, device = new_code(house.randomness), house.workspace.info.device
    with writing(house, author) as transaction:
        packed = pack_for(house, transaction, CENTRE, full=True)
        write_enrolment(
            file,
            packed.parcel,
            admission=admission,
            root=root,
            key=identities.signing_key(house.workspace.info),
            chain=device.chain,
            blobs=packed.blobs,
            code=code,
            randomness=house.randomness,
        )
        _keep_first(house, transaction, packed, read_enrolment(file, code))
    return Enrolled("", called, (), device.id, file, code, NOTHING)


def _keep_first(house: House, transaction: Transaction, packed: Packed, written: Enrolment) -> None:
    """Keep the bundle alone: the file around it holds secrets."""
    first = written.first
    keep_copy(house.folder, first.content or b"", first.manifest_sha256)
    packed.record(transaction, first.manifest_sha256)


def _admission(house: House, terms: Terms, root: SigningKey | None) -> Admission:
    mailbox = mailbox_keys(house.workspace)
    return Admission(
        institution=house.facts({house.dataset}).text(house.dataset, "name"),
        name=terms.name,
        units={},
        terms=terms,
        mailbox={version: key.secret() for version, key in mailbox.items()},
        root=root,
    )
