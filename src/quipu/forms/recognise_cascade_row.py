"""One printed row of a cascade taken into its tree."""

from dataclasses import replace

from quipu.forms.definition import Level
from quipu.forms.recognise_body import Filled, Layout
from quipu.forms.recognise_cascade import Cascade, Doubt, Node, label
from quipu.forms.recognise_cells import (
    Piece,
    coded_pieces,
    goes_on,
    is_finished,
    list_pieces,
    paragraphs,
    without_headings,
)
from quipu.forms.recognise_findings import Place
from quipu.forms.recognise_moved import Key, Moved, key_of, moved
from quipu.forms.recognise_words import clean, plain_words


def take_row(tree: Cascade, filled: Filled, layout: Layout, place: Place, table: int) -> None:
    """Take the next printed row; `place` is where it stands, `table` which table it is of."""
    texts = [(at, cell.rich or cell.text) for at, cell in filled]
    if tree.is_heading(texts, layout):
        tree.pending.append((clean(texts[0][1]), place, table))
        return
    keys = {at: key_of(slot.column, tree.outline) for at, slot in layout.slots.items()}
    cells = {keys[at]: text for at, text in texts if at in keys}
    beyond = [clean(text) for at, text in texts if at not in keys]
    shift = moved(texts, layout, tree.outline)
    row = _Row(tree, dict(shift.cells if shift else cells), place, table, shift)
    row.read()
    anchor = row.anchor or tree.top()
    if shift is None and beyond and anchor is not None:
        anchor.extra = "\n".join(part for part in (anchor.extra, *beyond) if part)


