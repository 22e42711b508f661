"""What one cell holds where a form lets many things share it: codes, numbered items, headings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from quipu.forms.definition import Form, Level
from quipu.forms.recognise_words import clean, plain_words

_BULLET = re.compile(r"\s*[•●▪◦■]\s*")
_PARAGRAPH = re.compile(r"</?p\b[^>]*>|<br\s*/?>|[\r\n\v]+", re.IGNORECASE)
_MARK = re.compile(r"(?<![\w(.,/])(\d{1,2})\s?(\)|\.-|\.|°)\s*(?=[^\W\d_]|[¿¡\"“«(])")
_FINISHED = tuple(".!?;:")
_REFERS = frozenset(
    [
        "segun",
        "del",
        "de",
        "el",
        "la",
        "al",
        "en",
        "y",
        "o",
        "ver",
        "objetivo",
        "meta",
        "indicador",
        "iniciativa",
        "punto",
        "inciso",
    ]
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a cell: its code or number (`""` for none), its text, and both as printed."""

    mark: str
    text: str
    raw: str


def tidy_mark(code: str) -> str:
    """Give a code without spaces around its dots and the dot at its end: `4.2.1. 1.`."""
    return re.sub(r"\s*\.\s*", ".", clean(code)).strip(" .")


@lru_cache(maxsize=256)
def _code(pattern: str) -> re.Pattern[str]:
    # The code must end here: not where more numbers of a longer code follow.
    return re.compile(rf"(?:{pattern})(?!\.?\d)(?!\s?\.\s?\d{{1,2}}(?!\d|\s?%))", re.IGNORECASE)


def leading_level(text: str, levels: list[Level]) -> int | None:
    """Give which of some levels has the longest code that a text begins with."""
    best: tuple[int, int] | None = None
    for at, level in enumerate(levels):
        found = _code(level.code).match(text)
        if found is not None and (best is None or len(tidy_mark(found.group())) > best[0]):
            best = (len(tidy_mark(found.group())), at)
    return best[1] if best is not None else None


def coded_pieces(text: str, level: Level, others: list[Level]) -> list[Piece]:
    """Split a cell at the codes of its level; what stands before the first has no mark.

    A code of another level counts where the cell begins with it.
    """
    text = clean(text)
    if not text:
        return []
    starts = [
        (found.start(), found.end())
        for found in _code(level.code).finditer(text)
        if _begins_item(text, found)
    ]
    if not starts or starts[0][0] > 0:
        at = leading_level(text, others)
        found = _code(others[at].code).match(text) if at is not None else None
        if found is not None:
            starts = [(0, found.end()), *(place for place in starts if place[0] >= found.end())]
    pieces = [Piece("", head, head)] if (head := text[: starts[0][0] if starts else None]) else []
    pieces = [Piece("", piece.text.strip(), piece.raw.strip()) for piece in pieces]
    ends = [*(first for first, _ in starts[1:]), len(text)][: len(starts)]
    for (first, last), after in zip(starts, ends, strict=True):
        body = text[last:after].strip()
        pieces.append(Piece(tidy_mark(text[first:last]), body, text[first:after].strip()))
    return pieces


def _begins_item(text: str, found: re.Match[str]) -> bool:
    """Tell whether a code begins an item rather than is spoken of: `según 3.2.1`."""
    if found.start() == 0:
        return True
    before = text[: found.start()]
    if not before[-1].isspace():
        return False
    after = text[found.end() :].lstrip()
    upper = not after or after[0].isupper() or not after[0].isalpha()
    return upper and plain_words(before.split()[-1]) not in _REFERS


def paragraphs(text: str) -> list[str]:
    """Give the paragraphs of a cell: its `<p>`, or its lines where one ends and another begins."""
    return [line for part in _BULLET.split(text) for line in _lines(part)]


def _lines(text: str) -> list[str]:
    found: list[str] = []
    for part in _PARAGRAPH.split(text):
        line = clean(part)
        if not line:
            continue
        new = not found or found[-1].endswith(_FINISHED) or _MARK.match(line)
        if new or (line[0].isupper() and "<p" in text.lower()):
            found.append(line)
        else:
            found[-1] += " " + line
    return found


def list_pieces(text: str, after: int = 0) -> list[Piece]:
    """Split a cell into its numbered items: `1) … 2) …`, `1. …`, or paragraphs without numbers.

    A number with a bracket counts wherever no bracket is open; one with a dot only in sequence,
    which may go on from the number `after`.
    """
    pieces: list[Piece] = []
    last = after
    for paragraph in paragraphs(text):
        starts: list[re.Match[str]] = []
        for found in _MARK.finditer(paragraph):
            number, since = int(found.group(1)), starts[-1].end() if starts else 0
            between = paragraph[since : found.start()]
            if found.group(2) == ")":
                good = between.count("(") <= between.count(")")
            else:
                again = number == 1 and not pieces and not starts
                good = number == last + 1 or (found.start() == 0 and (again or not last))
            if good:
                starts.append(found)
                last = number
        ends = [*(found.start() for found in starts[1:]), len(paragraph)][: len(starts)]
        head = paragraph[: starts[0].start()].strip() if starts else paragraph
        if head:
            pieces.append(Piece("", head, head))
        for found, end in zip(starts, ends, strict=True):
            whole = paragraph[found.start() : end].strip()
            pieces.append(Piece(found.group(1), paragraph[found.end() : end].strip(), whole))
    return pieces


def goes_on(text: str) -> bool:
    """Tell whether a text begins in the middle of a sentence."""
    return text[:1].islower() or text[:1] in ",;)%"


def is_finished(text: str) -> bool:
    """Tell whether a text ends like a sentence."""
    return text.rstrip(' "”»)').endswith(_FINISHED)


def heading_levels(form: Form) -> Mapping[str, Level]:
    """Give the levels of a form's known heading words, by the plain words."""
    return {plain_words(word): level for level in form.levels for word in level.words}


def without_headings(text: str, form: Form) -> tuple[str, list[str], list[str]]:
    """Take known heading words out of a cell that swallowed them (S0-03).

    Gives the text that is left, the headings at its start, and those at its end.
    """
    before: list[str] = []
    after: list[str] = []
    for level in form.levels:
        for word in level.words:
            spelled = r"\s+".join(map(re.escape, word.split()))
            edge = r"(?:\s|</?p\b[^>]*>|<br\s*/?>)*"
            opening = re.match(
                rf"({edge}{spelled}\s*[:.]?{edge})(?=\d{{1,2}}\s?[).]|$)", text, re.IGNORECASE
            )
            closing = re.search(
                rf"(?:(?<=[.!?;>])|(?<=\n)){edge}{spelled}[.]?{edge}$", text, re.IGNORECASE
            )
            if opening is not None:
                before.append(word)
                text = text[opening.end() :]
            elif closing is not None:
                after.append(word)
                text = text[: closing.start()]
    return text, before, after
