"""Reading a cascade: levels beside each other, whose rows pages have cut (S0-03 to S0-15).

A cell with a code begins an item of its column's level, a blank one means "as above", a text
without code goes on with the item above. What a careful person could not decide stays where it
is printed, and both readings are reported.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quipu.forms.definition import Form, Level
from quipu.forms.recognise_body import Layout
from quipu.forms.recognise_cells import (
    Piece,
    coded_pieces,
    heading_levels,
    is_finished,
)
from quipu.forms.recognise_findings import Place
from quipu.forms.recognise_moved import Outline
from quipu.forms.recognise_words import clean, plain_words


@dataclass(eq=False)
class Node:
    """An item of the tree while it is read.

    `cell` has the printed parts of the cell with its list, for an item of the last coded level.
    """

    level: Level
    place: Place
    table: int
    code: str = ""
    text: str = ""
    printed: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    cell: list[str] = field(default_factory=list)
    extra: str = ""
    above: "Node | None" = None
    below: "list[Node]" = field(default_factory=list)

    def add(self, text: str, printed: str | None = None) -> None:
        """Go on with the text."""
        self.text = f"{self.text} {text}".strip()
        if printed != "":
            self.printed = f"{self.printed} {text if printed is None else printed}".strip()


@dataclass(frozen=True)
class Doubt:
    """A text that may belong to two items: where it is kept, and what else it may be of."""

    variant: str
    node: Node
    value: str
    kept: str
    other: str


@dataclass
class Cascade:
    """The tree that the rows of a form make, in the document's order.

    `open` has for each coded level the items that the next row may go on with: one, or the
    several of one cell; `recent` the last one, also where outer items began since. `pending` are
    headings whose objective is still to come.
    """

    form: Form
    roots: list[Node] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    open: dict[str, list[Node]] = field(default_factory=dict)
    recent: dict[str, Node] = field(default_factory=dict)
    pending: list[tuple[str, Place, int]] = field(default_factory=list)
    last: Node | None = None

    def __post_init__(self) -> None:
        """Prepare what every row needs."""
        self.outline = Outline(self.form)
        self.coded = self.outline.coded
        self.anchors = self.coded[-1]
        self.words = heading_levels(self.form)

    def is_heading(self, texts: Sequence[tuple[int, str]], layout: Layout) -> bool:
        """Tell whether a row is a heading of full width: known words, or short and by itself."""
        said = {plain_words(text) for _, text in texts}
        text = clean(texts[0][1])
        if len(said) != 1 or not self.outline.groups:
            return False
        if said & self.words.keys() or self.by_pattern(text) is not None:
            return True
        alone = texts[0][0] == layout.left and text[:1].isupper() and not is_finished(text)
        coded = any(coded_pieces(text, level, [])[0].mark for level in self.coded)
        return alone and not coded and len(text.split()) <= 10

    def by_pattern(self, text: str) -> Level | None:
        """Give the group level whose pattern a heading matches, or whose known words it is."""
        known = self.words.get(plain_words(text))
        return known or next(
            (level for level in self.outline.groups if _matches(level.heading, text)), None
        )

    def open_headings(self, code: str) -> None:
        """Give the waiting headings their levels, now that the next objective is known.

        One whose words nobody knows is of the outermost level where the codes begin another
        series, else of the next one below.
        """
        groups = self.outline.groups
        before = self.open.get(self.coded[0].kind, [])
        series = code.partition(".")[0]
        fresh = not before or before[-1].code.partition(".")[0] != series
        for text, place, table in self.pending:
            level = self.by_pattern(text)
            if level is None:
                level = groups[0] if fresh else groups[-1]
            fresh = False
            node = Node(level, place, table, text=text, printed=text)
            outer = groups[: groups.index(level)]
            self._hang(node, outer)
            for closed in (*groups[groups.index(level) :], *self.coded):
                self.open.pop(closed.kind, None)
            self.open[level.kind] = [node]
        self.pending.clear()

    def begin(self, level: Level, piece: Piece, place: Place, table: int, *, same: bool) -> Node:
        """Begin an item; `same` says that it shares its cell with the one before."""
        if level is self.coded[0] and self.pending:
            self.open_headings(piece.mark)
        at = self.coded.index(level)
        node = Node(level, place, table, piece.mark, piece.text, piece.raw)
        self._hang(node, [*self.outline.groups, *self.coded[:at]])
        for closed in self.coded[at + 1 :]:
            self.open.pop(closed.kind, None)
        kept = self.open.get(level.kind, []) if same else []
        self.open[level.kind] = [*kept, node]
        self.recent[level.kind] = node
        return node

    def _hang(self, node: Node, outer: Sequence[Level]) -> None:
        for level in reversed(outer):
            candidates = self.open.get(level.kind)
            if candidates:
                numbers = node.code.split(".")
                fitting = (
                    other
                    for other in candidates
                    if numbers[: len(other.code.split("."))] == other.code.split(".")
                )
                node.above = next(fitting, candidates[-1])
                node.above.below.append(node)
                return
        self.roots.append(node)

    def item(self, anchor: Node, piece: Piece, place: Place, table: int) -> Node:
        """Add an item to an initiative's list."""
        level = self.outline.items
        node = Node(level, place, table, piece.mark, piece.text, piece.raw, above=anchor)
        anchor.below.append(node)
        self.last = node
        return node

    def current(self, level: Level) -> Node | None:
        """Give the item of a level that the next text may go on with."""
        found = self.open.get(level.kind)
        return found[-1] if found else None

    def top(self) -> Node | None:
        """Give the innermost item that is open, `None` before the first."""
        return next(
            (self.open[x.kind][-1] for x in reversed(self.coded) if x.kind in self.open), None
        )


def _matches(pattern: str, text: str) -> bool:
    return bool(pattern) and re.fullmatch(pattern, text, re.IGNORECASE) is not None


def walk(nodes: Sequence[Node]) -> list[Node]:
    """Give nodes with all below them, each before what hangs from it."""
    found: list[Node] = []
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting.extend(reversed(node.below))
    return found


def label(node: Node) -> str:
    """Name an item for a person: its code, else the first words of its text."""
    return node.code or " ".join(node.text.split()[:6])
