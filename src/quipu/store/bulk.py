"""Many rows at once, by the driver's own `executemany`, in either dialect."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select
from sqlalchemy.engine.interfaces import DBAPICursor

T = TypeVar("T")

AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]
Line = tuple[object, ...]

PIECE = 500
"""How many values one statement names in a list."""

_VALUES = 900
"""How many values one statement inserts: what every SQLite takes."""


def pieces(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut a long list into pieces that one statement can name."""
    for start in range(0, len(values), PIECE):
        yield values[start : start + PIECE]


class Bulk:
    """A connection, with the one thing that SQLAlchemy does slowly done by the driver."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._hole = "?" if connection.dialect.name == "sqlite" else "%s"

    def run(self, statement: str, *values: object) -> DBAPICursor:
        """Execute a statement with `?` for each value, by the driver alone; gives its cursor.

        For what every bundle does: SQLAlchemy takes longer to prepare a statement than SQLite to
        execute it.
        """
        cursor = self.connection.connection.cursor()
        cursor.execute(statement.replace("?", self._hole), values)
        return cursor

    def one(self, statement: str, *values: object) -> Any:
        """Give the first value of the first row that a statement finds, `None` for none."""
        row = self.run(statement, *values).fetchone()
        return None if row is None else row[0]

    def among(self, statement: str, values: Sequence[object]) -> Iterator[Any]:
        """Give the rows of a statement that ends in `IN`, for any number of values."""
        for piece in pieces(values):
            holes = ", ".join("?" for _ in piece)
            yield from self.run(f"{statement} ({holes})", *piece).fetchall()

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Line]) -> None:
        """Insert rows, given as tuples in the order of the columns."""
        if rows:
            start = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "
            line = f"({', '.join(self._hole for _ in columns)})"
            self._fill(start, line, "", iter(rows), (len(rows), len(columns)))

    def append(
        self, table: str, columns: Mapping[str, Sequence[int] | int], *, once: str = ""
    ) -> int:
        """Insert rows given by columns; gives how many that made.

        A column may be one number for all rows, and one that repeats a number is taken as such:
        the statement says it once. A row whose columns `once` are there already is left out.
        """
        key, *others = columns
        held, values = [columns[key]], [self._hole]
        for name in others:
            same = _repeated(columns[name])
            values.append(self._hole if same is None else str(same))
            held += [columns[name]] if same is None else []
        count = len(held[0]) if not isinstance(held[0], int) else 0
        if not count:
            return 0
        start = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "
        conflict = f" ON CONFLICT ({once}) DO NOTHING" if once else ""
        # Rows are made as the driver takes them, and never lie together in memory.
        rows: Any = zip(*held, strict=True)
        line = f"({', '.join(values)})"
        return self._fill(start, line, conflict, rows, (count, len(held)))

    def _fill(
        self, start: str, line: str, end: str, rows: Iterator[Line], size: tuple[int, int]
    ) -> int:
        """Insert rows, so many and so wide, many by one statement; gives how many that made."""
        many, wide = size
        together = max(_VALUES // wide, 1)
        cursor = self.connection.connection.cursor()
        made = 0
        if many >= together:
            lines = ", ".join([line] * together)
            several: Any = (
                tuple(chain.from_iterable(islice(rows, together))) for _ in range(many // together)
            )
            cursor.executemany(f"{start}{lines}{end}", several)
            made = cursor.rowcount
        if many % together:
            rest: Any = rows
            cursor.executemany(f"{start}{line}{end}", rest)
            made += cursor.rowcount
        return made

    def refill(self, table: str, columns: Sequence[str], rows: Sequence[Line]) -> None:
        """Empty a working table and fill it again."""
        self.run(f"DELETE FROM {table}")
        self.insert(table, columns, rows)

    def remove(self, table: str, column: str, rows: Sequence[Line]) -> None:
        """Remove the rows with these values, each given as a tuple of one, from a working table."""
        if rows:
            self.connection.exec_driver_sql(
                f"DELETE FROM {table} WHERE {column} = {self._hole}", list(rows)
            )


def _repeated(column: Sequence[int] | int) -> int | None:
    """Give the number that a column repeats, `None` where it has several."""
    if isinstance(column, int):
        return column
    if not column or column[0] != column[-1] or column.count(column[0]) < len(column):
        return None
    return column[0]
