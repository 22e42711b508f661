from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quipu.domain.period import Period, PeriodKind


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-S1", date(2024, 1, 1), date(2024, 6, 30)),
        ("2024-S2", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024-Q3", date(2024, 7, 1), date(2024, 9, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2007/2011", date(2007, 1, 1), date(2011, 12, 31)),
        ("2024/2024", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_period_is_a_stretch_of_whole_months(text: str, first: date, last: date) -> None:
    period = Period.parse(f" {text} ")
    assert (period.first_day, period.last_day) == (first, last)
    assert str(period) == text


@pytest.mark.parametrize(
    "text",
    ["", "24", "2024-13", "2024-00", "2024-Q5", "2024-S3", "2024-7", "2011/2007", "2024-07-01"],
)
def test_another_text_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Period.parse(text)


def test_years_and_months_are_made_directly() -> None:
    assert Period.of_year(2024) == Period.parse("2024")
    assert Period.of_month(2024, 7) == Period.parse("2024-07")


@pytest.mark.parametrize(
    ("whole", "kind", "parts"),
    [
        ("2024", "quarter", ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]),
        ("2024-S2", "month", ["2024-07", "2024-08", "2024-09", "2024-10", "2024-11", "2024-12"]),
        ("2024-S2", "quarter", ["2024-Q3", "2024-Q4"]),
        ("2024-Q1", "quarter", ["2024-Q1"]),
        ("2024-Q1", "semester", []),
        ("2007/2009", "year", ["2007", "2008", "2009"]),
        ("2007/2009", "span", ["2007/2009"]),
    ],
)
def test_a_period_is_split_into_finer_ones(whole: str, kind: PeriodKind, parts: list[str]) -> None:
    assert [str(part) for part in Period.parse(whole).parts(kind)] == parts


def test_a_period_contains_what_lies_wholly_within() -> None:
    quarter = Period.parse("2024-Q3")
    assert quarter.contains(Period.parse("2024-09"))
    assert quarter.contains(quarter)
    assert not quarter.contains(Period.parse("2024-10"))
    assert not quarter.contains(Period.parse("2024-S2"))
    assert Period.parse("2007/2011").contains(Period.parse("2011-12"))


KINDS: dict[PeriodKind, int] = {"year": 1, "semester": 2, "quarter": 4, "month": 12}


@settings(max_examples=60)
@given(st.integers(1900, 2100), st.sampled_from(sorted(KINDS)), st.data())
def test_parts_cover_the_whole_without_gap(
    year: int, kind: PeriodKind, data: st.DataObject
) -> None:
    index = data.draw(st.integers(1, KINDS[kind]))
    period = Period(year, kind, index, year)
    assert Period.parse(str(period)) == period
    months = period.parts("month")
    assert months[0].first_day == period.first_day
    assert months[-1].last_day == period.last_day
    assert len(months) == 12 // KINDS[kind]
    assert all(
        (later.first_day - earlier.last_day).days == 1 for earlier, later in pairwise(months)
    )
