"""Links between initiatives: proposed, decided, listed, and told when they are late (S0-08)."""

from __future__ import annotations

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.operations.depending import Dependency, dependencies, require, unrequire
from quipu.operations.findings import Finding, decide, findings
from quipu.operations.gesture import write
from quipu.operations.house import House
from quipu.operations.loading import load_plan

HEAD = (
    "Objetivo Estratégico | Indicadores | Meta | Iniciativas Estratégicas | Actividades | "
    "Responsable | Periodo de ejecución | Insumos"
)
TEXT = f"""
| {HEAD} |
| 1.1 Atender | 1.1.1 Personas | 1.1.1.1 100% | 1.1.1.1.1 Diseñar un modelo de intervención |\
 1) Uno | <u>ASIS</u> | Seis meses | Capital humano |
| | | | 1.1.1.1.2 Planificar las finanzas | 1) Dos | <u>ASIS</u> | Un año |\
 Modelo de intervención. Capital humano |
| | | | 1.1.1.1.3 Cerrar | 1) Tres | <u>ASIS</u> | Un año | Papel |
"""
MODEL, FINANCE, CLOSING = "1.1.1.1.1", "1.1.1.1.2", "1.1.1.1.3"


@pytest.fixture
def plan(centre: House) -> House:
    load_plan(centre, text=TEXT, name="cmi", form="cr-imas", year=2007, author="Ana")
    return centre


def item(house: House, code: str) -> str:
    facts = house.facts()
    (found,) = [one for one in facts.items() if facts.text(one, "code") == code]
    return found


def told(house: House, check: str) -> list[Finding]:
    return [one for one in findings(house) if one.problem.check == check]


def begin(house: House, code: str, day: str) -> None:
    entry = (Address(item(house, code), "start"), day)
    write(house, [entry], facts=house.facts(), author="Ana")


def shown(found: list[Dependency]) -> list[tuple[str, str, bool, str]]:
    return [(one.step.code, one.other.code, one.linked, one.late) for one in found]


def test_a_likely_link_is_decided_in_the_review(plan: House) -> None:
    assert shown(dependencies(plan)) == [(FINANCE, MODEL, False, "")]
    (asked,) = told(plan, "input-dependency")
    assert (asked.problem.proposal, asked.problem.target) == (MODEL, "requires")
    needing = item(plan, FINANCE)
    decide(plan, item=needing, check="input-dependency", action="accept", author="Ana")
    assert plan.facts().text(needing, "requires") == item(plan, MODEL)
    assert shown(dependencies(plan)) == [(FINANCE, MODEL, True, "undated")]
    assert not told(plan, "input-dependency")
    (late,) = told(plan, "prerequisite-late")
    assert (late.problem.variant, late.problem.params["others"]) == ("undated", MODEL)


def test_a_kept_proposal_links_nothing(plan: House) -> None:
    needing = item(plan, FINANCE)
    decide(plan, item=needing, check="input-dependency", action="keep", author="Ana")
    assert plan.facts().text(needing, "requires") == ""
    assert not told(plan, "input-dependency")


def test_what_is_needed_late_is_told_with_its_day(plan: House) -> None:
    require(plan, activity=FINANCE, of=MODEL, author="Ana")
    begin(plan, MODEL, "2008-01-01")
    assert not told(plan, "prerequisite-late")
    begin(plan, FINANCE, "2008-03-01")
    (late,) = told(plan, "prerequisite-late")
    assert (late.problem.variant, late.problem.target) == ("late", "start")
    assert late.problem.params["others"] == f"{MODEL} (30/06/2008)"
    assert shown(dependencies(plan)) == [(FINANCE, MODEL, True, "late")]


def test_links_are_taken_away_and_made_once(plan: House) -> None:
    assert require(plan, activity=FINANCE, of=MODEL, author="Ana").changed == 1
    assert require(plan, activity=FINANCE, of=MODEL, author="Ana").changed == 0
    require(plan, activity=FINANCE, of=CLOSING, author="Ana")
    assert unrequire(plan, activity=FINANCE, of=MODEL, author="Ana").changed == 1
    assert unrequire(plan, activity=FINANCE, of=MODEL, author="Ana").changed == 0
    assert plan.facts().text(item(plan, FINANCE), "requires") == item(plan, CLOSING)
    assert unrequire(plan, activity=FINANCE, of=CLOSING, author="Ana").changed == 1


def test_a_circle_is_refused(plan: House) -> None:
    require(plan, activity=FINANCE, of=MODEL, author="Ana")
    require(plan, activity=CLOSING, of=FINANCE, author="Ana")
    with pytest.raises(InputError, match="dependency-circle"):
        require(plan, activity=MODEL, of=CLOSING, author="Ana")


@pytest.mark.parametrize(
    ("activity", "code"), [("9.9.9.9.9", "activity-unknown"), ("1.1", "dependency-kind")]
)
def test_only_initiatives_are_linked(plan: House, activity: str, code: str) -> None:
    with pytest.raises(InputError, match=code):
        require(plan, activity=activity, of=MODEL, author="Ana")


def test_two_initiatives_of_one_code_are_told_apart(centre: House) -> None:
    twice = TEXT.replace(CLOSING, FINANCE)
    load_plan(centre, text=twice, name="cmi", form="cr-imas", year=2007, author="Ana")
    with pytest.raises(InputError, match="activity-ambiguous"):
        require(centre, activity=FINANCE, of=MODEL, author="Ana")


def test_a_plan_without_inputs_has_no_links(centre: House) -> None:
    above = "| Actividad III. 1.1: Programa | |\n| INSTITUCIÓN / REGIÓN ² = Norte | |\n"
    head = "Objetivos | Actividades | Medio de verificación | Ponderación | Unidad Responsable"
    text = above + f"| {head} |\n| Uno | Dos | Actas | 1 | Caja |"
    load_plan(centre, text=text, name="p", form="cl-ips/informacion-gore", year=2010, author="Ana")
    assert dependencies(centre) == []
