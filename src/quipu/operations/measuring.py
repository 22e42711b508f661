"""The units of measure of a plan: how they are written, and writing them alike (S1-12)."""

from dataclasses import dataclass

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.rollup import same_words
from quipu.operations.finding import find_plan, rows_of
from quipu.operations.gesture import centre_only, write
from quipu.operations.house import House
from quipu.operations.outcome import Outcome

FIELD = "unit_of_measure"
_APART = ({"persona", "personas"}, {"participacion", "participaciones"})
"""People are counted once, participations each time: one is never the other."""


@dataclass(frozen=True, slots=True)
class MeasureName:
    """A unit of measure as it is written, on how many rows and of how many units.

    `name` is what it is called in sums, by its forms' spellings; `published` are the texts of the
    signed document that it stands for.
    """

    text: str
    name: str
    rows: int
    units: int
    published: tuple[str, ...]


def measure_names(house: House, *, plan: str = "") -> list[MeasureName]:
    """Give the units of measure of a plan, those of most rows first."""
    facts = house.facts()
    found = _by_text(facts, find_plan(facts, plan=plan))
    names = []
    for text, items in found.items():
        form = house.forms.get(facts.text(items[0], "form"))
        words = same_words(text)
        name = form.spellings.get(words, "") if form is not None else ""
        printed = sorted({facts.text(item, f"{FIELD}.published") for item in items} - {"", text})
        units = {facts.text(item, "unit") for item in items}
        names.append(MeasureName(text, name or words, len(items), len(units), tuple(printed)))
    return sorted(names, key=lambda one: (-one.rows, one.name, one.text))


def merge_measures(house: House, *, text: str, into: str, plan: str = "", author: str) -> Outcome:
    """Write one unit of measure as another on every row of a plan, as one gesture at the centre.

    Only the working value changes: what the signed document printed stays. Raises `InputError`
    `measure-unknown` (measure, known), `measure-same`, or `measures-apart` for people and
    participations.
    """
    centre_only(house)
    facts = house.facts()
    found = _by_text(facts, find_plan(facts, plan=plan))
    source = _known(found, text)
    target = next((one for one in found if one == into.strip()), "") or " ".join(into.split())
    if not target or target == source:
        raise InputError("measure-same", measure=text)
    ends = tuple(same_words(one) for one in (source, target))
    for first, second in (_APART, _APART[::-1]):
        if ends[0] in first and ends[1] in second:
            raise InputError("measures-apart", measure=source, other=target)
    entries = [(Address(item, FIELD), target) for item in found[source]]
    return write(house, entries, facts=facts, author=author)


def _by_text(facts: Facts, plan: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in rows_of(facts, plan):
        text = facts.text(item, FIELD)
        if text:
            found.setdefault(text, []).append(item)
    return found


def _known(found: dict[str, list[str]], text: str) -> str:
    if text.strip() in found:
        return text.strip()
    same = [one for one in found if same_words(one) == same_words(text)]
    if len(same) != 1:
        raise InputError("measure-unknown", measure=text, known=", ".join(sorted(found)))
    return same[0]
