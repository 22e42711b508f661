import pytest

from quipu.forms.document import Run
from quipu.forms.section_text import is_item, is_loud, paragraphs, styled


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("- Ley de Caminos", True),
        ("• Ley de Caminos", True),
        ("1. Preparar", True),
        ("2) Preparar", True),
        ("2.1 Generar", True),
        ("a) Recopilar", True),
        ("iv. Evaluar", True),
        ("12 de mayo", False),
        ("2024 fue un buen año", False),
        ("**Ley** de Caminos", False),
        ("Ley", False),
        ("-", False),
    ],
)
def test_items_of_lists(line: str, item: bool) -> None:
    assert is_item(line) is item


def test_capitals_are_loud_and_figures_are_not() -> None:
    assert is_loud("DIRECCIÓN DE OBRAS")
    assert is_loud("F")
    assert not is_loud("Obras")
    assert not is_loud("2024")


def test_a_text_is_paragraphs_and_items() -> None:
    found = list(paragraphs("Para ello:\n- a) Recopilar\n- Ver\n\n1. Uno\nsigue\n\n\nFin."))
    assert [(one.marker, one.text) for one in found] == [
        ("", "Para ello:"),
        ("a)", "a) Recopilar"),
        ("•", "• Ver"),
        ("1.", "1. Uno\nsigue"),
        ("", "Fin."),
    ]
    assert list(paragraphs("  \n ")) == []


def test_names_stand_over_their_text() -> None:
    found = list(paragraphs("Unidad\n\nVamos juntos.\n\nÚltimo", names=True))
    assert [one.name for one in found] == [True, False, False]
    assert found[0].runs == (Run("Unidad", bold=True),)
    [whole] = paragraphs("Vamos juntos.", names=True)
    assert not whole.name


def test_bold_and_underlined_words() -> None:
    assert styled("**Voz:** una <u>sola</u> voz") == (
        Run("Voz:", bold=True),
        Run(" una "),
        Run("sola", underline=True),
        Run(" voz"),
    )
    assert styled("") == (Run(""),)
    assert styled("****") == (Run("****"),)
