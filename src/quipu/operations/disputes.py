"""Addresses at which people said different things: both sides, with all that speaks for each."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.identity import derive_id
from quipu.domain.refusal import REFUSES
from quipu.domain.revision import Revision
from quipu.domain.standing import FORKED
from quipu.domain.value import Value
from quipu.operations.deletions import SEEN, Edited, edited_deletions
from quipu.operations.evidence import Attached, evidence
from quipu.operations.finding import find_unit
from quipu.operations.history import Past, cell_history, words_of
from quipu.operations.house import House

_OURS = frozenset({SEEN, REFUSES, FORKED})
"""Fields by which the program remembers what was seen and judged; nobody disputes those."""


@dataclass(frozen=True, slots=True)
class Head:
    """One of the values in a dispute; `revision` is its name as text, `office` a name.

    Where a settlement was taken back, author, office and time are those of the words that it
    repeats, and `again_by` is who took it back.

    `bundle` is the manifest that brought it (`None`: made here). `evidence` are the files that its
    office attached to the same cell.
    """

    revision: str
    value: Value
    author: str
    office: str
    at: str
    bundle: str | None = None
    reason: str | None = None
    evidence: tuple[Attached, ...] = ()
    again_by: str = ""


@dataclass(frozen=True, slots=True)
class Dispute:
    """An address with differing heads; `id` is the same in every workspace that has it.

    `unit` is the reporting unit's or the row's unit's name; `shown` is what forms show meanwhile.
    `base` are the values that stood before. `history` has all that was ever said there. Where a
    row was deleted by one while another wrote in it, `edited` has the addresses written in; the
    address is the row's `deleted`, and the heads are the deletion and those edits.
    """

    id: str
    address: Address
    unit: str
    code: str
    activity: str
    shown: Value
    heads: tuple[Head, ...]
    base: tuple[Value, ...] = ()
    history: tuple[Past, ...] = field(default=(), repr=False)
    edited: tuple[Address, ...] = ()


def disputes(house: House, *, units: Collection[str] = ()) -> list[Dispute]:
    """Give the open disputes, of some units or of all, in the order of ids."""
    facts = house.facts()
    wanted = {find_unit(facts, unit) for unit in units}
    return sorted(_open(house, facts, wanted), key=lambda dispute: dispute.id)


def count_disputes(house: House) -> int:
    """Count the open disputes without looking into them."""
    workspace = house.workspace
    deleted = workspace.items_saying(SEEN)
    edited = sum(1 for _ in edited_deletions(house, house.facts(deleted))) if deleted else 0
    return workspace.count_disputes(_OURS) + edited


def dispute_id(address: Address) -> str:
    """Give the id of a dispute at an address."""
    return derive_id("dispute", *address)


def unit_of(facts: Facts, address: Address) -> str:
    """Give the unit that an address is the business of: the reporting one, else the row's."""
    return address.unit or facts.text(address.item, "unit")


def _open(house: House, facts: Facts, wanted: Collection[str]) -> Iterator[Dispute]:
    for address, reading in house.workspace.disputes():
        if address.field not in _OURS and (not wanted or unit_of(facts, address) in wanted):
            yield _dispute(house, facts, address, reading.value, reading.heads)
    for found in edited_deletions(house, facts):
        if not wanted or unit_of(facts, found.address) in wanted:
            yield _deletion(house, facts, found)


def _dispute(
    house: House, facts: Facts, address: Address, shown: Value, heads: Collection[Revision]
) -> Dispute:
    past = cell_history(house, address=address)
    by_name = {one.revision: one for one in past}
    files = evidence(house, address=address._replace(field="evidence")) if address.unit else []
    return Dispute(
        id=dispute_id(address),
        address=address,
        unit=facts.text(unit_of(facts, address), "name"),
        code=facts.text(address.item, "code"),
        activity=facts.text(address.item, "text"),
        shown=shown,
        heads=tuple(_head(by_name[str(head.name)], by_name, files) for head in heads),
        base=_base(by_name, heads),
        history=tuple(past),
    )


def _head(one: Past, by_name: Mapping[str, Past], files: Collection[Attached]) -> Head:
    said = words_of(one, by_name)
    return Head(
        one.revision, one.value, said.author, said.office, said.at, one.bundle, said.reason,
        tuple(file for file in files if file.office == said.office),
        "" if said is one else one.author,
    )  # fmt: skip


def _base(by_name: Mapping[str, Past], heads: Collection[Revision]) -> tuple[Value, ...]:
    """Give the values that the heads replaced, each once."""
    found: list[Value] = []
    for name in sorted({str(name) for head in heads for name in head.replaces}):
        value = by_name[name].value if name in by_name else None
        if all(value != one or type(value) is not type(one) for one in found):
            found.append(value)
    return tuple(found)


def _deletion(house: House, facts: Facts, found: Edited) -> Dispute:
    whole = _dispute(house, facts, found.address, True, found.deletions)
    heads, past = list(whole.heads), list(whole.history)
    for address, revisions in found.edits.items():
        edit = _dispute(house, facts, address, None, revisions)
        heads += edit.heads
        past += edit.history
    return Dispute(
        whole.id, whole.address, whole.unit, whole.code, whole.activity, True,
        tuple(heads), (None,), tuple(past), tuple(found.edits),
    )  # fmt: skip
