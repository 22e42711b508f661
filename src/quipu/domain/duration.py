"""How long something takes, said in words without dates: `Seis meses y luego será permanente`."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from quipu.domain.number_words import bare_word, leading_number

_MONTHS = {
    "mes": 1,
    "bimestre": 2,
    "trimestre": 3,
    "cuatrimestre": 4,
    "semestre": 6,
    "ano": 12,
    "bienio": 24,
    "trienio": 36,
    "lustro": 60,
    "quinquenio": 60,
}
_DAYS = {"dia": 1, "semana": 7, "quincena": 15}
_PERMANENT = re.compile(r"\b(permanente|continu[oa]|indefinid[oa]|todo el tiempo)", re.IGNORECASE)
_LONGEST = 16
_OPENING = frozenset({"en", "durante", "por", "plazo", "de", "aproximadamente", "unos", "hasta"})


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: whole months and days, and whether the thing goes on for ever after.

    `text` is what was printed. Nothing is known of months and days where both are 0: then it is
    permanent from the start.
    """

    text: str
    months: int = 0
    days: int = 0
    permanent: bool = False

    def end(self, start: date) -> date | None:
        """Give the last day when it begins on a day; `None` for what is permanent at once."""
        if not self.months and not self.days:
            return None
        month = start.month - 1 + self.months
        year = start.year + month // 12
        month = month % 12 + 1
        day = min(start.day, calendar.monthrange(year, month)[1])
        after = date(year, month, day) + timedelta(days=self.days)
        clipped = day < start.day and not self.days
        # A month from the 31st ends with the next month, not one day before it.
        return after if clipped else after - timedelta(days=1)


def read_duration(text: str) -> Duration | None:
    """Read a duration; `None` where the words are of something else.

    Understands numbers in words and figures, `y medio`, sums (`un año y seis meses`), and what
    becomes permanent.
    """
    words = text.split()
    permanent = _PERMANENT.search(text) is not None
    if not words or len(words) > _LONGEST:
        return None
    at = 0
    while at < len(words) and bare_word(words[at]) in _OPENING:
        at += 1
    months, days, at = _lengths(words, at)
    if not months and not days:
        alone = permanent and len(words) <= 4
        return Duration(text.strip(), permanent=True) if alone else None
    if at < len(words) and not permanent:
        return None
    return Duration(text.strip(), months, days, permanent)


def _lengths(words: list[str], at: int) -> tuple[int, int, int]:
    """Add up `N units` from a word on; give months, days, and the first word not used."""
    months = days = 0
    while at < len(words):
        start = at + 1 if (months or days) and bare_word(words[at]) in ("y", "con") else at
        if start > at and start < len(words) and bare_word(words[start]) in ("medio", "media"):
            unit = _unit(words[at - 1])
            months += _MONTHS.get(unit, 0) // 2
            days += 15 if unit == "mes" else 0
            at = start + 1
            continue
        amount, taken = _amount(words, start)
        unit = _unit(words[start + taken]) if taken and start + taken < len(words) else ""
        if unit in _MONTHS and amount == int(amount * _MONTHS[unit]) / _MONTHS[unit]:
            months += int(amount * _MONTHS[unit])
        elif unit in _DAYS:
            days += int(amount * _DAYS[unit])
        else:
            break
        at = start + taken + 1
    return months, days, at


def _amount(words: list[str], at: int) -> tuple[Decimal, int]:
    if at < len(words) and words[at][:1].isdigit():
        try:
            return Decimal(words[at].replace(",", ".")), 1
        except InvalidOperation:
            return Decimal(0), 0
    number, taken = leading_number(words[at:])
    # "Seis (6) meses" says it twice.
    twice = at + taken
    if taken and twice < len(words) and words[twice] == f"({number})":
        taken += 1
    return Decimal(number), taken


def _unit(word: str) -> str:
    bare = bare_word(word)
    return next(
        (name for name in (*_MONTHS, *_DAYS) if bare in (name, name + "s", name + "es")), ""
    )
