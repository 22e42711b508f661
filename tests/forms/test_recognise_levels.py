"""Rows of several levels below each other: what hangs from what, and whose they are."""

from dataclasses import replace

import pytest

from quipu.forms.definition import Context, Form
from quipu.forms.recognise_kinds import context_in, is_legend, level_of, series_of, split_code
from tests.forms.poa_tables import FORM, HEAD, LEGEND, action, operative, page, parents, read, units

PQD = "Acciones Proyectadas en el 1er Seguimiento al PQD 2014-2019 | | Gerencia"


def test_rows_hang_from_what_was_printed_before_them() -> None:
    reading = read(
        page(
            action("AE.1.1.1."),
            operative("AO.1.1.1.1."),
            action("AE.1.1.2"),
            operative("AO.1.1.2.1"),
            PQD,
            operative("AO PQD G1", figures=""),
            operative("AO PQD G1.1"),
            operative("AO PQD G2"),
            action("AE.1.1.3."),
            operative("AO.1.1.3.1."),
        )
    )
    heading = "Acciones Proyectadas en el 1er Seguimiento al PQD 2014-2019"
    assert parents(reading) == [
        ("objective", "OE.1.", ""),
        ("action", "AE.1.1.1.", "OE.1."),
        ("activity", "AO.1.1.1.1.", "AE.1.1.1."),
        ("action", "AE.1.1.2", "OE.1."),
        ("activity", "AO.1.1.2.1", "AE.1.1.2"),
        ("heading", "", "OE.1."),
        ("activity", "AO PQD G1", heading),
        ("activity", "AO PQD G1.1", "AO PQD G1"),
        ("activity", "AO PQD G2", heading),
        ("action", "AE.1.1.3.", "OE.1."),
        ("activity", "AO.1.1.3.1.", "AE.1.1.3."),
    ]
    assert reading.problems == ()


def test_an_action_keeps_its_whole_cell_as_published() -> None:
    rows = read(page(action("AE.1.1.1.", "Proponer un porcentaje."), operative("AO.1.1.1.1."))).rows
    assert (rows[1].code, rows[1].text) == ("AE.1.1.1.", "Proponer un porcentaje.")
    assert rows[1].published == {"text": "AE.1.1.1. Proponer un porcentaje.", "lead": "Gerencia"}
    assert rows[1].measure == "heading"
    assert rows[0].published == {"text": "OE.1. Ampliar los servicios."}
    assert rows[0].unit == ""


@pytest.mark.parametrize(
    "line",
    [
        "AE.1.1.1. | Proponer | Gerencia",
        " | AE.1.1.1. Proponer | Gerencia",
        "AE.1.1.1. Proponer | AE.1.1.1. Proponer | Gerencia",
        "ae.1.1.1. Proponer | | Gerencia",
    ],
)
def test_code_and_text_of_an_action_stand_in_one_cell_or_two(line: str) -> None:
    (_, row, _) = read(page(line, operative("AO.1.1.1.1."))).rows
    assert (row.kind, row.code.upper(), row.text) == ("action", "AE.1.1.1.", "Proponer")


def test_an_action_of_which_only_the_code_is_printed() -> None:
    (_, row, _) = read(page("AE.1.1.1. | | Gerencia", operative("AO.1.1.1.1."))).rows
    assert (row.code, row.text, row.published["code"]) == ("AE.1.1.1.", "", "AE.1.1.1.")


def test_a_heading_that_nobody_foresaw_is_a_heading() -> None:
    reading = read(
        page(
            action("AE.1.1.1."),
            operative("AO.1.1.1.1."),
            "Acciones del plan de igualdad | | Gerencia",
            operative("AO PIG 1"),
        )
    )
    assert parents(reading)[-2:] == [
        ("heading", "", "OE.1."),
        ("activity", "AO PIG 1", "Acciones del plan de igualdad"),
    ]


def test_a_note_below_the_rows_is_no_heading() -> None:
    notes = "Fuente: actas de los comités\n | | Elaborado en enero"
    assert len(read(page(action("AE.1.1.1."), operative("AO.1.1.1.1."), notes)).rows) == 3


