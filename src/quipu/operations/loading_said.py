"""What a document says, set against what is stored."""

from dataclasses import dataclass, field

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.problem import Problem
from quipu.domain.value import PUBLISHED, Value


@dataclass(slots=True)
class Said:
    """Gathers the facts of a document: how many they are, and which of them must be written."""

    facts: Facts
    named: set[Address] = field(default_factory=set)
    writes: dict[Address, Value] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def name(self, *addresses: Address) -> None:
        """Count addresses as spoken of by the document."""
        self.named.update(addresses)

    def put(self, address: Address, value: Value) -> None:
        """Take a fact as the document's: it is written where something else is stored."""
        self.name(address)
        if self.stored(address) != value:
            self.writes[address] = value

    def once(self, address: Address, value: Value) -> None:
        """Take a fact of an item's birth: it is written where nothing is stored."""
        self.name(address)
        if self.stored(address) is None:
            self.writes[address] = value

    def twin(self, item: str, name: str, text: str) -> None:
        """Take a printed text with its working value, which people may have changed since."""
        working, published = Address(item, name), Address(item, name + PUBLISHED)
        before = self.stored(published)
        self.name(working, published)
        if before == text:
            return
        self.writes[published] = text
        if self.stored(working) in (None, before):
            self.writes[working] = text

    def stored(self, address: Address) -> Value:
        """Give what is stored at an address."""
        return self.facts.value(address.item, address.field, address.period, address.unit)

    @property
    def stored_before(self) -> int:
        """How many of the document's facts were there already."""
        written = {address for address, value in self.writes.items() if value is not None}
        return len(self.named - written)
