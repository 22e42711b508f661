"""Sheets of OpenDocument workbooks (.ods); they keep the text that a person sees."""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from quipu.domain.errors import InputError
from quipu.files.formats import exact, number_format
from quipu.files.grid import BLANK, MAX_COLUMN, MAX_ROW, Allowance, Grid
from quipu.files.ods_styles import UnderlineStyles
from quipu.files.package import Attributes, Package, local, local_attributes
from quipu.files.runs import Runs
from quipu.forms.raw import RawCell, RawTable

MIME = "application/vnd.oasis.opendocument.spreadsheet"
CONTENT = "content.xml"
_ANY_MIME = "application/vnd.oasis.opendocument."

_NUMBERS = ("float", "percentage", "currency")
_FORMULA_REF = re.compile(r"\[\.([$A-Z]+\$?\d+)(?::\.([$A-Z]+\$?\d+))?\]")
# Notes of a cell, and shapes that float over it, have paragraphs that are not the cell's.
_ASIDE = ("annotation", "shapes", "frame", "custom-shape", "tracked-changes")


def is_ods(package: Package) -> bool:
    """Tell whether a package says that it is an OpenDocument spreadsheet."""
    return "mimetype" in package and package.text("mimetype").strip().startswith(MIME)


def is_other_document(package: Package) -> bool:
    """Tell whether a package is an OpenDocument of another kind: a text, a presentation."""
    return "mimetype" in package and package.text("mimetype").startswith(_ANY_MIME)


def read_ods(package: Package) -> list[RawTable]:
    """Read all sheets; raises `InputError` like `read_xlsx`, and `file-protected`."""
    if "META-INF/manifest.xml" in package and any(
        name == "encryption-data" for name, _ in package.elements("META-INF/manifest.xml")
    ):
        raise InputError("file-protected", file=package.name)
    styles = UnderlineStyles()
    styles.read(package)
    reader = _Reader(Allowance(package.name), styles)
    package.parse(CONTENT, reader.prepare)
    return reader.tables


