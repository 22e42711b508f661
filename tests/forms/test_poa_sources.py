"""The POA 2018 of S2 from its workbook, its lines and its plain text, and printed again (Y-6)."""

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from quipu.files.reader import read_file
from quipu.files.text import read_text
from quipu.files.workbook import write_workbook
from quipu.forms.checks import run_checks
from quipu.forms.document import Document, View
from quipu.forms.draw import DrawRequest, draw
from quipu.forms.reading import Reading
from quipu.forms.recognise import recognise
from quipu.forms.rows import rows_from_facts
from tests.forms.poa_tables import FORM, LEGEND, PLAN, POA, facts_of
from tests.forms.sample_plan import paper
from tests.forms.test_recognise_sources import golden, problem_lines, row_line

COMMUNICATION = "Jefatura de Comunicaciones y Responsabilidad Social"
QUARTERS = ["EN-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC"]

UNITS = {
    "Presidencia": (["2.2.3.1", "2.2.3.2"], 6),
    "Auditoría Interna": ([], 4),
    "Gerencia": (["4.1.1.1", "4.1.1.2"], 14),
    "Asesoría Jurídica": ([], 4),
    "Jefatura de Planificación y Desarrollo Institucional": (["4.2.2.1"], 2),
    "Jefatura UFI": (["2.1.1.1", "2.1.1.2", "2.2.2.1", "2.2.2.2"], 9),
    "Jefatura de Tecnologías de Información": (["1.2.2.2"], 7),
    COMMUNICATION: (
        ["1.1.3.2", "3.1.1.1", "3.1.1.2", "3.1.2.1", "3.2.1.1", "3.2.1.2", "3.2.2.1", "3.2.2.2"],
        21,
    ),
    "Unidad de Género": (["4.2.1.1", "4.2.1.2"], 7),
    "Oficial de Información y Atención Ciudadana": ([], 4),
    "Jefatura de Seguros": (["1.1.1.2", "1.1.2.2", "1.2.2.1", "2.2.1.3"], 11),
    "Jefatura de Comercialización": (["1.1.2.1", "2.2.1.1", "2.2.1.2"], 8),
    "Jefatura de Préstamos": (
        ["1.1.1.3", "1.1.3.1", "1.1.3.3", "1.2.3.1", "2.1.2.1", "2.1.2.2", "2.1.2.3"],
        12,
    ),
    "Jefatura de Administración": (["4.2.3.1"], 7),
}


@pytest.fixture(scope="module")
def lines(sources: Path) -> list[str]:
    return (sources / "inputs" / "002_all.tsv").read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def reading(sources: Path) -> Reading:
    return recognise(read_file(sources / "inputs" / "002_poa.xlsx"), (FORM,), year=2018)


def said(reading: Reading) -> list[object]:
    return [replace(row, where="", item="") for row in reading.rows]


def told(reading: Reading) -> list[tuple[str, str, str, str | None]]:
    return sorted((one.check, one.code, one.target, one.proposal or "") for one in reading.problems)


def test_the_fourteen_units_have_their_actions_and_rows(reading: Reading) -> None:
    found = {
        table.unit: (
            [
                re.sub(r"^AE\.|\.$", "", row.code)
                for row in reading.rows
                if row.unit == table.unit and row.kind == "action"
            ],
            table.rows,
        )
        for table in reading.tables
    }
    assert found == UNITS
    assert list(found) == list(UNITS)
    assert Counter(row.kind for row in reading.rows) == {
        "activity": 116,
        "action": 35,
        "heading": 7,
        "objective": 5,
    }
    assert reading.header == {"title": "PLAN OPERATIVO INSTITUCIONAL/ANUAL (POI/POA) 2018"}


def test_the_quarters_of_112_rows_add_up_to_their_year(reading: Reading) -> None:
    whole = [
        row
        for row in reading.rows
        if row.total is not None and sum(filter(None, row.targets.values())) == row.total
    ]
    # The 112th, of 30000,000, is for a person to decide.
    assert len(whole) == 111
    large = {row.code.rstrip("."): row.total for row in whole}
    assert large["AO.1.1.1.3.1"] == 1144
    assert large["AO.2.1.2.1.1"] == 2250
    assert large["AO.1.2.3.1.1"] == 96
    assert large["AO.3.1.1.1.2"] == 75
    (money,) = [row for row in reading.rows if None in row.targets.values()]
    assert (money.total, money.published["total"]) == (None, "30000,000")
    assert sum("0.5" in row.published.values() for row in reading.rows) == 4
    assert sum(not row.fields.get("area") for row in reading.rows if row.kind == "activity") == 59


