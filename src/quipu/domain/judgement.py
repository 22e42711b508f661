"""What counts: two layers of judgement, both pure functions of a set of revisions.

Everything that is validly signed is kept. By its certificate a device may say only what is its
business (`verdict`); what depends on the state of things (a closed period, an approved plan) is
judged once, when it arrives at the centre, and written there as an item of kind `refusal` that
names what it refuses (`quipu.domain.refusal`). A revision that does not count is no head and
replaces nothing; it stays in the ledger, and counts again when its refusal is blanked.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from quipu.domain import merge
from quipu.domain.address import Address
from quipu.domain.fields import find
from quipu.domain.parcel import DeviceInfo
from quipu.domain.refusal import REASON, REFUSED, REFUSES, named
from quipu.domain.revision import Revision, RevisionName
from quipu.domain.standing import REFUSED as DEVICE_REVOKED
from quipu.domain.standing import REVOKED, counted
from quipu.domain.value import Value

PLANNER, OFFICE, RELAY, AUDITOR = "planner", "office", "relay", "auditor"
"""The roles that a device's certificate gives."""

BIRTH = frozenset({"kind", "plan", "form", "unit", "parent", "order", "deleted", "seen"})
"""The fields that make, place and delete a row, which an office may propose in a draft."""

_FIXED = frozenset({"state", "due", "form_version", "where"})
_SAID_BY_OFFICE = frozenset({"submitted", "returned", None})
"""What an office may say of its report: it submits, and takes that back to what stood before."""


@dataclass(frozen=True, slots=True)
class Licence:
    """What a device may say: its role, its office (`""` at the centre) and its office's units.

    `fields` narrows it to these field codes, where a certificate says so. `line` are the devices
    of its chain, itself last: it ends with each of them. `rooted` is a planner's that was certified
    by the root itself, where that key was: only such a one ends a planner's device.
    """

    role: str
    office: str = ""
    units: frozenset[str] = frozenset()
    fields: frozenset[str] | None = None
    line: tuple[str, ...] = ()
    rooted: bool = False

    @property
    def of_centre(self) -> bool:
        """Whether the device is a planner's: it may say everything, and refuse."""
        return self.role == PLANNER


UNJUDGED = Licence(PLANNER, rooted=True)
"""The licence of a device that brings no certificate: nothing to judge it by."""


def licence_of(device: DeviceInfo) -> Licence:
    """Give what a device may say by the certificate that the root issued, the first of its chain.

    Whatever an office's own computers add to it further down has no say. A device without
    certificates is not judged: none such comes by a bundle.
    """
    if not device.chain:
        return UNJUDGED
    first = device.chain[0]
    role = str(first.get("role") or (OFFICE if device.office else PLANNER))
    units, narrow = first.get("units"), first.get("fields")
    role = OFFICE if device.office and role == PLANNER else role
    named = first.get("name") and first.get("holds") != "root"
    return Licence(
        role=role,
        office=device.office,
        units=frozenset(map(str, units if isinstance(units, list | tuple) else ())),
        fields=frozenset(map(str, narrow)) if isinstance(narrow, list | tuple) else None,
        line=tuple(str(link["device"]) for link in device.chain if link.get("device")),
        rooted=role == PLANNER and first.get("kind") == "centre-device" and not named,
    )


def verdict(
    field: str, unit: str, value: Value, licence: Licence, granted: Collection[str] = ()
) -> str:
    """Give `""` where a device may say this by its certificate, else the code that says why not.

    `granted` are units that the centre gave to its office since. Codes: `role-may-not-write`,
    `field-not-yours`, `unit-not-yours`. A field that this version does not know is not judged.
    """
    if licence.of_centre:
        return ""
    if licence.role not in (OFFICE, RELAY):
        return "role-may-not-write"
    known = find(field)
    if known is None:
        return ""
    if licence.fields is not None and field not in licence.fields:
        return "field-not-yours"
    if known.group in ("progress", "report"):
        if unit not in licence.units and unit not in granted:
            return "unit-not-yours"
        return "field-not-yours" if field == "report" and value not in _SAID_BY_OFFICE else ""
    proposed = field in BIRTH or (known.group == "plan" and field not in _FIXED)
    return "" if proposed else "field-not-yours"


