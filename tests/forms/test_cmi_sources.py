"""The scorecard 2007-2011 of S0 from its lines and its text, and printed again (Y-1, Y-2)."""

import random
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.table import _Cell

from quipu.domain.duration import read_duration
from quipu.domain.row import Row
from quipu.files.reader import read_file
from quipu.files.workbook import write_workbook
from quipu.forms.checks import run_checks
from quipu.forms.document import View
from quipu.forms.draw import DrawRequest, draw
from quipu.forms.reading import Reading
from quipu.forms.recognise import recognise
from quipu.forms.rows import rows_from_facts
from tests.forms.cmi_tables import FORM, HEAD, PLAN, facts_of, read, said, tree
from tests.forms.sample_plan import paper
from tests.forms.test_recognise_sources import golden, problem_lines, row_line

OUTLINE = """
Perspectiva del Usuario
.1.1
.1.2
.1.3
Perspectiva Financiera
.2.1
Proceso Interno
.Proceso Social
..3.1
..3.2
..3.3
..3.4
.Apoyo Técnico
..3.5
..3.6
..3.7
.Apoyo Operativo
..3.8
..3.9
..3.10
..3.11
Desarrollo de Capacidades y Aprendizaje
.Capital Humano
..4.1
..4.2
.Capital Información
..4.3
.Capital Organizacional
..4.4
"""
THRESHOLDS = {
    "1.1.1.1": "≥ 463 organizaciones", "1.1.2.1": "", "1.1.2.2": "≥ 90% recursos",
    "1.2.1.1": "50000 familias + 25% comunidades", "1.2.2.1": "75% proyectos",
    "1.3.1.1": "95% clientes", "2.1.1.1": "100% en 2 años", "2.1.2.1": "100% recursos",
    "2.1.2.2": "100% recursos", "2.1.3.1": "+10% anual", "3.1.1.1": "≥ 1000 investigaciones",
    "3.1.2": "100% programas", "3.1.3.1": "20 Documentos", "3.2.1.1": "100% programas",
    "3.2.2.1": "100% proyectos", "3.3.1.1": "100% acciones", "3.3.2.1": "80% acciones",
    "3.4.1.1": "100% normativa", "3.4.2.1": "100% población", "3.4.3.1": "100% usuarios",
    "3.5.1.1": "100% Políticas", "3.6.1.1": "≥ 90% recursos", "3.7.1.1": "> 80%",
    "3.8.1.1": "100% procesos", "3.8.2.1": "-50% trámites", "3.9.1.1": "100% procesos",
    "3.10.1.1": "100%", "3.10.2.1": "≥ 80% personal", "3.11.1.1": "100% necesidades",
    "3.11.2.1": "c/u ≥ 90%", "4.1.1": "100%", "4.2.1.1": "≥ 80% personal",
    "4.3.1.1": "100% sistemas", "4.3.2.1": "100% funcionarios", "4.4.1.1": "80% personal",
}  # fmt: skip


@pytest.fixture(scope="module")
def reading(sources: Path) -> Reading:
    return recognise(read_file(sources / "inputs" / "000_all.tsv"), (FORM,), year=2007)


def by_code(reading: Reading, kind: str) -> dict[str, Row]:
    return {row.code: row for row in reading.rows if row.kind == kind}


def test_perspectives_processes_and_objectives(reading: Reading) -> None:
    found = tree(reading, "perspective", "process", "objective")
    short = [text.split()[0] if text.lstrip(".")[0].isdigit() else text for text in found]
    assert short == OUTLINE.split("\n")[1:-1]
    kinds = Counter(row.kind for row in reading.rows)
    assert (kinds["indicator"], kinds["goal"], kinds["initiative"]) == (34, 35, 40)


def test_the_35_targets(reading: Reading) -> None:
    goals = by_code(reading, "goal")
    assert {code: row.fields.get("threshold", "") for code, row in goals.items()} == THRESHOLDS
    measures = {code: (str(row.total), row.measure) for code, row in goals.items()}
    assert measures["1.1.1.1"] == ("463", "minimum")
    assert measures["3.8.2.1"] == ("0.5", "reduction")
    assert measures["3.1.3.1"] == ("20", "count")


