"""What does not count by the certificates of those who say it: the verdicts, on the ledger."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from quipu.domain.judgement import Licence, verdict
from quipu.store import working
from quipu.store.bulk import pieces
from quipu.store.ledger import SESSION_BITS, Ledger
from quipu.store.registers import LAST_SPOT
from quipu.store.values import decode

BY_CERTIFICATE = 0
"""The number that stands for no refusal: the certificate itself refuses."""

_REPORT = "report"

_VALUE = "value"
"""Stands for a verdict that depends on what is said; no code is called so."""


class Line(NamedTuple):
    """A row of `refused`: a revision's key, the refusal's item or 0, the code."""

    op: int
    refusal: int
    code: str


Granted = Callable[[str], frozenset[str]]
"""Gives the units that were granted to an office."""


def by_certificate(
    ledger: Ledger,
    keys: Sequence[int],
    registers: Sequence[int],
    given: Granted,
    sessions: Collection[int],
    spots: Collection[int],
) -> dict[int, list[Line]]:
    """Judge revisions that are in the ledger by their devices' certificates; by register.

    `sessions` and `spots` are those that occur in `keys` and `registers`. Words decide nearly all
    of it, and then nothing is done for each revision.
    """
    words = ledger.registers.spots(spots)
    found: dict[int, list[Line]] = {}
    for session in sorted(sessions):
        licence = ledger.peers.licence(session)
        if licence is None or licence.of_centre:
            continue
        codes = _verdicts(words, licence, given)
        if not any(codes.values()):
            continue
        pairs = zip(keys, registers, strict=True)
        own = [pair for pair in pairs if pair[0] >> SESSION_BITS == session]
        for register, key, code in _judged(ledger, licence, own, codes, given):
            found.setdefault(register, []).append(Line(key, BY_CERTIFICATE, code))
    return found


def _verdicts(
    words: Mapping[int, tuple[str, str, str]], licence: Licence, given: Granted
) -> dict[int, str]:
    """Give each spot's code, `""` for all that may be said there, `_VALUE` where that depends."""
    pairs = {(field, unit) for field, _, unit in words.values()}
    codes = {}
    for field, unit in pairs:
        code = verdict(field, unit, None, licence)
        if code:
            code = verdict(field, unit, None, licence, given(licence.office))
        codes[field, unit] = code or (_VALUE if field == _REPORT else "")
    return {spot: codes[field, unit] for spot, (field, _, unit) in words.items()}


def _judged(
    ledger: Ledger,
    licence: Licence,
    rows: Iterable[tuple[int, int]],
    codes: Mapping[int, str],
    given: Granted,
) -> Iterable[tuple[int, int, str]]:
    """Give register, key and code of those of one session that do not count."""
    told = {}
    for key, register in rows:
        code = codes[register & LAST_SPOT]
        if code == _VALUE:
            told[key] = register
        elif code:
            yield register, key, code
    spots = ledger.registers.spots({register & LAST_SPOT for register in told.values()})
    for piece in pieces(sorted(told)):
        for key, kind, number, body in ledger.bulk.among(working.VALUES_OF, piece):
            field, _, unit = spots[told[key] & LAST_SPOT]
            value = decode(kind, number, body)
            code = verdict(field, unit, value, licence, given(licence.office))
            if code:
                yield told[key], key, code


def granted_units(ledger: Ledger) -> Granted:
    """Give who tells the units that the centre ever gave to an office; each is looked up once."""

    @cache
    def given(office: str) -> frozenset[str]:
        return frozenset(unit for (unit,) in ledger.bulk.run(working.GRANTED, office).fetchall())

    return given
