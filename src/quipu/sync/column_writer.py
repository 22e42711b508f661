"""Columns put into blocks."""

from collections.abc import Iterator, Sequence

from quipu.domain.columns import NO_BASE, Cell, Columns, Words
from quipu.domain.value import Blob, Unread
from quipu.sync.columns import Block, Dictionaries, folded, packed_id
from quipu.sync.limits import BLOCK, LINE
from quipu.sync.values import encode_value

_ROOM = LINE - 10_000
"""Bytes of a line that are left to its revisions, since their columns have names too."""


def dictionaries(words: Words) -> Dictionaries:
    """Give the words of columns as a bundle has them."""
    return Dictionaries(
        sessions=list(words.sessions),
        items=[packed_id(item) for item in words.items],
        units=list(words.units),
        fields=list(words.fields),
        periods=list(words.periods),
        authors=list(words.authors),
    )


def write_blocks(columns: Columns) -> Iterator[Block]:
    """Give columns as blocks.

    Raises `ValueError` for a value that no reader would take.
    """
    writer = _Writer(columns)
    first, room = 0, _ROOM
    for place, cost in enumerate(_costs(columns)):
        if place > first and (place - first == BLOCK or cost > room):
            yield writer.block(first, place)
            first, room = place, _ROOM
        room -= cost
    if len(columns) > first:
        yield writer.block(first, len(columns))


class _Writer:
    """Remembers from block to block what the steps are counted from."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._last_n = [0] * len(columns.words.sessions)
        self._last_item = self._last_base = self._last_at = 0

    def block(self, first: int, end: int) -> Block:
        columns, texts = self._columns, list[str]()
        rows = slice(first, end)
        steps = zip(columns.n[rows], columns.group[rows], strict=True)
        return Block(
            count=end - first,
            value=[encode_value(cell, texts) for cell in columns.value[rows]],
            texts=texts,
            session=folded(list(columns.session[rows])),
            n=folded(self._numbers(rows)),
            item=folded(self._item_steps(columns.item[rows])),
            field=folded(list(columns.field[rows])),
            period=folded(list(columns.period[rows])),
            unit=folded(list(columns.unit[rows])),
            base=folded(list(columns.base[rows])),
            base_n=folded(self._base_steps(rows)),
            more_bases=[
                (place - first, session, n)
                for place, session, n in columns.more_bases
                if first <= place < end
            ],
            depth=folded(list(columns.depth[rows])),
            at=self._moments(columns.at[rows]),
            author=folded(list(columns.author[rows])),
            gesture=folded([n - group for n, group in steps]),
            reasons=[
                (place - first, columns.reasons[place])
                for place in sorted(columns.reasons)
                if first <= place < end
            ],
        )

    def _numbers(self, rows: slice) -> list[int]:
        columns, last, steps = self._columns, self._last_n, []
        for session, n in zip(columns.session[rows], columns.n[rows], strict=True):
            steps.append(n - last[session])
            last[session] = n
        return steps

    def _item_steps(self, places: Sequence[int]) -> list[int]:
        before = [self._last_item, *places[:-1]]
        self._last_item = places[-1]
        return [place - last for place, last in zip(places, before, strict=True)]

    def _base_steps(self, rows: slice) -> list[int]:
        columns, steps = self._columns, []
        for session, n in zip(columns.base[rows], columns.base_n[rows], strict=True):
            steps.append(0 if session == NO_BASE else n - self._last_base)
            self._last_base = self._last_base if session == NO_BASE else n
        return steps

    def _moments(self, column: Sequence[int | str]) -> list[int | str]:
        moments: list[int | str] = []
        for at in column:
            if isinstance(at, str):
                moments.append(at)
                continue
            moments.append(at - self._last_at)
            self._last_at = at
        return moments


def _costs(columns: Columns) -> list[int]:
    """Give the most bytes that revisions can take in a line; JSON may escape a letter in six."""
    costs = [260 + 6 * (_letters(cell) + 20) for cell in columns.value]
    for place, at in enumerate(columns.at):
        if isinstance(at, str):
            costs[place] += 6 * len(at)
    for place, _, _ in columns.more_bases:
        costs[place] += 60
    for place, reason in columns.reasons.items():
        costs[place] += 6 * len(reason)
    return costs


def _letters(cell: Cell) -> int:
    match cell:
        case str() as text:
            return len(text)
        case Blob(name=name):
            return len(name) + 100
        case Unread(raw=raw):
            return len(raw)
        case _:
            return 200
