"""What does not count, as the ledger keeps it: the judgement of `quipu.domain` on tables.

`refused` has a row for each revision and each reason why it does not count: by certificate
(`refusal` 0), or by a refusal of the centre (its item's number). It may name what has not come
yet. `granted` has the units that the centre ever gave to offices. Both follow from the ledger.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy import text as sql

from quipu.domain import merge
from quipu.domain.refusal import REASON, REFUSED, REFUSES, Named, named
from quipu.domain.revision import Revision
from quipu.domain.standing import REVOKED
from quipu.store import ended, working
from quipu.store.bulk import pieces
from quipu.store.certified import BY_CERTIFICATE, Granted, Line, by_certificate, granted_units
from quipu.store.ledger import LAST_N, SESSION_BITS, Ledger, key_of, parts_of
from quipu.store.registers import LAST_SPOT, first_of, item_of, last_of
from quipu.store.revisions import by_registers
from quipu.store.tables import fact, granted, op, refused, term
from quipu.store.values import TEXT

_OFFICE = "office"
SPECIAL = frozenset({_OFFICE, REFUSES, REASON, REVOKED})
"""Fields of which a new word may change what counts elsewhere."""

_MOST = 1_000_000
"""Revisions that one list of names is believed to name."""


NONE: frozenset[str] = frozenset()


def judge(
    ledger: Ledger,
    keys: Sequence[int],
    registers: Sequence[int],
    spans: Mapping[int, tuple[int, int]],
    spots: Collection[int],
) -> set[int]:
    """Judge revisions that were just added; gives the registers where something does not count.

    `spots` are those that occur in `registers`.
    """
    run = ledger.connection
    found = by_certificate(ledger, keys, registers, granted_units(ledger), spans, spots)
    _add(ledger, (line for lines in found.values() for line in lines))
    _add(ledger, ended.late(ledger, keys, spans).values())
    close = set(found)
    if not _any_refused(ledger):
        return close
    for session, (low, high) in spans.items():
        between = refused.c.op.between(low, high)
        licence = ledger.peers.licence(session)
        if licence is not None and licence.of_centre:
            run.execute(delete(refused).where(between, refused.c.refusal != BY_CERTIFICATE))
        close.update(
            run.scalars(select(op.c.reg).join(refused, refused.c.op == op.c.op).where(between))
        )
    return close


def written(ledger: Ledger, session: int, first: int, last: int) -> set[int]:
    """Judge what this workspace itself wrote; gives the registers that must be read again."""
    low, high = key_of(session, first), key_of(session, last)
    query = select(op.c.op, op.c.reg).where(op.c.op.between(low, high))
    rows = ledger.connection.execute(query).all()
    registers = [row.reg for row in rows]
    spots = {register & LAST_SPOT for register in registers}
    out = judge(ledger, [row.op for row in rows], registers, {session: (low, high)}, spots)
    return out | noticed(ledger, registers, spots)


def noticed(ledger: Ledger, registers: Collection[int], spots: Collection[int]) -> set[int]:
    """Let new words on units' offices and refusals have their effect.

    `spots` are those that occur in `registers`. Gives the registers that must be read again.
    """
    words = ledger.registers.spots(spots)
    special = {spot: said[0] for spot, said in words.items() if said[0] in SPECIAL}
    if not special:
        return set()
    told = [register for register in registers if register & LAST_SPOT in special]
    units = [one for one in told if special[one & LAST_SPOT] == _OFFICE]
    changed = _grant(ledger, units) if units else set()
    devices = [one for one in told if special[one & LAST_SPOT] == REVOKED]
    if devices and ended.may_end(ledger, devices):
        changed |= _anew(ledger)
    rest = set(told) - {*units, *devices}
    for item in sorted({item_of(one) for one in rest}):
        changed |= _apply(ledger, item)
    return changed


def refused_among(
    ledger: Ledger, keys: Collection[int], spans: Mapping[int, tuple[int, int]]
) -> int:
    """Count those of some revisions that do not count."""
    if not _any_refused(ledger):
        return 0
    run = ledger.connection
    out: set[int] = set()
    for low, high in spans.values():
        out.update(run.scalars(select(refused.c.op).where(refused.c.op.between(low, high))))
    return len(out & set(keys))


def codes(ledger: Ledger, keys: Iterable[int]) -> dict[int, str]:
    """Give the code by which each of some revisions does not count; others are absent."""
    found: dict[int, str] = {}
    if not _any_refused(ledger):
        return found
    for piece in pieces(list(keys)):
        query = select(refused.c.op, term.c.text).join(term, term.c.no == refused.c.code)
        query = query.where(refused.c.op.in_(piece)).order_by(refused.c.refusal)
        for key, code in ledger.connection.execute(query):
            found.setdefault(key, code)
    return found


def counting(ledger: Ledger, revisions: Iterable[Revision]) -> list[Revision]:
    """Give those of some revisions that count."""
    known = list(revisions)
    sessions = ledger.peers.session_numbers({one.name.session for one in known})
    keys = {one.name: key_of(sessions[one.name.session], one.name.n) for one in known}
    out = codes(ledger, keys.values())
    return [one for one in known if keys[one.name] not in out] if out else known


def _any_refused(ledger: Ledger) -> bool:
    return ledger.bulk.one("SELECT max(op) FROM refused") is not None


# ------------------------------------------------------------------ words that change others


def _anew(ledger: Ledger) -> set[int]:
    """Judge everything anew, since what a planner said may count or not; gives what that changes.

    It happens once in the life of such a device, and its refusals and grants count with it.
    """
    before = _kept(ledger)
    judge_again(ledger)
    # What came again with the word itself was judged by it already, and is still shown.
    late = {line.op for line in ended.all_late(ledger)}
    return _registers_of(ledger, late | {line.op for line in before ^ _kept(ledger)})


def _kept(ledger: Ledger) -> set[Line]:
    query = select(refused.c.op, refused.c.refusal, term.c.text).join(
        term, term.c.no == refused.c.code
    )
    found = ledger.connection.execute(query.join(op, op.c.op == refused.c.op))
    return {Line(*row) for row in found}


def _registers_of(ledger: Ledger, keys: Collection[int]) -> set[int]:
    found: set[int] = set()
    for piece in pieces(sorted(keys)):
        found.update(ledger.connection.scalars(select(op.c.reg).where(op.c.op.in_(piece))))
    return found


def _grant(ledger: Ledger, registers: Sequence[int]) -> set[int]:
    """Note units that the centre gave; gives the registers that count again by that."""
    new = _grants(ledger, registers) - {
        tuple(row) for row in ledger.connection.execute(select(granted.c.unit, granted.c.office))
    }
    ledger.bulk.insert("granted", ("unit", "office"), sorted(new))
    if not new:
        return set()
    query = select(refused.c.op, op.c.reg).join(op, op.c.op == refused.c.op)
    rows = ledger.connection.execute(query.where(refused.c.refusal == BY_CERTIFICATE)).all()
    pairs = [(row.op, row.reg) for row in rows]
    still = _all_by_certificate(ledger, pairs, granted_units(ledger))
    kept = {line.op for lines in still.values() for line in lines}
    lifted = [(key, reg) for key, reg in pairs if key not in kept]
    for key, _ in lifted:
        certificate = (refused.c.op == key) & (refused.c.refusal == BY_CERTIFICATE)
        ledger.connection.execute(delete(refused).where(certificate))
    return {register for _, register in lifted}


def _grants(ledger: Ledger, registers: Sequence[int]) -> set[tuple[int, str]]:
    found: set[tuple[int, str]] = set()
    for piece in pieces(list(registers)):
        rows = ledger.connection.execute(sql(working.OFFICES_SAID.format(_listed(piece)))).all()
        out = codes(ledger, [row.op for row in rows])
        for row in (row for row in rows if row.op not in out):
            licence = ledger.peers.licence(parts_of(row.op)[0])
            if row.kind == TEXT and licence is not None and licence.of_centre:
                found.add((item_of(row.reg), row.body))
    return found


def _apply(ledger: Ledger, item: int) -> set[int]:
    """Let one refusal name what its heads name now; gives the registers that this changes."""
    run = ledger.connection
    kept = select(refused.c.op, refused.c.refusal, term.c.text).join(
        term, term.c.no == refused.c.code
    )
    before = {Line(*row) for row in run.execute(kept.where(refused.c.refusal == item))}
    after = set(_named(ledger, item))
    if before == after:
        return set()
    run.execute(delete(refused).where(refused.c.refusal == item))
    _add(ledger, after)
    return _registers_of(ledger, {line.op for line in before} ^ {line.op for line in after})


def _named(ledger: Ledger, item: int, *, new: bool = True) -> Iterable[Line]:
    """Give what a refusal names, with its code: in the words of the centre alone.

    Sessions that nobody has heard of get their numbers if `new`, and are left out else.
    """
    run = ledger.connection
    here = run.scalars(select(fact.c.reg).where(fact.c.reg.between(first_of(item), last_of(item))))
    known = by_registers(ledger, here.all())
    said = {
        revisions[0].address: counting(
            ledger, [one for one in revisions if _of_centre(ledger, one)]
        )
        for revisions in known.values()
        if revisions
    }
    reasons = next((one for place, one in said.items() if place.field == REASON), [])
    code = merge.read(next(iter(said)), reasons, lambda _: "centre").value if said else None
    for place, revisions in said.items():
        if place.field == REFUSES:
            for head in merge.heads(revisions):
                for key in _keys(ledger, named(head.value), new=new):
                    yield Line(key, item, str(code or REFUSED))


def _of_centre(ledger: Ledger, revision: Revision) -> bool:
    session = revision.name.session
    licence = ledger.peers.licence(ledger.peers.session_numbers([session])[session])
    return licence is not None and licence.of_centre


def _keys(ledger: Ledger, spans: Sequence[Named], *, new: bool) -> Iterable[int]:
    """Give the keys that a list names, of sessions that are no planner's as far as is known."""
    left = _MOST
    if new:
        ledger.peers.session_numbers(span.session for span in spans)
    for span in spans:
        session = ledger.peers.known_session(span.session)
        licence = ledger.peers.licence(session) if session is not None else None
        if session is not None and (licence is None or not licence.of_centre):
            last = min(span.last, span.first + left - 1, LAST_N)
            left -= max(last - span.first + 1, 0)
            yield from range(key_of(session, span.first), key_of(session, last) + 1)


