"""Targets said in words (S0-09): `Al menos el 90% de los recursos`, `Cincuenta mil familias`."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from quipu.domain.measure import Measure
from quipu.domain.number_words import bare_word, leading_number
from quipu.domain.value import plain

Sense = Literal["exact", "minimum", "above", "maximum", "reduction", "growth"]

_NUMBER = r"\d{1,3}(?:[ .,]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_FIGURE = re.compile(
    rf"(?<![\w.,])({_NUMBER})(\s*(?:%|por\s*ciento\b|porciento\b))?", re.IGNORECASE
)
_MINIMUM = re.compile(
    r"(al menos|como m[ií]nimo|por lo menos|no menos del?|m[ií]nimo( del?)?|≥|>=)\W*"
    r"((en|a|de|del|el|la|los|las|un|una)\b\s*)*$",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"(superior(es)?|mayor(es)?|m[aá]s|por encima|supere?[rn]?|superar|sobrepas\w+|exced\w+|>)\W*"
    r"((al?|que|el|los?|las?|del?|un)\b\s*)*$",
    re.IGNORECASE,
)
_MAXIMUM = re.compile(
    r"(como m[aá]ximo|a lo sumo|no m[aá]s|menos|inferior(es)?|menor(es)?|≤|<=?"
    r"|\bno (?:super|exced|sobrepas)\w+)\W*"
    r"((al?|que|el|los?|las?|del?|un)\b\s*)*$",
    re.IGNORECASE,
)
_LESS = re.compile(r"\b(reduc|disminu|rebaj|bajar)", re.IGNORECASE)
_MORE = re.compile(r"\b(increment|aument|crec)", re.IGNORECASE)
_EACH = re.compile(r"\bcada un[oa]\b|\bpor cada\b", re.IGNORECASE)
_MINIMUM_AFTER = re.compile(
    r"\W*((anual(es|mente)?|por año|al año|cada año)\s+)?(como m[ií]nimo|m[ií]nimo|o m[aá]s)\b",
    re.IGNORECASE,
)
_YEARLY = re.compile(
    r"^\W*(\w+\s+){0,2}(anual(es|mente)?|por año|al año|cada año)\b", re.IGNORECASE
)
_WITHIN = re.compile(
    r"\b(en|dentro de|al cabo de|en (un|el) (plazo|t[eé]rmino) de)\s+", re.IGNORECASE
)
_YEAR = re.compile(
    r"\b((?:para|en|a|al|del?)\s+(?:el\s+)?(?:año\s+)?)((?:19|20)\d\d)\b", re.IGNORECASE
)
_SPANS = {"mes": 1, "meses": 1, "trimestre": 3, "trimestres": 3, "semestre": 6, "semestres": 6}
_SPANS |= {"ano": 12, "anos": 12}
_SMALL = frozenset(
    [
        "ano",
        "anos",
        "por",
        "como",
        "minimo",
        "de",
        "del",
        "el",
        "la",
        "los",
        "las",
        "un",
        "una",
        "unos",
        "unas",
        "en",
        "al",
        "a",
        "anual",
        "anuales",
        "y",
        "o",
        "que",
        "se",
        "sea",
        "sean",
        "son",
        "cada",
    ]
)


@dataclass(frozen=True, slots=True)
class Goal:
    """One thing that a target asks for.

    `amount` is a percentage's fraction where `percent` is true. `sense` says how it is compared:
    `above` is strictly more, `minimum` at least so much; `reduction` and `growth` need a
    baseline. `unit` is the first word of what is counted. `each` holds for every single one,
    `yearly` again every year. `months` is a deadline inside the target, `by_year` one by the
    calendar; 0 for none.
    """

    sense: Sense
    amount: Decimal
    percent: bool = False
    unit: str = ""
    each: bool = False
    yearly: bool = False
    months: int = 0
    by_year: int = 0

    @property
    def measure(self) -> Measure:
        """The kind of measure (X-2) by which it is evaluated."""
        if self.sense in ("minimum", "above"):
            return "minimum"
        if self.sense in ("reduction", "maximum"):
            return "reduction"
        return "rate" if self.percent else "count"

    @property
    def needs_baseline(self) -> bool:
        """Whether it means nothing without the value at the start."""
        return self.sense in ("reduction", "growth")

    @property
    def threshold(self) -> str:
        """The target in short: `≥ 90%`, `> 80%`, `-50%`, `+10% anual`, `50000 familias`."""
        sign = {"minimum": "≥ ", "above": "> ", "maximum": "≤ ", "reduction": "-", "growth": "+"}
        number = plain(self.amount * 100) + "%" if self.percent else plain(self.amount)
        parts = [
            "c/u" if self.each else "",
            sign.get(self.sense, "") + number,
            self.unit,
            "anual" if self.yearly else "",
            _span(self.months),
            f"a {self.by_year}" if self.by_year else "",
        ]
        return " ".join(part for part in parts if part)


def read_goals(text: str, *, decimal: str = "") -> tuple[Goal, ...]:
    """Give what a target asks for, in the order of its words; nothing where it names no amount.

    `decimal` is the mark before decimals in the text's number style; without it a mark before
    three digits is one of thousands.
    """
    rest, months, by_year = _without_deadline(text)
    each = _EACH.search(rest) is not None
    goals: list[Goal] = []
    start = 0
    amounts = _amounts(rest, decimal)
    for at, (first, last, amount, percent) in enumerate(amounts):
        end = amounts[at + 1][0] if at + 1 < len(amounts) else len(rest)
        before, after = rest[start:first], rest[last:end]
        sense = _sense(before, percent=percent)
        if sense == "exact" and _MINIMUM_AFTER.match(after):
            sense = "minimum"
        yearly = _YEARLY.search(after) is not None
        unit = _unit(after)
        fraction = amount / 100 if percent else amount
        goals.append(Goal(sense, fraction, percent, unit, each, yearly, months, by_year))
        start = last
    return tuple(goals)


def threshold_text(goals: tuple[Goal, ...]) -> str:
    """Give a whole target in short: `50000 familias + 25%`."""
    return " + ".join(goal.threshold for goal in goals)


def _without_deadline(text: str) -> tuple[str, int, int]:
    """Take deadlines out of a target: `En dos años`, `para el 2011`."""
    months = by_year = 0
    for found in _WITHIN.finditer(text):
        words = text[found.end() :].split()
        number, taken = _number(words)
        span = bare_word(words[taken]) if taken and taken < len(words) else ""
        if span in _SPANS:
            months = int(number * _SPANS[span])
            pattern = r"\s+".join(map(re.escape, words[: taken + 1]))
            text = text[: found.start()] + re.sub(pattern, " ", text[found.start() :], count=1)
            break
    named = _YEAR.search(text)
    if named is not None:
        by_year = int(named.group(2))
        text = text[: named.start()] + " " + text[named.end() :]
    return text, months, by_year


def _number(words: list[str]) -> tuple[int, int]:
    if words and words[0].isdecimal():
        return int(words[0]), 1
    return leading_number(words)


def _amounts(text: str, decimal: str) -> list[tuple[int, int, Decimal, bool]]:
    """Find amounts in figures and in words: first and last place, amount, percent or not."""
    found: list[tuple[int, int, Decimal, bool]] = []
    for figure in _FIGURE.finditer(text):
        try:
            amount = Decimal(_plain_figure(figure.group(1), decimal))
        except InvalidOperation:
            continue
        found.append((figure.start(), figure.end(), amount, figure.group(2) is not None))
    places = [(word.start(), word.end(), word.group()) for word in re.finditer(r"\S+", text)]
    at = 0
    while at < len(places):
        number, taken = leading_number([word for _, _, word in places[at:]])
        last = places[at + taken - 1][1] if taken else 0
        if taken and _counts(number, places[at + taken :]):
            percent = re.match(r"\s*(%|por\s*ciento)", text[last:], re.IGNORECASE)
            end = last + percent.end() if percent else last
            found.append((places[at][0], end, Decimal(number), percent is not None))
            while at + taken < len(places) and places[at + taken][0] < end:
                taken += 1
        at += max(taken, 1)
    return sorted(found)


def _counts(number: int, after: list[tuple[int, int, str]]) -> bool:
    """Tell whether a number in words is an amount: `una` is mostly an article."""
    return number > 1 or (number == 1 and bool(after) and bare_word(after[0][2]) == "vez")


def _plain_figure(text: str, decimal: str) -> str:
    """Give a figure with a dot for its decimals; groups of three digits are thousands."""
    if decimal and text.count(decimal) == 1:
        whole, _, rest = text.partition(decimal)
        return f"{re.sub(r'[^0-9]', '', whole)}.{re.sub(r'[^0-9]', '', rest)}"
    grouped = re.fullmatch(r"(\d{1,3}(?:[ .,]\d{3})+)(?:[.,](\d+))?", text)
    if grouped is None:
        return text.replace(",", ".")
    whole = re.sub(r"\D", "", grouped.group(1))
    return f"{whole}.{grouped.group(2)}" if grouped.group(2) else whole


def _sense(before: str, *, percent: bool) -> Sense:
    if _MINIMUM.search(before):
        return "minimum"
    if _MAXIMUM.search(before):
        return "maximum"
    if _ABOVE.search(before):
        return "above"
    if _LESS.search(before):
        return "reduction"
    return "growth" if percent and _MORE.search(before) else "exact"


def _unit(after: str) -> str:
    """Give the first word of what an amount counts."""
    for word in after.split()[:6]:
        bare = word.strip(".,;:()%")
        if bare and bare_word(bare) not in _SMALL:
            return bare
        if word[-1:] in ".;:":
            break
    return ""


def _span(months: int) -> str:
    if not months:
        return ""
    years, rest = divmod(months, 12)
    return f"en {months} meses" if rest else f"en {years} años" if years > 1 else "en 1 año"
