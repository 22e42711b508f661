"""Periods as headings name them: Enero, ENE., ene-24, Sept, dates, 1 to 12, quarters, years."""

import re
from dataclasses import dataclass
from functools import lru_cache

from quipu.domain.period import Period, PeriodKind
from quipu.forms.recognise_words import plain_words

_MONTHS: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        "ene en enero jan january",
        "feb febr febrero february",
        "mar marz marzo march",
        "abr abril apr april",
        "may mayo",
        "jun junio june",
        "jul julio july",
        "ago agost agosto aug august",
        "sep sept set septiembre setiembre september",
        "oct octubre october",
        "nov noviembre november",
        "dic diciembre dec december",
    )
)
_NUMBER_OF = {word: number for number, words in enumerate(_MONTHS, 1) for word in words}
_SHORT = {
    "es": ["Ene", "Feb", "Mar", "Abr", "May", "Jun", "Jul", "Ago", "Sep", "Oct", "Nov", "Dic"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ORDINAL = {
    **{"primer": 1, "primero": 1, "segundo": 2, "tercer": 3, "tercero": 3, "cuarto": 4},
    **{"1er": 1, "1ero": 1, "2do": 2, "3er": 3, "3ero": 3, "4to": 4, "1o": 1, "2o": 2},
    **{"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4},
}
_PART_WORDS: dict[str, PeriodKind] = {
    **dict.fromkeys(("trimestre", "trim", "quarter", "t", "q"), "quarter"),
    **dict.fromkeys(("semestre", "sem", "semester", "s"), "semester"),
}
_COUNT: dict[PeriodKind, int] = {"month": 12, "quarter": 4, "semester": 2}
_ISO_DATE = re.compile(r"(\d{4})[-/](\d{1,2})(?:[-/]\d{1,2}(?:[T ][\d:.]+)?)?")
_DAY_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2}|\d{4})(?: [\d:.]+)?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/](\d{4})")
_YEAR = re.compile(r"(?:ano |year )?((?:19|20)\d\d)(?: [ab])?")
_ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Named:
    """What a heading names: the period's number within the year, and the year if it says one.

    `other` is the month that a date would mean if its first number were the month.
    """

    index: int
    year: int | None = None
    other: int | None = None


@lru_cache(maxsize=20_000)
def named_period(text: str, kind: PeriodKind) -> Named | None:
    """Give the period of a kind that a heading names, `None` when it names none.

    Bare numbers are not read here: only a whole set of them (1 to 12) names months.
    """
    if kind == "year":
        found = _YEAR.fullmatch(plain_words(text))
        return Named(1, int(found.group(1))) if found else None
    if len(text) > 40:
        return None
    if kind == "month":
        return _month(text)
    return _part(text, kind) if kind in _COUNT else None


def _month(text: str) -> Named | None:
    words = plain_words(text).split()
    years = [word for word in words if word.isdigit()]
    names = [word for word in words if not word.isdigit() and word not in ("de", "del", "mes")]
    if not names and len(years) == 1 and words[0] == "mes":
        return _checked(int(years[0]), None)
    if len(names) == 1 and names[0] in _NUMBER_OF and len(years) <= 1:
        year = _full_year(years[0]) if years else None
        return Named(_NUMBER_OF[names[0]], year) if year or not years else None
    return _dated(text.strip())


def _dated(text: str) -> Named | None:
    iso = _ISO_DATE.fullmatch(text)
    if iso:
        return _checked(int(iso.group(2)), int(iso.group(1)))
    short = _MONTH_YEAR.fullmatch(text)
    if short:
        return _checked(int(short.group(1)), int(short.group(2)))
    day = _DAY_DATE.fullmatch(text)
    if day is None:
        return None
    first, second, year = int(day.group(1)), int(day.group(2)), _full_year(day.group(3))
    if second <= 12:
        return Named(second, year, first if first <= 12 else None) if second else None
    return _checked(first, year)


def _checked(month: int, year: int | None) -> Named | None:
    return Named(month, year) if 1 <= month <= 12 else None


def _full_year(digits: str) -> int | None:
    if len(digits) == 2:
        return 2000 + int(digits)
    return int(digits) if len(digits) == 4 and digits[:2] in ("19", "20") else None


def _part(text: str, kind: PeriodKind) -> Named | None:
    words = plain_words(re.sub(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[TQStqs]\b)", " ", text)).split()
    year = next((int(word) for word in words if _ANY_YEAR.fullmatch(word)), None)
    words = [word for word in words if not _ANY_YEAR.fullmatch(word)]
    months = [_NUMBER_OF[word] for word in words if word in _NUMBER_OF]
    size = 12 // _COUNT[kind]
    if len(months) == 2 and len(words) <= 3 and months[1] - months[0] == size - 1:
        return Named(months[0] // size + 1, year) if months[1] % size == 0 else None
    if len(words) != 2 or not any(_PART_WORDS.get(word) == kind for word in words):
        return None
    numbers = [_ordinal(word) for word in words if _PART_WORDS.get(word) != kind]
    number = numbers[0] if numbers else None
    return Named(number, year) if number is not None and number <= _COUNT[kind] else None


def _ordinal(word: str) -> int | None:
    if word.isdigit():
        return int(word) or None
    return _ROMAN.get(word) or _ORDINAL.get(word)


def bare_number(text: str) -> int | None:
    """Give the number that a heading is and nothing else: `1`, `01`, `II`, `3er`."""
    words = plain_words(text).split() if len(text) <= 6 else []
    return _ordinal(words[0]) if len(words) == 1 and len(words[0]) <= 4 else None


def years_in(text: str) -> list[int]:
    """Give the years that a text names, in order."""
    return [int(year) for year in _ANY_YEAR.findall(text)]


def short_name(period: str, language: str) -> str:
    """Give a period's short name for a sentence: `Ago` for 2024-08, `Ene-Mar` for 2024-Q1."""
    try:
        known = Period.parse(period)
    except ValueError:
        return period
    names = _SHORT.get(language, _SHORT["es"])
    if known.kind in ("year", "span"):
        return period
    first, last = known.first_day.month, known.last_day.month
    return names[first - 1] if first == last else f"{names[first - 1]}-{names[last - 1]}"
