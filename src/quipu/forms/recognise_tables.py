"""The rows of each section, with their unit, their place and the rows above them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from quipu.domain.measure import measure_of
from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.forms.definition import Form
from quipu.forms.raw import RawFile
from quipu.forms.reading import TableFound
from quipu.forms.recognise_blocks import units_of
from quipu.forms.recognise_body import Filled, Layout, Sort
from quipu.forms.recognise_cascade import Cascade
from quipu.forms.recognise_cascade_row import take_row
from quipu.forms.recognise_cascade_rows import emit
from quipu.forms.recognise_findings import (
    Extras,
    Place,
    extra_findings,
    formula_findings,
    heading_findings,
    owner_finding,
)
from quipu.forms.recognise_kinds import contexts_in
from quipu.forms.recognise_ladder import Ladder, context_row, ranked_row
from quipu.forms.recognise_lists import Add, Trail, take_details, take_listed
from quipu.forms.recognise_rows import Draft, Filling, extra_cells, make_row, read_cells
from quipu.forms.recognise_sections import Section, continued, lines_of
from quipu.forms.recognise_titles import Labels, Line
from quipu.forms.recognise_units import Owner
from quipu.forms.recognise_words import plain_words


@dataclass(slots=True)
class Work:
    """What has been understood of a file so far; `year` is the plan's.

    `heads` has for each row where the heading of its table is; `head` is the last one's place.
    """

    raw: RawFile
    owner: Owner
    year: int
    rows: list[Row] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    tables: list[TableFound] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    layout: Layout | None = None
    sheet: int = 0
    filling: Filling | None = None
    parents: dict[tuple[str, ...], int] = field(default_factory=dict)
    above: dict[str, int] = field(default_factory=dict)
    ladders: dict[str, Ladder] = field(default_factory=dict)
    cascades: dict[str, Cascade] = field(default_factory=dict)
    trails: dict[str, Trail] = field(default_factory=dict)
    heads: list[str] = field(default_factory=list)
    head: str = ""

    def ladder(self, form: Form) -> Ladder:
        """Give what the next row of a form may hang from."""
        return self.ladders.setdefault(form.id, Ladder(form))


def read_section(work: Work, section: Section) -> None:
    """Read the rows of a section; one without heading may be the rest of the table before."""
    if section.head is None:
        rest = continued(section, work.layout) if work.layout is not None else None
        if rest is None:
            work.owner.pass_by(section)
            return
        section = rest
    layout = section.layout
    if layout is None:
        raise AssertionError("a section with rows has a layout")
    form = layout.form
    work.owner.enter(section, form)
    if work.filling is None or work.layout is None or work.layout.form is not form:
        work.filling = Filling()
    work.layout = layout
    _open_table(work, section, form)
    if not form.listed:
        _take_contexts(work, section, section.lines, form)
    work.problems += heading_findings(section, layout, work.owner.unit)
    if work.owner.from_sheet:
        work.problems.append(owner_finding(section, form, work.owner.unit))
    if form.cascade:
        _take_cascade(work, section, layout)
    elif form.listed:
        _take_lists(work, section, layout)
    else:
        _read_entries(work, section, layout)


def _take_cascade(work: Work, section: Section, layout: Layout) -> None:
    """Take a section's rows into the tree of its form, which pages only cut into pieces."""
    tree = work.cascades.setdefault(layout.form.id, Cascade(layout.form))
    columns = _columns(layout, work.year)
    for line, sort, filled in section.entries:
        if sort is Sort.DATA:
            place = Place(section.grid, line, layout.left, columns)
            take_row(tree, filled, layout, place, len(work.tables) - 1)


