"""Objectives of a year's programmes against those of the multi-year plan (S4-10)."""

from __future__ import annotations

import pytest

from quipu.domain.problem import Problem
from quipu.forms.checks.agreement import likeness
from quipu.operations.finding import find_plan
from quipu.operations.findings import Finding, decide, findings
from quipu.operations.house import House
from quipu.operations.loading import Loaded, load_plan
from quipu.operations.printing import document
from tests.forms.programme_tables import HEAD

CHECK = "multiyear-mismatch"
ABOVE = "| Actividad III. 1.1: Programa | | |\n| INSTITUCIÓN / REGIÓN ² = Región Norte | | |\n"
ROWS = (
    "Pagos | Pagar bien a los jubilados de la región. | N° de a | Uno. Dos | Actas | 1 | Caja",
    " | Elaborar un plan de visitas a los clubes. | N° de a N° de b | Uno. Dos | Actas | 1 | Caja",
    " | 3.- Difundir la cotización electrónica. | N° de a N° de b | Uno. Dos | Actas | 0,2 | Caja",
)
YEARLY = ABOVE + f"| {HEAD} |\n" + "\n".join(f"| {row} |" for row in ROWS)
SEVERAL = """PLAN PLURIANUAL 2009-2011
N°\tObjetivo específico\t2009\t2010\t2011
1\tPAGAR BIEN a los jubilados de la región\tX\tX\t
2\tElaborar un plan de visitas a los clubes de adultos\tX\tX\tX
3\tDifundir el uso de la red\t\tX\t
4\tArchivar las carpetas antiguas\t\tX\t
5\tCerrar las cajas\t\t\tX
"""


def load(house: House, text: str, *, year: int | None = 2010) -> Loaded:
    return load_plan(house, text=text, name="plan", form="cl-ips", year=year, author="Ana")


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str, str | None]]:
    return [(one.variant, one.severity, one.proposal) for one in problems if one.check == CHECK]


def asked(house: House) -> list[Finding]:
    return [one for one in findings(house) if one.problem.check == CHECK]


EXPECTED = [
    ("absent", "info", None),
    ("", "warning", "Elaborar un plan de visitas a los clubes de adultos"),
    ("code", "warning", "Difundir el uso de la red"),
]


def test_nothing_is_said_before_the_other_plan_is_there(centre: House) -> None:
    assert told(load(centre, YEARLY).problems) == []
    assert asked(centre) == []


def test_what_does_not_agree_is_told_by_loading_either_plan(centre: House) -> None:
    load(centre, YEARLY)
    loaded = load(centre, SEVERAL)
    assert told(loaded.problems) == EXPECTED
    assert {one.row for one in loaded.problems if one.check == CHECK} == {None}
    again = load(centre, YEARLY)
    assert again.stored == 0
    assert told(again.problems) == EXPECTED
    rows = [again.reading.rows[one.row or 0].text for one in again.problems if one.check == CHECK]
    assert rows == [
        "Pagar bien a los jubilados de la región.",
        "Elaborar un plan de visitas a los clubes.",
        "Difundir la cotización electrónica.",
    ]


def test_a_person_takes_the_other_plans_words(centre: House) -> None:
    load(centre, SEVERAL)
    load(centre, YEARLY)
    found = asked(centre)
    assert [one.problem.variant for one in found] == ["absent", "", "code"]
    absent = found[0].problem.params
    assert (absent["count"], absent["absent"]) == (1, "4 Archivar las carpetas antiguas")
    decide(centre, item=found[1].item, check=CHECK, action="accept", author="Ana")
    decide(centre, item=found[2].item, check=CHECK, action="keep", note="otra", author="Ana")
    assert [one.problem.variant for one in asked(centre)] == ["absent"]
    text = centre.facts().text(found[1].item, "text")
    assert text == "Elaborar un plan de visitas a los clubes de adultos"
    again = load(centre, YEARLY)
    assert centre.facts().text(found[1].item, "text") == text
    assert again.stored == 0


def test_an_objective_that_nobody_knows_has_no_proposal(centre: House) -> None:
    load(centre, SEVERAL.replace("Difundir el uso de la red", "Vender las oficinas"))
    assert told(load(centre, YEARLY).problems)[-1] == ("unknown", "warning", None)


def test_the_last_plan_that_has_begun_counts(centre: House) -> None:
    load(centre, SEVERAL, year=None)
    load(centre, YEARLY)
    facts = centre.facts()
    yearly = find_plan(facts)
    several = find_plan(facts, family="plan-plurianual")
    assert (facts.number(yearly, "year"), facts.number(several, "year")) == (2010, 2009)
    assert facts.number(several, "until") == 2011
    assert find_plan(facts, period="2009") == yearly
    drawn = document(centre, form="cl-ips/plan-plurianual")
    assert [row.item != "" for row in drawn.sheets[0].rows].count(True) == 5


def test_only_the_plan_of_several_years_is_better_than_none(centre: House) -> None:
    load(centre, SEVERAL, year=None)
    facts = centre.facts()
    assert facts.number(find_plan(facts), "year") == 2009


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Pagar bien", "PAGAR, bien.", 1.0, 1.0),
        ("Pagar bien", "Cerrar cajas", 0.0, 0.0),
        ("", "", 0.0, 0.0),
        ("Elaboración de un plan de visitas", "Elaborar un plan de visitas", 0.7, 0.99),
    ],
)
def test_likeness(one: str, other: str, least: float, most: float) -> None:
    assert least <= likeness(one, other) <= most
