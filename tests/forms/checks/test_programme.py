"""The checks of weighted programmes, on rows written here (S4-02 to S4-07)."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.forms.checks import run_checks
from quipu.forms.checks.programme import points
from quipu.forms.definition import Detail, Form, Weights
from tests.forms.programme_tables import BY_ID, INFORMATION, TERRITORIAL, TOGETHER

TOP = Row(TOGETHER, "programme", text="Programa", fields={"weight": "2,2%"})
MEASURED = {"verification": "Actas", "lead": "Caja"}


def objective(
    text: str,
    weight: str = "",
    *,
    code: str = "",
    indicator: str = "a / b de 90%",
    form: str = TOGETHER,
) -> Row:
    fields = {**MEASURED, "indicator": indicator, **({"weight": weight} if weight else {})}
    return Row(form, "objective", code=code, text=text, fields=fields, published={"weight": weight})


def plan(*objectives: Row, top: Row = TOP, activities: int = 2) -> list[Row]:
    """A programme, its objectives, and some activities under each."""
    rows = [top]
    for one in objectives:
        rows.append(replace(one, parent=0))
        above = len(rows) - 1
        for number in range(activities):
            rows.append(Row(one.form, "activity", text=f"{one.text} {number}", parent=above))
    return rows


def found(rows: Sequence[Row], check: str, form: Form | None = None) -> list[Problem]:
    forms = BY_ID if form is None else {**BY_ID, form.id: form}
    return [problem for problem in run_checks(rows, forms) if problem.check == check]


def changed(form: str, **values: object) -> Form:
    return replace(BY_ID[form], **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("0,5", ["0.5"]),
        ("0,4 0,4", ["0.4", "0.4"]),
        ("0,4\n0,3", ["0.4", "0.3"]),
        ("2,2 %", ["2.2"]),
        ("2,2%", ["2.2"]),
        ("ninguna", []),
        ("", []),
    ],
)
def test_weights_are_read_in_points(text: str, weights: list[str]) -> None:
    assert points(text, BY_ID[TOGETHER]) == [Decimal(one) for one in weights]


def test_weights_add_up_to_the_programmes_own() -> None:
    good = plan(objective("A", "1,2"), objective("B", "1"))
    assert found(good, "weights-sum") == []
    (problem,) = found(plan(objective("A", "1,2"), objective("B", "0,9")), "weights-sum")
    assert (problem.row, problem.variant, problem.value) == (0, "absolute", "2,1")
    assert (problem.params["total"], problem.params["difference"]) == ("2,2", "0,1")
    without = replace(TOP, fields={})
    assert found(plan(objective("A", "2"), top=without), "weights-sum")
    loose = [replace(row, parent=None) for row in plan(objective("A", "2"))[1:]]
    (problem,) = found(loose, "weights-sum")
    assert problem.row == 0
    unsaid = changed(TOGETHER, weights=Weights("absolute"))
    assert found(plan(objective("A", "2"), top=without), "weights-sum", unsaid) == []


def test_relative_weights_add_up_to_a_hundred() -> None:
    form = changed(TOGETHER, weights=Weights("relative"))
    assert found(plan(objective("A", "60"), objective("B", "40")), "weights-sum", form) == []
    (problem,) = found(plan(objective("A", "60"), objective("B", "30")), "weights-sum", form)
    assert (problem.variant, problem.params["total"]) == ("relative", "100")
    assert found(plan(objective("A", "60")), "weights-base", form) == []
    assert found(plan(objective("A", "60")), "weights-sum", changed(TOGETHER, weights=None)) == []


def test_the_other_base_is_named_with_the_weights_converted() -> None:
    (problem,) = found(plan(objective("A", "1,1"), objective("B", "1,1")), "weights-base")
    assert (problem.severity, problem.params["relative"]) == ("info", "50 % · 50 %")
    relative = plan(objective("A", "60"), objective("B", "40"))
    assert found(relative, "weights-sum") == []
    (problem,) = found(relative, "weights-base")
    assert problem.variant == "relative"
    assert found(plan(objective("A", "0")), "weights-base") == []


def test_an_objective_without_weight_may_own_the_second_above() -> None:
    rows = plan(objective("A", "1,1 1,1"), objective("B"), objective("C"))
    one, other = found(rows, "weight-missing")
    assert (one.variant, one.proposal, one.params["above"]) == ("above", "1.1", "1,1 1,1")
    assert (other.variant, other.proposal) == ("", None)
    assert found(plan(objective("A"), activities=0), "weight-missing") == []
    apart = plan(objective("A"))
    apart[2] = replace(apart[2], fields={"weight": "2,2"})
    assert found(apart, "weight-missing") == []


def test_two_values_in_a_cell_are_named() -> None:
    double = replace(
        objective("A", "1,1 1,1"), fields={"weight": "1,1 1,1", "lead": "CAP Sur CAP Sur"}
    )
    weight, lead = sorted(found(plan(double), "two-values-in-cell"), key=lambda one: one.target)[
        ::-1
    ]
    assert (weight.variant, weight.proposal, weight.params["sum"]) == ("weight", "1.1", "2,2")
    assert (lead.variant, lead.proposal) == ("lead", "CAP Sur")
    assert found(plan(objective("A", "2,2")), "two-values-in-cell") == []


def test_an_objective_needs_two_activities() -> None:
    (problem,) = found(plan(objective("A", "2,2"), activities=1), "too-few-activities")
    assert (problem.variant, problem.params["count"], problem.params["least"]) == ("", 1, 2)
    (problem,) = found(plan(objective("A", "2,2"), activities=0), "too-few-activities")
    assert problem.variant == "none"
    assert found(plan(objective("A", "2,2")), "too-few-activities") == []


def test_a_label_alone_is_not_asked_for_anything() -> None:
    label = Row(TOGETHER, "objective", text="Otros objetivos")
    checks = {problem.check for problem in run_checks(plan(label, activities=0), BY_ID)}
    assert checks == set()


@pytest.mark.parametrize(
    ("indicator", "missing"),
    [
        ("N° de a / N° de b", True),
        ("N° de encuestas 2009 / N° de b", True),
        ("N° de a / N° de b ≥ 0,9", False),
        ("N° de a / N° de b. Meta: 90", False),
        ("N° de a / N° de b (100%)", False),
        ("", True),
    ],
)
def test_an_indicator_says_from_where_it_counts_as_met(indicator: str, missing: bool) -> None:
    rows = plan(objective("A", "2,2", indicator=indicator))
    assert bool(found(rows, "threshold-missing")) is missing
    own = replace(objective("A", "2,2", indicator=indicator), fields={"threshold": "90"})
    assert found(plan(own), "threshold-missing") == []


def test_objectives_speak_of_the_problem_of_their_number() -> None:
    problems = "1.- Empleo de jóvenes\n2.- Caminos rurales\n3.- Pensiones de adultos mayores"
    top = replace(TOP, fields={**TOP.fields, "problem": problems})
    rows = plan(
        objective("Cursos para mujeres", "1", code="1.-"),
        objective("Agua potable", "1", code="2.-"),
        objective("Pensiones para adultos mayores", "0,2", code="3.-"),
        objective("Sin número"),
        objective("Sin problema", code="9.-"),
        top=top,
    )
    group, words = found(rows, "objective-mismatch")
    assert (group.variant, group.severity, group.params["number"]) == ("group", "warning", "1")
    assert (words.variant, words.severity) == ("words", "info")
    loose = [replace(row, parent=None) for row in rows]
    assert found(loose, "objective-mismatch") == []


def test_notes_point_at_notes_there_are() -> None:
    row = Row(INFORMATION, "objective", text="A")
    (problem,) = found([row], "note-unknown")
    assert (problem.params["note"], problem.params["beyond"], problem.params["last"]) == (
        26,
        "34",
        33,
    )
    assert problem.row is None
    assert found(plan(objective("A", "2,2")), "note-unknown") == []


def test_other_forms_are_left_alone() -> None:
    plain = changed(
        TERRITORIAL,
        levels=(
            *BY_ID[TERRITORIAL].levels[:-1],
            replace(BY_ID[TERRITORIAL].levels[-1], list=False),
        ),
    )
    rows = [replace(row, form=TERRITORIAL) for row in plan(objective("A", "1,1 1,1"), activities=1)]
    checks = {problem.check for problem in run_checks(rows, {plain.id: plain})}
    assert not checks & {"weight-missing", "two-values-in-cell", "too-few-activities"}
    assert Detail("x", "y", "weight").note == 0