def refused(
    revisions: Iterable[Revision], licence: Callable[[str], Licence]
) -> dict[RevisionName, str]:
    """Give the revisions of a set that do not count, with the code of why.

    `licence` tells what the device of a session may say. What a revoked planner's device said later
    than its revocation lets stand is as if it had never been said. Units that the centre ever
    gave to an office are its own as if its certificate had them; whoever lost one is refused by
    the centre.
    """
    known = {revision.name: revision for revision in revisions}
    found = dict.fromkeys(_after_the_end(known, licence), DEVICE_REVOKED)
    heard = [one for name, one in known.items() if name not in found]
    granted = grants(heard, licence)
    for name, revision in known.items():
        mine = licence(name.session)
        _, field, _, unit = revision.address
        code = verdict(field, unit, revision.value, mine, granted.get(mine.office, ()))
        if code:
            found[name] = code
    sound = [one for name, one in known.items() if name not in found]
    for name, code in _named_by_centre(sound, licence).items():
        if name in known and not licence(name.session).of_centre:
            found.setdefault(name, code)
    return found


def revoked_word(said: Iterable[Revision], licence: Callable[[str], Licence]) -> str:
    """Give what the revisions of the field `revoked` of a planner's device say, `""` for nothing.

    Only devices that the root itself certified have a say, whatever was said of them since: no
    planner's revocation depends on another one.
    """
    known = [one for one in said if licence(one.name.session).rooted]
    if not known:
        return ""
    value = merge.read(known[0].address, known, lambda _: "centre").value
    return value if isinstance(value, str) else ""


def last_counting(session: str, line: Iterable[str], word: Callable[[str], str]) -> int | None:
    """Give the last number of a planner's session that counts, `None` where all do.

    `line` are the devices with which it ends, `word` gives what `revoked_word` says of one.
    """
    told = [said for said in map(word, line) if said]
    return min((counted(said).get(session, 0) for said in told), default=None)


def _after_the_end(
    known: Mapping[RevisionName, Revision], licence: Callable[[str], Licence]
) -> Iterator[RevisionName]:
    """Give what planners' devices said after what their revocation lets stand."""
    said: dict[str, list[Revision]] = {}
    for revision in known.values():
        if revision.address.field == REVOKED:
            said.setdefault(revision.address.item, []).append(revision)
    if not said:
        return
    words = {device: revoked_word(here, licence) for device, here in said.items()}
    for session in sorted({name.session for name in known}):
        mine = licence(session)
        if mine.of_centre:
            last = last_counting(session, mine.line, lambda device: words.get(device, ""))
            if last is not None:
                yield from (one for one in known if one.session == session and one.n > last)


def grants(
    revisions: Iterable[Revision], licence: Callable[[str], Licence]
) -> dict[str, frozenset[str]]:
    """Give the units that the centre ever said were an office's, by office."""
    found: dict[str, set[str]] = {}
    for revision in revisions:
        (item, field, _, _), office = revision.address, revision.value
        says = field == "office" and isinstance(office, str)
        if says and licence(revision.name.session).of_centre:
            found.setdefault(str(office), set()).add(item)
    return {office: frozenset(units) for office, units in found.items()}


def counting(revisions: Iterable[Revision], licence: Callable[[str], Licence]) -> list[Revision]:
    """Give the revisions of a set that count: those from which readings are made."""
    known = {revision.name: revision for revision in revisions}
    out = refused(known.values(), licence)
    return [revision for name, revision in known.items() if name not in out]


def _named_by_centre(
    revisions: Collection[Revision], licence: Callable[[str], Licence]
) -> dict[RevisionName, str]:
    """Give what the centre's refusals name now; the least refusal's code where several do.

    Every head of a refusal speaks: who lifts one has seen it.
    """
    by_address: dict[Address, list[Revision]] = {}
    for revision in revisions:
        says = revision.address.field in (REFUSES, REASON)
        if says and licence(revision.name.session).of_centre:
            by_address.setdefault(revision.address, []).append(revision)
    found: dict[RevisionName, str] = {}
    for address in sorted(one for one in by_address if one.field == REFUSES):
        reason = by_address.get(address._replace(field=REASON, period="", unit=""), [])
        code = merge.read(address, reason, lambda _: "centre").value
        for head in merge.heads(by_address[address]):
            for span in named(head.value):
                for name in span.names():
                    found.setdefault(name, code if isinstance(code, str) else REFUSED)
    return found
