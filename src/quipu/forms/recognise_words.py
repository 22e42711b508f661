"""Words as readers compare them: without case, accents, punctuation, plural or small words."""

import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[^0-9a-z%]+")
_WRAPPED = re.compile(r"(?<=\w)-[ \t]*[\r\n]+[ \t]*(?=\w)")
_SPACE = re.compile(r"\s+")
_MARKUP = re.compile(r"</?[a-zA-Z]{1,8}/?>|\*\*|__")
_SMALL = frozenset(
    "a al con de del e el en for la las lo los o of on por para the u un una y and and/or".split()
)
_NUMBER_WORDS = frozenset({"n", "no", "nro", "num", "nr", "numero", "number", "#"})


def clean(text: str) -> str:
    """Give a text on one line: wrapped words joined, every stretch of white space one space."""
    return _SPACE.sub(" ", _MARKUP.sub(" ", _WRAPPED.sub("", text))).strip()


@lru_cache(maxsize=20_000)
def plain_words(text: str) -> str:
    """Give a text without case, accents and punctuation: `Medio de\\nVERIFICACIÓN:` and so on."""
    if text.strip() == "#":
        return "n"
    bare = clean(text).replace("º", "°").replace("№", "n")
    letters = unicodedata.normalize("NFKD", bare.casefold())
    return _NOT_WORD.sub(" ", "".join(x for x in letters if not unicodedata.combining(x))).strip()


@lru_cache(maxsize=20_000)
def stems(text: str) -> frozenset[str]:
    """Give the meaningful words of a text without their plural endings, in no order."""
    words = [word for word in plain_words(text).split() if word not in _SMALL]
    if len(words) == 1 and words[0] in _NUMBER_WORDS:
        return frozenset({"n"})
    return frozenset(_stem(word) for word in words)


def _stem(word: str) -> str:
    if len(word) <= 3 or word.isdigit():
        return word
    return word.removesuffix("s").removesuffix("e")
