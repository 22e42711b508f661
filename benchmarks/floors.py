"""What the same rows cost the bare libraries: no ledger, no signature, no history, no dispute."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import msgspec
import openpyxl
import zstandard

Row = tuple[str, str, str, int, str | None]
"""Item, unit, period, number and narrative."""

TABLE = (
    "CREATE TABLE fact (item TEXT, unit TEXT, period TEXT, value INTEGER, note TEXT,"
    " PRIMARY KEY (item, unit, period)) WITHOUT ROWID"
)
_UPSERT = (
    "INSERT INTO fact VALUES (?, ?, ?, ?, ?) ON CONFLICT (item, unit, period)"
    " DO UPDATE SET value = excluded.value, note = excluded.note"
)


def seconds(start: float) -> float:
    """Give how long ago a moment of `time.perf_counter` was."""
    return time.perf_counter() - start


def opened(file: Path) -> sqlite3.Connection:
    """Open an empty database as safely as a workspace is."""
    for old in file.parent.glob(f"{file.name}*"):
        old.unlink()
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute(TABLE)
    return connection


def upsert(folder: Path, rows: Sequence[Row]) -> tuple[float, float]:
    """Put all rows into one indexed table, in one transaction; gives the seconds, all and busy."""
    connection = opened(folder / "floor.db")
    start, busy = time.perf_counter(), time.process_time()
    with connection:
        connection.executemany(_UPSERT, rows)
    taken = seconds(start), time.process_time() - busy
    connection.close()
    return taken


def offices_of(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Give the rows of one office after the other."""
    for _, own in groupby(rows, key=lambda row: row[1]):
        yield list(own)


def attach(folder: Path, rows: Sequence[Row]) -> float:
    """Take the rows out of a database of each office: ATTACH, and INSERT … SELECT."""
    files = []
    for number, own in enumerate(offices_of(rows)):
        files.append(folder / f"floor-{number}.db")
        with opened(files[-1]) as connection:
            connection.executemany(_UPSERT, own)
        connection.close()
    connection = opened(folder / "floor.db")
    start = time.perf_counter()
    for file in files:
        connection.execute("ATTACH ? AS office", (str(file),))
        with connection:
            connection.execute("INSERT INTO fact SELECT * FROM office.fact")
        connection.execute("DETACH office")
    taken = seconds(start)
    connection.close()
    for file in files:
        for beside in folder.glob(f"{file.name}*"):
            beside.unlink()
    return taken


def decode(rows: Sequence[Row]) -> float:
    """Unpack and decode the rows of each office: typed tuples in JSON in zstd."""
    packed = [
        zstandard.ZstdCompressor(level=9).compress(msgspec.json.encode(own))
        for own in offices_of(rows)
    ]
    decoder = msgspec.json.Decoder(list[Row])
    start = time.perf_counter()
    for one in packed:
        decoder.decode(zstandard.ZstdDecompressor().decompress(one))
    return seconds(start)


def workbooks(folder: Path, rows: Sequence[Row], *, most: int = 4) -> float:
    """Read the workbooks of some offices, cell by cell; scaled to all of them."""
    offices = list(offices_of(rows))
    sample = offices[:most]
    files = []
    for number, own in enumerate(sample):
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in own:
            sheet.append(row)
        files.append(folder / f"floor-{number}.xlsx")
        book.save(files[-1])
    start = time.perf_counter()
    together: list[tuple[object, ...]] = []
    for file in files:
        book = openpyxl.load_workbook(file, read_only=True)
        together += book.worksheets[0].iter_rows(values_only=True)
        book.close()
    return seconds(start) * len(offices) / len(sample)
