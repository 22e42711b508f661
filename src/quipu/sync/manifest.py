"""What a bundle says of itself, signed: from whom, for whom, and what every part weighs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import msgspec
from msgspec import Meta

from quipu.sync import words
from quipu.sync.canonical import canonical

FORMAT = 1
READER = 1
"""What this program can read; a bundle's `min_reader` must not be greater."""

BASIC_REQUIREMENTS = frozenset({"ops/1", "zstd"})
"""What must be understood of every bundle."""

RELAY_REQUIREMENT = "relay/1"
"""What must be understood of a bundle that encloses others."""

KNOWN_REQUIREMENTS = BASIC_REQUIREMENTS | {RELAY_REQUIREMENT}
OPS = "ops.jsonl.zst"
BLOBS = "blobs/"
RELAYED = "relay/"


class NewerFormat(Exception):
    """A manifest that only a newer version of the program understands; `needs` says what."""

    def __init__(self, needs: str) -> None:
        super().__init__(needs)
        self.needs = needs


class ManifestError(Exception):
    """Bytes that are no manifest; says where."""


class Part(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True):
    """A member of the container: its length and hash, also unpacked, and how many rows it has."""

    name: words.PartName
    bytes: words.Count
    sha256: words.Sha256
    plain_bytes: words.Count | None = None
    plain_sha256: words.Sha256 | None = None
    rows: words.Count | None = None


class Ack(msgspec.Struct, kw_only=True, frozen=True):
    """A manifest of the receiver's that the sender has received and judged."""

    device: words.Device
    seq: words.Count
    manifest: words.Sha256


class Relayed(msgspec.Struct, kw_only=True, frozen=True):
    """A bundle of somebody else's that travels along, unchanged: its part and its file's name."""

    part: words.PartName
    file: words.FileName


class Manifest(msgspec.Struct, kw_only=True, frozen=True):
    """The keys of a manifest that this version understands."""

    format: words.Count
    requires: Annotated[list[words.Word], Meta(max_length=100)]
    kind: words.Word
    dataset: words.Uuid
    audience: words.Audience
    office: words.UuidOrBlank
    device: words.Device
    key: words.Key
    chain: Annotated[list[dict[str, object]], Meta(max_length=8)]
    seq: words.Count
    prev: words.Sha256OrBlank
    made_at: words.Moment
    min_reader: words.Count
    encryption: None
    relay: Annotated[list[Relayed], Meta(max_length=1_000)]
    acks: Annotated[list[Ack], Meta(max_length=10_000)]
    parts: Annotated[list[Part], Meta(max_length=4_096)]


@dataclass(frozen=True, slots=True)
class ReadManifest:
    """A manifest with the keys that this version does not understand, and the name of it all."""

    said: Manifest
    extra: Mapping[str, object]
    sha256: str


class Route(msgspec.Struct, frozen=True):
    """The outside's words, which anybody may change until what is within has confirmed them."""

    format: int
    dataset: words.Uuid
    audience: words.Audience
    encryption: object = None


def route(kind: str, dataset: str, audience: str, encryption: str | None = None) -> bytes:
    """Give the outside's words: what a file is and where it goes, for those who may not read it."""
    return canonical(
        {
            "format": FORMAT,
            "kind": "enrolment" if kind == "enrolment" else "bundle",
            "dataset": dataset,
            "audience": audience,
            "encryption": encryption,
        }
    )


def check_route(body: bytes, encryption: str | None = None) -> Route:
    """Check the untrusted outside; raises `NewerFormat` or `ManifestError`."""
    try:
        bare = msgspec.json.decode(body, type=_Bare)
        if bare.format != FORMAT:
            raise NewerFormat(f"format {bare.format}")
        if bare.encryption != encryption:
            raise NewerFormat("encryption")
        return msgspec.json.decode(body, type=Route)
    except (ValueError, RecursionError) as error:
        raise ManifestError(str(error)) from None


def dataset_of(route: bytes) -> str:
    """Give the dataset that the outside of any version names, `""` where it names none."""
    try:
        found = msgspec.json.decode(route, type=dict[str, object])
    except (ValueError, RecursionError):
        return ""
    return str(found.get("dataset", ""))


class _Bare(msgspec.Struct, frozen=True):
    """What every version's outside says."""

    format: int
    encryption: object = None


def read_manifest(body: bytes, sha256: str) -> ReadManifest:
    """Read a manifest's bytes; raises `NewerFormat` or `ManifestError`."""
    try:
        plain = msgspec.json.decode(body)
        if not isinstance(plain, dict):
            raise ManifestError("no object")
        _check_needs(plain)
        said = msgspec.convert(plain, Manifest)
    except (ValueError, RecursionError) as error:
        raise ManifestError(str(error)) from None
    extra = {key: value for key, value in plain.items() if key not in Manifest.__struct_fields__}
    return ReadManifest(said, extra, sha256)


def _check_needs(plain: Mapping[str, object]) -> None:
    """Refuse what must be understood and is not, before the shape of the rest is looked at."""
    needs = plain.get("requires")
    unknown = [
        need
        for need in (needs if isinstance(needs, list) else ())
        if isinstance(need, str) and need not in KNOWN_REQUIREMENTS
    ]
    if unknown:
        raise NewerFormat(", ".join(unknown)[:100])
    for key, known in (("format", FORMAT), ("min_reader", READER)):
        found = plain.get(key)
        if isinstance(found, int) and found > known:
            raise NewerFormat(f"{key} {found}")
