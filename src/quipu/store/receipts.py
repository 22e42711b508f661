"""What was received from whom, what was sent to whom, and what they acknowledged of it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from quipu.domain.errors import BundleError
from quipu.domain.parcel import Acknowledgement, Parcel
from quipu.domain.revision import RevisionName
from quipu.store import working
from quipu.store.entries import CENTRE, BundleEntry, MergeResult, Outgoing, SentEntry
from quipu.store.ledger import Ledger, parts_of
from quipu.store.tables import (
    acked,
    bundle,
    device,
    scope,
    scope_item,
    sent,
)

TAKEN = ("merged", "partly")
"""The states of a bundle whose revisions went in."""

_WENT_IN = f"b.state IN ({', '.join(repr(state) for state in TAKEN)})"


@dataclass(frozen=True, slots=True)
class Reception:
    """How a parcel came: the SHA-256 of manifest and file, when, and what was made of it."""

    manifest: str
    file_name: str
    received_at: str
    state: str
    reason: str
    file_sha256: str = ""


_ENTRIES = select(
    bundle.c.manifest, device.c.id, device.c.office, bundle.c.audience, bundle.c.seq,
    bundle.c.prev, bundle.c.made_at, bundle.c.received_at, bundle.c.file_name,
    bundle.c.revisions, bundle.c.fresh, bundle.c.state, bundle.c.reason, bundle.c.extra,
).join(device)  # fmt: skip

_RECEIVED, _RECEIVED_AS = (
    _ENTRIES.where(column == bindparam(name), bundle.c.state.in_(TAKEN)).limit(1)
    for column, name in ((bundle.c.manifest, "manifest"), (bundle.c.file_sha256, "file"))
)


def audience_of(office: str) -> str:
    """Give how bundles are addressed to an office, `""` being the centre."""
    return office or CENTRE


def knows_bundle(ledger: Ledger, manifest: str) -> bool:
    """Tell whether a bundle's revisions went in before."""
    query = f"SELECT max(b.arrival) FROM bundle b WHERE b.manifest = ? AND {_WENT_IN}"
    return ledger.bulk.one(query, manifest) is not None


def received(ledger: Ledger, manifest: str) -> BundleEntry | None:
    """Give the bundle of a manifest, where its revisions went in before."""
    row = ledger.connection.execute(_RECEIVED, {"manifest": manifest}).first()
    return None if row is None else BundleEntry(*tuple(row))


def received_as(ledger: Ledger, file_sha256: str) -> BundleEntry | None:
    """Give the bundle that came in a file with this SHA-256, where its revisions went in."""
    row = ledger.connection.execute(_RECEIVED_AS, {"file": file_sha256}).first()
    return None if row is None else BundleEntry(*tuple(row))


def record_bundle(
    ledger: Ledger, arrival: int, parcel: Parcel, reception: Reception, result: MergeResult
) -> None:
    """Remember a bundle; raises `BundleError("device-unknown")` when its sender is a stranger."""
    sender = ledger.peers.device_number(parcel.device)
    if sender is None:
        raise BundleError("device-unknown", device=parcel.device)
    row = {
        "arrival": arrival,
        "manifest": reception.manifest,
        "device": sender,
        "audience": parcel.audience,
        "seq": parcel.seq,
        "prev": parcel.prev,
        "made_at": parcel.made_at,
        "received_at": reception.received_at,
        "file_name": reception.file_name,
        "revisions": len(parcel.revisions),
        "fresh": result.new,
        "state": reception.state,
        "reason": reception.reason,
        "file_sha256": reception.file_sha256,
        "extra": json.dumps(dict(parcel.extra), ensure_ascii=False, sort_keys=True),
    }
    ledger.bulk.insert("bundle", list(row), [tuple(row.values())])


def take_word(ledger: Ledger, parcel: Parcel, reception: Reception, own_office: str) -> None:
    """Believe what a sender says of itself: what it holds, and what it has received.

    To be called before the bundle is recorded. A sender that is new at its place (a copied or
    restored workspace), or that tells another story under a number already used, may lack what
    its place acknowledged before: everything is then pending again. Between two computers of the
    centre each is a place of its own.
    """
    planner = not own_office and not parcel.office
    audience = parcel.device if planner else audience_of(parcel.office)
    before = _earlier(ledger, parcel)
    if (before.another_device and not planner) or before.another_story:
        forget_acknowledged(ledger, audience)
    if before.last_seq < parcel.seq or before.another_story:
        _hold(ledger, audience, parcel.have)
    # What a planner joined with was written for the centre, before its device had an id.
    places = (audience, CENTRE) if planner else (audience,)
    for word in parcel.acknowledgements:
        _acknowledged(ledger, places, word, reception.received_at)


