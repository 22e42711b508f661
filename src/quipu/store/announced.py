"""What senders said of themselves in the manifests of the bundles that were taken in."""

import json

from sqlalchemy import select

from quipu.store.ledger import Ledger
from quipu.store.receipts import TAKEN
from quipu.store.tables import bundle, device


def announced(ledger: Ledger, office: str, word: str) -> list[tuple[str, object]]:
    """Give what the devices of an office (`""`: the centre's) said under a word, the latest first.

    The word is a key that manifests may have; each entry has the device and what stood there.
    """
    query = (
        select(device.c.id, bundle.c.extra)
        .join(device)
        .where(device.c.office == office, bundle.c.state.in_(TAKEN))
        .where(bundle.c.extra.contains(f'"{word}"', autoescape=True))
        .order_by(bundle.c.arrival.desc())
    )
    read = ((row.id, json.loads(row.extra)) for row in ledger.connection.execute(query))
    return [(name, said[word]) for name, said in read if word in said]
