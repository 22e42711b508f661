from pathlib import Path

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.value import Value
from quipu.forms.document import (
    Contents,
    Document,
    PageBreak,
    Run,
    Sheet,
    SheetColumn,
    SheetRow,
    Signatures,
    Text,
    View,
)
from quipu.forms.draw import DrawRequest
from quipu.forms.draw_document import draw_document
from quipu.forms.template import section_id
from tests.forms.documents_of_sections import TEMPLATE, template
from tests.forms.sample_plan import PLAN, forms, paper, sample


def text(key: str, words: str, field: str = "text") -> tuple[Address, Value]:
    return Address(section_id(PLAN, key), field), words


def drawn(
    folder: Path,
    facts: Facts | None = None,
    *,
    view: View = "plan",
    toml: str = TEMPLATE,
    sheets: dict[str, list[Sheet]] | None = None,
) -> Document:
    book = template(folder, toml.replace("Instituto de Caminos", "x"), "sv-integracion")
    request = DrawRequest(PLAN, view)
    return draw_document(book, forms(), facts or sample(), request, paper, sheets=sheets)


def words(document: Document, *roles: str) -> list[str]:
    return [
        block.text
        for block in document.blocks
        if isinstance(block, Text) and (not roles or block.role in roles)
    ]


def test_the_sections_stand_in_their_order(tmp_path: Path) -> None:
    book = drawn(tmp_path, sample(text("motto", "Un camino."), text("preface", "Hola.\n\nAdiós.")))
    assert words(book, "cover", "cover-line") == [
        "INSTITUTO DE CAMINOS", "PLAN 2024", "2024-2029", "29/07/2024",
    ]  # fmt: skip
    assert words(book, "section") == [
        "Prefacio", "MARCO NORMATIVO", "Análisis de contexto 2024", "Acciones 2024", "Presupuesto",
        "Planes de trabajo", "CONTROL DE CAMBIOS", "Revisión",
    ]  # fmt: skip
    assert words(book, "heading") == ["Valores"]
    assert words(book, "divider") == [
        "PLAN ANUAL DE TRABAJO 2024 OFICINAS",
        "PLANES ANUALES DE TRABAJO 2024 DE UNIDADES ASESORAS",
    ]
    kinds = [type(block) for block in book.blocks]
    assert kinds.count(Contents) == 1
    assert kinds.count(Signatures) == 2
    assert book.lines == ("INSTITUTO DE CAMINOS", "PLAN 2024")
    assert book.box == (("Código", "PAT-IC-001"),)


def test_a_paragraph_knows_the_fact_it_shows(tmp_path: Path) -> None:
    book = drawn(tmp_path, sample(text("preface", "Una **gran** vía.")))
    block = next(one for one in book.blocks if isinstance(one, Text) and "gran" in one.text)
    assert block.text == "Una gran vía."
    assert block.runs[1] == Run("gran", bold=True)
    assert block.address == Address(section_id(PLAN, "preface"), "text")


def test_lists_have_markers_and_their_introduction_none(tmp_path: Path) -> None:
    book = drawn(tmp_path, sample(text("law", "Las leyes son:\n\nUna ley\n\n2.1 Otra")))
    found = [(one.marker, one.text) for one in book.blocks if isinstance(one, Text) and one.address]
    assert found == [("", "Las leyes son:"), ("•", "• Una ley"), ("2.1", "2.1 Otra")]
    alone = drawn(tmp_path, sample(text("law", "Una ley")))
    assert [one.marker for one in alone.blocks if isinstance(one, Text) and one.address] == [""]


def test_four_lists_stand_two_by_two(tmp_path: Path) -> None:
    facts = sample(
        text("swot", "Se miró."),
        text("swot/strengths", "- **Gente:** mucha\n- Agua"),
        text("swot/threats", "Lluvia", "text"),
        text("swot/threats", "AMENAZAS", "title"),
    )
    [table] = [one for one in drawn(tmp_path, facts).sheets if one.name.startswith("Análisis")]
    texts = [[cell.text for cell in row.cells if cell] for row in table.rows]
    assert texts == [
        ["Fortalezas", "Oportunidades"],
        ["• Gente: mucha\n• Agua", ""],
        ["Debilidades", "AMENAZAS"],
        ["", "Lluvia"],
    ]
    assert not [one for one in drawn(tmp_path).sheets if one.name.startswith("Análisis")]


def test_rows_stand_in_where_nobody_wrote(tmp_path: Path) -> None:
    assert "• AE 1.1.1 Construir puentes" in words(drawn(tmp_path))
    assert not any("AE 1.1.2" in one for one in words(drawn(tmp_path)))
    whole = drawn(tmp_path, toml=TEMPLATE.replace("marked = true\n", ""))
    assert "• AE 1.1.2 Aumentar el paso" in words(whole)
    written = drawn(tmp_path, sample(text("actions", "Ninguna.")))
    assert not any("AE 1.1.1" in one for one in words(written))


def test_tables_stand_on_their_own_paper_and_texts_on_theirs(tmp_path: Path) -> None:
    book = drawn(tmp_path, sample(text("plans", "Los planes."), text("money", "Poco.")))
    breaks = [one.page for one in book.blocks if isinstance(one, PageBreak) and one.page]
    turns = [page.landscape for page in breaks]
    assert turns == [False, False, False, True, True, True]
    at = book.blocks.index(next(one for one in book.blocks if isinstance(one, Sheet)))
    assert isinstance(book.blocks[at - 1], Text)
    changes = next(one for one in book.sheets if one.form.endswith("control-de-cambios"))
    assert changes.title == ""


def test_titles_and_texts_as_they_were_published(tmp_path: Path) -> None:
    facts = sample(
        text("preface", "Nuevo."), text("preface", "Viejo.", "text.published"),
        text("preface", "PRÓLOGO", "title"), text("cover", "Uno\nPLAN {year}"),
    )  # fmt: skip
    now, then = drawn(tmp_path, facts), drawn(tmp_path, facts, view="published")
    assert {"Nuevo.", "PRÓLOGO", "Uno", "PLAN 2024"} <= set(words(now))
    assert "Viejo." in words(then)


def test_a_plan_without_rows_still_shows_its_structure(tmp_path: Path) -> None:
    bare = Facts([(Address(PLAN, "kind"), "plan"), (Address(PLAN, "institution"), "inst")])
    book = drawn(tmp_path, bare)
    assert "Planes de trabajo" in words(book)
    assert book.sheets == ()
    assert book.title == "Libro"
    assert "x".upper() in book.lines


def test_lists_of_the_checks_are_given_from_outside(tmp_path: Path) -> None:
    table = Sheet("Lista", "Lista", (SheetColumn(1),), (SheetRow("header", (None,)),))
    assert table in drawn(tmp_path, sheets={"review": [table]}).sheets
    assert "El plan no tiene observaciones." in words(drawn(tmp_path))


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    book = template(tmp_path)
    with pytest.raises(InputError, match="plan-unknown"):
        draw_document(book, {}, Facts(), DrawRequest("none"), paper)
    with pytest.raises(InputError, match="form-unknown"):
        draw_document(book, {}, sample(), DrawRequest(PLAN), paper)
