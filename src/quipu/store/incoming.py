"""A bundle's columns as columns of the ledger: words as numbers, and nothing believed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from operator import eq, gt

from quipu.domain.columns import NO_BASE, Cell, Columns, value_of
from quipu.domain.errors import BundleError
from quipu.domain.revision import Revision
from quipu.domain.value import sound_texts
from quipu.store import instants
from quipu.store.ledger import LAST_N, SESSION_BITS, Ledger
from quipu.store.registers import first_of
from quipu.store.values import (
    LARGEST,
    NUMBER,
    TEXT,
    TEXT_BYTES,
    Stored,
    UnfitValue,
    clean,
    encode,
)
from quipu.store.writing import DEEPEST, next_text

SECOND = 1_000_000
"""Ticks of a second."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Revisions as columns of `op`, all of one length.

    `spots` are those that occur in `registers`, `twice` the registers that occur more than once.
    `bodies` and `whys` are texts by row, each with its number in `text`. `further` are rows with a
    further key that they replace. `spans` give, by session, the least and the greatest key, and
    `ahead` the greatest number that is replaced.
    """

    keys: Sequence[int]
    registers: Sequence[int]
    spots: Collection[int]
    twice: Collection[int]
    kinds: Sequence[int]
    numbers: Sequence[int]
    bases: Sequence[int]
    more: Sequence[int]
    depths: Sequence[int]
    times: Sequence[int]
    authors: Sequence[int]
    groups: Sequence[int]
    reasons: Sequence[int]
    bodies: Mapping[int, tuple[int, str]]
    whys: Mapping[int, tuple[int, str]]
    further: Sequence[tuple[int, int]]
    spans: Mapping[int, tuple[int, int]]
    ahead: Mapping[int, int]


def incoming(ledger: Ledger, columns: Columns) -> Incoming:
    """Give revisions as the ledger keeps them; their words get numbers.

    Raises `BundleError("revision-malformed")` for one that no program of ours wrote.
    """
    _check(columns)
    sessions = _sessions(ledger, columns)
    keys = [sessions[place] | n for place, n in zip(columns.session, columns.n, strict=True)]
    bases, more, further = _bases(columns, sessions)
    if len(set(keys)) < len(keys):
        raise _malformed(columns[-1], "a name stands twice")
    if any(map(eq, keys, bases)) or any(keys[row] == base for row, base in further):
        _blame(columns)
    registers, spots = _registers(ledger, columns)
    kinds, numbers, bodies, whys = _values(columns, next_text(ledger))
    reasons = [0] * len(keys)
    for row, (number, _) in whys.items():
        reasons[row] = number
    return Incoming(
        keys=keys,
        registers=registers,
        spots=spots,
        twice=_twice(registers),
        kinds=kinds,
        numbers=numbers,
        bases=bases,
        more=more,
        depths=columns.depth,
        times=_times(columns),
        authors=_terms(ledger, columns.words.authors, columns.author),
        groups=columns.group,
        reasons=reasons,
        bodies=bodies,
        whys=whys,
        further=further,
        spans=_spans(keys),
        ahead=_ahead(bases, further),
    )


def _check(columns: Columns) -> None:
    """Refuse what no honest program writes and what would not fit the tables."""
    if not len(columns):
        return
    sound = (
        0 < min(columns.n) <= max(columns.n) <= LAST_N
        and 0 <= min(columns.base_n) <= max(columns.base_n) <= LAST_N
        and columns.base_n.count(0) == columns.base.count(NO_BASE)
        and 0 < min(columns.depth) <= max(columns.depth) <= DEEPEST
        and min(columns.group) >= 0
        and not any(map(gt, columns.group, columns.n))
        and all(0 < n <= LAST_N for _, _, n in columns.more_bases)
    )
    if not sound:
        _blame(columns)


def _blame(columns: Columns) -> None:
    """Find the revision for which all are refused."""
    for revision in columns:
        names = (revision.name, *revision.replaces)
        if any(not 0 < name.n <= LAST_N for name in names):
            raise _malformed(revision, "number out of range")
        if revision.name in revision.replaces:
            raise _malformed(revision, "replaces itself")
        if not 0 < revision.depth <= DEEPEST:
            raise _malformed(revision, "depth out of range")
        if not 0 <= revision.group <= revision.name.n:
            raise _malformed(revision, "gesture out of range")


def _malformed(revision: Revision, reason: str) -> BundleError:
    return BundleError("revision-malformed", revision=str(revision.name), reason=reason)


def _sessions(ledger: Ledger, columns: Columns) -> dict[int, int]:
    """Give the first key of each session by its place, 0 for none."""
    words = columns.words.sessions
    places = {*columns.session, *columns.base, *(place for _, place, _ in columns.more_bases)}
    places.discard(NO_BASE)
    numbers = ledger.peers.session_numbers([words[place] for place in sorted(places)])
    return {NO_BASE: 0} | {place: numbers[words[place]] << SESSION_BITS for place in places}


def _bases(
    columns: Columns, sessions: Mapping[int, int]
) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """Give, of what each revision replaces, the least key, how many others, and those."""
    bases, more = [0] * len(columns), [0] * len(columns)
    if any(columns.base_n):
        pairs = zip(columns.base, columns.base_n, strict=True)
        bases = [sessions[place] | n for place, n in pairs]
    several: dict[int, set[int]] = {}
    for row, place, n in columns.more_bases:
        several.setdefault(row, {bases[row]}).add(sessions[place] | n)
    further = []
    for row, keys in several.items():
        least, *others = sorted(keys)
        bases[row], more[row] = least, len(others)
        further += [(row, key) for key in others]
    return bases, more, further


def _registers(ledger: Ledger, columns: Columns) -> tuple[list[int], set[int]]:
    words = columns.words
    used = [set(columns.item), set(columns.field), set(columns.period), set(columns.unit)]
    lists = (words.items, words.fields, words.periods, words.units)
    terms = ledger.terms.take(
        names[place] for names, places in zip(lists, used, strict=True) for place in sorted(places)
    )
    items = {place: first_of(terms[words.items[place]]) for place in used[0]}
    spots, codes = _spots(ledger, columns, terms)
    registers = [items[item] | spots[code] for item, code in zip(columns.item, codes, strict=True)]
    return registers, set(spots.values())


def _twice(registers: Sequence[int]) -> set[int]:
    ordered = sorted(registers)  # quicker than a set: these numbers have few different last digits
    if not any(map(eq, ordered, islice(ordered, 1, None))):
        return set()
    return {one for one, following in pairwise(ordered) if one == following}


def _spots(
    ledger: Ledger, columns: Columns, terms: Mapping[str, int]
) -> tuple[dict[int, int], Sequence[int]]:
    """Give the numbers of spots by a code of their words' places, and the code of each row."""
    words = columns.words
    wide, high = len(words.periods), len(words.units)
    codes: Sequence[int] = [
        field * wide + period for field, period in zip(columns.field, columns.period, strict=True)
    ]
    if high > 1:
        codes = [code * high + unit for code, unit in zip(codes, columns.unit, strict=True)]
    meant = {}
    for code in set(codes):
        above, unit = divmod(code, high)
        field, period = divmod(above, wide)
        named = (words.fields[field], words.periods[period], words.units[unit])
        meant[code] = (terms[named[0]], terms[named[1]], terms[named[2]])
    try:
        numbers = ledger.registers.take_spots(set(meant.values()))
    except OverflowError as error:
        raise _malformed(columns[0], str(error)) from error
    return {code: numbers[place] for code, place in meant.items()}, codes


