from datetime import UTC, date, timedelta, timezone

import pytest

from quipu.domain.address import Address
from quipu.domain.deadlines import day_of, due_date, is_late
from quipu.domain.facts import Facts


@pytest.mark.parametrize(
    ("period", "due"),
    [
        ("2018-Q1", date(2018, 4, 10)),  # S3-03 names these four days
        ("2018-Q2", date(2018, 7, 10)),
        ("2018-Q3", date(2018, 10, 10)),
        ("2018-Q4", date(2019, 1, 10)),
        ("2024-02", date(2024, 3, 10)),
        ("2024", date(2025, 1, 10)),
    ],
)
def test_the_rule_is_ten_calendar_days_after_the_period(period: str, due: date) -> None:
    assert due_date(Facts(), "plan", period) == due


def test_the_plans_own_date_holds_for_its_period_only() -> None:
    facts = Facts([(Address("plan", "due", "2024-07"), "2024-08-05")])
    assert due_date(facts, "plan", "2024-07") == date(2024, 8, 5)
    assert due_date(facts, "plan", "2024-08") == date(2024, 9, 10)


def test_a_date_that_is_none_leaves_the_rule() -> None:
    facts = Facts([(Address("plan", "due", "2024-07"), "cinco de agosto")])
    assert due_date(facts, "plan", "2024-07") == date(2024, 8, 10)


def test_what_is_no_period_has_no_deadline() -> None:
    with pytest.raises(ValueError, match="julio"):
        due_date(Facts(), "plan", "julio")


def test_the_day_of_a_moment_is_the_day_of_the_place() -> None:
    san_salvador = timezone(timedelta(hours=-6))
    assert day_of("2024-08-11T05:30:00Z", san_salvador) == date(2024, 8, 10)
    assert day_of("2024-08-11T05:30:00+00:00", UTC) == date(2024, 8, 11)
    assert day_of("2024-08-10T23:59:00") == date(2024, 8, 10)


def test_late_is_after_the_day() -> None:
    due = date(2024, 8, 10)
    assert not is_late(due, date(2024, 8, 10), date(2024, 12, 31))
    assert is_late(due, date(2024, 8, 11), date(2024, 8, 11))
    assert not is_late(due, None, date(2024, 8, 10))
    assert is_late(due, None, date(2024, 8, 11))
