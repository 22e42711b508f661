"""What a cell's text holds: items of a list, a number before it; months by their first letters."""

import pytest

from quipu.forms.recognise_repeated import lettered_months, month_letter, words_over
from quipu.forms.recognise_texts import is_dash, items_of, without_number
from quipu.forms.recognise_words import shortens


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Medir. Ordenar el centro.", ["Medir.", "Ordenar el centro."]),
        ("- Medir\n- ordenar", ["Medir", "ordenar"]),
        ("Medir\nOrdenar", ["Medir", "Ordenar"]),
        ("Medir la satisfacción\nde los usuarios", ["Medir la satisfacción de los usuarios"]),
        (
            "Concretar la alianza con la\nOEFA. Diseñar",
            ["Concretar la alianza con la OEFA.", "Diseñar"],
        ),
        ("<p>Uno;</p><p>dos</p>", ["Uno;", "dos"]),
        ("1) Uno\n\n2) Dos", ["Uno", "Dos"]),
        ("Metas de 3.5 km y S.A. de C.V.", ["Metas de 3.5 km y S.A. de C.V."]),
        (" \n ", []),
    ],
)
def test_the_items_of_a_cell(text: str, items: list[str]) -> None:
    assert items_of(text) == items


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("1", "1. Lograr", ("1", "Lograr")),
        ("1.", "1.- Lograr", ("1.", "Lograr")),
        ("", "2) Lograr", ("2", "Lograr")),
        ("3", "2. Lograr", ("3", "2. Lograr")),
        ("1", "100 familias", ("1", "100 familias")),
        ("1", "1.", ("1", "1.")),
    ],
)
def test_a_number_before_a_text(code: str, text: str, expected: tuple[str, str]) -> None:
    assert without_number(code, text, r"\d+") == expected
    assert without_number(code, text, "") == (code, text)


def test_runs_of_months_by_their_letters() -> None:
    words = ["A", *"EFMAMJJASOND", "x", *"JFMAMJJASOND", "E"]
    runs = lettered_months({at: ["", word] for at, word in enumerate(words)})
    assert [sorted(run)[0] for run in runs] == [1, 14]
    assert runs[0] == {at: at for at in range(1, 13)}
    assert lettered_months({0: ["E"], 1: ["F"]}) == []
    assert [month_letter(text) for text in ("E.", " f ", "X", "En", "")] == ["e", "f", "", "", ""]


def test_words_stand_over_the_columns_after_them() -> None:
    pieces = {0: ["N°"], 1: ["Metas", "E"], 2: ["F"], 3: ["Costos", "E"], 4: ["", "F"]}
    assert words_over(pieces) == {0: "", 1: "Metas", 2: "Metas", 3: "Costos", 4: "Costos"}


@pytest.mark.parametrize("text", ["-", " – ", "...", "—", "/"])
def test_a_dash_says_that_there_is_nothing(text: str) -> None:
    assert is_dash(text)


@pytest.mark.parametrize("text", ["", " ", "N/A", "✓", "→", "-1"])
def test_other_signs_say_something(text: str) -> None:
    assert not is_dash(text)


@pytest.mark.parametrize(
    ("text", "words", "same"),
    [
        ("Medio verif.", "Medio de verificación", True),
        ("U/M", "Unidad de medida", True),
        ("M. de verificación", "Medio de verificación", True),
        ("Resp.", "Responsable", True),
        ("Re", "Responsable", False),
        ("Medio", "Medio de verificación", False),
        ("Unidad total", "Unidad de medida", False),
    ],
)
def test_headings_are_shortened(text: str, words: str, same: bool) -> None:
    assert shortens(text, words) is same
