"""The ledger of one open database: its connection, and the dictionaries that go with it."""

from sqlalchemy import Connection

from quipu.store.bulk import Bulk
from quipu.store.dictionary import Terms
from quipu.store.peers import Peers
from quipu.store.registers import Registers

SESSION_BITS = 32
LAST_N = 2**SESSION_BITS - 1


def key_of(session: int, n: int) -> int:
    """Give the key of a session's nth revision."""
    return session << SESSION_BITS | n


def parts_of(key: int) -> tuple[int, int]:
    """Give the session and the number that a revision's key stands for."""
    return key >> SESSION_BITS, key & LAST_N


class Ledger:
    """What every part of the store works on; it lives as long as its connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.bulk = Bulk(connection)
        self.terms = Terms(self.bulk)
        self.registers = Registers(self.bulk, self.terms)
        self.peers = Peers(self.bulk)

    def forget(self) -> None:
        """Drop what was remembered of the tables, since a transaction was taken back."""
        self.terms.forget()
        self.registers.forget()
        self.peers.forget()

    def last_arrival(self) -> int:
        """Give the number of the last write: of revisions made here, or of a bundle."""
        ops = self.bulk.one("SELECT max(arrival) FROM span")
        bundles = self.bulk.one("SELECT max(arrival) FROM bundle")
        return max(ops or 0, bundles or 0)
