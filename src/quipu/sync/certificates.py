"""Who may speak for whom: chains of signed certificates, from the centre's root key down."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

import msgspec

from quipu.sync.canonical import CERTIFICATE_TYPE, canonical
from quipu.sync.keys import SigningKey, verifies
from quipu.sync.words import (
    Day,
    DeviceOrBlank,
    Key,
    Moment,
    Name,
    Signature,
    Uuid,
    UuidOrBlank,
)

Role = Literal["planner", "office", "relay", "auditor"]
Side = Literal["centre", "office"]
Certificate = Mapping[str, object]
"""A JSON object: kind, dataset, subject and issuer keys, device, office, units, times, signature.

One of format 2 has a role, a period and a name as well. Unknown keys are signed like the known
ones, and kept.
"""

CENTRE, ENROLMENT, OFFICE = "centre-device", "enrolment-key", "office-device"
LONGEST_CHAIN = 8
_NOBODY: Mapping[str, str] = MappingProxyType({})


class ChainError(Exception):
    """A chain of certificates that does not lead from the root to the device; says why."""


@dataclass(frozen=True, slots=True)
class Certified:
    """What a chain says of its last key: the device, its role, its office and units.

    `enrolment` is the one-use key by which its office was admitted, `""` where the root admitted
    it. `line` has the devices of the chain, the certified one last: a copy follows its original.
    `not_before` and `not_after` are the first and the last day (ISO) on which it may send, `""`
    for no such day. `name` is what the centre calls a planner's device.
    """

    role: Role
    device: str
    key: str
    office: str
    units: tuple[str, ...]
    enrolment: str
    line: tuple[str, ...]
    not_before: str = ""
    not_after: str = ""
    name: str = ""

    @property
    def side(self) -> Side:
        """Whose device it is: the centre's for a planner, else an office's."""
        return "centre" if self.role == "planner" else "office"


class NotAdmitted(ChainError):
    """A sound chain of a copy that vouches for itself, and waits for the centre to admit it."""

    def __init__(self, certified: Certified) -> None:
        super().__init__(certified.device)
        self.certified = certified


def in_force(certified: Certified, day: date) -> bool:
    """Tell whether a device may send on a day, by its certificate alone.

    The day is the one of reception at the centre: judged once, there, and by nobody's clock later.
    """
    told = day.isoformat()
    begun = not certified.not_before or certified.not_before <= told
    return begun and (not certified.not_after or told <= certified.not_after)


class _Statement(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a certificate that this version understands; of format 1, what it lacks."""

    format: Literal[1, 2]
    kind: str
    dataset: Uuid
    key: Key
    issuer: Key
    device: DeviceOrBlank
    office: UuidOrBlank
    units: list[Uuid]
    issued_at: Moment
    signature: Signature
    role: Role
    not_before: Day | None
    not_after: Day | None
    name: Name


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a device is admitted: its role, its first and last day (ISO), its name.

    `holds_root` is a planner's that has the root key itself.
    """

    role: Role
    not_before: str = ""
    not_after: str = ""
    name: str = ""
    holds_root: bool = False


_PLAIN = {CENTRE: Terms("planner"), ENROLMENT: Terms("office"), OFFICE: Terms("office")}
"""The terms that a certificate of format 1 has, by its kind."""


def certify_centre(
    issuer: SigningKey,
    *,
    dataset: str,
    device: str,
    key: str,
    issued_at: str,
    terms: Terms = _PLAIN[CENTRE],
) -> Certificate:
    """Let the root (a planner's one-use key, or a device for its copy) admit a centre's device."""
    body = {"dataset": dataset, "device": device, "key": key, "office": "", "units": []}
    return _issue(issuer, CENTRE, {**body, "issued_at": issued_at}, terms)


def certify_enrolment(
    root: SigningKey,
    *,
    dataset: str,
    key: str,
    office: str,
    units: Collection[str],
    issued_at: str,
    terms: Terms = _PLAIN[ENROLMENT],
) -> Certificate:
    """Let the root admit a one-use key that may admit one device of an office with these units.

    With the role of a planner it admits one of the centre, and office and units are blank.
    """
    body = {"dataset": dataset, "device": "", "key": key, "office": office, "units": units}
    return _issue(root, ENROLMENT, {**body, "issued_at": issued_at}, terms)


def certify_office(
    issuer: SigningKey,
    *,
    dataset: str,
    device: str,
    key: str,
    office: str,
    units: Collection[str],
    issued_at: str,
    terms: Terms = _PLAIN[OFFICE],
) -> Certificate:
    """Let a one-use key (or an office's device, for its copy) admit a device of the office.

    The root admits one that its other certificates do not.
    """
    body = {"dataset": dataset, "device": device, "key": key, "office": office, "units": units}
    return _issue(issuer, OFFICE, {**body, "issued_at": issued_at}, terms)


def certify_copy(
    issuer: SigningKey, original: Certificate, *, device: str, key: str, issued_at: str
) -> Certificate:
    """Let a device admit its copy on its own terms; or let a copy say that it is one.

    A copy that is its own issuer waits until the centre admits it. `original` is the device's own
    certificate.
    """
    kept = {name: value for name, value in original.items() if name != "signature"}
    own = {"device": device, "key": key, "issued_at": issued_at, "issuer": issuer.public}
    return _signed_by(issuer, {**kept, **own})


def verify_chain(
    root: str,
    chain: Sequence[Certificate],
    *,
    dataset: str,
    admitted: Mapping[str, str] = _NOBODY,
) -> Certified:
    """Follow a chain from the root's public key (hex); raises `ChainError` where it breaks.

    `admitted` are the keys (hex) of devices that the centre let in by their ids: such a device
    may vouch for itself as a copy of the one before it. Raises `NotAdmitted` for one that does so
    and was not let in.
    """
    links = _follow(root, chain, dataset)
    if links[-1].kind == ENROLMENT:
        raise ChainError("no device at its end")
    _demand_admitted(links, admitted)
    return _certified(links)


def _demand_admitted(links: Sequence[_Statement], admitted: Mapping[str, str]) -> None:
    """Raise unless the centre let in each device that vouches for itself, or one that follows."""
    itself = [link.issuer == link.key for link in links]
    if not any(itself):
        return
    keys = [admitted.get(link.device) for link in links]
    if any(
        own and key not in (None, link.key)
        for own, key, link in zip(itself, keys, links, strict=True)
    ):
        raise ChainError("the id of another device")
    last = max((n for n, link in enumerate(links) if keys[n] == link.key), default=-1)
    if any(itself[last + 1 :]):
        raise NotAdmitted(_certified(links))


def verify_enrolment(root: str, certificate: Certificate, *, dataset: str) -> Certified:
    """Verify a one-use key's certificate; its `device` is `""`. Raises `ChainError`."""
    (link,) = _follow(root, [certificate], dataset)
    if link.kind != ENROLMENT:
        raise ChainError(f"{link.kind} for an enrolment key")
    return _certified([link])


def read_chain(chain: Sequence[Certificate], *, dataset: str) -> Certified:
    """Give what a chain says that was verified when it came; raises `ChainError` for none."""
    if not 0 < len(chain) <= LONGEST_CHAIN:
        raise ChainError(f"{len(chain)} certificates")
    return _certified([_read(certificate, dataset) for certificate in chain])


def _certified(links: Sequence[_Statement]) -> Certified:
    first, last = links[0], links[-1]
    return Certified(
        role=last.role,
        device=last.device,
        key=last.key,
        office=last.office,
        units=tuple(last.units),
        enrolment=first.key if first.kind == ENROLMENT else "",
        line=tuple(link.device for link in links if link.device),
        not_before=last.not_before or "",
        not_after=last.not_after or "",
        name=first.name,
    )


_MAY_ISSUE = frozenset(
    {
        ("root", CENTRE),
        (CENTRE, CENTRE),
        ("root", ENROLMENT),
        ("root", OFFICE),
        (ENROLMENT, CENTRE),
        (ENROLMENT, OFFICE),
        (OFFICE, OFFICE),
    }
)


def _follow(root: str, chain: Sequence[Certificate], dataset: str) -> list[_Statement]:
    """Read a chain and check that each link was signed by the one above, on the same terms.

    A device that follows another may also have signed for itself.
    """
    if not 0 < len(chain) <= LONGEST_CHAIN:
        raise ChainError(f"{len(chain)} certificates")
    links = [_read(certificate, dataset) for certificate in chain]
    issuer, above = root, "root"
    for link, certificate in zip(links, chain, strict=True):
        if (above, link.kind) not in _MAY_ISSUE:
            raise ChainError(f"{link.kind} issued by {above}")
        itself = above == link.kind and link.issuer == link.key
        if (link.issuer != issuer and not itself) or not _signed(certificate, link):
            raise ChainError(f"signature of {link.kind}")
        if _terms(link) != _terms(links[0]):
            raise ChainError("another office or other terms than its issuer")
        issuer, above = link.key, link.kind
    return links


def _terms(link: _Statement) -> tuple[object, ...]:
    """Give what may not change along a chain."""
    return (link.office, link.units, link.role, link.not_before, link.not_after)


def _issue(issuer: SigningKey, kind: str, body: Mapping[str, object], terms: Terms) -> Certificate:
    """Sign a certificate: of format 1, which every version reads, where its terms are the plain."""
    units = body["units"]
    assert isinstance(units, Collection)
    statement: dict[str, object] = {
        **body,
        "format": 1 if terms == _PLAIN[kind] else 2,
        "kind": kind,
        "units": sorted(units),
        "not_after": terms.not_after or None,
        "issuer": issuer.public,
    }
    if statement["format"] == 2:
        more = {"role": terms.role, "not_before": terms.not_before or None, "name": terms.name}
        statement.update(more)
    if terms.holds_root:
        statement["holds"] = "root"
    return _signed_by(issuer, statement)


def _signed_by(issuer: SigningKey, statement: dict[str, object]) -> Certificate:
    signature = issuer.sign(CERTIFICATE_TYPE, canonical(statement))
    return {**statement, "signature": signature.hex()}


def _read(certificate: Certificate, dataset: str) -> _Statement:
    """Read a certificate; whether it was signed is for `_follow` to say."""
    told = dict(certificate)
    if told.get("format") == 1:
        plain = _PLAIN.get(str(told.get("kind")), _PLAIN[OFFICE])
        told |= {"role": plain.role, "not_before": None, "name": ""}
        if told.get("not_after") is not None:
            raise ChainError("format 1 that ends")
    try:
        link = msgspec.convert(told, _Statement)
    except msgspec.ValidationError as error:
        raise ChainError(str(error)) from None
    if link.dataset != dataset:
        raise ChainError(f"dataset {link.dataset}")
    if (link.kind == ENROLMENT) != (not link.device):
        raise ChainError(f"{link.kind} of device {link.device}")
    planner = link.role == "planner"
    fits = link.kind == ENROLMENT or planner == (link.kind == CENTRE)
    if planner != (not link.office) or not fits:
        raise ChainError(f"{link.kind} of office {link.office} as {link.role}")
    return link


def _signed(certificate: Certificate, link: _Statement) -> bool:
    statement = {key: value for key, value in certificate.items() if key != "signature"}
    try:
        body = canonical(statement)
    except (TypeError, ValueError, RecursionError):
        return False
    check = _verified if len(body) <= _SHORT else verifies
    return check(link.issuer, bytes.fromhex(link.signature), CERTIFICATE_TYPE, body)


_SHORT = 4096
_verified = lru_cache(maxsize=2048)(verifies)
"""Certificates come again with every bundle, and are then known to hold."""
