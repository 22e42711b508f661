"""What units propose: rows they share, how indicators are worded, what does not fit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.formulation import Proposal, proposals, shared_rows, well_worded
from quipu.domain.value import Value

PLAN, UNIT, OTHER = "p", "u", "v"


def world(**rows: dict[str, Value]) -> Facts:
    """A plan of 2017 with rows by id; `m` and `c` stand for the target and cost of March."""
    entries: list[tuple[Address, Value]] = [
        (Address("i", "kind"), "institution"),
        (Address(PLAN, "kind"), "plan"),
        (Address(PLAN, "institution"), "i"),
        (Address(PLAN, "year"), Decimal(2017)),
    ]
    for place, unit in enumerate((UNIT, OTHER), start=1):
        entries += [
            (Address(unit, "kind"), "unit"),
            (Address(unit, "name"), f"Unidad {place}"),
            (Address(unit, "parent"), "i"),
            (Address(unit, "order"), Decimal(place)),
        ]
    for item, said in rows.items():
        usual: dict[str, Value] = {
            "kind": "activity", "plan": PLAN, "form": "f", "unit": UNIT, "measure": "count",
        }  # fmt: skip
        for field, value in {**usual, **said}.items():
            name, period = {"m": ("target", "2017-03"), "c": ("cost", "2017-03")}.get(
                field, (field, "")
            )
            entries.append((Address(item, name, period), value))
    return Facts(entries)


def found(facts: Facts, *asked: str) -> list[tuple[str, str, str]]:
    (one, *_) = proposals(facts, PLAN, asked=lambda _: asked)
    return [(problem.check, problem.code, problem.severity) for problem in one.findings]


def number(text: str) -> Decimal:
    return Decimal(text)


@pytest.mark.parametrize(
    ("indicator", "measure", "good"),
    [
        ("Informes mensuales presentados", "Informe", True),
        ("Número de informes presentados", "Informe", True),
        ("Actividades culturales realizadas", "Actividad", True),
        ("Visitantes guiados", "Visitante", False),
        ("Visitantes guiados en ferias", "Persona", False),
        ("Visitantes guiados en ferias", "", True),
    ],
)
def test_an_indicator_says_unit_subject_and_attribute(
    indicator: str, measure: str, good: bool
) -> None:
    assert well_worded(indicator, measure) is good


def test_rows_that_units_share_can_be_begun_from() -> None:
    said: dict[str, Value] = {"text": "Informar cada mes", "product": "Informe"}
    facts = world(
        a=said, b={**said, "text": "informar cada  mes", "unit": OTHER}, c={"text": "Sola"}, d={},
        e={"text": "Dos veces"}, f={"text": "Dos veces"}, g={"text": "Sola", "kind": "action"},
    )  # fmt: skip
    (shared,) = shared_rows(facts, PLAN)
    assert (shared.text, shared.units, shared.each) == ("Informar cada mes", (UNIT, OTHER), None)
    assert shared.fields == {"product": "Informe"}


def test_a_row_that_says_all_has_no_finding() -> None:
    row: dict[str, Value] = {
        "code": "1", "m": number("2"), "total": number("2"), "c": number("5"), "unit": UNIT,
        "indicator": "Informes mensuales presentados", "unit_of_measure": "Informe",
        "critical_element": "Local",
    }  # fmt: skip
    wanted = ("cost", "critical_element", "unit_of_measure", "indicator")
    assert found(world(a=row), *wanted) == []
    assert found(world(a={**row, "c": None, "budget": number("5")}), *wanted) == []


def test_what_a_row_lacks_is_told() -> None:
    wanted = ("cost", "critical_element", "unit_of_measure", "indicator")
    assert found(world(a={"text": "Guiar"}), *wanted) == [
        ("proposal-target-missing", "Guiar", "error"),
        ("proposal-cost-missing", "Guiar", "warning"),
        ("proposal-critical-element-missing", "Guiar", "info"),
        ("proposal-unit-of-measure-missing", "Guiar", "info"),
        ("proposal-indicator-missing", "Guiar", "info"),
    ]
    assert found(world(a={"measure": "milestone"})) == []


def test_months_add_up_to_the_year_where_they_add_up_at_all() -> None:
    row: dict[str, Value] = {"code": "1", "m": number("2"), "total": number("3")}
    assert found(world(a=row)) == [("proposal-months-differ", "1", "error")]
    assert found(world(a={**row, "measure": "cumulative"})) == []
    assert found(world(a={**row, "total": None})) == []


def test_an_indicator_of_other_words_is_only_a_suggestion() -> None:
    row: dict[str, Value] = {"code": "1", "m": number("1"), "indicator": "Bien"}
    assert found(world(a=row)) == [("proposal-indicator-wording", "1", "info")]


def proposal(facts: Facts) -> Proposal:
    return proposals(facts, PLAN, asked=lambda _: ())[0]


def test_a_units_cost_is_held_to_its_ceiling() -> None:
    facts = world(a={"m": number("1"), "c": number("700")}, b={"m": number("1"), "unit": OTHER})
    assert (proposal(facts).cost, proposal(facts).ceiling) == (700, None)
    for ceiling, checks in (("700", []), ("600", ["proposal-over-ceiling"])):
        limited = facts.with_changes([(Address(PLAN, "ceiling", "", UNIT), number(ceiling))])
        one = proposal(limited)
        assert [problem.check for problem in one.findings] == checks
    assert (one.findings[0].params["over"], one.findings[0].unit) == (100, "Unidad 1")
    assert proposals(facts, PLAN, asked=lambda _: ())[1].unit == OTHER


def test_activities_come_to_the_target_of_their_action() -> None:
    action: dict[str, Value] = {
        "kind": "action", "code": "AEI.1", "unit_of_measure": "Taller", "total": number("5"),
    }  # fmt: skip
    row: dict[str, Value] = {
        "parent": "x", "unit_of_measure": "taller", "m": number("2"), "total": number("2"),
    }  # fmt: skip
    other: dict[str, Value] = {**row, "unit_of_measure": "Informe"}
    facts = world(x=action, a=row, b=other)
    assert found(facts) == [("proposal-action-differs", "AEI.1", "warning")]
    yearly = facts.with_changes([(Address("x", "target", "2017"), number("2"))])
    assert found(yearly) == []
    for missing in ({"total": None}, {"unit_of_measure": None}):
        assert found(world(x={**action, **missing}, a=row)) == []
    assert found(world(x={**action, "kind": "objective"}, a=row)) == []
