"""How a bundle's revisions join the ledger: a union of sets, with a few statements for all."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy import text as sql

from quipu.domain.errors import BundleError
from quipu.domain.parcel import Parcel
from quipu.domain.revision import Revision, RevisionName
from quipu.domain.value import Blob
from quipu.store import attachments, instants, projection, working
from quipu.store.entries import MergeResult
from quipu.store.ledger import LAST_N, SESSION_BITS, Ledger, parts_of
from quipu.store.tables import fact
from quipu.store.values import UnfitValue, clean, encode
from quipu.store.writing import DEEPEST, next_text

_INC = (
    *("op", "item", "field", "period", "unit", "kind", "num", "body", "base", "more"),
    *("depth", "at", "author", "grp", "reason", "why"),
)


def merge(ledger: Ledger, folder: Path, parcel: Parcel) -> tuple[MergeResult, int]:
    """Take in a parcel's revisions; gives what came of it, and the number of its arrival.

    Raises `BundleError`: `device-conflict`, `device-unknown`, `session-forged`, `session-unknown`,
    `session-conflict` when a name is known with other content, `revision-malformed`. Then the
    transaction must be taken back.
    """
    arrival = ledger.last_arrival() + 1
    for info in parcel.devices:
        ledger.peers.add_device(info)
    for told in parcel.sessions:
        ledger.peers.add_session(told)
    staging = _Staging(ledger, parcel.revisions)
    staging.fill(parcel.revisions)
    new = _add(ledger, arrival)
    projection.read_again(ledger)
    ledger.peers.raise_tops(staging.tops)
    for revision in parcel.revisions:
        if isinstance(revision.value, Blob):
            attachments.mention(ledger, folder, revision.value)
    disputes = int(ledger.connection.scalar(sql(working.COUNT_DISPUTES)) or 0)
    return MergeResult(new, len(parcel.revisions) - new, 0, disputes), arrival


class _Staging:
    """Puts revisions into the working tables, their words as numbers."""

    def __init__(self, ledger: Ledger, revisions: Sequence[Revision]) -> None:
        self._ledger = ledger
        self._sessions = ledger.peers.session_numbers(
            name.session for one in revisions for name in (one.name, *one.replaces)
        )
        self._terms = ledger.terms.take(
            word for one in revisions for word in (*one.address, one.author)
        )
        self._next_text = next_text(ledger)
        self._times: dict[str, int] = {}
        self._further: list[tuple[int, int]] = []
        self.tops: dict[int, int] = {}

    def fill(self, revisions: Sequence[Revision]) -> None:
        """Put all of them there; raises `BundleError` for one that no program of ours wrote."""
        rows: list[tuple[object, ...]] = []
        tops: dict[str, int] = {}
        for revision in revisions:
            try:
                _check(revision)
                row = self._row(revision)
            except (UnfitValue, ValueError, OverflowError) as error:
                raise _malformed(revision, str(error)) from error
            rows.append(row)
            session, n = revision.name
            if n > tops.get(session, 0):
                tops[session] = n
        if len({row[0] for row in rows}) < len(rows):
            raise _malformed(revisions[-1], "a name stands twice")
        self.tops = {self._sessions[session]: n for session, n in tops.items()}
        self._ledger.peers.demand_owners(self.tops)
        self._ledger.bulk.refill("inc", _INC, rows)
        self._ledger.bulk.refill("inc_base", ("op", "base"), self._further)

    def _row(self, revision: Revision) -> tuple[object, ...]:
        kind, num, body = encode(revision.value)
        why = clean(revision.reason) if revision.reason else None
        at = self._times.get(revision.at)
        if at is None:
            at = self._times[revision.at] = instants.parse(revision.at)
        item, field, period, unit = revision.address
        terms, text = self._terms, self._next_text
        self._next_text = text + 2
        key = self._key(revision.name)
        bases = sorted({self._key(name) for name in revision.replaces})
        if len(bases) > 1:
            self._further += ((key, base) for base in bases[1:])
        return (
            key,
            terms[item],
            terms[field],
            terms[period],
            terms[unit],
            kind,
            num if body is None else text,
            body,
            bases[0] if bases else 0,
            max(len(bases) - 1, 0),
            revision.depth,
            at,
            terms[revision.author],
            revision.group,
            0 if why is None else text + 1,
            why,
        )

    def _key(self, name: RevisionName) -> int:
        session, n = name
        if not 0 < n <= LAST_N:
            raise ValueError("number out of range")
        return self._sessions[session] << SESSION_BITS | n


def _malformed(revision: Revision, reason: str) -> BundleError:
    return BundleError("revision-malformed", revision=str(revision.name), reason=reason)


def _check(revision: Revision) -> None:
    """Refuse what no honest program writes and what would not fit the tables."""
    if revision.name in revision.replaces:
        raise ValueError("replaces itself")
    if not 0 < revision.depth <= DEEPEST:
        raise ValueError("depth out of range")
    if not 0 <= revision.group <= revision.name.n:
        raise ValueError("gesture out of range")


def _add(ledger: Ledger, arrival: int) -> int:
    """Append what is new to the ledger, with its registers; gives how many that are."""
    run = ledger.connection
    registers = run.scalar(select(func.max(fact.c.reg))) or 0
    run.execute(sql(working.ADD_INCOMING_REGISTERS), {"registers": registers})
    run.execute(sql(working.FIND_INCOMING_REGISTERS))
    new = run.execute(sql(working.ADD_INCOMING), {"arrival": arrival}).rowcount
    if new < (run.scalar(sql("SELECT count(*) FROM inc")) or 0):
        run.execute(sql(working.TELL_KNOWN), {"arrival": arrival})
        _refuse_conflicts(ledger)
    run.execute(sql(working.KEEP_INCOMING_TEXTS))
    run.execute(sql(working.KEEP_INCOMING_BASES))
    run.execute(sql("DELETE FROM slow"))
    run.execute(sql(working.CHOOSE_SLOW), {"registers": registers})
    run.execute(sql(working.MOVE_ON), {"registers": registers})
    return new


def _refuse_conflicts(ledger: Ledger) -> None:
    key = ledger.connection.scalar(sql(working.KNOWN_OTHERWISE))
    if key is not None:
        number = parts_of(key)[0]
        name = ledger.peers.session_names([number])[number]
        device, _ = ledger.peers.owner(number)
        raise BundleError("session-conflict", session=name, device=device)
