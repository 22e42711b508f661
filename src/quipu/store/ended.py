"""What planners' devices said after the end of their standing: it counts nowhere."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import select

from quipu.domain.address import Address
from quipu.domain.judgement import UNJUDGED, Licence, last_counting, revoked_word
from quipu.domain.standing import REFUSED, REVOKED
from quipu.store.certified import BY_CERTIFICATE, Line
from quipu.store.ledger import LAST_N, Ledger, key_of
from quipu.store.registers import item_of
from quipu.store.revisions import by_registers
from quipu.store.tables import op


def word_on(ledger: Ledger, device: str) -> str:
    """Give what is said of the revocation of a planner's device, `""` for nothing."""
    register = ledger.registers.number(Address(device, REVOKED))
    if register is None:
        return ""
    return revoked_word(by_registers(ledger, [register])[register], lambda one: _of(ledger, one))


def _of(ledger: Ledger, session: str) -> Licence:
    number = ledger.peers.known_session(session)
    return ledger.peers.licence(number or 0) or UNJUDGED


def last_of_session(ledger: Ledger, session: int) -> int | None:
    """Give the last number of a planner's session that counts; `None` for all, and of others."""
    licence = ledger.peers.licence(session)
    if licence is None or not licence.of_centre:
        return None
    name = ledger.peers.session_names([session])[session]
    return last_counting(name, licence.line, lambda device: word_on(ledger, device))


def late(
    ledger: Ledger, keys: Sequence[int], spans: Mapping[int, tuple[int, int]]
) -> dict[int, Line]:
    """Give those of some revisions that came after the end, by key; `spans` are by session."""
    found: dict[int, Line] = {}
    for session, (_, high) in spans.items():
        last = last_of_session(ledger, session)
        if last is not None and high > key_of(session, last):
            low = key_of(session, last) + 1
            beyond = (key for key in keys if low <= key <= high)
            found |= {key: Line(key, BY_CERTIFICATE, REFUSED) for key in beyond}
    return found


def all_late(ledger: Ledger) -> Iterator[Line]:
    """Give all revisions of the ledger that came after the end."""
    for session in ledger.peers.writers():
        last = last_of_session(ledger, session)
        if last is not None:
            beyond = op.c.op.between(key_of(session, last) + 1, key_of(session, LAST_N))
            for key in ledger.connection.scalars(select(op.c.op).where(beyond)):
                yield Line(key, BY_CERTIFICATE, REFUSED)


def may_end(ledger: Ledger, registers: Collection[int]) -> bool:
    """Tell whether words on the revocation of devices may concern a planner's."""
    items = ledger.terms.texts({item_of(register) for register in registers})
    known = {one.id: one.office for one in ledger.peers.devices(list(items.values()))}
    return any(not known.get(device) for device in items.values())
