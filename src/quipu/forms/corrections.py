"""What a person says of a file's headings when recognition saw them otherwise.

Without corrections nothing here runs: recognition decides alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from quipu.forms.definition import Column, Form
from quipu.forms.raw import RawFile
from quipu.forms.recognise_columns import Fit, Slot, Wording, fit
from quipu.forms.recognise_grid import Grid
from quipu.forms.recognise_headings import Head, pieces_of

_SHOWN = 60
_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Correction:
    """How one heading is to be read: its rows in a table of the file, all from 0.

    `table` is the table's number, `first` the heading's first row and `last` the first row below.
    `form` is the form's id, `""` for what is no table. `columns` says for columns of the file
    which of the form they are, `None` for none; the others are read as the words say.
    """

    table: int
    first: int
    last: int
    form: str
    columns: Mapping[int, Slot | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ColumnFound:
    """A column of the file: its heading, the first text below, and what it is in the form."""

    at: int
    text: str
    sample: str
    slot: Slot | None


@dataclass(frozen=True, slots=True)
class HeadingFound:
    """A heading in a file: where, the form it was taken for (`""`: none), and its columns.

    `missing` are the required columns of the form that have no place.
    """

    table: int
    name: str
    where: str
    first: int
    last: int
    form: str
    columns: tuple[ColumnFound, ...]
    missing: tuple[Column, ...] = ()


def corrected(
    number: int,
    grid: Grid,
    heads: Sequence[Head],
    wordings: Sequence[Wording],
    corrections: Sequence[Correction],
) -> list[Head]:
    """Give a table's headings as a person corrected them, from top to bottom."""
    kept = list(heads)
    for one in corrections:
        if one.table != number or not 0 <= one.first < one.last <= len(grid):
            continue
        before = [head for head in kept if head.first < one.last and one.first < head.last]
        kept = [head for head in kept if head not in before]
        wording = next((each for each in wordings if each.form.id == one.form), None)
        found = _laid(wording, grid, one) if wording is not None else None
        if found is not None and _has_text(found):
            years = before[0].years if before else ()
            kept.append(Head(found, one.first, one.last, years))
    return sorted(kept, key=lambda head: head.first)


def _laid(wording: Wording, grid: Grid, said: Correction) -> Fit:
    """Lay the form's columns over a heading: as the words say, then as the person says."""
    pieces = pieces_of(grid, said.first, said.last - said.first)
    found = fit(wording, pieces)
    slots = dict(found.slots) if found is not None else _by_words(wording, pieces)
    slots = {at: slot for at, slot in slots.items() if at not in said.columns}
    for at, meant in said.columns.items():
        slot = _own(wording.form, meant)
        if slot is not None:
            slots = {other: known for other, known in slots.items() if known != slot}
            slots[at] = slot
    slots = dict(sorted(slots.items()))
    return Fit(wording.form, slots, {}, _lacking(wording.form, slots))


def _own(form: Form, slot: Slot | None) -> Slot | None:
    """Give a slot with the form's own column: what a person says may come from another reading."""
    column = next((one for one in form.columns if slot is not None and one == slot.column), None)
    return replace(slot, column=column) if slot is not None and column is not None else None


def _by_words(wording: Wording, pieces: Mapping[int, Sequence[str]]) -> dict[int, Slot]:
    slots: dict[int, Slot] = {}
    for at, texts in sorted(pieces.items()):
        slot = wording.slot(texts[-1]) or wording.slot(" ".join(texts))
        if slot is not None and slot not in slots.values():
            slots[at] = slot
    return slots


def _lacking(form: Form, slots: Mapping[int, Slot]) -> tuple[Column, ...]:
    placed = {id(slot.column) for slot in slots.values()}
    return tuple(one for one in form.columns if one.required and id(one) not in placed)


def _has_text(found: Fit) -> bool:
    own = {"", found.form.levels[-1].kind}
    fields = [(slot.column.field, slot.column.level) for slot in found.slots.values()]
    return any(name == "text" and level in own for name, level in fields)


