"""Recognition: the tables of a form in messy raw tables become rows and problems.

Headings are known by their words, periods and shapes, rows by their codes and figures, units by
the titles above; never by where they stand.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from quipu.domain.errors import InputError
from quipu.domain.problem import Problem
from quipu.forms.checks import CHECKS, asked_for, run_checks
from quipu.forms.checks.together import WHOLE
from quipu.forms.corrections import Correction, HeadingFound, headings
from quipu.forms.definition import Form
from quipu.forms.raw import RawFile
from quipu.forms.reading import Reading
from quipu.forms.recognise_body import Layout
from quipu.forms.recognise_columns import Wording
from quipu.forms.recognise_headings import Head
from quipu.forms.recognise_periods import years_in
from quipu.forms.recognise_sections import Section, common_lines, cut
from quipu.forms.recognise_tables import Work, close_cascades, own_blocks, read_section
from quipu.forms.recognise_titles import is_letterhead, state_in, years_above
from quipu.forms.recognise_units import Owner
from quipu.forms.recognise_words import clean, plain_words

MOST_ROWS = 20_000
"""Rows with anything in them, of all tables of a file: no institution's plan has as many."""
LONGEST_CELL = 32_767
"""Letters that a workbook's cell can hold."""


def recognise(
    raw: RawFile,
    forms: Sequence[Form],
    *,
    year: int | None,
    corrections: Sequence[Correction] = (),
) -> Reading:
    """Find the tables of the forms in a file, and read their rows.

    Of several forms the one whose columns fit best is taken for each table. Without `year`, the
    document's titles must name it. Raises `InputError("no-table-of-form")` with `file` and `form`
    when there is no table, `year-needed` with `file` when months have no year,
    `file-too-large-inside` when the file holds more than a plan can be. `corrections` are what a
    person says of headings.
    """
    _bounded(raw)
    header: dict[str, str] = {}
    sections = cut(raw, [Wording.of(form) for form in forms], header, corrections)
    if all(section.head is None for section in sections):
        raise InputError("no-table-of-form", file=raw.name, form=_names(forms))
    known = year if year is not None else next(iter(_years(raw, sections, forms)), None)
    if known is None and any(_needs_year(section) for section in sections):
        raise InputError("year-needed", file=raw.name)
    _title(sections, forms, header)
    work = Work(raw, Owner(forms, common_lines(sections)), known or 1)
    for section in sections:
        read_section(work, section)
    close_cascades(work)
    own_blocks(work, forms)
    if not work.rows:
        raise InputError("no-table-of-form", file=raw.name, form=_names(forms))
    work.problems += _year_differs(sections, forms, year)
    return Reading(
        tables=tuple(table for table in work.tables if table.rows),
        rows=tuple(work.rows),
        problems=tuple(_problems(work, forms, header)),
        header=header,
        year=known,
    )


def _bounded(raw: RawFile) -> None:
    """Refuse what is no plan before any time is spent on it."""
    rows = sum(1 for table in raw.tables for row in table.rows if row)
    cells = (cell for table in raw.tables for row in table.rows for cell in row)
    if rows > MOST_ROWS or any(len(cell.text) > LONGEST_CELL for cell in cells):
        raise InputError("file-too-large-inside", file=raw.name)


def headings_in(
    raw: RawFile, forms: Sequence[Form], corrections: Sequence[Correction] = ()
) -> tuple[HeadingFound, ...]:
    """Give the headings of a file with the forms' columns laid over them, and likely others.

    Raises `InputError("file-too-large-inside")` like `recognise`.
    """
    _bounded(raw)
    wordings = [Wording.of(form) for form in forms]
    numbers = {id(table): number for number, table in enumerate(raw.tables)}
    found = [
        (numbers[id(one.grid.table)], one.grid, _chosen(one.head, one.layout), one.layout.slots)
        for one in cut(raw, wordings, {}, corrections)
        if one.head is not None and one.layout is not None
    ]
    return headings(raw, found, wordings, corrections)


def _chosen(head: Head, layout: Layout) -> Head:
    """Give a heading with the form that was taken of several that fit."""
    fits = (head.fit, *head.rivals)
    return replace(head, fit=next(one for one in fits if one.form.id == layout.form.id))


def _names(forms: Sequence[Form]) -> str:
    """Name the forms as a person asks for them: one by its id, several by their institution."""
    if len(forms) == 1:
        return forms[0].id
    return ", ".join(sorted({form.id.partition("/")[0] for form in forms}))


def _needs_year(section: Section) -> bool:
    head = section.head
    if head is None:
        return False
    return any(slot.column.periods not in (None, "year") for slot in head.fit.slots.values())


def _years(raw: RawFile, sections: Sequence[Section], forms: Sequence[Form]) -> list[int]:
    """Give the years that the document names, the likeliest first."""
    lines = (line for section in sections for line in section.lines)
    titles = Counter(number for number, _ in years_above(lines, forms))
    heads = Counter(
        number
        for section in sections
        if section.head is not None and _needs_year(section)
        for number in section.head.years
    )
    texts = (raw.name, *(table.name for table in raw.tables))
    names = [number for text in texts for number in years_in(text)]
    order = [*(n for n, _ in titles.most_common()), *(n for n, _ in heads.most_common()), *names]
    return list(dict.fromkeys(order))


def _title(sections: Iterable[Section], forms: Sequence[Form], header: dict[str, str]) -> None:
    """Keep the document's own title: the letterhead line that names the year, and its state."""
    for section in sections:
        for line in section.lines:
            own = next((form for form in forms if is_letterhead(line.text, form)), None)
            if own is None:
                continue
            state = state_in(line.text, own)
            if state:
                header.setdefault("state", state)
            if years_in(line.text):
                header.setdefault("title", _without(line.text, state))


def _without(text: str, state: str) -> str:
    """Give a title without the words of the plan's state, which will change."""
    count = len(plain_words(state).split())
    words = clean(text).split(" ")
    for at in range(len(words) - count + 1 if count else 0):
        if plain_words(" ".join(words[at : at + count])) == plain_words(state):
            return " ".join([*words[:at], *words[at + count :]]).strip(" -–—:")
    return text


def _year_differs(
    sections: Sequence[Section], forms: Sequence[Form], year: int | None
) -> Iterable[Problem]:
    """Say once that the titles name another year than the one asked for."""
    found = [
        (number, section.grid.table.place(line.row, 0), line.text)
        for section in sections
        for number, line in years_above(section.lines, forms)
    ]
    if found and year is not None and all(number != year for number, _, _ in found):
        number, where, text = found[0]
        asked = asked_for("year-differs", forms[0])
        params = {"named": number, "year": year}
        yield Problem(asked.name, asked.severity, where, value=text, params=params)


def _problems(work: Work, forms: Sequence[Form], header: dict[str, str]) -> list[Problem]:
    """Give all findings in the order of the rows, each with the place of its cell."""
    by_id = {form.id: form for form in forms}
    # A column that is not there is missing once, not in its rows.
    absent = {(one.unit, one.target) for one in work.problems if one.check == "column-missing"}
    checked = [
        replace(problem, where=work.places[problem.row].of(problem.target))
        if problem.row is not None
        else problem
        for problem in run_checks(work.rows, by_id, header=header)
        if problem.variant != WHOLE or (problem.unit, problem.target) not in absent
    ]
    rank = {name: place for place, name in enumerate(CHECKS)}
    found = [*work.problems, *checked]
    return sorted(found, key=lambda p: (-1 if p.row is None else p.row, rank[p.check], p.target))
