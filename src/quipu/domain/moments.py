"""Claimed times as seconds since 1970, where they are UTC to the second."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)

FIRST = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _SECOND
LAST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _SECOND
"""The seconds of the first and the last moment that has a text."""


def seconds_of(moment: str) -> int | None:
    """Give the seconds since 1970 of a moment in UTC to the second, `None` for another text."""
    if _MOMENT.fullmatch(moment) is None:
        return None
    try:
        return (datetime.fromisoformat(moment) - _EPOCH) // _SECOND
    except ValueError:
        return None


def moment_of(seconds: int) -> str:
    """Give the text of a moment; raises `OverflowError` outside the years 1 to 9999."""
    day, second = divmod(seconds, 86_400)
    return f"{_day(day)}T{_MINUTES[second // 60]}:{second % 60:02}Z"


_MINUTES = [f"{minute // 60:02}:{minute % 60:02}" for minute in range(24 * 60)]
"""Every minute of a day, since bundles have many moments and few words for them."""


@lru_cache(maxsize=4000)
def _day(number: int) -> str:
    """Give the date so many days after 1970-01-01."""
    return (_EPOCH + timedelta(days=number)).date().isoformat()
