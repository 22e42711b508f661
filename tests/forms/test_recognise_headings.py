from decimal import Decimal

import pytest

from quipu.forms import recognise_headings
from quipu.forms.recognise_columns import Wording
from quipu.forms.recognise_periods import Named, named_period, short_name, years_in
from quipu.forms.recognise_words import clean, plain_words, stems
from tests.forms.raw_tables import (
    BY_ID,
    HEAD,
    MONTHS,
    PROGRAMME,
    WORDS,
    activity,
    found,
    programme,
    read,
    table,
)

ONE = activity("1.1", "Visitar caminos", jul="1", sep="2", total="3")
FULL = [
    "Enero",
    "Febrero",
    "Marzo",
    "Abril",
    "Mayo",
    "Junio",
    "Julio",
    "Agosto",
    "Septiembre",
    "Octubre",
    "Noviembre",
    "Diciembre",
]


def headed(head: str, row: str = ONE) -> str:
    return f"UNIDAD DE CAMINOS\n{head}\n{row}"


def with_months(months: list[str]) -> str:
    return headed(" | ".join((*WORDS, *months, "Total meta")))


@pytest.mark.parametrize(
    "months",
    [
        FULL,
        [name.upper() + "." for name in MONTHS],
        [name.lower() + "-24" for name in MONTHS],
        [f"{name} 2024" for name in FULL],
        [*MONTHS[:8], "Sept", *MONTHS[9:]],
        [*MONTHS[:8], "Setiembre", *MONTHS[9:]],
        [f"01/{month:02}/2024" for month in range(1, 13)],
        [f"{month}/1/2024" for month in range(1, 13)],
        [f"2024-{month:02}-01" for month in range(1, 13)],
        [f"{month:02}/2024" for month in range(1, 13)],
        [str(month) for month in range(1, 13)],
        [f"#{month}" for month in range(1, 13)],
        ["January", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    ],
    ids=lambda months: months[1],
)
def test_months_are_read_however_they_are_written(months: list[str]) -> None:
    (row,) = read(with_months(months)).rows
    assert row.targets == {"2024-07": Decimal(1), "2024-09": Decimal(2)}
    assert row.total == Decimal(3)


@pytest.mark.parametrize(
    "head",
    [
        HEAD.upper(),
        HEAD.replace("verificación", "VERIFICACION:"),
        HEAD.replace("Unidad de medida", "Unidad de\\nmedida").replace(
            "Total meta", "Total\\nmeta"
        ),
        HEAD.replace("verificación", "verifi-\\ncación"),
        HEAD.replace("Producto Resultado", "Producto / Resultado"),
        HEAD.replace("N°", "No."),
        HEAD.replace("N°", "#"),
        HEAD.replace("N°", "Código").replace("Total meta", "Meta anual"),
        HEAD.replace("Actividad", "Actividades (1)").replace("Total meta", "Total 2024"),
        HEAD.replace("Actividad", "Actividad²"),
        HEAD.replace("Medio de verificación", "Medio de verificasión"),
    ],
    ids=str,
)
def test_headings_are_read_however_they_are_written(head: str) -> None:
    reading = read(headed(head))
    (row,) = reading.rows
    assert (row.code, row.text, row.total) == ("1.1", "Visitar caminos", Decimal(3))
    assert set(row.fields) == {"product", "unit_of_measure", "verification"}
    assert [check for check, _, _ in found(reading) if check.startswith("column")] == []


def test_merged_headings_of_two_rows_are_one_heading() -> None:
    above = " | ".join((*WORDS, "Programación 2024", *[""] * 11, "Total meta"))
    below = " | ".join((*[""] * 5, *MONTHS, ""))
    merges = [(1, 5, 1, 16), *((1, at, 2, at) for at in (0, 1, 2, 3, 4, 17))]
    text = f"UNIDAD DE CAMINOS\n{above}\n{below}\n{ONE}"
    for given in (merges, []):
        reading = read(table(text, merges=given), year=None)
        assert reading.year == 2024
        assert reading.rows[0].targets == {"2024-07": Decimal(1), "2024-09": Decimal(2)}


def test_words_of_a_heading_may_be_broken_over_rows() -> None:
    above = " | ".join(
        ("", "", "Producto", "Unidad de", "Medio de", "Programación", *[""] * 11, "Total")
    )
    below = " | ".join(("N°", "Actividad", "Resultado", "medida", "verificación", *MONTHS, "meta"))
    (row,) = read(f"UNIDAD DE CAMINOS\n{above}\n{below}\n{ONE}").rows
    assert set(row.fields) == {"product", "unit_of_measure", "verification"}
    assert (row.unit, row.total) == ("UNIDAD DE CAMINOS", Decimal(3))


def test_three_rows_with_quarters_over_the_months() -> None:
    first = " | ".join((*WORDS, "Programación 2024", *[""] * 11, "Total meta"))
    second = " | ".join((*[""] * 5, *(f"Trimestre {1 + at // 3}" for at in range(12)), ""))
    third = " | ".join((*[""] * 5, *MONTHS, ""))
    (row,) = read(f"UNIDAD DE CAMINOS\n{first}\n{second}\n{third}\n{ONE}").rows
    assert row.targets == {"2024-07": Decimal(1), "2024-09": Decimal(2)}


def test_a_row_that_numbers_the_columns_is_no_row() -> None:
    for marks in (range(1, 19), [f"({at})" for at in range(1, 19)], "ABCDEFGHIJKLMNOPQR"):
        numbering = " | ".join(str(mark) for mark in marks)
        assert len(read(headed(HEAD, f"{numbering}\n{ONE}")).rows) == 1


def test_a_column_more_is_kept_and_said_once() -> None:
    reading = read(headed(HEAD + " | Observaciones", f"{ONE} | tarde\n{ONE} |\n{ONE} | pronto"))
    assert [row.published.get("extra") for row in reading.rows] == ["tarde", None, "pronto"]
    (problem,) = (problem for problem in reading.problems if problem.check == "column-unknown")
    assert (problem.severity, problem.where, problem.value) == ("info", "Hoja1!S2", "Observaciones")
    assert ("extra-cell", "extra", None) not in found(reading)


def test_a_column_without_heading_is_one_finding_when_most_rows_fill_it() -> None:
    rows = "\n".join(f"{ONE} | a{at}" for at in range(4))
    reading = read(headed(HEAD, rows))
    assert [problem.variant for problem in reading.problems if "unknown" in problem.check] == [
        "unheaded"
    ]
    alone = read(headed(HEAD, f"{ONE}\n{ONE}\n{ONE} | nota\n{ONE}"))
    assert [entry for entry in found(alone) if entry[0] == "extra-cell"] == [
        ("extra-cell", "extra", None)
    ]


def test_a_required_column_that_is_missing_is_said() -> None:
    head = " | ".join((*WORDS[:4], *MONTHS, "Total meta"))
    row = " | ".join(("1.1", "Visitar", "Informe", "Documento", *["1"] * 12, "12"))
    reading = read(f"UNIDAD DE CAMINOS\n{head}\n{row}")
    assert ("column-missing", "verification", None) in found(reading, "warning")


def test_a_table_that_lacks_too_much_is_another_table() -> None:
    head = " | ".join(("Actividad", "Proceso", *MONTHS[:3]))
    other = f"{head}\nVisitar | Caminos | 1 | 1 | 1"
    reading = read(other + "\n\n" + programme(ONE))
    assert len(reading.rows) == 1


def test_a_year_outside_the_form_is_no_column_of_it() -> None:
    head = (
        "Objetivo Estratégico | Acción Estratégica | 2010 | 2024 | 2025 | Cantidad | "
        "Indicadores de Productos | Responsable"
    )
    reading = read(f"{head}\nOE 1.1 Unir | AE 1.1.1 Diseñar | x | x | | 1 | Modelo | Dirección")
    assert list(reading.rows[1].targets) == ["2024"]


@pytest.mark.parametrize(
    ("text", "kind", "named"),
    [
        ("Enero", "month", Named(1)),
        ("ENE.", "month", Named(1)),
        ("ene-24", "month", Named(1, 2024)),
        ("Mes de mayo", "month", Named(5)),
        ("Sept", "month", Named(9)),
        ("15/08/2024", "month", Named(8, 2024)),
        ("8/15/2024", "month", Named(8, 2024)),
        ("2024-13", "month", None),
        ("2024-03-01T00:00:00", "month", Named(3, 2024)),
        ("00/2024", "month", None),
        ("1/0/2024", "month", None),
        ("ene 12345", "month", None),
        ("enero febrero", "month", None),
        ("Visitar los caminos de la región en enero y en febrero", "month", None),
        ("EN-MAR", "quarter", Named(1)),
        ("Abr - Jun", "quarter", Named(2)),
        ("Feb-Abr", "quarter", None),
        ("Trimestre 3", "quarter", Named(3)),
        ("IV Trimestre 2018", "quarter", Named(4, 2018)),
        ("1er trimestre", "quarter", Named(1)),
        ("T2", "quarter", Named(2)),
        ("3T", "quarter", Named(3)),
        ("Trimestre 5", "quarter", None),
        ("Trimestre 0", "quarter", None),
        ("Trimestre X", "quarter", None),
        ("Trimestre", "quarter", None),
        ("Segundo semestre", "semester", Named(2)),
        ("Ene-Jun", "semester", Named(1)),
        ("2024", "year", Named(1, 2024)),
        ("Año 2025", "year", Named(1, 2025)),
        ("20245", "year", None),
        ("2024", "span", None),
    ],
)
def test_periods_are_named_in_many_ways(text: str, kind: str, named: Named | None) -> None:
    assert named_period(text, kind) == named  # type: ignore[arg-type]


def test_short_names_of_periods_for_sentences() -> None:
    assert short_name("2024-08", "es") == "Ago"
    assert short_name("2024-01", "en") == "Jan"
    assert short_name("2024-Q1", "es") == "Ene-Mar"
    assert short_name("2024", "es") == "2024"
    assert short_name("total", "es") == "total"
    assert years_in("Plan 2024-2029, hoja 12024") == [2024, 2029]


def test_words_are_compared_without_dress() -> None:
    assert plain_words(" MEDIO de\nVerificación: ") == "medio de verificacion"
    assert plain_words("#") == "n"
    assert stems("Unidades de Medida") == stems("unidad medida")
    assert stems("Nº") == stems("No.") == stems("Número")
    assert clean("**PLAN <b>ANUAL</b>** de\u00a0 tra-\nbajo") == "PLAN ANUAL de trabajo"


def test_a_heading_said_twice_counts_the_first_time() -> None:
    head = HEAD.replace("Total meta", "Ene | Total meta | Total meta")
    row = ONE.rpartition("|")[0] + "| 9 | 3 | 8"
    reading = read(headed(head, row))
    assert "2024-01" not in reading.rows[0].targets
    assert (reading.rows[0].total, reading.rows[0].published["extra"]) == (Decimal(3), "9\n8")


def test_a_formula_in_a_heading_says_nothing() -> None:
    assert read(headed(HEAD + " | =A1", ONE)).rows[0].total == Decimal(3)


def test_a_long_text_is_no_heading() -> None:
    assert not Wording.of(BY_ID[PROGRAMME]).knows("Actividad " * 20)


def test_texts_are_remembered_only_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognise_headings, "_REMEMBERED", 3)
    assert len(read(headed(HEAD, f"{ONE}\n{ONE}")).rows) == 2
