"""The facts under a figure of the board: who wrote them, when, in which bundle, with what proof."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.fields import find
from quipu.domain.period import Period
from quipu.domain.rollup import Group, same_measure
from quipu.domain.value import Value
from quipu.operations.board import board_period
from quipu.operations.disputes import dispute_id, unit_of
from quipu.operations.evaluating import evaluate
from quipu.operations.evidence import Attached, evidence
from quipu.operations.finding import find_plan, office_units
from quipu.operations.gesture import centre_only
from quipu.operations.history import Past, cell_histories
from quipu.operations.house import House
from quipu.store.entries import BundleEntry

KEYS = ("report", "sum", "row", "unit", "node", "area", "office", "dispute", "observation")
"""The kinds of keys: `report:OFFICE:PERIOD`, `sum:MEASURE:PERIOD`, and the others with an id."""

_PLANNED = frozenset({"target", "cost"})
_REPORTED = ("report", "submitted_at")
_SAID = ("said", "answer", "resolved")


@dataclass(frozen=True, slots=True)
class Known:
    """A fact under a figure.

    `unit`, `code` and `activity` say whose it is in words. `past` is all that was said at the
    address, oldest first; `bundles` has, by manifest, those that brought any of it here; `proofs`
    are the files attached to the cell.
    """

    address: Address
    value: Value
    unit: str
    code: str
    activity: str
    past: tuple[Past, ...]
    bundles: Mapping[str, BundleEntry]
    proofs: tuple[Attached, ...] = ()


def facts_under(
    house: House, *, key: str, period: str = "", plan: str = "", facts: Facts | None = None
) -> list[Known]:
    """Give the facts that a figure of the board is made of, in the order of the plan's rows.

    `period` is the board's. Raises `InputError` `board-key` (key, kinds) for a key that names
    nothing, and as `board.board`.
    """
    centre_only(house)
    known = facts if facts is not None else house.facts()
    item = find_plan(known, plan=plan, period=period)
    kind, _, name = key.partition(":")
    where = _Where(house, known, item, board_period(known, item, period))
    opener = _OPENERS.get(kind)
    addresses = list(opener(where, name)) if opener is not None and name else []
    if not addresses and not (opener is not None and where.names(kind, name)):
        raise InputError("board-key", key=key, kinds=", ".join(KEYS))
    came = {entry.manifest: entry for entry in house.workspace.bundles()}
    past = cell_histories(house, addresses=addresses)
    return [_known(house, known, address, past[address], came) for address in addresses]


@dataclass(frozen=True, slots=True)
class _Where:
    """A plan in a period, in which the facts under a figure are looked for."""

    house: House
    facts: Facts
    plan: str
    period: str

    def names(self, kind: str, name: str) -> bool:
        """Tell whether a key without facts under it still names something."""
        item = name.partition(":")[0] if kind == "report" else name
        return kind == "sum" or item in self.facts

    def rows(self, items: Iterable[str], period: str = "") -> Iterator[Address]:
        """Give what was planned and reported of rows in a period."""
        whole = Period.parse(period or self.period)
        for item in dict.fromkeys(items):
            found = self.facts.entries(item)
            for field, when, unit in sorted(found, key=lambda one: (one[1], one[2], one[0])):
                if when and _counts(field) and whole.contains(Period.parse(when)):
                    yield Address(item, field, when, unit)


def _counts(field: str) -> bool:
    known = find(field)
    return field in _PLANNED or (known is not None and known.group == "progress")


def _of_report(where: _Where, name: str) -> Iterator[Address]:
    office, _, period = name.partition(":")
    units = office_units(where.facts, office)
    for unit in units:
        for field in _REPORTED:
            address = Address(where.plan, field, period, unit)
            if where.facts.value(*address) is not None:
                yield address
    if units and period:
        yield from _progress_of(where, units, period)


def _progress_of(where: _Where, units: Collection[str], period: str) -> Iterator[Address]:
    try:
        Period.parse(period)
    except ValueError:
        raise InputError("period-unreadable", period=period) from None
    found = evaluate(where.house, period=period, plan=where.plan, units=units, facts=where.facts)
    for address in where.rows((one.item for one in found.rows), period):
        if address.unit in ("", *units):
            yield address


def _of_sum(where: _Where, name: str) -> Iterator[Address]:
    measure, _, period = name.rpartition(":")
    found = evaluate(where.house, period=period, plan=where.plan, facts=where.facts)
    rows = same_measure(found.rows).get(measure, [])
    yield from where.rows((one.item for one in rows), period)


def _of_row(where: _Where, name: str) -> Iterator[Address]:
    yield from where.rows([name])


def _of_group(groups: str) -> Callable[[_Where, str], Iterator[Address]]:
    """Give what opens a group of rows by its item; nodes open the rows that serve them."""

    def opened(where: _Where, name: str) -> Iterator[Address]:
        known = evaluate(where.house, period=where.period, plan=where.plan, facts=where.facts)
        listed: Sequence[Group] = getattr(known, groups)
        if all(group.item != name for group in listed):
            return
        for row in known.rows:
            if name in _above(where.facts, row.item, row.unit):
                yield from where.rows([row.item])

    return opened


def _above(facts: Facts, row: str, unit: str) -> set[str]:
    """Give all that a row belongs to: rows above, its unit, that one's areas and office."""
    nodes = {row, *facts.ancestors(row), facts.text(row, "linked")}
    linked = {one for node in nodes for one in facts.ancestors(node)}
    return nodes | linked | {unit, facts.text(unit, "office"), *facts.ancestors(unit)}


def _of_dispute(where: _Where, name: str) -> Iterator[Address]:
    for address, _ in where.house.workspace.disputes():
        if dispute_id(address) == name:
            yield address


def _of_observation(where: _Where, name: str) -> Iterator[Address]:
    facts = where.facts
    about = Address(
        facts.text(name, "about"),
        facts.text(name, "about_field") or "executed",
        facts.text(name, "about_period"),
        facts.text(name, "unit"),
    )
    for address in (about, about._replace(unit="")):
        if facts.value(*address) is not None:
            yield address
    for field, period, unit in sorted(facts.entries(name)):
        if field in _SAID:
            yield Address(name, field, period, unit)


_OPENERS: Mapping[str, Callable[[_Where, str], Iterator[Address]]] = {
    "report": _of_report,
    "sum": _of_sum,
    "row": _of_row,
    "unit": _of_group("units"),
    "node": _of_group("nodes"),
    "area": _of_group("areas"),
    "office": _of_group("offices"),
    "dispute": _of_dispute,
    "observation": _of_observation,
}


def _known(
    house: House,
    facts: Facts,
    address: Address,
    past: Sequence[Past],
    came: Mapping[str, BundleEntry],
) -> Known:
    bundles = {one.bundle: came[one.bundle] for one in past if one.bundle in came and one.bundle}
    row = address.item
    files: list[Attached] = []
    if address.unit and address.field != "evidence" and facts.text(row, "form"):
        proof = address._replace(field="evidence")
        files = evidence(house, address=proof) if facts.value(*proof) is not None else []
    return Known(
        address,
        facts.value(*address),
        facts.text(unit_of(facts, address), "name"),
        facts.text(row, "code"),
        facts.text(row, "text") or facts.text(row, "name"),
        tuple(past),
        bundles,
        tuple(files),
    )
