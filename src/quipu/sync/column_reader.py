"""Columns read back as revisions; nothing in them is believed."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from quipu.domain.address import Address
from quipu.domain.revision import Revision, RevisionName
from quipu.sync.columns import Block, Dictionaries, moment_of, unfolded, unpacked_id
from quipu.sync.limits import COUNTER
from quipu.sync.values import ValueReader

NO_BASE = -1


class ColumnReader:
    """Reads the blocks of one bundle in their order.

    Its methods raise `ValueError`, `IndexError` or `OverflowError` for what no writer makes.
    """

    def __init__(self, words: Dictionaries) -> None:
        self._words = words
        self._item_ids = [unpacked_id(item) for item in words.items]
        self._values = ValueReader()
        self._seen: set[tuple[int, int]] = set()
        self._last_n = [0] * len(words.sessions)
        self._last_item = self._last_base = self._last_at = 0

    def read(self, block: Block) -> list[Revision]:
        """Give the revisions of a block."""
        words, count = self._words, block.count
        if len(block.value) != count or len(block.at) != count:
            raise ValueError("column of another length")
        names = self._names(unfolded(block.session, count), unfolded(block.n, count))
        addresses = map(
            Address,
            self._items(unfolded(block.item, count)),
            _chosen(words.fields, unfolded(block.field, count)),
            _chosen(words.periods, unfolded(block.period, count)),
            _chosen(words.units, unfolded(block.unit, count)),
        )
        authors = _chosen(words.authors, unfolded(block.author, count))
        reasons = _by_place(block.reasons, count)
        rows = zip(
            names,
            addresses,
            self._values.read(block.value, block.texts),
            self._replaced(block),
            unfolded(block.depth, count),
            self._moments(block.at),
            authors,
            (reasons.get(place) for place in range(count)),
            _groups(names, unfolded(block.gesture, count)),
            strict=True,
        )
        return [Revision(*row) for row in rows]

    def _names(self, sessions: Sequence[int], steps: Sequence[int]) -> list[RevisionName]:
        last, seen, texts = self._last_n, self._seen, self._words.sessions
        known = len(seen)
        names = []
        for session, step in zip(sessions, steps, strict=True):
            n = last[session] + step
            last[session] = n
            seen.add((session, n))
            names.append(RevisionName(texts[session], _number(n)))
        if len(seen) != known + len(names):
            raise ValueError("revision that stands twice")
        return names

    def _items(self, steps: Sequence[int]) -> list[str]:
        places = list(accumulate(steps, initial=self._last_item))[1:]
        if min(places) < 0:
            raise ValueError("item before the first")
        self._last_item = places[-1]
        return _chosen(self._item_ids, places)

    def _replaced(self, block: Block) -> list[tuple[RevisionName, ...]]:
        texts = self._words.sessions
        replaced: list[tuple[RevisionName, ...]] = []
        sessions, steps = unfolded(block.base, block.count), unfolded(block.base_n, block.count)
        for session, step in zip(sessions, steps, strict=True):
            if session == NO_BASE:
                replaced.append(())
                continue
            if session < 0:
                raise ValueError("session before the first")
            self._last_base += step
            replaced.append((RevisionName(texts[session], _number(self._last_base)),))
        for place, session, n in block.more_bases:
            name = RevisionName(texts[session], _number(n))
            if not replaced[place] or name in replaced[place]:
                raise ValueError("replaced revision out of its place")
            replaced[place] = (*replaced[place], name)
        return replaced

    def _moments(self, column: Sequence[int | str]) -> Iterator[str]:
        for entry in column:
            if isinstance(entry, str):
                yield entry
                continue
            self._last_at += entry
            yield moment_of(self._last_at)


def _chosen(words: Sequence[str], places: Sequence[int]) -> list[str]:
    return [words[place] for place in places]


def _number(n: int) -> int:
    if not 0 < n <= COUNTER:
        raise ValueError("number of a revision out of range")
    return n


def _groups(names: Sequence[RevisionName], steps: Sequence[int]) -> list[int]:
    groups = [name.n - step for name, step in zip(names, steps, strict=True)]
    if min(groups) < 0:
        raise ValueError("gesture before the first revision")
    return groups


def _by_place(entries: Sequence[tuple[int, str]], count: int) -> dict[int, str]:
    found = dict(entries)
    if len(found) != len(entries) or any(place >= count for place in found):
        raise ValueError("reason out of its place")
    return found