def test_a_page_break_changes_nothing() -> None:
    rows = [action("AE.1.1.1."), *(operative(f"AO.1.1.1.{at}.") for at in range(1, 5))]
    whole = parents(read(page(*rows)))
    for at in range(1, 5):
        again = read(page(*rows[:at]) + "\n" + page(*rows[at:]))
        assert parents(again) == whole
        bare = read(page(*rows[:at]) + "\n".join(["", LEGEND, *rows[at:]]))
        assert parents(bare) == whole
        assert len(bare.tables) == 1


def test_a_repeated_part_of_the_heading_is_no_row() -> None:
    middle = "CÓDIGO | ACCIÓN OPERATIVA (AO)"
    rows = [action("AE.1.1.1."), operative("AO.1.1.1.1."), middle, operative("AO.1.1.1.2.")]
    assert len(read(page(*rows)).rows) == 4


def test_an_objective_is_one_row_wherever_it_is_named() -> None:
    reading = read(
        page(action("AE.1.1.1."), operative("AO.1.1.1.1."))
        + page(action("AE.2.1.1."), operative("AO.2.1.1.1."), objective="OE.2. Administrar.")
        + page(action("AE.1.1.2."), operative("AO.1.1.2.1."))
        + page(operative("AO PQD 1"), objective="Objetivo del PQD: 1. Productividad")
    )
    objectives = [row for row in reading.rows if row.kind == "objective"]
    assert [(row.code, row.text) for row in objectives] == [
        ("OE.1.", "Ampliar los servicios."),
        ("OE.2.", "Administrar."),
        ("1.", "Productividad"),
    ]
    assert parents(reading)[6] == ("action", "AE.1.1.2.", "OE.1.")
    assert parents(reading)[-1] == ("activity", "AO PQD 1", "1.")


def test_an_objective_may_stand_in_the_middle_of_a_table() -> None:
    rows = [action("AE.1.1.1."), operative("AO.1.1.1.1."), "OE.2. Administrar los activos."]
    reading = read(page(*rows, action("AE.2.1.1."), operative("AO.2.1.1.1.")))
    assert parents(reading)[-2:] == [
        ("action", "AE.2.1.1.", "OE.2."),
        ("activity", "AO.2.1.1.1.", "AE.2.1.1."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "OE.1. Ampliar los servicios.",
        "OE.1. | Ampliar los servicios.",
        "OE.1. Ampliar los servicios. | OE.1. Ampliar los servicios.",
        "Objetivo estratégico: OE.1. Ampliar los servicios.",
        "OBJETIVO ESTRATÉGICO (OE): OE.1. Ampliar los servicios.",
    ],
)
def test_an_objective_line_is_written_in_many_ways(line: str) -> None:
    reading = read(page(action("AE.1.1.1."), operative("AO.1.1.1.1."), objective=line))
    (row, *_) = reading.rows
    assert (row.kind, row.code, row.text) == ("objective", "OE.1.", "Ampliar los servicios.")


def test_a_table_without_objective_is_read_too() -> None:
    reading = read(page(action("AE.1.1.1."), operative("AO.1.1.1.1."), objective=""))
    assert parents(reading) == [
        ("action", "AE.1.1.1.", ""),
        ("activity", "AO.1.1.1.1.", "AE.1.1.1."),
    ]
    loose = read(page(operative("AO AI 1", lead="Auditoría"), objective=""))
    assert parents(loose) == [("activity", "AO AI 1", "")]
    assert units(loose) == ["Auditoría"]


def test_columns_may_stand_in_any_order() -> None:
    head = (
        "UNIDAD LÍDER | N° | META ANUAL | T1 | T2 | T3 | T4 | ÁREA RESPONSABLE | ACCIÓN OPERATIVA"
    )
    rows = [
        "Gerencia | AE.1.1.1. Mejorar",
        "Gerencia | AO.1.1.1.1. | 1 | 0 | 0 | 0.5 | 0.5 | Archivo | Hacer",
    ]
    reading = read("\n".join(["OE.1. Ampliar.", "", head.replace("N°", "CÓDIGO"), *rows]))
    (_, above, row) = reading.rows
    assert (above.kind, above.fields) == ("action", {"lead": "Gerencia"})
    assert (row.fields, [str(number) for number in row.targets.values()]) == (
        {"lead": "Gerencia", "area": "Archivo"},
        ["0", "0", "0.5", "0.5"],
    )