def _take_lists(work: Work, section: Section, layout: Layout) -> None:
    """Read a section's rows where one cell holds several, under what stands above the table."""
    form, owner = layout.form, work.owner.unit
    trail = work.trails.setdefault(f"{form.id}\x1f{owner}", Trail(form))
    columns = _columns(layout, work.year)

    def adding(line: int) -> Add:
        def add(row: Row, parent: int | None, own: Mapping[str, int], stamped: bool) -> int:
            place = Place(section.grid, line, layout.left, {**columns, **own})
            inner = row.kind == form.levels[-1].kind
            # An activity without targets is done or not: a milestone, unless it says otherwise.
            row = replace(row, measure="milestone" if inner else "heading")
            _add(work, row, owner, parent, place, stamped=stamped)
            work.tables[-1] = replace(work.tables[-1], rows=work.tables[-1].rows + inner)
            return len(work.rows) - 1

        return add

    take_details(trail, work.rows, section, adding)
    trail.prepare(section, layout)
    extras = Extras.of(section, layout)
    for line, sort, filled in section.entries:
        if sort is not Sort.DATA:
            continue
        take_listed(trail, work.rows, filled, layout, adding(line))
        index = len(work.rows) - 1
        place = Place(section.grid, line, layout.left, columns)
        loose = [at for at in extra_cells(dict(filled), layout) if at not in extras.columns]
        work.problems += extra_findings(work.rows[index], index, form, place, loose)
    work.problems += extras.findings(section, layout, owner)


def close_cascades(work: Work) -> None:
    """Give the rows of cascades, which only the whole document tells."""
    for tree in work.cascades.values():
        emitted, problems = emit(tree, len(work.rows))
        for one in emitted:
            _add(work, one.row, "", one.row.parent, one.place, stamped=one.whole)
            if one.row.kind == tree.form.levels[-1].kind:
                table = work.tables[one.table]
                work.tables[one.table] = replace(table, rows=table.rows + 1)
        work.problems += problems


def _open_table(work: Work, section: Section, form: Form) -> None:
    """Begin a table, unless this is the next page of the one before."""
    unit = work.owner.unit
    if section.head is not None:
        left = min(section.layout.slots) if section.layout is not None else 0
        work.head = section.grid.table.place(section.head.first, left)
    last = work.tables[-1] if work.tables else None
    if last is not None and (last.form, last.unit) == (form.id, unit):
        same_sheet = work.sheet == id(section.grid)
        if same_sheet or section.head is None or form.cascade:
            return
    if last is not None and form.unit == "title" and last.unit != unit:
        # Nothing of a unit hangs from another unit's rows.
        work.ladders.pop(form.id, None)
    work.sheet = id(section.grid)
    first = section.head.first if section.head is not None else section.entries[0][0]
    column = min(section.layout.slots) if section.layout is not None else 0
    work.tables.append(TableFound(section.grid.table.place(first, column), form.id, unit, 0))


def _read_entries(work: Work, section: Section, layout: Layout) -> None:
    extras = Extras.of(section, layout)
    labels = Labels.of((layout.form,))
    pending: list[Line] = []
    first = len(work.rows)
    for line, sort, filled in section.entries:
        if sort is Sort.OTHER:
            pending += lines_of(section.grid, line, filled, labels, {})
            continue
        if pending and work.owner.between(pending, layout.form):
            _open_table(work, section, layout.form)
            work.filling = Filling()
        _take_contexts(work, section, pending, layout.form)
        pending = []
        _read_row(work, section, layout, line, filled, extras)
    work.problems += extras.findings(section, layout, work.owner.unit)
    coded = (row.code for row in reversed(work.rows[first:]) if row.code)
    work.owner.code = next(coded, "")


def _read_row(
    work: Work, section: Section, layout: Layout, line: int, filled: Filled, extras: Extras
) -> None:
    form = layout.form
    if work.filling is None:
        raise AssertionError("rows are read inside a table")
    cells = work.filling.fill(section.grid, line, filled, layout)
    drafts, unit = read_cells(cells, layout, work.year)
    owner = work.owner.name(unit) if unit else work.owner.unit
    place = Place(section.grid, line, layout.left, _columns(layout, work.year))
    inner = drafts[form.levels[-1].kind]
    if form.ranked:
        row = ranked_row(inner, form)
        parent = work.ladder(form).hang(row, len(work.rows), work.rows)
    else:
        parent = _outer_rows(work, drafts, layout, owner, place)
        row = make_row(inner, form, form.levels[-1])
    if layout.numeric:
        row = replace(row, measure=measure_of(row))
    _add(work, row, owner, parent, place)
    work.above[f"{owner}\x1f{row.kind}"] = len(work.rows) - 1
    work.tables[-1] = replace(work.tables[-1], rows=work.tables[-1].rows + 1)
    index = len(work.rows) - 1
    work.problems += formula_findings(work.rows[index], index, form, place, filled)
    loose = [at for at in extra_cells(dict(filled), layout) if at not in extras.columns]
    work.problems += extra_findings(work.rows[index], index, form, place, loose)


