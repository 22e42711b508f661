"""Every value comes back as it was, and what cannot is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quipu.domain.value import Blob, Unread, Value, plain
from quipu.store import instants
from quipu.store.values import LONG_NUMBER, NUMBER, UnfitValue, decode, encode

SHA = "ab" * 32

values = st.one_of(
    st.none(),
    st.booleans(),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**25), max_value=10**25),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60),
    st.builds(Unread, st.sampled_from(['{"new":1}', '["ñ"]'])),
    st.builds(Blob, st.just(SHA), st.integers(0, 10**9), st.sampled_from(["acta.pdf", "a b ñ"])),
)


@given(values)
def test_a_value_comes_back(value: Value) -> None:
    back = decode(*encode(value))
    assert encode(back) == encode(value)
    if isinstance(value, Decimal):
        assert isinstance(back, Decimal)
        assert back == value
        assert plain(back) == plain(value)
    elif not isinstance(value, str):
        assert back == value


@pytest.mark.parametrize(
    ("number", "kind", "num"),
    [
        ("0", NUMBER, 0),
        ("-0", NUMBER, 0),
        ("1.50", NUMBER, 1_500_000),
        ("-0.000001", NUMBER, -1),
        ("1E+3", NUMBER, 1_000_000_000),
        ("999999999999.999999", NUMBER, 10**18 - 1),
        ("-1000000000000", LONG_NUMBER, 0),
        ("1234567.8901230", NUMBER, 1_234_567_890_123),
        ("0.0000001", LONG_NUMBER, 0),
    ],
)
def test_numbers_are_millionths_where_they_fit(number: str, kind: int, num: int) -> None:
    stored = encode(Decimal(number))
    assert (stored.kind, stored.num) == (kind, num)
    assert stored.body == (plain(Decimal(number)) if kind == LONG_NUMBER else None)


def test_texts_are_composed() -> None:
    assert encode("Planificacio\u0301n").body == "Planificaci\u00f3n"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("x" * (16 * 1024 + 1), "text-too-long"),
        ("ñ" * (8 * 1024 + 1), "text-too-long"),
        ("a\0b", "text-invalid"),
        ("\ud800", "text-invalid"),
        (Decimal("NaN"), "number-unfit"),
        (Decimal("Infinity"), "number-unfit"),
        (Decimal("1E+999999"), "number-unfit"),
        (Decimal("1E-999999"), "number-unfit"),
        (Decimal("1." + "1" * 2000), "number-unfit"),
        (Blob("../../etc", 1, "x"), "attachment-unfit"),
        (Blob(SHA, -1, "x"), "attachment-unfit"),
    ],
)
def test_what_cannot_be_kept_is_refused(value: Value, code: str) -> None:
    with pytest.raises(UnfitValue) as refused:
        encode(value)
    assert refused.value.code == code


def test_the_longest_text_fits() -> None:
    assert encode("x" * (16 * 1024)).body == "x" * (16 * 1024)


@pytest.mark.parametrize(("kind", "body"), [(3, None), (5, "no blob"), (77, "?")])
def test_what_no_version_wrote_is_not_guessed(kind: int, body: str | None) -> None:
    with pytest.raises(ValueError, match="kind"):
        decode(kind, 0, body)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2024-07-01T08:00:00Z", "2024-07-01T08:00:00Z"),
        ("2024-07-01T02:00:00-06:00", "2024-07-01T08:00:00Z"),
        ("2024-07-01T08:00:00.25", "2024-07-01T08:00:00.250000Z"),
        ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
    ],
)
def test_times_have_one_text(text: str, written: str) -> None:
    assert instants.write(instants.parse(text)) == written
