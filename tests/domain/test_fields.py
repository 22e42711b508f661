import pytest

from quipu.domain.fields import CATALOGUE, Field, by_code, find, steward


def test_a_code_stands_for_its_field() -> None:
    executed = find("executed")
    assert executed is not None
    assert (executed.type, executed.steward) == ("number", "office")
    assert executed.periodic
    assert executed.per_unit
    assert all(code == field.code for code, field in CATALOGUE.items())


def test_a_code_stands_once() -> None:
    once = [Field("a", "text", "plan"), Field("b", "text", "plan")]
    assert list(by_code(once)) == ["a", "b"]
    with pytest.raises(ValueError, match="two fields"):
        by_code([*once, Field("a", "number", "plan")])


def test_the_published_twin_is_a_text_of_the_same_place() -> None:
    twin = find("target.published")
    assert twin is not None
    assert (twin.code, twin.type, twin.group) == ("target.published", "text", "plan")
    assert twin.periodic


def test_a_decision_is_a_text_of_its_check() -> None:
    decision = find("decision.total-mismatch")
    assert decision is not None
    assert (decision.code, decision.type, decision.group) == (
        "decision.total-mismatch",
        "text",
        "review",
    )


@pytest.mark.parametrize("code", ["", "unheard-of", "unheard-of.published", "published"])
def test_an_unknown_code_has_no_field(code: str) -> None:
    assert find(code) is None


@pytest.mark.parametrize(
    ("code", "side"),
    [
        ("target", "centre"),
        ("executed", "office"),
        ("executed.published", "office"),
        ("submitted_at", "office"),
        ("report", "centre"),
        ("unheard-of", "centre"),
        ("decision.total-missing", "centre"),
    ],
)
def test_the_steward_is_the_centre_but_for_what_offices_report(code: str, side: str) -> None:
    assert steward(code) == side
