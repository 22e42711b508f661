"""The published plan of S1, read from its workbook, its single tables and its plain text."""

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from quipu.domain.errors import InputError
from quipu.domain.row import Row
from quipu.domain.value import plain
from quipu.files.reader import read_file
from quipu.forms.checks import run_checks
from quipu.forms.raw import RawCell, RawFile, RawTable
from quipu.forms.reading import Reading
from quipu.forms.recognise import recognise
from tests.forms.raw_tables import BY_ID, FORMS, place
from tests.forms.test_rows import again

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
BLANK = RawCell()
MONTHS = ["Ene", "Feb", "Mar", "Abr", "May", "Jun", "Jul", "Ago", "Sep", "Oct", "Nov", "Dic"]
FULL = ["Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto"]
FULL += ["Septiembre", "Octubre", "Noviembre", "Diciembre"]
WORDS = {"N°", "Actividad", "Producto Resultado", "Acción Estratégica", "Descripción", "Fecha"}


@pytest.fixture(scope="module")
def raw(sources: Path) -> RawFile:
    return read_file(sources / "inputs" / "001_pat.xlsx")


@pytest.fixture(scope="module")
def reading(raw: RawFile) -> Reading:
    return recognise(raw, FORMS, year=2024)


def test_all_rows_units_and_areas_are_found(reading: Reading) -> None:
    assert Counter(row.kind for row in reading.rows) == {
        "activity": 189,
        "action": 21,
        "objective": 9,
        "change": 1,
    }
    units = dict.fromkeys((row.area, row.unit) for row in reading.rows if row.unit)
    assert Counter(area for area, _ in units) == {
        "SUBDIRECCIÓN DE PROGRAMAS": 10,
        "SUBDIRECCIÓN ADMINISTRATIVA": 12,
        "UNIDADES ASESORAS": 6,
    }
    assert reading.header == {
        "document_code": "PAT-GPE-001",
        "version": "01",
        "date": "29/07/24",
        "title": "PLAN ANUAL DE TRABAJO 2024",
    }


def test_seventeen_rows_have_an_error_or_a_warning(reading: Reading) -> None:
    grave = [problem for problem in reading.problems if problem.severity != "info"]
    assert len({problem.row for problem in grave}) == len(grave) == 17
    assert Counter(problem.check for problem in grave) == {
        "total-mismatch": 6,
        "mixed-measure": 3,
        "over-hundred": 2,
        "row-shifted": 2,
        "total-missing": 1,
        "malformed-number": 1,
        "code-missing": 1,
        "verification-missing": 1,
    }


def test_rows_and_problems_are_those_that_were_found_right(reading: Reading) -> None:
    golden("pat-2024.rows", map(row_line, reading.rows))
    golden("pat-2024.problems", problem_lines(reading))


