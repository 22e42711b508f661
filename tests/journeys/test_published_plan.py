"""The main job on the real plan of S1: load, enrol, report offline, merge, print."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

from quipu.domain.row import Row
from quipu.operations.dumping import dump
from quipu.operations.entering import enter
from quipu.operations.evaluating import evaluate
from quipu.operations.exporting import export_bundle
from quipu.operations.filled import enter_from_workbook
from quipu.operations.finding import find_plan, plan_units, rows_of
from quipu.operations.findings import decide, findings
from quipu.operations.house import House
from quipu.operations.loading import load_plan
from quipu.operations.merging import merge_bundles
from quipu.operations.printing import print_document
from quipu.operations.reading import read_plan
from quipu.operations.reports import accept, submit
from quipu.operations.status import status
from quipu.operations.workspaces import new_centre, open_house
from tests.operations.plans import admit, ticking

FORM, YEAR = "sv-integracion", 2024
ADN = "PROGRAMA ADN DE LA POBREZA Y DE LA CULTURA DE LA INTEGRACIÓN"
TIC = "UNIDAD DE TECNOLOGÍAS DE LA INFORMACIÓN Y COMUNICACIÓN"
AUDIT = "Unidad de Auditoría Interna"
SINGLE = ("adn", "asesoras", "contratos", "formativo", "talento", "anexo1", "control_cambios")


def loaded(house: House, file: Path) -> tuple[int, int]:
    done = load_plan(house, file=file, form=FORM, year=YEAR, author="Ana")
    assert done.vanished == ()
    return done.stored, done.already


def said(row: Row) -> tuple[object, ...]:
    return (row.unit, row.area, row.kind, row.code, row.text, dict(row.published), row.targets)


def test_the_published_plan_from_end_to_end(
    sources: Path, tmp_path: Path, quipu_home: Path
) -> None:
    inputs = sources / "inputs"
    new_centre(folder=tmp_path / "centre", institution="Dirección de Integración", author="Ana")
    with open_house(folder=tmp_path / "centre", write=True, clock=ticking()) as centre:
        stored, already = loaded(centre, inputs / "001_pat.xlsx")
        assert (stored > 5000, already) == (True, 0)
        assert loaded(centre, inputs / "001_pat.xlsx") == (0, stored)
        for name in SINGLE:
            assert loaded(centre, inputs / f"001_{name}.tsv")[0] == 0
        facts = centre.facts()
        plan = find_plan(facts)
        kinds = Counter(facts.text(row, "kind") for row in rows_of(facts, plan))
        assert (kinds["activity"], kinds["action"]) == (189, 21)
        assert len(plan_units(facts, plan)) == 28
        decide_the_malformed_number(centre)
        as_published_reads_back(centre, inputs / "001_pat.xlsx", tmp_path)
        two_offices_report(centre, tmp_path)


def decide_the_malformed_number(centre: House) -> None:
    [finding] = [one for one in findings(centre) if one.problem.check == "malformed-number"]
    assert (finding.problem.value, finding.problem.proposal) == ("21,00", "2100")
    decide(
        centre, item=finding.item, check="malformed-number", action="accept",
        note="lo dice el total", author="Ana",
    )  # fmt: skip
    assert centre.facts().number(finding.item, "target", "2024-08") == 2100


def as_published_reads_back(centre: House, original: Path, folder: Path) -> None:
    file = folder / "publicado.xlsx"
    print_document(centre, form=FORM, as_published=True, file=file)
    first = read_plan(file=original, form=FORM, year=YEAR)
    again = read_plan(file=file, form=FORM, year=YEAR)
    assert [said(row) for row in again.rows] == [said(row) for row in first.rows]
    # Quipu's own workbook carries the ids of its rows, so that nothing in it is new.
    assert loaded(centre, file)[0] == 0


def two_offices_report(centre: House, folder: Path) -> None:
    north = admit(centre, folder, "Norte", ADN)
    south = admit(centre, folder, "Capital", TIC, AUDIT)
    with (
        open_house(folder=north.folder, write=True, clock=ticking()) as programme,
        open_house(folder=south.folder, write=True, clock=ticking()) as capital,
    ):
        fill_the_workbook(programme, folder)
        enter(
            capital, unit=AUDIT, activity=first_row(capital, AUDIT), period="2024-07", value="1",
            author="Beto",
        )  # fmt: skip
        for house, unit in ((programme, ADN), (capital, TIC), (capital, AUDIT)):
            submit(house, unit=unit, period="2024-07", author="Beto")
        for house, name in ((programme, "n"), (capital, "c")):
            export_bundle(house, file=folder / f"{name}.quipu")
        files = [folder / "n.quipu", folder / "c.quipu"]
        merged = merge_bundles(centre, files=files)
        assert [one.state for one in merged.bundles] == ["merged", "merged"]
        accept(centre, unit=ADN, period="2024-07", author="Ana")
        for house, name in ((programme, "Norte"), (capital, "Capital")):
            export_bundle(centre, file=folder / "down.quipu", to=name)
            assert merge_bundles(house, files=[folder / "down.quipu"]).bundles[0].state == "merged"
        for house, unit in ((programme, ADN), (capital, TIC), (capital, AUDIT)):
            assert list(dump(house, unit=unit)) == list(dump(centre, unit=unit))
        states = {one.name: one.periods["2024-07"].state for one in status(centre)}
        assert states == {"Norte": "accepted", "Capital": "submitted"}
        found = evaluate(centre, period="2024-07", units=[ADN])
        assert any(row.progress.percent == Decimal(1) for row in found.rows)


def first_row(house: House, unit: str) -> str:
    facts = house.facts()
    plan = find_plan(facts)
    rows = rows_of(facts, plan)
    return next(row for row in rows if facts.text(facts.text(row, "unit"), "name") == unit)


def fill_the_workbook(office: House, folder: Path) -> None:
    """Report exactly what was programmed, by the workbook that the office was given."""
    import openpyxl

    from quipu.files.reader import read_file

    file = folder / "avance.xlsx"
    print_document(office, form=FORM, unit=ADN, period="2024-07", file=file)
    stamp = read_file(file).stamp
    assert stamp is not None
    facts = office.facts()
    book = openpyxl.load_workbook(file)
    typed = 0
    for name, tab in stamp.sheets.items():
        for place, address in tab.cells.items():
            target = facts.number(address.item, "target", "2024-07")
            if address.field == "executed" and target is not None:
                book[name][place].value = int(target)
                typed += 1
    book.save(file)
    outcome = enter_from_workbook(office, file=file, author="Beto")
    assert (outcome.changed, outcome.problems) == (typed, ())
    assert typed > 2