def test_what_is_wrong_is_said_and_nothing_else(reading: Reading) -> None:
    grave = [one for one in reading.problems if one.severity != "info"]
    assert Counter((one.check, one.severity) for one in grave) == {
        ("malformed-number", "error"): 5,
        ("objective-mismatch", "warning"): 3,
        ("code-under-wrong-parent", "warning"): 2,
        ("unit-unknown", "warning"): 1,
    }
    assert [one.proposal for one in grave if one.check == "malformed-number"] == [
        *["7500000"] * 4,
        "30000000",
    ]
    rest = {one.check for one in reading.problems if one.severity == "info"}
    assert rest == {"duplicate-activity"}


def test_limits_in_words_are_kinds_of_measure(reading: Reading) -> None:
    kinds = {row.code: row.measure for row in reading.rows}
    assert {code for code, kind in kinds.items() if kind == "reduction"} == {
        "AO.2.1.2.1.1.",
        "AE.2.1.2.1.",
        "AE.2.1.2.2.",
    }
    assert {code for code, kind in kinds.items() if kind == "minimum"} == {
        "AE.2.2.1.2.",
        "AE.2.2.1.3.",
        "AO.1.2.3.1.1.",
    }
    assert kinds["AO PQD JA1"] == "heading"


def test_rows_and_problems_are_those_that_were_found_right(reading: Reading) -> None:
    golden("poa-2018.rows", map(row_line, reading.rows))
    golden("poa-2018.problems", problem_lines(reading))


def test_lines_and_plain_text_say_the_same(
    sources: Path, lines: list[str], reading: Reading
) -> None:
    (seed,) = (sources / "seeds").glob("002_*.txt")
    for again in (read_lines(lines), recognise(read_file(seed), (FORM,), year=2018)):
        assert said(again) == said(reading)
        assert told(again) == told(reading)


# --------------------------------------------------------------------- the same laid out otherwise
def read_lines(lines: list[str]) -> Reading:
    return recognise(read_text("\n".join(lines), "poa.tsv"), (FORM,), year=2018)


def renamed(words: dict[str, str]) -> Callable[[list[str]], list[str]]:
    known = re.compile("|".join(map(re.escape, words)))
    return lambda lines: [known.sub(lambda one: words[one.group()], line) for line in lines]


def quarters(*names: str) -> Callable[[list[str]], list[str]]:
    return renamed(dict(zip(QUARTERS, names, strict=True)))


def is_legend(line: str) -> bool:
    return line.strip(" \t").startswith(("OBJETIVO ESTR", "EJE (E)", "RESULTADO (R)", "INDICADOR"))


def plain(lines: list[str]) -> list[str]:
    return [line for line in lines if line.strip() and not is_legend(line)]


def shuffled(lines: list[str]) -> list[str]:
    order = list(range(9))
    random.Random(6).shuffle(order)
    rows = [line.split("\t") for line in lines]
    return ["\t".join(row[at] for at in order) if len(row) >= 9 else row[0] for row in rows]


def paged(every: int) -> Callable[[list[str]], list[str]]:
    """Break the pages elsewhere: legend, objective and heading after so many rows."""

    def pages(lines: list[str]) -> list[str]:
        heading = next(line for line in lines if line.startswith("CÓDIGO\tACCIÓN ESTR"))
        top, found, count = "", list[str](), 0
        for line in plain(lines):
            if line.startswith(("CÓDIGO", "\t\t\t\t\t")):
                continue
            objective = line.startswith(("OE.", "Objetivo"))
            if objective or count == every:
                top, count = (line.strip() if objective else top), 0
                found += ["", *LEGEND.split("\n"), "", top, "", heading]
                found.append("\t" * 5 + "\t".join(QUARTERS))
            if not objective:
                found.append(line)
                count += 1
        return found

    return pages


def split(lines: list[str]) -> list[str]:
    return [re.sub(r"^(AE\.[\d.]+) ([^\t]*)\t", r"\1\t\2", line) for line in lines]


