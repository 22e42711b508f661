"""The records of an old workbook (.xls of Excel 97 to 2003): texts, numbers, styles."""

import struct
from collections.abc import Iterator
from decimal import Decimal

from quipu.files.formats import exact

BOF = 0x0809
EOF = 0x000A
CONTINUE = 0x003C

Record = tuple[int, bytes]
FontRuns = tuple[tuple[int, int], ...]
"""Where in a text another font begins: first letter, number of the font."""


def records(stream: bytes, start: int) -> Iterator[Record]:
    """Give the records from a place of the stream to the end of the part that begins there.

    Charts inside a sheet are parts of their own and are passed over.
    """
    at, depth = start, 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        data = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == BOF:
            depth += 1
        if depth == 1:
            yield kind, data
        if kind == EOF:
            depth -= 1
            if depth <= 0:
                return


def text_at(data: bytes, at: int, *, short: bool = False) -> str:
    """Give the text at a place of a record; `short` ones count their letters in one byte."""
    head = "<BB" if short else "<HB"
    count, flags = struct.unpack_from(head, data, at)
    return _letters(data, at + struct.calcsize(head), count, wide=bool(flags & 1))


def _letters(data: bytes, at: int, count: int, *, wide: bool) -> str:
    size = count * 2 if wide else count
    return data[at : at + size].decode("utf-16-le" if wide else "latin-1", "replace")


def shared_texts(pieces: list[bytes]) -> list[tuple[str, FontRuns]]:
    """Give the texts of the shared table, whose record goes on in others, with their fonts.

    A text that is cut by the end of a record goes on in the next one, after a byte that says anew
    whether its letters are wide.
    """
    reader = _Pieces(pieces)
    _, count = struct.unpack("<II", reader.take(8))
    texts: list[tuple[str, FontRuns]] = []
    # The count may say more than there is.
    while len(texts) < count and reader.more():
        texts.append(_shared_text(reader))
    return texts


def _shared_text(reader: "_Pieces") -> tuple[str, FontRuns]:
    count, flags = struct.unpack("<HB", reader.take(3))
    runs = struct.unpack("<H", reader.take(2))[0] if flags & 8 else 0
    extra = struct.unpack("<I", reader.take(4))[0] if flags & 4 else 0
    words: list[str] = []
    wide = bool(flags & 1)
    while count:
        if not reader.left():
            wide = bool(reader.next_piece() & 1)
        fitting = min(count, reader.left() // (2 if wide else 1))
        if not fitting:
            raise ValueError("a letter cut in two")
        words.append(_letters(reader.take(fitting * (2 if wide else 1)), 0, fitting, wide=wide))
        count -= fitting
    fonts = tuple(struct.iter_unpack("<HH", reader.take(4 * runs)))
    reader.take(extra)
    return "".join(words), fonts


class _Pieces:
    """Bytes that lie in several records."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self._piece = 0
        self._at = 0

    def left(self) -> int:
        """Give how many bytes are left in this piece."""
        return len(self._pieces[self._piece]) - self._at

    def more(self) -> bool:
        """Tell whether anything is left at all."""
        return self.left() > 0 or self._piece + 1 < len(self._pieces)

    def next_piece(self) -> int:
        """Go to the next piece and take its first byte."""
        self._piece += 1
        self._at = 1
        return self._pieces[self._piece][0]

    def take(self, size: int) -> bytes:
        """Take so many bytes, over the ends of pieces; raises `IndexError` beyond the last."""
        taken = b""
        while len(taken) < size:
            if not self.left():
                self._piece += 1
                self._at = 0
            piece = self._pieces[self._piece]
            more = piece[self._at : self._at + size - len(taken)]
            self._at += len(more)
            taken += more
        return taken


def packed_number(packed: int) -> Decimal:
    """Give a number of the short kind: a whole number or half a float, or a hundredth of it."""
    if packed & 2:
        whole = packed >> 2
        number = Decimal(whole - (1 << 30) if whole & (1 << 29) else whole)
    else:
        number = exact(repr(struct.unpack("<d", struct.pack("<Q", (packed & ~3) << 32))[0]))
    return number / 100 if packed & 1 else number
