"""One edit of one address: the unit of the ledger, of bundles and of the merge."""

from dataclasses import dataclass
from typing import NamedTuple

from quipu.domain.address import Address
from quipu.domain.value import Value


class RevisionName(NamedTuple):
    """The name of a revision: its session (32 hex digits) and its number in it, from 1."""

    session: str
    n: int

    def __str__(self) -> str:
        return f"{self.session}:{self.n}"

    @classmethod
    def parse(cls, text: str) -> "RevisionName":
        """Read `session:n`; raises `ValueError` for any other text."""
        session, _, n = text.partition(":")
        if len(session) != 32 or not n.isdecimal():
            raise ValueError(text)
        return cls(session, int(n))


@dataclass(frozen=True, slots=True)
class Revision:
    """An immutable assignment of a value to an address.

    `replaces` are the names of the heads that the author saw. `depth` is one more than the
    greatest depth known at the address; it only orders which of several concurrent values is
    shown first. `at` is the time that the author's machine claimed (ISO 8601, UTC): information,
    never an argument. `group` is the number, in the same session, of the first revision of the
    gesture that this one belongs to (undo takes back a whole group).
    """

    name: RevisionName
    address: Address
    value: Value
    replaces: tuple[RevisionName, ...]
    depth: int
    at: str
    author: str
    reason: str | None = None
    group: int = 0
