"""The formats of Huamanga: objectives, programming, budget, the two calendars."""

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from quipu.domain.row import Row
from quipu.files.reader import read_file
from quipu.forms.checks import run_checks
from quipu.forms.definition import Form
from quipu.forms.language import choose, load_forms
from quipu.forms.raw import RawCell, RawFile, RawTable
from quipu.forms.reading import Reading
from quipu.forms.recognise import recognise
from quipu.forms.rows import rows_from_facts
from quipu.settings import forms_dir
from quipu.words import LANGUAGES, Words
from tests.forms.raw_tables import found, raw, table
from tests.forms.test_recognise_sources import golden, problem_lines, row_line
from tests.forms.test_rows import stored

FORMS: tuple[Form, ...] = choose(load_forms(forms_dir()), "pe-huamanga")
BY_ID = {form.id: form for form in FORMS}
MONTHS = ["Ene", "Feb", "Mar", "Abr", "May", "Jun", "Jul", "Ago", "Set", "Oct", "Nov", "Dic"]
LETTERS = list("EFMAMJJASOND")
TABLES = ["anexo1", "anexo2_formulacion", "anexo2_evaluacion", "cuadro_presupuesto"]


def read(*tables: RawTable | str, year: int = 2017, name: str = "poi.xlsx") -> Reading:
    return recognise(raw(*tables, name=name), FORMS, year=year)


def again(rows: Sequence[Row]) -> list[Row]:
    facts = stored(rows, dict(BY_ID))
    return [replace(row, item="") for row in rows_from_facts(facts, "plan", BY_ID)]


def line(cells: Sequence[object]) -> str:
    return " | ".join("" if cell is None else str(cell) for cell in cells)


def months(values: dict[int, object]) -> list[object]:
    return [values.get(month, "") for month in range(1, 13)]


def calendar(title: str, *rows: str, letters: Sequence[str] = LETTERS) -> str:
    heads = [line(["ACTIVIDAD", "MESES"]), line(["", *letters])]
    return "\n".join([title, "", *heads, *rows])


def arrows(text: str, *columns: int) -> str:
    return line([text, *("→" if at in columns else "" for at in range(1, 14))])


OBJECTIVES = "\n".join(
    [
        " | OBJETIVO ESTRATÉGICO | Estrategias | Actividades Claves | INDICADOR | META 2015-2018",
        "1 | 1. Lograr más. | Medir. | Hacer encuestas. Publicar los datos. | Uno | 4 por año",
        "2 | 2. Mejorar la ciudad. | Ordenar. | Estudiar. | Dos | 10 2 por año como mínimo.",
        "3 | 3. Cuidar el agua. | Vigilar. | Medir el caudal. | Tres | 100% al 2018 1 al año",
    ]
)


# Objectives


def test_the_number_stands_in_a_column_without_heading_and_before_the_text() -> None:
    reading = read(OBJECTIVES)
    assert [(row.kind, row.code, row.text) for row in reading.rows] == [
        ("objective", "1", "Lograr más."),
        ("objective", "2", "Mejorar la ciudad."),
        ("objective", "3", "Cuidar el agua."),
    ]
    assert reading.rows[0].published["text"] == "1. Lograr más."
    assert reading.rows[0].fields["activities"] == "Hacer encuestas.\nPublicar los datos."
    assert reading.rows[0].fields["goal"] == "4 por año"
    assert found(reading) == [
        ("code-in-text", "code", None),
        ("two-values-in-cell", "goal", None),
        ("two-values-in-cell", "goal", "100% al 2018; 1 al año"),
    ]
    assert again(reading.rows) == list(reading.rows)


def test_other_numbers_than_the_rows_own_are_told() -> None:
    reading = read(OBJECTIVES.replace("2 | 2. Mejorar", "2 | 4. Mejorar"))
    assert reading.rows[1].text == "4. Mejorar la ciudad."
    assert ("code-in-text", "code", "4") in found(reading, "warning")


@pytest.mark.parametrize("number", ["N°", "Nº", ""])
def test_numbers_may_have_a_heading_and_columns_may_move(number: str) -> None:
    moved = [line.split("|") for line in OBJECTIVES.split("\n")]
    moved = [[cells[5], cells[1], cells[0], *cells[2:5]] for cells in moved]
    moved[0][2] = number
    reading = read("\n".join("|".join(cells) for cells in moved))
    assert (reading.rows[0].code, reading.rows[0].text) == ("1", "Lograr más.")
    assert reading.rows[2].fields["goal"] == "100% al 2018 1 al año"


