"""What a cell's text holds beside words: a number before them, the items of a list, or nothing."""

import re

from quipu.forms.definition import Column, Form
from quipu.forms.recognise_words import clean, plain_words

_BREAK = re.compile(r"</?(?:p|li)\b[^>]*>|<br\s*/?>|[\r\n\v]+", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-–—•·▪►*]|\(?[a-z0-9]{1,2}[.)]-?)\s+")
_NEXT = re.compile(r"(?<=[.;])\s+(?=[¿¡\"“«(]?[A-ZÁÉÍÓÚÑÜ][a-záéíóúñü])")
_NOTHING = frozenset("-–—−_.…·/ ")
_ENDED = (".", ";", ":")
_GOES_ON = frozenset(
    [
        *("a", "al", "con", "de", "del", "e", "el", "en", "la", "las", "los", "o", "para", "por"),
        *("que", "su", "sus", "un", "una", "y"),
    ]
)


def items_of(text: str) -> list[str]:
    """Give the items of a cell that is a list: its lines, its bullets, and its sentences.

    A line goes on with the one above where it begins in small letters, or where the one above
    ends with a word that no sentence ends with; not where a bullet begins it.
    """
    found: list[str] = []
    for part in _BREAK.split(text):
        line = clean(_BULLET.sub("", part))
        if not line:
            continue
        if not found or _BULLET.match(part) or _is_new(line, found[-1]):
            found.append(line)
        else:
            found[-1] += " " + line
    return [item.strip() for line in found for item in _NEXT.split(line) if item.strip()]


def _is_new(line: str, above: str) -> bool:
    if above.endswith(_ENDED):
        return True
    return line[0].isupper() and plain_words(above).rpartition(" ")[2] not in _GOES_ON


def without_number(code: str, text: str, pattern: str) -> tuple[str, str]:
    """Take from a text the number before it, where it is the row's own or the row has none.

    `1` and `1. Lograr …` give `1` and `Lograr …`; another number than the row's stays.
    """
    found = re.match(rf"({pattern})\s*[.)°]+[-–]?\s*(?=\S)", text) if pattern else None
    if found is None:
        return code, text
    number = found.group(1)
    if code and plain_words(code).strip(" .") != plain_words(number):
        return code, text
    return code or number, text[found.end() :]


def numbered(form: Form, kind: str) -> bool:
    """Tell whether the texts of a level are printed after their number."""
    return any(
        column.style == "numbered" and form.level(column.level).kind == kind
        for column in form.columns
    )


def says_nothing(text: str, column: Column) -> bool:
    """Tell whether a cell of figures only repeats its heading: `Costo S/.` in an empty form."""
    plain = plain_words(text)
    return any(plain == plain_words(words) for words in column.header)


def is_dash(text: str) -> bool:
    """Tell whether a cell says with a dash, dots or a stroke that it has nothing."""
    return text.strip() != "" and _NOTHING.issuperset(text.strip())
