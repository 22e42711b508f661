"""Dates and times of workbooks, in the order that their format asks for."""

import re
from datetime import datetime, timedelta
from decimal import Decimal

_QUIET = re.compile(r'"[^"]*"?|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_PART = re.compile(
    r"(?P<quiet>\"[^\"]*\"?|\\.|[_*].)|(?P<elapsed>\[(?:h+|m+|s+)\])|(?P<bracket>\[[^\]]*\])"
    r"|(?P<half>AM/PM|A/P)|(?P<part>y+|m+|d+|h+|s+)|(?P<fraction>\.0+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_MONTHS = {
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_DAYS = {
    "es": ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_ENGLISH = re.compile(r"\[\$-(?:[0-9a-f]*09|en)", re.IGNORECASE)
_LAST_SERIAL = 2_958_465  # 31 December 9999


def is_date(code: str) -> bool:
    """Tell whether a format code shows a date or a time."""
    bare = _QUIET.sub("", code.partition(";")[0])
    if re.search(r"general|@|[0#?](?!\.?0*$)", re.sub(r"\.0+", "", bare), re.IGNORECASE):
        return False
    return re.search(r"[ymdhs]", bare, re.IGNORECASE) is not None


def moment(serial: Decimal, *, since_1904: bool = False) -> datetime | None:
    """Give the moment of a serial number of days, `None` when there is no such date.

    Excel's calendar has a 29 February 1900 that never was, so that serials below 60 count from a
    day later.
    """
    days = int(serial)
    if serial < 0 or days > _LAST_SERIAL:
        return None
    if since_1904:
        start = datetime(1904, 1, 1)
    else:
        start = datetime(1899, 12, 31) if days < 60 else datetime(1899, 12, 30)
    try:
        return start + timedelta(days=days, seconds=round(float(serial - days) * 86_400))
    except OverflowError:
        return None


def date_text(serial: Decimal, code: str, *, since_1904: bool = False) -> str | None:
    """Give a serial number as its format shows it; `None` when it is no date."""
    at = moment(serial, since_1904=since_1904)
    return None if at is None else format_moment(at, code, serial)


def format_moment(at: datetime, code: str, serial: Decimal = Decimal(0)) -> str:
    """Give a moment in the order of a format code; `serial` serves elapsed times (`[h]`)."""
    language = "en" if _ENGLISH.search(code) else "es"
    parts = list(_PART.finditer(code.partition(";")[0]))
    half_day = any(part.lastgroup == "half" for part in parts)
    shown: list[str] = []
    for place, part in enumerate(parts):
        text = part.group()
        match part.lastgroup:
            case "quiet" if text[0] in '"\\':
                shown.append(text[1:].removesuffix('"'))
            case "elapsed":
                shown.append(_elapsed(serial, text[1].lower()))
            case "half":
                shown.append("AM" if at.hour < 12 else "PM")
            case "part":
                minutes = text[0] in "mM" and _beside_hours(parts, place)
                shown.append(_part(at, text.lower(), language, half_day, minutes))
            case "other":
                shown.append(text)
            case _:
                continue
    return "".join(shown).strip()


def _elapsed(serial: Decimal, unit: str) -> str:
    return str(int(serial * {"h": 24, "m": 1440, "s": 86_400}[unit]))


def _beside_hours(parts: list[re.Match[str]], place: int) -> bool:
    """Tell whether an `m` is minutes: hours stand before it, or seconds after it."""

    def letter(part: re.Match[str]) -> str:
        return part.group().lower().lstrip("[")[0]

    timed = ("part", "elapsed")
    before = [letter(part) for part in parts[:place] if part.lastgroup in timed]
    after = [letter(part) for part in parts[place + 1 :] if part.lastgroup in timed]
    return before[-1:] == ["h"] or after[:1] == ["s"]


def _part(at: datetime, text: str, language: str, half_day: bool, minutes: bool) -> str:
    length = len(text)
    if minutes:
        return f"{at.minute:0{min(length, 2)}}"
    match text[0]:
        case "y":
            return f"{at.year:04}" if length > 2 else f"{at.year % 100:02}"
        case "m" if length > 2:
            return _name(_MONTHS[language][at.month - 1], length)
        case "m":
            return f"{at.month:0{length}}"
        case "d" if length > 2:
            return _name(_DAYS[language][at.weekday()], length)
        case "d":
            return f"{at.day:0{length}}"
        case "h":
            hour = (at.hour - 1) % 12 + 1 if half_day else at.hour
            return f"{hour:0{min(length, 2)}}"
        case _:
            return f"{at.second:0{min(length, 2)}}"


def _name(name: str, length: int) -> str:
    return name[:3] if length == 3 else name[:1] if length == 5 else name
