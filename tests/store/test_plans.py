"""No daily statement reads a growing table from end to end, however much is held already."""

import re
import sqlite3
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection

from quipu.domain.address import Address
from tests.store.pairs import Seat

GROWING = {
    *("op", "op_base", "fact", "text", "term", "session", "multi", "bundle", "sent"),
    *("scope_item", "holding", "blob", "spot", "span"),
}
OFFICE = "office-norte"
ITEMS = {f"row-{n}" for n in range(5)}


def scanned(run: Connection, statement: str) -> set[str]:
    """Give the tables of the file that a statement's program begins to read at their beginning."""
    tables = dict(
        iter(run.exec_driver_sql("SELECT rootpage, tbl_name FROM main.sqlite_schema").all())
    )
    cursors: dict[int, str] = {}
    found = set()
    for step in run.exec_driver_sql(f"EXPLAIN {statement}").all():
        if step.opcode in ("OpenRead", "OpenWrite") and step.p3 == 0:
            cursors[step.p1] = tables.get(step.p2, "")
        elif step.opcode in ("OpenEphemeral", "OpenAutoindex", "OpenPseudo", "SorterOpen"):
            cursors.pop(step.p1, None)
        elif step.opcode == "Rewind" and step.p1 in cursors:
            found.add(cursors[step.p1])
    return found


class Watch:
    """Collects what a seat's database is asked, and then what of it scans a growing table."""

    def __init__(self, seat: Seat) -> None:
        self._run = seat.ws._connection
        self.seen: dict[str, str] = {}
        raw = self._run.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        self._raw = raw
        raw.set_trace_callback(self._look)

    def _look(self, statement: str) -> None:
        if statement.split(maxsplit=1)[0] in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            self.seen.setdefault(re.sub(r"\d+|'[^']*'", "?", statement), statement)

    def guilty(self) -> list[tuple[str, set[str]]]:
        self._raw.set_trace_callback(None)
        with self._run.begin():
            found = [(asked, scanned(self._run, asked) & GROWING) for asked in self.seen.values()]
        return [(asked, tables) for asked, tables in found if tables]


def everyday(centre: Seat, north: Seat) -> None:
    """What a centre and an office do all year: write, load, send, merge, dispute, settle, look."""
    row = Address("row-1", "executed", "2024-07", "u")

    def load(seat: Seat, number: int) -> None:
        with seat.writing() as writer:
            writer.put_many((Address(item, "total"), Decimal(number)) for item in sorted(ITEMS))

    load(centre, 1)
    north.take(centre.send(OFFICE, ITEMS))
    north.say(row, Decimal(1))
    load(north, 2)
    load(centre, 3)
    assert centre.take(north.send()).disputes == len(ITEMS)
    centre.say(Address("row-1", "total"), Decimal(4))
    load(centre, 5)
    north.take(centre.send(OFFICE, ITEMS, full=True))
    north.say(row, Decimal(2))
    centre.take(north.send())
    north.take(centre.send(OFFICE, ITEMS))
    centre.take(north.send())
    assert north.facts(ITEMS) == centre.facts(ITEMS)
    centre.ws.history("row-1", "executed")
    centre.ws.reading(row)
    centre.ws.pending(OFFICE, ITEMS)


def test_no_growing_table_is_read_whole(tmp_path: Path) -> None:
    centre = Seat(tmp_path / "centre", "pc-centro")
    north = Seat(tmp_path / "norte", "pc-norte", OFFICE)
    watches = [Watch(centre), Watch(north)]
    everyday(centre, north)
    for watch in watches:
        assert len(watch.seen) > 80
        assert watch.guilty() == []
    centre.close()
    north.close()


def test_the_watch_sees_a_scan(tmp_path: Path) -> None:
    seat = Seat(tmp_path / "centre", "pc-centro")
    with seat.ws._connection.begin():
        run = seat.ws._connection
        assert scanned(run, "SELECT * FROM op WHERE depth = 3") == {"op"}
        assert scanned(run, "SELECT * FROM op WHERE op = 3") == set()
        assert scanned(run, "SELECT count(*) FROM fact f JOIN inc i ON i.kind = f.kind")
    seat.close()
