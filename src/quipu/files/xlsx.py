"""Sheets of XLSX workbooks: texts as a person sees them, exact numbers, merges, formulas."""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from quipu.domain.errors import InputError
from quipu.files.formats import BUILT_IN, NumberFormat, exact, number_format
from quipu.files.formulas import column_number, moved
from quipu.files.grid import (
    BLANK,
    MAX_COLUMN,
    MAX_ROW,
    Allowance,
    Grid,
    number_cell,
    truth,
)
from quipu.files.package import Attributes, Package, local
from quipu.files.runs import Runs, is_underline, whole
from quipu.forms.raw import RawCell, RawTable

_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")
_STYLES = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_SHARED_CELLS = 50_000
_MAX_SHEETS = 1_000


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet of the workbook: its name, part, and whether a person sees it."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class Workbook:
    """What the sheets of one workbook share.

    `strings` are the shared texts, `marked` the same as they stand in cells whose style underlines
    them; `underlined` are the numbers of such styles.
    """

    package: Package
    tabs: list[Tab]
    since_1904: bool
    strings: list[RawCell] = field(default_factory=list)
    marked: list[RawCell] = field(default_factory=list)
    formats: list[NumberFormat] = field(default_factory=list)
    underlined: set[int] = field(default_factory=set)


def workbook_part(package: Package) -> str | None:
    """Give the part of the workbook in a package, `None` when it holds something else."""
    for kind, target in package.related("").values():
        if kind == "officeDocument" and target in package:
            if target.endswith(".bin"):
                raise InputError("file-binary-workbook", file=package.name)
            folder = target.rpartition("/")[0]
            return target if folder == "xl" or target.endswith("workbook.xml") else None
    return None


def read_xlsx(package: Package, part: str) -> tuple[list[RawTable], frozenset[str]]:
    """Read all sheets, hidden ones too, and name those that are hidden.

    Raises `InputError`: `file-damaged`, `file-too-large-inside`, `file-not-table` when the
    workbook has no sheet with cells.
    """
    book = _open_workbook(package, part)
    allowance = Allowance(package.name)
    tables = [_SheetReader(book, Grid(tab.name, allowance)).read(tab.part) for tab in book.tabs]
    return tables, frozenset(tab.name for tab in book.tabs if tab.hidden)


def _open_workbook(package: Package, part: str) -> Workbook:
    related = package.related(part)
    tabs: list[Tab] = []
    since_1904 = False
    for name, attributes in package.elements(part):
        if name == "workbookPr":
            since_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif name == "sheet":
            # `r:id` has lost its prefix; `sheetId` is another attribute.
            kind, target = related.get(attributes.get("id", ""), ("", ""))
            if kind == "worksheet":
                hidden = attributes.get("state", "visible") != "visible"
                tabs.append(Tab(attributes.get("name", ""), target, hidden))
    if len(tabs) > _MAX_SHEETS:
        raise InputError("file-too-large-inside", file=package.name)
    book = Workbook(package, tabs, since_1904)
    parts = {kind: target for kind, target in related.values() if target in package}
    if "styles" in parts:
        _read_styles(book, parts["styles"])
    if "sharedStrings" in parts:
        _read_strings(book, parts["sharedStrings"])
    return book


def _read_styles(book: Workbook, part: str) -> None:
    """Take the number format of every cell style, and which of them underline."""
    package = book.package
    codes = dict(BUILT_IN)
    fonts: list[bool] = []
    section = ""
    for name, attributes in package.elements(part):
        number, font = (_number(book, part, attributes, key) for key in ("numFmtId", "fontId"))
        if name in _STYLES:
            section = name
        elif name == "numFmt":
            codes[number] = attributes.get("formatCode", "General")
        elif name == "font" and section == "fonts":
            fonts.append(False)
        elif name == "u" and section == "fonts" and fonts:
            fonts[-1] = is_underline(attributes)
        elif name == "xf" and section == "cellXfs":
            if font < len(fonts) and fonts[font]:
                book.underlined.add(len(book.formats))
            book.formats.append(number_format(codes.get(number, "General")))