def _all_by_certificate(
    ledger: Ledger, pairs: Sequence[tuple[int, int]], given: Granted
) -> dict[int, list[Line]]:
    """Judge revisions, each told by its key and its register."""
    keys, registers = [key for key, _ in pairs], [register for _, register in pairs]
    sessions = {key >> SESSION_BITS for key in keys}
    spots = {register & LAST_SPOT for register in registers}
    return by_certificate(ledger, keys, registers, given, sessions, spots)


def _add(ledger: Ledger, lines: Iterable[Line]) -> None:
    rows = sorted(set(lines))
    if rows:
        numbers = ledger.terms.take({line.code for line in rows})
        columns = {
            "op": [line.op for line in rows],
            "refusal": [line.refusal for line in rows],
            "code": [numbers[line.code] for line in rows],
        }
        ledger.bulk.append("refused", columns, once="op, refusal")


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


# ------------------------------------------------------------------ rebuilding and verifying


def judge_again(ledger: Ledger) -> None:
    """Judge the whole ledger anew."""
    run = ledger.connection
    run.execute(delete(granted))
    run.execute(delete(refused))
    _add(ledger, ended.all_late(ledger))  # before all others: it has no say in them
    ledger.bulk.insert("granted", ("unit", "office"), sorted(_all_grants(ledger)))
    _add(ledger, _all_lines(ledger, new=True))