@dataclass(slots=True)
class _Reader:
    """The callbacks of the parser; one sheet after the other."""

    allowance: Allowance
    styles: UnderlineStyles
    tables: list[RawTable] = field(default_factory=list)
    _grid: Grid | None = None
    _row: int = 0
    _rows: int = 1
    _column: int = 0
    _cells: dict[int, RawCell] = field(default_factory=dict)
    _attributes: Attributes | None = None
    _columns: list[tuple[int, str]] = field(default_factory=list)
    _runs: Runs = field(default_factory=Runs)
    _spans: list[bool | None] = field(default_factory=list)
    _paragraphs: int = 0
    _aside: int = 0
    _depth: int = 0
    _parser: expat.XMLParserType | None = None

    def prepare(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def _start(self, name: str, given: Attributes) -> None:
        name = local(name)
        if name in _ASIDE:
            self._aside += 1
        if self._aside:
            return
        match name:
            case "style" | "text-properties":
                self.styles.start(name, given)
            case "table":
                self._depth += 1
                if self._depth == 1:
                    title = local_attributes(given).get("name", "")
                    self._grid = Grid(title, self.allowance)
                    self._row = 0
                    self._columns = []
            case "table-column":
                self._start_column(local_attributes(given))
            case "table-row":
                self._rows = _times(local_attributes(given), "number-rows-repeated")
                self._column = 0
                self._cells = {}
            case "table-cell" | "covered-table-cell":
                self._attributes = local_attributes(given)
                self._runs.clear()
                self._paragraphs = 0
            case "p" if self._attributes is not None:
                self._start_paragraph()
            case "span" if self._paragraphs:
                own = self.styles.underlines(local_attributes(given).get("style-name", ""))
                self._spans.append(own if own is not None else self._spans[-1])
                self._runs.mark(self._spans[-1])
            case "s" | "tab" | "line-break" if self._paragraphs:
                times = _times(local_attributes(given), "c")
                blank = {"s": " " * min(times, 1000), "tab": "\t", "line-break": "\n"}[name]
                self._runs.add(blank)

    def _start_column(self, attributes: Attributes) -> None:
        last = self._columns[-1][0] if self._columns else 0
        times = min(_times(attributes, "number-columns-repeated"), MAX_COLUMN)
        style = attributes.get("default-cell-style-name", "")
        if last < MAX_COLUMN:
            self._columns.append((last + times, style))

    def _start_paragraph(self) -> None:
        self._spans = [None]
        self._runs.mark(None)
        if self._paragraphs:
            self._runs.add("\n")
        self._paragraphs += 1
        if self._parser is not None:
            self._parser.CharacterDataHandler = self._runs.add

    def _end(self, name: str) -> None:
        name = local(name)
        if name in _ASIDE:
            self._aside -= 1
        if self._aside:
            return
        match name:
            case "style":
                self.styles.end(name)
            case "span" if len(self._spans) > 1:
                self._spans.pop()
                self._runs.mark(self._spans[-1])
            case "p" if self._parser is not None:
                self._parser.CharacterDataHandler = None
            case "table-cell" | "covered-table-cell":
                self._end_cell(covered=name != "table-cell")
            case "table-row":
                self._end_row()
            case "table":
                self._depth -= 1
                if self._depth == 0 and self._grid is not None:
                    self.tables.append(self._grid.table())
                    self._grid = None

    def _end_cell(self, *, covered: bool) -> None:
        attributes = self._attributes or {}
        times = _times(attributes, "number-columns-repeated")
        cell = BLANK if covered else self._cell(attributes)
        if cell is not BLANK and self._grid is not None:
            if self._column + times > MAX_COLUMN:
                raise InputError("file-too-large-inside", file=self.allowance.file)
            for column in range(self._column, self._column + times):
                self._cells[column] = cell
            self._span(self._grid, attributes)
        self._column = min(self._column + times, MAX_COLUMN)
        self._attributes = None

    def _span(self, grid: Grid, attributes: Attributes) -> None:
        across = _times(attributes, "number-columns-spanned")
        down = _times(attributes, "number-rows-spanned")
        if across > 1 or down > 1:
            bottom, right = self._row + down - 1, self._column + across - 1
            grid.put_merge((self._row, self._column, bottom, right))

    def _cell(self, attributes: Attributes) -> RawCell:
        text = self._runs.text
        kind = attributes.get("value-type", "")
        formula = attributes.get("formula", "")
        if formula and not kind and not text and self._grid is not None:
            plain = _plain_formula(formula)
            self._grid.put_formula(self._row, self._column, plain, number_format("General"))
            return RawCell(formula=f"={plain}")
        if kind not in _NUMBERS:
            rich = self._runs.rich(underlined=self._underlined(attributes))
            return RawCell(text, rich=rich) if text.strip() else BLANK
        try:
            number = exact(attributes.get("value", ""))
        except ArithmeticError:
            return RawCell(text) if text.strip() else BLANK
        return RawCell(text or number_format("General").show(number), number, kind == "percentage")

    def _underlined(self, attributes: Attributes) -> bool:
        """Tell whether the cell's style underlines: its own, else its column's."""
        style = attributes.get("style-name", "")
        if not style:
            style = next((name for end, name in self._columns if self._column < end), "")
        return bool(self.styles.underlines(style))

    def _end_row(self) -> None:
        if self._cells and self._grid is not None:
            if self._row + self._rows > MAX_ROW:
                raise InputError("file-too-large-inside", file=self.allowance.file)
            for row in range(self._row, self._row + self._rows):
                self._grid.put_row(row, self._cells)
        self._row = min(self._row + self._rows, MAX_ROW)


def _times(attributes: Attributes, name: str) -> int:
    text = attributes.get(name, "1")
    return max(int(text), 1) if text.isdecimal() and len(text) < 9 else 1


def _plain_formula(formula: str) -> str:
    """Give `of:=SUM([.A1:.B1])` as `SUM(A1:B1)`."""
    bare = formula.partition(":=")[2] if ":=" in formula else formula.removeprefix("=")

    def reference(found: re.Match[str]) -> str:
        return found.group(1) + (f":{found.group(2)}" if found.group(2) else "")

    return _FORMULA_REF.sub(reference, bare).replace(";", ",")
