"""One tab while it is written: places from 0, texts remembered, merges with their borders."""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate
from typing import Any

from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet
from reportlab.pdfbase.pdfmetrics import stringWidth

from quipu.files.formulas import column_letters
from quipu.files.workbook_styles import Look, Looks
from quipu.files.workbook_values import clean, starts_like_formula, stored

_LINE = 1.25
"""The height of a line of text, in sizes of its letters."""
_POINTS = 5.0
"""Points of a unit of column width, a digit's; each cell keeps 3.75 of them free."""
_SAFETY = 0.97
"""Letters on screens run wider than on paper."""
_HIGHEST = 409.0


class FittedRow(RowDimension):
    """A row with a height that spreadsheets fit again when its text is changed."""

    @property
    def customHeight(self) -> bool:  # noqa: N802  # openpyxl's name
        """Always false: nobody chose the height."""
        return False


@dataclass(slots=True)
class Canvas:
    """Writes cells of one worksheet; `texts` has what a reader will see at each place."""

    sheet: Worksheet
    looks: Looks
    widths: list[float]
    texts: dict[tuple[int, int], str] = field(default_factory=dict)

    def text_at(self, row: int, column: int) -> str:
        """Give the text at a place, `""` where nothing stands."""
        return self.texts.get((row, column), "")

    def put(self, row: int, column: int, text: str, look: Look, value: Any = None) -> None:
        """Write a text, or a value that shows as that text; a text never becomes a formula."""
        cell = self.sheet.cell(row + 1, column + 1)
        text = clean(text)
        quoted = value is None and starts_like_formula(text)
        self.looks.put(cell, replace(look, quoted=True) if quoted else look)
        if value is not None:
            cell.value = value
        elif text:
            cell.value = stored(text)
            # openpyxl takes "=…" for a formula and "#N/A" for an error.
            cell.data_type = "s"
        if text:
            self.texts[row, column] = text

    def join(self, row: int, column: int, down: int, across: int, look: Look) -> None:
        """Merge a block; the covered cells get the look too, or their borders would be missing."""
        if down == across == 1:
            return
        for line in range(row, row + down):
            for place in range(column, column + across):
                if (line, place) != (row, column):
                    self.looks.put(self.sheet.cell(line + 1, place + 1), look)
        first = f"{column_letters(column)}{row + 1}"
        last = f"{column_letters(column + across - 1)}{row + down}"
        self.sheet.merge_cells(f"{first}:{last}")

    def band(self, row: int, column: int, across: int, text: str, look: Look) -> None:
        """Write a text over several columns, the row as high as it needs."""
        self.put(row, column, text, look)
        self.join(row, column, 1, across, look)
        self.fix_height(row, self.height_of(text, column, across, look.size, look.bold))

    def height_of(
        self, text: str, column: int, across: int, size: float, bold: bool = False
    ) -> float:
        """Give the points that a wrapped text needs in so many columns."""
        room = (sum(self.widths[column : column + across]) * _POINTS - 3.75) * _SAFETY
        face = "Helvetica-Bold" if bold else "Helvetica"
        lines = sum(_lines(line, face, size, room) for line in text.split("\n"))
        return lines * size * _LINE + 3

    def fix_height(self, row: int, points: float) -> None:
        """Make a row at least so high and keep it so: joined cells are fitted by no program."""
        shape = self.sheet.row_dimensions[row + 1]
        shape.height = min(max(shape.height or 0, points), _HIGHEST)

    def fit_height(self, row: int, points: float) -> None:
        """Make a row so high, until someone changes its text."""
        shape = FittedRow(self.sheet, index=row + 1, ht=min(points, _HIGHEST))
        self.sheet.row_dimensions[row + 1] = shape

    def shares(self, parts: int) -> list[tuple[int, int]]:
        """Share the columns out in parts of about equal width: first column and how many."""
        ends = list(accumulate(self.widths))
        edges = [0]
        for part in range(1, parts):
            goal = ends[-1] * part / parts
            edge = min(range(len(ends)), key=lambda column: abs(ends[column] - goal)) + 1
            edges.append(min(max(edge, edges[-1] + 1), len(ends) - (parts - part)))
        edges.append(len(ends))
        return [(edges[at], edges[at + 1] - edges[at]) for at in range(parts)]


@lru_cache(maxsize=8192)
def _lines(text: str, face: str, size: float, room: float) -> int:
    """Count the lines that a paragraph takes, words wrapped and long words cut."""
    space = stringWidth(" ", face, size)
    lines, used = 1, 0.0
    for word in text.split():
        width = stringWidth(word, face, size)
        if used and used + space + width > room:
            lines += 1
            used = 0.0
        used += width + (space if used else 0)
        if used > room > 0:
            more = int(used // room)
            lines += more
            used -= more * room
    return lines
