"""An open workspace, as every verb receives it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.forms.definition import Form
from quipu.forms.method import Method
from quipu.operations.running import Clock, Randomness
from quipu.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a person should know and need not answer; `notice.<code>` in catalogues."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class House:
    """A workspace that is open, with the forms it knows and what to tell the person about it.

    `methods` are the rules of institutions, by their folder of forms.

    `writable` is false where it was opened only to read, or where this machine has no key for it.
    """

    workspace: Workspace
    forms: Mapping[str, Form]
    notices: tuple[Notice, ...]
    writable: bool
    clock: Clock
    randomness: Randomness
    methods: Mapping[str, Method] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """The workspace's folder."""
        return self.workspace.folder

    @property
    def dataset(self) -> str:
        """The id of the institution's data, which is also the institution's item."""
        return self.workspace.info.dataset

    @property
    def role(self) -> Literal["centre", "office"]:
        """Whose workspace this is."""
        return self.workspace.info.role

    @property
    def office(self) -> str:
        """The item id of the office, `""` at the centre."""
        return self.workspace.info.office

    def facts(self, items: Collection[str] | None = None) -> Facts:
        """Give a snapshot of what is true now, of all items or of these."""
        return self.workspace.facts(items)

    def facts_around(self, addresses: Iterable[Address]) -> Facts:
        """Give a snapshot of the items of some addresses with their plans and units: quick."""
        items = {part for address in addresses for part in (address.item, address.unit) if part}
        near = self.workspace.facts(items)
        more = {near.text(item, field) for item in items for field in ("plan", "unit")} - {""}
        return self.workspace.facts(items | more)

    def close(self) -> None:
        """Close the workspace; a second time does nothing."""
        self.workspace.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