class _Row:
    """One printed row, taken into the tree."""

    def __init__(
        self,
        tree: Cascade,
        cells: dict[Key, str],
        place: Place,
        table: int,
        shift: Moved | None,
    ) -> None:
        self.tree = tree
        self.place = place
        self.table = table
        self.shift = shift
        items = cells.pop((tree.outline.items.kind, "text"), "")
        self.printed_items = items
        self.items, self.opening, self.closing = without_headings(items, tree.form)
        self.pieces: dict[str, list[Piece]] = {}
        for level in tree.coded:
            text = cells.pop((level.kind, "text"), "")
            others = [other for other in tree.coded if other is not level]
            self.pieces[level.kind] = coded_pieces(text, level, others)
        self.fields = {key[1]: text.strip() for key, text in cells.items()}
        self.anchor: Node | None = None
        self.before = tree.last
        self.repeated = False

    def read(self) -> None:
        """Take all cells of the row."""
        tree = self.tree
        before = tree.last.code if tree.last is not None else ""
        listed = list_pieces(self.items, int(before) if before.isdecimal() else 0)
        coded = any(piece.mark for pieces in self.pieces.values() for piece in pieces)
        again = bool(listed) and listed[0].mark == "1" and tree.last is not None
        fresh = coded or again
        tree.pending += [(word, self.place, self.table) for word in self.opening]
        self._tails(fresh=fresh)
        self._begin_items()
        if self.anchor is None and fresh and not self.repeated and (listed or self.fields):
            self.anchor = self._without_initiative(coded)
        target = self.anchor or tree.current(tree.anchors)
        if target is None and (listed or self.fields):
            target = tree.begin(tree.anchors, Piece("", "", ""), self.place, self.table, same=False)
        if target is not None:
            self._take_list(target, listed)
            self._take_fields(target)
        if target is not None and self.shift is not None:
            target.extra = self.shift.raw
        tree.pending += [(word, self.place, self.table) for word in self.closing]

    def _tails(self, *, fresh: bool) -> None:
        """Give texts without code to the items above that they go on with."""
        for level in self.tree.coded:
            pieces = self.pieces[level.kind]
            if not pieces or pieces[0].mark:
                continue
            tail = pieces[0]
            above = self.tree.recent.get(level.kind)
            if above is None:
                continue
            loose = not above.text or not is_finished(above.text)
            shared = len(pieces) > 1
            bare = not above.text and self.tree.current(level) is above
            if not fresh or shared or bare or (goes_on(tail.text) and loose):
                if shared:
                    # The whole cell is printed where its code is.
                    above.add(tail.text, "")
                    pieces[1] = replace(pieces[1], raw=f"{tail.raw} {pieces[1].raw}")
                else:
                    above.add(tail.text)
                pieces.pop(0)
                if shared and above.text != tail.text and not (loose and goes_on(tail.text)):
                    self._doubt("sentence", above, tail.text, above, pieces[0])
            elif loose and above.text:
                self._doubt("sentence", above, tail.text, None, above)

    def _doubt(
        self, variant: str, node: Node, value: str, kept: "Node | None", other: "Node | Piece"
    ) -> None:
        mark = other.mark if isinstance(other, Piece) else label(other)
        here = label(kept) if kept is not None else ""
        self.tree.doubts.append(Doubt(variant, node, value, here, mark))

    def _begin_items(self) -> None:
        for level in self.tree.coded:
            for at, piece in enumerate(self.pieces[level.kind]):
                if self._is_repeated(level, piece):
                    self.repeated = level is self.tree.anchors
                    continue
                node = self.tree.begin(level, piece, self.place, self.table, same=at > 0)
                if level is self.tree.anchors:
                    self.anchor = node

    def _is_repeated(self, level: Level, piece: Piece) -> bool:
        """Tell whether a cell only says again what stands above, as some sheets do in every row."""
        known = self.tree.current(level)
        same = known is not None and bool(piece.mark) and known.code == piece.mark
        return same and known is not None and plain_words(known.text) == plain_words(piece.text)

    def _without_initiative(self, coded: bool) -> Node | None:
        """Make the initiative of a row that begins other items, or a list, but names none."""
        tree = self.tree
        if not coded and tree.current(tree.anchors) is not None and not self.fields:
            return None
        return tree.begin(tree.anchors, Piece("", "", ""), self.place, self.table, same=False)

    def _take_list(self, anchor: Node, listed: list[Piece]) -> None:
        if self.printed_items:
            anchor.cell.append("\n".join(paragraphs(self.printed_items)))
        own = self._not_ours(anchor, listed) if anchor is self.anchor else list(listed)
        for at, piece in enumerate(own):
            last = anchor.below[-1] if anchor.below else None
            if last is None and anchor is not self.anchor and goes_on(piece.text):
                # All that was printed beside it went on with the list before.
                last = self.tree.last
            loose = last is not None and not is_finished(last.text)
            if at == 0 and not piece.mark and last is not None and (loose or goes_on(piece.text)):
                last.add(piece.text)
                continue
            self.tree.item(anchor, piece, self.place, self.table)

    def _not_ours(self, anchor: Node, listed: list[Piece]) -> list[Piece]:
        """Give back to the initiative before what its list left over on the page before."""
        before = self.before
        if before is None or before.above is None or not listed or before.above is anchor:
            return listed
        first = listed[0]
        if not first.mark and goes_on(first.text) and not is_finished(before.text):
            before.add(first.text, "")
            listed = listed[1:]
        restart = next((at for at, piece in enumerate(listed) if at and piece.mark == "1"), 0)
        foreign = listed[:restart]
        lost = bool(listed) and not listed[0].mark and goes_on(listed[0].text)
        if not any(piece.mark for piece in foreign):
            if lost:
                node = self.tree.item(anchor, listed[0], self.place, self.table)
                self._doubt("fragment", node, listed[0].text, anchor, before.above)
                return listed[1:]
            return listed
        # Where their numbers do not go on, the checks say so: `join-ambiguous`.
        for piece in foreign:
            self.tree.item(before.above, piece, self.place, self.table)
        return listed[restart:]

    def _take_fields(self, anchor: Node) -> None:
        for name, text in self.fields.items():
            printed = anchor.fields.get(name, "")
            if self.repeated and plain_words(printed) == plain_words(text):
                continue
            anchor.fields[name] = f"{printed} {text}".strip()
