"""Many revisions as columns that point into lists of words, without an object for each.

Bundles and tables have columns; whoever asks for a revision gets one made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as member
from decimal import Decimal
from functools import cached_property
from typing import overload

from quipu.domain.address import Address
from quipu.domain.moments import moment_of, seconds_of
from quipu.domain.revision import Revision, RevisionName
from quipu.domain.value import Blob, Value, millionths_of, number_of

NO_BASE = -1
"""The place of the session of a revision that replaces nothing."""

Cell = int | Value
"""A value in a column; an `int` (and no `bool`) stands for the number of so many millionths."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words that columns name by their place, from 0."""

    sessions: Sequence[str] = ()
    items: Sequence[str] = ()
    units: Sequence[str] = ()
    fields: Sequence[str] = ()
    periods: Sequence[str] = ()
    authors: Sequence[str] = ()


@dataclass(frozen=True, eq=False)
class Columns(Sequence[Revision]):
    """Revisions by columns, all of one length; in order, and equal to any sequence of the same.

    `session`, `item`, `field`, `period`, `unit` and `author` are places in `words`. `base` is the
    place of the session of the first revision that is replaced, `NO_BASE` for none, and `base_n`
    its number (0); `more_bases` are further ones: row, place of the session, number. `at` are
    seconds since 1970, or the text of a moment that is no whole second of UTC. `group` is as in
    `Revision`, and `reasons` are by row.
    """

    words: Words = Words()
    session: Sequence[int] = ()
    n: Sequence[int] = ()
    item: Sequence[int] = ()
    field: Sequence[int] = ()
    period: Sequence[int] = ()
    unit: Sequence[int] = ()
    value: Sequence[Cell] = ()
    base: Sequence[int] = ()
    base_n: Sequence[int] = ()
    depth: Sequence[int] = ()
    at: Sequence[int | str] = ()
    author: Sequence[int] = ()
    group: Sequence[int] = ()
    more_bases: Sequence[tuple[int, int, int]] = ()
    reasons: Mapping[int, str] = member(default_factory=dict)

    def __len__(self) -> int:
        return len(self.n)

    @overload
    def __getitem__(self, place: int) -> Revision: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Revision, ...]: ...
    def __getitem__(self, place: int | slice) -> Revision | tuple[Revision, ...]:
        return self._revisions[place]

    def __iter__(self) -> Iterator[Revision]:
        return iter(self._revisions)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Columns) and self._plain() == other._plain():
            return True
        if isinstance(other, Sequence) and not isinstance(other, str):
            return len(self) == len(other) and self._revisions == tuple(other)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def sessions(self) -> set[str]:
        """Give the sessions that the revisions are of."""
        words = self.words.sessions
        return {words[place] for place in set(self.session)}

    def blobs(self) -> list[Blob]:
        """Give the attachments that the revisions speak of, each time they do."""
        return list(self._blobs)

    @cached_property
    def _blobs(self) -> tuple[Blob, ...]:
        return tuple(value for value in self.value if type(value) is Blob)

    def _plain(self) -> tuple[object, ...]:
        """Give everything that says the same when it is the same, whatever lists it is in."""
        columns: list[Sequence[object]] = [
            *(self.words.sessions, self.words.items, self.words.units),
            *(self.words.fields, self.words.periods, self.words.authors),
            *(self.session, self.n, self.item, self.field, self.period, self.unit, self.value),
            *(self.base, self.base_n, self.depth, self.at, self.author, self.group),
            self.more_bases,
        ]
        # `True` equals 1 and is another value.
        kinds = list(map(type, self.value))
        return (*(list(column) for column in columns), kinds, dict(self.reasons))

    @cached_property
    def _revisions(self) -> tuple[Revision, ...]:
        words = self.words
        names = [
            RevisionName(words.sessions[session], n)
            for session, n in zip(self.session, self.n, strict=True)
        ]
        addresses = map(
            Address,
            _chosen(words.items, self.item),
            _chosen(words.fields, self.field),
            _chosen(words.periods, self.period),
            _chosen(words.units, self.unit),
        )
        rows = zip(
            names,
            addresses,
            map(value_of, self.value),
            self._replaced(),
            self.depth,
            (at if isinstance(at, str) else moment_of(at) for at in self.at),
            _chosen(words.authors, self.author),
            (self.reasons.get(place) for place in range(len(names))),
            self.group,
            strict=True,
        )
        return tuple(Revision(*row) for row in rows)

    def _replaced(self) -> list[tuple[RevisionName, ...]]:
        words = self.words.sessions
        replaced: list[tuple[RevisionName, ...]] = [
            () if session == NO_BASE else (RevisionName(words[session], n),)
            for session, n in zip(self.base, self.base_n, strict=True)
        ]
        for place, session, n in self.more_bases:
            replaced[place] = (*replaced[place], RevisionName(words[session], n))
        return replaced


def value_of(cell: Cell) -> Value:
    """Give the value that a cell stands for."""
    return number_of(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell


def _chosen(words: Sequence[str], places: Sequence[int]) -> list[str]:
    return [words[place] for place in places]


def columns_of(revisions: Sequence[Revision]) -> Columns:
    """Put revisions into columns, their words in the order that they are met in."""
    if isinstance(revisions, Columns):
        return revisions
    own = dict.fromkeys(one.name.session for one in revisions)
    sessions = _places(
        own | dict.fromkeys(name.session for one in revisions for name in one.replaces)
    )
    addresses = [one.address for one in revisions]
    items, fields, periods, units = (
        _places(dict.fromkeys(address[part] for address in addresses)) for part in range(4)
    )
    authors = _places(dict.fromkeys(one.author for one in revisions))
    first = [one.replaces[0] if one.replaces else None for one in revisions]
    return Columns(
        words=Words(*map(tuple, (sessions, items, units, fields, periods, authors))),
        session=[sessions[one.name.session] for one in revisions],
        n=[one.name.n for one in revisions],
        item=[items[address.item] for address in addresses],
        field=[fields[address.field] for address in addresses],
        period=[periods[address.period] for address in addresses],
        unit=[units[address.unit] for address in addresses],
        value=[cell_of(one.value) for one in revisions],
        base=[NO_BASE if name is None else sessions[name.session] for name in first],
        base_n=[0 if name is None else name.n for name in first],
        depth=[one.depth for one in revisions],
        at=[one.at if (at := seconds_of(one.at)) is None else at for one in revisions],
        author=[authors[one.author] for one in revisions],
        group=[one.group for one in revisions],
        more_bases=[
            (place, sessions[name.session], name.n)
            for place, one in enumerate(revisions)
            for name in one.replaces[1:]
        ],
        reasons={
            place: one.reason for place, one in enumerate(revisions) if one.reason is not None
        },
    )


def _places(words: Mapping[str, None]) -> dict[str, int]:
    return {word: place for place, word in enumerate(words)}


def cell_of(value: Value) -> Cell:
    """Give the cell that stands for a value."""
    if isinstance(value, Decimal):
        short = millionths_of(value)
        return value if short is None else short
    return value
