"""A bundle cut into parts small enough for e-mail, each of which says where it belongs.

A part is one line that marks it, one line of JSON (the whole's SHA-256 and length, which part of
how many it is, the SHA-256 of its content), and then its content. Parts prove nothing: what is put
together is the signed bundle, which is verified as any other.
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from quipu.disk import forget, replacing
from quipu.domain.errors import BundleError, InputError
from quipu.sync import words
from quipu.sync.canonical import canonical

MARK = b"QUIPU-PART 1\n"
MOST = 999
LEAST = 4096
"""Bytes of the smallest parts that are made, so that their first lines weigh little."""

WHOLE = 4 * 1024**3
"""Bytes of the largest bundle that parts make."""

_HEAD = 400
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class PartRead:
    """A part whose content is what its first lines say: number `part` of `of`, from 1.

    `bundle` is the SHA-256 of the whole file, `bytes` its length; the content begins at `start`.
    """

    bundle: str
    bytes: int
    part: int
    of: int
    start: int


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    bundle: words.Sha256
    bytes: Annotated[int, Meta(ge=1, le=WHOLE)]
    part: Annotated[int, Meta(ge=1, le=MOST)]
    of: Annotated[int, Meta(ge=2, le=MOST)]
    sha256: words.Sha256


def part_paths(file: Path, count: int) -> tuple[Path, ...]:
    """Give the names of so many parts of a file: `norte.1-of-3.quipu`."""
    digits = len(str(count))
    return tuple(
        file.with_name(f"{file.stem}.{n:0{digits}}-of-{count}{file.suffix}")
        for n in range(1, count + 1)
    )


def write_parts(whole: Path, file: Path, size: int) -> tuple[Path, ...]:
    """Write a bundle as parts of at most `size` bytes, named after `file`, and read them back.

    One that is small enough is written under the name itself. Raises `InputError`
    `part-size-too-small` (least), `file-not-written`, `file-not-verified`; then no part is left.
    """
    length = whole.stat().st_size
    content = max(size - len(MARK) - _HEAD, 1)
    count = 1 if length <= size else -(-length // content)
    least = max(LEAST, length // MOST + len(MARK) + _HEAD + 1)
    if count > 1 and (size < LEAST or count > MOST):
        raise InputError("part-size-too-small", least=least)
    paths = part_paths(file, count) if count > 1 else (file,)
    try:
        with whole.open("rb") as source:
            bundle = hashlib.file_digest(source, "sha256").hexdigest()
            source.seek(0)
            for number, path in enumerate(paths, start=1):
                data = source.read(content if count > 1 else length)
                told = _Head(
                    bundle=bundle, bytes=length, part=number, of=count or 2, sha256=_digest(data)
                ) if count > 1 else None  # fmt: skip
                _write(path, _first_lines(told) + data)
    except OSError as error:
        _discard(paths)
        reason = error.strerror or str(error)
        raise InputError("file-not-written", file=file.name, reason=reason) from error
    except InputError:
        _discard(paths)
        raise
    return paths


def read_part(path: Path) -> PartRead | None:
    """Read a part and verify its content; gives `None` for a file that is no part.

    Raises `BundleError`: `file-missing`, `bundle-unreadable`, `bundle-damaged`,
    `bundle-cut-short`.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(MARK)) != MARK:
                return None
            line = file.readline(_HEAD)
            try:
                head = msgspec.json.decode(line, type=_Head)
            except ValueError as error:
                raise BundleError("bundle-damaged", file=path.name, part="head") from error
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise BundleError("file-missing", file=path.name) from None
    except OSError as error:
        raise BundleError("bundle-unreadable", file=path.name, reason=error.strerror) from error
    if not line.endswith(b"\n") or head.part > head.of:
        raise BundleError("bundle-damaged", file=path.name, part="head")
    if found != head.sha256:
        raise BundleError("bundle-damaged", file=path.name, part=f"{head.part}/{head.of}")
    return PartRead(head.bundle, head.bytes, head.part, head.of, len(MARK) + len(line))


def join_parts(contents: Sequence[Path], target: Path, *, bundle: str, file: str) -> None:
    """Put the contents of parts together, in their order, as the file that they were cut from.

    Raises `BundleError("parts-do-not-fit", file)` when that is not what comes of it.
    """
    found = hashlib.sha256()
    with replacing(target) as whole:
        for path in contents:
            with path.open("rb") as source:
                while piece := source.read(_PIECE):
                    found.update(piece)
                    whole.write(piece)
    if found.hexdigest() != bundle:
        target.unlink()
        raise BundleError("parts-do-not-fit", file=file)


def _first_lines(head: _Head | None) -> bytes:
    if head is None:
        return b""
    told: Mapping[str, object] = msgspec.to_builtins(head)
    return MARK + canonical(dict(told)) + b"\n"


def _write(path: Path, data: bytes) -> None:
    """Write one file, and read it back from the disk before it gets its name."""
    with replacing(path) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
        forget(file)
        if Path(file.name).read_bytes() != data:
            raise InputError("file-not-verified", file=path.name, found="bundle-damaged")


def _discard(paths: Sequence[Path]) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            return  # the stick is gone, and with it what was on it


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
