"""Numbers are shown as a person saw them when the workbook was saved."""

from decimal import Decimal

import pytest

from quipu.files.dates import date_text
from quipu.files.formats import exact, number_format


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("General", "1", "1"),
        ("General", "0.5", "0.5"),
        ("General", "150000", "150000"),
        ("General", "0.333333333333333", "0.333333333"),
        ("General", "-12.5", "-12.5"),
        ("General", "0.00000000001", "0.00000000001"),
        ("", "7", "7"),
        ("0%", "0.12", "12%"),
        ("0%", "1", "100%"),
        ("0.0%", "0.125", "12.5%"),
        ("0 %", "0.1", "10 %"),
        ("#,##0", "1100", "1,100"),
        ("#,##0", "1234567", "1,234,567"),
        ("#,##0", "0", "0"),
        ("#,##0.00", "-1234.5", "-1,234.50"),
        ("0.00", "1.2", "1.20"),
        ("00", "7", "07"),
        ("0.##", "5", "5"),
        ("0.0#", "5.255", "5.26"),
        ("#", "0", ""),
        ("0,", "23400000", "23400"),
        ("0.0,,", "23400000", "23.4"),
        ("$#,##0.00;-$#,##0.00", "-5", "-$5.00"),
        ("$#,##0", "-5", "-$5"),
        ('"S/ "#,##0', "300", "S/ 300"),
        ("[$S/-280A] #,##0", "300", "S/ 300"),
        ("#,##0;[Red](#,##0)", "-1100", "(1,100)"),
        ('0;-0;"-"', "0", "-"),
        ("0;-0;;@", "0", ""),
        ("[>=1000]#,##0;0.0", "2500", "2,500"),
        ("[>=1000]#,##0;0.0", "2.5", "2.5"),
        ("[<1]0%;0", "0.5", "50%"),
        ("[<=1]0%;[=2]0.0;[<>3]0.00;0", "2", "2.0"),
        ("[<=1]0%;[>5]0.0;0", "3", "3"),
        ("_(* #,##0_);_(* (#,##0)", "1100", "1,100"),
        ("# ?/?", "0.5", "0.5"),
        ("0.00E+00", "1500", "1500"),
        ("@", "1.1", "1.1"),
        ('"meta"', "3", "meta"),
        ('General" u"', "3", "3 u"),
    ],
)
def test_a_number_is_shown_by_its_format(code: str, number: str, shown: str) -> None:
    assert number_format(code).show(Decimal(number)) == shown


@pytest.mark.parametrize(
    ("code", "serial", "shown"),
    [
        ("dd/mm/yyyy", "45502", "29/07/2024"),
        ("yyyy-mm-dd", "45502", "2024-07-29"),
        ("d/m/yy", "45502", "29/7/24"),
        ("mmm-yy", "45502", "jul-24"),
        ("[$-en-US]mmmm d, yyyy", "45502", "July 29, 2024"),
        ('dddd d "de" mmmm', "45502", "lunes 29 de julio"),
        ("ddd mmmmm", "45502", "lun j"),
        ("dd/mm/yyyy h:mm", "45502.5", "29/07/2024 12:00"),
        ("h:mm:ss AM/PM", "0.75", "6:00:00 PM"),
        ("mm:ss", "0.0006944445", "01:00"),
        ("[h]:mm", "1.5", "36:00"),
        ("hh\\hmm", "0.25", "06h00"),
        ("dd/mm/yyyy", "59", "28/02/1900"),
        ("dd/mm/yyyy", "-1", "-1"),
        ("dd/mm/yyyy", "9999999", "9999999"),
    ],
)
def test_a_date_is_shown_in_the_order_of_its_format(code: str, serial: str, shown: str) -> None:
    shape = number_format(code)
    assert shape.date
    assert shape.show(Decimal(serial)) == shown


def test_a_book_may_count_from_1904() -> None:
    assert date_text(Decimal(0), "dd/mm/yyyy", since_1904=True) == "01/01/1904"


@pytest.mark.parametrize("code", ["#,##0", '0" días"', "[Red]0", "General", "@", "0.00E+00", "0_d"])
def test_a_format_with_a_letter_of_dates_in_its_words_is_no_date(code: str) -> None:
    assert not number_format(code).date


def test_a_percentage_says_so() -> None:
    assert number_format("0.0%").percent
    assert not number_format('0" %"').percent


def test_numbers_keep_fifteen_digits() -> None:
    assert exact("0.30000000000000004") == Decimal("0.3")
    assert exact("0.28999999999999998") == Decimal("0.29")
    for text in ("nan", "INF", "1E999", "x"):
        with pytest.raises(ArithmeticError):
            exact(text)


def test_a_format_too_long_or_broken_is_still_shown() -> None:
    assert number_format("0" * 300).show(Decimal(5)) == "5"
    assert number_format('0"').show(Decimal(5)) == "5"
    assert number_format("[0").show(Decimal(5)) == "[5"
