"""Packing with zstd, and unpacking with a bound on memory whatever the packed bytes claim."""

import zstandard

from quipu.sync.limits import MIB, PLAIN, RATIO, WINDOW

_QUICK = 4 * MIB
"""From this size on, packing tightly would keep a person waiting."""


def pack(plain: bytes) -> bytes:
    """Pack bytes into one zstd frame."""
    level = 19 if len(plain) <= _QUICK else 9
    return zstandard.ZstdCompressor(level=level, write_content_size=True).compress(plain)


def too_tight(packed: int, plain: int) -> bool:
    """Tell whether so many plain bytes are more than so few packed ones may hold."""
    return plain > PLAIN or plain > max(MIB, RATIO * packed)


def unpack(packed: bytes, plain: int) -> bytes | None:
    """Unpack exactly `plain` bytes; `None` for damaged, longer or shorter content.

    Reads as a stream with a bounded window: what a frame's header says of its size is ignored,
    since it can be a lie.
    """
    unpacker = zstandard.ZstdDecompressor(max_window_size=WINDOW)
    try:
        with unpacker.stream_reader(packed, read_across_frames=False) as reader:
            found = reader.read(plain + 1)
    except zstandard.ZstdError:
        return None
    return found if len(found) == plain else None
