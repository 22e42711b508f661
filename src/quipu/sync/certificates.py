"""Who may speak for whom: chains of signed certificates, from the centre's root key down."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from quipu.sync.canonical import CERTIFICATE_TYPE, canonical
from quipu.sync.keys import SigningKey, verifies
from quipu.sync.words import DeviceOrBlank, Key, Moment, Signature, Uuid, UuidOrBlank

Role = Literal["centre", "office"]
Certificate = Mapping[str, object]
"""A JSON object: kind, dataset, subject and issuer keys, device, office, units, times, signature.

Unknown keys are signed like the known ones, and kept.
"""

CENTRE, ENROLMENT, OFFICE = "centre-device", "enrolment-key", "office-device"
LONGEST_CHAIN = 8


class ChainError(Exception):
    """A chain of certificates that does not lead from the root to the device; says why."""


@dataclass(frozen=True, slots=True)
class Certified:
    """What a chain says of its last key: the device, its side, its office and units.

    `enrolment` is the one-use key by which its office was admitted, `""` at the centre. `line`
    has the devices of the chain, the certified one last: a copy follows its original.
    """

    role: Role
    device: str
    key: str
    office: str
    units: tuple[str, ...]
    enrolment: str
    line: tuple[str, ...]


class _Statement(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a certificate that this version understands."""

    format: int
    kind: str
    dataset: Uuid
    key: Key
    issuer: Key
    device: DeviceOrBlank
    office: UuidOrBlank
    units: list[Uuid]
    issued_at: Moment
    not_after: None
    signature: Signature


def certify_centre(
    root: SigningKey, *, dataset: str, device: str, key: str, issued_at: str
) -> Certificate:
    """Let the root (or a centre's device, for its copy) admit a device of the centre."""
    return _issue(
        root,
        kind=CENTRE,
        dataset=dataset,
        device=device,
        key=key,
        office="",
        units=(),
        issued_at=issued_at,
    )


def certify_enrolment(
    root: SigningKey,
    *,
    dataset: str,
    key: str,
    office: str,
    units: Collection[str],
    issued_at: str,
) -> Certificate:
    """Let the root admit a one-use key that may admit one device of an office with these units."""
    return _issue(
        root,
        kind=ENROLMENT,
        dataset=dataset,
        device="",
        key=key,
        office=office,
        units=units,
        issued_at=issued_at,
    )


def certify_office(
    issuer: SigningKey,
    *,
    dataset: str,
    device: str,
    key: str,
    office: str,
    units: Collection[str],
    issued_at: str,
) -> Certificate:
    """Let a one-use key (or an office's device, for its copy) admit a device of the office."""
    return _issue(
        issuer,
        kind=OFFICE,
        dataset=dataset,
        device=device,
        key=key,
        office=office,
        units=units,
        issued_at=issued_at,
    )


def verify_chain(root: str, chain: Sequence[Certificate], *, dataset: str) -> Certified:
    """Follow a chain from the root's public key (hex); raises `ChainError` where it breaks."""
    links = _follow(root, chain, dataset)
    last = links[-1]
    if last.kind == ENROLMENT:
        raise ChainError("no device at its end")
    return Certified(
        role="centre" if last.kind == CENTRE else "office",
        device=last.device,
        key=last.key,
        office=last.office,
        units=tuple(last.units),
        enrolment=links[0].key if links[0].kind == ENROLMENT else "",
        line=tuple(link.device for link in links if link.device),
    )


def verify_enrolment(root: str, certificate: Certificate, *, dataset: str) -> Certified:
    """Verify a one-use key's certificate; its `device` is `""`. Raises `ChainError`."""
    (link,) = _follow(root, [certificate], dataset)
    if link.kind != ENROLMENT:
        raise ChainError(f"{link.kind} for an enrolment key")
    return Certified(
        role="office",
        device="",
        key=link.key,
        office=link.office,
        units=tuple(link.units),
        enrolment=link.key,
        line=(),
    )


_MAY_ISSUE = frozenset(
    {
        ("root", CENTRE),
        (CENTRE, CENTRE),
        ("root", ENROLMENT),
        (ENROLMENT, OFFICE),
        (OFFICE, OFFICE),
    }
)


def _follow(root: str, chain: Sequence[Certificate], dataset: str) -> list[_Statement]:
    """Read a chain and check that each link was signed by the one above, for the same office."""
    if not 0 < len(chain) <= LONGEST_CHAIN:
        raise ChainError(f"{len(chain)} certificates")
    links = [_read(certificate, dataset) for certificate in chain]
    issuer, above = root, "root"
    for link, certificate in zip(links, chain, strict=True):
        if (above, link.kind) not in _MAY_ISSUE:
            raise ChainError(f"{link.kind} issued by {above}")
        if link.issuer != issuer or not _signed(certificate, link):
            raise ChainError(f"signature of {link.kind}")
        if (link.office, link.units) != (links[0].office, links[0].units):
            raise ChainError("another office or other units than its issuer")
        issuer, above = link.key, link.kind
    if (links[0].kind == CENTRE) != (not links[0].office):
        raise ChainError(f"{links[0].kind} of office {links[0].office}")
    return links


def _issue(
    issuer: SigningKey,
    *,
    kind: str,
    dataset: str,
    device: str,
    key: str,
    office: str,
    units: Collection[str],
    issued_at: str,
) -> Certificate:
    statement: dict[str, object] = {
        "format": 1,
        "kind": kind,
        "dataset": dataset,
        "device": device,
        "key": key,
        "office": office,
        "units": sorted(units),
        "issued_at": issued_at,
        "not_after": None,
        "issuer": issuer.public,
    }
    signature = issuer.sign(CERTIFICATE_TYPE, canonical(statement))
    return {**statement, "signature": signature.hex()}


def _read(certificate: Certificate, dataset: str) -> _Statement:
    try:
        link = msgspec.convert(dict(certificate), _Statement)
    except msgspec.ValidationError as error:
        raise ChainError(str(error)) from None
    if link.format != 1:
        raise ChainError(f"format {link.format}")
    if link.dataset != dataset:
        raise ChainError(f"dataset {link.dataset}")
    if (link.kind == ENROLMENT) != (not link.device):
        raise ChainError(f"{link.kind} of device {link.device}")
    return link


def _signed(certificate: Certificate, link: _Statement) -> bool:
    statement = {key: value for key, value in certificate.items() if key != "signature"}
    try:
        body = canonical(statement)
    except (TypeError, ValueError, RecursionError):
        return False
    return verifies(link.issuer, bytes.fromhex(link.signature), CERTIFICATE_TYPE, body)
