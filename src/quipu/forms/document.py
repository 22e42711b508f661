"""What `draw` makes: a document of plain blocks that screen, workbook and paper walk alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from quipu.domain.address import Address
from quipu.forms.definition import Align, NumberStyle, Page

CellStyle = Literal["header", "label", "text", "number", "percent", "group", "total", "flag"]
RowKind = Literal["header", "group", "row", "total"]
View = Literal["plan", "published", "progress"]
TextRole = Literal[
    "title", "subtitle", "divider", "paragraph", "note", "cover", "cover-line", "section", "heading"
]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    superscript: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a sheet.

    `text` is what is printed. `number` is the value behind it when it is one (a percentage as its
    fraction). `address` is the fact that the cell shows and `editable` whether typing may change
    it. `across` and `down` are the columns and rows it covers; covered places hold `None`.
    `runs` replace `text` where the styles differ within the cell; their texts add up to it.
    `filled` asks for the shaded ground of a year mark. `fraction` has numerator and denominator
    of a text that is printed as one over the other; `rules` tells whether a line separates the
    cell from the one above and from the one below. `high` says that a text over several rows
    stands at their top, not in their middle.
    """

    text: str = ""
    style: CellStyle = "text"
    number: Decimal | None = None
    address: Address | None = None
    editable: bool = False
    align: Align | None = None
    across: int = 1
    down: int = 1
    runs: tuple[Run, ...] = ()
    filled: bool = False
    values: tuple[str, ...] = ()
    fraction: tuple[str, str] | None = None
    rules: tuple[bool, bool] = (True, True)
    high: bool = False


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet: its relative width, alignment, and the field and period it shows."""

    width: float
    align: Align = "left"
    field: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its kind, the plan item it shows (or `""`), and one entry per column."""

    kind: RowKind
    cells: tuple[Cell | None, ...]
    item: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A plain grid of labels and figures; the first `header_rows` rows repeat on every page.

    `title` (the unit's, mostly) repeats with them. `name` is short and unique in the document:
    a workbook's tab, a bookmark. `unit` is the unit's item id, or `""` when it shows several.
    `area` is the line that names its area as printed, which the document shows as a divider where
    it changes, and a workbook over each table. `form` is the form's id.
    """

    name: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    header_rows: int = 1
    unit: str = ""
    area: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `role` decides how it looks.

    `marker` is what stands before an item of a list (`•`, `a)`), `text` and `runs` beginning with
    it. `address` is the fact that the paragraph is a part of.
    """

    text: str
    role: TextRole = "paragraph"
    runs: tuple[Run, ...] = ()
    marker: str = ""
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Signatures:
    """The signature block: pairs of a label and the lines under its rule."""

    entries: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts on a new page (a new tab, in a workbook), of other paper if it says."""

    page: Page | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents with page numbers, made from titles, dividers and sheets.

    `depth` 1 lists only titles of sections and dividers.
    """

    title: str
    depth: int = 2


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart over months: rows of a label and the months (1 to 12) that are marked."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


Block = Text | Sheet | Signatures | PageBreak | Contents | Bars


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a workbook of Quipu's own says of itself, so that it can be read back safely.

    `sheets` maps a tab's name to its places: rows (1-based) to item ids, and cells ("H12") to the
    addresses that typing there changes.
    """

    form: str
    version: str
    digest: str
    dataset: str
    plan: str
    view: View
    period: str
    sheets: Mapping[str, "SheetStamp"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetStamp:
    """The stamped places of one tab; `was` has the texts that stood in its cells, where any did."""

    rows: Mapping[int, str]
    cells: Mapping[str, Address]
    was: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """An official document, ready for any kind of output.

    `lines` and `box` (label, text) stand at the top of every page. `page_words` is the sentence
    "Página {page} de {pages}" in the document's language. `stamp` has no sheets yet: the workbook
    writer adds the places when it knows them. `origin` is what was asked for (form, plan, view,
    period, units): with one, printed pages carry check codes.
    """

    title: str
    language: str
    numbers: NumberStyle
    page: Page
    lines: tuple[str, ...]
    box: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    page_words: str
    footer: str = ""
    stamp: Stamp | None = None
    origin: Mapping[str, str] = field(default_factory=dict)

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets among the blocks, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Sheet))
