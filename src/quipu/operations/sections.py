"""The texts of a whole document: read from a file, put by a person, and listed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from quipu import settings
from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.identity import plan_id
from quipu.domain.period import Period
from quipu.domain.problem import Problem
from quipu.domain.value import PUBLISHED
from quipu.files.reader import read_file
from quipu.files.text import decode, read_text
from quipu.forms.language import load_templates
from quipu.forms.numbers import read_number
from quipu.forms.recognise_document import SectionsRead, read_sections
from quipu.forms.template import Section, Template, section_id, section_keys
from quipu.operations.cells import UnreadableText, read_cell
from quipu.operations.finding import find_plan
from quipu.operations.gesture import Entry, centre_only, writable, write
from quipu.operations.house import House
from quipu.operations.loading_said import Said
from quipu.operations.outcome import Outcome

_AMOUNT = re.compile(r"(?:US)?[$₡]\s?(?P<n>[\d.,]*\d)(?:\s(?P<word>mil(?:lones|lón)?)\b)?", re.I)
_EXAMPLES = {
    "month": "2024-07",
    "quarter": "2024-Q3",
    "semester": "2024-S1",
    "year": "2024",
    "span": "2024/2027",
}
_TIMES = {"mil": 10**3, "millón": 10**6, "millones": 10**6}


@dataclass(frozen=True, slots=True)
class SectionText:
    """One text of a document as it stands now: what the window and the commands list.

    `key` is the section's, or `section/part` for a list of four; `written` is whether the text
    came from a document or a person.
    """

    key: str
    item: str
    kind: str
    level: int
    title: str
    text: str

    @property
    def written(self) -> bool:
        """Whether it has a text of its own."""
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class DocumentLoaded:
    """What loading a document's texts did; counts as in `loading.Loaded`."""

    plan: str
    sections: tuple[SectionText, ...]
    stored: int
    already: int
    problems: tuple[Problem, ...]
    outcome: Outcome


def available_templates(folder: Path | None = None) -> dict[str, Template]:
    """Give the documents by id: the program's, and a workspace's own over them."""
    known = load_templates(settings.forms_dir())
    own = folder / "forms" if folder is not None else None
    if own is not None and own.is_dir():
        known |= load_templates(own)
    return known


def find_template(folder: Path | None, name: str) -> Template | None:
    """Give the document of an id, `None` where it is a form's or nobody's."""
    if "/" not in name:
        return None
    return available_templates(folder).get(name.strip().strip("/"))


def _template(house: House, name: str) -> Template:
    found = available_templates(house.folder)
    template = found.get(name.strip().strip("/"))
    if template is None:
        raise InputError("document-unknown", document=name, known=", ".join(sorted(found)))
    return template


def sections(house: House, *, document: str, plan: str = "", period: str = "") -> list[SectionText]:
    """List a document's texts in their order, those that nobody wrote yet too.

    A document of periods has texts of each. Raises `InputError` `document-unknown`,
    `document-period` or `plan-missing`.
    """
    template, facts = _template(house, document), house.facts()
    when = document_period(template, period)
    return list(_listed(template, facts, find_plan(facts, plan=plan, period=when), when))


def _listed(template: Template, facts: Facts, plan: str, period: str = "") -> list[SectionText]:
    found = []
    for section in template.sections:
        parts = {f"{section.key}/{part.key}": part.title for part in section.parts}
        for key in section_keys(section):
            item = section_id(plan, key, period)
            title = facts.text(item, "title") or parts.get(key, section.title)
            level = section.level + (key in parts)
            text = facts.text(item, "text")
            found.append(SectionText(key, item, section.kind, level, title, text))
    return found


def set_section_text(
    house: House,
    *,
    document: str,
    section: str,
    text: str | None = None,
    title: str | None = None,
    plan: str = "",
    period: str = "",
    author: str,
) -> Outcome:
    """Put a section's text or title, in a document of periods those of one; blank empties it.

    Raises `InputError` `document-unknown`, `document-period`, `section-unknown` (section, known),
    `value-missing` without either, or `text-too-long`.
    """
    centre_only(house)
    template, facts = _template(house, document), house.facts()
    when = document_period(template, period)
    where = find_plan(facts, plan=plan, period=when)
    keys = _keys(template)
    if section not in keys:
        raise InputError("section-unknown", section=section, known=", ".join(keys))
    if text is None and title is None:
        raise InputError("value-missing")
    item = section_id(where, section, when)
    entries: list[Entry] = list(_birth(where, keys, section, when).items())
    for name, value in (("text", text), ("title", title)):
        if value is not None:
            entries.append((Address(item, name), _typed(name, value)))
    return write(house, entries, facts=facts, author=author)


def typed_text(content: bytes, name: str) -> str:
    """Give the text of a file's bytes in whichever encoding; raises `file-not-table` for none."""
    return decode(content, name).replace("\r\n", "\n")


def document_period(template: Template, period: str) -> str:
    """Give the period of a document that has one, `""` for others.

    Raises `InputError("document-period", document, kinds)` where a period of its kind is missing.
    """
    if not template.periods:
        return ""
    try:
        when = Period.parse(period.upper())
    except ValueError:
        when = None
    if when is None or when.kind not in template.periods:
        kinds = ", ".join(_EXAMPLES[kind] for kind in template.periods)
        raise InputError("document-period", document=template.id, period=period, kinds=kinds)
    return str(when)


def _keys(template: Template) -> list[str]:
    return [key for section in template.sections for key in section_keys(section)]


