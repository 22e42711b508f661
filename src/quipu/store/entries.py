"""What the memory hands out: plain values, none of which knows a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from quipu.domain.columns import Columns
from quipu.domain.parcel import Acknowledgement, DeviceInfo, SessionInfo
from quipu.domain.revision import Revision

CENTRE = "centre"
"""The audience of an office's bundles; the centre's are for an office's item id."""


@dataclass(frozen=True, slots=True)
class WorkspaceInfo:
    """Whose workspace a folder is: the dataset, the side, its office, the device that writes.

    `office` is the office's item id, `""` at the centre. `created_at` is ISO 8601, UTC.
    """

    dataset: str
    role: Literal["centre", "office"]
    office: str
    device: DeviceInfo
    created_at: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A revision with where it comes from.

    `office` is the writer's office (`""` at the centre), `device` its id, `bundle` the manifest of
    the bundle that brought it here, `None` for what was written here. `refused` is the code of why
    it does not count, `""` where it does.
    """

    revision: Revision
    office: str
    device: str
    bundle: str | None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class BundleEntry:
    """A bundle that was received: from whom, for whom, and what came of it.

    `extra` has the further keys of its manifest as a JSON object.
    """

    manifest: str
    device: str
    office: str
    audience: str
    seq: int
    prev: str
    made_at: str
    received_at: str
    file_name: str
    revisions: int
    new: int
    state: str
    reason: str
    extra: str = "{}"


@dataclass(frozen=True, slots=True)
class SentEntry:
    """A bundle that was written here; `acknowledged` is when the receiver's word came, or `""`."""

    audience: str
    device: str
    seq: int
    prev: str
    manifest: str
    at: str
    revisions: int
    acknowledged: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What the next bundle for an audience carries.

    `pending` counts the revisions that the audience has not acknowledged. `mark` and `items` are
    for `record_sent`: up to which arrival, and of which items, this tells everything.
    """

    audience: str
    revisions: Columns
    sessions: tuple[SessionInfo, ...]
    devices: tuple[DeviceInfo, ...]
    seq: int
    prev: str
    have: Mapping[str, int]
    acknowledgements: tuple[Acknowledgement, ...]
    blobs: tuple[str, ...]
    pending: int
    mark: int
    items: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What came of a bundle.

    `new` and `known` count its revisions. `refused` counts those that do not count. `disputes`
    counts the registers it touched that now disagree.
    """

    new: int
    known: int
    refused: int
    disputes: int
