"""Blocks of cells travel to and from Excel as tab-separated text."""

import hypothesis
import pytest
from hypothesis import strategies as st

from quipu.ui.sheet.block import from_text, spread, to_text

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=8)


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("7", [["7"]]),
        ("1\t2\r\n3\t4\r\n", [["1", "2"], ["3", "4"]]),
        ("a\t\tb", [["a", "", "b"]]),
        ('"dos\nlíneas"\tx', [["dos\nlíneas", "x"]]),
        ('"una ""cita"""', [['una "cita"']]),
        ('3" de ancho\t4', [['3" de ancho', "4"]]),
        ('"sin cerrar\t4', [['"sin cerrar', "4"]]),
        ('"ab"c\t4', [['"ab"c', "4"]]),
        ("", [[""]]),
        ("1\n\n3", [["1"], [""], ["3"]]),
    ],
)
def test_a_block_is_read_as_spreadsheets_write_it(text: str, block: list[list[str]]) -> None:
    assert from_text(text) == block


@hypothesis.given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=4))
@hypothesis.settings(max_examples=60)
def test_what_is_written_is_read_back(block: list[list[str]]) -> None:
    assert from_text(to_text(block) + "\n") == block


def test_one_cell_fills_what_is_chosen() -> None:
    assert spread([["5"]], [2, 3], [1, 2]) == {(2, 1): "5", (2, 2): "5", (3, 1): "5", (3, 2): "5"}


def test_a_block_goes_beyond_what_is_chosen() -> None:
    assert spread([["1", "2"]], [0], [3]) == {(0, 3): "1", (0, 4): "2"}


def test_a_block_is_repeated_a_whole_number_of_times() -> None:
    placed = spread([["1"], ["2"]], [0, 1, 2, 3], [0])
    assert [placed[(row, 0)] for row in range(4)] == ["1", "2", "1", "2"]
    assert len(spread([["1"], ["2"]], [0, 1, 2], [0])) == 2


def test_ragged_rows_leave_places_alone() -> None:
    assert spread([["1", "2"], ["3"]], [0], [0]) == {(0, 0): "1", (0, 1): "2", (1, 0): "3"}
