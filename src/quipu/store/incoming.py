"""A bundle's columns as columns of the ledger: words as numbers, and nothing believed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import eq, gt

from quipu.domain.columns import NO_BASE, Cell, Columns, value_of
from quipu.domain.errors import BundleError
from quipu.domain.revision import Revision
from quipu.store import instants
from quipu.store.ledger import LAST_N, SESSION_BITS, Ledger
from quipu.store.registers import first_of
from quipu.store.values import LARGEST, NUMBER, Stored, UnfitValue, clean, encode
from quipu.store.writing import DEEPEST, next_text

SECOND = 1_000_000
"""Ticks of a second."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Revisions as columns of `op`, all of one length.

    `bodies` and `whys` are texts by row, each with its number in `text`. `further` are rows with
    a further key that they replace. `spans` give, by session, the least and the greatest key, and
    `ahead` the greatest number that is replaced.
    """

    keys: Sequence[int]
    registers: Sequence[int]
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
    bases = [sessions[place] | n for place, n in zip(columns.base, columns.base_n, strict=True)]
    bases, more, further = _further(columns, sessions, bases)
    if len(set(keys)) < len(keys):
        raise _malformed(columns[-1], "a name stands twice")
    if any(map(eq, keys, bases)) or any(keys[row] == base for row, base in further):
        _blame(columns)
    kinds, numbers, bodies, whys = _values(columns, next_text(ledger))
    reasons = [0] * len(keys)
    for row, (number, _) in whys.items():
        reasons[row] = number
    return Incoming(
        keys=keys,
        registers=_registers(ledger, columns),
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


def _further(
    columns: Columns, sessions: Mapping[int, int], bases: list[int]
) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """Give, of what each revision replaces, the least key, how many others, and those."""
    more = [0] * len(bases)
    several: dict[int, set[int]] = {}
    for row, place, n in columns.more_bases:
        several.setdefault(row, {bases[row]}).add(sessions[place] | n)
    further = []
    for row, keys in several.items():
        least, *others = sorted(keys)
        bases[row], more[row] = least, len(others)
        further += [(row, key) for key in others]
    return bases, more, further


def _registers(ledger: Ledger, columns: Columns) -> list[int]:
    words = columns.words
    used = (set(columns.item), set(columns.field), set(columns.period), set(columns.unit))
    lists = (words.items, words.fields, words.periods, words.units)
    terms = ledger.terms.take(
        names[place] for names, places in zip(lists, used, strict=True) for place in sorted(places)
    )
    items = {place: first_of(terms[words.items[place]]) for place in used[0]}
    rows = list(zip(columns.field, columns.period, columns.unit, strict=True))
    meant = {
        (field, period, unit): (
            terms[words.fields[field]],
            terms[words.periods[period]],
            terms[words.units[unit]],
        )
        for field, period, unit in set(rows)
    }
    try:
        numbers = ledger.registers.take_spots(set(meant.values()))
    except OverflowError as error:
        raise _malformed(columns[0], str(error)) from error
    spots = {row: numbers[place] for row, place in meant.items()}
    return [items[item] | spots[row] for item, row in zip(columns.item, rows, strict=True)]


def _terms(ledger: Ledger, words: Sequence[str], places: Sequence[int]) -> list[int]:
    used = sorted(set(places))
    terms = ledger.terms.take(words[place] for place in used)
    numbers = {place: terms[words[place]] for place in used}
    return [numbers[place] for place in places]


def _values(
    columns: Columns, text: int
) -> tuple[list[int], list[int], dict[int, tuple[int, str]], dict[int, tuple[int, str]]]:
    """Give kinds and numbers of values, their bodies and the reasons, from text number `text`."""
    kinds = [NUMBER] * len(columns)
    numbers: list[int] = list(columns.value)  # type: ignore[arg-type]
    bodies: dict[int, tuple[int, str]] = {}
    for row, cell in enumerate(columns.value):
        if type(cell) is int and -LARGEST < cell < LARGEST:
            continue
        kind, number, body = _stored(columns, row, cell)
        if body is not None:
            number = text
            bodies[row] = (text, body)
            text += 1
        kinds[row], numbers[row] = kind, number
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
