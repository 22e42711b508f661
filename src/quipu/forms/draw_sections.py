"""Parts of sections that are made of the plan's rows, or drawn as a table."""

from collections.abc import Callable, Mapping
from itertools import zip_longest

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.outline import plan_rows
from quipu.forms.document import Cell, Run, Sheet, SheetColumn, SheetRow
from quipu.forms.draw_words import fill_title
from quipu.forms.section_text import paragraphs
from quipu.forms.template import Section, SectionPart, Template, section_id

Fact = Callable[[str, str], str]
"""Gives a text of an item by its field, as the view prints it."""


def item_lines(section: Section, template: Template, facts: Facts, plan: str) -> str:
    """List the rows that a section names, while nobody wrote its text: `- AE 1.1.1 …`."""
    if not section.rows:
        return ""
    [form] = template.form_ids(section)
    year = facts.number(plan, "year")
    rows = [
        item
        for items in plan_rows(facts, plan).values()
        for item in items
        if facts.text(item, "form") == form
        and facts.text(item, "kind") == section.rows
        and (not section.marked or facts.value(item, "target", str(year or "")))
    ]
    lines = (f"{facts.text(row, 'code')} {facts.text(row, 'text')}".strip() for row in rows)
    return "\n".join(f"- {line}" for line in lines)


def swot_sheet(
    section: Section, plan: str, fact: Fact, places: Mapping[str, str]
) -> tuple[Sheet, ...]:
    """Draw four lists as a table of two by two: strengths beside opportunities (S1-03)."""
    rows: list[SheetRow] = []
    empty = True
    for first, second in zip_longest(section.parts[::2], section.parts[1::2]):
        pair = [part for part in (first, second) if part is not None]
        heads, lists = [], []
        for part in pair:
            item = section_id(plan, f"{section.key}/{part.key}")
            heads.append(_head(part, fact(item, "title"), places))
            text = fact(item, "text")
            empty = empty and not text
            lists.append(_list(text, Address(item, "text")))
        rows += [SheetRow("group", tuple(heads)), SheetRow("row", tuple(lists))]
    if empty:
        return ()
    name = fill_title(section.title, **places)
    return (Sheet(name, "", (SheetColumn(1), SheetColumn(1)), tuple(rows), header_rows=0),)


def _head(part: SectionPart, written: str, places: Mapping[str, str]) -> Cell:
    return Cell(written or fill_title(part.title, **places), "group", align="center")


def _list(text: str, address: Address) -> Cell:
    runs: list[Run] = []
    for paragraph in paragraphs(text):
        if runs:
            runs.append(Run("\n"))
        runs += [Run(f"{paragraph.marker} " if paragraph.marker else ""), *paragraph.runs]
    kept = tuple(run for run in runs if run.text)
    return Cell("".join(run.text for run in kept), "text", address=address, runs=kept)
