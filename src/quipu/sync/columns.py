"""The shape of revisions on their way: dictionaries of words, and columns that point into them."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from quipu.sync.limits import BLOCK, COUNTER
from quipu.sync.words import Count, Moment, Name, PackedUuid, Session, Text, UuidOrBlank, Word

Step = Annotated[int, Meta(ge=-COUNTER, le=COUNTER)]
Counts = Annotated[list[Count], Meta(max_length=BLOCK)]
Steps = Annotated[list[Step], Meta(max_length=BLOCK)]


class Dictionaries(msgspec.Struct, kw_only=True, frozen=True):
    """The words that columns name by their place, from 0.

    `sessions` of the revisions come first; those of which something is only replaced follow.
    `items` are packed, since there are many and nothing makes them shorter.
    """

    sessions: list[Session]
    items: list[PackedUuid]
    units: list[UuidOrBlank]
    fields: list[Word]
    periods: list[Word]
    authors: list[Name]


class Block(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True):
    """Up to 10,000 revisions, column by column, as `FORMAT.md` describes them.

    A column may be one number, which then holds for all. `n`, `item`, `base_n` and `at` are
    steps from the revision before (`n` from the one before in its session).
    """

    count: Annotated[int, Meta(ge=1, le=BLOCK)]
    value: Annotated[list[object], Meta(max_length=BLOCK)]
    at: Annotated[list[Step | Moment], Meta(max_length=BLOCK)]
    texts: Annotated[list[Text], Meta(max_length=BLOCK)] = []
    session: Count | Counts = 0
    n: Step | Steps = 1
    item: Step | Steps = 0
    field: Count | Counts = 0
    period: Count | Counts = 0
    unit: Count | Counts = 0
    base: Step | Steps = -1
    base_n: Step | Steps = 0
    more_bases: Annotated[list[tuple[Count, Count, Count]], Meta(max_length=10 * BLOCK)] = []
    depth: Count | Counts = 1
    author: Count | Counts = 0
    gesture: Count | Counts = 0
    reasons: Annotated[list[tuple[Count, Text]], Meta(max_length=BLOCK)] = []


def packed_id(item: str) -> str:
    """Give a UUID's 16 bytes in base64, 22 letters.

    Raises `ValueError` for any text but a UUID's canonical one.
    """
    found = UUID(item)
    if str(found) != item:
        raise ValueError(f"no canonical id: {item}")
    return urlsafe_b64encode(found.bytes).decode().rstrip("=")


def unpacked_ids(packed: Sequence[str]) -> list[str]:
    """Give the canonical texts of packed UUIDs, each of 22 letters of base64."""
    # With two more letters each is three bytes six times over, so that all are read at once.
    digits = urlsafe_b64decode("".join(f"{item}AA" for item in packed)).hex()
    starts = range(0, len(digits), 36)
    whole = (digits[start : start + 32] for start in starts)
    return [f"{one[:8]}-{one[8:12]}-{one[12:16]}-{one[16:20]}-{one[20:]}" for one in whole]


def folded(column: list[int]) -> int | list[int]:
    """Give a column as the one number that it repeats, or as it is."""
    return column[0] if column.count(column[0]) == len(column) else column


def unfolded(column: int | list[int], count: int) -> Sequence[int]:
    """Give a column's numbers one by one; raises `ValueError` for another length."""
    if isinstance(column, int):
        return [column] * count
    if len(column) != count:
        raise ValueError("column of another length")
    return column
