"""The centre's board, and the facts under each of its figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from quipu.domain.errors import InputError, WorkspaceError
from quipu.operations.board import board, sum_periods
from quipu.operations.board_facts import Known, facts_under
from quipu.operations.board_paper import print_board
from quipu.operations.entering import enter
from quipu.operations.finding import find_office, find_unit
from quipu.operations.house import House
from quipu.operations.loading import load_plan
from quipu.operations.observing import observe
from tests.operations.plans import JULY, NORTH, row_of
from tests.operations.test_disputes import disputed, pdf_text
from tests.operations.test_programmes import TEXT


def said(found: list[Known]) -> set[tuple[str, str, str]]:
    return {(one.address.field, one.address.period, one.code) for one in found}


def test_the_board_shows_who_reported_and_what_waits(
    office: House, centre: House, tmp_path: Path
) -> None:
    dispute = disputed(office, centre, tmp_path)
    asked = {"unit": NORTH, "period": JULY, "activity": "1.1", "field": "executed"}
    observe(centre, text="¿Cuál?", **asked, author="Ana")
    found = board(centre, period="2024-Q3")
    assert (found.period, found.periods) == ("2024-Q3", ("2024-07", "2024-08", "2024-09"))
    assert [one.name for one in found.offices] == ["Norte"]
    assert [one.id for one in found.disputes] == [dispute]
    assert [one.code for one in found.observations] == ["1.1"]
    roads = next(one for one in found.sums if one.unit_of_measure.startswith("kil"))
    # 1,200 of the north and 900 of the south in July.
    assert [str(one.programmed) for one in roads.months] == ["2100", "1500", "500"]
    assert not {"señales", "órdenes"} & {roads.unit_of_measure}
    words = pdf_text(print_board(centre, period="2024-Q3", file=tmp_path / "b.pdf").file)
    for part in ("Norte", "en curso", "Discrepancias por resolver", "5 (Norte, Beto)", "¿Cuál?"):
        assert part in words


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("unit", {"1.1", "1.2", "1.3", "1.4"}),
        ("office", {"1.1", "1.2", "1.3", "1.4"}),
        ("area", {"1.1", "1.2", "1.3", "1.4", "2.1", "2.2"}),
    ],
)
def test_a_figure_opens_the_rows_under_it(
    office: House, centre: House, tmp_path: Path, kind: str, codes: set[str]
) -> None:
    disputed(office, centre, tmp_path)
    facts = centre.facts()
    unit = find_unit(facts, NORTH)
    items = {"unit": unit, "office": find_office(facts, "Norte"), "area": facts.ancestors(unit)[0]}
    found = facts_under(centre, key=f"{kind}:{items[kind]}", period=JULY)
    assert {one.code for one in found} == codes - {"1.3"}
    (executed,) = [one for one in found if one.address.field == "executed"]
    assert {past.office for past in executed.past} == {"", "Norte"}
    assert [entry.file_name for entry in executed.bundles.values()] == ["d.quipu"]


def test_sums_rows_disputes_and_observations_open_too(
    office: House, centre: House, tmp_path: Path
) -> None:
    dispute = disputed(office, centre, tmp_path)
    proof = tmp_path / "acta.pdf"
    proof.write_bytes(b"acta")
    cell = {"unit": NORTH, "activity": "1.2", "period": JULY, "author": "Ana"}
    enter(centre, value="3", evidence=proof, **cell)
    row = row_of(centre, NORTH, "1.2")
    found = facts_under(centre, key=f"row:{row}", period=JULY)
    assert {("target", JULY, "1.2"), ("executed", JULY, "1.2")} <= said(found)
    assert [one.file.name for part in found for one in part.proofs] == ["acta.pdf"]
    measure = next(one for one in board(centre).sums if one.unit_of_measure.startswith("se"))
    assert said(found) == said(facts_under(centre, key=f"sum:{measure.unit_of_measure}:{JULY}"))
    (one,) = facts_under(centre, key=f"dispute:{dispute}")
    assert (one.code, one.address.field) == ("1.1", "executed")
    asked = {"unit": NORTH, "period": JULY, "activity": "1.1", "field": "executed"}
    item = observe(centre, text="¿Cuál?", **asked, author="Ana").created[0]
    opened = facts_under(centre, key=f"observation:{item}")
    assert {"executed", "said"} <= {one.address.field for one in opened}
    report = f"report:{find_office(centre.facts(), 'Norte')}:{JULY}"
    assert ("executed", JULY, "1.1") in said(facts_under(centre, key=report))
    assert facts_under(centre, key="sum:Nada:2024-07") == []


@pytest.mark.parametrize("key", ["", "unit", "unit:", "unit:x", "row:x", "plan:x", "dispute:x"])
def test_a_key_that_names_nothing_is_refused(office: House, centre: House, key: str) -> None:
    with pytest.raises(InputError, match="board-key"):
        facts_under(centre, key=key)


def test_periods_that_are_none_and_offices_are_refused(office: House, centre: House) -> None:
    with pytest.raises(InputError, match="period-unreadable"):
        board(centre, period="julio")
    known = find_office(centre.facts(), "Norte")
    with pytest.raises(InputError, match="period-unreadable"):
        facts_under(centre, key=f"report:{known}:julio")
    with pytest.raises(InputError, match="period-unreadable"):
        facts_under(centre, key="sum:señales:julio")
    with pytest.raises(WorkspaceError, match="centre-only"):
        board(office)


def test_programmes_of_a_year_are_added_up_by_month(centre: House, tmp_path: Path) -> None:
    load_plan(centre, text=TEXT, name="programa.psv", form="cl-ips", year=2010, author="Ana")
    found = board(centre, period="2010-Q1")
    assert found.periods == ("2010",)
    assert len(found.sum_periods) == 3
    assert sum_periods([], "2010")[0] == "2010-01"
    top = found.evaluation.nodes[0].item
    enter(centre, unit="Región Norte", activity="Firma", period="2010", value="1", author="Ana")
    assert "executed" in {one.address.field for one in facts_under(centre, key=f"node:{top}")}
    assert facts_under(centre, key=f"node:{top}", period="2010-Q1") == []
    assert print_board(centre, file=tmp_path / "b.xlsx").sheets
