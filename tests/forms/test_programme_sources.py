"""The published programmes of IPS Tarapacá: rows, findings, other layouts, read back."""

import os
import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from quipu.domain.problem import Problem
from quipu.files.reader import read_file
from quipu.forms.checks import run_checks
from quipu.forms.raw import RawCell, RawFile, RawTable
from quipu.forms.reading import Reading
from quipu.forms.recognise import recognise
from quipu.forms.recognise_details import RAISED
from quipu.forms.rows import rows_from_facts
from tests.forms.programme_tables import (
    BY_ID,
    FORMS,
    INFORMATION,
    TERRITORIAL,
    TOGETHER,
    published,
    shape,
    shown_row,
)
from tests.forms.test_rows import stored

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
LOWERED = str.maketrans(RAISED, "0123456789")
OTHERWISE = {
    "Productos o subproductos ⁴": "PRODUCTO O SUBPRODUCTO⁴",
    "Objetivos Específicos ⁵": "Objetivo especifico ⁵",
    "Productos subproductos ¹⁷": "Productos / subproductos ¹⁷",
    "Ponderac. actividad (%) ⁹": "Ponderación de la actividad (%) ⁹",
    "Medio de verificación ⁸": "Medios de Verificación ⁸",
    "Unidad Responsable ²³": "UNIDADES RESPONSABLES ²³",
    "Actividades comprometidas ²⁶": "Actividades Comprometidas (²⁶)",
}


@pytest.fixture(scope="module")
def raw(sources: Path) -> RawFile:
    return published(sources)


@pytest.fixture(scope="module")
def reading(raw: RawFile) -> Reading:
    return recognise(raw, FORMS, year=None)


def golden(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("QUIPU_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_all_rows_are_the_published_ones(reading: Reading) -> None:
    golden("programmes-2010.rows.txt", "\n".join(shown_row(r, reading.rows) for r in reading.rows))
    assert reading.year == 2010
    assert [(table.form, table.rows) for table in reading.tables] == [
        (TERRITORIAL, 15),
        (TOGETHER, 13),
        (INFORMATION, 6),
    ]
    assert {table.unit for table in reading.tables} == {
        "Instituto de Previsión Social, Región de Tarapacá"
    }
    weights = [
        row.fields["weight"]
        for row in reading.rows
        if row.kind == "objective" and row.fields.get("weight")
    ]
    assert weights == [
        *["0,5"] * 2,
        *["0,4"] * 3,
        "0,5",
        "0,4 0,4",
        "0,5",
        "0,4",
        "0,7",
        "0,7",
        "0,8",
    ]


def line(problem: Problem) -> str:
    return (
        f"{problem.severity} {problem.check}{'.' if problem.variant else ''}{problem.variant}"
        f" {problem.where} {problem.target} {problem.value!r} -> {problem.proposal!r}"
    )


def test_all_findings_are_the_documents_own(reading: Reading) -> None:
    golden("programmes-2010.problems.txt", "\n".join(map(line, reading.problems)))
    assert Counter(problem.check for problem in reading.problems) == {
        "threshold-missing": 10,
        "weights-base": 3,
        "two-values-in-cell": 2,
        "too-few-activities": 2,
        "objective-mismatch": 2,
        "weight-missing": 1,
        "verification-missing": 1,
        "lead-missing": 1,
        "note-unknown": 1,
        "target-in-text": 1,
    }


@pytest.mark.parametrize(
    ("name", "form", "rows"),
    [("1_1", TERRITORIAL, 15), ("1_2", TOGETHER, 13), ("2_1", INFORMATION, 6)],
)
def test_each_file_is_of_its_form(
    sources: Path, reading: Reading, name: str, form: str, rows: int
) -> None:
    found = recognise(read_file(sources / f"inputs/004_iii_{name}.psv"), FORMS, year=2010)
    (table,) = found.tables
    assert (table.form, table.rows) == (form, rows)
    whole = [row for row in reading.rows if row.form == form]
    top = [] if name == "1_1" else whole[:1]
    assert shape(found.rows) == shape([*top, *whole[1:]])


def test_stored_rows_have_the_same_findings(reading: Reading) -> None:
    facts = stored(reading.rows, BY_ID)
    rows = rows_from_facts(facts, "plan", BY_ID)
    assert shape(rows) == shape(reading.rows)
    assert [row.fields for row in rows] == [row.fields for row in reading.rows]
    kinds = Counter((problem.check, problem.variant) for problem in run_checks(rows, BY_ID))
    assert kinds == Counter((problem.check, problem.variant) for problem in reading.problems)


def changed(raw: RawFile, change: object) -> RawFile:
    assert callable(change)
    tables = tuple(
        RawTable(one.name, tuple(tuple(change(list(row))) for row in one.rows), one.place)
        for one in raw.tables
    )
    return replace(raw, tables=tables)


def same(raw: RawFile, reading: Reading) -> None:
    found = recognise(raw, FORMS, year=2010)
    assert shape(found.rows) == shape(reading.rows)
    assert [row.fields for row in found.rows] == [row.fields for row in reading.rows]
    kinds = Counter(problem.check for problem in reading.problems)
    assert Counter(problem.check for problem in found.problems) == kinds


def test_shuffled_columns_read_the_same(raw: RawFile, reading: Reading) -> None:
    order = list(range(7))
    random.Random(4).shuffle(order)

    def shuffled(row: list[RawCell]) -> list[RawCell]:
        wide = [*row, *[RawCell()] * (7 - len(row))]
        return [wide[at] for at in order]

    same(changed(raw, shuffled), reading)


def test_other_words_and_glued_digits_read_the_same(raw: RawFile, reading: Reading) -> None:
    def respelled(row: list[RawCell]) -> list[RawCell]:
        return [replace(one, text=OTHERWISE.get(one.text, one.text)) for one in row]

    def glued(row: list[RawCell]) -> list[RawCell]:
        return [replace(one, text=one.text.replace(" ⁵", "⁵").translate(LOWERED)) for one in row]

    same(changed(raw, respelled), reading)
    found = recognise(changed(raw, glued), FORMS, year=2010)
    assert shape(found.rows) == shape(reading.rows)


def test_pages_may_end_anywhere(raw: RawFile, reading: Reading) -> None:
    (table,) = raw.tables
    heads = [at for at, row in enumerate(table.rows) if row and "Objetivos Espec" in str(row)]
    rows = list(table.rows)
    rows[19:19] = [(), rows[heads[0]]]
    moved = replace(table, rows=tuple(rows))
    found = recognise(replace(raw, tables=(moved,)), FORMS, year=2010)
    assert shape(found.rows) == shape(reading.rows)


def test_a_wrong_weight_is_found(raw: RawFile) -> None:
    def heavier(row: list[RawCell]) -> list[RawCell]:
        return [replace(one, text="0,9") if one.text == "0,8" else one for one in row]

    found = recognise(changed(raw, heavier), FORMS, year=2010)
    (problem,) = [one for one in found.problems if one.check == "weights-sum"]
    assert (problem.variant, problem.params["sum"], problem.params["total"]) == (
        "absolute",
        "2,3",
        "2,2",
    )
    assert problem.params["difference"] == "0,1"
    assert problem.row is not None
    assert found.rows[problem.row].kind == "programme"
    assert FORMS[0].weights is not None
    assert FORMS[0].weights.total == Decimal("2.2")
