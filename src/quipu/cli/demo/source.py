"""The demonstration's own data: an invented institution, its plan as tables, what was done."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quipu.settings import resources_dir


@dataclass(frozen=True, slots=True)
class DemoOffice:
    """A regional office: its name, its workspace's folder, the units that it reports."""

    name: str
    folder: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Institution:
    """The invented institution: `head` is the box of its document, `tabs` its tables by tab."""

    name: str
    year: int
    form: str
    head: tuple[tuple[str, str], ...]
    offices: tuple[DemoOffice, ...]
    tabs: tuple[tuple[str, Path], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a unit did on an activity in a period; `in_workbook`: typed into a workbook."""

    unit: str
    activity: str
    period: str
    executed: str
    note: str
    in_workbook: bool


def institution() -> Institution:
    """Give the institution with its offices and tables."""
    said = json.loads((_folder() / "institucion.json").read_text(encoding="utf-8"))
    offices = (
        DemoOffice(one["name"], one["folder"], tuple(one["units"])) for one in said["offices"]
    )
    tabs = ((name, _folder() / f"{file}.tsv") for file, name in said["sheets"].items())
    return Institution(
        name=said["institution"],
        year=said["year"],
        form=said["form"],
        head=tuple(said["head"].items()),
        offices=tuple(offices),
        tabs=tuple(tabs),
    )


def entries() -> list[Entry]:
    """Give what the offices did, in the order in which they enter it."""
    return [
        Entry(unit, activity, period, executed, note, way == "libro")
        for unit, activity, period, executed, note, way in _lines(_folder() / "avance.tsv", 6)
    ]


def table(file: Path) -> list[list[str]]:
    """Give the lines of a table as its document prints them, blank lines too."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.split("\t")] for line in lines]


def _lines(file: Path, columns: int) -> Iterator[list[str]]:
    for line in table(file)[1:]:
        yield line + [""] * (columns - len(line))


def _folder() -> Path:
    return resources_dir() / "demo"
