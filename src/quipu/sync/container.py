"""The outside of a bundle: a ZIP with stored members of fixed names, read by exact name only."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from quipu.domain.errors import BundleError
from quipu.sync.limits import DIRECTORY, MEMBERS

ROUTE, MANIFEST, SIGNATURE = "route.json", "manifest.json", "manifest.sig"
SEALED_BODY = "body.age"
CLOSED_SEAL, CLOSED_BODY = "seal.json", "body.closed"
"""How an enrolment file is closed with a code, and what is."""

BROKEN = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    struct.error,
    zlib.error,
)
"""Everything that `zipfile` raises for bytes that are no sound archive."""

_END = struct.Struct("<4s4H2LH")
_PIECE = 1024 * 1024
_TAIL = 66_000
_LOCAL = 30
"""How many bytes of a member's header stand before its name."""


class Container:
    """An open container whose members are all plain, named once, and no larger than the file."""

    def __init__(self, file: str, archive: zipfile.ZipFile) -> None:
        self.file = file
        self._archive = archive
        self.sizes: Mapping[str, int] = {
            info.filename: info.file_size for info in archive.infolist()
        }

    def refusal(self, code: str, **params: object) -> BundleError:
        """Give the error that refuses this file."""
        return BundleError(code, file=self.file, **params)

    def read(self, name: str, limit: int) -> bytes:
        """Give the bytes of a member that is there; a damaged or large one refuses the file."""
        if self.sizes[name] > limit:
            raise self.refusal("bundle-too-large", part=name)
        return b"".join(self.pieces(name))

    @contextmanager
    def reading(self, name: str) -> Iterator[IO[bytes]]:
        """Open a member for somebody else to read; its check value is compared at its end."""
        try:
            member = self._archive.open(name)
        except BROKEN as error:
            raise self.refusal("bundle-damaged", part=name) from error
        with member:
            yield member

    def pieces(self, name: str) -> Iterator[bytes]:
        """Give a member's bytes piece by piece; a damaged one refuses the file."""
        try:
            with self._archive.open(name) as member:
                while piece := member.read(_PIECE):
                    yield piece
        except BROKEN as error:
            raise self.refusal("bundle-damaged", part=name) from error


@contextmanager
def open_container(
    path: Path, content: bytes | None = None, *, sealed: bool = False, closed: bool = False
) -> Iterator[Container]:
    """Open a file as a container, or these bytes, which then only have the file's name.

    Raises `BundleError`: `file-missing`, `bundle-unreadable` (reason), `bundle-not-a-bundle`,
    `bundle-cut-short`, `bundle-damaged`, `bundle-too-large`; and, where `sealed` or `closed` does
    not say that it may be one, `bundle-encrypted` for a body that only its receiver opens, and
    `bundle-is-an-enrolment` for one that is closed with a code.
    """
    try:
        file = path.open("rb") if content is None else io.BytesIO(content)
    except FileNotFoundError:
        raise BundleError("file-missing", file=path.name) from None
    except OSError as error:
        raise BundleError("bundle-unreadable", file=path.name, reason=error.strerror) from error
    with file:
        _check_end(path.name, file)
        try:
            archive = zipfile.ZipFile(file)
        except BROKEN as error:
            raise BundleError("bundle-damaged", file=path.name, part="zip") from error
        with archive:
            _check_members(path.name, archive, file)
            _check_frame(path.name, set(archive.namelist()), sealed=sealed, closed=closed)
            yield Container(path.name, archive)


@contextmanager
def new_container(file: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """Begin a container in an open file; the same members give the same bytes."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        yield archive


def member(name: str, size: int) -> zipfile.ZipInfo:
    """Give the entry of a member, with no date and no owner of its own."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = 0o600 << 16
    info.file_size = size
    return info


def _check_end(name: str, file: BinaryIO) -> None:
    """Check start and end of the file before `zipfile` believes what they say."""
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(_LOCAL + len(ROUTE))
    if size == 0 or not b"PK\x03\x04".startswith(head[:4]) or _of_others(head):
        raise BundleError("bundle-not-a-bundle", file=name)
    file.seek(max(0, size - _TAIL))
    tail = file.read()
    if b"PK\x05\x06" not in tail:
        raise BundleError("bundle-cut-short", file=name)
    mark, *numbers = _END.unpack(tail[-_END.size :].rjust(_END.size, b"\0"))
    disk, first_disk, here, members, directory, offset, comment = numbers
    if mark != b"PK\x05\x06" or disk or first_disk or comment or here != members:
        raise BundleError("bundle-damaged", file=name, part="zip")
    if offset + directory + _END.size != size or tail[-_END.size - 20 :].startswith(b"PK\x06\x07"):
        raise BundleError("bundle-damaged", file=name, part="zip")
    if members > MEMBERS or directory > DIRECTORY:
        raise BundleError("bundle-too-large", file=name, part="zip")


def _of_others(head: bytes) -> bool:
    """Tell whether the first member is a workbook's or a document's, and not just damaged."""
    first = head[_LOCAL:]
    return first.startswith((b"[Content_", b"_rels/", b"mimetype", b"xl/", b"word/", b"docProps/"))


def _check_members(name: str, archive: zipfile.ZipFile, file: BinaryIO) -> None:
    members = archive.infolist()
    names = {info.filename for info in members}
    plain = all(
        info.compress_type == zipfile.ZIP_STORED
        and info.compress_size == info.file_size
        and info.orig_filename == info.filename
        for info in members
    )
    if len(names) != len(members) or not plain:
        raise BundleError("bundle-damaged", file=name, part="zip")
    if sum(info.file_size for info in members) > file.seek(0, 2):
        raise BundleError("bundle-lies", file=name)


def _check_frame(name: str, names: set[str], *, sealed: bool, closed: bool) -> None:
    if SEALED_BODY in names and not sealed:
        raise BundleError("bundle-encrypted", file=name)
    if SEALED_BODY in names:
        if names != {ROUTE, SEALED_BODY}:
            raise BundleError("bundle-damaged", file=name, part="zip")
        return
    if CLOSED_BODY in names:
        if not closed:
            raise BundleError("bundle-is-an-enrolment", file=name)
        if names != {ROUTE, CLOSED_SEAL, CLOSED_BODY}:
            raise BundleError("bundle-damaged", file=name, part="zip")
        return
    if not names >= {ROUTE, MANIFEST, SIGNATURE}:
        raise BundleError("bundle-not-a-bundle", file=name)
