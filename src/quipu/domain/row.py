"""One row of a plan as a document states it, before it becomes facts and after."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Row:
    """What one row of an official table says.

    `kind` is a level of the form. `fields` has the text of each non-blank column by field code,
    `targets` the reading of each period cell where it is printed (`None` where the text is
    malformed; blank cells are absent), `total` the printed total. `published` has every non-blank
    cell's text as printed, by field code or period; a column that the form does not know is kept
    as `extra`. `parent` is the index, in the same reading, of the row above it. `where` is its
    place in the file. `amounts` has the reading of what else has periods (costs), by field and
    period: `cost:2017-03`. `item` is the id that a workbook of Quipu's own was stamped with, or
    the id of the stored row, else `""`.
    """

    form: str
    kind: str
    unit: str = ""
    area: str = ""
    code: str = ""
    text: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    targets: Mapping[str, Decimal | None] = field(default_factory=dict)
    total: Decimal | None = None
    published: Mapping[str, str] = field(default_factory=dict)
    parent: int | None = None
    where: str = ""
    item: str = ""
    measure: str = ""
    amounts: Mapping[str, Decimal | None] = field(default_factory=dict)