def test_rows_that_pages_cut_are_whole_again(reading: Reading) -> None:
    indicators, initiatives = by_code(reading, "indicator"), by_code(reading, "initiative")
    assert indicators["1.2.2"].text == (
        "Porcentaje de proyectos propuestos por las comunidades financiados por el IMAS."
    )
    assert initiatives["1.1.2.1.1"].text == "territorialidad."
    assert initiatives["1.1.2.2.1"].text.startswith("Establecer una estrategia")
    assert initiatives["1.2.2.1.1"].fields["support"] == "A. Planeamiento; G. Regionales; ASIS"
    assert by_code(reading, "objective")["4.2"].text.endswith(
        "supervisión, fiscalización y evaluación."
    )
    texts = [row.text for row in reading.rows if row.kind == "activity"]
    assert sum(text.endswith("ejecución de los recursos financieros.") for text in texts) == 1
    promote = next(row for row in reading.rows if row.text.startswith("Promover actitudes"))
    assert promote.parent is not None
    assert (promote.code, reading.rows[promote.parent].code) == ("5", "3.2.2.1.2")


def test_shifted_rows_are_read_by_what_their_cells_are(reading: Reading) -> None:
    initiatives = by_code(reading, "initiative")
    income = initiatives["2.1.3.1.1"]
    assert income.fields["duration"] == "Un año"
    assert income.fields["lead"] == "P. Ejecutiva; G General"
    assert "inputs" not in income.fields
    region = initiatives["3.10.1.1.2"]
    assert region.text.startswith("Redefinición de la regionalización")
    assert region.fields["lead"] == "A. Planeamiento"
    assert region.fields["duration"] == "Tres meses"
    assert "Planeamiento" in region.published["extra"]
    shifted = {one.code for one in reading.problems if one.check == "row-shifted"}
    assert shifted == {
        "2.1.2.1.1", "2.1.3.1.1", "3.10.1.1.1", "3.10.1.1.2", "3.10.1.1.3", "3.10.2.1.1",
    }  # fmt: skip
    assert all(one.proposal for one in reading.problems if one.check == "row-shifted")


def test_what_is_wrong_is_said(reading: Reading) -> None:
    counts = Counter(name for name, _, _ in said(reading))
    assert counts["join-ambiguous.block"] == counts["join-ambiguous.numbers"] == 1
    assert [code for name, code, _ in said(reading) if name.startswith("lead-missing")] == [
        "3.1.1.1.1", "3.1.2.1.1", "3.2.2.1.2", "3.4.3.1.1", "3.5.1.1.1", "3.10.1.1.1", "3.10.2.1.1",
    ]  # fmt: skip
    repeated = {one.code: one.proposal for one in reading.problems if one.check == "code-repeated"}
    assert repeated == {
        "2.1.2.1": "2.1.2", "2.1.3.1": "2.1.3", "3.1.2": "3.1.2.1", "4.1.1": "4.1.1.1",
    }  # fmt: skip
    assert [code for name, code, _ in said(reading) if name == "targets-missing.indicator"] == [
        "3.6.2"
    ]
    bare = [code for name, code, _ in said(reading) if name == "text-missing"]
    assert bare == ["1.1.1.1.1", "1.1.1.1.2", "1.1.2.1"]


def test_every_duration_is_understood(reading: Reading) -> None:
    printed = [row.fields["duration"] for row in reading.rows if "duration" in row.fields]
    known = [read_duration(text) for text in printed]
    assert len(known) == 39
    assert all(known)
    assert sum(one is not None and one.permanent for one in known) == 5


def test_the_reading_is_the_one_that_was_found_right(reading: Reading) -> None:
    golden("cmi-2007.rows", [row_line(row) for row in reading.rows])
    golden("cmi-2007.problems", problem_lines(reading))


def test_the_text_of_the_document_reads_the_same(reading: Reading, sources: Path) -> None:
    (seed,) = (sources / "seeds").glob("000*.txt")
    other = recognise(read_file(seed), (FORM,), year=2007)
    assert [replace(row, where="") for row in other.rows] == [
        replace(row, where="") for row in reading.rows
    ]


def printed(reading: Reading, view: View, tmp_path: Path) -> Path:
    document = draw((FORM,), facts_of(reading.rows), DrawRequest(PLAN, view), paper)
    path = tmp_path / f"{view}.xlsx"
    write_workbook(document, path)
    return path


def bare(row: Row, *, published: bool = True) -> Row:
    kept = {name: text for name, text in row.published.items() if name != "extra"}
    return replace(row, where="", item="", published=kept if published else {})


def test_the_printed_workbook_reads_back_cell_by_cell(reading: Reading, tmp_path: Path) -> None:
    again = recognise(read_file(printed(reading, "published", tmp_path)), (FORM,), year=2007)
    assert [bare(row) for row in again.rows] == [bare(row) for row in reading.rows]
    plan = recognise(read_file(printed(reading, "plan", tmp_path)), (FORM,), year=2007)
    assert [bare(row, published=False) for row in plan.rows] == [
        bare(row, published=False) for row in reading.rows
    ]


