"""Many rows at once, by the driver's own `executemany`, in either dialect."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select
from sqlalchemy.engine.interfaces import DBAPICursor

T = TypeVar("T")

AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]
Line = tuple[object, ...]

PIECE = 500
"""How many values one statement names in a list."""


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
            holes = ", ".join(self._hole for _ in columns)
            names = ", ".join(columns)
            cursor = self.connection.connection.cursor()
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({holes})", rows)

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
        if not held[0]:
            return 0
        names = f"{table} ({', '.join(columns)}) VALUES ({', '.join(values)})"
        conflict = f" ON CONFLICT ({once}) DO NOTHING" if once else ""
        cursor = self.connection.connection.cursor()
        # Rows are made as the driver takes them, and never lie together in memory.
        rows: Any = zip(*held, strict=True)
        cursor.executemany(f"INSERT INTO {names}{conflict}", rows)
        return cursor.rowcount

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
