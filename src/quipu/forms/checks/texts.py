"""The words of a row: what is missing, said twice, or spelled in several ways."""

import re
from collections.abc import Iterator

from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.forms.checks.figures import shown
from quipu.forms.checks.info import Asked, Check, Numbered, Table, by_unit, finding
from quipu.forms.checks.shifts import shifted
from quipu.forms.definition import Form
from quipu.forms.numbers import read_number
from quipu.forms.recognise_words import plain_words, stems

_HUNDRED = re.compile(r"\b100 ?%")


def missing_field(field: str) -> Check:
    """Make the check that finds rows without a field that their form prints (S1-13)."""

    def check(table: Table, asked: Asked) -> Iterator[Problem]:
        for numbered in table.rows:
            row = numbered[1]
            if _prints(table.form, row, field) and not row.fields.get(field, "").strip():
                yield finding(asked, numbered, target=field)

    return check


def _prints(form: Form, row: Row, field: str) -> bool:
    lines = {context.level for context in form.contexts}
    shared = form.ranked and row.kind not in lines
    return any(
        column.field == field
        and (form.level(column.level).kind == row.kind or (shared and not column.level))
        for column in form.columns
    )


def text_missing(table: Table, asked: Asked) -> Iterator[Problem]:
    """A row has no text of its own: what should be done is not said."""
    for numbered in table.rows:
        if not numbered[1].text.strip():
            yield finding(asked, numbered, target="text")


def targets_missing(table: Table, asked: Asked) -> Iterator[Problem]:
    """A row of the innermost level has neither targets nor a total, and no parts that have."""
    whole = {row.parent for _, row in table.whole.rows}
    for numbered in table.rows:
        index, row = numbered
        numbers = table.figures.get(index)
        if numbers is None or row.kind != table.form.levels[-1].kind or index in whole:
            continue
        if numbers.values or numbers.unreadable or numbers.total_malformed:
            continue
        if numbers.total is None:
            yield finding(asked, numbered)


def duplicate_activity(table: Table, asked: Asked) -> Iterator[Problem]:
    """Two rows of one unit say the same (S1-11); of the whole plan where the form asks (S2-11)."""
    if asked.params.get("across") == "plan":
        yield from _said_twice(table, asked)
        return
    for group in by_unit(table.rows):
        seen: dict[str, Numbered] = {}
        for numbered in group:
            row = numbered[1]
            key = plain_words(row.text)
            first = seen.setdefault(key, numbered) if key else numbered
            if first is not numbered:
                before = first[1]
                yield finding(
                    asked,
                    numbered,
                    target="text",
                    variant="" if row.code and before.code else "uncoded",
                    value=row.text,
                    first=before.code,
                )


def _said_twice(table: Table, asked: Asked) -> Iterator[Problem]:
    """Find texts that other rows of the plan have too, headings and objectives apart.

    A row may only repeat the row that it hangs from; elsewhere the unit tells the two apart.
    """
    apart = {context.level for context in table.form.contexts}
    apart |= {level.kind for level in table.form.levels if level.heading}
    seen: dict[str, Numbered] = {}
    for numbered in table.rows:
        row = numbered[1]
        key = plain_words(row.text)
        if not key or row.kind in apart:
            continue
        first = seen.setdefault(key, numbered)
        if first is not numbered:
            yield finding(
                asked,
                numbered,
                target="text",
                variant="parent" if row.parent == first[0] else "plan",
                value=row.text,
                first=first[1].code or first[1].where,
                first_unit=first[1].unit,
            )


def measure_spelling(table: Table, asked: Asked) -> Iterator[Problem]:
    """A unit of measure is spelled otherwise than in the catalogue or in most rows (S1-12)."""
    usual = table.whole.spellings
    for numbered in table.rows:
        printed = numbered[1].fields.get("unit_of_measure", "").strip()
        known = table.form.spellings.get(printed.casefold())
        better = known or usual.get(stems(printed), printed)
        if printed and better != printed:
            yield finding(asked, numbered, target="unit_of_measure", value=printed, proposal=better)


def thousands_mixed(table: Table, asked: Asked) -> Iterator[Problem]:
    """A table writes thousands without the mark that it or the document elsewhere uses (S1-20)."""
    bare = _thousands(table.rows, table.form, grouped=False)
    first = next(bare, None)
    if first is None:
        return
    marked = next(_thousands(table.rows, table.form, grouped=True), None)
    variant = ""
    if marked is None:
        variant = "document"
        marked = next(_thousands(table.whole.rows, table.form, grouped=True), None)
    if marked is not None:
        numbered, place, text = first
        value = read_number(text, table.form.numbers).value
        yield finding(
            asked,
            numbered,
            target=place,
            variant=variant,
            value=text,
            grouped=marked[2],
            proper=shown(value, table.form) if value is not None else text,
            count=1 + sum(1 for _ in bare),
        )


def _thousands(
    rows: tuple[Numbered, ...], form: Form, *, grouped: bool
) -> Iterator[tuple[Numbered, str, str]]:
    """Give the numbers from a thousand up that are written with, or without, a mark."""
    for numbered in rows:
        row = numbered[1]
        for place in (*row.targets, "total"):
            text = row.published.get(place, "")
            reading = read_number(text, form.numbers)
            if reading.value is not None and reading.value >= 1000 and reading.grouped is grouped:
                yield numbered, place, text


def demand_spread(table: Table, asked: Asked) -> Iterator[Problem]:
    """Percentages spread over the year stand for a demand that is attended as it comes (S1-19)."""
    for numbered in table.rows:
        row = numbered[1]
        numbers = table.figures.get(numbered[0])
        if numbers is None or shifted(row, table.form) is not None:
            continue
        stated = any(_HUNDRED.search(text) for text in (row.text, row.fields.get("product", "")))
        if stated and numbers.values:
            yield finding(asked, numbered, variant="stated")
        elif numbers.spread and numbers.sum == 1 and len(numbers.values) > 1:
            yield finding(asked, numbered)
