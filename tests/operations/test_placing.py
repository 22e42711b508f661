from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from quipu.operations.placing import places


def order(sequence: Sequence[str], known: Mapping[str, Decimal]) -> list[str]:
    every = {**known, **places(sequence, known)}
    return sorted(every, key=lambda item: (every[item], item))


def numbered(*items: str) -> dict[str, Decimal]:
    return {item: Decimal(place) for place, item in enumerate(items, 1)}


def test_the_first_time_places_count_from_one() -> None:
    assert places("abc", {}) == {"a": Decimal(1), "b": Decimal(2), "c": Decimal(3)}


@pytest.mark.parametrize(
    ("sequence", "known", "expected"),
    [
        ("abc", "abc", "abc"),
        ("axbc", "abc", "axbc"),
        ("abcx", "abc", "abcx"),
        ("xabc", "abc", "xabc"),
        ("xyabc", "abc", "xyabc"),
        ("axybzc", "abc", "axybzc"),
        ("xb", "abc", "axbc"),
        ("bx", "abc", "abxc"),
        ("xy", "abc", "abcxy"),
        # The document has them the other way round: nothing that is stored moves.
        ("cxa", "abc", "abcx"),
        ("bxa", "abc", "abxc"),
    ],
)
def test_new_ones_stand_between_their_neighbours(sequence: str, known: str, expected: str) -> None:
    assert "".join(order(sequence, numbered(*known))) == expected


def test_places_after_a_broken_number_are_whole() -> None:
    assert places("ab", {"a": Decimal("2.5")}) == {"b": Decimal(3)}