def test_stored_rows_give_the_same_findings(reading: Reading) -> None:
    facts = facts_of(reading.rows)
    stored = rows_from_facts(facts, PLAN, {FORM.id: FORM})
    assert [bare(row) for row in stored] == [bare(row) for row in reading.rows]
    found = [(one.check, one.variant, one.code) for one in run_checks(stored, {FORM.id: FORM})]
    read_ = [(one.check, one.variant, one.code) for one in reading.problems]
    assert sorted(found) == sorted(read_)


def clean_lines(reading: Reading, tmp_path: Path) -> list[list[str]]:
    """The published table without the shifts of its conversion: rows of eight cells."""
    table = read_file(printed(reading, "published", tmp_path)).tables[0]
    rows = [[cell.rich or cell.text for cell in row] for row in table.rows]
    width = len(HEAD)
    filled = [[*row, *[""] * width][:width] for row in rows if any(row)]
    start = next(at for at, row in enumerate(filled) if row[0] == HEAD[0])
    return [[cell.replace("\n", " ") for cell in row] for row in filled[start + 1 :]]


def test_a_word_document_of_one_table_a_page(
    reading: Reading, sources: Path, tmp_path: Path
) -> None:
    written = docx.Document()
    written.add_paragraph("PLAN ESTRATÉGICO INSTITUCIONAL")
    pages = (sources / "inputs" / "000_all.tsv").read_text("utf-8").split("\n\n")
    for number, page in enumerate(pages, 1):
        rows = [row.split("\t") for row in page.splitlines()]
        table = written.add_table(len(rows), max(map(len, rows)))
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                fill(table.cell(at, column), text)
        written.add_paragraph(f"Página {number}")
    written.save(str(tmp_path / "cmi.docx"))
    found = recognise(read_file(tmp_path / "cmi.docx"), (FORM,), year=2007)
    assert [bare(row, published=False) for row in found.rows] == [
        bare(row, published=False) for row in reading.rows
    ]
    assert said(found) == said(reading)
    assert len(found.tables) == 1


def fill(cell: _Cell, text: str) -> None:
    """Write a cell as Word does: paragraphs for `<p>`, underlined runs for `<u>`."""
    for number, part in enumerate(re.findall("<p>(.*?)</p>", text) or [text]):
        line = cell.add_paragraph() if number else cell.paragraphs[0]
        for run in filter(None, re.split("(<u>.*?</u>)", part)):
            bare_run = re.sub("</?u>", "", run)
            line.add_run(bare_run).underline = run != bare_run or None


SPELLED = [
    "OBJETIVOS ESTRATEGICOS", "Indicador", "METAS", "Iniciativa estratégica", "ACTIVIDAD",
    "Responsables:", "Período de Ejecución", "INSUMO",
]  # fmt: skip


def test_columns_in_another_order_and_other_words(reading: Reading, tmp_path: Path) -> None:
    lines = clean_lines(reading, tmp_path)
    order = list(range(len(HEAD)))
    random.Random(7).shuffle(order)
    moved = []
    for row in [SPELLED, *lines]:
        wide = not any(row[1:])
        moved.append("\t".join(row if wide else [row[at] for at in order]))
    found = read("PEI\n\n" + "\n".join(moved))
    assert [(row.kind, row.code, row.text, row.fields) for row in found.rows] == [
        (row.kind, row.code, row.text, row.fields) for row in reading.rows
    ]


@pytest.mark.parametrize("seed", range(6))
def test_pages_that_break_elsewhere(reading: Reading, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    lines: list[list[str]] = [list(HEAD)]
    for row in clean_lines(reading, tmp_path):
        if not any(row[1:]) or chance.random() < 0.6:
            lines.append(row)
            continue
        first, second = zip(*(cut(cell, at, chance) for at, cell in enumerate(row)), strict=True)
        lines += [list(first), [""], [*HEAD], list(second)]
    found = read("\n".join("\t".join(row) for row in lines))
    assert [(row.kind, row.code, row.text, row.fields) for row in found.rows] == [
        (row.kind, row.code, row.text, row.fields) for row in reading.rows
    ]


def cut(cell: str, at: int, chance: random.Random) -> tuple[str, str]:
    """Cut a cell between two words in the middle of a sentence, its code left whole."""
    words = cell.split(" ")
    places = [
        place
        for place in range(2, len(words))
        if words[place][:1].islower() and words[place - 1][-1:].isalpha()
    ]
    if at == 5 or not places:
        return cell, ""
    place = chance.choice(places)
    return " ".join(words[:place]), " ".join(words[place:])
