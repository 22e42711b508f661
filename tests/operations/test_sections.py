from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.problem import Problem
from quipu.operations.dumping import dump
from quipu.operations.finding import find_plan
from quipu.operations.findings import decide
from quipu.operations.gesture import write
from quipu.operations.house import House
from quipu.operations.printing import document, print_document
from quipu.operations.sections import (
    find_template,
    load_document,
    sections,
    set_section_text,
    typed_text,
)
from quipu.operations.sentences import problem_sentence
from quipu.operations.workspaces import open_house
from quipu.words import Words
from tests.operations.plans import NORTH, YEAR, admit, load, row_of

BOOK = "sv-integracion/documento"
TEXT = """Instituto de Caminos\tPLAN\tCódigo\tPAT-9
\t\tVersión\t02

Elaborado por:
Lic. Ana Paz

PREFACIO

Un camino une a todos.

MARCO NORMATIVO

- Ley de Caminos

PRESUPUESTO INSTITUCIONAL 2024

El presupuesto es de \\$2.5 Millones

F
"""


def put(house: House, text: str = TEXT, year: int | None = None) -> tuple[int, int]:
    done = load_document(house, text=text, name="libro.txt", document=BOOK, year=year, author="Ana")
    return done.stored, done.already


def written(house: House) -> dict[str, str]:
    return {one.key: one.text for one in sections(house, document=BOOK) if one.written}


def plan_of(house: House) -> tuple[Facts, str]:
    facts = house.facts()
    return facts, find_plan(facts)


def test_texts_are_stored_once_and_tell_of_the_plan(centre: House) -> None:
    stored, _ = put(centre)
    assert stored > 10
    assert put(centre) == (0, stored)
    assert written(centre) == {
        "preface": "Un camino une a todos.",
        "rules": "- Ley de Caminos",
        "budget": "El presupuesto es de $2.5 Millones",
    }
    facts, plan = plan_of(centre)
    assert facts.number(plan, "budget") == Decimal(2_500_000)
    assert facts.text(plan, "budget.published") == "$2.5 Millones"
    assert facts.text(plan, "document_code") == "PAT-9"
    assert facts.text(plan, "prepared_by") == "Lic. Ana Paz"
    assert facts.number(plan, "year") == Decimal(YEAR)


def test_the_tables_and_the_texts_are_one_plan(centre: House) -> None:
    loaded = load(centre)
    done = load_document(centre, text=TEXT, name="a.txt", document=BOOK, author="Ana")
    assert done.plan == loaded.plan
    assert [problem.value for problem in done.problems] == ["F"]
    assert {one.key for one in done.sections} == {"preface", "rules", "budget"}


def test_what_a_person_wrote_stays_when_the_document_comes_again(centre: House) -> None:
    put(centre)
    done = set_section_text(
        centre, document=BOOK, section="preface", text=" Otra cosa. ", title="Prólogo", author="Bea"
    )
    assert done.changed == 2
    put(centre, TEXT.replace("Un camino une a todos.", "Un camino nuevo."))
    assert written(centre)["preface"] == "Otra cosa."
    [one] = [one for one in sections(centre, document=BOOK) if one.key == "preface"]
    assert one.title == "Prólogo"
    set_section_text(centre, document=BOOK, section="preface", text="", author="Bea")
    assert "preface" not in written(centre)


def test_parts_of_a_section_are_texts_too(centre: House) -> None:
    load(centre)
    set_section_text(centre, document=BOOK, section="swot/threats", text="- Lluvia", author="Ana")
    [one] = [one for one in sections(centre, document=BOOK) if one.key == "swot/threats"]
    assert (one.text, one.level, one.title, one.kind) == ("- Lluvia", 2, "Amenazas", "swot")
    drawn = document(centre, form=BOOK)
    assert any(sheet.name == "ANÁLISIS DE CONTEXTO" for sheet in drawn.sheets)


def test_the_year_comes_from_the_document_the_call_or_the_only_plan(centre: House) -> None:
    bare = "PREFACIO\n\nHola.\n"
    with pytest.raises(InputError, match="year-missing"):
        put(centre, bare)
    put(centre, bare, year=2031)
    stored, _ = put(centre, "PREFACIO\n\nAdiós.\n")
    assert stored == 2
    assert written(centre) == {"preface": "Adiós."}


def test_an_amount_that_somebody_put_stays(centre: House) -> None:
    put(centre)
    put(centre, TEXT.replace("2.5", "3"))
    facts, plan = plan_of(centre)
    assert facts.number(plan, "budget") == Decimal(3_000_000)
    write(centre, [(Address(plan, "budget"), Decimal(7))], facts=facts, author="Bea")
    put(centre, TEXT.replace("2.5", "4"))
    facts, plan = plan_of(centre)
    assert facts.number(plan, "budget") == Decimal(7)
    assert facts.text(plan, "budget.published") == "$4 Millones"


