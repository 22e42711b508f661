"""Revisions put into columns."""

from collections.abc import Iterator, Sequence

from quipu.domain.revision import Revision
from quipu.domain.value import Blob, Unread
from quipu.sync.columns import Block, Dictionaries, folded, packed_id, seconds_of, unpacked_id
from quipu.sync.limits import BLOCK, LINE
from quipu.sync.values import encode_value

_ROOM = LINE - 10_000
"""Bytes of a line that are left to its revisions, since their columns have names too."""


def dictionaries(revisions: Sequence[Revision]) -> Dictionaries:
    """Collect the words of revisions, each once, in the order they are met."""
    own = dict.fromkeys(revision.name.session for revision in revisions)
    replaced = (name.session for revision in revisions for name in revision.replaces)
    addresses = [revision.address for revision in revisions]
    return Dictionaries(
        sessions=list(own | dict.fromkeys(replaced)),
        items=[packed_id(item) for item in dict.fromkeys(place.item for place in addresses)],
        units=list(dict.fromkeys(address.unit for address in addresses)),
        fields=list(dict.fromkeys(address.field for address in addresses)),
        periods=list(dict.fromkeys(address.period for address in addresses)),
        authors=list(dict.fromkeys(revision.author for revision in revisions)),
    )


def write_blocks(revisions: Sequence[Revision], words: Dictionaries) -> Iterator[Block]:
    """Give revisions, in their order, as blocks.

    Raises `ValueError` for a value that no reader would take.
    """
    writer = _Writer(words)
    waiting: list[Revision] = []
    room = _ROOM
    for revision in revisions:
        cost = _cost(revision)
        if waiting and (len(waiting) == BLOCK or cost > room):
            yield writer.block(waiting)
            waiting, room = [], _ROOM
        waiting.append(revision)
        room -= cost
    if waiting:
        yield writer.block(waiting)


class _Writer:
    """Remembers from block to block what the steps are counted from."""

    def __init__(self, words: Dictionaries) -> None:
        self._sessions = _places(words.sessions)
        self._items = _places([unpacked_id(item) for item in words.items])
        self._units = _places(words.units)
        self._fields = _places(words.fields)
        self._periods = _places(words.periods)
        self._authors = _places(words.authors)
        self._last_n = [0] * len(words.sessions)
        self._last_item = self._last_base = self._last_at = 0

    def block(self, revisions: Sequence[Revision]) -> Block:
        texts: list[str] = []
        names = [revision.name for revision in revisions]
        addresses = [revision.address for revision in revisions]
        base, base_n, more_bases = self._bases(revisions)
        return Block(
            count=len(revisions),
            value=[encode_value(revision.value, texts) for revision in revisions],
            texts=texts,
            session=folded([self._sessions[name.session] for name in names]),
            n=folded(self._numbers(revisions)),
            item=folded(self._item_steps(revisions)),
            field=folded([self._fields[address.field] for address in addresses]),
            period=folded([self._periods[address.period] for address in addresses]),
            unit=folded([self._units[address.unit] for address in addresses]),
            base=folded(base),
            base_n=folded(base_n),
            more_bases=more_bases,
            depth=folded([revision.depth for revision in revisions]),
            at=self._moments(revisions),
            author=folded([self._authors[revision.author] for revision in revisions]),
            gesture=folded([revision.name.n - revision.group for revision in revisions]),
            reasons=[
                (place, revision.reason)
                for place, revision in enumerate(revisions)
                if revision.reason is not None
            ],
        )

    def _numbers(self, revisions: Sequence[Revision]) -> list[int]:
        steps = []
        for revision in revisions:
            session = self._sessions[revision.name.session]
            steps.append(revision.name.n - self._last_n[session])
            self._last_n[session] = revision.name.n
        return steps

    def _item_steps(self, revisions: Sequence[Revision]) -> list[int]:
        steps = []
        for revision in revisions:
            place = self._items[revision.address.item]
            steps.append(place - self._last_item)
            self._last_item = place
        return steps

    def _bases(
        self, revisions: Sequence[Revision]
    ) -> tuple[list[int], list[int], list[tuple[int, int, int]]]:
        base, base_n = [-1] * len(revisions), [0] * len(revisions)
        more: list[tuple[int, int, int]] = []
        for place, revision in enumerate(revisions):
            for number, name in enumerate(revision.replaces):
                session = self._sessions[name.session]
                if number:
                    more.append((place, session, name.n))
                    continue
                base[place] = session
                base_n[place] = name.n - self._last_base
                self._last_base = name.n
        return base, base_n, more

    def _moments(self, revisions: Sequence[Revision]) -> list[int | str]:
        moments: list[int | str] = []
        for revision in revisions:
            seconds = seconds_of(revision.at)
            if seconds is None:
                moments.append(revision.at)
                continue
            moments.append(seconds - self._last_at)
            self._last_at = seconds
        return moments


def _places(words: Sequence[str]) -> dict[str, int]:
    return {word: place for place, word in enumerate(words)}


def _cost(revision: Revision) -> int:
    """Give the most bytes that a revision can take in a line; JSON may escape a letter in six."""
    match revision.value:
        case str() as text:
            letters = len(text)
        case Blob(name=name):
            letters = len(name) + 100
        case Unread(raw=raw):
            letters = len(raw)
        case _:
            letters = 200
    letters += len(revision.reason or "") + len(revision.at)
    return 200 + 6 * letters + 60 * len(revision.replaces)
