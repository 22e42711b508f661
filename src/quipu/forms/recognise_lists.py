"""Rows of a table in which one cell holds several activities, which share what stands beside it.

What is blank goes on with the row above: the same product, the same objective (S4-02, S4-05).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from quipu.domain.row import Row
from quipu.forms.definition import Column, Form, Level
from quipu.forms.fractions import one_line
from quipu.forms.recognise_body import Filled, Layout
from quipu.forms.recognise_cells import goes_on
from quipu.forms.recognise_details import as_row, details_above, paragraphs_kept, without_note
from quipu.forms.recognise_kinds import split_code
from quipu.forms.recognise_pieces import items_of, opening_words
from quipu.forms.recognise_sections import Section
from quipu.forms.recognise_words import clean

UNDERLINED = re.compile(r"<u>(.*?)</u>", re.IGNORECASE | re.DOTALL)
_WEIGHED = ("weight", "verification", "lead")

Add = Callable[[Row, int | None, Mapping[str, int], bool], int]
"""Adds a row under another, with the raw columns of its fields; says if its place is stamped."""


@dataclass(slots=True)
class Trail:
    """The last row of each level, which rows below go on with.

    `underlined` says that the table underlines what leads a cell; `own` has the objectives whose
    activities have weights of their own, `parts` the activities of the last objective.
    """

    form: Form
    top: int | None = None
    last: dict[str, int] = field(default_factory=dict)
    underlined: bool = False
    openings: frozenset[str] = frozenset()
    own: set[int] = field(default_factory=set)
    parts: list[int] = field(default_factory=list)

    def prepare(self, section: Section, layout: Layout) -> None:
        """Learn from a whole section how it leads cells and opens items."""
        listed: list[str] = []
        for _, _, filled in section.entries:
            for at, cell in filled:
                slot = layout.slots.get(at)
                if slot is not None and slot.column.style == "underlined":
                    self.underlined |= UNDERLINED.search(cell.rich) is not None
                if at == layout.text:
                    listed.append(cell.text)
        self.openings |= opening_words(listed)

    def start(self, top: int | None) -> None:
        """Begin another programme."""
        self.top = top
        self.last.clear()
        self.parts.clear()


def take_details(
    trail: Trail, rows: list[Row], section: Section, adding: Callable[[int], Add]
) -> None:
    """Take what stands above a table: another programme, or more of the one that goes on."""
    if section.head is None:
        return
    found = details_above(section.grid, section.first, section.head.first, trail.form)
    if not found.named:
        return
    known = rows[trail.top] if trail.top is not None else None
    if trail.top is not None and known is not None and found.code in ("", known.code):
        rows[trail.top] = as_row(found, trail.form, known)
        return
    row = as_row(found, trail.form, None)
    trail.start(adding(found.line)(row, None, found.columns, False))


def unit_labelled(section: Section, form: Form) -> str:
    """Give the unit that a label above a table names, `""` for none."""
    if section.head is None or not any(detail.field == "unit" for detail in form.details):
        return ""
    return details_above(section.grid, section.first, section.head.first, form).unit


def take_listed(trail: Trail, rows: list[Row], filled: Filled, layout: Layout, add: Add) -> None:
    """Read one table row: new rows of its levels, or more of those above."""
    texts = {
        at: paragraphs_kept(cell.rich or cell.text) for at, cell in filled if at in layout.slots
    }
    alone = len(texts) == 1
    parent, new = trail.top, False
    inner = trail.form.levels[-1]
    for level in trail.form.levels[:-1]:
        column, raw, at = _text_of(level, texts, layout)
        if column is None:
            continue
        last = trail.last.get(level.kind)
        if raw and last is not None and not new and _continues(trail, column, raw, alone):
            rows[last] = _longer(rows[last], raw, column)
        elif raw:
            parent = _begin(trail, level, (column, raw, at), parent, rows, texts, layout, add)
            new = True
            continue
        elif last is None or new:
            continue
        parent = trail.last[level.kind]
        if _fields_of(level, texts, layout):
            _share(trail, level, parent, rows, texts, layout)
    _activities(trail, inner, parent, rows, texts, layout, add)


def _text_of(
    level: Level, texts: Mapping[int, str], layout: Layout
) -> tuple[Column | None, str, int]:
    for at, slot in layout.slots.items():
        column = slot.column
        if column.field == "text" and layout.form.level(column.level) is level:
            return column, texts.get(at, ""), at
    return None, "", 0


def _continues(trail: Trail, column: Column, raw: str, alone: bool) -> bool:
    """Tell whether a text goes on with the one above: sub-products, or the rest of a sentence."""
    if column.style == "underlined":
        return alone or (trail.underlined and UNDERLINED.search(raw) is None)
    return goes_on(clean(raw))


def _longer(row: Row, raw: str, column: Column) -> Row:
    mark = "\n" if column.style == "underlined" else " "
    published = {**row.published, "text": row.published.get("text", "") + mark + raw}
    if column.style != "underlined":
        return replace(row, text=f"{row.text} {clean(raw)}", published=published)
    _, more = led(raw, whole=True)
    said = "\n".join(part for part in (row.fields.get("subproducts", ""), more) if part)
    return replace(row, fields={**row.fields, "subproducts": said}, published=published)


def led(raw: str, *, whole: bool = False) -> tuple[str, str]:
    """Split a cell into what its underlining leads with and the lines of the rest.

    Without underlining the first line leads, or with `whole` nothing.
    """
    marked = UNDERLINED.findall(raw)
    if marked:
        lead = " ".join(clean(part) for part in marked)
        rest = UNDERLINED.sub("\n", raw)
    elif whole:
        lead, rest = "", raw
    else:
        lead, _, rest = raw.partition("\n")
    return clean(lead), "\n".join(clean(line) for line in rest.split("\n") if clean(line))


def _begin(
    trail: Trail,
    level: Level,
    cell: tuple[Column, str, int],
    parent: int | None,
    rows: list[Row],
    texts: Mapping[int, str],
    layout: Layout,
    add: Add,
) -> int:
    """Add a row of an outer level, and forget the rows that hung from the one before."""
    column, raw, at = cell
    fields, published, columns = _fields_of(level, texts, layout) or ({}, {}, {})
    code, text = "", without_note(raw, trail.form)
    if column.style == "underlined":
        text, more = led(raw)
        fields = {**fields, **({"subproducts": more} if more else {})}
    elif level.split:
        code, text = split_code(text, level.code)
    kinds = [one.kind for one in trail.form.levels]
    lower = kinds[kinds.index(level.kind) :]
    for kind in lower:
        trail.last.pop(kind, None)
    trail.parts.clear()
    inner = _text_of(trail.form.levels[-1], texts, layout)[1]
    row = Row(
        form=trail.form.id,
        kind=level.kind,
        code=code,
        text=text,
        fields=fields,
        published={"text": raw, **published},
    )
    lowest = level is trail.form.levels[-2]
    index = add(row, parent, {"text": at, **columns}, lowest and not inner)
    trail.last[level.kind] = index
    return index


Parts = tuple[dict[str, str], dict[str, str], dict[str, int]]


def _fields_of(level: Level, texts: Mapping[int, str], layout: Layout) -> Parts | None:
    """Give a level's fields, printed texts and raw columns in a table row, `None` for none."""
    fields: dict[str, str] = {}
    published: dict[str, str] = {}
    columns: dict[str, int] = {}
    for at, slot in layout.slots.items():
        column, raw = slot.column, texts.get(at, "")
        if column.field == "text" or layout.form.level(column.level) is not level:
            continue
        columns[column.field] = at
        if raw:
            published[column.field] = raw
            fields[column.field] = _said(column, raw)
    return (fields, published, columns) if fields else None if not columns else ({}, {}, columns)


