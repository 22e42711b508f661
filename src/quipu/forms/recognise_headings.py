"""Finding the headings of tables: rows, one to three high, that name the columns of a form."""

from collections.abc import Sequence
from dataclasses import dataclass

from quipu.domain.errors import InputError
from quipu.forms.recognise_columns import LONGEST, Fit, Wording, fit
from quipu.forms.recognise_grid import Grid
from quipu.forms.recognise_periods import years_in

_HIGHEST = 3
_WIDEST = 400
MOST_HEADS = 1_500
"""Different headings, of all heights, that are tried in one table."""
_ENOUGH = 2
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a table: its rows (`last` is the first row below) and what they mean.

    `years` are those that the heading names over or in its columns. `rivals` are the readings by
    other forms that fit as well.
    """

    fit: Fit
    first: int
    last: int
    years: tuple[int, ...]
    rivals: tuple[Fit, ...] = ()


Cache = dict[tuple[object, ...], tuple[Fit, ...]]
"""The best readings of headings, equally good ones in the forms' order, by their texts."""


class Gate:
    """Remembers of each text which forms know it as a heading, so that rows are passed quickly."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self._wordings = wordings
        self._known: dict[str, tuple[tuple[int, bool], ...]] = {}
        self._starts = frozenset(start for wording in wordings for start in wording.starts)

    def most(self, grid: Grid, row: int) -> int:
        """Give how many cells of a row are headings of one form.

        Beside one that is, word for word, those that nearly are count too.
        """
        exact = [0] * len(self._wordings)
        nearly = [0] * len(self._wordings)
        for _, cell in grid.filled(row):
            for number, same in self._forms(cell.text):
                (exact if same else nearly)[number] += 1
        both = (own + (near if own else 0) for own, near in zip(exact, nearly, strict=True))
        return max(both, default=0)

    def _forms(self, text: str) -> tuple[tuple[int, bool], ...]:
        if len(text) > LONGEST or text.lstrip()[:1].casefold() not in self._starts:
            return ()
        found = self._known.get(text)
        if found is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            found = tuple(
                (number, exact)
                for number, wording in enumerate(self._wordings)
                if (exact := wording.knows(text)) or wording.resembles(text)
            )
            self._known[text] = found
        return found


def find_heads(grid: Grid, wordings: Sequence[Wording]) -> list[Head]:
    """Give every heading of a table, from top to bottom, also those repeated on a new page.

    Raises `InputError("file-too-large-inside")` with more of them than a plan can have.
    """
    heads: list[Head] = []
    cache: Cache = {}
    gate = Gate(wordings)
    row = 0
    while row < len(grid):
        if len(cache) > MOST_HEADS:
            raise InputError("file-too-large-inside", file=grid.table.name)
        head = _head_from(grid, row, wordings, cache, gate)
        if head is not None:
            heads.append(head)
        row = head.last if head is not None else row + 1
    return heads


def _head_from(
    grid: Grid, row: int, wordings: Sequence[Wording], cache: Cache, gate: Gate
) -> Head | None:
    """Give the heading that begins at a row: two known words there, or one and more below.

    Where the row below alone reads as well, the one word was no heading but a title's label.
    """
    if not _ENOUGH <= len(grid.filled(row)) <= _WIDEST:
        return None
    known = gate.most(grid, row)
    if known >= _ENOUGH:
        return _head_at(grid, row, wordings, cache)
    if known == 0 or row + 1 >= len(grid) or gate.most(grid, row + 1) < _ENOUGH:
        return None
    head, below = (_head_at(grid, at, wordings, cache) for at in (row, row + 1))
    if head is None or (below is not None and below.fit.rank <= head.fit.rank):
        return None
    return head


def _head_at(grid: Grid, first: int, wordings: Sequence[Wording], cache: Cache) -> Head | None:
    """Give the best reading of a heading that begins at a row, the lowest if several are best."""
    best: tuple[tuple[int, int, int, int], tuple[Fit, ...], int] | None = None
    for height in range(1, min(_HIGHEST, len(grid) - first) + 1):
        if height > 1 and not grid.filled(first + height - 1):
            break
        fits = _fit_block(grid, first, height, wordings, cache)
        if not fits:
            continue
        found = fits[0]
        rank = (len(found.missing), -len(found.slots), len(found.unknown), height)
        if best is None or rank < best[0]:
            best = (rank, fits, height)
        if found.complete:
            break
    if best is None:
        return None
    _, (found, *rivals), height = best
    texts = (cell.text for row in range(first, first + height) for _, cell in grid.filled(row))
    years = [year for text in texts if len(text) <= LONGEST for year in years_in(text)]
    years += [slot.year for slot in found.slots.values() if slot.year is not None]
    return Head(found, first, first + height, tuple(years), tuple(rivals))


def _fit_block(
    grid: Grid, first: int, height: int, wordings: Sequence[Wording], cache: Cache
) -> tuple[Fit, ...]:
    pieces = pieces_of(grid, first, height)
    key = tuple((at, *texts) for at, texts in sorted(pieces.items()))
    if key not in cache:
        fits = [found for wording in wordings if (found := fit(wording, pieces)) is not None]
        fits.sort(key=lambda found: found.rank)
        cache[key] = tuple(one for one in fits if one.rank[:-1] == fits[0].rank[:-1])
    return cache[key]


def pieces_of(grid: Grid, first: int, height: int) -> dict[int, list[str]]:
    """Give the texts over each column, top to bottom; a merged heading stands over all of its own.

    A text merged downwards is counted once.
    """
    pieces: dict[int, list[str]] = {}
    for row in range(first, first + height):
        for column, cell in grid.filled(row):
            if not cell.text:
                continue
            for covered in range(column, column + grid.across(row, column)):
                pieces.setdefault(covered, []).append(grid.text(row, column))
    return pieces
