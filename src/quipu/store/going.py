"""Rows of the ledger as the columns of a bundle."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from quipu.domain.columns import NO_BASE, Cell, Columns, Words, cell_of
from quipu.store import instants, working
from quipu.store.incoming import SECOND
from quipu.store.ledger import LAST_N, SESSION_BITS, Ledger, parts_of
from quipu.store.values import NUMBER, decode

Word = TypeVar("Word", bound=Hashable)


def chosen_columns(ledger: Ledger) -> Columns:
    """Give the revisions of the working table `outgoing`, in the order of their keys."""
    rows = ledger.bulk.run(working.CHOSEN).fetchall()
    if not rows:
        return Columns()
    keys, registers, kinds, numbers, least, depths, times, authors, groups, bodies, whys = zip(
        *rows, strict=True
    )
    bases, more = _replaced(ledger, keys, least)
    places, names = _sessions(ledger, keys, [*bases, *(key for _, key in more)])
    (items, item), (fields, field), (periods, period), (units, unit) = (
        _placed(column) for column in zip(*ledger.registers.addresses(registers), strict=True)
    )
    writers, author = _placed(authors)
    texts = ledger.terms.texts(writers)
    return Columns(
        words=Words(names, items, units, fields, periods, [texts[one] for one in writers]),
        session=[places[key >> SESSION_BITS] for key in keys],
        n=[key & LAST_N for key in keys],
        item=item,
        field=field,
        period=period,
        unit=unit,
        value=[_cell(*said) for said in zip(kinds, numbers, bodies, strict=True)],
        base=[places[key >> SESSION_BITS] for key in bases],
        base_n=[key & LAST_N for key in bases],
        depth=depths,
        at=[_moment(at) for at in times],
        author=author,
        group=groups,
        more_bases=[(row, places[key >> SESSION_BITS], key & LAST_N) for row, key in more],
        reasons={row: why for row, why in enumerate(whys) if why is not None},
    )


def _replaced(
    ledger: Ledger, keys: Sequence[int], least: Sequence[int]
) -> tuple[list[int], list[tuple[int, int]]]:
    """Give what each revision replaces first, and by row what else, in the order of names."""
    bases, more = list(least), []
    several: dict[int, list[int]] = {}
    for key, base in ledger.bulk.run(working.FURTHER_OF_CHOSEN).fetchall():
        several.setdefault(key, []).append(base)
    if several:
        rows = {key: row for row, key in enumerate(keys)}
        for key, others in sorted(several.items()):
            row = rows[key]
            bases[row], *rest = _by_name(ledger, [bases[row], *others])
            more += [(row, base) for base in rest]
    return bases, more


def _by_name(ledger: Ledger, keys: Iterable[int]) -> list[int]:
    """Sort keys as the names that they stand for are sorted."""
    pairs = {key: parts_of(key) for key in keys}
    names = ledger.peers.session_names(session for session, _ in pairs.values())
    return sorted(pairs, key=lambda key: (names[pairs[key][0]], pairs[key][1]))


def _sessions(
    ledger: Ledger, keys: Iterable[int], replaced: Iterable[int]
) -> tuple[Mapping[int, int], list[str]]:
    """Give the places of sessions by their numbers, and their ids: those of revisions first."""
    own = dict.fromkeys(key >> SESSION_BITS for key in keys)
    numbers = [*(own | dict.fromkeys(key >> SESSION_BITS for key in replaced if key))]
    names = ledger.peers.session_names(numbers)
    places = {number: place for place, number in enumerate(numbers)}
    return {0: NO_BASE} | places, [names[number] for number in numbers]


def _placed(column: Sequence[Word]) -> tuple[list[Word], list[int]]:
    """Give the words of a column, each once, and the place of each of its entries."""
    places = {word: place for place, word in enumerate(dict.fromkeys(column))}
    return list(places), [places[word] for word in column]


def _cell(kind: int, number: int, body: str | None) -> Cell:
    return number if kind == NUMBER else cell_of(decode(kind, number, body))


def _moment(at: int) -> int | str:
    seconds, rest = divmod(at, SECOND)
    return instants.write(at) if rest else seconds
