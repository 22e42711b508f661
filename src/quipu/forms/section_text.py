"""The text of a section: paragraphs, items of lists, and words in bold, as people type them.

A blank line ends a paragraph. A line that begins with `-`, `•`, a number or a letter with a stop
or bracket is an item of a list. `**…**` is bold and `<u>…</u>` underlined.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quipu.forms.document import Run

_ITEM = re.compile(
    r"(?P<marker>[-•*·▪–]|\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[a-zA-Z][.)]|[ivxIVX]{1,5}[.)])\s+(?P<body>\S.*)",
    re.DOTALL,
)
_BULLETS = frozenset("-•*·▪–")
_NUMBER = re.compile(r"\d{1,2}")
_STYLED = re.compile(r"(\*\*.+?\*\*|<u>.+?</u>)", re.DOTALL)
_SHORT_NAME = 60


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or an item: its marker ("" for none) and its styled words.

    `name` says that it is the short name over the text after it.
    """

    marker: str
    runs: tuple[Run, ...]
    name: bool = False

    @property
    def text(self) -> str:
        """The words without styles, after the marker."""
        words = "".join(run.text for run in self.runs)
        return f"{self.marker} {words}" if self.marker else words


def is_item(line: str) -> bool:
    """Tell whether a line is an item of a list: `- …`, `1. …`, `2.1 …`, `a) …`."""
    return bool(_marker(line)[0])


def is_loud(line: str) -> bool:
    """Tell whether a line has letters, and only capitals: titles, heads of pages."""
    return line.upper() == line and line.lower() != line


def _marker(line: str) -> tuple[str, str]:
    found = _ITEM.fullmatch(line)
    if found is None or line.startswith("**"):
        return "", line
    marker = found["marker"]
    # "12 de mayo" is a date, and a year a year; only a stop makes a lone number a marker.
    if _NUMBER.fullmatch(marker):
        return "", line
    if marker in _BULLETS:
        # "- a) …": the letter is the marker, whatever dash a converter put before it.
        within = _marker(found["body"])
        return within if within[0] else ("•", found["body"])
    return marker, found["body"]


def styled(text: str) -> tuple[Run, ...]:
    """Give a text's runs by its marks for bold and underlined."""
    runs: list[Run] = []
    for part in _STYLED.split(text):
        if part.startswith("**") and part.endswith("**") and len(part) > 4:
            runs.append(Run(part[2:-2], bold=True))
        elif part.startswith("<u>"):
            runs.append(Run(part[3:-4], underline=True))
        elif part:
            runs.append(Run(part))
    return tuple(runs) or (Run(""),)


def paragraphs(text: str, *, names: bool = False) -> Iterator[Paragraph]:
    """Give the paragraphs of a section's text; with `names`, short lines over a text are names."""
    blocks = list(_blocks(text))
    for at, block in enumerate(blocks):
        marker, body = _marker(block)
        heads = names and not marker and len(body) <= _SHORT_NAME and not body.endswith(".")
        if heads and at + 1 < len(blocks):
            yield Paragraph("", (Run(body.strip("*"), bold=True),), name=True)
        else:
            yield Paragraph(marker, styled(body))


def _blocks(text: str) -> Iterator[str]:
    """Give paragraphs, their own line breaks kept, and each item of a list by itself."""
    for block in re.split(r"\n\s*\n", text.strip()):
        waiting: list[str] = []
        for line in filter(None, map(str.strip, block.split("\n"))):
            if is_item(line) and waiting:
                yield "\n".join(waiting)
                waiting = []
            waiting.append(line)
        if waiting:
            yield "\n".join(waiting)
