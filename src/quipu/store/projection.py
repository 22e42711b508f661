"""What registers show, read from the ledger: the slow path of a merge, and the rebuilding."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy import text as sql

from quipu.domain.fields import steward
from quipu.store import working
from quipu.store.ledger import Ledger
from quipu.store.tables import term


def find_heads(ledger: Ledger) -> None:
    """Fill the working table `head` with the heads of the registers in `slow`."""
    _name_stewards(ledger)
    ledger.connection.exec_driver_sql("DELETE FROM head")
    ledger.connection.exec_driver_sql(working.HEADS)


def read_again(ledger: Ledger) -> None:
    """Make `fact` and `multi` say what the ledger says of the registers in `slow`."""
    find_heads(ledger)
    for statement in (
        working.SHOW_NOTHING,
        working.SHOW,
        working.FORGET_SEVERAL,
        working.REMEMBER_SEVERAL,
    ):
        ledger.connection.exec_driver_sql(statement)


def show_again(ledger: Ledger, registers: Collection[int]) -> None:
    """Read some registers from the ledger again, if there are any."""
    if registers:
        ledger.bulk.refill("slow", ("reg",), [(register,) for register in sorted(registers)])
        read_again(ledger)


def only_register(ledger: Ledger, register: int) -> None:
    """Put one register in `slow`."""
    ledger.bulk.refill("slow", ("reg",), [(register,)])


def all_registers(ledger: Ledger) -> None:
    """Put every register in `slow`."""
    ledger.connection.exec_driver_sql("DELETE FROM slow")
    ledger.connection.exec_driver_sql("INSERT INTO slow (reg) SELECT reg FROM fact")


def _name_stewards(ledger: Ledger) -> None:
    fields = "SELECT DISTINCT p.field FROM slow s CROSS JOIN spot p WHERE p.no = s.reg & 268435455"
    numbers = list(ledger.connection.scalars(sql(fields)))
    query = select(term.c.no, term.c.text).where(term.c.no.in_(numbers))
    names = [(no, code) for no, code in ledger.connection.execute(query)]
    offices = [(no,) for no, code in names if steward(code) == "office"]
    ledger.bulk.refill("office_field", ("field",), offices)
