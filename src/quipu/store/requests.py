"""Attachments asked for: what is spoken of and has not come, and what the other side lacks."""

import json

from sqlalchemy import select
from sqlalchemy import text as sql

from quipu.store import attachments
from quipu.store.bulk import pieces
from quipu.store.entries import CENTRE
from quipu.store.ledger import Ledger
from quipu.store.receipts import TAKEN
from quipu.store.tables import blob, bundle, device
from quipu.store.values import BLOB

WANTED = "wanted"
"""The key of a manifest that lists the SHA-256 of attachments that the sender asks for."""

MOST = 2000
"""Attachments that one bundle asks for; the next one asks for the rest."""

_OF_OFFICE = """
SELECT DISTINCT substr(t.body, 1, 64) FROM op o, session s, device d, text t
WHERE o.kind = :kind AND s.no = o.op >> 32 AND d.no = s.device AND d.office = :office
  AND t.no = o.num
"""


def asked_of(ledger: Ledger, audience: str) -> list[str]:
    """Give what to ask an audience for: at the centre, only what that office wrote of."""
    lacking = attachments.wanted(ledger)
    if lacking and audience != CENTRE:
        values = {"kind": BLOB, "office": audience}
        own = set(ledger.connection.scalars(sql(_OF_OFFICE), values))
        lacking = [name for name in lacking if name in own]
    return lacking[:MOST]


def asked_by(ledger: Ledger, audience: str) -> list[str]:
    """Give what an audience asked for in its last bundle and is here.

    Who names an attachment by its SHA-256 has seen a revision that speaks of it.
    """
    run = ledger.connection
    office = "" if audience == CENTRE else audience
    last = run.scalar(
        select(bundle.c.extra)
        .join(device)
        .where(device.c.office == office, bundle.c.state.in_(TAKEN))
        .order_by(bundle.c.arrival.desc())
        .limit(1)
    )
    said = json.loads(last).get(WANTED) if last else None
    asked = [one for one in said if isinstance(one, str)][:MOST] if isinstance(said, list) else []
    return here(ledger, asked)


def here(ledger: Ledger, names: list[str]) -> list[str]:
    """Give those of some attachments that are kept here, in the order given."""
    states: set[str] = set()
    for piece in pieces(sorted(set(names))):
        kept = blob.c.sha256.in_(piece) & (blob.c.state == attachments.HAVE)
        states |= set(ledger.connection.scalars(select(blob.c.sha256).where(kept)))
    return [name for name in dict.fromkeys(names) if name in states]
