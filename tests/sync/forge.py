"""Bundles taken apart and put together again otherwise, as a stranger or a liar would."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import zstandard

from quipu.sync.canonical import MANIFEST_TYPE, canonical
from quipu.sync.keys import SigningKey

OPS = "ops.jsonl.zst"
Json = dict[str, object]


def members(path: Path) -> dict[str, bytes]:
    """The members of a container by name, in their order."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """A container of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in contents.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return file.getvalue()


def resigned(
    path: Path,
    key: SigningKey,
    change: Callable[[Json], None],
    replaced: Mapping[str, bytes] | None = None,
    route: Callable[[Json], None] | None = None,
) -> bytes:
    """A container whose manifest says something else, signed again and with a fitting outside."""
    found = members(path) | dict(replaced or {})
    manifest = json.loads(found["manifest.json"])
    change(manifest)
    outside = {"format": 1, "kind": "bundle", "encryption": None}
    outside |= {name: manifest[name] for name in ("dataset", "audience")}
    if manifest["kind"] == "enrolment":
        outside["kind"] = "enrolment"
    if route is not None:
        route(outside)
    body = canonical(manifest)
    found |= {
        "route.json": canonical(outside),
        "manifest.json": body,
        "manifest.sig": key.sign(MANIFEST_TYPE, body),
    }
    return zipped(found)


def with_ops(path: Path, key: SigningKey, plain: bytes, **lies: object) -> bytes:
    """A bundle with other revisions, truly signed, whose part may lie about itself."""
    packed = zstandard.ZstdCompressor().compress(plain)
    told = {
        "name": OPS,
        "bytes": len(packed),
        "sha256": hashlib.sha256(packed).hexdigest(),
        "plain_bytes": len(plain),
        "plain_sha256": hashlib.sha256(plain).hexdigest(),
        "rows": int(found[1]) if (found := re.search(rb'"revisions":(\d+)', plain)) else 0,
    }

    def change(manifest: Json) -> None:
        manifest["parts"] = [told | lies]

    return resigned(path, key, change, {OPS: packed})


def plain_ops(path: Path) -> list[Json]:
    """The lines of a bundle's revisions."""
    plain = zstandard.ZstdDecompressor().decompress(members(path)[OPS])
    return [json.loads(line) for line in plain.splitlines()]


def lines(objects: list[Json]) -> bytes:
    """Lines of JSON put together."""
    return b"".join(canonical(line) + b"\n" for line in objects)
