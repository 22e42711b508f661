"""Words as readers compare them: without case, accents, punctuation, plural or small words."""

import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[^0-9a-z%]+")
_WRAPPED = re.compile(r"(?<=\w)-[ \t]*[\r\n]+[ \t]*(?=\w)")
_ACCENTS = re.compile("[\u0300-\u036f]")
_RAISED = re.compile(r"[¹²³⁰⁴-⁹]+")
_MARKUP = re.compile(r"</?[a-zA-Z]{1,8}/?>|\*\*|__")
_SMALL = frozenset(
    [
        "a",
        "al",
        "con",
        "de",
        "del",
        "e",
        "el",
        "en",
        "for",
        "la",
        "las",
        "lo",
        "los",
        "o",
        "of",
        "on",
        "por",
        "para",
        "the",
        "u",
        "un",
        "una",
        "y",
        "and",
        "and/or",
    ]
)
_NUMBER_WORDS = frozenset({"n", "no", "nro", "num", "nr", "numero", "number", "#"})


def clean(text: str) -> str:
    """Give a text on one line: wrapped words joined, every stretch of white space one space."""
    if "-" in text and ("\n" in text or "\r" in text):
        text = _WRAPPED.sub("", text)
    if "<" in text or "*" in text or "_" in text:
        text = _MARKUP.sub(" ", text)
    return " ".join(text.split())


@lru_cache(maxsize=20_000)
def plain_words(text: str) -> str:
    """Give a text without case, accents and punctuation: `MEDIO de Verificación:` and so on."""
    if text.strip() == "#":
        return "n"
    bare = clean(text).casefold()
    if not bare.isascii():
        bare = _RAISED.sub(" ", bare).replace("º", "°").replace("№", "n")
        bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", bare))
    return _NOT_WORD.sub(" ", bare).strip()


@lru_cache(maxsize=20_000)
def stems(text: str) -> frozenset[str]:
    """Give the meaningful words of a text without their plural endings, in no order."""
    words = [word for word in plain_words(text).split() if word not in _SMALL]
    if len(words) == 1 and words[0] in _NUMBER_WORDS:
        return frozenset({"n"})
    return frozenset(_stem(word) for word in words)


def shortens(text: str, words: str) -> bool:
    """Tell whether a text is a shorter way to write some words: `Medio verif.`, `U/M`.

    Each of its words begins one of theirs, all in order; a single word needs three letters.
    """
    ours = [word for word in plain_words(text).split() if word not in _SMALL or len(word) == 1]
    theirs = [word for word in plain_words(words).split() if word not in _SMALL]
    if len(ours) != len(theirs) or (len(ours) == 1 and len(ours[0]) < 3):
        return False
    return all(long.startswith(short) for short, long in zip(ours, theirs, strict=True))


def _stem(word: str) -> str:
    if len(word) <= 3 or word.isdigit():
        return word
    return word.removesuffix("s").removesuffix("e")
