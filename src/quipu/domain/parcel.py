"""What travels in a bundle, apart from how it is packed and signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quipu.domain.revision import Revision


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """An installed copy of the program: its id, its office (`""` at the centre), its public key.

    `key` is the raw Ed25519 public key in hex. `chain` is the certificate chain, outermost first,
    by which the centre admitted it, as opaque JSON objects that `quipu.sync` verifies.
    """

    id: str
    office: str
    key: str
    chain: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """One run of the program: its id is the start of SHA-256 over device key and nonce, in hex."""

    id: str
    nonce: str
    device: str


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Says that a manifest was received and judged."""

    device: str
    seq: int
    manifest: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """The revisions of one bundle with what is needed to place them.

    `audience` is `"centre"` or an office's item id. `prev` is the SHA-256 of the sender's previous
    manifest for this audience, `""` for the first. `have` tells, by session, the greatest number
    that the sender holds. `blobs` are the SHA-256 of the attachments that travel along.
    """

    dataset: str
    audience: str
    office: str
    device: str
    seq: int
    prev: str
    made_at: str
    revisions: Sequence[Revision]
    sessions: tuple[SessionInfo, ...]
    devices: tuple[DeviceInfo, ...]
    acknowledgements: tuple[Acknowledgement, ...] = ()
    have: Mapping[str, int] = field(default_factory=dict)
    blobs: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)
