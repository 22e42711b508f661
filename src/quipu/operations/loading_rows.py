"""Which stored row each row of a document is, and the ids of those that are new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.identity import row_id
from quipu.domain.letters import level
from quipu.domain.matching import Match, match_rows
from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.forms.rows import rows_from_facts
from quipu.operations.house import House
from quipu.operations.loading_said import Said
from quipu.operations.placing import places


@dataclass(frozen=True, slots=True)
class RowItems:
    """The item of each row of a document (`""`: not to be stored), new items, vanished items."""

    items: tuple[str, ...]
    created: tuple[str, ...]
    vanished: tuple[str, ...]


def take_rows(
    house: House, said: Said, plan: str, rows: Sequence[Row], units: Mapping[str, str]
) -> RowItems:
    """Find or make the item of each row, and take what a new row is made of.

    `units` has the unit items by printed name. Problems: `join-ambiguous` for a row that may be
    several stored ones, `row-deleted` for one that a person deleted, `row-vanished` for a stored
    row that its table no longer has. Nothing of the first two is stored.
    """
    facts = said.facts
    known = rows_from_facts(facts, plan, house.forms) if plan in facts else []
    fresh = [replace(row, unit=_stored_name(facts, units, row.unit)) for row in rows]
    matches = match_rows(fresh, known)
    finder = _Finder(said, plan, rows, units)
    for match in matches:
        finder.take(match)
    _order_rows(said, rows, units, finder.items)
    vanished = _vanished(said, fresh, known, matches)
    return RowItems(tuple(finder.items), tuple(finder.created), vanished)


def _stored_name(facts: Facts, units: Mapping[str, str], name: str) -> str:
    return facts.text(units.get(name, ""), "name") or name


class _Finder:
    """Walks the rows of a document in order, so that a row finds the item of the one above it."""

    def __init__(
        self, said: Said, plan: str, rows: Sequence[Row], units: Mapping[str, str]
    ) -> None:
        self.said = said
        self.plan = plan
        self.rows = rows
        self.units = units
        self.items: list[str] = []
        self.taken: set[str] = set()
        self.created: list[str] = []

    def take(self, match: Match) -> None:
        """Take the next row."""
        row = self.rows[match.row]
        parent = self.items[row.parent] if row.parent is not None else ""
        unsure = match.by == "ambiguous" or (row.parent is not None and not parent)
        item = match.item or ("" if unsure else self._new(match.row, row, parent))
        if unsure and not item:
            candidates = ", ".join(match.candidates)
            self._report(match.row, "join-ambiguous", candidates=candidates)
        elif item:
            self._take_structure(item, row, parent)
        self.items.append(item)
        self.taken.add(item)

    def _new(self, index: int, row: Row, parent: str) -> str:
        unit = self.units.get(row.unit, "")
        name = level(row.code or row.text)
        occurrence = 0
        while True:
            item = row_id(self.plan, unit, row.kind, parent, name, occurrence)
            occurrence += 1
            if item in self.taken:
                continue
            if item not in self.said.facts:
                self.created.append(item)
                return item
            if self.said.facts.flag(item, "deleted"):
                self._report(index, "row-deleted", item=item)
                return ""

    def _take_structure(self, item: str, row: Row, parent: str) -> None:
        said = self.said
        said.once(Address(item, "kind"), row.kind)
        said.once(Address(item, "plan"), self.plan)
        said.once(Address(item, "form"), row.form)
        if row.unit:
            said.once(Address(item, "unit"), self.units[row.unit])
        if parent:
            said.put(Address(item, "parent"), parent)

    def _report(self, index: int, check: str, *, item: str = "", candidates: str = "") -> None:
        row = self.rows[index]
        self.said.problems.append(
            Problem(
                check=check,
                severity="info" if item else "warning",
                where=row.where,
                unit=row.unit,
                code=row.code,
                row=index,
                item=item,
                params={"text": row.text, "candidates": candidates},
            )
        )


def _order_rows(
    said: Said, rows: Sequence[Row], units: Mapping[str, str], items: Sequence[str]
) -> None:
    """Give each new row its place in its table, between the rows it stands between."""
    tables: dict[tuple[str, str], list[str]] = {}
    for row, item in zip(rows, items, strict=True):
        if item:
            tables.setdefault((row.form, units.get(row.unit, "")), []).append(item)
    facts = said.facts
    stored: dict[tuple[str, str], dict[str, Decimal]] = {}
    for item in facts.items():
        table = (facts.text(item, "form"), facts.text(item, "unit"))
        order = facts.number(item, "order")
        if table in tables and order is not None:
            stored.setdefault(table, {})[item] = order
    for table, sequence in tables.items():
        said.name(*(Address(item, "order") for item in sequence))
        for item, order in places(sequence, stored.get(table, {})).items():
            said.writes[Address(item, "order")] = order


def _vanished(
    said: Said, fresh: Sequence[Row], known: Sequence[Row], matches: Sequence[Match]
) -> tuple[str, ...]:
    tables = {(row.form, row.unit) for row in fresh}
    seen = {match.item for match in matches} | {
        item for match in matches for item in match.candidates
    }
    gone = [row for row in known if (row.form, row.unit) in tables and row.item not in seen]
    said.problems.extend(
        Problem(
            check="row-vanished",
            severity="warning",
            where=row.where,
            unit=row.unit,
            code=row.code,
            item=row.item,
            params={"text": row.text},
        )
        for row in gone
    )
    return tuple(row.item for row in gone)
