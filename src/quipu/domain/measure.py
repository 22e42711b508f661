"""What a row's figures mean: the kinds of X-2, read from how the row is printed."""

import re
from typing import Literal, get_args

from quipu.domain.row import Row

Measure = Literal[
    "count",
    "share",
    "spread",
    "rate",
    "cumulative",
    "milestone",
    "money",
    "reduction",
    "minimum",
    "heading",
]
MEASURES: tuple[str, ...] = get_args(Measure)
"""Every kind of measure.

`count` adds up things; `share` adds fractions of one deliverable (S1-17); `spread` adds parts of
100 % (S1-19); `rate` is a numerator over a denominator; `cumulative` is a level, whose last value
counts; `milestone` is done or not; `money` adds amounts; `reduction` wants less; `minimum` wants
at least so much; `heading` has no target.
"""

_MONEY = re.compile(r"\$|\bS/|\b(d[oó]lar|colon|col[oó]n|sol|peso)(es|s)?\b", re.IGNORECASE)
_LEVEL = re.compile(r"\bacumulad[oa]", re.IGNORECASE)
_MILESTONE = re.compile(r"\bhitos?\b", re.IGNORECASE)
_LESS = re.compile(r"(reduc|disminu)", re.IGNORECASE)
_AT_LEAST = re.compile(r"\b(al menos|como m[ií]nimo|por lo menos|no menos de)\b", re.IGNORECASE)
_AT_MOST = re.compile(
    r"\bno (?:super|exced|sobrepas)\w+ (?:\w+ ){0,3}\d"
    r"|\b(?:menor|inferior) (?:al?|del?|que)\b (?:\w+ ){0,3}\d"
    r"|\b(?:como m[aá]ximo|a lo m[aá]s|a lo sumo) (?:el )?\d",
    re.IGNORECASE,
)
_SO_MUCH = re.compile(
    r"\b(?:al menos|por lo menos|como m[ií]nimo|no menos de) (?:el )?\d"
    r"|\b(?:incrementar|aumentar|elevar) (?:al|a|hasta el) \d",
    re.IGNORECASE,
)
_WANTED = ("goal", "threshold", "indicator", "unit_of_measure")


def measure_of(row: Row) -> Measure:
    """Infer the kind of measure of a row from its printed cells, units of measure and wording.

    Percent months with a percent total (or none) are a spread; with a count total, or beside
    counts, they are fractions of one deliverable. A malformed cell counts as a count. A limit in
    words ("no superen el 3%", "al menos 2") makes a row a reduction or a minimum, one without
    figures too.
    """
    periods = [period for period in row.targets if row.published.get(period, "?").strip()]
    total_printed = row.total is not None or bool(row.published.get("total", "").strip())
    if not periods and not total_printed:
        return _aim(row.text) or "heading"
    if any(_is_percent(row, period) for period in periods):
        return _percent_months(row, periods)
    unit_of_measure = row.fields.get("unit_of_measure", "")
    if _MONEY.search(unit_of_measure):
        return "money"
    if _LEVEL.search(unit_of_measure):
        return "cumulative"
    if _MILESTONE.search(unit_of_measure):
        return "milestone"
    return _by_wording(row, has_periods=bool(periods))


def _is_percent(row: Row, place: str) -> bool:
    return row.published.get(place, "").rstrip().endswith("%")


def _percent_months(row: Row, periods: list[str]) -> Measure:
    if _is_percent(row, "total"):
        return "spread"
    whole = all(_is_percent(row, period) for period in periods)
    return "spread" if whole and row.total is None else "share"


def _by_wording(row: Row, *, has_periods: bool) -> Measure:
    wanted = [row.fields.get(field, "") for field in _WANTED]
    if any(_LESS.match(text.strip()) for text in (row.text, *wanted)):
        return "reduction"
    if any(_AT_LEAST.search(text) for text in wanted):
        return "minimum"
    aim = _aim(row.text)
    if aim is not None:
        return aim
    if not has_periods and (_is_percent(row, "total") or row.fields.get("formula", "")):
        return "rate"
    return "count"


def _aim(text: str) -> Measure | None:
    """Give the kind of a limit that a row's own words set with a number (S2-10)."""
    if _AT_MOST.search(text):
        return "reduction"
    return "minimum" if _SO_MUCH.search(text) else None
