"""The cells of one sheet as they are read: counted against limits, trimmed, and shared."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from quipu.domain.errors import InputError
from quipu.files.formats import NumberFormat
from quipu.files.formulas import Arithmetic, NotComputable, column_letters
from quipu.forms.raw import Merge, RawCell, RawTable

MAX_CELLS = 400_000
MAX_PLACES = 5_000_000
MAX_MERGES = 200_000
MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
MAX_STEPS = 3_000_000
BLANK = RawCell()


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """Says where a cell of a sheet is, as a person would: `Compras!A18`."""

    sheet: str

    def __call__(self, row: int, column: int) -> str:
        """Give the place of a cell; row and column from 0."""
        return f"{self.sheet}!{column_letters(column)}{row + 1}"


@dataclass(slots=True)
class Allowance:
    """What a whole file may still hold: cells with content, and places in its grids."""

    file: str
    cells: int = MAX_CELLS
    places: int = MAX_PLACES

    def take(self, cells: int, places: int) -> None:
        """Count cells; raises `InputError("file-too-large-inside")` when it is too much."""
        self.cells -= cells
        self.places -= places
        if self.cells < 0 or self.places < 0:
            raise InputError("file-too-large-inside", file=self.file)


def number_cell(number: Decimal, shown: NumberFormat, *, since_1904: bool = False) -> RawCell:
    """Give the cell of a stored number as its format shows it; a date has no number."""
    text = shown.show(number, since_1904=since_1904)
    if shown.date:
        return RawCell(text)
    return RawCell(text, number, shown.percent)


@dataclass(slots=True)
class Grid:
    """One sheet while it is read; `table` closes it."""

    name: str
    allowance: Allowance
    rows: dict[int, list[RawCell]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    pending: dict[tuple[int, int], tuple[str, NumberFormat]] = field(default_factory=dict)
    _last_column: int = -1
    _busy: set[tuple[int, int]] = field(default_factory=set)
    _arithmetic: Arithmetic | None = None

    def put_row(self, row: int, cells: dict[int, RawCell]) -> None:
        """Keep the cells with content of a row, by columns from 0; an empty row costs nothing."""
        if not cells:
            return
        last = max(cells)
        self.allowance.take(len(cells), last + 1)
        self._last_column = max(self._last_column, last)
        self.rows[row] = [cells.get(column, BLANK) for column in range(last + 1)]

    def put_formula(self, row: int, column: int, formula: str, shown: NumberFormat) -> None:
        """Remember a formula without a saved value; `table` works it out where it can."""
        self.pending[row, column] = (formula, shown)

    def put_merge(self, merge: Merge) -> None:
        """Keep a merged range, in any order of its corners."""
        top, left, bottom, right = merge
        if len(self.merges) >= MAX_MERGES:
            raise InputError("file-too-large-inside", file=self.allowance.file)
        ordered = (min(top, bottom), min(left, right), max(top, bottom), max(left, right))
        self.merges.append(ordered)

    def table(self) -> RawTable:
        """Give the finished table: formulas worked out, trailing blank rows left away."""
        last = max(self.rows, default=-1)
        self.allowance.take(0, last + 1)
        self._arithmetic = Arithmetic(self._lookup, last, self._last_column, MAX_STEPS)
        for row, column in list(self.pending):
            # One formula may have worked out another on its way.
            if (row, column) in self.pending:
                self._work_out(row, column)
        empty: tuple[RawCell, ...] = ()
        rows = tuple(
            tuple(self.rows.pop(row)) if row in self.rows else empty for row in range(last + 1)
        )
        merges = (self._within(merge, last) for merge in self.merges)
        kept = tuple(merge for merge in merges if merge is not None)
        return RawTable(self.name, rows, SheetPlace(self.name), kept)

    def _within(self, merge: Merge, last_row: int) -> Merge | None:
        top, left, bottom, right = merge
        bottom, right = min(bottom, last_row), min(right, self._last_column)
        if bottom < top or right < left or (top, left) == (bottom, right):
            return None
        return top, left, bottom, right

    def _lookup(self, row: int, column: int) -> Decimal | str | None:
        if (row, column) in self.pending:
            self._work_out(row, column)
        cells = self.rows.get(row, ())
        cell = cells[column] if 0 <= column < len(cells) else BLANK
        if cell.number is None and cell.formula and not cell.computed:
            raise NotComputable(cell.formula)
        return cell.number if cell.number is not None else (cell.text or None)

    def _work_out(self, row: int, column: int) -> None:
        """Work one formula out; formulas that stand on it in a circle or too deep stay blank."""
        if (row, column) in self._busy or len(self._busy) > 40 or self._arithmetic is None:
            raise NotComputable(self.pending[row, column][0])
        formula, shown = self.pending[row, column]
        self._busy.add((row, column))
        try:
            number = self._arithmetic.value(formula)
        except NotComputable:
            cell = RawCell(formula=f"={formula}")
        else:
            cell = replace(number_cell(number, shown), formula=f"={formula}", computed=True)
        finally:
            self._busy.discard((row, column))
        del self.pending[row, column]
        self.rows[row][column] = cell


def truth(value: bool) -> str:
    """Give the word that a Spanish spreadsheet shows for a flag."""
    return "VERDADERO" if value else "FALSO"
