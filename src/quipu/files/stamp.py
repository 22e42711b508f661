"""What a workbook of Quipu's own says of itself: which rows and cells belong to which facts.

The stamp stands in a very-hidden sheet as JSON, cut into cells. It also remembers the words beside
the cells: a row that someone moved in the meantime is found again by them, and where they are not
found nothing is taken for what it may not be.
"""

import hashlib
import json
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quipu.domain.address import Address
from quipu.files.formulas import column_letters
from quipu.forms.document import SheetStamp, Stamp
from quipu.forms.raw import RawFile, RawTable

FORMAT = 1
STAMP_TAB = "quipu"
"""The very-hidden sheet in which Quipu's own workbooks say what they are."""
LISTS_TAB = "quipu.lists"
"""The very-hidden sheet with the values of their drop-down lists."""
_HEAD = "quipu-workbook"
_CHUNK = 30_000
_VIEWS = ("plan", "published", "progress")

TextAt = Callable[[int, int], str]
"""The text at a row and column, both from 0."""


@dataclass(frozen=True, slots=True)
class TabPlaces:
    """The places of one tab as it is written; rows and columns from 0.

    `rows` maps rows to item ids and `cells` editable cells to addresses. `labels` are the columns
    of words by which a row is known again, `headers` the rows of the heading.
    """

    name: str
    headers: tuple[int, ...]
    width: int
    labels: tuple[int, ...]
    rows: Mapping[int, str]
    cells: Mapping[tuple[int, int], Address]


def stamp_texts(stamp: Stamp, tabs: Sequence[tuple[TabPlaces, TextAt]]) -> list[str]:
    """Give the texts of the stamp's cells, one under the other; each fits a cell."""
    content = {
        "form": stamp.form,
        "version": stamp.version,
        "digest": stamp.digest,
        "dataset": stamp.dataset,
        "plan": stamp.plan,
        "view": stamp.view,
        "period": stamp.period,
        "tabs": [_written_tab(places, text_at) for places, text_at in tabs],
    }
    text = json.dumps(content, separators=(",", ":"), sort_keys=True)
    # `_x0041_` would be read back as a letter.
    text = text.replace("_x", "\\u005fx")
    sum_ = hashlib.sha256(text.encode()).hexdigest()
    chunks = [text[start : start + _CHUNK] for start in range(0, len(text), _CHUNK)]
    return [f"{_HEAD} {FORMAT} {sum_}", *chunks]


def _written_tab(places: TabPlaces, text_at: TextAt) -> dict[str, Any]:
    keys: dict[tuple[str, str, str], int] = {}
    cells: list[list[int | str]] = []
    for (row, column), address in places.cells.items():
        key = keys.setdefault((address.field, address.period, address.unit), len(keys))
        own = [] if places.rows.get(row) == address.item else [address.item]
        cells.append([row, column, key, *own])
    was = [[*place, text_at(*place)] for place in places.cells if text_at(*place)]
    return {
        "name": places.name,
        "headers": list(places.headers),
        "width": places.width,
        "heading": _heading_sum(places.headers, places.width, text_at),
        "labels": list(places.labels),
        "rows": [
            [row, item, _sum(text_at(row, column) for column in places.labels)]
            for row, item in places.rows.items()
        ],
        "keys": [list(key) for key in keys],
        "cells": cells,
        "was": was,
    }


def _sum(texts: Iterator[str]) -> int:
    words = "\x1f".join(" ".join(text.split()) for text in texts)
    return zlib.crc32(words.encode())


def _heading_sum(headers: Sequence[int], width: int, text_at: TextAt) -> int:
    return _sum(text_at(row, column) for row in headers for column in range(width))


def without_stamp(
    tables: Sequence[RawTable], hidden: Collection[str] = ()
) -> tuple[list[RawTable], RawTable | None]:
    """Take the sheets of Quipu's own out of a workbook's tables, and give the stamp's.

    Another program may have saved the workbook: LibreOffice makes a very-hidden sheet a hidden
    one. So the stamp is known by its name together with its first cell, or with being hidden.
    """
    stamp: RawTable | None = None
    others: list[RawTable] = []
    for table in tables:
        if table.name == STAMP_TAB and (table.name in hidden or _head(table)[:1] == [_HEAD]):
            stamp = table
        elif table.name != LISTS_TAB:
            others.append(table)
    return others, stamp


