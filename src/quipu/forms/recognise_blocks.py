"""Whose rows they are where no title says it: blocks of rows, and the unit that each belongs to.

A block begins with another objective, another lead of an action, or codes of another series
(S2-07); it belongs to the narrowest unit that all its rows name, else to its first row's lead.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quipu.domain.row import Row
from quipu.forms.definition import Form
from quipu.forms.likeness import meant, spellings
from quipu.forms.recognise_kinds import series_of
from quipu.forms.recognise_words import clean, plain_words

_ENOUGH = 3
"""Fewer rows name the same area by chance."""


@dataclass(slots=True)
class Block:
    """Rows that follow each other and belong to one unit, by their indexes.

    `top` is the objective above them, `lead` who leads the first of them, `series` that of the
    codes that hang from no action.
    """

    top: int | None
    lead: str
    series: str = ""
    rows: list[int] = field(default_factory=list)


def units_of(rows: Sequence[Row], form: Form) -> dict[int, str]:
    """Give the unit of each row of a form whose units are known from rows, by index.

    Rows that lines above tables name, objectives mostly, belong to no unit.
    """
    names = _Names(rows, form)
    found: dict[int, str] = {}
    for block in _blocks(rows, form, names):
        unit = _common(rows, form, block) or block.lead
        found |= dict.fromkeys(block.rows, names.first(unit))
    return found


class _Names:
    """The names of leads in a document: each as it is spelled first, slips of the pen undone."""

    def __init__(self, rows: Sequence[Row], form: Form) -> None:
        self.field = form.owners[-1]
        said = [row.fields.get(self.field, "") for row in rows if row.form == form.id]
        self.usual: Counter[str] = spellings(said)
        self.spelled: dict[str, str] = {}
        for name in said:
            self.first(name)

    def lead(self, row: Row) -> str:
        """Give the lead of a row as plain words, `""` for none."""
        name = row.fields.get(self.field, "")
        return meant(name, self.usual) or plain_words(name)

    def first(self, name: str) -> str:
        """Give the first spelling of a name."""
        return self.spelled.setdefault(plain_words(name), clean(name))


def _blocks(rows: Sequence[Row], form: Form, names: _Names) -> list[Block]:
    lines = {context.level for context in form.contexts}
    own = [at for at, row in enumerate(rows) if row.form == form.id and row.kind not in lines]
    blocks: list[Block] = []
    for place, at in enumerate(own):
        top = _top(rows, at, lines)
        after = own[place + 1] if place + 1 < len(own) else None
        block = blocks[-1] if blocks else None
        if block is None or block.top != top or _begins(rows, form, names, block, (at, after)):
            block = Block(top, names.lead(rows[at]))
            blocks.append(block)
        block.lead = block.lead or names.lead(rows[at])
        if _is_loose(rows, form, at, lines):
            block.series = series_of(rows[at].code) or block.series
        block.rows.append(at)
    return blocks


def _top(rows: Sequence[Row], at: int, lines: set[str]) -> int | None:
    above = rows[at].parent
    while above is not None and rows[above].kind not in lines:
        above = rows[above].parent
    return above


def _begins(
    rows: Sequence[Row], form: Form, names: _Names, block: Block, place: tuple[int, int | None]
) -> bool:
    """Tell whether a row is the first of another unit's."""
    at, after = place
    row, lead = rows[at], names.lead(rows[at])
    level = form.level(row.kind)
    if level.heading:
        # A heading's own lead may be a mistake; with its first row's it is none.
        sure = after is not None and names.lead(rows[after]) == lead
        return bool(lead) and lead != block.lead and sure
    if level is not form.levels[-1]:
        return bool(lead) and lead != block.lead
    loose = _is_loose(rows, form, at, {context.level for context in form.contexts})
    return loose and bool(row.code) and series_of(row.code) != block.series


def _is_loose(rows: Sequence[Row], form: Form, at: int, lines: set[str]) -> bool:
    """Tell whether a row of the innermost level hangs from no action and no heading."""
    row = rows[at]
    if form.level(row.kind) is not form.levels[-1]:
        return False
    return row.parent is None or rows[row.parent].kind in lines


def _common(rows: Sequence[Row], form: Form, block: Block) -> str:
    """Give the narrowest unit that all rows of a block name, `""` for none."""
    parents = {rows[at].parent for at in block.rows}
    inner = form.levels[-1].kind
    own = [rows[at] for at in block.rows if rows[at].kind == inner and at not in parents]
    if len(own) < _ENOUGH:
        return ""
    return next(_shared(own, form), "")


def _shared(rows: Sequence[Row], form: Form) -> Iterator[str]:
    for name in form.owners[:-1]:
        said = {plain_words(row.fields.get(name, "")) for row in rows}
        if len(said) == 1 and said != {""}:
            yield rows[0].fields[name]