def test_numbers_may_stand_before_the_text_only() -> None:
    bare = "\n".join(one.partition("|")[2] for one in OBJECTIVES.split("\n"))
    reading = read(bare)
    assert [row.code for row in reading.rows] == ["1", "2", "3"]
    assert reading.rows[0].text == "Lograr más."


def test_what_is_missing_is_told() -> None:
    reading = read(OBJECTIVES.replace("Uno | 4 por año", " | "))
    assert {check for check, _, _ in found(reading)} >= {"indicator-missing", "goal-missing"}


# Calendars


@pytest.mark.parametrize("letters", [LETTERS, MONTHS, [str(n) for n in range(1, 13)]])
def test_a_calendar_is_read_by_letters_names_or_numbers(letters: list[str]) -> None:
    reading = read(
        calendar(
            "CRONOGRAMA DE EVALUACIÓN Y SEGUIMIENTO DEL POI",
            arrows("Primera evaluación", 4),
            arrows("Seguimiento mensual", *range(1, 14)),
            arrows("Publicación del POI"),
            arrows("Evaluación anual", 11, 12),
            letters=letters,
        )
    )
    assert [table.form for table in reading.tables] == ["pe-huamanga/calendario-evaluacion"]
    assert [list(row.targets) for row in reading.rows] == [
        ["2017-04"],
        [f"2017-{month:02}" for month in range(1, 13)],
        [],
        ["2017-11", "2017-12"],
    ]
    assert found(reading) == [("extra-cell", "extra", None)]


def test_an_only_mark_after_december_is_decembers() -> None:
    reading = read(
        calendar("CRONOGRAMA DE FORMULACIÓN", arrows("Cuadro", 1), arrows("Aprobación", 13))
    )
    assert reading.tables[0].form == "pe-huamanga/calendario-formulacion"
    assert found(reading) == [("row-shifted", "2017-12", "1")]
    assert reading.problems[0].params["targets"] == {"2017-12": "1"}
    alone = read(calendar("CRONOGRAMA DE FORMULACIÓN", arrows("Aprobación", 13)))
    assert [(one.check, one.variant) for one in alone.problems] == [("row-shifted", "mark-alone")]


def test_a_number_before_an_activity_is_no_mark_and_no_month() -> None:
    head = line(["N°", "ACTIVIDADES", *MONTHS])
    rows = [line(["1", "Primera evaluación", "", "X"]), line(["2", "Seguimiento", ""])]
    reading = read("\n".join([head, *rows]))
    assert [list(row.targets) for row in reading.rows] == [["2017-02"], []]
    assert {one.check for one in reading.problems} == {"column-unknown"}


@pytest.mark.parametrize(
    ("title", "name", "rows", "form"),
    [
        ("", "cronograma_evaluacion", ["Uno"], "evaluacion"),
        ("", "cronograma_formulacion", ["Uno"], "formulacion"),
        ("", "Hoja1", ["Evaluación del primer trimestre", "Seguimiento"], "evaluacion"),
        ("CRONOGRAMA DE FORMULACIÓN - AÑO ANTERIOR", "evaluacion", ["Evaluación"], "formulacion"),
        ("", "Hoja1", ["Uno"], "formulacion"),
    ],
)
def test_forms_with_the_same_columns_are_told_apart(
    title: str, name: str, rows: list[str], form: str
) -> None:
    text = calendar(title, *(arrows(row, 3) for row in rows))
    reading = read(table(text, name=name))
    assert reading.tables[0].form == f"pe-huamanga/calendario-{form}"


# Budget

BUDGET = """
UNIDAD ORGÁNICA: SUBGERENCIA DE TURISMO

Código | Detalle de insumos o servicios | Costo S/.
Bienes | | 1,700.50
2.3.1 | Papel | 500.50
2.3.2 | Tinta | 1,200
Servicios | | 800
2.3.9 | Imprenta | S/. 800.00
Total | | 2,400.50
"""


def test_a_budget_is_added_up() -> None:
    reading = read(BUDGET)
    kinds = [(row.kind, row.code or row.text, row.parent) for row in reading.rows]
    assert kinds == [
        ("category", "Bienes", None),
        ("input", "2.3.1", 0),
        ("input", "2.3.2", 0),
        ("category", "Servicios", None),
        ("input", "2.3.9", 3),
        ("total", "Total", None),
    ]
    assert {row.unit for row in reading.rows} == {"SUBGERENCIA DE TURISMO"}
    assert found(reading) == [("budget-mismatch", "budget", "2500.5")]
    assert again(reading.rows) == list(reading.rows)