def _birth(
    plan: str, keys: list[str], key: str, period: str = ""
) -> Mapping[Address, str | Decimal]:
    item = section_id(plan, key, period)
    return {
        Address(item, "kind"): "section",
        Address(item, "plan"): plan,
        Address(item, "name"): f"{key}@{period}" if period else key,
        Address(item, "order"): Decimal(keys.index(key) + 1),
    }


def _typed(name: str, text: str) -> str | None:
    try:
        value = read_cell(name, text, "1,234.5")
    except UnreadableText as mistake:
        raise InputError(mistake.code, **mistake.params) from None
    return value if isinstance(value, str) else None


def load_document(
    house: House,
    *,
    file: Path | None = None,
    text: str | None = None,
    name: str = "",
    document: str,
    year: int | None = None,
    author: str,
) -> DocumentLoaded:
    """Read a document's texts and store them as the sections of its year's plan, at the centre.

    Tables are not read here: `loading.load_plan` does that with the same file. Loading again
    stores only what changed, never over what a person wrote since. Raises `InputError` of
    reading, `no-section-found`, `year-missing`, `source-choice`, `text-too-long`.
    """
    centre_only(house)
    writable(house)
    template = _template(house, document)
    if (file is None) == (text is None):
        raise InputError("source-choice")
    raw = read_file(file) if file is not None else read_text(text or "", name)
    facts = house.facts()
    institution = facts.text(house.dataset, "name")
    read = read_sections(raw, template, institution=institution, stops=_stops(house, template))
    said = Said(facts)
    plan = _take(house, said, template, read, year)
    outcome = write(house, said.writes.items(), facts=facts, author=author)
    after = facts.with_changes(said.writes.items())
    listed = tuple(one for one in _listed(template, after, plan) if one.key in read.texts)
    problems = tuple(_left_out(place, words) for place, words in read.left_out)
    outcome = replace(outcome, problems=problems)
    return DocumentLoaded(plan, listed, outcome.changed, said.stored_before, problems, outcome)


def _take(
    house: House, said: Said, template: Template, read: SectionsRead, year: int | None
) -> str:
    """Take all that a document says, and give the item of its plan."""
    when = year or read.year or _only_year(said.facts)
    if when is None:
        raise InputError("year-missing")
    plan = _take_plan(house, said, template, when)
    _take_cover(said, template, plan, read)
    _take_texts(said, template, plan, read)
    for address, value in list(said.writes.items()):
        if isinstance(value, str):
            said.writes[address] = _typed("text", value)
    return plan


def _left_out(place: str, words: str) -> Problem:
    return Problem("text-left-out", "info", place, value=words)


def _only_year(facts: Facts) -> int | None:
    years = {facts.number(plan, "year") for plan in facts.of_kind("plan")} - {None}
    return int(next(iter(years)) or 0) if len(years) == 1 else None


def _stops(house: House, template: Template) -> list[str]:
    """Give the titles that stand over tables of the document's forms."""
    names = {name for section in template.sections for name in template.form_ids(section)}
    titles = (house.forms[name].heading.unit for name in names if name in house.forms)
    return [title for title in titles if title and "{" not in title]


def _take_plan(house: House, said: Said, template: Template, year: int) -> str:
    plan = plan_id(house.dataset, template.family, year)
    said.once(Address(plan, "kind"), "plan")
    said.once(Address(plan, "name"), f"{template.family.upper()} {year}")
    said.once(Address(plan, "year"), Decimal(year))
    said.once(Address(plan, "institution"), house.dataset)
    said.once(Address(plan, "form"), template.family)
    said.once(Address(plan, "state"), "approved")
    return plan


def _take_cover(said: Said, template: Template, plan: str, read: SectionsRead) -> None:
    signed = {one.field for one in template.signatures}
    for name, text in read.cover.fields.items():
        # What the tables' own heading says of the plan was read with more care.
        said.name(Address(plan, name), Address(plan, name + PUBLISHED))
        if name in signed or said.stored(Address(plan, name + PUBLISHED)) is None:
            said.twin(plan, name, text)
    cover = next((one for one in template.sections if one.kind == "cover"), None)
    if cover is not None and read.cover.lines:
        _take_text(said, template, plan, cover.key, "\n".join(read.cover.lines))


def _take_texts(said: Said, template: Template, plan: str, read: SectionsRead) -> None:
    by_key = {section.key: section for section in template.sections}
    for key, text in read.texts.items():
        _take_text(said, template, plan, key, text, title=read.titles.get(key, ""))
        section = by_key.get(key)
        if section is not None and section.field:
            _take_amount(said, section, plan, text)


def _take_text(
    said: Said, template: Template, plan: str, key: str, text: str, *, title: str = ""
) -> None:
    for address, value in _birth(plan, _keys(template), key).items():
        said.once(address, value)
    item = section_id(plan, key)
    said.twin(item, "text", text)
    if title:
        said.twin(item, "title", title)


def _take_amount(said: Said, section: Section, plan: str, text: str) -> None:
    """Take the one amount of money that a text tells as a number of the plan."""
    found = list(_AMOUNT.finditer(text))
    value = _amount(found[0]) if len(found) == 1 else None
    if value is None:
        return
    working, published = Address(plan, section.field), Address(plan, section.field + PUBLISHED)
    printed = _AMOUNT.fullmatch(str(said.stored(published) or ""))
    # A number that somebody put since stays.
    if said.stored(working) in (None, _amount(printed) if printed else None):
        said.put(working, value)
    said.name(working)
    said.put(published, found[0][0])


def _amount(found: re.Match[str]) -> Decimal | None:
    number = read_number(found["n"], "1,234.5")
    if number.value is None or number.malformed:
        return None
    return number.value * _TIMES.get((found["word"] or "").lower(), 1)
