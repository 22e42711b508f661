"""Names that may mean the same unit (S0-16): `Sub.G. Desarrollo Social`, `Sub. Desarrollo Social`.

Plain similarity of letters does not know that `G.` may be any word with G, so names are compared
word by word: equal words, abbreviations, initials. A person confirms what is proposed here.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from quipu.domain.letters import bare

LIKELY = 0.75
"""From this likeness on two names are proposed as one unit."""

_SMALL = frozenset(["de", "del", "la", "las", "los", "el", "y", "e"])
_SHORT_WORD = 4
_SHORT = 0.3
_ABBREVIATED = 0.9
_LETTERS = 0.85


@dataclass(frozen=True, slots=True)
class Proposal:
    """That a printed name may be another name of a unit.

    `unit` is the unit's item, or `""` where no unit has the name yet; `count` is how often the
    alias is printed, `likeness` from 0 to 1.
    """

    name: str
    alias: str
    likeness: float
    count: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    short: bool

    @property
    def weight(self) -> float:
        return _SHORT if self.short else 1.0


def folded(name: str) -> str:
    """Give a name as aliases are compared: no case, accents, stops or double spaces."""
    return " ".join(word.text for word in _words(name))


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[_Word, ...]:
    parts = re.findall(r"[^\W_]+\.?", bare(name))
    return tuple(
        _Word(part.rstrip("."), len(part.rstrip(".")) <= _SHORT_WORD)
        for part in parts
        if part not in _SMALL
    )


def likeness(one: str, other: str) -> float:
    """Tell how likely two names mean one unit, from 0 to 1."""
    ours, theirs = _words(one), _words(other)
    if not ours or not theirs:
        return 0.0
    if [word.text for word in ours] == [word.text for word in theirs]:
        return 1.0
    if _are_initials(one, theirs) or _are_initials(other, ours):
        return _ABBREVIATED
    total = matched = 0.0
    free = list(theirs)
    for word in ours:
        best = max(free, key=lambda candidate: _same(word, candidate), default=None)
        same = _same(word, best) if best is not None else 0.0
        if best is None or not same:
            total += word.weight
            continue
        free.remove(best)
        weight = max(word.weight, best.weight)
        total += weight
        matched += weight * same
    total += sum(word.weight for word in free)
    if not any(not word.short for word in ours) and not any(not word.short for word in theirs):
        # Two abbreviations alone say too little.
        return 0.0
    return round(matched / total, 3)


def _same(one: _Word, other: _Word) -> float:
    if one.text == other.text:
        return 1.0
    if _stem(one.text) == _stem(other.text):
        return _LETTERS + 0.1
    first, second = sorted((one, other), key=lambda word: len(word.text))
    if first.short and second.text.startswith(first.text):
        return _ABBREVIATED
    if first.short:
        return 0.0
    letters = SequenceMatcher(None, one.text, other.text).ratio()
    return letters if letters >= _LETTERS else 0.0


def _stem(word: str) -> str:
    return word.removesuffix("s").removesuffix("e") if len(word) > _SHORT_WORD else word


def _are_initials(name: str, words: Sequence[_Word]) -> bool:
    """Tell whether a name is the initials of words: `GRs` of `Gerencias Regionales`."""
    capitals = re.fullmatch(r"([A-ZÁÉÍÓÚÑ]{2,})s?", name.strip(" ."))
    if capitals is None or len(words) < 2:
        return False
    return capitals.group(1).casefold() == "".join(word.text[0] for word in words)


def pair(name: str, alias: str) -> frozenset[str]:
    """Give two names as a pair that a person may have told apart, whatever their spelling."""
    return frozenset({folded(name), folded(alias)})


def propose(
    printed: Mapping[str, int],
    units: Mapping[str, Sequence[str]],
    apart: Collection[frozenset[str]] = (),
) -> list[Proposal]:
    """Give the printed names that may be another name of a unit, or of another printed name.

    `printed` counts how often each name is printed; `units` has each unit's item with its name
    and the aliases confirmed so far. The likeliest come first; a name is proposed once. Among
    names that no unit has, the fullest one is taken for the unit's. Names told `apart` are not
    proposed for each other again.
    """
    known = {folded(name): unit for unit, names in units.items() for name in names if name}
    loose = [name for name in printed if folded(name) not in known]
    heads = [(names[0], unit, list(names)) for unit, names in units.items() if names]
    proposals: list[Proposal] = []
    for name in sorted(loose, key=lambda text: (-_fullness(text), -printed[text], text)):
        fitting = [head for head in heads if pair(head[0], name) not in apart]
        best = max(
            fitting, key=lambda head: max(likeness(name, other) for other in head[2]), default=None
        )
        score = max(likeness(name, other) for other in best[2]) if best is not None else 0.0
        if best is not None and score >= LIKELY:
            proposals.append(Proposal(best[0], name, score, printed[name], best[1]))
            if score >= _LETTERS:
                # What is like a sure other name is like the unit: `Regionales`, `G. Regionales`.
                best[2].append(name)
        else:
            heads.append((name, "", [name]))
    return sorted(proposals, key=lambda found: (-found.likeness, found.name, found.alias))


def _fullness(name: str) -> float:
    """Tell how complete a name is: whole words count, abbreviations little."""
    return sum(word.weight * len(word.text) for word in _words(name))
