"""Reads a file's tables by what it contains, whatever its name ends in."""

import stat
from collections.abc import Collection
from pathlib import Path
from typing import BinaryIO

from quipu.domain.errors import InputError
from quipu.files.docx import document_part, read_docx
from quipu.files.ods import is_ods, is_other_document, read_ods
from quipu.files.ole import HEAD
from quipu.files.package import Package, open_package
from quipu.files.stamp import read_stamp, without_stamp
from quipu.files.text import decode, read_text
from quipu.files.xls import read_xls
from quipu.files.xlsx import read_xlsx, workbook_part
from quipu.forms.raw import RawFile, RawTable

MAX_FILE = 64 * 2**20
_ZIP_HEADS = (b"PK\x03\x04", b"PK\x05\x06")


def read_file(path: Path) -> RawFile:
    """Read the tables of a workbook, a document or a text.

    Workbooks are .xlsx, .xlsm, .ods, .xls; documents .docx and pages (.html, also named .xls);
    texts .tsv, .csv, .psv, .txt.

    Raises `InputError` with `file`: `file-missing`, `file-is-folder`, `file-no-permission`,
    `file-unreadable`, `file-empty`, `file-too-large`, `file-too-large-inside`, `file-protected`,
    `file-cut-short`, `file-damaged`, `file-binary-workbook`, `file-other-document`,
    `file-not-table`.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError("file-is-folder", file=str(path))
        if not stat.S_ISREG(status.st_mode):
            raise InputError("file-not-table", file=path.name)
        if status.st_size == 0:
            raise InputError("file-empty", file=path.name)
        if status.st_size > MAX_FILE:
            raise InputError("file-too-large", file=path.name, limit=MAX_FILE // 2**20)
        with path.open("rb") as stream:
            return _read(path.name, stream)
    except FileNotFoundError as error:
        raise InputError("file-missing", file=str(path)) from error
    except PermissionError as error:
        raise InputError("file-no-permission", file=str(path)) from error
    except OSError as error:
        raise InputError("file-unreadable", file=path.name, reason=error.strerror) from error


def _read(name: str, stream: BinaryIO) -> RawFile:
    head = stream.read(8)
    stream.seek(0)
    if head.startswith(_ZIP_HEADS):
        with open_package(stream, name) as package:
            return _read_package(package)
    if head == HEAD:
        return _file(name, read_xls(stream.read(), name))
    return read_text(decode(stream.read(), name), name)


def _read_package(package: Package) -> RawFile:
    part = workbook_part(package)
    if part is not None:
        return _file(package.name, *read_xlsx(package, part))
    part = document_part(package)
    if part is not None:
        return _file(package.name, read_docx(package, part))
    if is_ods(package):
        return _file(package.name, read_ods(package))
    if is_other_document(package):
        raise InputError("file-other-document", file=package.name)
    raise InputError("file-not-table", file=package.name)


def _file(name: str, tables: list[RawTable], hidden: Collection[str] = ()) -> RawFile:
    """Give the tables with anything in them; raises `InputError("file-empty")` for none."""
    others, stamp = without_stamp(tables, hidden)
    filled = tuple(table for table in others if table.rows)
    if not filled:
        raise InputError("file-empty", file=name)
    file = RawFile(name, filled)
    return file if stamp is None else read_stamp(file, stamp)