def golden(name: str, lines: Iterator[str]) -> None:
    path = GOLDEN / f"{name}.txt"
    text = "\n".join(lines) + "\n"
    if os.environ.get("QUIPU_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def row_line(row: Row) -> str:
    targets = " ".join(
        f"{period[5:] or period}={'?' if value is None else plain(value)}"
        for period, value in row.targets.items()
    )
    fields = "; ".join(f"{name}: {text}" for name, text in sorted(row.fields.items()))
    total = "" if row.total is None else plain(row.total)
    form = row.form.removeprefix("sv-integracion/")
    parts = (row.where, form, row.kind, row.area, row.unit, row.code, row.text, fields)
    return " | ".join((*parts, targets, total, row.measure))


def problem_lines(reading: Reading) -> Iterator[str]:
    for problem in reading.problems:
        check = f"{problem.check}.{problem.variant}".rstrip(".")
        about = (problem.unit, problem.code, problem.target, problem.value, problem.proposal)
        yield " | ".join((problem.severity, check, problem.where, *(text or "" for text in about)))


def test_stored_rows_give_the_same_findings(reading: Reading) -> None:
    stored = again(reading.rows)
    assert stored[:189] == [row for row in reading.rows if row.unit]
    read_problems = run_checks(reading.rows, BY_ID, header=reading.header)
    stored_problems = run_checks(stored, BY_ID, header=reading.header)
    assert Counter((one.check, one.where, one.proposal) for one in stored_problems) == Counter(
        (one.check, one.where, one.proposal) for one in read_problems
    )


def test_the_plain_text_of_the_document_says_the_same(sources: Path, reading: Reading) -> None:
    (text,) = (sources / "seeds").glob("001_*.txt")
    read = recognise(read_file(text), FORMS, year=2024)
    assert facts_of(read) == facts_of(reading)
    assert grave_of(read) == grave_of(reading)
    assert read.header["prepared_by"].startswith("Lic. Juan Miguel")


@pytest.mark.parametrize(
    ("name", "unit", "count", "grave"),
    [
        ("adn", "PROGRAMA ADN DE LA POBREZA Y DE LA CULTURA DE LA INTEGRACIÓN", 7, []),
        ("asesoras", "Oficina de Cumplimiento", 18, ["verification-missing"] + ["row-shifted"] * 2),
        ("contratos", "UNIDAD DE ADMINISTRACIÓN DE CONTRATOS", 5, []),
        ("formativo", "PROGRAMA PROCESO FORMATIVO", 8, ["malformed-number"]),
        ("talento", "GERENCIA DE TALENTO HUMANO", 15, ["over-hundred"] * 2),
        ("anexo1", "", 30, []),
        ("control_cambios", "", 1, []),
    ],
)
def test_single_tables_are_read_alone(
    sources: Path, name: str, unit: str, count: int, grave: list[str]
) -> None:
    read = recognise(read_file(sources / "inputs" / f"001_{name}.tsv"), FORMS, year=2024)
    assert (len(read.rows), read.rows[-1].unit) == (count, unit)
    assert [one.check for one in read.problems if one.severity != "info"] == grave


@pytest.mark.parametrize("name", ["000_all.tsv", "002_poa.xlsx", "003_anexo1.tsv"])
def test_documents_of_other_institutions_have_no_table(sources: Path, name: str) -> None:
    with pytest.raises(InputError, match="no-table-of-form"):
        recognise(read_file(sources / "inputs" / name), FORMS, year=2018)


# ---------------------------------------------------------------- the same plan, laid out otherwise

Rows = list[list[RawCell]]


def facts_of(reading: Reading) -> Counter[str]:
    return Counter(row_line(replace(row, where="")) for row in reading.rows)


def grave_of(reading: Reading) -> Counter[tuple[str, str, str | None, str]]:
    return Counter(
        (one.check, one.target, one.proposal, reading.rows[one.row or 0].text)
        for one in reading.problems
        if one.severity != "info"
    )


def square(table: RawTable) -> Rows:
    width = max(map(len, table.rows))
    return [[*row, *[BLANK] * (width - len(row))] for row in table.rows]


def is_head(row: list[RawCell]) -> bool:
    texts = [cell.text for cell in row]
    return len(WORDS.intersection(texts)) > 1 or sum(map(is_month, texts)) > 5


def is_month(text: str) -> bool:
    return text.rstrip(".") in MONTHS


def moved(table: RawTable) -> RawTable:
    """Two columns to the right, three rows down."""
    merges = tuple((a + 3, b + 2, c + 3, d + 2) for a, b, c, d in table.merges)
    rows = tuple((BLANK, BLANK, *row) for row in table.rows)
    return replace(table, rows=((), (), (), *rows), merges=merges)


def dressed(table: RawTable) -> RawTable:
    """Headings in capitals, wrapped, with other punctuation; months in full."""
    return with_heads(table, lambda cell: RawCell(dress(cell.text)))


def dress(text: str) -> str:
    if is_month(text):
        return FULL[MONTHS.index(text.rstrip("."))].upper()
    return text.upper().replace(" ", "\n", 1) + (":" if text.isalpha() else "")


def dated(table: RawTable) -> RawTable:
    """Months as dates."""
    return with_heads(
        table,
        lambda cell: (
            RawCell(f"01/{MONTHS.index(cell.text.rstrip('.')) + 1:02}/2024")
            if is_month(cell.text)
            else cell
        ),
    )


def counted(table: RawTable) -> RawTable:
    """Months as the numbers 1 to 12."""
    return with_heads(
        table,
        lambda cell: (
            RawCell(str(MONTHS.index(cell.text.rstrip(".")) + 1)) if is_month(cell.text) else cell
        ),
    )


def with_heads(table: RawTable, change: Callable[[RawCell], RawCell]) -> RawTable:
    rows = tuple(
        tuple(change(cell) if cell.text and cell.number is None else cell for cell in row)
        if is_head(list(row))
        else row
        for row in table.rows
    )
    return replace(table, rows=rows)


def shuffled(table: RawTable) -> RawTable:
    """Columns in another order, merged texts written out, the titles where they were."""
    rows = square(table)
    first = next((at for at, row in enumerate(rows) if is_head(row)), len(rows))
    for top, left, bottom, right in table.merges:
        if left == right:
            for at in range(top, bottom + 1):
                rows[at][left] = rows[top][left]
    order = list(range(len(rows[0])))
    random.Random(table.name).shuffle(order)
    for at in range(first, len(rows)):
        if sum(bool(cell.text) for cell in rows[at]) > 1:
            rows[at] = [rows[at][column] for column in order]
    return replace(table, rows=tuple(map(tuple, rows)), merges=())


def loose(table: RawTable) -> RawTable:
    """Blank rows between the rows, no merges, numbers as texts with spaces around."""
    rows: list[tuple[RawCell, ...]] = []
    for row in table.rows:
        head = is_head(list(row))
        rows.append(row if head else tuple(map(spaced, row)))
        if not head and sum(bool(cell.text) for cell in row) > 4:
            rows.append(())
    return replace(table, rows=tuple(rows), merges=())


def spaced(cell: RawCell) -> RawCell:
    if cell.number is None:
        return cell
    return RawCell("  " + cell.text.replace("%", "\u00a0%") + "\u00a0")


def annotated(table: RawTable) -> RawTable:
    """Lines above, totals, notes and signatures below."""
    if not any(is_head(list(row)) for row in table.rows):
        return table
    above = ((RawCell("República de El Salvador"),), (RawCell("Versión de trabajo"),), ())
    total = (BLANK, RawCell("TOTAL"), *[BLANK] * 4, RawCell("12"), RawCell("9"))
    below = (
        total,
        (RawCell("Nota: los meses en blanco no tienen programación."),),
        (),
        (BLANK, RawCell("Elaborado por:"), BLANK, RawCell("Revisado por:")),
        (BLANK, RawCell("Ana Pérez"), BLANK, RawCell("Luis Paz")),
    )
    merges = tuple((a + 3, b, c + 3, d) for a, b, c, d in table.merges)
    return replace(table, rows=(*above, *table.rows, *below), merges=merges)


@pytest.mark.parametrize(
    "layout",
    [moved, dressed, dated, counted, shuffled, loose, annotated],
    ids=lambda one: one.__name__,
)
def test_the_plan_is_read_however_it_is_laid_out(
    raw: RawFile, reading: Reading, layout: Callable[[RawTable], RawTable]
) -> None:
    other = RawFile(raw.name, tuple(layout(table) for table in raw.tables))
    read = recognise(other, FORMS, year=2024)
    assert facts_of(read) == facts_of(reading)
    assert grave_of(read) == grave_of(reading)


def test_the_plan_is_read_from_one_sheet(raw: RawFile, reading: Reading) -> None:
    rows: list[tuple[RawCell, ...]] = []
    for table in raw.tables:
        rows += [*table.rows, (), ()]
    one = RawTable("Plan", tuple(rows), place("Plan"))
    read = recognise(RawFile("plan.xlsx", (one,)), FORMS, year=None)
    assert facts_of(read) == facts_of(reading)
    assert read.year == 2024


@pytest.mark.parametrize(
    "junk", [(), (RawCell("una nota cualquiera"),), tuple(map(RawCell, "abcdefghijklmnopqr"))]
)
def test_junk_below_a_table_is_passed(raw: RawFile, junk: tuple[RawCell, ...]) -> None:
    table = raw.tables[1]
    long = replace(table, rows=(*table.rows, *[junk] * 3000))
    assert len(recognise(RawFile("x", (long,)), FORMS, year=2024).rows) == 7
    assert Decimal(1) == recognise(RawFile("x", (long,)), FORMS, year=2024).rows[0].total