# ---------------------------------------------------------------------- what a person is shown
def headings(
    raw: RawFile,
    found: Sequence[tuple[int, Grid, Head, Mapping[int, Slot]]],
    wordings: Sequence[Wording],
    corrections: Sequence[Correction],
) -> tuple[HeadingFound, ...]:
    """Give all headings of a file, from the first table on.

    They are those that were read, those that a person spoke of and that cannot be read (yet), and
    the likeliest row of each table without any.
    """
    shown = [_shown(raw, number, grid, head, slots) for number, grid, head, slots in found]
    places = {(one.table, one.first) for one in shown}
    for said in corrections:
        if (said.table, said.first) not in places and said.table < len(raw.tables):
            shown.append(_said(raw, said, wordings))
            places.add((said.table, said.first))
    tables = {one.table for one in shown}
    for number, table in enumerate(raw.tables):
        guess = _likeliest(Grid.of(table)) if number not in tables else None
        if guess is not None:
            shown.append(_said(raw, Correction(number, guess, guess + 1, ""), wordings))
    return tuple(sorted(shown, key=lambda one: (one.table, one.first)))


def _shown(
    raw: RawFile, number: int, grid: Grid, head: Head, slots: Mapping[int, Slot]
) -> HeadingFound:
    form = head.fit.form
    columns = _columns(grid, head.first, head.last, slots)
    return HeadingFound(
        number, raw.tables[number].name, grid.table.place(head.first, min(slots)),
        head.first, head.last, form.id, columns, _lacking(form, slots),
    )  # fmt: skip


def _said(raw: RawFile, said: Correction, wordings: Sequence[Wording]) -> HeadingFound:
    grid = Grid.of(raw.tables[said.table])
    wording = next((each for each in wordings if each.form.id == said.form), None)
    laid = _laid(wording, grid, said) if wording is not None else None
    slots = laid.slots if laid is not None else {}
    filled = grid.filled(said.first)
    where = grid.table.place(said.first, filled[0][0] if filled else 0)
    columns = _columns(grid, said.first, said.last, slots)
    missing = laid.missing if laid is not None else ()
    return HeadingFound(
        said.table, grid.table.name, where, said.first, said.last, said.form, columns, missing
    )


def _columns(
    grid: Grid, first: int, last: int, slots: Mapping[int, Slot]
) -> tuple[ColumnFound, ...]:
    pieces = pieces_of(grid, first, last - first)
    samples: dict[int, str] = {}
    for row in range(last, min(last + _LOOKED_AT, len(grid))):
        for at, _ in grid.filled(row):
            text = grid.text(row, at)
            if text not in pieces.get(at, ()):
                samples.setdefault(at, text[:_SHOWN])
    return tuple(
        ColumnFound(at, " · ".join(dict.fromkeys(pieces.get(at, ()))), samples.get(at, ""), slot)
        for at in sorted({*pieces, *slots, *samples})
        for slot in (slots.get(at),)
    )


def _likeliest(grid: Grid) -> int | None:
    """Give the row that looks most like a heading: many words, no figures, rows below."""
    best: tuple[int, int] | None = None
    for row in range(min(len(grid) - 1, _LOOKED_AT)):
        texts = [grid.text(row, at) for at, _ in grid.filled(row)]
        words = sum(text[:1].isalpha() or text[:1] in "N#" for text in texts)
        if words > 1 and (best is None or words > -best[0]):
            best = (-words, row)
    return best[1] if best is not None else None


def spread(
    said: Correction, shown: Sequence[HeadingFound], alike: HeadingFound
) -> list[Correction]:
    """Give a correction for each heading that has the same words in the same columns."""
    words = [(column.at, column.text) for column in alike.columns if column.text]
    return [
        replace(said, table=one.table, first=one.first, last=one.last)
        for one in shown
        if [(column.at, column.text) for column in one.columns if column.text] == words
    ]
