"""The file by which the centre admits an office: who is who, a one-use key, the first parcel."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from quipu.domain.parcel import DeviceInfo, Parcel
from quipu.sync import manifest as manifests
from quipu.sync import words
from quipu.sync.bundle import BundleRead, read_bundle, write_bundle
from quipu.sync.canonical import sha256
from quipu.sync.certificates import (
    Certificate,
    ChainError,
    certify_enrolment,
    certify_office,
    verify_enrolment,
)
from quipu.sync.container import Container, open_container
from quipu.sync.keys import SigningKey, new_key
from quipu.sync.limits import PLAIN
from quipu.sync.manifest import Part
from quipu.sync.signed import BundleWritten, check_parts, open_signed, write_signed
from quipu.sync.trust import Trust, judge_sender

KIND = "enrolment"
FIRST = "first.quipu"
"""The centre's first bundle for the office, inside the enrolment file."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an office's computer learns from its enrolment file, all of it verified.

    `units` are the office's units by item id with their names. `root` is the centre's root public
    key in hex, `centre` the device that wrote the file. `one_use` may admit one device, as
    `certificate` says. `first` is the centre's first bundle for the office.
    """

    dataset: str
    institution: str
    office: str
    office_name: str
    units: Mapping[str, str]
    root: str
    centre: DeviceInfo
    certificate: Certificate
    one_use: SigningKey
    first: BundleRead


class _Named(msgspec.Struct, frozen=True):
    id: words.Uuid
    name: words.Name


class _Words(msgspec.Struct, frozen=True, kw_only=True):
    """The enrolment's own words in the manifest; `sealed` is the secret under a code."""

    institution: words.Name
    office: _Named
    units: Annotated[list[_Named], Meta(max_length=10_000)]
    root: words.Key
    certificate: dict[str, object]
    secret: words.Key | None
    sealed: dict[str, object] | None


def write_enrolment(
    path: Path,
    first: Parcel,
    *,
    institution: str,
    office_name: str,
    units: Mapping[str, str],
    root: SigningKey,
    key: SigningKey,
    chain: Sequence[Certificate],
    blobs: Mapping[str, Path],
) -> BundleWritten:
    """Write the file with which one computer of an office may join.

    `first` is the centre's first parcel; its audience is the office. `units` are the office's, by
    item id with their names. `root` certifies a new one-use key; `key` and `chain` are the centre
    device's. Raises as `write_bundle` does.
    """
    one_use = new_key()
    with tempfile.TemporaryDirectory() as folder:
        inner = Path(folder) / FIRST
        write_bundle(inner, first, key=key, chain=chain, blobs=blobs)
        body = inner.read_bytes()
    own_words = _Words(
        institution=institution,
        office=_Named(first.audience, office_name),
        units=[_Named(unit, name) for unit, name in sorted(units.items())],
        root=root.public,
        certificate=dict(_certified(root, one_use, first, units)),
        secret=one_use.secret(),
        sealed=None,
    )
    said = _manifest(first, key.public, chain, own_words)
    part = Part(name=FIRST, bytes=len(body), sha256=sha256(body))
    return write_signed(path, manifest=said, parts=[(part, body)], key=key, verify=_check)


def _certified(
    root: SigningKey, one_use: SigningKey, first: Parcel, units: Mapping[str, str]
) -> Certificate:
    return certify_enrolment(
        root,
        dataset=first.dataset,
        key=one_use.public,
        office=first.audience,
        units=units,
        issued_at=first.made_at,
    )


def _manifest(
    first: Parcel, key: str, chain: Sequence[Certificate], own_words: _Words
) -> dict[str, object]:
    """Give what the enrolment file says of itself; it stands in no line of bundles."""
    return {
        "format": manifests.FORMAT,
        "requires": sorted(manifests.KNOWN_REQUIREMENTS),
        "kind": KIND,
        "dataset": first.dataset,
        "audience": first.audience,
        "office": "",
        "device": first.device,
        "key": key,
        "chain": [dict(link) for link in chain],
        "seq": 0,
        "prev": "",
        "made_at": first.made_at,
        "min_reader": manifests.READER,
        "encryption": None,
        "relay": [],
        "acks": [],
        KIND: msgspec.to_builtins(own_words),
    }


def read_enrolment(path: Path) -> Enrolment:
    """Read an enrolment file, verifying everything before anything is given.

    Raises `BundleError` with `file` and a code: those of `read_bundle`, `not-an-enrolment`, and
    `enrolment-sealed` for one that needs a code.
    """
    with open_container(path) as container:
        opened = open_signed(container)
        manifest = opened.manifest
        if manifest.said.kind != KIND:
            raise container.refusal("not-an-enrolment")
        found = _words(container, manifest.extra)
        if found.sealed is not None or found.secret is None:
            raise container.refusal("enrolment-sealed")
        dataset = manifest.said.dataset
        trust = Trust(dataset, frozenset({found.office.id}), found.root)
        sender = judge_sender(manifest, opened.body, opened.signature, trust, container.refusal)
        parts = check_parts(container, manifest)
        if sender.role != "centre" or FIRST not in parts:
            raise container.refusal("bundle-lies")
        one_use = _one_use(container, found, dataset)
        first = read_bundle(path, trust=trust, content=container.read(FIRST, 2 * PLAIN))
        if first.sender.role != "centre":
            raise container.refusal("bundle-lies")
    return Enrolment(
        dataset=dataset,
        institution=found.institution,
        office=found.office.id,
        office_name=found.office.name,
        units={unit.id: unit.name for unit in found.units},
        root=found.root,
        centre=DeviceInfo(sender.device, "", sender.key, tuple(manifest.said.chain)),
        certificate=found.certificate,
        one_use=one_use,
        first=first,
    )


def admit(enrolment: Enrolment, *, device: str, key: str, issued_at: str) -> DeviceInfo:
    """Certify a new device of the office, by its id and public key (hex), with the one-use key."""
    certificate = certify_office(
        enrolment.one_use,
        dataset=enrolment.dataset,
        device=device,
        key=key,
        office=enrolment.office,
        units=enrolment.units,
        issued_at=issued_at,
    )
    return DeviceInfo(device, enrolment.office, key, (enrolment.certificate, certificate))


def _check(written: Path) -> None:
    read_enrolment(written)


def _words(container: Container, extra: Mapping[str, object]) -> _Words:
    try:
        return msgspec.convert(extra.get(KIND), _Words)
    except msgspec.ValidationError as error:
        raise container.refusal("bundle-damaged", part="manifest.json") from error


def _one_use(container: Container, found: _Words, dataset: str) -> SigningKey:
    """Give the one-use key, once it is known that the root certified it for these units."""
    try:
        certified = verify_enrolment(found.root, found.certificate, dataset=dataset)
        key = SigningKey.from_secret(found.secret or "")
    except (ChainError, ValueError) as error:
        raise container.refusal("bundle-lies") from error
    units = tuple(sorted(unit.id for unit in found.units))
    if (certified.key, certified.office, certified.units) != (key.public, found.office.id, units):
        raise container.refusal("bundle-lies")
    return key
