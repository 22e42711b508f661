import pytest

from quipu.domain.number_words import bare_word, leading_number


@pytest.mark.parametrize(
    ("words", "number", "taken"),
    [
        ("seis meses", 6, 1),
        ("Cincuenta mil familias", 50_000, 2),
        ("treinta y seis meses", 36, 3),
        ("seis y luego", 6, 1),
        ("ciento veinticinco, y cinco", 125, 2),
        ("dos millones quinientos mil", 2_500_000, 4),
        ("mil trescientas veintiuna escuelas", 1321, 3),
        ("veintidós", 22, 1),
        ("treinta y", 30, 1),
        ("meses", 0, 0),
        ("", 0, 0),
    ],
)
def test_numbers_at_the_beginning_of_words(words: str, number: int, taken: int) -> None:
    assert leading_number(words.split()) == (number, taken)


def test_words_are_compared_without_marks() -> None:
    assert bare_word("(Millón),") == "millon"
