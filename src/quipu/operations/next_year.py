"""The plan of another year, begun as a copy of this one (X-7)."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.identity import derive_id, plan_id
from quipu.domain.next_year import NewPlan, Targets, copy_plan, one_off_rows
from quipu.forms.template import section_id
from quipu.operations.finding import find_plan
from quipu.operations.gesture import centre_only, read_bytes, write_many
from quipu.operations.house import House
from quipu.operations.methods import pinned
from quipu.operations.outcome import Outcome
from quipu.operations.sections import typed_text

_FIRST, _LAST = 1900, 2200


@dataclass(frozen=True, slots=True)
class NextYear:
    """A plan that was begun as a copy.

    `rows` counts its rows; `dropped` are the rows of the old plan that were left out, `unused` old
    codes of the table that fitted no row.
    """

    plan: str
    origin: str
    rows: int
    dropped: tuple[str, ...]
    unused: tuple[str, ...]
    outcome: Outcome


def next_year(
    house: House,
    *,
    year: int,
    plan: str = "",
    targets: Targets = "empty",
    codes: Mapping[str, str] | None = None,
    keep_one_off: bool = False,
    author: str,
) -> NextYear:
    """Copy a plan to a year in which there is none of its kind yet, as one gesture; at the centre.

    The copy is a draft, in which units propose; its forms are those that are known now. Rows that
    promise something once are left out unless `keep_one_off`; the activities of a weighted
    programme, which are all such, stay. Raises `InputError` `plan-unknown`, `plan-missing`,
    `year-odd` (year) or `plan-exists` (year, plan).
    """
    centre_only(house)
    facts = house.facts()
    old = find_plan(facts, plan=plan)
    new = _new_plan(house, facts, old, year)
    item = new.item
    dropped = () if keep_one_off else tuple(_one_off(house, facts, old))

    def new_item(origin: str) -> str:
        if facts.text(origin, "kind") == "section":
            return section_id(item, facts.text(origin, "name"))
        return derive_id("next-year", item, origin)

    copied = copy_plan(
        facts, old, new, targets=targets, codes=codes or {}, dropped=dropped, new_item=new_item
    )
    outcome = write_many(
        house, copied.entries, facts=facts, author=author, created=(item, *copied.rows.values())
    )
    return NextYear(item, old, len(copied.rows), copied.dropped, copied.unused, outcome)


def _new_plan(house: House, facts: Facts, old: str, year: int) -> NewPlan:
    if not _FIRST <= year <= _LAST:
        raise InputError("year-odd", year=year)
    family = facts.text(old, "form")
    item = plan_id(house.dataset, family, year)
    if facts.text(item, "kind") and not facts.flag(item, "deleted"):
        raise InputError("plan-exists", year=year, plan=facts.text(item, "name"))
    return NewPlan(item, f"{family.upper()} {year}", year, _pins(house, facts, old))


def read_codes(file: Path) -> dict[str, str]:
    """Read a table of old and new codes, one pair a line, by comma, semicolon or tab.

    Raises `InputError` `file-missing`, `file-unreadable`, `file-not-table`, or `codes-line` (file,
    line) for a line that is no pair, or whose old code was there before.
    """
    text = typed_text(read_bytes(file), file.name)
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        mark = next((one for one in "\t;," if one in line), ",")
        cells = [cell.strip() for cell in next(csv.reader([line], delimiter=mark))]
        if len(cells) != 2 or not all(cells) or cells[0] in found:
            raise InputError("codes-line", file=file, line=number)
        found[cells[0]] = cells[1]
    return found


def _one_off(house: House, facts: Facts, plan: str) -> list[str]:
    """Give what is promised once, without the activities that make up a weighted programme."""
    forms = house.forms
    listed = {name for name, form in forms.items() if form.listed}
    return [row for row in one_off_rows(facts, plan) if facts.text(row, "form") not in listed]


def _pins(house: House, facts: Facts, plan: str) -> dict[str, str]:
    """Give the forms and the method that the new plan is made with: those known now."""
    lines = {line.partition(" ")[0]: line for line in facts.text(plan, "form_version").splitlines()}
    for name in lines:
        form = house.forms.get(name)
        if form is not None:
            lines[name] = f"{name} {form.version} {form.digest}"
    pins = {"form_version": "\n".join(lines[name] for name in sorted(lines))}
    method = pinned(house, set(lines))
    return pins | ({"method": method} if method is not None else {})
