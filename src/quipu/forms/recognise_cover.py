"""The first pages of a document: its box, its signatures, and the lines of its cover."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quipu.forms.recognise_words import plain_words
from quipu.forms.template import Template

_TITLES = r"(?:Lic|Licda|Ing|Arq|Dr|Dra|MSc|Mtro|Mtra|Sr|Sra|Prof|Téc)\."
_NEXT_NAME = re.compile(rf"\s+(?={_TITLES}\s)")
_MONTHS = (
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|se(?:p)?tiembre|octubre|noviembre|diciembre"
)
_DAY = rf"(?:\d{{1,2}}\s+de\s+)?(?:{_MONTHS})(?:\s+de)?\s+(?:19|20)\d\d"
_PLACES = {
    "years": r"(?:19|20)\d\d\s*[-–—a]+\s*(?:19|20)\d\d",
    "date": rf"(?:{_DAY}|\d\d/\d\d/\d{{2,4}})",
    "year": r"(?:19|20)\d\d",
}


@dataclass(frozen=True, slots=True)
class Cover:
    """What the first pages say: the plan's fields, and the cover's own lines."""

    fields: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[str, ...] = ()


def read_cover(rows: Sequence[tuple[str, ...]], template: Template) -> Cover:
    """Read the box of a controlled document, the names under the signatures, and the title."""
    fields = {**_boxed(rows, template), **_signed(rows, template)}
    return Cover(fields, _cover_lines(rows, template))


def _boxed(rows: Sequence[tuple[str, ...]], template: Template) -> dict[str, str]:
    labels = {plain_words(line.label): line.field for line in template.heading.box}
    found: dict[str, str] = {}
    for cells in rows:
        for at, cell in enumerate(cells[:-1]):
            after = next((text for text in cells[at + 1 :] if text), "")
            name = labels.get(plain_words(cell))
            if name and after:
                found.setdefault(name, after)
    return found


def _signed(rows: Sequence[tuple[str, ...]], template: Template) -> dict[str, str]:
    """Give the names under each label, one a line, whether labels stand beside or below."""
    labels = {plain_words(one.label): one.field for one in template.signatures}
    places: dict[int, str] = {}
    found: dict[str, list[str]] = {}
    for cells in rows:
        named = {at: labels[words] for at, text in enumerate(cells)
                 if (words := plain_words(text)) in labels}  # fmt: skip
        if named:
            places = named
        elif not any(cells):
            places = {}
        else:
            for at, name in places.items():
                if at < len(cells) and cells[at]:
                    found.setdefault(name, []).extend(_NEXT_NAME.split(cells[at]))
    return {name: "\n".join(texts) for name, texts in found.items()}


def _cover_lines(rows: Sequence[tuple[str, ...]], template: Template) -> tuple[str, ...]:
    """Give the cover's lines with the years or the date that the document prints, if it does."""
    cover = next((one for one in template.sections if one.kind == "cover"), None)
    texts = [cells[0] for cells in rows if len(cells) == 1]
    lines: list[str] = []
    said = False
    for line in cover.lines if cover is not None else ():
        told = "{years}" in line or "{date}" in line
        pattern = _pattern(line)
        found = next((text for text in texts if pattern.fullmatch(text)), "") if told else line
        said = said or bool(told and found)
        lines += [found] if found else []
    return tuple(lines) if said else ()


def _pattern(line: str) -> re.Pattern[str]:
    shape = re.escape(line).replace(r"\{", "{").replace(r"\}", "}")
    for place, words in _PLACES.items():
        shape = shape.replace(f"{{{place}}}", words)
    return re.compile(shape, re.IGNORECASE)
