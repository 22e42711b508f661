"""The revisions part of a bundle: who wrote, what the sender holds, and the revisions in blocks."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import msgspec
from msgspec import Meta

from quipu.domain.columns import Columns, columns_of
from quipu.domain.parcel import DeviceInfo, Parcel, SessionInfo
from quipu.sync import column_writer, words
from quipu.sync.canonical import canonical
from quipu.sync.column_reader import ColumnReader
from quipu.sync.columns import Block, Dictionaries
from quipu.sync.limits import HEAD, LINE, REVISIONS

_PLENTY = 100_000


class LetterError(Exception):
    """Revisions that do not follow the format; says where."""


class WrittenDevice(msgspec.Struct, kw_only=True, frozen=True):
    """A device as a bundle tells it."""

    id: words.Device
    office: words.UuidOrBlank
    key: words.Key
    chain: Annotated[list[dict[str, object]], Meta(max_length=8)]


class WrittenSession(msgspec.Struct, kw_only=True, frozen=True):
    """A session as a bundle tells it; its id follows from the device's key and the nonce."""

    id: words.Session
    nonce: words.Nonce
    device: words.Device


class Head(msgspec.Struct, kw_only=True, frozen=True):
    """The first line: everything that the blocks of revisions point to."""

    revisions: Annotated[int, Meta(ge=0, le=REVISIONS)]
    devices: Annotated[list[WrittenDevice], Meta(max_length=_PLENTY)]
    sessions: Annotated[list[WrittenSession], Meta(max_length=_PLENTY)]
    have: dict[words.Session, words.Number]
    words: Dictionaries


@dataclass(frozen=True, slots=True)
class Letter:
    """What the revisions part says, not yet judged: whose session is whose is for the reader."""

    revisions: Columns
    sessions: tuple[SessionInfo, ...]
    devices: tuple[DeviceInfo, ...]
    have: Mapping[str, int]


def write_letter(parcel: Parcel, *, padding: int = 0) -> bytes:
    """Give the plain bytes of the revisions part, one JSON object per line.

    `padding` adds so many bytes of noise, for revisions so alike that they would unpack to more
    than a reader allows. Raises `ValueError` for a value that no reader would take.
    """
    columns = columns_of(parcel.revisions)
    head = {
        "revisions": len(columns),
        "devices": [_device(device) for device in parcel.devices],
        "sessions": [
            {"id": session.id, "nonce": session.nonce, "device": session.device}
            for session in parcel.sessions
        ],
        "have": dict(parcel.have),
        "words": column_writer.dictionaries(columns.words),
    }
    if padding:
        head["padding"] = hashlib.shake_256(b"quipu").hexdigest(padding // 2)
    lines = [canonical(head)]
    lines += [canonical(block) for block in column_writer.write_blocks(columns)]
    return b"\n".join(lines) + b"\n"


def read_letter(plain: bytes) -> Letter:
    """Read the plain bytes of the revisions part; raises `LetterError`."""
    lines = _lines(plain)
    try:
        head = msgspec.json.decode(next(lines, b""), type=Head)
        reader = ColumnReader(head.words)
        decoder = msgspec.json.Decoder(Block)
        for line in lines:
            reader.read(decoder.decode(line))
            if len(reader) > head.revisions:
                break
        revisions = reader.columns()
    except (ValueError, IndexError, OverflowError, RecursionError) as error:
        raise LetterError(str(error)) from None
    if len(revisions) != head.revisions:
        raise LetterError(f"other than {head.revisions} revisions")
    return Letter(
        revisions,
        tuple(SessionInfo(entry.id, entry.nonce, entry.device) for entry in head.sessions),
        tuple(
            DeviceInfo(entry.id, entry.office, entry.key, tuple(entry.chain))
            for entry in head.devices
        ),
        head.have,
    )


def _device(device: DeviceInfo) -> dict[str, object]:
    chain: Sequence[dict[str, object]] = [dict(certificate) for certificate in device.chain]
    return {"id": device.id, "office": device.office, "key": device.key, "chain": chain}


def _lines(plain: bytes) -> Iterator[bytes]:
    """Give the lines one by one; every line ends in a newline and has a bounded length."""
    start, limit = 0, HEAD
    while start < len(plain):
        end = plain.find(b"\n", start, start + limit)
        if end < 0:
            raise ValueError("line without end")
        yield plain[start:end]
        start, limit = end + 1, LINE