VARIANTS: dict[str, Callable[[list[str]], list[str]]] = {
    "columns": shuffled,
    "no-legend": plain,
    "trimestre": quarters("I Trimestre", "II Trimestre", "III Trimestre", "IV Trimestre"),
    "t1": quarters("T1", "T2", "T3", "T4"),
    "ene-mar": quarters("Ene-Mar", "Abr - Jun", "Jul/Sep", "Octubre - Diciembre"),
    "ordinals": quarters("1er. trim.", "2do. trim.", "3er. trim.", "4to. trim."),
    "words": renamed(
        {
            "UNIDAD ORGANIZATIVA LÍDER": "Unidad líder",
            "ÁREA RESPONSABLE": "Area responsable",
            "META ANUAL": "Meta anual 2018",
            "CÓDIGO": "Cód.",
            "ACCIÓN ESTRATÉGICO (AE) ACCIÓN OPERATIVA (AO)": "Acción operativa",
        }
    ),
    "pages-of-5": paged(5),
    "pages-of-1": paged(1),
    "one-page-each": paged(1000),
    "split-cells": split,
}


@pytest.mark.parametrize("name", VARIANTS)
def test_another_layout_says_the_same(name: str, lines: list[str], reading: Reading) -> None:
    again = read_lines(VARIANTS[name](lines))
    if name == "split-cells":
        keep = {row.code: row.published for row in again.rows}
        published = [replace(row, published=keep.get(row.code, {})) for row in reading.rows]
        ours = [replace(row, published=keep.get(row.code, {})) for row in again.rows]
        assert [replace(row, where="") for row in ours] == [
            replace(row, where="") for row in published
        ]
    else:
        assert said(again) == said(reading)
    assert told(again) == told(reading)


# ---------------------------------------------------------------------------- stored and printed
def drawn(reading: Reading, view: View, period: str = "") -> Document:
    return draw([FORM], facts_of(reading.rows), DrawRequest(PLAN, view, period), paper)


def test_stored_rows_are_the_same_and_give_the_same_findings(reading: Reading) -> None:
    stored = rows_from_facts(facts_of(reading.rows), PLAN, {POA: FORM})
    plain_rows = [replace(row, item="", parent=None) for row in stored]
    assert plain_rows[:158] == [replace(row, parent=None) for row in reading.rows if row.unit]
    codes = {one.code for one in run_checks(stored, {POA: FORM})}
    assert codes == {one.code for one in reading.problems}


def test_what_was_printed_as_published_is_read_back_the_same(
    reading: Reading, tmp_path: Path
) -> None:
    path = tmp_path / "poa.xlsx"
    write_workbook(drawn(reading, "published"), path)
    again = recognise(read_file(path), (FORM,), year=2018)
    assert said(again) == said(reading)
    assert told(again) == told(reading)


def test_every_sheet_has_its_legend_objective_and_heading(reading: Reading) -> None:
    document = drawn(reading, "plan")
    assert len(document.sheets) == 16
    for sheet in document.sheets:
        head = [row.cells[0].text for row in sheet.rows[: sheet.header_rows] if row.cells[0]]
        assert head[:4] == LEGEND.split("\n")
        assert head[4].startswith(("OE.", "Objetivo del PQD: 1. Productividad"))
        assert (sheet.title, sheet.header_rows) == ("", 7)
    rows = sum(len(sheet.rows) - sheet.header_rows for sheet in document.sheets)
    assert rows == 116 + 35 + 7


def test_a_report_asks_nothing_of_headings(reading: Reading) -> None:
    document = drawn(reading, "progress", "2018-Q2")
    typed = [
        (row.kind, sum(cell is not None and cell.editable for cell in row.cells))
        for sheet in document.sheets
        for row in sheet.rows[sheet.header_rows :]
    ]
    assert Counter(typed) == {("row", 2): 112, ("row", 0): 4, ("group", 0): 42}


def test_the_printed_plan_keeps_its_zeros_and_fractions(reading: Reading) -> None:
    cells = [
        cell
        for sheet in drawn(reading, "plan").sheets
        for row in sheet.rows[sheet.header_rows :]
        for cell in row.cells
        if cell is not None and cell.number is not None
    ]
    texts = Counter(cell.text for cell in cells)
    assert texts["0.5"] == 8
    assert texts["0"] == sum(
        value == Decimal(0) for row in reading.rows for value in row.targets.values()
    )
