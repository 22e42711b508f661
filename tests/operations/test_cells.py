from decimal import Decimal

import pytest

from quipu.operations.cells import MAX_TEXT, UnreadableText, read_cell


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5", Decimal("1234.5")),
        ("12", Decimal(12)),
        ("10%", Decimal("0.1")),
        ("  ", None),
        ("-3", Decimal(-3)),
    ],
)
def test_a_number_is_read_as_the_form_writes_it(text: str, value: Decimal | None) -> None:
    assert read_cell("executed", text, "1,234.5") == value


def test_a_plain_decimal_is_read_whatever_the_form_writes() -> None:
    assert read_cell("executed", "0.5", "1.234,5") == Decimal("0.5")
    assert read_cell("executed", "1.500", "1.234,5") == Decimal(1500)


@pytest.mark.parametrize("text", ["21,00", "doce", "1 2 x"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(UnreadableText) as caught:
        read_cell("executed", text, "1,234.5")
    assert caught.value.code == "malformed-number"


def test_dates_are_kept_as_iso() -> None:
    assert read_cell("due", "5/9/2024", "1,234.5") == "2024-09-05"
    assert read_cell("due", "2024-09-05", "1,234.5") == "2024-09-05"
    for wrong in ("31/02/2024", "mañana"):
        with pytest.raises(UnreadableText) as caught:
            read_cell("due", wrong, "1,234.5")
        assert caught.value.code == "malformed-date"


def test_texts_are_composed_and_bounded() -> None:
    assert read_cell("narrative", " n\u0303u ", "1,234.5") == "ñu"
    with pytest.raises(UnreadableText) as caught:
        read_cell("narrative", "á" * MAX_TEXT, "1,234.5")
    assert caught.value.code == "text-too-long"


def test_flags_and_files() -> None:
    assert read_cell("deleted", "Sí", "1,234.5") is True
    assert read_cell("deleted", "no", "1,234.5") is None
    with pytest.raises(UnreadableText) as caught:
        read_cell("evidence", "acta.pdf", "1,234.5")
    assert caught.value.code == "field-not-typed"


def test_a_field_of_a_later_version_is_text() -> None:
    assert read_cell("one-day", "12", "1,234.5") == "12"