_LAST_OF = f"""
SELECT max(b.seq) FROM device d CROSS JOIN bundle b
WHERE d.id = ? AND b.device = d.no AND b.audience = ? AND {_WENT_IN}
"""

_OF_OFFICE = f"""
SELECT max(b.arrival) FROM device d CROSS JOIN bundle b
WHERE d.office = ? AND b.device = d.no AND {_WENT_IN}
"""


@dataclass(frozen=True, slots=True)
class _Earlier:
    last_seq: int
    another_device: bool
    another_story: bool


def _earlier(ledger: Ledger, parcel: Parcel) -> _Earlier:
    one = ledger.bulk.one
    last, same = one(_LAST_OF, parcel.device, parcel.audience), None
    if last is not None:
        same = one(f"{_LAST_OF} AND b.seq = ?", parcel.device, parcel.audience, parcel.seq)
    others = None if last else one(_OF_OFFICE, parcel.office)
    return _Earlier(
        last_seq=last or 0,
        another_device=not last and others is not None,
        another_story=same is not None,
    )


def forget_acknowledged(ledger: Ledger, audience: str) -> None:
    """Count everything as pending again, whatever an audience says of earlier bundles."""
    ledger.connection.execute(delete(acked).where(acked.c.audience == audience))
    ledger.connection.execute(update(sent).where(sent.c.audience == audience).values(counts=0))


def _hold(ledger: Ledger, audience: str, have: Mapping[str, int]) -> None:
    query = "SELECT id, no FROM session WHERE id IN"
    numbers = dict(ledger.bulk.among(query, list(have)))
    rows = [(audience, numbers[name], upto) for name, upto in have.items() if name in numbers]
    ledger.bulk.run("DELETE FROM holding WHERE audience = ?", audience)
    ledger.bulk.insert("holding", ("audience", "session", "upto"), rows)


def _acknowledged(ledger: Ledger, places: Sequence[str], word: Acknowledgement, at: str) -> None:
    """Believe that the first of these places received a bundle that was written for one of them."""
    run, audience = ledger.connection, places[0]
    row = run.execute(
        select(sent)
        .join(device)
        .where(
            device.c.id == word.device,
            sent.c.audience.in_(places),
            sent.c.seq == word.seq,
            sent.c.manifest == word.manifest,
        )
    ).one_or_none()
    if row is None:
        return  # of another copy of this workspace, or of another bundle under this number
    if not row.acknowledged:
        run.execute(update(sent).where(sent.c.no == row.no).values(acknowledged=at))
    place = (acked.c.audience == audience) & (acked.c.scope == row.scope)
    current = run.scalar(select(acked.c.mark).where(place))
    if not row.counts or (current or 0) >= row.mark:
        return
    if current is None:
        run.execute(insert(acked).values(audience=audience, scope=row.scope, mark=row.mark))
    else:
        run.execute(update(acked).where(place).values(mark=row.mark))


def owed(ledger: Ledger, audience: str) -> tuple[Acknowledgement, ...]:
    """Give the acknowledgements for an audience: of all bundles it does not know received.

    The latest is always among them, so that an audience that forgot is told again.
    """
    run = ledger.connection
    heard = select(func.max(sent.c.mark)).where(
        sent.c.audience == audience, sent.c.acknowledged != ""
    )
    office = "" if audience == CENTRE else audience
    query = (
        select(device.c.id, bundle.c.seq, bundle.c.manifest)
        .join(device)
        .where(or_(device.c.office == office, device.c.id == audience))
        .where(bundle.c.state.in_(TAKEN))
        .order_by(bundle.c.arrival.desc())
    )
    later = run.execute(query.where(bundle.c.arrival > (run.scalar(heard) or 0))).all()
    rows = later or run.execute(query.limit(1)).all()
    return tuple(Acknowledgement(row.id, row.seq, row.manifest) for row in reversed(rows))


def record_sent(ledger: Ledger, own: str, manifest: str, outgoing: Outgoing, at: str) -> None:
    """Remember what a bundle told: everything up to its mark, of its items."""
    run = ledger.connection
    run.execute(
        insert(sent).values(
            no=(run.scalar(select(func.max(sent.c.no))) or 0) + 1,
            audience=outgoing.audience,
            device=ledger.peers.device_number(own),
            seq=outgoing.seq,
            prev=outgoing.prev,
            manifest=manifest,
            at=at,
            revisions=len(outgoing.revisions),
            mark=outgoing.mark,
            scope=_scope(ledger, outgoing.items),
            acknowledged="",
            counts=1,
        )
    )


