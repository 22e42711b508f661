"""The file by which the centre admits a computer: who is who, a one-use key, the first parcel."""

import secrets
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    Certified,
    ChainError,
    Role,
    Terms,
    certify_centre,
    certify_enrolment,
    certify_office,
    verify_enrolment,
)
from quipu.sync.closed import closed_content, write_closed
from quipu.sync.container import Container, open_container
from quipu.sync.keys import SigningKey, new_key
from quipu.sync.limits import PLAIN
from quipu.sync.manifest import Part
from quipu.sync.sealed import Randomness
from quipu.sync.signed import BundleWritten, check_parts, open_signed, write_signed
from quipu.sync.trust import Trust, judge_sender

KIND = "enrolment"
FIRST = "first.quipu"
"""The centre's first bundle for whoever joins, inside the enrolment file."""

AN_OFFICE = Terms("office")
_Keys = tuple[SigningKey, SigningKey | None]
_CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Admission:
    """Whom an enrolment file admits, and what it tells and gives to them.

    `name` is the office's, or what the centre calls a planner's device. `units` are the office's,
    by item id with their names. `mailbox` are the versions of the mailbox's secret (hex), and
    `root` is the root key where a planner shall hold a copy: of nobody's business but planners'.
    """

    institution: str
    name: str
    units: Mapping[str, str]
    terms: Terms = AN_OFFICE
    mailbox: Mapping[int, str] = field(default_factory=dict, repr=False)
    root: SigningKey | None = None


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What a computer learns from its enrolment file, all of it verified.

    `office` and `office_name` are `""` and a planner's name at the centre. `units` are the
    office's units by item id with their names. `root` is the centre's root public
    key in hex, `centre` the device that wrote the file. `one_use` may admit one device, as
    `certificate` says, on the terms of `role`. `first` is the centre's first bundle for it.
    `mailbox` and `root_key` are a planner's, see `Admission`.
    """

    dataset: str
    institution: str
    office: str
    office_name: str
    units: Mapping[str, str]
    root: str
    centre: DeviceInfo
    certificate: Certificate
    terms: Terms
    one_use: SigningKey
    first: BundleRead
    mailbox: Mapping[int, str] = field(default_factory=dict, repr=False)
    root_key: SigningKey | None = None

    @property
    def role(self) -> Role:
        """What the device that joins is for."""
        return self.terms.role


class _Named(msgspec.Struct, frozen=True):
    id: words.Uuid
    name: words.Name


class _Words(msgspec.Struct, frozen=True, kw_only=True):
    """The enrolment's own words in the manifest; `sealed` is the place for another way to close.

    A planner's have no office but `planner`, its name.
    """

    institution: words.Name
    office: _Named | None
    units: Annotated[list[_Named], Meta(max_length=10_000)]
    root: words.Key
    certificate: dict[str, object]
    secret: words.Key | None
    sealed: dict[str, object] | None
    planner: words.Name | None = None
    mailbox: Annotated[dict[words.Version, words.Key], Meta(max_length=1_000)] = {}
    root_secret: words.Key | None = None

    @property
    def audience(self) -> str:
        """Whom the file is for: an office's item, or the centre."""
        return self.office.id if self.office is not None else _CENTRE


def write_enrolment(
    path: Path,
    first: Parcel,
    *,
    admission: Admission,
    root: SigningKey,
    key: SigningKey,
    chain: Sequence[Certificate],
    blobs: Mapping[str, Path],
    code: str | None = None,
    randomness: Randomness = secrets.token_bytes,
) -> BundleWritten:
    """Write the file with which one computer may join, closed with a code where one is given.

    `first` is the centre's first parcel; its audience is the office, or the centre for a
    planner. `root` certifies a new one-use key; `key` and `chain` are the centre device's. Gives
    the name and length of what is inside. Raises as `write_bundle` does.
    """
    with tempfile.TemporaryDirectory() as folder:
        inner = Path(folder) / FIRST
        write_bundle(inner, first, key=key, chain=chain, blobs=blobs)
        body = inner.read_bytes()
        own_words = _told(first, admission, root, new_key())
        said = _manifest(first, key.public, chain, own_words)
        part = (Part(name=FIRST, bytes=len(body), sha256=sha256(body)), body)
        whole = path if code is None else Path(folder) / path.name
        written = write_signed(whole, manifest=said, parts=[part], key=key, verify=_check)
        if code is not None:
            write_closed(path, whole.read_bytes(), code, read_enrolment, randomness)
    return written


def _told(first: Parcel, admission: Admission, root: SigningKey, one_use: SigningKey) -> _Words:
    """Give the enrolment's own words, with the one-use key that the root certifies."""
    planner = admission.terms.role == "planner"
    office = "" if planner else first.audience
    certificate = certify_enrolment(
        root,
        dataset=first.dataset,
        key=one_use.public,
        office=office,
        units=admission.units,
        issued_at=first.made_at,
        terms=admission.terms,
    )
    given = admission.root
    return _Words(
        institution=admission.institution,
        office=None if planner else _Named(office, admission.name),
        units=[_Named(unit, name) for unit, name in sorted(admission.units.items())],
        root=root.public,
        certificate=dict(certificate),
        secret=one_use.secret(),
        sealed=None,
        planner=admission.name if planner else None,
        mailbox={str(version): key for version, key in admission.mailbox.items()},
        root_secret=None if given is None else given.secret(),
    )