def test_an_empty_budget_is_no_mistake() -> None:
    empty = "Código | Detalle de insumos o servicios | Costo S/.\nBienes | | Costo S/.\nTotal | | "
    reading = read(table(empty, name="Turismo"))
    assert [row.fields for row in reading.rows] == [{}, {}]
    assert reading.rows[0].published["budget"] == "Costo S/."
    assert [problem.variant for problem in reading.problems] == ["", "all"]
    assert again(reading.rows) == list(reading.rows)


def test_amounts_that_are_missing_or_no_numbers() -> None:
    text = (
        BUDGET.replace("1,700.50", "").replace("S/. 800.00", "8OO").replace("2,400.50", "2.400,5")
    )
    reading = read(text)
    assert found(reading) == [
        ("budget-missing", "budget", "1700.5"),
        ("malformed-amount", "budget", None),
        ("malformed-amount", "budget", None),
    ]
    sums = read(BUDGET.replace("2.3.1 | Papel | 500.50\n2.3.2 | Tinta | 1,200\n", ""))
    assert found(sums) == [("budget-mismatch", "budget", "800")]
    no_items = read(
        "Código | Detalle de insumos o servicios | Costo S/.\nBienes | | 5\nServicios | | 6\n"
        "Total | | 12"
    )
    assert found(no_items, "error") == [("budget-mismatch", "budget", "11")]


def test_two_units_in_one_file_do_not_hang_from_each_other() -> None:
    reading = read(BUDGET + BUDGET.replace("TURISMO", "CULTURA"))
    assert [row.parent for row in reading.rows[6:]] == [None, 6, 6, None, 9, None]


# Programming


def programming(*rows: Sequence[object], names: Sequence[str] = MONTHS) -> str:
    words = ["N°", "ACTIVIDAD", "INDICADOR", "UNIDAD DE MEDIDA", "ELEMENTO CRÍTICO", "META ANUAL"]
    blank = [""] * 11
    above = [*words, "METAS MENSUALES 2017", *blank]
    above += ["COSTO ANUAL S/.", "COSTO MENSUAL S/. 2017", *blank, "RESPONSABLE"]
    below = [*[""] * 6, *names, "", *names, ""]
    title = "PROGRAMACIÓN DE ACTIVIDADES DE LA UNIDAD ORGÁNICA: SUBGERENCIA DE TURISMO"
    return "\n".join([title, "", line(above), line(below), *map(line, rows)])


def activity(
    code: str,
    targets: dict[int, object],
    costs: dict[int, object],
    total: object,
    cost: object,
    lead: str = "Turismo",
) -> list[object]:
    words = [code, f"Hacer {code}", f"Número de {code}", "Documento", "Local"]
    return [*words, total, *months(targets), cost, *months(costs), lead]


ROWS = (
    ["OEI.1 Lograr más."],
    ["AEI.1.1 Medir."],
    activity("1", {3: 2, 6: 2}, {3: "1,500", 6: "1,500.50"}, 4, "3,000.50"),
    activity("2", {1: 1}, {1: 200, 2: 300}, 2, 600),
    ["AEI.1.2 Publicar."],
    activity("3", {12: 1}, {12: "8OO"}, 1, 800, ""),
)


@pytest.mark.parametrize("names", [MONTHS, LETTERS])
def test_targets_and_costs_have_the_same_months(names: list[str]) -> None:
    reading = read(programming(*ROWS, names=names))
    first = reading.rows[2]
    assert first.targets == {"2017-03": 2, "2017-06": 2}
    assert first.amounts == {"cost:2017-03": 1500, "cost:2017-06": Decimal("1500.50")}
    assert (first.total, first.fields["budget"]) == (4, "3,000.50")
    assert first.published["cost:2017-06"] == "1,500.50"
    above = [row.parent for row in reading.rows]
    assert above == [None, 0, 1, 1, 0, 4]
    assert found(reading) == [
        ("total-mismatch", "total", "1"),
        ("budget-mismatch", "budget", "500"),
        ("lead-missing", "lead", None),
        ("malformed-amount", "cost:2017-12", None),
    ]
    assert reading.problems[3].where.endswith("10")
    assert again(reading.rows) == list(reading.rows)


def test_the_words_over_months_tell_targets_from_costs_in_any_order() -> None:
    lines = [one.split("|") for one in programming(*ROWS).split("\n")]
    turned = ["|".join([*c[:5], *c[18:31], *c[5:18], *c[31:]]) if len(c) > 5 else "|".join(c)
              for c in lines]  # fmt: skip
    reading = read("\n".join(turned))
    straight = read(programming(*ROWS))
    assert [(row.targets, row.amounts) for row in reading.rows] == [
        (row.targets, row.amounts) for row in straight.rows
    ]


