"""Times that machines claimed, beside those that can be: information, and never an argument."""

from datetime import UTC, datetime, timedelta

_TOLERANCE = timedelta(hours=1)


def clock_flag(at: str, *, after: str, before: str) -> str:
    """Tell whether a claimed time is `ahead` of when it was received, `behind`, or `""`.

    `after` is the earliest that it can be, `""` for not known. An hour more or less is nothing.
    """
    moment, first, last = (moment_of(one) for one in (at, after, before))
    if moment is None:
        return ""
    if last is not None and moment > last + _TOLERANCE:
        return "ahead"
    return "behind" if first is not None and moment < first - _TOLERANCE else ""


def moment_of(text: str) -> datetime | None:
    """Give a moment (ISO 8601, UTC where it says nothing), `None` for any other text."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
