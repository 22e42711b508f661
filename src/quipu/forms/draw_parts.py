"""What the steps of a drawing hand to each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from quipu.domain.address import Address
from quipu.domain.changes import original_values
from quipu.domain.facts import Facts
from quipu.domain.value import PUBLISHED, Value
from quipu.forms.definition import Column, Form
from quipu.forms.document import SheetColumn, SheetRow, View
from quipu.forms.draw_words import Paper


@dataclass(frozen=True)
class Drawing:
    """What a drawing looks at: facts, plan, view, period, and where its words come from."""

    facts: Facts
    plan: str
    view: View
    period: str
    paper: Paper

    @cached_property
    def originals(self) -> dict[Address, Value]:
        """What cells said when the plan was approved, where they were changed since."""
        return original_values(self.facts, self.plan)

    @cached_property
    def year(self) -> int:
        """The plan's year, 0 where the plan does not say."""
        return int(self.facts.number(self.plan, "year") or 0)

    def of_form(self, items: Sequence[str], form: Form) -> list[str]:
        """Give those of the rows that belong to a form."""
        return [item for item in items if self.facts.text(item, "form") == form.id]

    def has_published(self, item: str) -> bool:
        """Tell whether the signed document printed anything of a row."""
        return any(field.endswith(PUBLISHED) for field, _, _ in self.facts.entries(item))


@dataclass(frozen=True, slots=True)
class Table:
    """The columns and rows of a sheet; the first `header_rows` are its heading."""

    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    header_rows: int


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet to be: its form, area item, unit items (none for the whole institution), rows.

    `context` is the item that a line above its table names, `""` for none.
    """

    form: Form
    area: str
    units: tuple[str, ...]
    rows: tuple[str, ...]
    context: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One printed column: the form's column, and its period where it has periods."""

    column: Column
    header: str
    period: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed row: its item, and the items of its levels by kind.

    `own` is the item whose facts the columns without a level show: the row's, or `""` where only
    a level with columns of its own is printed.
    """

    item: str
    own: str
    chain: Mapping[str, str]
