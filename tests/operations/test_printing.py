from __future__ import annotations

from pathlib import Path

import pytest

from quipu.domain.errors import InputError
from quipu.domain.row import Row
from quipu.operations.entering import enter
from quipu.operations.evaluating import evaluate
from quipu.operations.findings import decide
from quipu.operations.house import House
from quipu.operations.printing import document, print_document
from quipu.operations.reading import available_forms, read_plan
from quipu.operations.running import Cancelled
from tests.operations.plans import FORM, NORTH, SOUTH, YEAR, load, row_of

PROGRAMME = "sv-integracion/pat-programa"


def plain(rows: tuple[Row, ...]) -> list[tuple[object, ...]]:
    return [(row.unit, row.code, row.text, dict(row.published), row.targets) for row in rows]


def test_a_plan_on_paper_and_as_a_workbook(centre: House, tmp_path: Path) -> None:
    load(centre)
    seen: list[tuple[int, int]] = []
    paper = print_document(
        centre,
        form=FORM,
        file=tmp_path / "plan.pdf",
        progress=lambda done, total: seen.append((done, total)),
    )
    assert paper.file.read_bytes().startswith(b"%PDF")
    assert (paper.pages or 0) >= 3
    assert (paper.sheets, paper.rows) == (None, 9)
    assert seen == [(0, 2), (1, 2), (2, 2)]
    book = print_document(centre, form=PROGRAMME, unit=SOUTH, file=tmp_path / "SUR.XLSX")
    assert (book.pages, book.rows) == (None, 3)
    assert (book.sheets or 0) >= 1


def test_as_published_and_read_back_gives_the_same_rows(centre: House, tmp_path: Path) -> None:
    loaded = load(centre)
    decide(
        centre, item=row_of(centre, NORTH, "1.2"), check="malformed-number", action="accept",
        author="Ana",
    )  # fmt: skip
    file = tmp_path / "publicado.xlsx"
    print_document(centre, form=FORM, as_published=True, file=file)
    again = read_plan(file=file, form=FORM, year=YEAR)
    assert plain(again.rows) == plain(loaded.reading.rows)


def test_working_values_are_printed_otherwise(centre: House) -> None:
    load(centre)
    decide(
        centre, item=row_of(centre, NORTH, "1.2"), check="malformed-number", action="accept",
        author="Ana",
    )  # fmt: skip

    def figures(*, as_published: bool) -> set[str]:
        drawn = document(centre, form=FORM, units=[NORTH], as_published=as_published)
        rows = [row for sheet in drawn.sheets for row in sheet.rows]
        return {cell.text for row in rows for cell in row.cells if cell is not None}

    assert "21,00" in figures(as_published=True)
    assert "21,00" not in figures(as_published=False)


def test_a_report_of_progress_and_its_evaluation(centre: House, tmp_path: Path) -> None:
    load(centre)
    enter(centre, unit=NORTH, activity="1.1", period="2024-07", value="600", author="Ana")
    for period in ("2024-07", "2024-q3"):
        printed = print_document(
            centre, form=FORM, unit=NORTH, period=period, file=tmp_path / "a.pdf"
        )
        assert printed.rows == 4
    found = evaluate(centre, period="2024-07", units=[NORTH])
    [first, *_] = found.rows
    assert (first.code, str(first.progress.percent)) == ("1.1", "0.500000")
    assert len(found.units) == 1
    assert len(evaluate(centre, period="2024").units) == 3
    with pytest.raises(InputError, match="period-unreadable"):
        evaluate(centre, period="julio")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"form": "nobody"}, "form-unknown"),
        ({"unit": "Biblioteca"}, "unit-unknown"),
        ({"period": "julio"}, "period-unreadable"),
        ({"period": "2024-07", "as_published": True}, "view-choice"),
        ({"form": "sv-integracion/acciones-estrategicas"}, "nothing-to-print"),
        ({"form": "cr-imas"}, "nothing-to-print"),
        ({"file": Path("plan.docx")}, "output-unknown"),
        ({"file": Path("/nowhere/plan.pdf")}, "cannot-write"),
        ({"file": Path("/nowhere/plan.xlsx")}, "cannot-write"),
    ],
)
def test_what_cannot_be_printed(
    centre: House, tmp_path: Path, given: dict[str, object], code: str
) -> None:
    load(centre)
    said = {"form": FORM, "file": tmp_path / "plan.pdf"} | given
    with pytest.raises(InputError) as caught:
        print_document(centre, **said)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert not (tmp_path / "plan.pdf").exists()


def test_a_cancelled_print_writes_nothing(centre: House, tmp_path: Path) -> None:
    load(centre)
    with pytest.raises(Cancelled):
        print_document(centre, form=FORM, file=tmp_path / "plan.pdf", cancelled=lambda: True)
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_workspace_may_bring_forms_of_its_own(centre: House) -> None:
    from quipu import settings

    assert PROGRAMME in centre.forms
    own = centre.folder / "forms" / "mi-casa"
    own.mkdir(parents=True)
    source = settings.forms_dir() / f"{PROGRAMME}.toml"
    (own / "plan.toml").write_bytes(source.read_bytes())
    assert "mi-casa/plan" in available_forms(centre.folder)
    assert "mi-casa/plan" not in available_forms()
