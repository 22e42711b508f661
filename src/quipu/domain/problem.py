"""A mistake in someone's data: found, placed, explained and offered to a person to decide."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding of one check.

    `check` names the check and its sentence (`problem.<check>` in the catalogues, or
    `problem.<check>.<variant>`), `params` fill the sentence. `where` is the place in the file as
    a person would say it (`Compras!A18`, `001_adn.tsv:7`). `row` is the index of the row in its
    reading, or `None` when the finding is about a table or file. `target` names the cell: a field
    code (`verification`), `total`, or a period (`2024-08`). `value` is the text as printed and
    `proposal` the plain value that the program would put, both `None` where there is none.
    """

    check: str
    severity: Severity
    where: str
    unit: str = ""
    code: str = ""
    row: int | None = None
    target: str = ""
    value: str | None = None
    proposal: str | None = None
    variant: str = ""
    item: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
