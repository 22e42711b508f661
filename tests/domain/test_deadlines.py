from datetime import UTC, date, timedelta, timezone

import pytest

from quipu.domain import fields
from quipu.domain.address import Address
from quipu.domain.deadlines import (
    DeadlineRule,
    day_of,
    deadlines,
    due_date,
    is_late,
    rule_day,
)
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


def test_a_task_has_its_own_day_in_the_plan() -> None:
    rule = DeadlineRule("follow-up", "month-end", days=3)
    facts = Facts([(Address("plan", "due.follow-up", "2024-02"), "2024-03-20")])
    assert due_date(facts, "plan", "2024-02", rule) == date(2024, 3, 20)
    assert due_date(facts, "plan", "2024-03", rule) == date(2024, 4, 3)
    assert fields.find("due.follow-up") is not None


def test_a_fixed_day_that_a_year_does_not_have_is_the_months_last() -> None:
    rule = DeadlineRule("closing", "fixed", day=29, month=2)
    assert rule_day(rule, "2024") == date(2024, 2, 29)
    assert rule_day(rule, "2025") == date(2025, 2, 28)


def test_a_calendar_has_every_task_in_each_of_its_periods() -> None:
    rules = [DeadlineRule("half", "semester-end"), DeadlineRule("each", "period-end", days=1)]
    facts = Facts([(Address("plan", "due", "2024-Q1"), "2024-04-30")])
    found = deadlines(facts, "plan", 2024, ["2024-Q1", "2024-Q2"], rules)
    assert [(one.task, one.period, one.fixed) for one in found] == [
        ("each", "2024-Q1", False),
        ("report", "2024-Q1", True),
        ("half", "2024-S1", False),
        ("each", "2024-Q2", False),
        ("report", "2024-Q2", False),
        ("half", "2024-S2", False),
    ]
