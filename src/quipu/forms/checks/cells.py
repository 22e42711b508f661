"""What a scorecard's printed cells say against its rows: moved cells, lists and headings inside.

The same is found on rows that were just read and on stored ones, because what was printed is kept.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.forms.checks.info import Asked, Numbered, Table, finding
from quipu.forms.definition import Form, Level
from quipu.forms.recognise_words import plain_words

BETWEEN = " | "
"""Stands between the cells of a row that is kept in `extra` as it was printed."""


def _anchor(form: Form) -> Level | None:
    """Give the last coded level of a cascade, whose rows are the printed ones."""
    coded = [level for level in form.levels if level.split]
    return coded[-1] if form.cascade and coded else None


def _anchors(table: Table) -> list[Numbered]:
    level = _anchor(table.form)
    return [one for one in table.rows if level is not None and one[1].kind == level.kind]


def _items(table: Table) -> Mapping[int, list[Numbered]]:
    """Give the items of each list, by the index of the row that they hang from."""
    found: dict[int, list[Numbered]] = {}
    for numbered in table.rows:
        parent = numbered[1].parent
        if parent is not None and numbered[1].kind == table.form.levels[-1].kind:
            found.setdefault(parent, []).append(numbered)
    return found


def _name(row: Row) -> str:
    return row.code or " ".join(row.text.split()[:6])


def cells_moved(table: Table, asked: Asked) -> Iterator[Problem]:
    """Cells of a row stand in other columns; how they are read is proposed (S0-13)."""
    items = _items(table)
    for numbered in _anchors(table):
        printed = numbered[1].published.get("extra", "")
        if BETWEEN in printed:
            reading = _reading(numbered, items.get(numbered[0], []), table)
            yield finding(
                asked, numbered, target="extra", variant="cells", value=printed, proposal=reading
            )


def _reading(numbered: Numbered, items: list[Numbered], table: Table) -> str:
    """Write how a row is read: each heading and its cell, outer levels by their codes."""
    chain: dict[str, str] = {}
    row, parent = numbered[1], numbered[1].parent
    while parent is not None:
        above = table.whole.rows[parent][1]
        chain[above.kind] = _name(above)
        parent = above.parent
    chain[row.kind] = f"{row.code} {row.text}".strip()
    chain[table.form.levels[-1].kind] = " ".join(
        item.published.get("text", "") for _, item in items
    )
    parts = []
    for column in table.form.columns:
        kind = column.level or table.form.levels[-1].kind
        text = chain.get(kind, "") if column.field == "text" else row.published.get(column.field)
        if text:
            parts.append(f"{column.header[0]}: {text}")
    return " · ".join(parts)


def headings_inside(table: Table, asked: Asked) -> Iterator[Problem]:
    """A heading is printed inside the cell of a list (S0-03)."""
    groups = {level.kind for level in table.form.levels if level.group}
    words = {plain_words(row.text): row.text for _, row in table.rows if row.kind in groups}
    for numbered in _anchors(table):
        cell = plain_words(numbered[1].published.get("activities", ""))
        for plain, text in words.items():
            if plain and (f"{cell} ".startswith(f"{plain} ") or cell.endswith(f" {plain}")):
                kept = _name(numbered[1])
                yield finding(asked, numbered, target="activities", value=text, kept=kept)


def lists_shared(table: Table, asked: Asked) -> Iterator[Problem]:
    """Items are printed beside another row than the one they are read for (S0-14, S0-15)."""
    items = _items(table)
    anchors = _anchors(table)
    for before, after in pairwise(anchors):
        yield from _block(before, after, items, table, asked)
        yield from _given_back(before, after, items, asked)


def _block(
    before: Numbered,
    after: Numbered,
    items: Mapping[int, list[Numbered]],
    table: Table,
    asked: Asked,
) -> Iterator[Problem]:
    """Find a row left without items beside one that has items and nothing else.

    A page that cut a row may have printed the items of the first beside the second.
    """
    fields = {column.field for column in table.form.columns if column.field != "text"}
    first, second = before[1], after[1]
    said = fields & first.published.keys() and not fields & second.published.keys()
    if first.parent == second.parent and said and before[0] not in items and after[0] in items:
        value = items[after[0]][0][1].published.get("text", "")
        kept, other = _name(second), _name(first)
        yield finding(
            asked,
            after,
            target="activities",
            variant="block",
            value=value,
            kept=kept,
            other=other,
        )


def _given_back(
    before: Numbered, after: Numbered, items: Mapping[int, list[Numbered]], asked: Asked
) -> Iterator[Problem]:
    """Find items that the next row's cell prints before its own, and whose numbers do not go on."""
    cell = plain_words(before[1].published.get("activities", ""))
    there = plain_words(after[1].published.get("activities", ""))
    listed = items.get(before[0], [])
    moved = [
        (at, one)
        for at, one in enumerate(listed)
        if cell and there and (words := plain_words(one[1].published.get("text", "")))
        if words not in cell and words in there
    ]
    if not moved:
        return
    at, first = moved[0]
    code = listed[at - 1][1].code if at else ""
    if code.isdigit() and first[1].code == str(int(code) + 1):
        return
    yield finding(
        asked,
        first,
        target="text",
        variant="numbers",
        value=" ".join(one[1].published.get("text", "") for _, one in moved),
        kept=_name(before[1]),
        other=_name(after[1]),
    )