def _manifest(
    first: Parcel, key: str, chain: Sequence[Certificate], own_words: _Words
) -> dict[str, object]:
    """Give what the enrolment file says of itself; it stands in no line of bundles."""
    return {
        "format": manifests.FORMAT,
        "requires": sorted(manifests.BASIC_REQUIREMENTS),
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


def read_enrolment(path: Path, code: str | None = None) -> Enrolment:
    """Read an enrolment file, verifying everything before anything is given.

    Raises `BundleError` with `file` and a code: those of `read_bundle`, `not-an-enrolment`,
    `enrolment-code-missing` and `enrolment-code-wrong` for one that is closed with a code, and
    `enrolment-sealed` for one that only a newer version opens.
    """
    content = closed_content(path, code)
    with open_container(path, content) as container:
        opened = open_signed(container)
        manifest = opened.manifest
        if manifest.said.kind != KIND:
            raise container.refusal("not-an-enrolment")
        found = _words(container, manifest.extra)
        if found.sealed is not None or found.secret is None:
            raise container.refusal("enrolment-sealed")
        dataset = manifest.said.dataset
        trust = Trust(dataset, frozenset({found.audience}), found.root)
        sender = judge_sender(manifest, opened.body, opened.signature, trust, container.refusal)
        parts = check_parts(container, manifest)
        if sender.side != "centre" or FIRST not in parts:
            raise container.refusal("bundle-lies")
        one_use, certified = _one_use(container, found, dataset)
        keys = (one_use, _root_key(container, found))
        first = read_bundle(path, trust=trust, content=container.read(FIRST, 2 * PLAIN))
        if first.sender.side != "centre":
            raise container.refusal("bundle-lies")
    centre = DeviceInfo(sender.device, "", sender.key, tuple(manifest.said.chain))
    return _learnt(found, centre, certified, keys, first)


def _learnt(
    found: _Words, centre: DeviceInfo, certified: Certified, keys: _Keys, first: BundleRead
) -> Enrolment:
    return Enrolment(
        dataset=first.parcel.dataset,
        institution=found.institution,
        office=certified.office,
        office_name=found.office.name if found.office is not None else found.planner or "",
        units={unit.id: unit.name for unit in found.units},
        root=found.root,
        centre=centre,
        certificate=found.certificate,
        terms=Terms(certified.role, certified.not_before, certified.not_after, certified.name),
        one_use=keys[0],
        first=first,
        mailbox={int(version): key for version, key in found.mailbox.items()},
        root_key=keys[1],
    )


def admit(enrolment: Enrolment, *, device: str, key: str, issued_at: str) -> DeviceInfo:
    """Certify a new device, by its id and public key (hex), with the one-use key.

    Who is given the root key is certified by that.
    """
    who = {"dataset": enrolment.dataset, "device": device, "key": key, "issued_at": issued_at}
    if enrolment.root_key is not None:
        terms = replace(enrolment.terms, holds_root=True)
        certificate = certify_centre(enrolment.root_key, terms=terms, **who)
        return DeviceInfo(device, "", key, (certificate,))
    if enrolment.role == "planner":
        certificate = certify_centre(enrolment.one_use, terms=enrolment.terms, **who)
    else:
        certificate = certify_office(
            enrolment.one_use,
            office=enrolment.office,
            units=enrolment.units,
            terms=enrolment.terms,
            **who,
        )
    return DeviceInfo(device, enrolment.office, key, (enrolment.certificate, certificate))


def _check(written: Path) -> None:
    read_enrolment(written)


def _words(container: Container, extra: Mapping[str, object]) -> _Words:
    try:
        return msgspec.convert(extra.get(KIND), _Words)
    except msgspec.ValidationError as error:
        raise container.refusal("bundle-damaged", part="manifest.json") from error


def _one_use(container: Container, found: _Words, dataset: str) -> tuple[SigningKey, Certified]:
    """Give the one-use key, once it is known that the root certified it for these units."""
    try:
        certified = verify_enrolment(found.root, found.certificate, dataset=dataset)
        key = SigningKey.from_secret(found.secret or "")
    except (ChainError, ValueError) as error:
        raise container.refusal("bundle-lies") from error
    units = tuple(sorted(unit.id for unit in found.units))
    told = (key.public, certified.office or _CENTRE, units)
    if (certified.key, found.audience, certified.units) != told:
        raise container.refusal("bundle-lies")
    return key, certified


def _root_key(container: Container, found: _Words) -> SigningKey | None:
    """Give the root key where the file holds a copy, once it is known to be the root's."""
    if found.root_secret is None:
        return None
    key = SigningKey.from_secret(found.root_secret)
    if key.public != found.root:
        raise container.refusal("bundle-lies")
    return key
