from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine

from quipu.store.bulk import Bulk


@pytest.fixture
def bulk() -> Iterator[Bulk]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER, c TEXT)")
        yield Bulk(connection)
    engine.dispose()


@pytest.mark.parametrize("count", [0, 1, 2, 449, 450, 451, 900, 1001])
def test_all_rows_go_in_however_many_one_statement_takes(bulk: Bulk, count: int) -> None:
    rows = [(n, f"text {n}") for n in range(count)]
    bulk.insert("t", ("a", "c"), rows)
    assert bulk.run("SELECT a, c FROM t ORDER BY a").fetchall() == rows


@pytest.mark.parametrize("count", [1, 2, 449, 450, 451, 900, 1001])
def test_what_is_there_already_is_left_out_and_not_counted(bulk: Bulk, count: int) -> None:
    bulk.insert("t", ("a", "b"), [(n, -1) for n in range(0, count, 3)])
    known = len(range(0, count, 3))
    made = bulk.append("t", {"a": range(count), "b": list(range(count)), "c": 7}, once="a")
    assert made == count - known
    assert bulk.append("t", {"a": range(count), "b": range(count)}, once="a") == 0
    expected = [(n, -1, None) if n % 3 == 0 else (n, n, "7") for n in range(count)]
    assert bulk.run("SELECT * FROM t ORDER BY a").fetchall() == expected


def test_columns_of_other_lengths_are_a_mistake(bulk: Bulk) -> None:
    with pytest.raises(ValueError, match="zip"):
        bulk.append("t", {"a": range(3), "b": [1, 2]})
