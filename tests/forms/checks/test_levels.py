"""Checks of rows of several levels: codes, objectives, repeated texts, names, parts."""

from dataclasses import replace

from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.forms.checks import run_checks
from quipu.forms.definition import CheckUse
from tests.forms.poa_tables import FORM, POA, action, operative, page, read


def found(check: str, *pages: str) -> list[tuple[str, str, str | None]]:
    return [
        (one.code, one.variant, one.proposal) for one in read(*pages).problems if one.check == check
    ]


def test_a_code_under_another_action_is_proposed_as_a_part_of_that() -> None:
    rows = (action("AE.2.1.1."), operative("AO.1.2.1.1."), operative("AO.1.2.1.2"))
    assert found("code-under-wrong-parent", page(*rows, objective="OE.2. Administrar.")) == [
        ("AO.1.2.1.1.", "", "AO.2.1.1.1."),
        ("AO.1.2.1.2", "", "AO.2.1.1.2"),
    ]
    taken = (*rows[:2], operative("AO.2.1.1.1."))
    assert found("code-under-wrong-parent", page(*taken, objective="OE.2. Administrar.")) == [
        ("AO.1.2.1.1.", "", None)
    ]


def test_codes_of_a_series_go_on_from_no_objective() -> None:
    sheet = page(operative("AO AI 1"), operative("AO AI 2"), objective="OE.4. Fortalecer.")
    assert read(sheet).problems == ()


def test_an_action_under_another_objective_is_told_whose_it_is() -> None:
    rows = (action("AE.2.1.1."), operative("AO.2.1.1.1."))
    alone = page(*rows)
    assert found("objective-mismatch", alone) == [("AE.2.1.1.", "unknown", None)]
    assert found("code-under-wrong-parent", alone) == []
    known = page(action("AE.2.9.9."), operative("AO.2.9.9.1."), objective="OE.2. Administrar.")
    (problem,) = [one for one in read(known, alone).problems if one.check == "objective-mismatch"]
    assert (problem.variant, problem.params["own"], problem.params["above"]) == ("", "OE.2", "OE.1")


def test_an_objective_of_another_plan_is_nobodys_own() -> None:
    other = page(operative("AO PQD 1"), objective="Objetivo del PQD: 2. Productividad")
    rows = page(action("AE.2.1.1."), operative("AO.2.1.1.1."))
    assert found("objective-mismatch", other, rows) == [("AE.2.1.1.", "unknown", None)]
    assert found("code-odd", other) == []


def test_an_action_without_objective_mismatches_none() -> None:
    assert found("objective-mismatch", page(action("AE.2.1.1."), objective="")) == []


def test_a_form_that_does_not_ask_for_objectives_still_sees_wrong_parents() -> None:
    reading = read(page(action("AE.2.1.1."), operative("AO.2.1.1.1.")))
    form = replace(FORM, checks=(CheckUse("code-under-wrong-parent"),))
    (problem,) = run_checks(reading.rows, {POA: form})
    assert (problem.code, problem.proposal) == ("AE.2.1.1.", "AE.1.1.1.")


def test_a_heading_of_targets_is_no_problem_and_a_lone_one_is() -> None:
    parts = (operative("AO PQD G1", figures=""), operative("AO PQD G1.1"))
    assert found("targets-missing", page(*parts)) == []
    assert found("targets-missing", page(parts[0])) == [("AO PQD G1", "", None)]


def test_texts_that_are_repeated_anywhere_in_the_plan() -> None:
    first = page(action("AE.1.1.1.", "Pagar."), operative("AO.1.1.1.1.", "Pagar."))
    second = page(
        action("AE.1.1.2.", lead="Seguros"),
        operative("AO.1.1.2.1.", "Pagar.", lead="Seguros"),
        operative("", "PAGAR", lead="Seguros"),
    )
    reading = read(first, second)
    repeated = [one for one in reading.problems if one.check == "duplicate-activity"]
    assert [(one.code, one.variant, one.params["first"]) for one in repeated] == [
        ("AO.1.1.1.1.", "parent", "AE.1.1.1."),
        ("AO.1.1.2.1.", "plan", "AE.1.1.1."),
        ("", "plan", "AE.1.1.1."),
    ]
    assert {one.severity for one in repeated} == {"info"}


def test_headings_and_objectives_may_be_repeated() -> None:
    heading = "Acciones proyectadas para 2018 | | {}"
    pages = [
        page(heading.format(lead), operative(f"AO PQD {lead} 1", lead=lead), objective=line)
        for lead, line in (("Gerencia", "OE.1. Ampliar."), ("Seguros", "OE.2. Ampliar."))
    ]
    assert found("duplicate-activity", *pages) == []


def money(*quarters: str, total: str) -> Problem | list[tuple[str, str | None]]:
    reading = read(
        page(action("AE.1.1.1."), operative("AO.1.1.1.1.", figures=" ".join((*quarters, total))))
    )
    return [
        (f"{one.target}.{one.variant}", one.proposal)
        for one in reading.problems
        if one.check == "malformed-number"
    ]


def test_numbers_with_a_mark_for_thousands_missing_are_read_if_they_add_up() -> None:
    assert money("7500,000", "0", "0", "7500,000", total="15000,000") == [
        ("2018-Q1.regrouped", "7500000"),
        ("2018-Q4.regrouped", "7500000"),
        ("total.regrouped-total", "15000000"),
    ]
    assert money("7500,000", "0", "0", "1", total="7,500,001") == [("2018-Q1.regrouped", "7500000")]
    assert money("1", "0", "0", "1", total="15000,000") == [("total.total", "2")]
    assert money("7500,000", "0", "0", "21,00", total="15000,000")[0] == ("2018-Q1.unknown", None)


def test_a_misspelt_unit_is_found_in_every_column_that_names_units() -> None:
    rows = [operative(f"AO.1.1.1.{at}.", area="Contabilidad") for at in (1, 2)]
    other = operative("AO.1.1.1.3.", area="Contabildad")
    reading = read(page(action("AE.1.1.1."), *rows, other))
    (problem,) = reading.problems
    assert (problem.check, problem.target, problem.proposal) == (
        "unit-unknown",
        "area",
        "Contabilidad",
    )


def test_leads_are_asked_of_every_level_but_the_lines_above() -> None:
    reading = read(
        page(
            action("AE.1.1.1.", lead=""),
            "Acciones proyectadas para 2018 | | | X",
            operative("AO PQD 1", lead=""),
        )
    )
    assert [(one.check, rows_kind(reading.rows, one)) for one in reading.problems] == [
        ("lead-missing", "action"),
        ("lead-missing", "heading"),
        ("lead-missing", "activity"),
    ]


def rows_kind(rows: tuple[Row, ...], problem: Problem) -> str:
    assert problem.row is not None
    return rows[problem.row].kind
