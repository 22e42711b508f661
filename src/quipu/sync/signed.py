"""Signed containers, whatever they carry: written whole and verified, or refused as a whole."""

import hashlib
import os
import zipfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from quipu.disk import forget, replacing
from quipu.domain.errors import BundleError, InputError, WorkspaceError
from quipu.sync import container as containers
from quipu.sync import manifest as manifests
from quipu.sync.canonical import MANIFEST_TYPE, canonical, sha256
from quipu.sync.container import Container
from quipu.sync.keys import SigningKey
from quipu.sync.limits import MANIFEST
from quipu.sync.manifest import Part, ReadManifest

_PIECE = 1024 * 1024
_FRAME = (containers.ROUTE, containers.MANIFEST, containers.SIGNATURE)


@dataclass(frozen=True, slots=True)
class BundleWritten:
    """A file that was written and read back: the name of its manifest, and its length in bytes."""

    manifest_sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Opened:
    """The signed words of a container, not yet judged, and the bytes that were signed."""

    manifest: ReadManifest
    body: bytes
    signature: bytes


def write_signed(
    path: Path,
    *,
    manifest: Mapping[str, object],
    parts: Sequence[tuple[Part, bytes | Path]],
    key: SigningKey,
    verify: Callable[[Path], None],
) -> BundleWritten:
    """Write a container beside `path`, read it back with `verify`, and let it take its place.

    Raises `InputError` `file-not-written` (file, reason) or `file-not-verified` (file, found),
    `BundleError` `bundle-too-large`, and `WorkspaceError` `attachment-damaged` (file) for an
    attachment that is not what it was.
    """
    said = dict(manifest) | {"parts": [_told(part) for part, _ in parts]}
    body = canonical(said)
    route = manifests.route(str(said["kind"]), str(said["dataset"]), str(said["audience"]))
    frame = zip(_FRAME, (route, body, key.sign(MANIFEST_TYPE, body)), strict=True)
    try:
        with replacing(path) as file:
            with containers.new_container(file) as archive:
                for name, data in frame:
                    archive.writestr(containers.member(name, len(data)), data)
                for part, source in parts:
                    _write_part(archive, part, source)
            file.flush()
            os.fsync(file.fileno())
            forget(file)
            length = file.tell()
            verify(Path(file.name))
    except BundleError as error:
        raise InputError("file-not-verified", file=path.name, found=error.code) from error
    except zipfile.LargeZipFile:
        raise BundleError("bundle-too-large", file=path.name, part="zip") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError("file-not-written", file=path.name, reason=reason) from error
    return BundleWritten(sha256(body), length)


def open_signed(container: Container) -> Opened:
    """Read the signed words of a container, and check that its outside says the same.

    Raises `BundleError` `bundle-damaged` or `bundle-too-new` (needs).
    """
    route = container.read(containers.ROUTE, 10_000)
    body = container.read(containers.MANIFEST, MANIFEST)
    signature = container.read(containers.SIGNATURE, 1000)
    try:
        manifests.check_route(route)
        manifest = manifests.read_manifest(body, sha256(body))
    except manifests.NewerFormat as error:
        raise container.refusal("bundle-too-new", needs=error.needs) from None
    except manifests.ManifestError as error:
        raise container.refusal("bundle-damaged", part=containers.MANIFEST) from error
    said = manifest.said
    if route != manifests.route(said.kind, said.dataset, said.audience):
        raise container.refusal("bundle-damaged", part=containers.ROUTE)
    return Opened(manifest, body, signature)


def check_parts(container: Container, manifest: ReadManifest) -> dict[str, Part]:
    """Check every part against its signed length and hash, and that there is nothing else.

    Gives the parts by name. Raises `BundleError` `bundle-lies` or `bundle-damaged` (part).
    """
    parts = {part.name: part for part in manifest.said.parts}
    if len(parts) != len(manifest.said.parts):
        raise container.refusal("bundle-lies")
    _check_names(container, parts.keys())
    for part in parts.values():
        if container.sizes[part.name] != part.bytes:
            raise container.refusal("bundle-damaged", part=part.name)
        found = hashlib.sha256()
        for piece in container.pieces(part.name):
            found.update(piece)
        if found.hexdigest() != part.sha256:
            raise container.refusal("bundle-damaged", part=part.name)
    return parts


def _check_names(container: Container, named: Collection[str]) -> None:
    if container.sizes.keys() != set(_FRAME) | set(named):
        odd = min(container.sizes.keys() ^ (set(_FRAME) | set(named)))
        raise container.refusal("bundle-damaged", part=odd[:100])


def _told(part: Part) -> dict[str, object]:
    told = {name: getattr(part, name) for name in Part.__struct_fields__}
    return {name: value for name, value in told.items() if value is not None}


def _write_part(archive: zipfile.ZipFile, part: Part, source: bytes | Path) -> None:
    entry = containers.member(part.name, part.bytes)
    if isinstance(source, bytes):
        archive.writestr(entry, source)
        return
    found = hashlib.sha256()
    with source.open("rb") as original, archive.open(entry, "w") as copy:
        while piece := original.read(_PIECE):
            found.update(piece)
            copy.write(piece)
    if found.hexdigest() != part.sha256:
        raise WorkspaceError("attachment-damaged", file=str(source))
