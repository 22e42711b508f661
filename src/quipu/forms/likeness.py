"""Names that are nearly alike: one is the other with a slip of the pen."""

from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from quipu.forms.recognise_words import plain_words

_SHORTEST = 6
"""Shorter words differ by a letter and mean another thing: UFI, UACI."""
_ALIKE = 0.84


def spellings(names: Iterable[str]) -> Counter[str]:
    """Count names by their words, whatever their capitals, accents and marks."""
    return Counter(plain_words(name) for name in names if plain_words(name))


def meant(name: str, usual: Mapping[str, int]) -> str:
    """Give the usual name, as plain words, that a rarer one is misspelt from; `""` for none."""
    plain = plain_words(name)
    often = usual.get(plain, 0)
    found = [other for other, times in usual.items() if times > often and _slip(plain, other)]
    return max(found, key=lambda other: (usual[other], other), default="")


def _slip(one: str, other: str) -> bool:
    """Tell whether two names differ in one long word, and there in a letter or two."""
    ours, theirs = one.split(), other.split()
    if len(ours) != len(theirs):
        return False
    differing = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    if len(differing) != 1 or min(map(len, differing[0])) < _SHORTEST:
        return False
    return SequenceMatcher(None, *differing[0]).ratio() >= _ALIKE