@pytest.mark.parametrize("words", ["$2 y $3", "nada", "$1.2.3 Millones", "unos 2.5 Millones"])
def test_an_amount_is_taken_only_where_there_is_one(centre: House, words: str) -> None:
    put(centre, f"PRESUPUESTO INSTITUCIONAL 2024\n\nSon {words}\n")
    facts, plan = plan_of(centre)
    assert facts.number(plan, "budget") is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"document": "sv-integracion/pat-programa"}, "document-unknown"),
        ({"section": "nothing"}, "section-unknown"),
        ({"text": None}, "value-missing"),
        ({"text": "x" * 20_000}, "text-too-long"),
        ({"plan": "1999"}, "plan-unknown"),
    ],
)
def test_what_cannot_be_written(centre: House, given: dict[str, object], code: str) -> None:
    load(centre)
    said = {"document": BOOK, "section": "preface", "text": "Hola.", "author": "Ana"} | given
    with pytest.raises(InputError) as caught:
        set_section_text(centre, **said)  # type: ignore[arg-type]
    assert caught.value.code == code


def test_what_cannot_be_loaded(centre: House, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="source-choice"):
        load_document(centre, document=BOOK, author="Ana")
    with pytest.raises(InputError, match="no-section-found"):
        put(centre, "Una carta.\n")
    with pytest.raises(InputError, match="text-too-long"):
        put(centre, "PREFACIO\n\n" + "palabra " * 4000, year=2024)
    file = tmp_path / "libro.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert load_document(centre, file=file, document=BOOK, author="Ana").stored > 10


def test_documents_are_found_by_their_id(centre: House) -> None:
    assert find_template(centre.folder, BOOK) is not None
    assert find_template(centre.folder, "sv-integracion") is None
    assert find_template(None, "sv-integracion/pat-programa") is None
    own = centre.folder / "forms" / "casa"
    own.mkdir(parents=True)
    from quipu import settings

    source = settings.forms_dir() / "sv-integracion" / "revision.toml"
    (own / "revision.toml").write_bytes(source.read_bytes())
    assert find_template(centre.folder, "casa/revision") is not None


def test_bytes_of_any_encoding_are_text() -> None:
    assert typed_text("Año\r\nnuevo".encode("cp1252"), "a.txt") == "Año\nnuevo"


def test_the_book_is_printed(centre: House, tmp_path: Path) -> None:
    load(centre)
    put(centre)
    paper = print_document(centre, form=BOOK, file=tmp_path / "libro.pdf")
    assert (paper.pages or 0) > 6
    assert paper.rows == 9
    book = print_document(centre, form=BOOK, file=tmp_path / "libro.xlsx", as_published=True)
    assert (book.sheets or 0) > 5


def test_the_review_prints_what_was_found_and_decided(centre: House, tmp_path: Path) -> None:
    load(centre)
    item = row_of(centre, NORTH, "1.2")
    decide(
        centre, item=item, check="malformed-number", action="accept", note="La suma lo dice",
        author="Ana",
    )  # fmt: skip
    decide(
        centre, item=row_of(centre, NORTH, "1.4"), check="total-missing", action="keep",
        author="Bea",
    )  # fmt: skip
    drawn = document(centre, form="sv-integracion/revision")
    [table] = drawn.sheets
    rows = [[cell.text for cell in row.cells if cell] for row in table.rows[1:]]
    mended = next(row for row in rows if row[2] == "1.2" and row[9] == "La suma lo dice")
    assert mended[4:6] == ["21,00", "21"]
    assert mended[7:9] == ["aceptada", "Ana\n05/08/2024"] or mended[8].startswith("Ana\n")
    kept = next(row for row in rows if row[2] == "1.4" and row[8].startswith("Bea"))
    assert kept[6].startswith("error: ")
    assert [row[0] for row in rows] == [str(n + 1) for n in range(len(rows))]
    assert any(row[7] == "Abierta" for row in rows)
    done = print_document(centre, form="sv-integracion/revision", file=tmp_path / "r.xlsx")
    assert (done.sheets, done.rows) == (1, len(rows))


def test_findings_are_said_in_the_words_of_the_paper() -> None:
    words = Words.load("es")
    total = Problem("total-mismatch", "error", "a", params={"sum": Decimal("9.0"), "total": 8})
    assert problem_sentence(words, total) == "Los meses suman 9 y el total impreso es 8."
    spanning = replace(total, variant="spanning")
    assert problem_sentence(words, spanning).endswith("abarca varios meses.")
    several = Problem(
        "join-ambiguous", "warning", "a", params={"text": None, "candidates": ("uno", "dos")}
    )
    assert "uno, dos" in problem_sentence(words, several)
    assert problem_sentence(words, Problem("no-such-check", "info", "a")) == "no-such-check"


def test_offices_do_not_receive_the_texts(centre: House, tmp_path: Path) -> None:
    load(centre)
    put(centre)
    joined = admit(centre, tmp_path / "offices", "norte", NORTH)
    with open_house(folder=joined.folder) as office:
        assert office.facts().of_kind("section") == []
        assert list(dump(office, unit=NORTH)) == list(dump(centre, unit=NORTH))
