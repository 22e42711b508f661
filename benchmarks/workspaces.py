"""Reading, storing and drawing a plan, and merging the bundles of fifty offices."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import openpyxl

from benchmarks.material import FORM, YEAR, plan_text, workbook
from benchmarks.timing import Measured, median
from quipu.domain.address import Address
from quipu.operations.dumping import dump
from quipu.operations.enrolment import enrol, join
from quipu.operations.entering import CellText, change_cells
from quipu.operations.exporting import export_bundle
from quipu.operations.finding import find_plan, find_unit, plan_rows
from quipu.operations.loading import load_plan, store_reading
from quipu.operations.merging import merge_bundles
from quipu.operations.printing import document
from quipu.operations.reading import read_plan
from quipu.operations.workspaces import new_centre, open_house

OFFICES, ACTIVITIES = 50, 20
AUTHOR = "bench"


def reading(folder: Path) -> Measured:
    """Read a plan's workbook through its forms, beside a bare read of its cells."""
    file, year = workbook(folder)

    def bare() -> int:
        book = openpyxl.load_workbook(file)
        return sum(
            cell.value is not None for tab in book for row in tab.iter_rows() for cell in row
        )

    ours = median(lambda: read_plan(file=file, form=FORM, year=year))
    return Measured(f"read {file.name}", ours, "bare openpyxl read", median(bare))


def storing(folder: Path) -> Measured:
    """Store a plan that was read, beside a bare insert of as many rows."""
    file, year = workbook(folder)
    read = read_plan(file=file, form=FORM, year=year)
    places = iter(range(1_000))
    count = 0

    def store() -> None:
        nonlocal count
        place = folder / f"stored-{next(places)}"
        new_centre(folder=place, institution="Instituto", author=AUTHOR)
        with open_house(folder=place, write=True) as house:
            count = store_reading(house, read, year=year, author=AUTHOR).stored

    def empty() -> None:
        place = folder / f"stored-{next(places)}"
        new_centre(folder=place, institution="Instituto", author=AUTHOR)
        open_house(folder=place, write=True).close()

    ours = median(store) - median(empty)
    rows = [(str(n), "target", "2024-07", n) for n in range(count)]
    bare = median(lambda: _insert(folder / "bare.db", rows), before=lambda: _gone(folder))
    return Measured(f"store {count:,} facts", ours, "bare sqlite3 insert", bare)


def merging(folder: Path) -> list[Measured]:
    """Merge fifty offices' bundles beside a bare upsert; and draw the whole plan then."""
    centre, files, values = _fifty_offices(folder)
    kept = folder / "kept"
    shutil.copytree(centre, kept)

    def fresh() -> None:
        shutil.rmtree(centre)
        shutil.copytree(kept, centre)

    ours = median(lambda: _merge(centre, files, "merged"), times=3, before=fresh)
    rows = [(str(n), "executed", "2025-07", n) for n in range(values)]
    bare = median(lambda: _insert(folder / "bare.db", rows), before=lambda: _gone(folder))
    merged = Measured(
        f"merge {OFFICES} offices, {values:,} values", ours, "bare sqlite3 upsert", bare
    )
    again = median(lambda: _merge(centre, files, "already"), times=3)
    known = Measured("merge them again (nothing new)", again, "bare sqlite3 upsert", bare)
    return [merged, known, drawing(folder, centre)]


def drawing(folder: Path, centre: Path) -> Measured:
    """Draw the whole plan from the workspace, beside a bare query of as many rows."""
    with open_house(folder=centre) as house:
        facts = list(dump(house))
        _gone(folder)
        _insert(folder / "bare.db", facts)
        ours = median(lambda: document(house, form=FORM), times=3)

    def bare() -> dict[tuple[str, str, str], object]:
        with sqlite3.connect(folder / "bare.db") as connection:
            found = connection.execute("SELECT item, field, period, value FROM fact")
            return {(item, field, period): value for item, field, period, value in found}

    name = f"draw {OFFICES * ACTIVITIES:,} rows of {len(facts):,} facts"
    return Measured(name, ours, "bare sqlite3 query of the facts", median(bare))


def _merge(centre: Path, files: Sequence[Path], state: str) -> None:
    with open_house(folder=centre, write=True) as house:
        merged = merge_bundles(house, files=files)
    if any(one.state != state for one in merged.bundles):
        raise RuntimeError(f"a bundle is not {state}")


def _fifty_offices(folder: Path) -> tuple[Path, list[Path], int]:
    """Make a centre and fifty offices that filled in a year; give centre, bundles, values."""
    centre = folder / "centre"
    new_centre(folder=centre, institution="Instituto", author=AUTHOR)
    names = [f"OFICINA {number:03}" for number in range(1, OFFICES + 1)]
    joins = []
    with open_house(folder=centre, write=True) as house:
        text = plan_text(OFFICES, ACTIVITIES)
        load_plan(house, text=text, name="plan.tsv", form=FORM, year=YEAR, author=AUTHOR)
        for name in names:
            file = folder / f"{name}.enrol.quipu"
            enrol(house, office=name, units=[name], file=file, author=AUTHOR)
            joins.append((name, file))
    files, values = [], 0
    for name, file in joins:
        place = folder / name
        join(folder=place, file=file, author=AUTHOR)
        with open_house(folder=place, write=True) as house:
            facts = house.facts()
            unit = find_unit(facts, name)
            cells = [
                CellText(Address(row, "executed", f"{YEAR}-{month:02}", unit), str(month))
                for row in plan_rows(facts, find_plan(facts), unit)
                for month in range(1, 13)
            ]
            values += change_cells(house, cells=cells, author=AUTHOR).changed
            files.append(folder / f"{name}.quipu")
            export_bundle(house, file=files[-1])
    return centre, files, values


def _insert(file: Path, rows: Sequence[tuple[object, ...]]) -> None:
    """Put rows into one indexed table, in one transaction, as safely as a workspace does."""
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS fact (item TEXT, field TEXT, period TEXT, value,"
            " PRIMARY KEY (item, field, period)) WITHOUT ROWID"
        )
        connection.executemany(
            "INSERT INTO fact VALUES (?, ?, ?, ?)"
            " ON CONFLICT (item, field, period) DO UPDATE SET value = excluded.value",
            rows,
        )


def _gone(folder: Path) -> None:
    for file in folder.glob("bare.db*"):
        file.unlink()