# ------------------------------------------------------------------------ whose rows they are
def test_the_unit_is_the_one_that_leads_the_action() -> None:
    reading = read(
        page(
            action("AE.1.1.1.", lead="Gerencia"),
            operative("AO.1.1.1.1.", lead="Finanzas", area="Caja"),
            action("AE.1.1.2.", lead="Seguros"),
            operative("AO.1.1.2.1.", lead="Seguros"),
        )
    )
    assert units(reading) == ["Gerencia", "Seguros"]
    assert [(table.unit, table.rows) for table in reading.tables] == [
        ("Gerencia", 1),
        ("Seguros", 1),
    ]


def test_an_area_that_all_rows_of_a_block_name_is_the_unit() -> None:
    rows = [operative(f"AO.1.1.1.{at}.", area="Unidad de Género") for at in range(1, 4)]
    reading = read(page(action("AE.1.1.1."), *rows))
    assert units(reading) == ["Unidad de Género"] * 3
    assert units(read(page(action("AE.1.1.1."), *rows[:2]))) == ["Gerencia"] * 2
    other = operative("AO.1.1.1.4.", area="Archivo")
    assert set(units(read(page(action("AE.1.1.1."), *rows, other)))) == {"Gerencia"}


def test_codes_of_another_series_begin_another_unit() -> None:
    reading = read(
        page(
            PQD,
            operative("AO PQD UG1"),
            operative("AO PQD UG2"),
            *(operative(f"AO OIR {at}", lead="Información") for at in (1, 2)),
            *(operative(f"AO AI {at}", lead="Auditoría") for at in (1, 2)),
        )
    )
    assert units(reading) == ["Gerencia"] * 2 + ["Información"] * 2 + ["Auditoría"] * 2
    assert parents(reading)[4:6] == [
        ("activity", "AO OIR 1", "OE.1."),
        ("activity", "AO OIR 2", "OE.1."),
    ]


def test_a_code_of_the_action_never_leaves_it() -> None:
    rows = [operative("AO.1.1.1.1."), operative("A0.1.1.1.2."), operative("AO.1.1.1.3.")]
    assert [above for kind, _, above in parents(read(page(action("AE.1.1.1."), *rows)))][2:] == [
        "AE.1.1.1."
    ] * 3


def test_a_headings_lead_is_believed_only_with_its_first_row() -> None:
    before = [action("AE.1.1.1."), operative("AO.1.1.1.1.")]
    heading = "Acciones proyectadas para 2018 | | Presidencia"
    same = read(page(*before, heading, operative("AO PQD P1", lead="Presidencia")))
    assert units(same) == ["Gerencia", "Presidencia"]
    other = read(page(*before, heading, operative("AO PQD G1", lead="Gerencia")))
    assert units(other) == ["Gerencia", "Gerencia"]
    assert units(read(page(*before, heading))) == ["Gerencia"]


def test_a_misspelt_lead_is_the_unit_that_was_meant() -> None:
    rows = [action(f"AE.1.1.{at}.", lead="Presidencia") for at in (1, 2)]
    below = [operative(f"AO.1.1.{at}.1.", lead="Presidencia") for at in (1, 2)]
    reading = read(
        page(
            rows[0],
            below[0],
            rows[1],
            below[1],
            action("AE.1.1.3.", lead="Predidencia"),
            operative("AO.1.1.3.1.", lead="Presidencia"),
        )
    )
    assert set(units(reading)) == {"Presidencia"}
    (problem,) = reading.problems
    assert (problem.check, problem.value, problem.proposal) == (
        "unit-unknown",
        "Predidencia",
        "Presidencia",
    )
    assert (problem.unit, problem.code) == ("Presidencia", "AE.1.1.3.")


