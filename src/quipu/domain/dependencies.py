"""Inputs of an initiative that are outputs of others (S0-08): likely ones, and late ones.

A link is a fact of the initiative that needs the other: `requires`, ids one a line. Likeness only
proposes; a person decides.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from quipu.domain.duration import read_duration
from quipu.domain.letters import bare

_PHRASES = re.compile(r"[.,;\n•]+")
_ROOT = 5
_LIKELY = 0.45
_GENERIC = frozenset(
    [
        *("capit", "human", "apoyo", "logis", "finan", "inves", "equip", "aprob", "defin", "nuevo"),
        *("nueva", "accio", "desar", "curso", "conta", "exter", "tecni", "perso", "labor", "tiemp"),
        *("acces", "exper", "profe", "espec", "adecu", "plan", "elabo"),
    ]
)
"""Beginnings of words that say nothing of whose output an input is."""
_SMALL = frozenset(
    ["del", "las", "los", "por", "para", "con", "una", "que", "sus", "sobre", "como"]
)

Lateness = Literal["", "late", "undated"]


@dataclass(frozen=True, slots=True)
class Step:
    """An initiative as dependencies see it: id, code, what it does, its inputs and its time."""

    item: str
    code: str
    text: str
    inputs: str = ""
    duration: str = ""
    start: str = ""
    requires: tuple[str, ...] = ()

    @property
    def begins(self) -> date | None:
        """The first day, `None` where nobody said one."""
        try:
            return date.fromisoformat(self.start)
        except ValueError:
            return None

    @property
    def ends(self) -> date | None:
        """The last day, `None` where the start or the duration is not known."""
        length, first = read_duration(self.duration), self.begins
        return length.end(first) if length is not None and first is not None else None


def linked_ids(text: str) -> tuple[str, ...]:
    """Give the ids that a `requires` names."""
    return tuple(line for line in text.split("\n") if line)


def likely(steps: Sequence[Step]) -> dict[str, tuple[str, ...]]:
    """Give, by item, the steps whose output its inputs seem to name and that it is not linked to.

    An input names another step by its code, or by two words that matter at least.
    """
    roots = {step.item: _roots(step.text) for step in steps}
    found: dict[str, tuple[str, ...]] = {}
    for step in steps:
        named: list[str] = []
        for pair in _pairs(step.inputs):
            best = _best(step, pair, steps, roots)
            if best and best not in named and best not in step.requires:
                named.append(best)
        named += [one for one in _by_code(step, steps) if one not in named]
        if named:
            found[step.item] = tuple(named)
    return found


def _by_code(step: Step, steps: Iterable[Step]) -> Iterator[str]:
    codes = set(re.findall(r"\d+(?:\.\d+){2,}", step.inputs))
    for other in steps:
        apart = other.item != step.item and other.item not in step.requires
        if apart and other.code.rstrip(".") in codes:
            yield other.item


def _pairs(inputs: str) -> Iterator[tuple[str, str]]:
    """Give the words that matter, each with the next one: `Modelo de Intervención`."""
    for phrase in _PHRASES.split(inputs):
        yield from pairwise(root for root in _roots(phrase) if root not in _GENERIC)


def _best(
    step: Step, pair: tuple[str, str], steps: Iterable[Step], roots: Mapping[str, Sequence[str]]
) -> str:
    scored = [
        (_score(pair, roots[other.item]), other.item)
        for other in steps
        if other.item != step.item and step.item not in other.requires
    ]
    score, item = max(scored, key=lambda entry: entry[0], default=(0.0, ""))
    return item if score >= _LIKELY else ""


def _score(wanted: Sequence[str], words: Sequence[str]) -> float:
    """Tell how likely some words are what a step makes: they are much of it, and come early."""
    shared = [at for at, word in enumerate(words) if word in wanted]
    if len({words[at] for at in shared}) < len(set(wanted)) or len(set(wanted)) < 2:
        return 0.0
    return len(shared) / len(words) + 0.5 * (1 - shared[0] / len(words))


def _roots(text: str) -> list[str]:
    """Give the beginnings of the words of a text: `rediseñados` and `diseño` are alike."""
    words = [word for word in re.findall(r"[^\W\d_]+", bare(text)) if word not in _SMALL]
    return [_root(word) for word in words if len(word) > 2]


def _root(word: str) -> str:
    again = word.removeprefix("re")
    return (again if len(again) > _ROOT else word)[:_ROOT]


def lateness(step: Step, other: Step) -> Lateness:
    """Tell whether what a step requires comes too late for it, or has no dates to tell by."""
    if other.ends is None:
        return "undated"
    return "late" if step.begins is not None and other.ends >= step.begins else ""


def makes_circle(steps: Mapping[str, Step], item: str, other: str) -> bool:
    """Tell whether an item that requires another would in the end require itself."""
    seen: set[str] = set()
    waiting = [other]
    while waiting:
        one = waiting.pop()
        if one == item:
            return True
        if one in steps and one not in seen:
            seen.add(one)
            waiting += steps[one].requires
    return False
