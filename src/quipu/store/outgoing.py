"""What the next bundle for an audience carries."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy import text as sql

from quipu.domain.columns import Columns
from quipu.store import attachments, information, receipts, working
from quipu.store.bulk import pieces
from quipu.store.entries import CENTRE, Outgoing, WorkspaceInfo
from quipu.store.going import chosen_columns
from quipu.store.ledger import Ledger, parts_of
from quipu.store.tables import blob, device, holding, session

_CHOSEN = "SELECT op FROM outgoing"
_NOBODY = "*"

TELLING = ("kind", "unit", "parent", "deleted")
"""The fields by which a receiver knows that an item is no longer its business."""


def outgoing(
    ledger: Ledger,
    info: WorkspaceInfo,
    audience: str,
    items: Collection[str] | None,
    *,
    full: bool,
) -> Outgoing:
    """Gather what an audience has not acknowledged, or with `full` everything it may have.

    An office sends only the sessions of its own device and of those that its workspace wrote as
    before: others travel by the centre.
    """
    pending = choose_pending(ledger, info, audience, items)
    if full:
        everything = working.EVERYTHING if items is None else working.EVERYTHING_WANTED
        ledger.connection.execute(sql(everything))
        _keep_own(ledger, info)
    revisions = chosen_columns(ledger)
    written = ledger.peers.session_numbers(revisions.sessions())
    sessions, devices = ledger.peers.carried([written[one] for one in revisions.sessions()])
    seq, prev = receipts.next_in_line(ledger, info.device.id, audience)
    return Outgoing(
        audience=audience,
        revisions=revisions,
        sessions=tuple(sessions),
        devices=tuple(devices),
        seq=seq,
        prev=prev,
        have=_have(ledger, info, audience),
        acknowledgements=receipts.owed(ledger, audience),
        blobs=_blobs(ledger, revisions),
        pending=pending,
        mark=ledger.last_arrival(),
        items=None if items is None else frozenset(items),
    )


def choose_pending(
    ledger: Ledger, info: WorkspaceInfo, audience: str, items: Collection[str] | None
) -> int:
    """Fill the working table `outgoing` with what an audience lacks; gives how much that is."""
    run = ledger.connection
    run.execute(sql("DELETE FROM outgoing"))
    whole, of_items = receipts.marks(ledger, audience)
    office = {"office": _at_home(ledger, audience)}
    if items is None:
        run.execute(sql(working.PENDING_OF_ALL), {"mark": whole, **office})
    else:
        numbers = ledger.terms.numbers(items).values()
        wanted = {one: max(whole, of_items.get(one, 0)) for one in numbers}
        ledger.bulk.refill("wanted", ("item", "mark"), list(wanted.items()))
        run.execute(sql(working.PENDING_OF_NEW), office)
        least = min((mark for mark in wanted.values() if mark), default=0)
        run.execute(sql(working.PENDING_OF_KNOWN), {"mark": least, **office})
    _add_lost(ledger, info, audience)
    if items is not None:
        run.execute(sql(working.DROP_UNWANTED))
        _add_farewells(ledger, audience)
    _keep_own(ledger, info)
    return int(run.scalar(sql("SELECT count(*) FROM outgoing")) or 0)


def _at_home(ledger: Ledger, audience: str) -> str:
    """Give the office that knows already what its own bundles brought here.

    Where several computers of an office send, one knows nothing of the other's, and it is nobody.
    """
    if audience == CENTRE:
        return ""
    return audience if receipts.senders(ledger, audience) < 2 else _NOBODY


def _add_lost(ledger: Ledger, info: WorkspaceInfo, audience: str) -> None:
    told = select(func.count()).select_from(holding).where(holding.c.audience == audience)
    if ledger.connection.scalar(told):
        owner = info.office or audience
        ledger.connection.execute(sql(working.LOST), {"audience": audience, "owner": owner})


def _add_farewells(ledger: Ledger, audience: str) -> None:
    """Tell an audience what became of items that were its business once, and nothing more of them.

    Whatever bundle it acknowledged last had told it of all changes until then.
    """
    fields = [(number,) for number in ledger.terms.numbers(TELLING).values()]
    ledger.bulk.refill("telling", ("field",), fields)
    heard = {"mark": receipts.last_mark(ledger, audience), "audience": audience}
    office = {"office": _at_home(ledger, audience)}
    ledger.connection.execute(sql(working.FAREWELLS), {**heard, **office})


def _keep_own(ledger: Ledger, info: WorkspaceInfo) -> None:
    if not info.office:
        return
    line = information.line(ledger)
    query = select(session.c.no).join(device).where(device.c.id.in_(line))
    own = set(ledger.connection.scalars(query))
    keys = ledger.connection.scalars(sql(_CHOSEN)).all()
    foreign = [(key,) for key in keys if parts_of(key)[0] not in own]
    ledger.bulk.remove("outgoing", "op", foreign)


def _have(ledger: Ledger, info: WorkspaceInfo, audience: str) -> dict[str, int]:
    """Tell what is held of the office's sessions, of the pair that exchanges: `{session: n}`."""
    owner = info.office or audience
    query = (
        select(session.c.id, session.c.top)
        .join(device)
        .where(device.c.office == owner, session.c.top > 0)
    )
    return dict(sorted(tuple(row) for row in ledger.connection.execute(query)))


def _blobs(ledger: Ledger, revisions: Columns) -> tuple[str, ...]:
    mentioned = {blob.sha256 for blob in revisions.blobs()}
    found: list[str] = []
    for piece in pieces(sorted(mentioned)):
        here = blob.c.sha256.in_(piece) & (blob.c.state == attachments.HAVE)
        found += ledger.connection.scalars(select(blob.c.sha256).where(here))
    return tuple(sorted(found))