def _terms(ledger: Ledger, words: Sequence[str], places: Sequence[int]) -> list[int]:
    used = sorted(set(places))
    terms = ledger.terms.take(words[place] for place in used)
    if len(used) == 1:
        return [terms[words[used[0]]]] * len(places)
    numbers = {place: terms[words[place]] for place in used}
    return [numbers[place] for place in places]


def _values(
    columns: Columns, text: int
) -> tuple[list[int], list[int], dict[int, tuple[int, str]], dict[int, tuple[int, str]]]:
    """Give kinds and numbers of values, their bodies and the reasons, from text number `text`."""
    cells = columns.value
    kinds = [NUMBER] * len(columns)
    numbers = [cell if type(cell) is int else 0 for cell in cells]
    apart = [row for row, cell in enumerate(cells) if type(cell) is not int]
    if numbers and not (min(numbers) > -LARGEST and max(numbers) < LARGEST):
        apart += [row for row, number in enumerate(numbers) if not -LARGEST < number < LARGEST]
    sound = sound_texts([cell for cell in cells if isinstance(cell, str)], TEXT_BYTES)
    bodies: dict[int, tuple[int, str]] = {}
    body: str | None
    for row in apart:
        cell = cells[row]
        if sound and isinstance(cell, str):
            kinds[row], numbers[row], body = TEXT, 0, cell
        else:
            kinds[row], numbers[row], body = _stored(columns, row, cell)
        if body is not None:
            numbers[row] = text
            bodies[row] = (text, body)
            text += 1
    whys: dict[int, tuple[int, str]] = {}
    for row, why in columns.reasons.items():
        try:
            whys[row] = (text, clean(why))
        except UnfitValue as error:
            raise _malformed(columns[row], str(error)) from error
        text += 1
    return kinds, numbers, bodies, whys


def _stored(columns: Columns, row: int, cell: Cell) -> Stored:
    try:
        return encode(value_of(cell))
    except UnfitValue as error:
        raise _malformed(columns[row], str(error)) from error


def _times(columns: Columns) -> list[int]:
    if str not in set(map(type, columns.at)):
        seconds: Sequence[int] = columns.at  # type: ignore[assignment]
        return [at * SECOND for at in seconds]
    known: dict[str, int] = {}
    for row, at in enumerate(columns.at):
        if isinstance(at, str) and at not in known:
            try:
                known[at] = instants.parse(at)
            except (ValueError, OverflowError) as error:
                raise _malformed(columns[row], str(error)) from error
    return [known[at] if isinstance(at, str) else at * SECOND for at in columns.at]


def _spans(keys: Sequence[int]) -> dict[int, tuple[int, int]]:
    if not keys:
        return {}
    low, high = min(keys), max(keys)
    if low >> SESSION_BITS == high >> SESSION_BITS:
        return {low >> SESSION_BITS: (low, high)}
    spans: dict[int, tuple[int, int]] = {}
    for key in sorted(keys):
        low, _ = spans.get(key >> SESSION_BITS, (key, key))
        spans[key >> SESSION_BITS] = (low, key)
    return spans


def _ahead(bases: Sequence[int], further: Sequence[tuple[int, int]]) -> dict[int, int]:
    if not any(bases):
        return {}
    found = {
        key >> SESSION_BITS: key & LAST_N for key in sorted({*bases, *(k for _, k in further)})
    }
    found.pop(0, None)
    return found
