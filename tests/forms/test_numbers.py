from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quipu.forms.definition import NumberStyle
from quipu.forms.numbers import NumberReading, read_number, regrouped, write_number

D = Decimal


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("1", "1,234.5", "1"),
        ("150,000", "1,234.5", "150000"),
        ("10000", "1,234.5", "10000"),
        ("0.5", "1,234.5", "0.5"),
        ("1,234,567.25", "1,234.5", "1234567.25"),
        (" 1 700 ", "1,234.5", "1700"),
        ("1 700", "1.234,5", "1700"),
        ("10.000", "1.234,5", "10000"),
        ("2,2", "1.234,5", "2.2"),
        ("-3", "1,234.5", "-3"),
        ("−3", "1,234.5", "-3"),
        ("+3", "1,234.5", "3"),
        ("(1,500)", "1,234.5", "-1500"),
        ("S/ 300", "1,234.5", "300"),
        ("US$ 1,000", "1,234.5", "1000"),
        ("$23.4", "1,234.5", "23.4"),
    ],
)
def test_reads_numbers_in_their_style(text: str, style: NumberStyle, value: str) -> None:
    reading = read_number(text, style)
    assert (reading.value, reading.malformed) == (D(value), False)


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("12%", "1,234.5", "0.12"),
        ("100 %", "1,234.5", "1"),
        ("33.5%", "1,234.5", "0.335"),
        ("2,2%", "1.234,5", "0.022"),
    ],
)
def test_reads_a_percentage_as_its_fraction(text: str, style: NumberStyle, value: str) -> None:
    assert read_number(text, style) == NumberReading(D(value), percent=True)


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("21,00", "1,234.5"),
        ("30000,000", "1,234.5"),
        ("7500,000", "1,234.5"),
        ("6,6,%", "1.234,5"),
        ("6.6%", "1.234,5"),
        ("1,2345", "1,234.5"),
        ("12,34", "1,234.5"),
        ("N/A", "1,234.5"),
        ("%", "1,234.5"),
        ("()", "1,234.5"),
        ("1.", "1,234.5"),
        ("٣", "1,234.5"),
    ],
)
def test_never_repairs_what_does_not_fit_the_style(text: str, style: NumberStyle) -> None:
    reading = read_number(text, style)
    assert (reading.value, reading.malformed) == (None, True)


@pytest.mark.parametrize("text", ["", "  ", "-", "–", " "])
def test_blank_and_a_dash_are_no_number_and_no_mistake(text: str) -> None:
    assert read_number(text, "1,234.5") == NumberReading(None)


@pytest.mark.parametrize(
    ("text", "style", "ambiguous"),
    [
        ("10.000", "1,234.5", True),
        ("1,144", "1.234,5", True),
        ("0.125", "1,234.5", False),
        ("10,000", "1,234.5", False),
        ("10.00", "1,234.5", False),
        ("1,000.125", "1,234.5", False),
    ],
)
def test_says_what_the_other_style_would_read_otherwise(
    text: str, style: NumberStyle, ambiguous: bool
) -> None:
    assert read_number(text, style).ambiguous is ambiguous


def test_tells_thousands_with_a_mark_from_those_without() -> None:
    assert read_number("5,000", "1,234.5").grouped
    assert not read_number("1700", "1,234.5").grouped


@pytest.mark.parametrize(
    ("number", "style", "percent", "grouping", "text"),
    [
        ("150000", "1,234.5", False, True, "150,000"),
        ("150000", "1,234.5", False, False, "150000"),
        ("1234.5", "1.234,5", False, True, "1.234,5"),
        ("-1234.50", "1,234.5", False, True, "-1,234.5"),
        ("0.1", "1,234.5", True, True, "10%"),
        ("0.335", "1.234,5", True, True, "33,5%"),
        ("12", "1,234.5", True, True, "1,200%"),
        ("0", "1,234.5", False, True, "0"),
        ("1E+3", "1,234.5", False, True, "1,000"),
    ],
)
def test_writes_numbers_in_their_style(
    number: str, style: NumberStyle, percent: bool, grouping: bool, text: str
) -> None:
    assert write_number(D(number), style, percent=percent, grouping=grouping) == text


def test_a_number_that_is_none_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="NaN"):
        write_number(D("NaN"), "1,234.5", percent=True)


@settings(max_examples=60)
@given(
    number=st.decimals(allow_nan=False, allow_infinity=False, places=6),
    style=st.sampled_from(["1,234.5", "1.234,5"]),
    percent=st.booleans(),
    grouping=st.booleans(),
)
def test_what_is_written_is_read_back(
    number: Decimal, style: NumberStyle, percent: bool, grouping: bool
) -> None:
    text = write_number(number, style, percent=percent, grouping=grouping)
    reading = read_number(text, style)
    assert (reading.value, reading.percent) == (number, percent)


def test_long_numbers_stay_exact() -> None:
    number = D("1234567890123456789012345678901234567.891")
    assert read_number(write_number(number, "1,234.5", percent=True), "1,234.5").value == number


@pytest.mark.parametrize(
    ("text", "style", "number"),
    [
        ("30000,000", "1,234.5", "30000000"),
        ("US$ 7500,000", "1,234.5", "7500000"),
        ("30000.000", "1.234,5", "30000000"),
        ("1234,000,000", "1,234.5", "1234000000"),
        ("30,000", "1,234.5", None),
        ("21,00", "1,234.5", None),
        ("0000,000", "1,234.5", None),
        ("30000.000", "1,234.5", None),
        ("x", "1,234.5", None),
        ("٣0000,000", "1,234.5", None),
    ],
)
def test_reads_numbers_whose_thousands_are_marked_here_and_there(
    text: str, style: NumberStyle, number: str | None
) -> None:
    assert regrouped(text, style) == (None if number is None else D(number))
