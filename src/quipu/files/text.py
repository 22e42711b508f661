"""Tables written as text: tab, comma and semicolon separated, and pipe tables."""

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quipu.domain.errors import InputError
from quipu.files.grid import BLANK, Allowance
from quipu.files.html import is_html, read_html
from quipu.forms.markup import marked_cell
from quipu.forms.raw import RawCell, RawFile, RawTable

MAX_TEXT = 32 * 2**20
MAX_LINES = 60_000
_SAMPLE = 300
_SOME, _MANY = 4, 7
"""Fields between semicolons, and between commas, that prose does not repeat by chance."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Files that begin like text and are none of ours.
_FOREIGN = ("%PDF-", "%!PS")
_RICH_TEXT = "{\\rtf"
_XML_BOOK = ("<?xml", "urn:schemas-microsoft-com:office:spreadsheet")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_RULE = re.compile(r"[\s|:+=-]*-[\s|:+=-]*")
_EMPTY: tuple[RawCell, ...] = ()

Record = tuple[int, list[str]]
"""The number of the line where a record begins, from 1, and its fields."""


@dataclass(frozen=True, slots=True)
class LinePlace:
    """Says where a row of a text is, as a person would: `001_adn.tsv:7`."""

    name: str
    lines: tuple[int, ...]

    def __call__(self, row: int, column: int) -> str:
        """Give the place of a row (from 0): the line where it begins."""
        del column
        line = self.lines[row] if row < len(self.lines) else row + 1
        return f"{self.name}:{line}"


def decode(content: bytes, name: str) -> str:
    """Give a file's bytes as text: UTF-8, UTF-16 or UTF-32 with their marks, Windows-1252.

    Raises `InputError`: `file-not-table` for what is no text, `file-other-document` for rich text,
    `file-binary-workbook` for a workbook written as XML.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :], name, encoding)
    if b"\0" in content[:4096]:
        # UTF-16 without its mark: western letters have a zero in every other byte.
        odd, even = content[1:4096:2].count(0), content[0:4096:2].count(0)
        return _decoded(content, name, "utf-16-le" if odd >= even else "utf-16-be")
    return _decoded(content, name, "utf-8", "cp1252")


def _decoded(content: bytes, name: str, *encodings: str) -> str:
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text) and not text.startswith(_FOREIGN):
            if text.startswith(_RICH_TEXT):
                raise InputError("file-other-document", file=name)
            if text.startswith(_XML_BOOK[0]) and _XML_BOOK[1] in text[:4096]:
                raise InputError("file-binary-workbook", file=name)
            return text
    raise InputError("file-not-table", file=name)


