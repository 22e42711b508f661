"""A raw table as recognition looks at it: texts by place, blanks skipped, merges looked up."""

from collections import defaultdict
from dataclasses import dataclass, field

from quipu.forms.raw import Merge, RawCell, RawTable
from quipu.forms.recognise_words import clean

_BLANK = RawCell()
_FLAT = 8
_MOST = 2_000_000


@dataclass(slots=True)
class Grid:
    """One raw table with its merged ranges indexed.

    `flat` has the ranges of few rows by each row that they touch; `above` leads from a covered
    cell of a vertical range to the row that holds its text.
    """

    table: RawTable
    flat: dict[int, list[Merge]] = field(default_factory=dict)
    above: dict[tuple[int, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, table: RawTable) -> "Grid":
        """Index a table's merged ranges; absurdly large ones are left alone."""
        flat: defaultdict[int, list[Merge]] = defaultdict(list)
        above: dict[tuple[int, int], int] = {}
        rows = len(table.rows)
        for merge in table.merges:
            top, left, bottom, right = merge
            bottom = min(bottom, rows - 1)
            if bottom - top < _FLAT:
                for row in range(top, bottom + 1):
                    flat[row].append(merge)
            if left == right and len(above) + bottom - top <= _MOST:
                above.update(((row, left), top) for row in range(top + 1, bottom + 1))
        return cls(table, dict(flat), above)

    def __len__(self) -> int:
        return len(self.table.rows)

    def cell(self, row: int, column: int) -> RawCell:
        """Give a cell; a blank one beyond the end of a ragged row."""
        cells = self.table.rows[row]
        return cells[column] if column < len(cells) else _BLANK

    def text(self, row: int, column: int) -> str:
        """Give a cell's text on one line."""
        return clean(self.cell(row, column).text)

    def filled(self, row: int) -> list[tuple[int, RawCell]]:
        """Give the cells of a row that hold anything, with their columns."""
        return [
            (column, cell)
            for column, cell in enumerate(self.table.rows[row])
            if (cell.text and not cell.text.isspace()) or (cell.formula and not cell.computed)
        ]

    def across(self, row: int, column: int) -> int:
        """Tell how many columns a cell covers to the right, itself included."""
        for _top, left, _bottom, right in self.flat.get(row, ()):
            if left <= column <= right:
                return right - left + 1
        return 1
