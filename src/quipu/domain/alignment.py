"""Two short runs of texts laid side by side in order, for rows that nothing else tells apart."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

LIKE = 0.6
"""Two texts are alike from this share of common letters on."""

NEAR = 0.05
"""A rival this near to the best leaves the choice to a person."""

LIMIT = 40
"""Longest run whose texts are compared each with each; in longer ones they count as new."""

Label = tuple[str, str]
"""A row's code and text, as compared."""


@dataclass(slots=True)
class Alignment:
    """Positions of two runs that belong together, and for those in doubt what they may be."""

    pairs: dict[int, int] = field(default_factory=dict)
    doubts: dict[int, list[int]] = field(default_factory=dict)


def gaps(
    rows: Sequence[int], places: Sequence[int], anchors: Mapping[int, int]
) -> Iterator[tuple[list[int], list[int]]]:
    """Give the stretches of rows and places that lie between the same anchors.

    Rows and places ascend; `anchors` are the matched rows with their places. Where rows were
    moved, the longest series of anchors that kept their order counts. A stretch holds no matched
    row and no matched place.
    """
    taken = set(anchors.values())
    kept = _ascending([(row, anchors[row]) for row in rows if row in anchors])
    edges = [(-1, -1), *kept, (max(rows, default=0) + 1, max(places, default=0) + 1)]
    free_rows = [row for row in rows if row not in anchors]
    free_places = [place for place in places if place not in taken]
    for (row_from, place_from), (row_to, place_to) in pairwise(edges):
        ours = _between(free_rows, row_from, row_to)
        theirs = _between(free_places, place_from, place_to)
        if ours and theirs:
            yield ours, theirs


def align(ours: Sequence[Label], theirs: Sequence[Label]) -> Alignment:
    """Pair two runs of rows: equal ones in order, then texts alike enough, keeping the order.

    Where there are fewer equal ones of ours than of theirs, nobody can tell which one vanished:
    they are in doubt, as is a row with several counterparts that are nearly equally alike.
    """
    found = Alignment()
    _pair_equal(found, ours, theirs, "\n".join)
    _pair_equal(found, ours, theirs, lambda row: row[1])
    _pair_alike(found, ours, theirs)
    return found


def _between(numbers: Sequence[int], low: int, high: int) -> list[int]:
    """Give those of ascending numbers that lie strictly between two."""
    return list(numbers[bisect_right(numbers, low) : bisect_left(numbers, high)])


def _ascending(anchors: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the longest series of anchors whose places ascend as their rows do."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(anchors):
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
        ends[at : at + 1] = [number]
        before.append(ends[at - 1] if at else -1)
    series = []
    last = ends[-1] if ends else -1
    while last >= 0:
        series.append(anchors[last])
        last = before[last]
    return series[::-1]


def _open(found: Alignment, ours: int, theirs: int) -> tuple[list[int], list[int]]:
    """Give the positions that are neither paired nor in doubt."""
    settled = found.pairs.keys() | found.doubts.keys()
    spent = {*found.pairs.values(), *(at for many in found.doubts.values() for at in many)}
    left = [row for row in range(ours) if row not in settled]
    return left, [at for at in range(theirs) if at not in spent]


def _pair_equal(
    found: Alignment,
    ours: Sequence[Label],
    theirs: Sequence[Label],
    key: Callable[[Label], str],
) -> None:
    left, right = _open(found, len(ours), len(theirs))
    same: dict[str, tuple[list[int], list[int]]] = {}
    for row in left:
        same.setdefault(key(ours[row]), ([], []))[0].append(row)
    for at in right:
        same.setdefault(key(theirs[at]), ([], []))[1].append(at)
    same.pop("", None)
    for rows, places in same.values():
        if len(rows) >= len(places):
            found.pairs.update(zip(rows, places, strict=False))
        else:
            found.doubts.update(dict.fromkeys(rows, places))


def _pair_alike(found: Alignment, ours: Sequence[Label], theirs: Sequence[Label]) -> None:
    left, right = _open(found, len(ours), len(theirs))
    if not left or not right or len(left) > LIMIT or len(right) > LIMIT:
        return
    likeness = [[_likeness(ours[row][1], theirs[at][1]) for at in right] for row in left]
    pairs = _best_in_order(likeness)
    paired = (set(pairs), set(pairs.values()))
    for row, at in pairs.items():
        enough = likeness[row][at] - NEAR
        other_places = [
            place
            for place in range(len(right))
            if place not in paired[1] and likeness[row][place] >= enough
        ]
        other_rows = [
            other
            for other in range(len(left))
            if other not in paired[0] and likeness[other][at] >= enough
        ]
        if not other_places and not other_rows:
            found.pairs[left[row]] = right[at]
            continue
        candidates = [right[place] for place in sorted([at, *other_places])]
        found.doubts.update({left[other]: candidates for other in [row, *other_rows]})


def _likeness(ours: str, theirs: str) -> float:
    """Give the share of common letters, 0 where two texts are not alike."""
    compared = SequenceMatcher(None, theirs, ours, autojunk=False)
    if compared.real_quick_ratio() < LIKE or compared.quick_ratio() < LIKE:
        return 0.0
    ratio = compared.ratio()
    return ratio if ratio >= LIKE and ours and theirs else 0.0


def _best_in_order(likeness: Sequence[Sequence[float]]) -> dict[int, int]:
    """Pair rows with columns, in order and with the greatest sum of likeness."""
    height, width = len(likeness), len(likeness[0])
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for row in range(height - 1, -1, -1):
        for at in range(width - 1, -1, -1):
            together = likeness[row][at] + best[row + 1][at + 1] if likeness[row][at] else 0.0
            best[row][at] = max(together, best[row + 1][at], best[row][at + 1])
    pairs = {}
    row = at = 0
    while row < height and at < width:
        if best[row][at] == best[row + 1][at]:
            row += 1
        elif best[row][at] == best[row][at + 1]:
            at += 1
        else:
            pairs[row] = at
            row, at = row + 1, at + 1
    return pairs