def test_a_programming_without_costs_is_no_calendar() -> None:
    lines = [one.split("|") for one in programming(*ROWS[:3]).split("\n")]
    bare = ["|".join([*cells[:18], *cells[31:]]) for cells in lines]
    reading = read("\n".join(bare))
    assert [one.form for one in reading.tables] == ["pe-huamanga/programacion"]
    assert reading.rows[2].targets == {"2017-03": 2, "2017-06": 2}
    assert reading.rows[2].fields["lead"] == "Turismo"


def test_every_finding_has_words() -> None:
    text = BUDGET.replace("1,700.50", "").replace("S/. 800.00", "8OO")
    readings = [
        read(OBJECTIVES.replace("2 | 2.", "2 | 4.").replace("Uno | 4 por año", " | ")),
        read(calendar("CRONOGRAMA", arrows("A", 1), arrows("Aprobación", 13))),
        read(calendar("CRONOGRAMA", arrows("Aprobación", 13))),
        read(text),
        read(BUDGET),
        read(BUDGET.replace("| 800\n", "| 801\n").replace("500.50", "")),
        read(programming(*ROWS)),
    ]
    for lang in LANGUAGES:
        words = Words.load(lang)
        for problem in (problem for reading in readings for problem in reading.problems):
            key = f"problem.{problem.check}" + (f".{problem.variant}" if problem.variant else "")
            assert words.text(key, **problem.params).endswith(".")


def test_activities_may_not_cost_more_than_the_units_budget() -> None:
    cheap = BUDGET.replace("2,400.50", "4,400.50")
    reading = read(programming(*ROWS[:3]), cheap)
    assert "budget-exceeded" not in {one.check for one in reading.problems}
    reading = read(programming(*ROWS[:3]), BUDGET)
    (problem,) = (one for one in reading.problems if one.check == "budget-exceeded")
    assert (problem.code, problem.params["excess"]) == ("1", "600")
    assert Words.load("es").text("problem.budget-exceeded", **problem.params).startswith("Las act")
    alone = read(programming(*ROWS[:3]), BUDGET.replace("TURISMO", "CULTURA"))
    assert "budget-exceeded" not in {one.check for one in alone.problems}


# The directive's own tables


@pytest.mark.parametrize("name", TABLES)
def test_the_directives_tables_are_read(sources: Path, name: str) -> None:
    reading = recognise(read_file(sources / "inputs" / f"003_{name}.tsv"), FORMS, year=2016)
    golden(f"poi-{name}.rows", map(row_line, reading.rows))
    golden(f"poi-{name}.problems", problem_lines(reading))
    stored = again(reading.rows)
    assert stored == list(reading.rows)
    asked = {one.check for one in run_checks(stored, BY_ID)}
    assert {one.check for one in run_checks(reading.rows, BY_ID)} == asked


def test_the_directives_text_says_the_same(sources: Path) -> None:
    (text,) = (sources / "seeds").glob("003_*.txt")
    whole = recognise(read_file(text), FORMS, year=2016)
    said = [(row.kind, row.code, row.text, row.fields, row.targets) for row in whole.rows]
    for name in TABLES:
        single = recognise(read_file(sources / "inputs" / f"003_{name}.tsv"), FORMS, year=2016)
        for row in single.rows:
            assert (row.kind, row.code, row.text, row.fields, row.targets) in said
    assert len(whole.rows) == 25


@pytest.mark.parametrize("seed", range(4))
def test_objectives_in_another_layout(sources: Path, seed: int) -> None:
    source = read_file(sources / "inputs" / "003_anexo1.tsv")
    straight = recognise(source, FORMS, year=2016)
    chance = random.Random(seed)
    (sheet,) = source.tables
    order = list(range(6))
    chance.shuffle(order)
    rows = [tuple(row[at] for at in order) for row in sheet.rows]
    head = rows[0]
    respelled = tuple(replace(cell, text=cell.text.capitalize()) for cell in head)
    cut = chance.randint(2, 10)
    pages = [respelled, *rows[1:cut], (), (RawCell("Página 2"),), head, *rows[cut:]]
    reading = recognise(
        RawFile("otro.xlsx", (RawTable("Anexo 1", tuple(pages), sheet.place),)), FORMS, year=2016
    )
    assert [(row.code, row.text, row.fields) for row in reading.rows] == [
        (row.code, row.text, row.fields) for row in straight.rows
    ]
    assert found(reading) == found(straight)
