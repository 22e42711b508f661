"""Columns read back from blocks; nothing in them is believed."""

from collections.abc import Sequence
from itertools import accumulate

from quipu.domain.columns import NO_BASE, Cell, Columns, Words
from quipu.domain.moments import FIRST, LAST
from quipu.sync.columns import Block, Dictionaries, unfolded, unpacked_ids
from quipu.sync.limits import COUNTER
from quipu.sync.values import read_values


class ColumnReader:
    """Reads the blocks of one bundle in their order.

    Its methods raise `ValueError`, `IndexError` or `OverflowError` for what no writer makes.
    """

    def __init__(self, words: Dictionaries) -> None:
        self._words = Words(
            sessions=words.sessions,
            items=unpacked_ids(words.items),
            units=words.units,
            fields=words.fields,
            periods=words.periods,
            authors=words.authors,
        )
        self._last_n = [0] * len(words.sessions)
        self._last_item = self._last_base = self._last_at = 0
        self._rising = True
        self._session: list[int] = []
        self._n: list[int] = []
        self._item: list[int] = []
        self._field: list[int] = []
        self._period: list[int] = []
        self._unit: list[int] = []
        self._value: list[Cell] = []
        self._base: list[int] = []
        self._base_n: list[int] = []
        self._depth: list[int] = []
        self._at: list[int | str] = []
        self._author: list[int] = []
        self._group: list[int] = []
        self._more_bases: list[tuple[int, int, int]] = []
        self._reasons: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._n)

    def read(self, block: Block) -> None:
        """Read a block."""
        words, count = self._words, block.count
        if len(block.value) != count or len(block.at) != count:
            raise ValueError("column of another length")
        first = len(self)
        names = self._names(block)
        self._item += self._items(unfolded(block.item, count))
        self._field += _places(words.fields, unfolded(block.field, count))
        self._period += _places(words.periods, unfolded(block.period, count))
        self._unit += _places(words.units, unfolded(block.unit, count))
        self._author += _places(words.authors, unfolded(block.author, count))
        self._value += read_values(block.value, block.texts)
        self._replaced(block, first)
        self._depth += unfolded(block.depth, count)
        self._at += self._moments(block.at)
        self._group += _groups(names, unfolded(block.gesture, count))
        reasons = _by_place(block.reasons, count)
        self._reasons |= {first + place: reason for place, reason in reasons.items()}

    def columns(self) -> Columns:
        """Give everything that was read."""
        if not self._rising and len(set(zip(self._session, self._n, strict=True))) < len(self):
            raise ValueError("revision that stands twice")
        return Columns(
            words=self._words,
            session=self._session,
            n=self._n,
            item=self._item,
            field=self._field,
            period=self._period,
            unit=self._unit,
            value=self._value,
            base=self._base,
            base_n=self._base_n,
            depth=self._depth,
            at=self._at,
            author=self._author,
            group=self._group,
            more_bases=self._more_bases,
            reasons=self._reasons,
        )

    def _names(self, block: Block) -> list[int]:
        """Read sessions and numbers; gives the numbers."""
        steps, last = unfolded(block.n, block.count), self._last_n
        if isinstance(block.session, int):
            place = block.session
            numbers = list(accumulate(steps, initial=last[place]))[1:]
            last[place] = numbers[-1]
            self._session += [place] * block.count
        else:
            numbers = []
            for place, step in zip(unfolded(block.session, block.count), steps, strict=True):
                last[place] = n = last[place] + step
                numbers.append(n)
            self._session += block.session
        _demand(min(numbers) > 0 and max(numbers) <= COUNTER, "number of a revision out of range")
        self._rising = self._rising and min(steps) > 0
        self._n += numbers
        return numbers

    def _items(self, steps: Sequence[int]) -> list[int]:
        places = list(accumulate(steps, initial=self._last_item))[1:]
        self._last_item = places[-1]
        _places(self._words.items, places)
        return places

    def _replaced(self, block: Block, first: int) -> None:
        count, sessions = block.count, self._words.sessions
        base = list(unfolded(block.base, count))
        steps = unfolded(block.base_n, count)
        if block.base == NO_BASE:
            numbers = [0] * count
        else:
            _demand(min(base) >= NO_BASE, "session before the first")
            _demand(max(base) < len(sessions), "session after the last")
            last, numbers = self._last_base, []
            for place, step in zip(base, steps, strict=True):
                if place != NO_BASE:
                    last += step
                numbers.append(0 if place == NO_BASE else last)
            self._last_base = last
            told = [n for place, n in zip(base, numbers, strict=True) if place != NO_BASE]
            sound = not told or (min(told) > 0 and max(told) <= COUNTER)
            _demand(sound, "number of a revision out of range")
        self._base += base
        self._base_n += numbers
        self._more(block, base, numbers, first)

    def _more(self, block: Block, base: Sequence[int], numbers: Sequence[int], first: int) -> None:
        sessions = self._words.sessions
        several = {
            (place, sessions[base[place]], numbers[place])
            for place, _, _ in block.more_bases
            if base[place] != NO_BASE
        }
        for place, session, n in block.more_bases:
            name = (place, sessions[session], n)
            if base[place] == NO_BASE or not 0 < n <= COUNTER or name in several:
                raise ValueError("replaced revision out of its place")
            several.add(name)
            self._more_bases.append((first + place, session, n))

    def _moments(self, column: Sequence[int | str]) -> list[int | str]:
        last = self._last_at
        if str not in set(map(type, column)):
            steps: Sequence[int] = column  # type: ignore[assignment]
            seconds = list(accumulate(steps, initial=last))[1:]
            _demand(min(seconds) >= FIRST and max(seconds) <= LAST, "moment out of range")
            self._last_at = seconds[-1]
            return list(seconds)
        moments: list[int | str] = []
        for entry in column:
            if isinstance(entry, str):
                moments.append(entry)
                continue
            last += entry
            _demand(FIRST <= last <= LAST, "moment out of range")
            moments.append(last)
        self._last_at = last
        return moments


def _demand(sound: bool, reason: str) -> None:
    if not sound:
        raise ValueError(reason)


def _places(words: Sequence[str], places: Sequence[int]) -> Sequence[int]:
    _demand(min(places) >= 0 and max(places) < len(words), "word that there is not")
    return places


def _groups(numbers: Sequence[int], steps: Sequence[int]) -> list[int]:
    groups = [n - step for n, step in zip(numbers, steps, strict=True)]
    _demand(min(groups) >= 0, "gesture before the first revision")
    return groups


def _by_place(entries: Sequence[tuple[int, str]], count: int) -> dict[int, str]:
    found = dict(entries)
    if len(found) != len(entries) or any(place >= count for place in found):
        raise ValueError("reason out of its place")
    return found