def _scope(ledger: Ledger, items: frozenset[str] | None) -> int:
    """Give the number of a set of items, which bundles share as long as it stays the same."""
    if items is None:
        return 0
    run = ledger.connection
    digest = hashlib.sha256("\n".join(sorted(items)).encode()).hexdigest()
    found = run.scalar(select(scope.c.no).where(scope.c.digest == digest))
    if found is not None:
        return int(found)
    number = (run.scalar(select(func.max(scope.c.no))) or 0) + 1
    run.execute(insert(scope).values(no=number, digest=digest))
    terms = ledger.terms.take(items)
    ledger.bulk.insert("scope_item", ("scope", "item"), [(number, terms[one]) for one in items])
    return number


def marks(ledger: Ledger, audience: str) -> tuple[int, dict[int, int]]:
    """Give up to where an audience acknowledged: of everything, and item by item."""
    run = ledger.connection
    mine = acked.c.audience == audience
    whole = run.scalar(select(acked.c.mark).where(mine, acked.c.scope == 0)) or 0
    query = (
        select(scope_item.c.item, func.max(acked.c.mark).label("mark"))
        .join(acked, acked.c.scope == scope_item.c.scope)
        .where(mine)
        .group_by(scope_item.c.item)
    )
    return whole, dict(run.execute(query).all())


_IN_TWO_PLACES = f"""
SELECT count(*) FROM (
    SELECT DISTINCT b.device FROM device d CROSS JOIN bundle b
    WHERE d.office = ? AND b.device = d.no AND {_WENT_IN}
    GROUP BY b.device, b.audience, b.seq HAVING count(DISTINCT b.manifest) > 1
) AS twice
"""


def senders(ledger: Ledger, office: str) -> int:
    """Count the devices of an office that bundles came from; one in two places is two."""
    taken = select(bundle.c.arrival).where(
        bundle.c.device == device.c.no, bundle.c.state.in_(TAKEN)
    )
    query = select(func.count()).select_from(device).where(device.c.office == office)
    heard = ledger.connection.scalar(query.where(taken.exists())) or 0
    return heard + int(ledger.bulk.one(_IN_TWO_PLACES, office))


def last_mark(ledger: Ledger, audience: str) -> int:
    """Give up to where an audience acknowledged anything at all."""
    query = select(func.max(acked.c.mark)).where(acked.c.audience == audience)
    return ledger.connection.scalar(query) or 0


def next_in_line(ledger: Ledger, own: str, audience: str) -> tuple[int, str]:
    """Give the number of the next bundle for an audience, and the manifest of the last one."""
    query = (
        select(sent.c.seq, sent.c.manifest)
        .join(device)
        .where(device.c.id == own, sent.c.audience == audience)
        .order_by(sent.c.seq.desc())
        .limit(1)
    )
    last = ledger.connection.execute(query).one_or_none()
    return (1, "") if last is None else (last.seq + 1, last.manifest)


def bundles(ledger: Ledger) -> list[BundleEntry]:
    """Give all bundles received, in the order they came."""
    query = _ENTRIES.order_by(bundle.c.arrival)
    return [BundleEntry(*tuple(row)) for row in ledger.connection.execute(query)]


def brought(ledger: Ledger, manifest: str) -> list[RevisionName]:
    """Give the names of the revisions that a bundle was the first to bring."""
    rows = ledger.bulk.run(f"{working.BROUGHT_BY} AND {_WENT_IN} ORDER BY o.op", manifest)
    keys = [parts_of(key) for (key,) in rows.fetchall()]
    names = ledger.peers.session_names(session for session, _ in keys)
    return [RevisionName(names[session], n) for session, n in keys]


def sent_bundles(ledger: Ledger) -> list[SentEntry]:
    """Give all bundles written here, in their order."""
    columns = (
        sent.c.audience, device.c.id, sent.c.seq, sent.c.prev, sent.c.manifest, sent.c.at,
        sent.c.revisions, sent.c.acknowledged,
    )  # fmt: skip
    query = select(*columns).join(device).order_by(sent.c.no)
    return [SentEntry(*tuple(row)) for row in ledger.connection.execute(query)]


def missing(ledger: Ledger, own_audience: str, name: str) -> list[int]:
    """Give the numbers of a device's bundles for us that later ones show to exist, not received."""
    query = (
        select(bundle.c.seq)
        .join(device)
        .where(device.c.id == name, bundle.c.audience == own_audience, bundle.c.state.in_(TAKEN))
    )
    received = set(ledger.connection.scalars(query))
    return [seq for seq in range(1, max(received, default=0)) if seq not in received]
