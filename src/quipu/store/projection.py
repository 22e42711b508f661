"""What registers show, read from the ledger: the slow path of a merge, and the rebuilding."""

from collections.abc import Collection

from quipu.domain.fields import steward
from quipu.store import working
from quipu.store.ledger import Ledger


def find_heads(ledger: Ledger) -> None:
    """Fill the working table `head` with the heads of the registers in `slow`."""
    _name_stewards(ledger)
    ledger.bulk.run("DELETE FROM head")
    ledger.bulk.run(working.HEADS)


def read_again(ledger: Ledger) -> None:
    """Make `fact` and `multi` say what the ledger says of the registers in `slow`."""
    find_heads(ledger)
    for statement in (
        working.SHOW_NOTHING,
        working.SHOW,
        working.FORGET_SEVERAL,
        working.REMEMBER_SEVERAL,
    ):
        ledger.bulk.run(statement)


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
    ledger.bulk.run("DELETE FROM slow")
    ledger.bulk.run("INSERT INTO slow (reg) SELECT reg FROM fact")


def _name_stewards(ledger: Ledger) -> None:
    fields = "SELECT DISTINCT p.field FROM slow s CROSS JOIN spot p WHERE p.no = s.reg & 268435455"
    numbers = [number for (number,) in ledger.bulk.run(fields).fetchall()]
    names = ledger.terms.texts(numbers)
    offices = [(number,) for number in numbers if steward(names[number]) == "office"]
    ledger.bulk.refill("office_field", ("field",), offices)
