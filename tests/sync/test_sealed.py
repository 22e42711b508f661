import time
from secrets import token_bytes

import pytest

from quipu.sync.codes import SIGNS, check_code, new_code, same_code
from quipu.sync.sealed import (
    SealError,
    WrongSecret,
    close,
    close_small,
    unclose,
    unclose_small,
)
from tests.sync.world import ROOT, key

CHEAP = 2**4


def closed() -> dict[str, object]:
    return close_small(b"secret", "abc", about=b"test", cost=CHEAP, randomness=token_bytes)


def test_what_is_closed_opens_with_the_secret_alone() -> None:
    told, box = close(b"secret", "abc", about=b"test", cost=CHEAP, randomness=token_bytes)
    assert unclose(told, box, "abc", about=b"test") == b"secret"
    for other in ("abd", "", "ABC"):
        with pytest.raises(WrongSecret):
            unclose(told, box, other, about=b"test")
    with pytest.raises(WrongSecret):
        unclose(told, box, "abc", about=b"another purpose")
    assert b"secret" not in box
    assert unclose_small(closed(), "abc", about=b"test") == b"secret"
    assert closed()["salt"] != closed()["salt"]


def test_every_changed_bit_of_the_box_is_seen() -> None:
    told, box = close(b"secret", "abc", about=b"test", cost=CHEAP, randomness=token_bytes)
    for bit in range(8 * len(box)):
        changed = bytearray(box)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(WrongSecret):
            unclose(told, bytes(changed), "abc", about=b"test")
    with pytest.raises(WrongSecret):
        unclose(told, b"", "abc", about=b"test")


@pytest.mark.parametrize(
    "change",
    [
        {"n": 2**24, "r": 64},
        {"n": 2**23},
        {"n": 2**19},
        {"n": 2**18, "p": 16},
        {"n": 2**63},
        {"n": 10**30},
        {"r": 2**30},
        {"p": 2**30},
        {"n": 0},
        {"n": 1},
        {"n": 48},
        {"n": -16},
        {"n": "16"},
        {"n": True},
        {"kdf": "none"},
        {"cipher": "rot13"},
        {"salt": ""},
        {"salt": "zz" * 16},
        {"nonce": "00"},
        {"box": None},
        {"box": "xyz"},
        {"salt": None},
    ],
)
def test_parameters_that_ask_for_too_much_are_refused_at_once(change: dict[str, object]) -> None:
    begun = time.perf_counter()
    with pytest.raises(SealError):
        unclose_small(closed() | change, "abc", about=b"test")
    assert time.perf_counter() - begun < 0.5


def test_what_says_how_it_was_closed_cannot_be_changed() -> None:
    with pytest.raises(WrongSecret):
        unclose_small(closed() | {"later": 1}, "abc", about=b"test")
    for nothing in (None, [], {}, "box"):
        with pytest.raises(SealError):
            unclose_small(nothing, "abc", about=b"test")


def test_a_code_is_read_out_without_mistakes() -> None:
    codes = {new_code(token_bytes) for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        groups = code.split("-")
        assert [len(group) for group in groups] == [4, 4, 4, 4]
        assert set("".join(groups)) <= set(SIGNS)
    assert not set(SIGNS) & set("0O1IL2Z5S8BUV")
    assert len(SIGNS) ** 16 > 2**60


def test_every_sign_comes_as_often_as_another() -> None:
    found = "".join(new_code(token_bytes) for _ in range(2_000)).replace("-", "")
    counts = [found.count(sign) for sign in SIGNS]
    assert min(counts) > 1_000
    assert max(counts) < 1_800


def test_a_code_may_be_typed_in_any_way() -> None:
    assert same_code(" a3cd 9kmn–PQRT_wxy4\n") == "A3CD9KMNPQRTWXY4"


def test_two_people_compare_a_key_by_three_groups() -> None:
    assert check_code(ROOT.public) == check_code(ROOT.public)
    assert check_code(ROOT.public) != check_code(key("other").public)
    assert [len(group) for group in check_code(ROOT.public).split("-")] == [4, 4, 4]
