"""How a bundle's revisions join the ledger: a union of sets, with a few statements for all."""

from collections.abc import Collection
from pathlib import Path

from quipu.domain.columns import columns_of
from quipu.domain.errors import BundleError
from quipu.domain.parcel import Parcel
from quipu.store import attachments, judging, projection, working
from quipu.store.entries import MergeResult
from quipu.store.incoming import Incoming, incoming
from quipu.store.ledger import LAST_N, Ledger, parts_of


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
    columns = columns_of(parcel.revisions)
    rows = incoming(ledger, columns)
    ledger.peers.demand_owners(rows.spans)
    new = _add(ledger, rows, arrival)
    out = judging.judge(ledger, rows.keys, rows.registers, rows.spans, rows.spots) if new else set()
    disputes = _show(ledger, rows, arrival, new, out)
    projection.show_again(
        ledger, judging.noticed(ledger, rows.registers, rows.spots) if new else ()
    )
    ledger.peers.raise_tops({session: high & LAST_N for session, (_, high) in rows.spans.items()})
    ledger.peers.raise_ahead(rows.ahead)
    for blob in columns.blobs():
        attachments.mention(ledger, folder, blob)
    refused = judging.refused_among(ledger, rows.keys, rows.spans)
    return MergeResult(new, len(columns) - new, refused, disputes), arrival


def _add(ledger: Ledger, rows: Incoming, arrival: int) -> int:
    """Append what is new to the ledger; gives how many that is."""
    columns = {
        "op": rows.keys,
        "reg": rows.registers,
        "kind": rows.kinds,
        "num": rows.numbers,
        "base": rows.bases,
        "more": rows.more,
        "depth": rows.depths,
        "at": rows.times,
        "author": rows.authors,
        "grp": rows.groups,
        "reason": rows.reasons,
    }
    new = ledger.bulk.append("op", {**columns, "arrival": arrival}, once="op")
    if new:
        spans = [(arrival, low, high) for low, high in rows.spans.values()]
        ledger.bulk.insert("span", ("arrival", "low", "high"), spans)
    fresh: Collection[int] = range(len(rows.keys))
    if new < len(rows.keys):
        fresh = _fresh(ledger, rows, arrival)
        _refuse_conflicts(ledger, rows, fresh)
    texts = [line for row, line in (*rows.bodies.items(), *rows.whys.items()) if row in fresh]
    ledger.bulk.insert("text", ("no", "body"), texts)
    further = [
        (rows.registers[row], base, rows.keys[row]) for row, base in rows.further if row in fresh
    ]
    ledger.bulk.insert("op_base", ("reg", "base", "op"), further)
    return new


def _fresh(ledger: Ledger, rows: Incoming, arrival: int) -> Collection[int]:
    """Give the rows that this arrival brought."""
    keys: set[int] = set()
    for low, high in rows.spans.values():
        found = ledger.bulk.run(working.BROUGHT, low, high, arrival).fetchall()
        keys.update(key for (key,) in found)
    return {row for row, key in enumerate(rows.keys) if key in keys}


def _refuse_conflicts(ledger: Ledger, rows: Incoming, fresh: Collection[int]) -> None:
    """Compare what was known with what it is said to be now."""
    known = [row for row in range(len(rows.keys)) if row not in fresh]
    lines = [
        (
            *(column[row] for column in (rows.keys, rows.registers, rows.kinds, rows.numbers)),
            rows.bodies[row][1] if row in rows.bodies else None,
            *(column[row] for column in (rows.bases, rows.more, rows.depths, rows.times)),
            *(column[row] for column in (rows.authors, rows.groups)),
            rows.whys[row][1] if row in rows.whys else None,
        )
        for row in known
    ]
    columns = ("op", "reg", "kind", "num", "body", "base", "more", "depth", "at", "author")
    ledger.bulk.refill("inc", (*columns, "grp", "why"), lines)
    further = [(rows.keys[row], base) for row, base in rows.further]
    ledger.bulk.refill("inc_base", ("op", "base"), further)
    key = ledger.bulk.one(working.KNOWN_OTHERWISE)
    if key is not None:
        number = parts_of(key)[0]
        name = ledger.peers.session_names([number])[number]
        device, _ = ledger.peers.owner(number)
        raise BundleError("session-conflict", session=name, device=device)


def _show(ledger: Ledger, rows: Incoming, arrival: int, new: int, out: Collection[int]) -> int:
    """Let registers show what came; gives how many of those looked at closely are disputed.

    `out` are registers of which something does not count.
    """
    if not new:
        return 0
    run, one = ledger.bulk.run, ledger.bulk.one
    slow = _perhaps_concurrent(ledger, rows).union(out)
    ledger.bulk.refill("slow", ("reg",), [(register,) for register in slow])
    spans = [(low, high, arrival) for low, high in rows.spans.values()]
    if one("SELECT max(reg) FROM multi") is not None:
        for span in spans:
            run(working.CHOOSE_SEVERAL, *span)
    move_on = working.MOVE_ON
    if one("SELECT max(reg) FROM slow") is not None:
        run(working.PLACE_SLOW)
        move_on = working.MOVE_ON_BESIDE_SLOW
    if sum(run(move_on, *span).rowcount for span in spans) == new:
        return 0
    for span in spans:
        run(working.CHOOSE_LEFT_BEHIND, *span)
    projection.read_again(ledger)
    return int(one(working.COUNT_DISPUTES) or 0)


def _perhaps_concurrent(ledger: Ledger, rows: Incoming) -> set[int]:
    """Give the registers that occur twice, and those whose revision may be replaced already."""
    slow = set(rows.twice)
    ahead = ledger.peers.ahead(rows.spans)
    if any(low & LAST_N <= ahead[session] for session, (low, _) in rows.spans.items()):
        slow |= {
            register
            for register, key in zip(rows.registers, rows.keys, strict=True)
            if key & LAST_N <= ahead[parts_of(key)[0]]
        }
    return slow