def read_text(text: str, name: str) -> RawFile:
    """Read a text, from a file or the clipboard, as one table; a page of HTML as its tables.

    Blank lines stay as empty rows. Lines without any separator are rows of one cell, so that prose
    is prose. Raises `InputError("file-empty")` without any words, `file-too-large`,
    `file-too-large-inside`.
    """
    if len(text) > MAX_TEXT:
        raise InputError("file-too-large", file=name, limit=MAX_TEXT // 2**20)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if is_html(text):
        return read_html(text, name)
    if text.count("\n") > MAX_LINES:
        raise InputError("file-too-large-inside", file=name)
    if not text.strip():
        raise InputError("file-empty", file=name)
    records = _trimmed(_records(text))
    cells = sum(len(fields) for _, fields in records)
    Allowance(name).take(0, cells)
    known: dict[str, RawCell] = {}
    rows = tuple(_row(fields, known) for _, fields in records)
    place = LinePlace(name, tuple(line for line, _ in records))
    return RawFile(name, (RawTable(name, rows, place),))


def _trimmed(records: list[Record]) -> list[Record]:
    while records and not any(field.strip() for field in records[-1][1]):
        records.pop()
    return records


def _row(fields: Sequence[str], known: dict[str, RawCell]) -> tuple[RawCell, ...]:
    last = len(fields)
    while last and not fields[last - 1].strip():
        last -= 1
    if not last:
        return _EMPTY
    return tuple(
        (known.get(field) or known.setdefault(field, marked_cell(field)))
        if field.strip()
        else BLANK
        for field in fields[:last]
    )


def _records(text: str) -> list[Record]:
    lines = text.split("\n")
    if lines[0].lower().startswith("sep=") and len(lines[0]) == 5:
        # Excel's own line, which says the separator.
        return [
            (line + 1, fields) for line, fields in _separated("\n".join(lines[1:]), lines[0][4])
        ]
    sample = [line for line in lines if line.strip()][:_SAMPLE]
    if any("\t" in line for line in sample):
        return list(_separated(text, "\t"))
    if _is_piped(sample):
        return list(_piped(lines))
    for mark in ";,":
        if _is_separated(text, mark):
            return list(_separated(text, mark))
    return [(number, [line]) for number, line in enumerate(lines, start=1)]


def _is_piped(sample: Sequence[str]) -> bool:
    if any(line.count("|") >= 2 and _RULE.fullmatch(line) for line in sample):
        # The rule under a heading: a document may have more prose than tables.
        return True
    piped = [line for line in sample if line.count("|") >= 2 or _is_bordered(line)]
    return 2 * len(piped) >= len(sample)


def _is_bordered(line: str) -> bool:
    bare = line.strip()
    return len(bare) > 1 and bare.startswith("|") and bare.endswith("|")


def _piped(lines: Sequence[str]) -> Iterator[Record]:
    """Split pipe tables; the rule under a heading is no row, and an escaped bar is a letter."""
    for number, line in enumerate(lines, start=1):
        if "|" not in line:
            yield number, [line]
            continue
        if _RULE.fullmatch(line):
            continue
        bare = line.strip()
        bare = bare.removeprefix("|")
        if bare.endswith("|") and not bare.endswith("\\|"):
            bare = bare[:-1]
        yield (
            number,
            [field.replace("\\|", "|").strip() for field in re.split(r"(?<!\\)\|", bare)],
        )


def _is_separated(text: str, mark: str) -> bool:
    """Tell whether most records have the same number of fields, as those of a table do.

    A comma is common in prose: it needs two records that agree, and most of all others, or many
    fields. Titles above a table may have no separator at all.
    """
    sample: list[int] = []
    for _, fields in _separated(text, mark):
        if any(field.strip() for field in fields):
            sample.append(len(fields))
        if len(sample) >= _SAMPLE:
            break
    wide = Counter(size for size in sample if size > 1)
    if not wide:
        return False
    size, times = wide.most_common(1)[0]
    if times == len(sample):
        return times > 1 or size > 2
    if size > 2 and times > 1 and 2 * times >= len(sample):
        return True
    least = _MANY if mark == "," else _SOME
    return any(
        size >= least and times > 1 and 4 * times >= len(sample) for size, times in wide.items()
    )


def _separated(text: str, mark: str) -> Iterator[Record]:
    """Split records; a quoted field may hold separators, line ends and doubled quotes.

    A quote that does not close right before a separator is an ordinary letter. In tab-separated
    text a quoted field holds no tab, so that a stray quote never swallows the cells behind it.
    """
    inside = r"[^\"\t]" if mark == "\t" else r"[^\"]"
    field = re.compile(
        rf'"((?:{inside}|"")*+)"(?=[{re.escape(mark)}\n]|\Z)|([^{re.escape(mark)}\n]*)'
    )
    place, line = 0, 1
    first, fields = 1, list[str]()
    while True:
        found = field.match(text, place)
        if found is None:
            raise AssertionError("an empty field always matches")
        quoted = found.group(1)
        fields.append(found.group(2) if quoted is None else quoted.replace('""', '"'))
        line += found.group().count("\n")
        place = found.end()
        if place < len(text) and text[place] == mark:
            place += 1
            continue
        yield first, fields
        if place >= len(text):
            return
        place, line = place + 1, line + 1
        first, fields = line, []
