"""Which stored row each row of a reloaded document is (S1-10, S1-11; design §4).

Pure and deterministic. Nearly all rows are settled by tables of unique keys; only what those
leave over is compared text by text, and only between the same neighbours.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from quipu.domain.alignment import align, gaps
from quipu.domain.letters import level
from quipu.domain.row import Row

_TOP, _UNKNOWN = -1, -2
"""Stand for the parent of a row at the top, and for one that is not matched (yet)."""

_Key = Callable[[int], Hashable]
_CodeKey = tuple[tuple[str, str, str], int, str]

MatchedBy = Literal["id", "code", "text", "order", "new", "ambiguous"]


@dataclass(frozen=True, slots=True)
class Match:
    """What the `row`-th row of the new reading is.

    `item` is the stored row's id, `""` for a row that is new or ambiguous. An ambiguous row may
    be any of `candidates`: a person decides (`join-ambiguous`).
    """

    row: int
    item: str
    by: MatchedBy
    candidates: tuple[str, ...] = ()


def match_rows(new: Sequence[Row], known: Sequence[Row]) -> list[Match]:
    """Find for each new row the stored row that it is, one match per new row in their order.

    Rows are matched within one form, unit and level: first by the id that Quipu's own workbook
    was stamped with, then by unique code and parent with the same text, then by unique text, then
    by unique code and parent alone, then by the order in which they stand between neighbours
    already matched. Text goes before a bare code because a row inserted above renumbers those
    below it, and progress must stay with its activity. Known rows have their ids in `item`.
    """
    search = _Search(new, known)
    search.by_stamp()
    for depth in sorted(set(search.depths)):
        rows = [row for row, level in enumerate(search.depths) if level == depth]
        search.by_keys(rows)
        search.by_order(rows)
    return [search.match(row) for row in range(len(new))]


@dataclass(frozen=True, slots=True)
class _Label:
    """A row as it is compared; letters' case and the widths of gaps do not matter."""

    group: tuple[str, str, str]
    code: str
    text: str

    @classmethod
    def of(cls, row: Row) -> "_Label":
        return cls((row.form, level(row.unit), row.kind), level(row.code), level(row.text))


class _Search:
    """The matches found so far, between positions of new and positions of known rows."""

    def __init__(self, new: Sequence[Row], known: Sequence[Row]) -> None:
        self.new = new
        self.known = known
        self.found: dict[int, tuple[int, MatchedBy]] = {}
        self.taken: set[int] = set()
        self.unsure: dict[int, tuple[str, ...]] = {}
        self.depths = [_depth(new, row) for row in range(len(new))]
        self.ours = [_Label.of(row) for row in new]
        self.theirs = [_Label.of(row) for row in known]

    def match(self, row: int) -> Match:
        """Say what is known of a new row in the end."""
        if row in self.found:
            at, by = self.found[row]
            return Match(row, self.known[at].item, by)
        if row in self.unsure:
            return Match(row, "", "ambiguous", self.unsure[row])
        return Match(row, "", "new")

    def by_stamp(self) -> None:
        """Match rows that carry the id of a stored row, unless two carry the same one."""
        self._join(
            range(len(self.new)),
            lambda row: self.new[row].item or None,
            lambda at: self.known[at].item or None,
            "id",
        )

    def by_keys(self, rows: Sequence[int]) -> None:
        """Match rows of one depth by what is unique on both sides, the surest first."""
        ours, theirs = self.ours, self.theirs
        self._join(
            rows,
            lambda row: (code, ours[row].text) if (code := self._code(row)) else None,
            lambda at: (code, theirs[at].text) if (code := self._known_code(at)) else None,
            "code",
        )
        self._join(
            rows,
            lambda row: (ours[row].group, ours[row].text) if ours[row].text else None,
            lambda at: (theirs[at].group, theirs[at].text) if theirs[at].text else None,
            "text",
        )
        self._join(rows, self._code, self._known_code, "code")

    def by_order(self, rows: Sequence[int]) -> None:
        """Match what is left of one depth by its place between neighbours already matched."""
        groups: dict[Hashable, tuple[list[int], list[int]]] = {}
        for row in rows:
            key = (self.ours[row].group, self._parent(row))
            groups.setdefault(key, ([], []))[0].append(row)
        for at, label in enumerate(self.theirs):
            key = (label.group, self._known_parent(at))
            if key in groups:
                groups[key][1].append(at)
        for members, places in groups.values():
            here = set(places)
            matched = {row: self.found[row][0] for row in members if row in self.found}
            anchors = {row: at for row, at in matched.items() if at in here}
            rest = [row for row in members if row in anchors or row not in matched]
            free = here - self.taken | set(anchors.values())
            for left, right in gaps(rest, sorted(free), anchors):
                self._align(left, right)

    def _align(self, rows: Sequence[int], places: Sequence[int]) -> None:
        result = align(
            [(self.ours[row].code, self.ours[row].text) for row in rows],
            [(self.theirs[at].code, self.theirs[at].text) for at in places],
        )
        for left, right in result.pairs.items():
            self._settle(rows[left], places[right], "order")
        for left, candidates in result.doubts.items():
            self.unsure[rows[left]] = tuple(self.known[places[at]].item for at in candidates)

    def _join(self, rows: Sequence[int], ours: _Key, theirs: _Key, by: MatchedBy) -> None:
        """Match the rows whose key stands once among the unmatched of each side."""
        left = _unique(ours, (row for row in rows if row not in self.found))
        right = _unique(theirs, (at for at in range(len(self.known)) if at not in self.taken))
        for key in left.keys() & right.keys():
            self._settle(left[key], right[key], by)

    def _settle(self, row: int, at: int, by: MatchedBy) -> None:
        self.found[row] = (at, by)
        self.taken.add(at)

    def _code(self, row: int) -> _CodeKey | None:
        """Give code and parent of a new row, `None` without a code or under an unknown parent."""
        parent = self._parent(row)
        code = self.ours[row].code
        return (self.ours[row].group, parent, code) if code and parent != _UNKNOWN else None

    def _known_code(self, at: int) -> _CodeKey | None:
        code = self.theirs[at].code
        return (self.theirs[at].group, self._known_parent(at), code) if code else None

    def _parent(self, row: int) -> int:
        """Give the known row above a new row."""
        parent = self.new[row].parent
        if parent is None:
            return _TOP
        return self.found[parent][0] if parent in self.found else _UNKNOWN

    def _known_parent(self, at: int) -> int:
        """Give the known row above a known row; where no new row is that one, it is unknown."""
        parent = self.known[at].parent
        if parent is None:
            return _TOP
        return parent if parent in self.taken else _UNKNOWN


def _unique(key: _Key, positions: Iterable[int]) -> dict[Hashable, int]:
    """Give the positions whose key no other has, in order; `None` is no key."""
    found: dict[Hashable, int] = {}
    several = set()
    for position in positions:
        name = key(position)
        if name is None or name in several:
            continue
        if name in found:
            several.add(name)
            del found[name]
        else:
            found[name] = position
    return found


def _depth(rows: Sequence[Row], row: int) -> int:
    """Count the rows above a row; a chain that goes round is cut."""
    depth = 0
    parent = rows[row].parent
    while parent is not None and depth < len(rows):
        depth += 1
        parent = rows[parent].parent
    return depth
