"""The container of old Office files (.xls, .doc) and of encrypted new ones: a small file system."""

import struct
from dataclasses import dataclass

from quipu.domain.errors import InputError

HEAD = bytes.fromhex("d0cf11e0a1b11ae1")

_IN_HEADER = 109
_LAST = 0xFFFFFFFA
"""Sector numbers from here on are marks: free, end of a chain, part of the tables."""
_ENTRY = 128
_ROOT = 5
_STREAM = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A stream of the container: where it begins and how long it is."""

    start: int
    size: int


class Container:
    """The streams of an OLE container, by name.

    Raises `InputError("file-cut-short")` where a sector lies beyond the end of the file, and
    `file-damaged` where the tables make no sense.
    """

    def __init__(self, content: bytes, name: str) -> None:
        self._content = content
        self._name = name
        try:
            self._open()
        except (struct.error, IndexError, ValueError) as error:
            raise InputError("file-damaged", file=name, part="OLE") from error

    def _open(self) -> None:
        shift, small_shift = struct.unpack_from("<HH", self._content, 30)
        tables, first_entry = struct.unpack_from("<II", self._content, 44)
        self._cutoff, small_first, _, more, _ = struct.unpack_from("<5I", self._content, 56)
        if shift not in (9, 12) or small_shift != 6:
            raise ValueError(shift)
        self._sector = 1 << shift
        self._small = 1 << small_shift
        self._next = self._table(tables, more)
        self.entries: dict[str, Entry] = {}
        root = Entry(_LAST, 0)
        directory = self._chain(first_entry)
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
            if kind == _ROOT:
                root = Entry(start, size)
            elif kind == _STREAM:
                self.entries.setdefault(name, Entry(start, size))
        self._small_stream = self._chain(root.start)
        self._small_next = self._numbers(self._chain(small_first))

    def stream(self, name: str) -> bytes:
        """Give a stream's bytes; raises `KeyError` for none of that name."""
        entry = self.entries[name]
        if entry.size >= self._cutoff:
            return self._chain(entry.start)[: entry.size]
        pieces = []
        at, steps = entry.start, 0
        while at < _LAST and steps * self._small < entry.size:
            place = at * self._small
            pieces.append(self._small_stream[place : place + self._small])
            if at >= len(self._small_next) or steps > len(self._small_next):
                raise InputError("file-damaged", file=self._name, part=name)
            at, steps = self._small_next[at], steps + 1
        return b"".join(pieces)[: entry.size]

    def _table(self, tables: int, more: int) -> tuple[int, ...]:
        """Put together the table that says, of every sector, which one follows it."""
        sectors = list(struct.unpack_from(f"<{_IN_HEADER}I", self._content, 76))
        # A table of one sector describes this many others.
        described = self._sector * self._sector // 4
        if tables > len(self._content) // described + 2:
            raise InputError("file-cut-short", file=self._name)
        while more < _LAST and len(sectors) < tables:
            numbers = self._numbers(self._at(more))
            sectors += numbers[:-1]
            more = numbers[-1]
        used = [sector for sector in sectors[:tables] if sector < _LAST]
        return self._numbers(b"".join(self._at(sector) for sector in used))

    def _chain(self, first: int) -> bytes:
        pieces: list[bytes] = []
        at = first
        while at < _LAST:
            if len(pieces) > len(self._next):
                raise ValueError("a chain that runs in a circle")
            pieces.append(self._at(at))
            if at >= len(self._next):
                raise InputError("file-cut-short", file=self._name)
            at = self._next[at]
        return b"".join(pieces)

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        found = self._content[start : start + self._sector]
        # Only the last sector of a file may be shorter than the others.
        if not found:
            raise InputError("file-cut-short", file=self._name)
        return found.ljust(self._sector, b"\0")

    def _numbers(self, content: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])