def _number(book: Workbook, part: str, attributes: Attributes, key: str) -> int:
    given = attributes.get(key, "0")
    if not given.isdecimal() or len(given) > 9:
        raise InputError("file-damaged", file=book.package.name, part=part)
    return int(given)


def _read_strings(book: Workbook, part: str) -> None:
    """Take the shared texts; the runs of a rich text are put together, its readings left away."""
    book.package.check_size(part)
    runs = Runs()
    ignored = 0

    def prepare(parser: expat.XMLParserType) -> None:
        def start(name: str, attributes: Attributes) -> None:
            nonlocal ignored
            match local(name):
                case "si":
                    runs.clear()
                case "rPh":
                    ignored += 1
                case "t" if not ignored:
                    parser.CharacterDataHandler = runs.add
                case "r" | "rPr" | "u":
                    runs.style(local(name), attributes)

        def end(name: str) -> None:
            nonlocal ignored
            match local(name):
                case "si":
                    book.strings.append(_rich_cell(runs, underlined=False))
                    if book.underlined:
                        book.marked.append(_rich_cell(runs, underlined=True))
                case "rPh":
                    ignored -= 1
                case "t":
                    parser.CharacterDataHandler = None

        parser.StartElementHandler = start
        parser.EndElementHandler = end

    book.package.parse(part, prepare)


