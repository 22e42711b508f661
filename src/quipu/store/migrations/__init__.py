"""How a workspace's tables came to be: numbered steps, each frozen once it is released."""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from quipu.store.migrations import m0001_ledger, m0002_registers

Step = Callable[[Connection], None]

STEPS: Mapping[int, Step] = {1: m0001_ledger.upgrade, 2: m0002_registers.upgrade}


def apply(connection: Connection, *, steps: Mapping[int, Step] = STEPS) -> list[int]:
    """Bring a database up to date, one transaction for each step; gives the steps that ran.

    The version row is written in the step's own transaction, so that a step is absent or whole.
    """
    done = []
    for number in sorted(steps):
        with connection.begin():
            if number > version(connection):
                steps[number](connection)
                connection.exec_driver_sql("DELETE FROM schema_version")
                connection.exec_driver_sql(f"INSERT INTO schema_version VALUES ({number})")
                done.append(number)
    return done


def version(connection: Connection) -> int:
    """Give the number of the last step that a database has seen, 0 for an empty one."""
    if not connection.dialect.has_table(connection, "schema_version"):
        return 0
    return int(connection.exec_driver_sql("SELECT version FROM schema_version").scalar_one())
