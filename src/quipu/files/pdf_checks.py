"""The check code of each page: whether what paper says is still what the plan says.

A code is eight signs from SHA-256 over what was asked for (plan, form, view, period, units), the
page's number, its head, and all its words. The PDF also carries, in its keywords, what was asked
for, the codes, and a short digest of each row, so that what changed since can be named.
"""

import base64
import binascii
import hashlib
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from quipu.domain.errors import InputError
from quipu.files.pdf_layout import LaidPage
from quipu.forms.document import Document

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 8
_MARK = "quipu-1:"
_KEYWORDS = re.compile(rb"/Keywords\s*\(quipu-1:([A-Za-z0-9_=\\\r\n-]+)\)")
_LARGEST = 32 * 2**20
_LARGEST_WORDS = 8 * 2**20


@dataclass(frozen=True, slots=True)
class PageCheck:
    """A page's code, and the digests of the plan's rows that begin on it, by item."""

    number: int
    code: str
    rows: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PaperChecks:
    """What a printed document was asked for with, and its pages' checks."""

    origin: Mapping[str, str]
    pages: tuple[PageCheck, ...]


def page_checks(document: Document, pages: Sequence[LaidPage]) -> PaperChecks:
    """Work out the checks of a document laid out on pages; it has an origin."""
    origin = dict(document.origin)
    digests = _row_digests(document)
    head = [*document.lines, *(text for line in document.box for text in line)]
    checks = []
    for number, page in enumerate(pages, start=1):
        said = [json.dumps(origin, sort_keys=True), str(number), *head, *page.words]
        rows = {item: digests[item] for item in page.items if item in digests}
        checks.append(PageCheck(number, code_of(said), rows))
    return PaperChecks(origin, tuple(checks))


def code_of(words: Sequence[str]) -> str:
    """Give the code of what a page says: eight signs that are not mistaken for each other."""
    number = int.from_bytes(hashlib.sha256("\x1f".join(words).encode()).digest()[:5])
    return "".join(_SIGNS[number >> shift & 31] for shift in range(5 * _LENGTH - 5, -1, -5))


def same_code(one: str, other: str) -> bool:
    """Tell whether two codes are the same, as people type them."""
    return bool(one) and _plain(one) == _plain(other)


def _plain(code: str) -> str:
    bare = re.sub(r"[\s-]", "", code.upper())
    return bare.replace("O", "0").replace("I", "1").replace("L", "1")


def shown(code: str) -> str:
    """Give a code as it is printed: `K7QX-2M9A`."""
    return f"{code[: _LENGTH // 2]}-{code[_LENGTH // 2 :]}"


def _row_digests(document: Document) -> dict[str, str]:
    said: dict[str, list[str]] = {}
    for sheet in document.sheets:
        for row in sheet.rows:
            if row.item:
                texts = (cell.text for cell in row.cells if cell is not None)
                said.setdefault(row.item, []).append("\x1f".join(texts))
    return {
        item: hashlib.sha256("\x1e".join(rows).encode()).hexdigest()[:8]
        for item, rows in said.items()
    }


def packed(checks: PaperChecks) -> str:
    """Write checks as the keywords of a PDF."""
    content = {
        "origin": dict(checks.origin),
        "pages": [[page.code, dict(page.rows)] for page in checks.pages],
    }
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return _MARK + base64.urlsafe_b64encode(zlib.compress(plain, 9)).decode()


def read_checks(path: Path) -> PaperChecks:
    """Read the checks of a PDF that Quipu printed.

    Raises `InputError` `file-missing`, `file-unreadable`, or `pdf-without-checks` (file) for
    another PDF, or one that another program saved again.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST)
    except FileNotFoundError:
        raise InputError("file-missing", file=path) from None
    except OSError as error:
        raise InputError("file-unreadable", file=path, reason=error.strerror or "") from error
    found = _KEYWORDS.search(content)
    try:
        if found is None:
            raise ValueError
        known = json.loads(_unpacked(re.sub(rb"\\?[\r\n]+", b"", found[1])))
        pages = tuple(
            PageCheck(number, str(code), {str(item): str(rest) for item, rest in rows.items()})
            for number, (code, rows) in enumerate(known["pages"], start=1)
        )
        return PaperChecks({str(k): str(v) for k, v in known["origin"].items()}, pages)
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error, binascii.Error):
        raise InputError("pdf-without-checks", file=path) from None


def _unpacked(text: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    plain = unpacking.decompress(base64.urlsafe_b64decode(text), _LARGEST_WORDS)
    if not unpacking.eof:
        raise ValueError
    return plain
