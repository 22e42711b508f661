"""What a line's words tell where a form has levels below each other: a level, an objective."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from quipu.forms.definition import Context, Form, Level
from quipu.forms.recognise_words import clean, plain_words

Told = Literal["row", "line", "nothing"]
"""A row of the table, a line outside it, or what is repeated on every page and says nothing."""

_SIDE_BY_SIDE = 3
_BETWEEN = " .-–:\t"
_OPTIONAL = re.compile(r"\[[^\]]*\]")
_NUMBERS = re.compile(r"\d+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Named:
    """A row of an outer level that a line names: its context, code and text, and the whole line."""

    context: Context
    code: str
    text: str
    line: str


def numbers_in(code: str) -> list[str]:
    """Give the numbers of a code: `AE.2.2.1.` has 2, 2 and 1."""
    return _NUMBERS.findall(code)


def series_of(code: str) -> str:
    """Give the letters of a code, which its siblings share: `ao pqd g` of `AO PQD G1.1`."""
    return " ".join(_NUMBERS.sub(" ", plain_words(code)).split())


def split_code(text: str, pattern: str) -> tuple[str, str]:
    """Split "AE.1.2. Diseñar…" into code and text; a text without code stays whole."""
    found = re.match(pattern, text, re.IGNORECASE) if pattern else None
    if found is None or not found.group().strip():
        return "", text
    return found.group().strip(), text[found.end() :].lstrip(_BETWEEN).rstrip()


def level_of(text: str, form: Form) -> Level | None:
    """Give the level whose rows begin like a text: by their code, or as one of its headings."""
    text = clean(text)
    for level in form.levels:
        if level.row_code and re.match(level.row_code, text, re.IGNORECASE):
            return level
        if level.heading and re.fullmatch(level.heading, text, re.IGNORECASE):
            return level
    return None


@lru_cache(maxsize=20_000)
def _context_in(
    text: str, contexts: tuple[Context, ...], codes: tuple[tuple[str, str], ...]
) -> Named | None:
    text = clean(text)
    for context in contexts:
        for opening in openings(context.pattern):
            rest = _after(opening, text)
            if rest and "{code}" not in context.pattern:
                return Named(context, "", rest, text)
            code, words = split_code(rest, context.code or dict(codes)[context.level])
            if code and any(map(str.isalpha, words)):
                return Named(context, code, words, text)
    return None


def openings(pattern: str) -> tuple[str, ...]:
    """Give the words before a pattern's places, with what stands in brackets and without."""
    words = pattern.partition("{")[0]
    whole = words.replace("[", "").replace("]", "")
    return (whole,) if whole == words else (whole, _OPTIONAL.sub("", words))


def context_in(text: str, form: Form) -> Named | None:
    """Give the outer level's row that a line names, `None` when it names none."""
    if not form.contexts:
        return None
    codes = tuple((level.kind, level.code) for level in form.levels)
    return _context_in(text, form.contexts, codes)


def _after(opening: str, text: str) -> str:
    """Give what follows a pattern's first words in a text, `""` when it begins otherwise."""
    wanted = plain_words(opening).split()
    words = text.split(" ")
    at = 0
    while wanted and at < len(words):
        plain = plain_words(words[at]).split()
        if plain and plain != wanted[: len(plain)]:
            return ""
        wanted = wanted[len(plain) :]
        at += 1
    return "" if wanted else " ".join(words[at:])


def is_legend(texts: Sequence[str], form: Form) -> bool:
    """Tell whether texts are, whole or in part, the lines that stand above every table."""
    texts = [text for text in texts if any(map(str.isalpha, text))]
    if not form.legend.lines or not texts:
        return False
    dated = any("{year}" in line for line in form.legend.lines)
    known = [line.replace("{year}", "") for line in form.legend.lines]
    legend = f" {' '.join(plain_words(line) for line in known)} "
    plain = [plain_words(_YEAR.sub("", text) if dated else text) for text in texts]
    return all(len(text) > 3 and f" {text} " in legend for text in plain)


def told(
    cells: Mapping[int, str], form: Form, naming: Sequence[int], own: frozenset[int]
) -> Told | None:
    """Say what a row's words tell of it, `None` when only its figures can.

    `naming` are the columns where code and text stand, the code's first; `own` all columns of
    words that the form knows.
    """
    if is_legend(tuple(cells.values()), form):
        return "nothing"
    if any(level_of(cells[at], form) is not None for at in naming if at in cells):
        return "row"
    if contexts_in(tuple(cells.values()), form):
        return "line"
    return "row" if _names_a_heading(cells, form, naming, own) else None


def contexts_in(texts: Sequence[str], form: Form) -> list[Named]:
    """Give the rows of outer levels that the texts of one row name, each or all together."""
    texts = list(dict.fromkeys(clean(text) for text in texts))
    if not form.contexts or len(texts) > _SIDE_BY_SIDE:
        return []
    whole = [text for text in (" ".join(texts),) if len(texts) > 1]
    named = [found for text in texts if (found := context_in(text, form)) is not None]
    return named or [found for text in whole if (found := context_in(text, form)) is not None]


def _names_a_heading(
    cells: Mapping[int, str], form: Form, naming: Sequence[int], own: frozenset[int]
) -> bool:
    """Tell whether a row is a text alone before its unit: a heading that nobody foresaw."""
    if len(naming) < 2 or not any(level.heading for level in form.levels):
        return False
    code, text = naming
    said = cells.get(code, "")
    words = len(plain_words(said).split())
    alone = text not in cells or plain_words(cells[text]) == plain_words(said)
    others = cells.keys() - {code, text}
    return words > 2 and alone and bool(others & own) and others <= own
