"""Whose table is it? The unit and area of each section, from titles, codes or the sheet's name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quipu.forms.definition import Form
from quipu.forms.recognise_body import Sort
from quipu.forms.recognise_lists import unit_labelled
from quipu.forms.recognise_sections import Section
from quipu.forms.recognise_titles import Line, area_in, looks_like_unit, unit_in
from quipu.forms.recognise_words import clean, plain_words

_COPY = re.compile(r"[\s_-]*(?:\(?\d{1,2}\)?|\(?cont\w*\.?\)?)\s*$", re.IGNORECASE)
_LAST_NUMBER = re.compile(r"(.*?)(\d+)\D*")
_EXTENSION = re.compile(r"\.[A-Za-z]{2,4}$")


@dataclass(slots=True)
class Owner:
    """The unit and area that rows belong to as reading goes on, and where the unit was found.

    `names` keep the first spelling of each; `from_sheet` says that only the sheet names the unit.
    """

    forms: Sequence[Form]
    common: frozenset[str]
    unit: str = ""
    area: str = ""
    sheet: str = ""
    grid: int = 0
    code: str = ""
    form: str = ""
    from_sheet: bool = False
    names: dict[str, str] = field(default_factory=dict)

    def name(self, text: str) -> str:
        """Give the first spelling of a unit or area that is written in several ways."""
        return self.names.setdefault(plain_words(text), text)

    def pass_by(self, section: Section) -> None:
        """Take notice of a section without table: a divider names the area of what follows."""
        area = area_in(section.lines, self.forms)
        if area:
            self.area = self.name(area)

    def enter(self, section: Section, form: Form) -> None:
        """Find the owner of a section's table."""
        area = area_in(section.lines, self.forms, form)
        if area:
            self.area = self.name(area)
        self.from_sheet = False
        if form.unit == "title":
            self._find_unit(section, form)
        else:
            self.unit = ""
        self.sheet = section.grid.table.name
        self.grid = id(section.grid)
        self.form = form.id

    def _find_unit(self, section: Section, form: Form) -> None:
        named = unit_labelled(section, form) or unit_in(section.lines, form, self.common)
        named = named or unit_in(section.lines, form, frozenset())
        if not named:
            opening = [line for line in section.opening if looks_like_unit(line, form, self.common)]
            named = unit_in(opening, form, self.common)
        if named:
            self.unit = self.name(named)
        elif not self.unit or not self._goes_on(section):
            self.unit = self.name(clean(_EXTENSION.sub("", section.grid.table.name)))
            self.from_sheet = True

    def _goes_on(self, section: Section) -> bool:
        """Tell whether a table without title continues the one before."""
        if self.grid == id(section.grid) or section.head is None:
            return True
        sheet = section.grid.table.name
        if plain_words(_COPY.sub("", sheet)) == plain_words(_COPY.sub("", self.sheet)):
            return True
        return follows(self.code, first_code(section))

    def between(self, lines: Sequence[Line], form: Form) -> bool:
        """Take notice of lines between rows; tells whether another unit begins."""
        area = area_in(lines, self.forms, form)
        if area:
            self.area = self.name(area)
        if form.unit != "title":
            return False
        titles = [line for line in lines if looks_like_unit(line, form, self.common)]
        named = unit_in(titles[-1:], form, self.common)
        changed = bool(named) and plain_words(named) != plain_words(self.unit)
        if changed:
            self.unit = self.name(named)
        return changed


def first_code(section: Section) -> str:
    """Give the code of a section's first row, `""` when there is none."""
    layout = section.layout
    first = next((entry for entry in section.entries if entry[1] is Sort.DATA), None)
    if layout is None or layout.code is None or first is None:
        return ""
    return section.grid.text(first[0], layout.code)


def follows(before: str, after: str) -> bool:
    """Tell whether a code is the next of another: 1.8 and 1.9."""
    one, two = _LAST_NUMBER.fullmatch(before), _LAST_NUMBER.fullmatch(after)
    if one is None or two is None:
        return False
    stem = plain_words(one.group(1)) == plain_words(two.group(1))
    return stem and int(two.group(2)) == int(one.group(2)) + 1