def judged_otherwise(ledger: Ledger) -> list[int]:
    """Give the registers of revisions that are kept as counting, or not, other than they must."""
    wanted = {*ended.all_late(ledger), *_all_lines(ledger, new=False)}
    return sorted(_registers_of(ledger, {line.op for line in _kept(ledger) ^ wanted}))


def _all_grants(ledger: Ledger) -> set[tuple[int, str]]:
    return _grants(ledger, _all_of(ledger, _OFFICE))


def _all_lines(ledger: Ledger, *, new: bool) -> Iterator[Line]:
    units: dict[str, set[int]] = {}
    for unit, office in _all_grants(ledger):
        units.setdefault(office, set()).add(unit)
    names = {office: ledger.terms.texts(numbers) for office, numbers in units.items()}

    def given(office: str) -> frozenset[str]:
        return frozenset(names[office][no] for no in units[office]) if office in units else NONE

    for session in ledger.peers.writers():
        span = op.c.op.between(key_of(session, 0), key_of(session, LAST_N))
        rows = ledger.connection.execute(select(op.c.op, op.c.reg).where(span)).all()
        pairs = [(row.op, row.reg) for row in rows]
        for lines in _all_by_certificate(ledger, pairs, given).values():
            yield from lines
    for item in sorted({item_of(one) for one in _all_of(ledger, REFUSES)}):
        yield from _known(ledger, _named(ledger, item, new=new), new=new)


def _known(ledger: Ledger, lines: Iterable[Line], *, new: bool) -> Iterator[Line]:
    """Leave out what has not come, unless `new`."""
    every = list(lines)
    here: set[int] = set()
    for piece in pieces([line.op for line in every]) if not new else ():
        here.update(ledger.connection.scalars(select(op.c.op).where(op.c.op.in_(piece))))
    yield from (line for line in every if new or line.op in here)


def _all_of(ledger: Ledger, field: str) -> list[int]:
    """Give all registers of a field."""
    number = ledger.terms.numbers([field]).get(field, 0)
    return list(ledger.connection.scalars(sql(working.REGISTERS_OF_FIELD), {"field": number}))
