import pytest

from quipu.forms.likeness import meant, spellings

USUAL = spellings(
    ["Presidencia"] * 3
    + ["Jefatura UFI"] * 3
    + ["Jefatura de Préstamos"] * 3
    + ["Jefatura de Seguros"] * 2
)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Predidencia", "presidencia"),
        ("PRESIDENCIA", ""),
        ("Jefatura UACI", ""),
        ("Jefatura de Presupuesto", ""),
        ("Jefatura de Prestmos", "jefatura de prestamos"),
        ("Jefaturas de Prestmos", ""),
        ("Jefatura", ""),
        ("", ""),
    ],
)
def test_only_a_slip_of_the_pen_in_one_long_word_means_another_name(name: str, other: str) -> None:
    assert meant(name, USUAL) == other


def test_the_rarer_of_two_names_is_the_mistake() -> None:
    usual = spellings(["Predidencia", "Predidencia", "Presidencia", ""])
    assert meant("Presidencia", usual) == "predidencia"
    assert meant("Predidencia", usual) == ""
    assert meant("Presidencia", spellings(["Presidencia", "Predidencia"])) == ""
