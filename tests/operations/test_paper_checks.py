from __future__ import annotations

from pathlib import Path

import pytest

from quipu.files.pdf_checks import read_checks
from quipu.operations.entering import enter
from quipu.operations.findings import decide
from quipu.operations.house import House
from quipu.operations.paper_checks import PaperVerified, verify_page, verify_paper
from quipu.operations.printing import print_document
from quipu.operations.rows import delete_row
from quipu.operations.sections import set_section_text
from tests.operations.plans import FORM, NORTH, SOUTH, load, row_of

BOOK = "sv-integracion/documento"


def said(found: PaperVerified) -> list[tuple[str, str]]:
    return [(one.variant, one.code) for one in found.problems]


@pytest.fixture
def paper(centre: House, tmp_path: Path) -> Path:
    load(centre)
    return print_document(centre, form=FORM, file=tmp_path / "plan.pdf").file


def test_a_fresh_print_is_true(centre: House, paper: Path) -> None:
    found = verify_paper(centre, file=paper)
    assert found.ok
    assert found.problems == ()
    assert {page.state for page in found.pages} == {"same"}


def test_changed_and_deleted_rows_are_named(centre: House, paper: Path) -> None:
    decide(
        centre, item=row_of(centre, NORTH, "1.2"), check="malformed-number", action="accept",
        author="Ana",
    )  # fmt: skip
    delete_row(centre, row=row_of(centre, SOUTH, "2.1"), author="Ana")
    found = verify_paper(centre, file=paper)
    assert not found.ok
    assert ("row-changed", "1.2") in said(found)
    assert ("row-gone", "2.1") in said(found)
    assert [page.state for page in found.pages].count("changed") == 2


def test_a_document_that_shrank_or_grew(centre: House, paper: Path, tmp_path: Path) -> None:
    one = print_document(
        centre, form=FORM, unit=SOUTH, period="2024-07", file=tmp_path / "julio.pdf"
    )
    enter(centre, unit=SOUTH, activity="2.1", period="2024-07", value="600", author="Ana")
    assert ("row-changed", "2.1") in said(verify_paper(centre, file=one.file))
    for code in ("2.1", "2.2", "Evaluar los resultados"):
        delete_row(centre, row=row_of(centre, SOUTH, code), author="Ana")
    found = verify_paper(centre, file=paper)
    assert found.pages[-1].state == "gone"
    assert ("gone", "") in said(found)


def test_new_rows_and_texts_change_pages(centre: House, paper: Path, tmp_path: Path) -> None:
    book = print_document(centre, form=BOOK, as_published=True, file=tmp_path / "libro.pdf").file
    assert verify_paper(centre, file=book).ok
    set_section_text(centre, document=BOOK, section="vision", text="Ver.", author="Ana")
    found = verify_paper(centre, file=book)
    assert said(found) == [("", "")]
    loaded = print_document(centre, form=FORM, unit=NORTH, file=tmp_path / "norte.pdf").file
    item = row_of(centre, NORTH, "1.1")
    done = delete_row(centre, row=item, author="Ana")
    before = print_document(centre, form=FORM, unit=NORTH, file=tmp_path / "menos.pdf").file
    from quipu.operations.undoing import undo

    assert done.gesture is not None
    undo(centre, gesture=done.gesture, author="Ana")
    assert ("row-new", "1.1") in said(verify_paper(centre, file=before))
    assert verify_paper(centre, file=loaded).ok


def test_a_page_is_known_by_the_code_in_its_foot(centre: House, paper: Path) -> None:
    code = read_checks(paper).pages[1].code
    found = verify_page(centre, code=f"{code[:4]}-{code[4:]}".lower(), form=FORM)
    assert (found.ok, found.pages[0].number) == (True, 2)
    other = verify_page(centre, code=code, form=FORM, unit=NORTH)
    assert (other.ok, said(other)) == (False, [("unknown", "")])
