"""What recognition understands of a file: tables, rows, problems; nothing is stored yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from quipu.domain.problem import Problem
from quipu.domain.row import Row


@dataclass(frozen=True, slots=True)
class TableFound:
    """A table of a form: where its heading stands, the unit that it belongs to, and its rows.

    `unit` is `""` where a column names the units or the table belongs to the whole institution.
    `rows` counts the rows of the form's innermost level.
    """

    where: str
    form: str
    unit: str
    rows: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The tables of a file, their rows in the document's order, and what is wrong with them.

    `header` has the plan's fields that the document prints outside its tables
    (`document_code`, `version`, `date`, `title`). `year` is the plan's, `None` where no table
    needed one.
    """

    tables: tuple[TableFound, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    header: Mapping[str, str] = field(default_factory=dict)
    year: int | None = None
