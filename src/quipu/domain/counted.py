"""What a report counts besides its activities: people, participations, by sex or place (S1-25).

Each count is a field of its own, `counted.people` for all and `counted.people/sex/Women` for a
group; people (each once) and participations (each time) are never one sum (S1-12).
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from quipu.domain.facts import Facts
from quipu.domain.fields import COUNTED

LONGEST = 90
"""Bytes of such a field's code, which travels as one word."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: a count's code, and of which group by which criterion (`""`: all)."""

    what: str
    by: str = ""
    group: str = ""

    @property
    def field(self) -> str:
        """The code of the field in which it is kept."""
        parts = (self.what, self.by, self.group) if self.by else (self.what,)
        return COUNTED + "/".join(_word(part) for part in parts)


def _word(text: str) -> str:
    """Give words as one: a field's code has no blanks, and a slash parts it."""
    clean = unicodedata.normalize("NFC", text).replace("/", "-").replace("_", " ")
    return "_".join(clean.split())


def read_counted(field: str) -> Counted | None:
    """Read a field's code; `None` for one that counts nothing."""
    if not field.startswith(COUNTED):
        return None
    parts = [part.replace("_", " ") for part in field.removeprefix(COUNTED).split("/")]
    return Counted(*parts) if len(parts) in (1, 3) else None


@dataclass(frozen=True, slots=True)
class Count:
    """A number that a unit reported of something counted, on a row or its report as a whole."""

    item: str
    period: str
    counted: Counted
    number: Decimal


def counts(facts: Facts, item: str, unit: str) -> Iterator[Count]:
    """Give all that a unit counted at an item, in the order of periods, counts and groups."""
    for (field, period, reporter), value in sorted(facts.entries(item).items(), key=_place):
        counted = read_counted(field)
        if counted is not None and reporter == unit and isinstance(value, Decimal):
            yield Count(item, period, counted, value)


def _place(entry: tuple[tuple[str, str, str], object]) -> tuple[str, str, str]:
    (field, period, unit), _ = entry
    return period, field, unit
