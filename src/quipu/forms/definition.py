"""What a form declares: an official format, once, for reading, checking and drawing.

These values are made from `forms/<institution>/<form>.toml` by `quipu.forms.language`; the
language is described, key by key, in `forms/README.md`.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from quipu.domain.period import PeriodKind
from quipu.domain.problem import Severity

Translated = Mapping[str, str]
"""A text by language: `{"es": …, "en": …}`."""

NumberStyle = Literal["1,234.5", "1.234,5"]
UnitSource = Literal["title", "column", "rows", "none"]
Align = Literal["left", "center", "right"]
ColumnStyle = Literal["", "lead", "duration", "goal", "list", "numbered", "underlined", "fraction"]
LevelSum = Literal["", "items", "all"]
PageSize = Literal["letter", "legal", "oficio", "a4", "a3"]


@dataclass(frozen=True, slots=True)
class Level:
    """One named level of the plan's tree, outermost first.

    `code` is a regular expression that the level's printed code must match in full; `split` says
    that code and text stand in one cell ("OE 1.1 Diseñar…"), the code being what `code` matches at
    its start. `row_code` is a regular expression by which a row of the table is known to be of
    this level when several levels share the columns (the POA's AE and AO rows); `heading` one
    that the whole text of a row without code matches. `under` is the level that its rows hang
    from when that is not the one before ("" for the nearest outer one). `group` rows are printed
    as headings over the rows below them. `words` are known texts of such headings, found also
    where they slipped into a neighbouring cell (S0-03). `list` says that its rows are the items
    of one cell: "1) … 2) …", paragraphs, or one text alone (S0-05). `sum` says that its rows show
    the sum of the money of the `items` below them, or of `all` rows of the table (S3-14). `help`
    says what such a row is.
    """

    kind: str
    title: Translated
    code: str = ""
    split: bool = False
    row_code: str = ""
    heading: str = ""
    under: str = ""
    group: bool = False
    words: tuple[str, ...] = ()
    list: bool = False
    sum: LevelSum = ""
    help: Translated = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """A line above a table that gives the row of an outer level, which holds until the next one.

    `pattern` is the line: literal words, then the places `{code}` (optional) and `{text}`.
    `level` is the level whose row the line gives; `code` the shape of the code in this line,
    "" for the level's own.
    """

    pattern: str
    level: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """A labelled value above a table: a field of the outer level's row (S4-01, S4-03).

    `pattern` is the label with the places `{value}` and `{year}`; `note` the number of the note
    that its label bears. `beside` prints it in the row of the detail before; `below` says that
    the value stands in the cell under the label. With the field `unit` it shows the table's unit.
    """

    pattern: str
    level: str
    field: str
    note: int = 0
    beside: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A note of the form, printed at the document's end; headings bear its number."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Weights:
    """What printed weights are of: percent of the programme, or points of a greater whole.

    With `relative` they add up to 100; with `absolute` to the programme's own weight, which is
    `total` where the document does not print it.
    """

    base: Literal["relative", "absolute"]
    total: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Passing:
    """When a programme is approved: the least share of its activities, by count or by weight."""

    share: Decimal
    by: Literal["count", "weight"]


@dataclass(frozen=True, slots=True)
class Legend:
    """Lines that are printed above each table, on every page, and mean nothing when read."""

    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column, or one column per period.

    `field` is a code of the catalogue. `header` has the words printed in the heading, the first
    being what Quipu prints and the others what readers also meet. `level` is the level whose
    field it is ("" for the innermost). `periods` repeats the column for each period of that kind
    in the plan's year or years; `group` is then the heading printed over them (`{year}` is a
    place), and `header` the word printed over each of them, in order (12 for months), or nothing:
    then the year's number, or the period's usual name in the form's language. `merge` joins
    vertically adjoining equal cells in print and fills them when reading. `required` says that a
    table without the column is not of this form. `values` are the only texts that a cell may
    have, when there are any. `flags` says that the cells are marks. `alone` is the
    heading over a table without rows of a group level. `width` is a weight. `style` says what its
    words are: units of which the underlined one leads, a duration, a target, a list, a text after
    its number.
    `mark` is what flags are printed as, `help` the institution's definition of the field,
    `note` the number of the note that its heading bears.
    """

    field: str
    header: tuple[str, ...] = ()
    level: str = ""
    width: float = 1.0
    align: Align = "left"
    periods: PeriodKind | None = None
    group: str = ""
    merge: bool = False
    required: bool = True
    values: tuple[str, ...] = ()
    flags: bool = False
    alone: str = ""
    style: ColumnStyle = ""
    mark: str = "X"
    help: Translated = dataclasses.field(default_factory=dict)
    note: int = 0


@dataclass(frozen=True, slots=True)
class BoxLine:
    """A line of the controlled-document box: label, and the field of the plan it shows."""

    label: str
    field: str


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature of the closing block: what it says, and the plan's field with the names."""

    label: str
    field: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a table.

    `lines` are printed at the top of each page; `area` and `unit` are the patterns of the titles
    of an area and of the title over a table. In them `{institution}`, `{year}`, `{area}` and
    `{unit}` are places, and text in square brackets may be missing when read. `capitals` prints
    the institution's name in capitals. `state` has the words that the place `{state}` of lines
    stands for while the plan is in one of their states, and which states these are (S4-01).
    """

    lines: tuple[str, ...] = ()
    area: str = ""
    unit: str = "{unit}"
    box: tuple[BoxLine, ...] = ()
    capitals: bool = False
    state: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def state_words(self, state: str) -> str:
        """Give what `{state}` stands for while the plan is in a state, `""` for nothing."""
        return next((words for words, states in self.state.items() if state in states), "")

    @property
    def read_lines(self) -> tuple[str, ...]:
        """The lines as other people's documents have them: one for each words of a state."""
        found: list[str] = []
        for line in self.lines:
            known = tuple(self.state) if "{state}" in line else ("",)
            found += [line.replace("{state}", words) for words in known]
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Page:
    """The paper: size, orientation, margin in millimetres, letter height in points."""

    size: PageSize = "letter"
    landscape: bool = True
    margin: float = 12.0
    font_size: float = 7.0


@dataclass(frozen=True, slots=True)
class CheckUse:
    """A check that the form asks for, with the severity and parameters that it gives it."""

    name: str
    severity: Severity | None = None
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column that a progress report of the form has after the plan's own columns.

    `shows` is `programmed`, `executed`, `percent`, or a field of progress such as `narrative`.
    """

    shows: str
    header: str
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Report:
    """The progress report: which plan columns it keeps, by field, and what it adds.

    In `title`, `{year}` and `{period}` (the period in words) are places. `period` is the kind of
    period that is reported, `None` for that of the targets, in so many `years` from the plan's
    own on. `levels` are those of a cascade that its report shows, the last one being the target.
    """

    keeps: tuple[str, ...] = ()
    columns: tuple[ReportColumn, ...] = ()
    title: str = ""
    period: PeriodKind | None = None
    levels: tuple[str, ...] = ()
    years: int = 1


@dataclass(frozen=True, slots=True)
class Form:
    """An official format of an institution.

    `id` is `<institution folder>/<file>`; `version` and `digest` (SHA-256 of the TOML) pin it.
    `family` names the plan that rows of the form belong to: forms of one family and year share a
    plan. `order` places its tables in the institution's document. `unit` says how a table's unit
    is known: from its title, from a column whose field is `unit`, from what its rows have in
    common, or not at all. `owners` are, for units known from rows, the fields that may name them,
    the narrowest first. `contexts` are the lines that give rows of outer levels, `legend` what
    is repeated above each table. `spellings` maps a printed unit of measure, in lower case, to
    its catalogue spelling. `years` are the first and last year of a form that shows a span of
    years. `cascade` says that a cell with a code begins an item of its column's level, and that
    what has none goes on with the item above. `details` are labelled values above a table,
    `notes` the form's own notes, `weights` what its weights are of, `passing` the rule to pass.
    """

    id: str
    version: str
    digest: str
    title: Translated
    institution: str
    family: str
    levels: tuple[Level, ...]
    columns: tuple[Column, ...]
    order: int = 0
    language: str = "es"
    numbers: NumberStyle = "1,234.5"
    zero: Literal["blank", "zero"] = "blank"
    unit: UnitSource = "title"
    heading: Heading = Heading()
    page: Page = Page()
    signatures: tuple[Signature, ...] = ()
    checks: tuple[CheckUse, ...] = ()
    report: Report = Report()
    spellings: Mapping[str, str] = field(default_factory=dict)
    years: tuple[int, int] | None = None
    owners: tuple[str, ...] = ()
    contexts: tuple[Context, ...] = ()
    legend: Legend = Legend()
    cascade: bool = False
    details: tuple[Detail, ...] = ()
    notes: tuple[Note, ...] = ()
    weights: Weights | None = None
    passing: Passing | None = None

    def level(self, kind: str) -> Level:
        """Give the level of a kind; the innermost for `""`. Raises `KeyError` when unknown."""
        if not kind:
            return self.levels[-1]
        for level in self.levels:
            if level.kind == kind:
                return level
        raise KeyError(kind)

    @property
    def ranked(self) -> bool:
        """Whether rows of several levels stand below each other in the same columns."""
        return any(level.row_code or level.heading for level in self.levels)

    @property
    def listed(self) -> bool:
        """Whether one cell holds several rows of the innermost level, which share the others."""
        return self.levels[-1].list and not self.cascade

    def column(self, name: str) -> Column | None:
        """Give the column of a field, `None` when the form has none.

        Where several levels have the field, the innermost level's column is given.
        """
        found = [column for column in self.columns if column.field == name]
        own = [column for column in found if self.level(column.level) is self.levels[-1]]
        return next(iter(own or found), None)
