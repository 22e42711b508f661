"""Cells of a cascade that stand in other columns, and what one cell holds."""

import pytest

from quipu.forms.recognise_cells import list_pieces, paragraphs
from tests.forms.cmi_tables import line, scorecard, tree
from tests.forms.test_cascade import FIRST, checks


def test_shifted_cells_are_read_by_what_they_are() -> None:
    reading = scorecard(
        line(
            "1.1 A.",
            "1.1.1 B.",
            "1.1.1.1 20.",
            "1.1.1.1.1",
            "Abrir calles",
            "1) Ir. 2) Ver.",
            "Un año",
            "Cal",
        ),
        "\t".join(
            [
                "",
                "",
                "",
                "1.1.1.1.2",
                "Cerrar",
                "Dar aviso.",
                "",
                "",
                "A. <u>Vías</u>",
                "Un mes",
                "Pala",
            ]
        ),
        line(
            "",
            "",
            "",
            "1.1.1.1.3 Pintar las calles",
            "1.1.1.1.3 Pintar las calles",
            "1) Oír.",
            "<u>Vías</u>",
            "Un año",
        ),
    )
    assert tree(reading, "initiative", "activity") == [
        "...1.1.1.1.1 Abrir calles",
        "....1 Ir.",
        "....2 Ver.",
        "...1.1.1.1.2 Cerrar",
        "....Dar aviso.",
        "...1.1.1.1.3 Pintar las calles",
        "....1 Oír.",
    ]
    found = [row.fields for row in reading.rows if row.kind == "initiative"]
    assert found == [
        {"duration": "Un año", "inputs": "Cal"},
        {"lead": "A. Vías", "duration": "Un mes", "inputs": "Pala"},
        {"lead": "Vías", "duration": "Un año"},
    ]
    assert {one.severity for one in reading.problems if one.check == "row-shifted"} == {"error"}


def test_a_code_in_another_column() -> None:
    reading = scorecard(
        FIRST,
        line("1.1.2 Tasa de vías limpias.", "", "1.1.2.1 80 %.", "1.1.2.1.1 Barrer.", "1) Ir."),
        line(
            "1.1.3 Tasa de vías rotas.",
            "1.1.3.1 Tasa de vías rotas.",
            "1.1.3.2 9 %.",
            "1.1.3.2.1 Oír.",
            "1) Ir.",
        ),
        line(
            "1.1.4 Tasa de vías.",
            "1.1.4.1 Otra cosa.",
            "1.1.4.2 9 %.",
            "1.1.4.2.1 Oír.",
            "1) Ir.",
        ),
    )
    assert tree(reading, "objective", "indicator") == [
        "1.1 Vías seguras.",
        ".1.1.1 Número de vías.",
        ".1.1.2 Tasa de vías limpias.",
        ".1.1.3.1 Tasa de vías rotas.",
        "1.1.4 Tasa de vías.",
        ".1.1.4.1 Otra cosa.",
    ]
    shifted = [one.code for one in reading.problems if one.check == "row-shifted"]
    assert shifted == ["1.1.2.1.1", "1.1.3.2.1"]


def test_cells_that_nothing_decides_stay_where_they_are() -> None:
    reading = scorecard(
        line(
            "1.1 A.",
            "1.1.1 B.",
            "1.1.1.1 20.",
            "1.1.1.1.1 C.",
            "Ir",
            "1) Ver.",
            "con el vecino",
        ),
    )
    assert "row-shifted" not in {one.check for one in reading.problems}
    assert "duration-unread" in checks(reading)


@pytest.mark.parametrize(
    ("cell", "marks"),
    [
        ("1) Ir. 2) Ver (ver 3) y 4) Dar.", ["1", "2", "4"]),
        ("1. Ir al km. 2. Ver el plan. 5. Nada.", ["1", "2"]),
        ("1.- Ir. 2.- Ver.", ["1", "2"]),
        ("1° Ir. 2° Ver.", ["1", "2"]),
        ("<p>Ir a</p> <p>la calle.</p> <p>Ver.</p> <p>Dar</p><p>Oír</p>", ["", "", "", ""]),
        ("Ir a\nla calle\nDar.\nVer.", ["", ""]),
        ("Para 2008 se hará.", [""]),
        ("", []),
    ],
)
def test_items_of_a_list(cell: str, marks: list[str]) -> None:
    assert [piece.mark for piece in list_pieces(cell)] == marks


def test_paragraphs_are_whole_sentences() -> None:
    assert paragraphs("Ir a\nla calle.\n\nVer.") == ["Ir a la calle.", "Ver."]
