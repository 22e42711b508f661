"""A snapshot of facts in memory, with the few questions that rules and forms ask of it."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.value import Value

FactKey = tuple[str, str, str]
"""Field, period and reporting unit: an address without its item."""


class Facts:
    """What is true now at each of a set of addresses; blank addresses are simply absent.

    A snapshot is made once and then only read, so that a drawing or an evaluation sees one state.
    """

    def __init__(self, entries: Iterable[tuple[Address, Value]] = ()) -> None:
        self._items: dict[str, dict[FactKey, Value]] = {}
        self._children: dict[str, list[str]] | None = None
        for address, value in entries:
            if value is not None:
                item = self._items.setdefault(address.item, {})
                item[(address.field, address.period, address.unit)] = value

    def __contains__(self, item: object) -> bool:
        return item in self._items

    def __iter__(self) -> Iterator[tuple[Address, Value]]:
        for item, entries in self._items.items():
            for (field, period, unit), value in entries.items():
                yield Address(item, field, period, unit), value

    def items(self) -> tuple[str, ...]:
        """Give every item that has a fact, deleted ones too, in no particular order."""
        return tuple(self._items)

    def with_changes(self, entries: Iterable[tuple[Address, Value]]) -> "Facts":
        """Give a new snapshot in which these addresses say something else (`None` blanks one)."""
        changed = dict(iter(self))
        changed.update(entries)
        return Facts(changed.items())

    def value(self, item: str, field: str, period: str = "", unit: str = "") -> Value:
        """Give the value at an address, `None` where it is blank or the item is not here."""
        return self._items.get(item, {}).get((field, period, unit))

    def text(self, item: str, field: str, period: str = "", unit: str = "") -> str:
        """Give a text, `""` where there is none."""
        value = self.value(item, field, period, unit)
        return value if isinstance(value, str) else ""

    def number(self, item: str, field: str, period: str = "", unit: str = "") -> Decimal | None:
        """Give a number, `None` where there is none."""
        value = self.value(item, field, period, unit)
        return value if isinstance(value, Decimal) else None

    def flag(self, item: str, field: str) -> bool:
        """Give a flag, `False` where there is none."""
        return self.value(item, field) is True

    def entries(self, item: str) -> dict[FactKey, Value]:
        """Give all facts of an item by field, period and unit."""
        return dict(self._items.get(item, {}))

    def periods(self, item: str, field: str, unit: str = "") -> dict[str, Value]:
        """Give a periodic field's values by period, in the order of the periods' texts."""
        found = {
            period: value
            for (name, period, reporter), value in self._items.get(item, {}).items()
            if name == field and period and reporter == unit
        }
        return dict(sorted(found.items()))

    def reporters(self, item: str, field: str, period: str) -> dict[str, Value]:
        """Give the values that the reporting units put at one field and period."""
        return {
            unit: value
            for (name, when, unit), value in self._items.get(item, {}).items()
            if name == field and when == period and unit
        }

    def of_kind(self, *kinds: str) -> list[str]:
        """Give the items of these kinds that are not deleted, by order, then name, then id."""
        found = [
            item
            for item in self._items
            if self.text(item, "kind") in kinds and not self.flag(item, "deleted")
        ]
        return sorted(found, key=self.sort_key)

    def children(self, item: str) -> list[str]:
        """Give the items whose `parent` this is and that are not deleted, in order."""
        if self._children is None:
            self._children = {}
            for child in self._items:
                parent = self.text(child, "parent")
                if parent and not self.flag(child, "deleted"):
                    self._children.setdefault(parent, []).append(child)
            for siblings in self._children.values():
                siblings.sort(key=self.sort_key)
        return list(self._children.get(item, ()))

    def ancestors(self, item: str) -> list[str]:
        """Give what hangs above an item by `parent`, nearest first; a loop ends the walk."""
        found: list[str] = []
        above = self.text(item, "parent")
        while above and above != item and above not in found:
            found.append(above)
            above = self.text(above, "parent")
        return found

    def sort_key(self, item: str) -> tuple[Decimal, str, str]:
        """Order items as their document does: by `order`, then name, then id."""
        order = self.number(item, "order")
        return (order if order is not None else Decimal(10**9), self.text(item, "name"), item)
