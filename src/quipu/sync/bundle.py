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
from quipu.sync.manifest import BLOBS, OPS, Manifest, Part, ReadManifest
from quipu.sync.packing import pack, too_tight, unpack
from quipu.sync.signed import BundleWritten, check_parts, open_signed, write_signed
from quipu.sync.trust import Trust, judge_sender, judge_sessions

_KINDS = {"office": "office", "centre": "centre"}


@dataclass(frozen=True, slots=True)
class BundleRead:
    """A bundle of which everything was verified.

    `manifest_sha256` is its name. `blobs` has the length of each attachment by SHA-256; they stay
    in the file until `copy_blob` fetches them.
    """

    parcel: Parcel
    manifest_sha256: str
    sender: Certified
    blobs: Mapping[str, int]
    path: Path
    content: bytes | None = field(default=None, repr=False)

    def copy_blob(self, name: str, target: BinaryIO) -> None:
        """Copy an attachment into an open file, and verify it once more.

        Raises `BundleError` `bundle-damaged` when the file has changed since it was read; what
        was copied is then not to be used.
        """
        found = hashlib.sha256()
        with open_container(self.path, self.content) as container:
            for piece in container.pieces(BLOBS + name):
                found.update(piece)
                target.write(piece)
            if found.hexdigest() != name:
                raise container.refusal("bundle-damaged", part=BLOBS + name)


def write_bundle(
    path: Path,
    parcel: Parcel,
    *,
    key: SigningKey,
    chain: Sequence[Certificate],
    blobs: Mapping[str, Path],
) -> BundleWritten:
    """Write a parcel as a bundle, signed by its device's key, and read it back before it counts.

    `chain` are the device's certificates and `blobs` the files of the parcel's attachments by
    SHA-256. Keys of the parcel's `extra` go into the manifest as they are. Raises as
    `write_signed` does, `BundleError` `bundle-too-large` for more than a reader takes, and
    `ValueError` for a value that no reader would take.
    """
    plain, packed = _packed(parcel, path.name)
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
    trust = Trust(parcel.dataset, frozenset({parcel.audience}), str(chain[0]["issuer"]))

    def verify(written: Path) -> None:
        _same(read_bundle(written, trust=trust).parcel, parcel)

    return write_signed(
        path, manifest=_said(parcel, key, chain), parts=parts, key=key, verify=verify
    )


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
    return BundleRead(
        parcel=_parcel(manifest, letter, tuple(blobs)),
        manifest_sha256=manifest.sha256,
        sender=sender,
        blobs=blobs,
        path=path,
        content=content,
    )


def read_name(path: Path, *, trust: Trust) -> str:
    """Give the SHA-256 of a bundle's manifest, of which signature and sender were verified.

    Nothing else of it was, so that it is only good for knowing a bundle again. Raises
    `BundleError` as `read_bundle` does.
    """
    with open_container(path) as container:
        return _signed(container, trust)[0].sha256


def _signed(container: Container, trust: Trust) -> tuple[ReadManifest, Certified]:
    """Read the signed words of a bundle and judge who says them."""
    opened = open_signed(container)
    manifest = opened.manifest
    if manifest.said.kind == "enrolment":
        raise container.refusal("bundle-is-an-enrolment")
    if manifest.said.kind not in _KINDS:
        raise container.refusal("bundle-too-new", needs=manifest.said.kind)
    sender = judge_sender(manifest, opened.body, opened.signature, trust, container.refusal)
    if sender.side != _KINDS[manifest.said.kind]:
        raise container.refusal("bundle-lies")
    return manifest, sender


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
        "requires": sorted(manifests.KNOWN_REQUIREMENTS),
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