def cell_text(text: str) -> str:
    """Give a stored text with its escapes (`_x000D_`) and line ends resolved."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


@dataclass(slots=True)
class _SheetReader:
    """Reads one sheet as a stream; the callbacks of its parser."""

    book: Workbook
    grid: Grid
    _row: int = -1
    _column: int = -1
    _cells: dict[int, RawCell] = field(default_factory=dict)
    _kind: str = "n"
    _style: str = ""
    _pieces: list[str] = field(default_factory=list)
    _value: str | None = None
    _formula: str | None = None
    _formula_attributes: Attributes = field(default_factory=dict)
    _inline: Runs = field(default_factory=Runs)
    _reading: int = 0
    _masters: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    _shared: dict[tuple[str, str, str], RawCell] = field(default_factory=dict)
    _parser: expat.XMLParserType | None = None

    def read(self, part: str) -> RawTable:
        self.book.package.parse(part, self._prepare)
        return self.grid.table()

    def _prepare(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: Attributes) -> None:
        if ":" in name:
            name = local(name)
        match name:
            case "c":
                self._start_cell(attributes)
            case "v" | "f" | "t":
                self._pieces = []
                if name == "f":
                    self._formula_attributes = attributes
                if self._parser is not None and not self._reading:
                    self._parser.CharacterDataHandler = self._pieces.append
            case "row":
                self._row = self._checked(attributes.get("r"), self._row + 1, MAX_ROW)
                self._column = -1
                self._cells = {}
            case "rPh":
                self._reading += 1
            case "r" | "rPr" | "u":
                self._inline.style(name, attributes)
            case "mergeCell":
                self._merge(attributes.get("ref", ""))

    def _end(self, name: str) -> None:
        if ":" in name:
            name = local(name)
        match name:
            case "c":
                self._end_cell()
            case "v" | "f" | "t":
                if self._parser is not None:
                    self._parser.CharacterDataHandler = None
                text = "".join(self._pieces)
                if name == "v":
                    self._value = text
                elif name == "f":
                    self._formula = text
                else:
                    self._inline.add(text)
            case "row":
                self.grid.put_row(self._row, self._cells)
            case "rPh":
                self._reading -= 1

    def _checked(self, given: str | None, otherwise: int, limit: int) -> int:
        """Give a row's number from 0; a workbook may leave it away and count."""
        number = otherwise if given is None else int(given) - 1 if given.isdecimal() else -1
        if not 0 <= number < limit:
            raise InputError("file-damaged", file=self.book.package.name, part=self.grid.name)
        return number

    def _start_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            self._column = column_number(reference.rstrip("0123456789"))
        if not 0 <= self._column < MAX_COLUMN:
            raise InputError("file-damaged", file=self.book.package.name, part=self.grid.name)
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._value = self._formula = None
        self._inline.clear()

    def _end_cell(self) -> None:
        if self._value is None and self._formula is None and not self._inline.text:
            return
        if self._formula is not None and not self._value and self._kind != "str":
            self._keep_formula()
            return
        inline = self._kind == "inlineStr"
        text = self._inline.text if inline else self._value or ""
        rich = self._inline.rich(underlined=self._underlined) if inline else ""
        key = (self._kind, self._style, rich or text)
        cell = self._shared.get(key)
        if cell is None:
            cell = self._cell(text, rich)
            if len(self._shared) < _SHARED_CELLS:
                self._shared[key] = cell
        # A shared formula's first cell may have its value while the others have none.
        if self._formula is not None:
            self._formula_text()
        if cell is not BLANK:
            self._cells[self._column] = cell

    def _cell(self, text: str, rich: str) -> RawCell:
        match self._kind:
            case "s":
                strings = self.book.marked if self._underlined else self.book.strings
                if not text.isdecimal() or int(text) >= len(strings):
                    raise InputError(
                        "file-damaged", file=self.book.package.name, part=self.grid.name
                    )
                return strings[int(text)]
            case "b":
                return RawCell(truth(text.strip() == "1"))
            case "n":
                return self._number_cell(text)
            case "d":
                found = _ISO_DATE.fullmatch(text)
                return RawCell("/".join(reversed(found.groups())) if found else text)
            case "inlineStr":
                return _text_cell(cell_text(text), cell_text(rich))
            case _:
                found_text = cell_text(text)
                return _text_cell(found_text, whole(found_text) if self._underlined else "")

    def _number_cell(self, text: str) -> RawCell:
        if not text.strip():
            return BLANK
        try:
            number = exact(text.strip())
        except ArithmeticError:
            return _text_cell(text)
        return number_cell(number, self._format(), since_1904=self.book.since_1904)

    @property
    def _number_of_style(self) -> int:
        return int(self._style) if self._style.isdecimal() else 0

    @property
    def _underlined(self) -> bool:
        return self._number_of_style in self.book.underlined

    def _format(self) -> NumberFormat:
        formats, style = self.book.formats, self._number_of_style
        return formats[style] if style < len(formats) else number_format("General")

    def _keep_formula(self) -> None:
        formula = self._formula_text()
        if formula:
            self._cells[self._column] = RawCell(formula=f"={formula}")
            self.grid.put_formula(self._row, self._column, formula, self._format())

    def _formula_text(self) -> str:
        """Give the cell's formula; one that is shared stands written only in its first cell."""
        formula = self._formula or ""
        if self._formula_attributes.get("t") != "shared":
            return formula
        group = self._formula_attributes.get("si", "")
        if formula:
            self._masters[group] = (self._row, self._column, formula)
            return formula
        row, column, formula = self._masters.get(group, (0, 0, ""))
        return moved(formula, self._row - row, self._column - column)

    def _merge(self, reference: str) -> None:
        found = _REF.fullmatch(reference)
        if found is not None and found.group(3):
            top, bottom = int(found.group(2)) - 1, int(found.group(4)) - 1
            left, right = column_number(found.group(1)), column_number(found.group(3))
            self.grid.put_merge((top, left, bottom, right))


def _rich_cell(runs: Runs, *, underlined: bool) -> RawCell:
    return _text_cell(cell_text(runs.text), cell_text(runs.rich(underlined=underlined)))


def _text_cell(text: str, rich: str = "") -> RawCell:
    return RawCell(text, rich=rich) if text.strip() else BLANK
