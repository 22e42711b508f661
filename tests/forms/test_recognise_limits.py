"""What no plan can be is refused before it costs time, and a wide row is no heading."""

import pytest

from quipu.domain.errors import InputError
from quipu.forms.recognise import LONGEST_CELL, MOST_ROWS, headings_in
from quipu.forms.recognise_headings import MOST_HEADS
from tests.forms.raw_tables import FORMS, HEAD, activity, programme, raw, read


def many_rows() -> str:
    return "x\n" * (MOST_ROWS + 1)


def long_cell() -> str:
    return programme(activity("1.1", "a" * (LONGEST_CELL + 1)))


def many_heads() -> str:
    return "\n".join(f"{HEAD} | Nota {number}" for number in range(MOST_HEADS))


@pytest.mark.parametrize("made", [many_rows, long_cell, many_heads])
def test_more_than_a_plan_can_be_is_refused(made: object) -> None:
    text = made()  # type: ignore[operator]
    with pytest.raises(InputError) as caught:
        read(text)
    assert caught.value.code == "file-too-large-inside"
    with pytest.raises(InputError) as caught:
        headings_in(raw(text), FORMS)
    assert caught.value.code == "file-too-large-inside"


def test_a_row_of_a_thousand_words_is_no_heading() -> None:
    with pytest.raises(InputError) as caught:
        read(" | ".join([HEAD] * 30))
    assert caught.value.code == "no-table-of-form"


def test_a_heading_of_nearly_known_words_needs_one_that_is_known() -> None:
    months = " | ".join(f"{month:02}" for month in range(1, 13))
    nearly = (
        f" | Actividades a realizar | PRODUCTO | Unidad de med. | M. de verificación | {months}"
    )
    row = "1.1 | Medir | Mapa | Documento | Acta" + " | 1" * 12
    reading = read(
        "\n".join(["UNIDAD DE CAMINOS", "NO. | " + nearly[3:] + " | Total", row + " | 12"])
    )
    assert [(one.code, one.total) for one in reading.rows] == [("1.1", 12)]
