"""The text of a whole document, in any layout, sorted into the sections that a template names."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from quipu.domain.errors import InputError
from quipu.forms.raw import RawFile
from quipu.forms.recognise_cover import Cover, read_cover
from quipu.forms.recognise_words import plain_words
from quipu.forms.section_text import is_item, is_loud
from quipu.forms.section_titles import Titles
from quipu.forms.template import Section, Template

_TABLE_CELLS = 3
_WRAPPED = 60
_MARKUP = re.compile(r"</?(?:p|br)\s*/?>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([$*_#%&~\[\]])")
_ENDS = (".", ":", ";", "?", "!", ")", "”", '"')


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a document: its cells, and its place as a person would say it."""

    cells: tuple[str, ...]
    place: str

    @property
    def text(self) -> str:
        """The line as one text."""
        return " ".join(cell for cell in self.cells if cell)


@dataclass(frozen=True, slots=True)
class SectionsRead:
    """What was understood of a document's text.

    `texts` and `titles` are by section key; `cover` is what its first pages say of the plan;
    `year` is the year that its titles name. `left_out` are lines of no section, with their
    places: heads of pages, words of pictures.
    """

    texts: Mapping[str, str]
    titles: Mapping[str, str]
    cover: Cover
    year: int | None
    left_out: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Open:
    """The section that lines go into now, and what went into all of them."""

    section: Section | None = None
    key: str = ""
    closed: bool = False
    paragraphs: dict[str, list[tuple[str, str, bool]]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    years: Counter[int] = field(default_factory=Counter)


def lines_of(raw: RawFile) -> list[TextLine]:
    """Give a file's lines, blank ones too."""
    return [
        TextLine(_cells(cell.text for cell in row), table.place(at, 0))
        for table in raw.tables
        for at, row in enumerate(table.rows)
    ]


def _cells(texts: Iterable[str]) -> tuple[str, ...]:
    cleaned = [_ESCAPED.sub(r"\1", _MARKUP.sub(" ", text)).strip() for text in texts]
    while cleaned and not cleaned[-1]:
        cleaned.pop()
    return tuple(cleaned)


def read_sections(
    raw: RawFile, template: Template, *, institution: str = "", stops: Sequence[str] = ()
) -> SectionsRead:
    """Sort a document's lines into sections by the words of their titles.

    The order may differ from the template's. Tables, lines of contents and heads of pages are
    passed over. `institution` is its name where known; `stops` are titles of tables, which end
    the text before them. Raises `InputError("no-section-found", file, form)`.
    """
    lines = lines_of(raw)
    titles = Titles(template)
    running = {plain_words(name) for name in (institution, template.institution) if name}
    state, first = _Open(), len(lines)
    blank = True
    for at, line in enumerate(lines):
        if not line.text:
            blank = True
            continue
        if _opens(line, titles, state):
            first = min(first, at)
        elif state.section is not None and not state.closed:
            _take(line, state, titles, stops, blank=blank)
        blank = False
    if not state.titles:
        raise InputError("no-section-found", file=raw.name, form=template.id)
    left: list[tuple[str, str]] = []
    texts = {key: _joined(key, state, running, left) for key in state.paragraphs}
    return SectionsRead(
        texts={key: text for key, text in texts.items() if text},
        titles=state.titles,
        cover=read_cover([line.cells for line in lines[:first]], template),
        year=max(state.years, key=lambda year: state.years[year]) if state.years else None,
        left_out=tuple(left),
    )


def _opens(line: TextLine, titles: Titles, state: _Open) -> bool:
    """Tell whether a line is a title or a line of contents, and begin what it opens."""
    if len([cell for cell in line.cells if cell]) >= _TABLE_CELLS:
        return False
    found = titles.find(line.text, state.section, state.key)
    if found is None:
        return False
    if found.entry:
        return True
    state.section, state.key, state.closed = found.section, found.key, False
    state.titles.setdefault(found.key, found.title)
    state.paragraphs.setdefault(found.key, [])
    if found.year:
        state.years[found.year] += 1
    return True


def _take(
    line: TextLine, state: _Open, titles: Titles, stops: Sequence[str], *, blank: bool
) -> None:
    """Put a line into the section that is open."""
    section = state.section
    if section is None:
        return
    table = len([cell for cell in line.cells if cell]) >= _TABLE_CELLS
    if section.kind == "tables":
        words = plain_words(line.text)
        # What follows the first table belongs to the tables, up to the next title.
        if table or is_loud(line.text) or any(words == plain_words(stop) for stop in stops):
            state.closed = True
            return
    elif section.kind == "contents":
        after = titles.untitled_after(section)
        if after is None or _page_number(line.text):
            return
        state.section, state.key = after, after.key
        state.paragraphs.setdefault(after.key, [])
    if not table:
        state.paragraphs.setdefault(state.key, []).append((line.text, line.place, blank))


def _page_number(text: str) -> bool:
    return re.search(r"\s\d{1,3}$", text) is not None or not re.search(r"[a-zñáéíóú]", text)


def _joined(key: str, state: _Open, running: set[str], left: list[tuple[str, str]]) -> str:
    """Join a section's lines into paragraphs, without what belongs to pages and pictures."""
    lines = state.paragraphs[key]
    kept = list(_without_furniture(lines, running, left))
    text = ""
    for words, _, blank in kept:
        if not text:
            text = words
        elif blank:
            text += ("\n" if is_item(words) and is_item(_last(text)) else "\n\n") + words
        elif is_item(words) or len(_last(text)) < _WRAPPED or _last(text).endswith(_ENDS):
            text += "\n" + words
        else:
            text += " " + words
    return text


def _last(text: str) -> str:
    return text.rpartition("\n")[2]


def _without_furniture(
    lines: Sequence[tuple[str, str, bool]], running: set[str], left: list[tuple[str, str]]
) -> Iterator[tuple[str, str, bool]]:
    """Leave out heads of pages, and lines in capitals that no text follows."""
    quiet = any(not is_loud(words) for words, _, _ in lines)
    for at, line in enumerate(lines):
        words, place, _ = line
        if is_loud(words):
            after = lines[at + 1][0] if at + 1 < len(lines) else ""
            named = after and not is_loud(after) and len(words) > 1
            if plain_words(words) in running or (quiet and not named):
                left.append((place, words))
                continue
        yield line
