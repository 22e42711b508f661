from dataclasses import replace

import pytest

from quipu.forms.checks.codes import tidy_code
from quipu.forms.definition import Level
from tests.forms.checks.findings import findings, row, short
from tests.forms.raw_tables import ACTIONS, BY_ID, PROCESS, PROGRAMME


def coded(*codes: str, **more: str) -> list[object]:
    return [row(code, f"Paso {at}", **more) for at, code in enumerate(codes)]  # type: ignore[arg-type]


def found(check: str, *codes: str) -> list[tuple[int | None, str, str, str | None]]:
    return short(findings(check, *coded(*codes)))  # type: ignore[arg-type]


def test_a_missing_code_is_the_next_of_its_neighbour() -> None:
    assert found("code-missing", "6.6", "6.7", "") == [(2, "code", "", "6.8")]
    assert found("code-missing", "6.7", "", "") == [(1, "code", "", "6.8"), (2, "code", "", "6.9")]
    assert found("code-missing", "_1.9", "") == [(1, "code", "", "1.10")]


def test_a_missing_code_without_evidence_has_no_proposal() -> None:
    assert found("code-missing", "", "1.1") == [(0, "code", "unknown", None)]
    assert found("code-missing", "1.1", "", "1.2") == [(1, "code", "unknown", None)]
    assert found("code-missing", "x", "") == [(1, "code", "unknown", None)]


def test_a_form_without_codes_misses_none() -> None:
    assert findings("code-missing", row("", form=PROCESS)) == []
    assert findings("code-missing", row("", kind="otro")) == []
    (split,) = findings("code-missing", row("", form=ACTIONS, kind="action"))
    assert split.variant == "unknown"


def test_an_odd_code_is_proposed_without_its_marks() -> None:
    assert found("code-odd", "1.9", "_1.10", "1-11", "") == [
        (1, "code", "", "1.10"),
        (2, "code", "unknown", None),
    ]
    form = BY_ID[PROGRAMME]
    free = replace(form, levels=(replace(form.levels[0], code=""),))
    assert findings("code-odd", row("_1"), forms={PROGRAMME: free}) == []


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("1.2", "1.4", "1.5"), [(0, "1.1"), (1, "1.3")]),
        (("1", "2", "3"), []),
        (("1.9", "1.10"), [(0, "1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8")]),
        (("1.1", "_1.2", "", "1.4"), []),
        (("1.1", "2.1", "2.3"), [(2, "2.2")]),
        (("1.1", "1.1", "1.2"), []),
        (("", "1"), []),
        (("1", "2018"), []),
    ],
)
def test_gaps_between_codes(codes: tuple[str, ...], expected: list[tuple[int, str]]) -> None:
    problems = findings("code-gap", *coded(*codes))  # type: ignore[arg-type]
    assert [(one.row, one.params["missing"]) for one in problems] == expected


def test_a_code_repeats_only_inside_one_unit() -> None:
    assert found("code-repeated", "1.1", "1.2", "1.1") == [(2, "code", "", None)]
    assert found("code-repeated", "", "") == []
    other = row("1.1", unit="UNIDAD B")
    assert findings("code-repeated", row("1.1"), other) == []


def test_a_code_that_lost_its_zero_gets_it_back() -> None:
    codes = [f"1.{at}" for at in range(1, 10)]
    assert found("code-repeated", *codes, "1.1", "1.11") == [(9, "code", "zero", "1.10")]


def test_codes_belong_under_the_code_above() -> None:
    rows = [
        row("OE 1.1", form=ACTIONS, kind="objective", unit=""),
        row("AE 1.1.1", form=ACTIONS, kind="action", unit="", parent=0),
        row("AE 2.2.1", form=ACTIONS, kind="action", unit="", parent=0),
        row("", form=ACTIONS, kind="action", unit="", parent=0),
        row("OE", form=ACTIONS, kind="objective", unit=""),
        row("AE 1.1.3", form=ACTIONS, kind="action", unit="", parent=4),
    ]
    problems = findings("code-under-wrong-parent", *rows)
    assert [(one.row, one.params["above"]) for one in problems] == [(2, "OE 1.1")]


def test_a_code_is_tidied_only_into_its_levels_shape() -> None:
    level = Level("activity", {}, code=r"\d+\.\d+")
    assert tidy_code("_1.10.", level) == "1.10"
    assert tidy_code("_x", level) == "_x"
    assert tidy_code("1.2", level) == "1.2"
