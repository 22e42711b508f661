"""Old containers for tests: OLE files with given streams, and records of old workbooks."""

import struct
from collections.abc import Mapping

_SECTOR = 512
_END = 0xFFFFFFFE
_FREE = 0xFFFFFFFF
_TABLE = 0xFFFFFFFD


def container(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file; small streams are made long, so that all lie in whole sectors."""
    table: list[int] = [_TABLE]
    body: list[bytes] = []
    entries = [_entry("Root Entry", 5, _END, 0)]
    for name, content in streams.items():
        padded = content.ljust(4096, b"\0")
        start = len(table)
        pieces = [padded[at : at + _SECTOR] for at in range(0, len(padded), _SECTOR)]
        table += [*range(start + 1, start + len(pieces)), _END]
        body += [piece.ljust(_SECTOR, b"\0") for piece in pieces]
        entries.append(_entry(name, 2, start, len(padded)))
    first_entry = len(table)
    directory = b"".join(entries).ljust(_SECTOR * -(-len(entries) // 4), b"\0")
    sectors = len(directory) // _SECTOR
    table += [*range(first_entry + 1, first_entry + sectors), _END]
    assert len(table) <= _SECTOR // 4
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIIII", 0, 1, first_entry, 0, 4096, _END, 0, _END, 0, 0)
    head = head.ljust(_SECTOR, b"\xff")
    fat = struct.pack(f"<{len(table)}I", *table).ljust(_SECTOR, b"\xff")
    return head + fat + b"".join(body) + directory


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    words = name.encode("utf-16-le")
    head = words.ljust(64, b"\0") + struct.pack("<HBB", len(words) + 2, kind, 1)
    return (head + b"\xff" * 12).ljust(116, b"\0") + struct.pack("<II4x", start, size)


def records(*parts: tuple[int, bytes]) -> bytes:
    """Records of an old workbook, one after the other."""
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in parts)


BOF = (0x809, struct.pack("<HHHH", 0x600, 5, 0, 0))
EOF = (0x0A, b"")


def old_book(*cells: tuple[int, bytes], shared: tuple[tuple[int, bytes], ...] = ()) -> bytes:
    """An old workbook of one sheet, `Hoja`, with these records."""
    name = b"\x04\x00Hoja"
    before = records(BOF, *shared)
    sheet_at = len(before) + 4 + 6 + len(name) + 4
    head = before + records((0x85, struct.pack("<IBB", sheet_at, 0, 0) + name), EOF)
    return container({"Workbook": head + records(BOF, *cells, EOF)})
