"""The zip package inside an XLSX or ODS file, opened with limits and read as a stream.

Sheets are read here by expat and not by python-calamine: calamine lays a sheet out as a full grid,
so that two cells far apart (A1 and XFD1048576) abort the whole interpreter, and it gives neither
number formats nor formulas.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO
from xml.parsers import expat

from quipu.domain.errors import InputError

MAX_PARTS = 10_000
MAX_INFLATED = 256 * 2**20
MAX_PART_IN_MEMORY = 64 * 2**20
MAX_ELEMENTS = 400_000
"""Of a part that is held whole: styles, relations, the list of sheets."""
# Ordinary sheets inflate 5 to 40 times; deflate itself can reach 1,032.
MAX_RATIO = 150
SMALL = 20 * 2**20
_CHUNK = 1 << 16

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]
Characters = Callable[[str], object]


class Package:
    """The parts of one zip file; every mistake in it becomes an `InputError` that names it."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self.name = name
        self._parts = {info.filename: info for info in archive.infolist()}

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def text(self, part: str) -> str:
        """Give a small part as text (`mimetype`); raises `InputError` when it is damaged."""
        with self._reading(part) as stream:
            return stream.read(_CHUNK).decode("utf-8", "replace")

    def parse(self, part: str, prepare: Callable[[expat.XMLParserType], None]) -> None:
        """Stream a part through a parser that `prepare` has given its callbacks.

        Entities are refused: no workbook has them, and they are how small files grow endless.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        prepare(parser)
        try:
            with self._reading(part) as stream:
                while chunk := stream.read(_CHUNK):
                    parser.Parse(chunk, False)
                parser.Parse(b"", True)
        # Letters in no known encoding are a LookupError, numbers that are none a ValueError.
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise InputError("file-damaged", file=self.name, part=part) from error

    def elements(self, part: str) -> list[tuple[str, Attributes]]:
        """List the elements of a small part in order, with local names for them and attributes."""
        found: list[tuple[str, Attributes]] = []

        def start(name: str, attributes: Attributes) -> None:
            if len(found) >= MAX_ELEMENTS:
                raise InputError("file-too-large-inside", file=self.name)
            found.append((local(name), local_attributes(attributes)))

        def prepare(parser: expat.XMLParserType) -> None:
            parser.StartElementHandler = start

        self.check_size(part)
        self.parse(part, prepare)
        return found

    def check_size(self, part: str) -> None:
        """Refuse a part that would have to be held in memory whole and is too large for that."""
        info = self._parts.get(part)
        if info is not None and info.file_size > MAX_PART_IN_MEMORY:
            raise InputError("file-too-large-inside", file=self.name)

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Give the relations of a part (`""` for the package): id → (last word of type, target)."""
        folder, base = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for name, attributes in self.elements(rels):
            if name != "Relationship" or attributes.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join(folder, attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, target.lstrip("/"))
        return found

    @contextmanager
    def _reading(self, part: str) -> Iterator[BinaryIO]:
        info = self._parts.get(part)
        if info is None:
            raise InputError("file-damaged", file=self.name, part=part)
        try:
            with self._archive.open(info) as stream:
                yield stream  # type: ignore[misc]
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise InputError("file-damaged", file=self.name, part=part) from error

    def _refuse_doctype(self, *_: object) -> None:
        raise InputError("file-damaged", file=self.name, part="DOCTYPE")


@contextmanager
def open_package(stream: BinaryIO, name: str) -> Iterator[Package]:
    """Open a zip file after looking at what it declares.

    Raises `InputError`: `file-cut-short` without its directory at the end, `file-protected` when
    its parts are encrypted, `file-too-large-inside` when it would grow beyond the limits.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise InputError("file-cut-short", file=name) from error
    with archive:
        parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise InputError("file-protected", file=name)
        inflated = sum(part.file_size for part in parts)
        packed = sum(part.compress_size for part in parts)
        swollen = inflated > SMALL and inflated > MAX_RATIO * max(packed, 1)
        if len(parts) > MAX_PARTS or inflated > MAX_INFLATED or swollen:
            raise InputError("file-too-large-inside", file=name)
        yield Package(archive, name)


def local(name: str) -> str:
    """Give an element's or attribute's name without its prefix."""
    return name.rpartition(":")[2]


def local_attributes(attributes: Mapping[str, str]) -> Attributes:
    """Give attributes by their names without prefixes."""
    return {local(name): value for name, value in attributes.items()}
