"""What a check is: a name, a severity, and a function over the rows of one table."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from quipu.domain.problem import Problem, Severity
from quipu.domain.row import Row
from quipu.forms.checks.figures import Figures, figures
from quipu.forms.definition import Form
from quipu.forms.recognise_words import plain_words, stems

Numbered = tuple[int, Row]
"""A row with its index in its reading."""


@dataclass(frozen=True)
class Whole:
    """All rows of a reading, for checks that compare tables with each other.

    `header` has the fields of the plan that the document prints (`date`, `version` …). `others`
    are rows of other plans of the institution, `year` is the plan's own; both are known only of
    a stored plan.
    """

    rows: tuple[Numbered, ...]
    header: Mapping[str, str]
    others: tuple[Row, ...] = ()
    year: str = ""

    @cached_property
    def owners(self) -> Mapping[str, str]:
        """The names of units and areas, by their plain words."""
        names: dict[str, str] = {}
        for _, row in self.rows:
            for name in (row.unit, row.area):
                if name:
                    names.setdefault(plain_words(name), name)
        return names

    @cached_property
    def spellings(self) -> Mapping[frozenset[str], str]:
        """The most frequent spelling of each unit of measure."""
        counts: dict[frozenset[str], Counter[str]] = {}
        for _, row in self.rows:
            printed = row.fields.get("unit_of_measure", "").strip()
            if printed:
                counts.setdefault(stems(printed), Counter())[printed] += 1
        return {
            key: max(found, key=lambda text: (found[text], text)) for key, found in counts.items()
        }

    @cached_property
    def period(self) -> str:
        """Any period of the plan, `""` when no row has one."""
        return next((period for _, row in self.rows for period in row.targets), "")


@dataclass(frozen=True)
class Table:
    """The rows of one form and one unit (of one form, when a column names the units)."""

    form: Form
    rows: tuple[Numbered, ...]
    whole: Whole

    @cached_property
    def figures(self) -> Mapping[int, Figures]:
        """The numbers of the rows that should add up, by index."""
        found = ((index, figures(row, self.form)) for index, row in self.rows)
        return {index: numbers for index, numbers in found if numbers is not None}


@dataclass(frozen=True, slots=True)
class Asked:
    """A check as a form asks for it: name, the severity that holds, and the form's parameters."""

    name: str
    severity: Severity
    params: Mapping[str, object] = field(default_factory=dict)


Check = Callable[[Table, Asked], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """A check that forms may ask for by name.

    `run` is `None` for findings that only the raw table can show: reading makes those itself.
    `params` names the parameters that a form may give.
    """

    name: str
    severity: Severity
    run: Check | None = None
    params: frozenset[str] = frozenset()


def finding(
    asked: Asked,
    numbered: Numbered,
    *,
    target: str = "",
    variant: str = "",
    value: str | None = None,
    proposal: str | None = None,
    **params: object,
) -> Problem:
    """Make the problem that a check found in a row; `value` is also a parameter of its words."""
    index, row = numbered
    words = {"value": value or "", "proposal": proposal or "", "code": row.code, "text": row.text}
    return Problem(
        check=asked.name,
        severity=asked.severity,
        where=row.where,
        unit=row.unit,
        code=row.code,
        row=index,
        target=target,
        value=value,
        proposal=proposal,
        variant=variant,
        item=row.item,
        params={**words, **params},
    )


def by_unit(rows: tuple[Numbered, ...]) -> Iterator[tuple[Numbered, ...]]:
    """Split rows by unit, kind and row above: the scope in which a code should be unique."""
    groups: dict[tuple[str, str, int | None], list[Numbered]] = {}
    for numbered in rows:
        row = numbered[1]
        groups.setdefault((row.unit, row.kind, row.parent), []).append(numbered)
    for group in groups.values():
        yield tuple(group)