def _head(table: RawTable) -> list[str]:
    return table.rows[0][0].text.split() if table.rows and table.rows[0] else []


def read_stamp(file: RawFile, table: RawTable) -> RawFile:
    """Give the file with its stamp; with a note instead when the stamp is damaged.

    Notes: `stamp` is `damaged` or `newer`; `stamp.moved:<tab>` and `stamp.lost:<tab>` list the
    rows, as the sheet numbers them now, or did when it was written.
    """
    texts = [row[0].text if row else "" for row in table.rows]
    head = _head(table)
    if len(head) != 3 or head[0] != _HEAD:
        return replace(file, notes={**file.notes, "stamp": "damaged"})
    if head[1] != str(FORMAT):
        return replace(file, notes={**file.notes, "stamp": "newer"})
    text = "".join(texts[1:])
    if hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() != head[2]:
        return replace(file, notes={**file.notes, "stamp": "damaged"})
    try:
        stamp, notes = _placed(json.loads(text), {table.name: table for table in file.tables})
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return replace(file, notes={**file.notes, "stamp": "damaged"})
    return replace(file, stamp=stamp, notes={**file.notes, **notes})


def _placed(
    content: Mapping[str, Any], tables: Mapping[str, RawTable]
) -> tuple[Stamp, dict[str, str]]:
    notes: dict[str, str] = {}
    sheets: dict[str, SheetStamp] = {}
    for tab in content["tabs"]:
        name = str(tab["name"])
        table = tables.get(name)
        if table is None:
            notes[f"stamp.lost:{name}"] = "*"
            continue
        sheets[name] = _placed_tab(tab, table, notes)
    view = content["view"]
    if view not in _VIEWS:
        raise ValueError(view)
    words = {
        name: str(content[name])
        for name in ("form", "version", "digest", "dataset", "plan", "period")
    }
    return Stamp(**words, view=view, sheets=sheets), notes


def _placed_tab(tab: Mapping[str, Any], table: RawTable, notes: dict[str, str]) -> SheetStamp:
    def text_at(row: int, column: int) -> str:
        cells = table.rows[row] if 0 <= row < len(table.rows) else ()
        return cells[column].text if 0 <= column < len(cells) else ""

    if _heading_sum(tab["headers"], tab["width"], text_at) != tab["heading"]:
        # Columns were put in, taken out or moved: no cell can be trusted.
        notes[f"stamp.lost:{table.name}"] = "*"
        return SheetStamp({}, {})
    found = _found_rows(tab, len(table.rows), text_at)
    items = {row: str(item) for row, item, _ in tab["rows"]}
    moved = [str(now + 1) for row, now in found.items() if now != row]
    lost = [str(row + 1) for row in items if row not in found]
    if moved:
        notes[f"stamp.moved:{table.name}"] = ", ".join(moved)
    if lost:
        notes[f"stamp.lost:{table.name}"] = ", ".join(lost)
    cells: dict[str, Address] = {}
    for row, column, key, *own in tab["cells"]:
        if row in items and row not in found:
            continue
        field, period, unit = (str(part) for part in tab["keys"][key])
        item = str(own[0]) if own else items[row]
        cells[_place(found.get(row, row), column)] = Address(item, field, period, unit)
    # The first workbooks did not say what stood in their cells.
    was = {
        _place(found.get(row, row), column): str(text) for row, column, text in tab.get("was", ())
    }
    return SheetStamp({now + 1: items[row] for row, now in found.items()}, cells, was)


def _place(row: int, column: int) -> str:
    return f"{column_letters(column)}{row + 1}"


def _found_rows(tab: Mapping[str, Any], height: int, text_at: TextAt) -> dict[int, int]:
    """Find each stamped row where it was, or at the only other place with the same words."""
    labels = tab["labels"]
    if not labels:
        return {row: row for row, _, _ in tab["rows"]}

    def sum_at(row: int) -> int:
        return _sum(text_at(row, column) for column in labels)

    found = {row: row for row, _, words in tab["rows"] if sum_at(row) == words}
    missing = [(row, words) for row, _, words in tab["rows"] if row not in found]
    if missing:
        free: dict[int, list[int]] = {}
        for row in set(range(height)) - found.keys():
            free.setdefault(sum_at(row), []).append(row)
        wanted = [words for _, words in missing]
        for row, words in missing:
            if len(free.get(words, ())) == 1 and wanted.count(words) == 1:
                found[row] = free[words][0]
    return found
