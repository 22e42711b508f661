"""The titles of a template's sections, as documents print them."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from quipu.forms.recognise_words import plain_words
from quipu.forms.template import Section, SectionPart, Template

_LONGEST = 120
_ALIKE = 0.93
_SHORTEST_ALIKE = 10
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[a-zA-Z][.)]|[IVX]{1,5}[.)])\s+")
_LEADERS = re.compile(r"(?:[.…\s_]{3,}|\t|\s)\s*\d{1,3}\s*$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PLACE = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class TitleFound:
    """A line that is a title: of which section and key; `entry` says that contents list it."""

    section: Section
    key: str
    title: str
    year: int | None
    entry: bool


class Titles:
    """Finds the section whose title a line is."""

    def __init__(self, template: Template) -> None:
        self._sections = template.sections
        self._words = [
            (section, {_bare(title) for title in (section.title, *section.headings) if title})
            for section in template.sections
            if section.kind not in ("cover", "signatures")
        ]

    def find(self, line: str, now: Section | None, key: str) -> TitleFound | None:
        """Give the title that a line is, in the section that is open now, else `None`.

        The lists of a section of four are looked for only within it.
        """
        text = line.strip().strip("*:").strip()
        if not text or len(text) > _LONGEST or text.endswith((".", ";", ",")):
            return None
        year = _YEAR.search(text)
        when = int(year[0]) if year else None
        if now is not None and now.parts:
            part = _part(now, text)
            if part is not None:
                return TitleFound(now, f"{now.key}/{part.key}", text, None, entry=False)
        section = self._section(text, alike=False)
        if section is None:
            shorter = _LEADERS.sub("", text)
            listed = self._section(shorter, alike=True) if shorter != text else None
            if listed is not None:
                return TitleFound(listed, listed.key, shorter, when, entry=True)
            section = self._section(text, alike=True)
        if section is None:
            return None
        return TitleFound(section, section.key, text, when, entry=False)

    def untitled_after(self, section: Section) -> Section | None:
        """Give the section without a title that follows another one in the template."""
        at = self._sections.index(section) + 1
        after = self._sections[at] if at < len(self._sections) else None
        return after if after is not None and not after.title and after.kind == "text" else None

    def _section(self, text: str, *, alike: bool) -> Section | None:
        words = _bare(text)
        for section, titles in self._words:
            if words and words in titles:
                return section
        if not alike or len(words) < _SHORTEST_ALIKE:
            return None
        for section, titles in self._words:
            if any(SequenceMatcher(None, words, title).ratio() >= _ALIKE for title in titles):
                return section
        return None


def _part(section: Section, text: str) -> SectionPart | None:
    words = _bare(text)
    for part in section.parts:
        if words in {_bare(title) for title in (part.title, *part.headings)}:
            return part
    return None


def _bare(title: str) -> str:
    """Give a title's words without its number, its places and its years."""
    plain = _YEAR.sub(" ", _PLACE.sub(" ", title)).strip()
    return plain_words(_NUMBERED.sub("", plain, count=1))
