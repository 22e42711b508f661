"""When the report of a period is due, and whether it came late (S3-03, S3-05)."""

from datetime import date, datetime, timedelta, tzinfo

from quipu.domain.facts import Facts
from quipu.domain.period import Period

DAYS_AFTER = 10
"""Calendar days after a period's last day, where the plan's calendar says nothing else."""


def due_date(facts: Facts, plan: str, period: str) -> date:
    """Give the last day on which a period's report is in time.

    The plan's own `due` date of that period holds; without one (or with one that is no date) the
    rule does: ten calendar days after the period's last day. Raises `ValueError` where `period`
    is no period's text.
    """
    try:
        return date.fromisoformat(facts.text(plan, "due", period))
    except ValueError:
        return Period.parse(period).last_day + timedelta(days=DAYS_AFTER)


def day_of(moment: str, zone: tzinfo | None = None) -> date:
    """Give the calendar day, in a time zone (this machine's for `None`), of an ISO 8601 moment.

    Moments are kept in UTC while deadlines are days of the place, so that a report handed in on
    the last evening must not count for the next day. Raises `ValueError` for any other text.
    """
    read = datetime.fromisoformat(moment)
    return read.date() if read.tzinfo is None else read.astimezone(zone).date()


def is_late(due: date, done: date | None, today: date) -> bool:
    """Tell whether a report is late: handed in after its day, or not yet and the day is past."""
    return (done or today) > due
