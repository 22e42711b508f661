"""Bundles: a parcel of revisions in a signed container, believed only when all was verified."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from quipu.domain.errors import BundleError, WorkspaceError
from quipu.domain.parcel import Acknowledgement, Parcel
from quipu.sync import manifest as manifests
from quipu.sync.canonical import sha256
from quipu.sync.certificates import Certificate, Certified
from quipu.sync.container import Container, open_container
from quipu.sync.keys import SigningKey
from quipu.sync.letter import Letter, LetterError, read_letter, write_letter
from quipu.sync.limits import PLAIN, RATIO
from quipu.sync.manifest import BLOBS, OPS, RELAYED, Manifest, Part, ReadManifest
from quipu.sync.packing import pack, too_tight, unpack
from quipu.sync.signed import BundleWritten, check_parts, open_signed, write_signed
from quipu.sync.trust import Trust, judge_sender, judge_sessions

KINDS = frozenset({"office", "centre", "relay"})
"""Whose bundle it is by its side; `relay` is of either side and encloses bundles of others."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A bundle that travels inside another, whose bytes nobody has judged yet.

    `sha256` is that of the file, `file` the name that it had.
    """

    sha256: str
    bytes: int
    file: str


@dataclass(frozen=True, slots=True)
class BundleRead:
    """A bundle of which everything was verified.

    `manifest_sha256` is its name. `blobs` has the length of each attachment by SHA-256; they stay
    in the file until `copy_blob` fetches them, as do the bundles that it encloses.
    """

    parcel: Parcel
    manifest_sha256: str
    sender: Certified
    blobs: Mapping[str, int]
    path: Path
    content: bytes | None = field(default=None, repr=False)
    enclosed: tuple[Enclosed, ...] = ()

    def copy_blob(self, name: str, target: BinaryIO) -> None:
        """Copy an attachment into an open file, and verify it once more.

        Raises `BundleError` `bundle-damaged` when the file has changed since it was read; what
        was copied is then not to be used.
        """
        self._copy(BLOBS + name, name, target)

    def copy_enclosed(self, one: Enclosed, target: BinaryIO) -> None:
        """Copy a bundle that travels along into an open file, as `copy_blob` does."""
        self._copy(RELAYED + one.sha256, one.sha256, target)

    def _copy(self, part: str, sha256: str, target: BinaryIO) -> None:
        found = hashlib.sha256()
        with open_container(self.path, self.content) as container:
            for piece in container.pieces(part):
                found.update(piece)
                target.write(piece)
            if found.hexdigest() != sha256:
                raise container.refusal("bundle-damaged", part=part)


def write_bundle(
    path: Path,
    parcel: Parcel,
    *,
    key: SigningKey,
    chain: Sequence[Certificate],
    blobs: Mapping[str, Path],
    enclosed: Sequence[tuple[Enclosed, Path]] = (),
) -> BundleWritten:
    """Write a parcel as a bundle, signed by its device's key, and read it back before it counts.

    `chain` are the device's certificates and `blobs` the files of the parcel's attachments by
    SHA-256, `enclosed` are bundles of others that travel along unchanged, with where they lie.
    Keys of the parcel's `extra` go into the manifest as they are. Raises as `write_signed` does,
    `BundleError` `bundle-too-large` for more than a reader takes, and `ValueError` for a value
    that no reader would take.
    """
    parts = _parts(parcel, path.name, blobs, enclosed)
    trust = _own_trust(parcel, chain)
    said = _said(parcel, key, chain) | (_relay(enclosed) if enclosed else {})

    def verify(written: Path) -> None:
        _same(read_bundle(written, trust=trust).parcel, parcel)

    return write_signed(path, manifest=said, parts=parts, key=key, verify=verify)


def _own_trust(parcel: Parcel, chain: Sequence[Certificate]) -> Trust:
    """Give the trust of a reader who knows of every device on board that it was let in."""
    admitted = {one.id: one.key for one in parcel.devices}
    root = str(chain[0]["issuer"])
    return Trust(parcel.dataset, frozenset({parcel.audience}), root, admitted=admitted)


def read_bundle(path: Path, *, trust: Trust, content: bytes | None = None) -> BundleRead:
    """Read a bundle, verifying everything before anything is given.

    `content` are its bytes where it lies inside another file, which `path` then names.

    Raises `BundleError` with `file` and the code of the refusal: those of `open_container`,
    `open_signed`, `judge_sender`, `judge_sessions` and `check_parts`, and
    `bundle-is-an-enrolment`.
    """
    with open_container(path, content) as container:
        manifest, sender = _signed(container, trust)
        parts = check_parts(container, manifest)
        letter = _letter(container, parts)
        judge_sessions(letter, sender, trust, container.refusal)
        blobs = _blobs(container, parts)
        enclosed = _enclosed(container, manifest.said, parts)
    return BundleRead(
        parcel=_parcel(manifest, letter, tuple(blobs)),
        manifest_sha256=manifest.sha256,
        sender=sender,
        blobs=blobs,
        path=path,
        content=content,
        enclosed=enclosed,
    )


def _signed(container: Container, trust: Trust) -> tuple[ReadManifest, Certified]:
    """Read the signed words of a bundle and judge who says them."""
    opened = open_signed(container)
    manifest = opened.manifest
    if manifest.said.kind == "enrolment":
        raise container.refusal("bundle-is-an-enrolment")
    if manifest.said.kind not in KINDS:
        raise container.refusal("bundle-too-new", needs=manifest.said.kind)
    sender = judge_sender(manifest, opened.body, opened.signature, trust, container.refusal)
    if manifest.said.kind not in (sender.side, "relay"):
        raise container.refusal("bundle-lies")
    return manifest, sender


def _parts(
    parcel: Parcel,
    file: str,
    blobs: Mapping[str, Path],
    enclosed: Sequence[tuple[Enclosed, Path]],
) -> list[tuple[Part, bytes | Path]]:
    """Give the parts of a bundle, with their content or where it lies."""
    plain, packed = _packed(parcel, file)
    ops = Part(
        name=OPS,
        bytes=len(packed),
        sha256=sha256(packed),
        plain_bytes=len(plain),
        plain_sha256=sha256(plain),
        rows=len(parcel.revisions),
    )
    parts: list[tuple[Part, bytes | Path]] = [(ops, packed)]
    for name in sorted(parcel.blobs):
        source = blobs[name]
        if not source.is_file():
            raise WorkspaceError("attachment-damaged", file=str(source))
        size = source.stat().st_size
        parts.append((Part(name=BLOBS + name, bytes=size, sha256=name), source))
    for one, source in enclosed:
        part = Part(name=RELAYED + one.sha256, bytes=one.bytes, sha256=one.sha256)
        parts.append((part, source))
    return parts


def _packed(parcel: Parcel, file: str) -> tuple[bytes, bytes]:
    plain = write_letter(parcel)
    packed = pack(plain)
    if too_tight(len(packed), len(plain)) and len(plain) <= PLAIN:
        plain = write_letter(parcel, padding=4 * len(plain) // RATIO)
        packed = pack(plain)
    if too_tight(len(packed), len(plain)):
        raise BundleError("bundle-too-large", file=file, part=OPS)
    return plain, packed


def _said(parcel: Parcel, key: SigningKey, chain: Sequence[Certificate]) -> dict[str, object]:
    """Give the manifest of a parcel, without its parts."""
    own: dict[str, object] = {
        "format": manifests.FORMAT,
        "requires": sorted(manifests.BASIC_REQUIREMENTS),
        "kind": "office" if parcel.office else "centre",
        "dataset": parcel.dataset,
        "audience": parcel.audience,
        "office": parcel.office,
        "device": parcel.device,
        "key": key.public,
        "chain": [dict(certificate) for certificate in chain],
        "seq": parcel.seq,
        "prev": parcel.prev,
        "made_at": parcel.made_at,
        "min_reader": manifests.READER,
        "encryption": None,
        "relay": [],
        "acks": [
            {"device": ack.device, "seq": ack.seq, "manifest": ack.manifest}
            for ack in parcel.acknowledgements
        ],
    }
    clash = parcel.extra.keys() & set(Manifest.__struct_fields__)
    if clash:
        raise ValueError(f"keys of the manifest itself: {sorted(clash)}")
    return dict(parcel.extra) | own


def _relay(enclosed: Sequence[tuple[Enclosed, Path]]) -> dict[str, object]:
    """Give what the manifest of a bundle that encloses others says otherwise."""
    return {
        "kind": "relay",
        "requires": sorted(manifests.KNOWN_REQUIREMENTS),
        "relay": [{"part": RELAYED + one.sha256, "file": one.file} for one, _ in enclosed],
    }


def _same(found: Parcel, meant: Parcel) -> None:
    """Make sure that what was read back is what was meant; anything else is a mistake of ours."""
    alike = replace(meant, extra=found.extra, blobs=found.blobs)
    if found != alike or set(found.blobs) != set(meant.blobs):
        raise ValueError("the parcel does not survive being written")


def _letter(container: Container, parts: Mapping[str, Part]) -> Letter:
    part = parts.get(OPS)
    if part is None or part.plain_bytes is None or part.plain_sha256 is None or part.rows is None:
        raise container.refusal("bundle-lies")
    if too_tight(part.bytes, part.plain_bytes):
        raise container.refusal("bundle-too-large", part=OPS)
    plain = unpack(container.read(OPS, PLAIN), part.plain_bytes)
    if plain is None or sha256(plain) != part.plain_sha256:
        raise container.refusal("bundle-lies")
    try:
        letter = read_letter(plain)
    except LetterError as error:
        raise container.refusal("bundle-lies") from error
    if len(letter.revisions) != part.rows:
        raise container.refusal("bundle-lies")
    return letter


def _blobs(container: Container, parts: Mapping[str, Part]) -> dict[str, int]:
    blobs = {
        name.removeprefix(BLOBS): part.bytes
        for name, part in parts.items()
        if name.startswith(BLOBS)
    }
    if any(parts[BLOBS + name].sha256 != name for name in blobs):
        raise container.refusal("bundle-lies")
    return blobs


def _enclosed(
    container: Container, said: Manifest, parts: Mapping[str, Part]
) -> tuple[Enclosed, ...]:
    found = []
    for one in said.relay:
        part = parts.get(one.part)
        if part is None or one.part != RELAYED + part.sha256:
            raise container.refusal("bundle-lies")
        found.append(Enclosed(part.sha256, part.bytes, one.file))
    return tuple(found)


def _parcel(manifest: ReadManifest, letter: Letter, blobs: tuple[str, ...]) -> Parcel:
    said = manifest.said
    return Parcel(
        dataset=said.dataset,
        audience=said.audience,
        office=said.office,
        device=said.device,
        seq=said.seq,
        prev=said.prev,
        made_at=said.made_at,
        revisions=letter.revisions,
        sessions=letter.sessions,
        devices=letter.devices,
        acknowledgements=tuple(
            Acknowledgement(ack.device, ack.seq, ack.manifest) for ack in said.acks
        ),
        have=letter.have,
        blobs=blobs,
        extra=manifest.extra,
    )
