"""Many rows at once, by the driver's own `executemany`, in either dialect."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select

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

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Line]) -> None:
        """Insert rows, given as tuples in the order of the columns."""
        if rows:
            holes = ", ".join(self._hole for _ in columns)
            names = ", ".join(columns)
            self.connection.exec_driver_sql(
                f"INSERT INTO {table} ({names}) VALUES ({holes})", list(rows)
            )

    def append(
        self, table: str, columns: Mapping[str, Sequence[int] | int], *, once: str = ""
    ) -> int:
        """Insert rows given by columns; gives how many that made.

        A column may be one number for all rows. A row whose column `once` is there already is
        left out.
        """
        held = [name for name, column in columns.items() if not isinstance(column, int)]
        values = ", ".join(self._hole if name in held else str(columns[name]) for name in columns)
        conflict = f" ON CONFLICT ({once}) DO NOTHING" if once else ""
        rows = list(zip(*(columns[name] for name in held), strict=True))
        if not rows:
            return 0
        return self.connection.exec_driver_sql(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values}){conflict}", rows
        ).rowcount

    def refill(self, table: str, columns: Sequence[str], rows: Sequence[Line]) -> None:
        """Empty a working table and fill it again."""
        self.connection.exec_driver_sql(f"DELETE FROM {table}")
        self.insert(table, columns, rows)

    def remove(self, table: str, column: str, rows: Sequence[Line]) -> None:
        """Remove the rows with these values, each given as a tuple of one, from a working table."""
        if rows:
            self.connection.exec_driver_sql(
                f"DELETE FROM {table} WHERE {column} = {self._hole}", list(rows)
            )