def _said(column: Column, raw: str) -> str:
    if column.style == "fraction":
        return one_line(raw)
    return "\n".join(clean(line) for line in raw.split("\n"))


def _share(
    trail: Trail,
    level: Level,
    index: int,
    rows: list[Row],
    texts: Mapping[int, str],
    layout: Layout,
) -> None:
    """Give an objective what stands in one of its further rows, unless its rows weigh apart."""
    found = _fields_of(level, texts, layout)
    if found is None or not found[0]:
        return
    fields, published, _ = found
    row = rows[index]
    if index in trail.own or ("weight" in fields and row.fields.get("weight")):
        _weigh_apart(trail, index, rows)
        fields = {name: text for name, text in fields.items() if name not in _WEIGHED}
        published = {name: text for name, text in published.items() if name not in _WEIGHED}
    rows[index] = replace(
        rows[index],
        fields=_joined(rows[index].fields, fields),
        published=_joined(rows[index].published, published),
    )


def _joined(before: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    joined = dict(before)
    for name, text in more.items():
        joined[name] = f"{joined[name]}\n{text}" if joined.get(name) else text
    return joined


def _weigh_apart(trail: Trail, index: int, rows: list[Row]) -> None:
    """Move an objective's weight, with what stands beside it, to its first activity."""
    if index in trail.own:
        return
    trail.own.add(index)
    if not trail.parts:
        return
    row, first = rows[index], rows[trail.parts[0]]
    moved = {name: row.fields[name] for name in _WEIGHED if name in row.fields}
    printed = {name: row.published[name] for name in _WEIGHED if name in row.published}
    rows[trail.parts[0]] = replace(
        first, fields={**first.fields, **moved}, published={**first.published, **printed}
    )
    rows[index] = replace(
        row,
        fields={name: text for name, text in row.fields.items() if name not in moved},
        published={name: text for name, text in row.published.items() if name not in printed},
    )


def _activities(
    trail: Trail,
    level: Level,
    parent: int | None,
    rows: list[Row],
    texts: Mapping[int, str],
    layout: Layout,
    add: Add,
) -> None:
    """Add a row for each activity of the cell; the first has what its row weighs by itself."""
    _, raw, at = _text_of(level, texts, layout)
    fields, published, columns = _fields_of(level, texts, layout) or ({}, {}, {})
    if parent in trail.own:
        own = _fields_of(layout.form.levels[-2], texts, layout) or ({}, {}, {})
        fields |= {name: text for name, text in own[0].items() if name in _WEIGHED}
        published |= {name: text for name, text in own[1].items() if name in _WEIGHED}
        columns |= {name: place for name, place in own[2].items() if name in _WEIGHED}
    for number, item in enumerate(items_of(raw, trail.openings)):
        first = number == 0
        row = Row(
            form=trail.form.id,
            kind=level.kind,
            text=clean(item),
            fields=fields if first else {},
            published={"text": item, **(published if first else {})},
        )
        trail.parts.append(add(row, parent, {"text": at, **columns}, first))
