"""Claimed times as the ledger keeps them: microseconds since 1970, in one way of writing."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def ticks(moment: datetime) -> int:
    """Give a moment's microseconds since 1970; one without a zone is taken as UTC."""
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _EPOCH) // _TICK


def parse(text: str) -> int:
    """Read an ISO 8601 time; raises `ValueError` for anything else."""
    return ticks(datetime.fromisoformat(text))


def write(number: int) -> str:
    """Give the one text of a moment: UTC, `Z`, and a fraction only where there is one."""
    return (_EPOCH + number * _TICK).isoformat().replace("+00:00", "Z")


def whole_seconds(moment: datetime) -> str:
    """Give the text of a moment, cut to the second, as revisions claim it."""
    return write(ticks(moment) // 1_000_000 * 1_000_000)