def test_a_row_without_lead_belongs_to_the_block_around_it() -> None:
    rows = [action("AE.1.1.1.", lead=""), operative("AO.1.1.1.1.", lead="")]
    reading = read(page(*rows, operative("AO.1.1.1.2.", lead="Gerencia")))
    assert units(reading) == ["Gerencia", "Gerencia"]
    missing = [(one.check, one.code) for one in reading.problems]
    assert missing == [("lead-missing", "AE.1.1.1."), ("lead-missing", "AO.1.1.1.1.")]


def test_units_may_have_sheets_of_their_own() -> None:
    first = page(action("AE.1.1.1."), operative("AO.1.1.1.1."))
    second = page(action("AE.1.2.1.", lead="Seguros"), operative("AO.1.2.1.1.", lead="Seguros"))
    reading = read(first, second)
    assert [table.unit for table in reading.tables] == ["Gerencia", "Seguros"]
    assert sum(row.kind == "objective" for row in reading.rows) == 1


def test_findings_of_cells_name_the_unit_too() -> None:
    line = operative("AO.1.1.1.1.") + " | 7"
    reading = read(page(action("AE.1.1.1."), line))
    assert [(one.check, one.unit) for one in reading.problems] == [("extra-cell", "Gerencia")]


# --------------------------------------------------------------------------------- the words
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("AE.1.2. Mejorar", "action"),
        ("AE 1.2 Mejorar", "action"),
        ("AO AI 1", "activity"),
        ("AO.1.1.1.1.1.", "activity"),
        ("ACCIONES PROYECTADAS EN 2018", "heading"),
        ("OE.1. Ampliar", None),
        ("Mejorar", None),
    ],
)
def test_a_level_is_known_by_its_first_words(text: str, kind: str | None) -> None:
    found = level_of(text, FORM)
    assert (found.kind if found is not None else None) == kind


def test_only_lines_with_a_code_and_words_name_an_objective() -> None:
    assert context_in("OE.3.", FORM) is None
    assert context_in("Objetivo del PQD: Productividad", FORM) is None
    assert context_in("Objetivo del plan: 1. Productividad", FORM) is None
    assert context_in("Objetivo", FORM) is None
    plain = Form("f", "1", "d", {"es": "F"}, "I", "f", FORM.levels, FORM.columns)
    assert context_in("OE.3. Ampliar", plain) is None
    assert not is_legend(("EJE (E)",), plain)


def test_a_line_without_code_names_its_level_by_its_text() -> None:
    form = replace(FORM, contexts=(Context("Eje: {text}", "objective"),))
    found = context_in("EJE: Servicios", form)
    assert found is not None
    assert (found.code, found.text) == ("", "Servicios")


def test_the_legend_is_known_whole_in_parts_and_beside_numbers() -> None:
    assert is_legend((LEGEND,), FORM)
    assert is_legend(("INDICADOR ESTRATÉGICO (IE)", "Indicador Operativo (IO)"), FORM)
    assert is_legend(("12", "EJE (E)"), FORM)
    assert not is_legend(("EJE (E)", "Ampliar"), FORM)
    assert not is_legend(("12",), FORM)
    assert not is_legend(("o",), FORM)


def test_codes_have_series_and_texts() -> None:
    assert (series_of("AO PQD G1.1"), series_of("AO.1.1.2.")) == ("ao pqd g", "ao")
    assert split_code("AE.1.2.- Mejorar.", r"AE[.\d]+") == ("AE.1.2.", "Mejorar.")
    assert split_code("Mejorar", r"AE[.\d]+") == ("", "Mejorar")
    assert split_code("Mejorar", "") == ("", "Mejorar")
    assert split_code("Mejorar", r"\d*") == ("", "Mejorar")


def test_the_heading_may_stand_in_one_row() -> None:
    one = HEAD.partition("METAS")[0] + "I Trim | II Trim | III Trim | IV Trim"
    reading = read("\n".join([one, action("AE.1.1.1."), operative("AO.1.1.1.1.")]))
    assert list(reading.rows[1].targets) == ["2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4"]
