"""A refusal of the centre: an item that names revisions which do not count, and why.

It has the fields `kind` ("refusal"), `office` (whose they are), `refusal` (the code), `bundle`
(the manifest that brought them) and, by period and reporting unit, `refuses`: the names, as
`session:1-5,7` parted by blanks. Blanking `refuses` lifts it. The id follows from what is refused,
so that two computers of the centre that judge alike write the same item.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from quipu.domain.address import Address
from quipu.domain.identity import derive_id
from quipu.domain.revision import RevisionName
from quipu.domain.value import Value

KIND = "refusal"
REFUSES, REASON, BUNDLE = "refuses", "refusal", "bundle"
REFUSED = "refused"
"""The code of a refusal that gives none."""

LONGEST = 12_000
"""Characters of one list of names: well below what a text may have."""

_MOST = 2**32


@dataclass(frozen=True, slots=True)
class Named:
    """Revisions of one session, from one number to another, both included."""

    session: str
    first: int
    last: int

    def names(self) -> Iterator[RevisionName]:
        """Give the name of each."""
        return (RevisionName(self.session, n) for n in range(self.first, self.last + 1))


@dataclass(frozen=True, slots=True)
class Refused:
    """What one refusal names: the code, the cells' period and reporting unit, the revisions."""

    code: str
    period: str
    unit: str
    names: tuple[RevisionName, ...]


def written(names: Iterable[RevisionName]) -> tuple[str, ...]:
    """Give names as lists of ranges, each short enough for a text."""
    by_session: dict[str, list[list[int]]] = {}
    for name in sorted(set(names)):
        runs = by_session.setdefault(name.session, [])
        if runs and name.n == runs[-1][1] + 1:
            runs[-1][1] = name.n
        else:
            runs.append([name.n, name.n])
    lists: list[str] = []
    current = ""
    for session, runs in by_session.items():
        for place, (first, last) in enumerate(runs):
            span = str(first) if first == last else f"{first}-{last}"
            joint = "," if place and current else f" {session}:" if current else f"{session}:"
            if len(current) + len(joint) + len(span) > LONGEST:
                lists.append(current)
                current, joint = "", f"{session}:"
            current += joint + span
    return (*lists, current) if current else tuple(lists)


def named(value: Value) -> tuple[Named, ...]:
    """Read a list of names; what is none is left out, so that no text of anybody's does harm."""
    found: list[Named] = []
    for group in value.split() if isinstance(value, str) else ():
        session, _, spans = group.partition(":")
        for span in spans.split(","):
            first, _, last = span.partition("-")
            last = last or first
            if len(session) == 32 and first.isdecimal() and last.isdecimal():
                low, high = int(first[:12]), int(last[:12])
                if 0 < low <= high < _MOST:
                    found.append(Named(session, low, high))
    return tuple(found)


def entries(
    refusals: Iterable[Refused], *, office: str, manifest: str
) -> list[tuple[Address, Value]]:
    """Give the facts that refuse revisions of an office, which a bundle brought."""
    found: dict[Address, Value] = {}
    for refusal in refusals:
        for names in written(refusal.names):
            item = derive_id("refusal", manifest, refusal.code, names)
            said: Mapping[str, Value] = {
                "kind": KIND, "office": office, REASON: refusal.code, BUNDLE: manifest,
            }  # fmt: skip
            found |= {Address(item, field): value for field, value in said.items()}
            found[Address(item, REFUSES, refusal.period, refusal.unit)] = names
    return list(found.items())