def _take_contexts(work: Work, section: Section, lines: Sequence[Line], form: Form) -> None:
    """Take the rows that lines above a table name: an objective, once however often repeated."""
    ladder = work.ladder(form)
    for row, own in groupby(lines, key=lambda line: line.row):
        for named in contexts_in([line.text for line in own], form):
            index, parent = ladder.find(named)
            if index is None:
                index = len(work.rows)
                place = Place(section.grid, row, 0, {})
                _add(work, context_row(named, form), "", parent, place)
            ladder.enter(named, index)


def _columns(layout: Layout, year: int) -> dict[str, int]:
    """Give the raw column of each field and period of the innermost level."""
    return {
        slot.place(year): at
        for at, slot in sorted(
            layout.slots.items(), key=lambda entry: bool(entry[1].column.level), reverse=True
        )
    }


def _outer_rows(
    work: Work, drafts: Mapping[str, Draft], layout: Layout, owner: str, place: Place
) -> int | None:
    """Give the row above this one, making the rows of outer levels that are new."""
    form, parent = layout.form, None
    for level in form.levels[:-1]:
        draft = drafts[level.kind]
        if not draft.published:
            parent = _above(work, form, level.kind, owner, same=True)
            continue
        row = make_row(draft, form, level)
        key = (form.id, owner, level.kind, plain_words(row.code), plain_words(row.text))
        if key not in work.parents:
            _add(work, row, owner, parent, replace(place, columns=draft.columns))
            work.parents[key] = len(work.rows) - 1
        parent = work.parents[key]
        work.above[f"{owner}\x1f{level.kind}"] = parent
    return parent


def _above(work: Work, form: Form, kind: str, owner: str, *, same: bool = False) -> int | None:
    """Give the last row of the levels over a kind (or of that kind) in a unit."""
    kinds = [level.kind for level in form.levels]
    end = kinds.index(kind) + (1 if same else 0)
    found = [work.above.get(f"{owner}\x1f{name}") for name in kinds[:end]]
    return max((index for index in found if index is not None), default=None)


def own_blocks(work: Work, forms: Sequence[Form]) -> None:
    """Give the rows of forms without titles their units, and each unit's rows a table."""
    for form in forms:
        if form.unit != "rows":
            continue
        units = units_of(work.rows, form)
        for at, unit in units.items():
            work.rows[at] = replace(work.rows[at], unit=unit)
        work.tables = [table for table in work.tables if table.form != form.id]
        work.tables += _unit_tables(work, form, units)
    work.problems = [
        problem if problem.row is None else replace(problem, unit=work.rows[problem.row].unit)
        for problem in work.problems
    ]


def _unit_tables(work: Work, form: Form, units: Mapping[int, str]) -> list[TableFound]:
    tables: list[TableFound] = []
    for at, unit in sorted(units.items()):
        if not tables or tables[-1].unit != unit:
            tables.append(TableFound(work.heads[at], form.id, unit, 0))
        inner = work.rows[at].kind == form.levels[-1].kind
        tables[-1] = replace(tables[-1], rows=tables[-1].rows + inner)
    return tables


def _add(
    work: Work, row: Row, owner: str, parent: int | None, place: Place, *, stamped: bool = True
) -> None:
    name = place.grid.table.name
    stamp = work.raw.stamp.sheets.get(name) if work.raw.stamp is not None else None
    item = stamp.rows.get(place.line + 1, "") if stamp is not None and stamped else ""
    owned = work.layout is not None and work.layout.form.unit != "none"
    area = work.owner.area if owned else ""
    where = place.of("")
    work.rows.append(replace(row, unit=owner, area=area, parent=parent, where=where, item=item))
    work.places.append(place)
    work.heads.append(work.head)
