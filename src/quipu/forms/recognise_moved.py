"""Cells of a cascade that were printed in another column, known by what they are (S0-13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quipu.domain.duration import read_duration
from quipu.domain.mentions import looks_like_units
from quipu.forms.checks.cells import BETWEEN
from quipu.forms.definition import Column, Form, Level
from quipu.forms.recognise_body import Layout
from quipu.forms.recognise_cells import coded_pieces, leading_level, list_pieces
from quipu.forms.recognise_words import clean, plain_words


@dataclass(frozen=True)
class Outline:
    """The columns of a cascade: its coded levels, its list, and the fields of a whole row."""

    form: Form

    @property
    def coded(self) -> list[Level]:
        """The levels with codes, outermost first."""
        columns = {column.level for column in self.form.columns if column.field == "text"}
        return [level for level in self.form.levels if level.split and level.kind in columns]

    @property
    def groups(self) -> list[Level]:
        """The levels that stand over the table as rows of full width."""
        return [level for level in self.form.levels if level.group]

    @property
    def items(self) -> Level:
        """The level whose rows are the items of a list."""
        return self.form.levels[-1]

    @property
    def fields(self) -> list[Column]:
        """The columns that speak of a whole printed row."""
        return [column for column in self.form.columns if column.field != "text"]

    def styled(self, style: str) -> str:
        """Give the field of the column of a style, `""` when there is none."""
        return next((column.field for column in self.fields if column.style == style), "")

    @property
    def plain(self) -> str:
        """The field of the first column of a whole row without a style, `""` for none."""
        return next((column.field for column in self.fields if not column.style), "")


Key = tuple[str, str]
"""A level's kind and a field: one column of a cascade."""


@dataclass
class Printed:
    """A row's cells by column, and the texts that lie under no heading, left to right."""

    cells: dict[Key, str] = field(default_factory=dict)
    beyond: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Moved:
    """A row as it was meant: its cells, and what was printed where (`raw`)."""

    cells: Mapping[Key, str]
    raw: str


def key_of(column: Column, outline: Outline) -> Key:
    """Give the place of a column: a field of a whole row belongs to the last coded level."""
    if column.field == "text":
        return (column.level or outline.items.kind, "text")
    return (outline.coded[-1].kind, column.field)


def moved(filled: Sequence[tuple[int, str]], layout: Layout, outline: Outline) -> Moved | None:
    """Give the meant reading of a row of which cells stand in other columns, else `None`.

    Codes, numbered items, underlined units and durations say what a cell is; what they do not
    decide stays where it is printed.
    """
    keys = {at: key_of(slot.column, outline) for at, slot in layout.slots.items()}
    cells = {keys[at]: text for at, text in filled if at in keys}
    raw = BETWEEN.join(clean(text) for _, text in filled)
    found = _in_place(cells, outline)
    rest = _later(filled, keys, layout, outline)
    if rest is not None and _is_disturbed(rest, found or cells, keys, filled, outline):
        told = _told(rest, dict(found or cells), outline)
        if told is not None:
            return Moved(told, raw)
    return Moved(found, raw) if found is not None else None


def _in_place(cells: Mapping[Key, str], outline: Outline) -> dict[Key, str] | None:
    """Put a cell with a deeper level's code into that level's column, if it is free or the same."""
    levels = outline.coded
    fixed = dict(cells)
    for at, level in enumerate(levels):
        text = clean(cells.get((level.kind, "text"), ""))
        own = coded_pieces(text, level, [])
        if not text or (own and own[0].mark):
            continue
        depth = leading_level(text, levels[at + 1 :])
        if depth is None:
            continue
        deeper = levels[at + 1 + depth]
        there = clean(cells.get((deeper.kind, "text"), ""))
        if not there:
            fixed[deeper.kind, "text"] = fixed.pop((level.kind, "text"))
        elif _bare(there, outline) == _bare(text, outline):
            del fixed[level.kind, "text"]
    return fixed if fixed != cells else None


def _bare(text: str, outline: Outline) -> str:
    pieces = coded_pieces(text, outline.coded[0], outline.coded)
    return plain_words(pieces[0].text) if pieces else ""


def _later(
    filled: Sequence[tuple[int, str]], keys: Mapping[int, Key], layout: Layout, outline: Outline
) -> list[str] | None:
    """Give the texts right of the last coded column, `None` where columns are in another order."""
    anchor = (outline.coded[-1].kind, "text")
    order = {key_of(column, outline): n for n, column in enumerate(layout.form.columns)}
    places = [order[keys[at]] for at in sorted(keys)]
    start = next((at for at, key in keys.items() if key == anchor), None)
    if start is None or places != sorted(places):
        return None
    return [text for at, text in filled if at > start]


def _is_disturbed(
    rest: Sequence[str],
    cells: Mapping[Key, str],
    keys: Mapping[int, Key],
    filled: Sequence[tuple[int, str]],
    outline: Outline,
) -> bool:
    """Tell whether something right of the codes plainly stands in a column of another kind."""
    anchor = cells.get((outline.coded[-1].kind, "text"), "")
    items = cells.get((outline.items.kind, "text"), "")
    if anchor and rest and plain_words(rest[0]) == plain_words(anchor) and len(anchor) > 20:
        return True
    duration = outline.styled("duration")
    for at, text in filled:
        key = keys.get(at)
        if text not in rest or (key is not None and key == (outline.items.kind, "text")):
            continue
        if _is_list(text) and not _is_list(items):
            return True
        if duration and _is_duration(text) and key != (outline.coded[-1].kind, duration):
            printed = cells.get((outline.coded[-1].kind, duration), "")
            if not _is_duration(printed):
                return True
    return False


def _told(rest: Sequence[str], cells: dict[Key, str], outline: Outline) -> dict[Key, str] | None:
    """Lay the texts right of the codes into their columns again, by what they are."""
    kind = outline.coded[-1].kind
    kept = {key: text for key, text in cells.items() if key[0] not in (kind, outline.items.kind)}
    anchor = cells.get((kind, "text"), "")
    texts = list(rest)
    if anchor and texts and plain_words(texts[0]) == plain_words(anchor):
        texts.pop(0)
    when = next((at for at, text in enumerate(texts) if _is_duration(text)), None)
    before, after = (texts, []) if when is None else (texts[:when], texts[when + 1 :])
    pieces = coded_pieces(anchor, outline.coded[-1], outline.coded)
    if len(before) > 1 and pieces and not pieces[-1].text and not _is_list(before[0]):
        anchor = f"{anchor} {before.pop(0)}"
    items = before.pop(0) if before else ""
    if any(not looks_like_units(text) for text in before):
        return None
    told = {
        (kind, "text"): anchor,
        (outline.items.kind, "text"): items,
        (kind, outline.styled("lead")): " ".join(before),
        (kind, outline.styled("duration")): texts[when] if when is not None else "",
        (kind, outline.plain): " ".join(after),
    }
    return {**kept, **{key: text for key, text in told.items() if key[1] and text}}


def _is_list(text: str) -> bool:
    pieces = list_pieces(text)
    return bool(pieces) and pieces[0].mark == "1"


def _is_duration(text: str) -> bool:
    return bool(text) and read_duration(text) is not None
