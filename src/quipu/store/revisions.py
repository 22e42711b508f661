"""Rows of the ledger as revisions."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, select

from quipu.domain.revision import Revision, RevisionName
from quipu.store import instants
from quipu.store.bulk import AnyRow, AnySelect, pieces
from quipu.store.ledger import Ledger, key_of, parts_of
from quipu.store.tables import op, op_base, text
from quipu.store.values import FIRST_WITH_BODY, decode

_body = text.alias("body")
_why = text.alias("why")


def rows_of(*conditions: ColumnElement[bool]) -> AnySelect:
    """Give the query for revisions that meet these conditions on `op`."""
    has_body = (op.c.kind >= FIRST_WITH_BODY) & (_body.c.no == op.c.num)
    joined = op.outerjoin(_body, has_body)
    joined = joined.outerjoin(_why, (op.c.reason > 0) & (_why.c.no == op.c.reason))
    columns = (op, _body.c.body, _why.c.body.label("why"))
    return select(*columns).select_from(joined).where(*conditions)


def by_registers(ledger: Ledger, registers: Sequence[int]) -> dict[int, list[Revision]]:
    """Give all revisions of these registers."""
    found: dict[int, list[Revision]] = {register: [] for register in registers}
    for piece in pieces(registers):
        query = rows_of(op.c.reg.in_(piece)).order_by(op.c.op)
        rows = ledger.connection.execute(query).all()
        for row, revision in zip(rows, build(ledger, rows), strict=True):
            found[row.reg].append(revision)
    return found


def build(ledger: Ledger, rows: Sequence[AnyRow]) -> list[Revision]:
    """Make revisions of rows that `rows_of` found."""
    bases = _bases(ledger, rows)
    replaced = [key for keys in bases.values() for key in keys]
    sessions = ledger.peers.session_names(
        parts_of(key)[0] for key in [*(row.op for row in rows), *replaced]
    )
    terms = ledger.terms.texts(row.author for row in rows)
    addresses = ledger.registers.addresses([row.reg for row in rows])
    times: dict[int, str] = {}

    def name(key: int) -> RevisionName:
        session, n = parts_of(key)
        return RevisionName(sessions[session], n)

    return [
        Revision(
            name=name(row.op),
            address=address,
            value=decode(row.kind, row.num, row.body),
            replaces=tuple(sorted(name(key) for key in bases.get(row.op, ()))),
            depth=row.depth,
            at=times.get(row.at) or times.setdefault(row.at, instants.write(row.at)),
            author=terms[row.author],
            reason=row.why,
            group=row.grp,
        )
        for row, address in zip(rows, addresses, strict=True)
    ]


def _bases(ledger: Ledger, rows: Iterable[AnyRow]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    wide = set()
    for row in rows:
        if row.base:
            found[row.op] = [row.base]
        if row.more:
            wide.add(row.reg)
    for piece in pieces(sorted(wide)):
        query = select(op_base.c.op, op_base.c.base).where(op_base.c.reg.in_(piece))
        for revision, base in ledger.connection.execute(query):
            if revision in found:
                found[revision].append(base)
    return found


def key_of_name(ledger: Ledger, name: RevisionName) -> int | None:
    """Give the key of a revision's name, `None` when its session was never heard of."""
    number = ledger.peers.known_session(name.session)
    return None if number is None else key_of(number, name.n)
