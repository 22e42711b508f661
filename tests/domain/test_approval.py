"""An approval holds while what it approved stands, whatever else is said."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quipu.domain.address import Address
from quipu.domain.approval import (
    modified_reports,
    plan_digest,
    plan_standing,
    report_digest,
    report_digests,
    report_standing,
    review_standing,
    reviewed_reports,
)
from quipu.domain.facts import Facts
from quipu.domain.value import Value

JULY = "2024-07"
WORLD: list[tuple[Address, Value]] = [
    (Address("plan", "kind"), "plan"),
    (Address("plan", "title"), "Plan"),
    (Address("row", "plan"), "plan"),
    (Address("row", "form"), "x/y"),
    (Address("row", "unit"), "norte"),
    (Address("row", "text"), "Sembrar"),
    (Address("row", "target", JULY), Decimal(3)),
    (Address("row", "executed", JULY, "norte"), Decimal(2)),
    (Address("row", "narrative", JULY, "norte"), "Llovió"),
    (Address("words", "plan"), "plan"),
    (Address("words", "kind"), "section"),
    (Address("words", "text"), "Introducción"),
]

OF_PLAN = [
    (Address("plan", "title"), "Otro"),
    (Address("row", "text"), "Segar"),
    (Address("row", "target", JULY), Decimal(4)),
    (Address("row", "target.published", JULY), "4"),
    (Address("row", "deleted"), True),
    (Address("words", "text"), "Prefacio"),
]
OF_REPORT = [
    (Address("row", "executed", JULY, "norte"), Decimal(1)),
    (Address("row", "narrative", JULY, "norte"), None),
    (Address("row", "difficulty", JULY, "norte"), "Granizo"),
]
OF_NEITHER = [
    (Address("plan", "state"), "in-force"),
    (Address("plan", "due", JULY), "2024-08-30"),
    (Address("plan", "due.follow-up", JULY), "2024-08-30"),
    (Address("plan", "report", JULY, "norte"), "submitted"),
    (Address("plan", "submitted_at", JULY, "norte"), "2024-08-01T10:00:00"),
    (Address("plan", "head_review", JULY, "norte"), "x"),
    (Address("row", "observation", JULY, "norte"), "¿Por qué?"),
    (Address("row", "decision.total-missing"), "kept"),
    (Address("row", "executed", "2024-08", "norte"), Decimal(9)),
    (Address("row", "executed", JULY, "sur"), Decimal(9)),
    (Address("row", "unknown-field"), "x"),
    (Address("other", "plan"), "another"),
]


def world(*more: tuple[Address, Value]) -> Facts:
    return Facts(WORLD).with_changes(more)


@pytest.mark.parametrize("change", OF_PLAN)
def test_an_edit_of_the_plan_shows(change: tuple[Address, Value]) -> None:
    approved = (Address("plan", "approved"), plan_digest(world(), "plan"))
    assert plan_standing(world(approved), "plan") == "holds"
    assert plan_standing(world(approved, change), "plan") == "modified"


@pytest.mark.parametrize("change", OF_REPORT)
def test_an_edit_of_the_report_shows(change: tuple[Address, Value]) -> None:
    digest = report_digest(world(), "plan", "norte", "2024-Q3")
    for field, standing in (("accepted", report_standing), ("head_review", review_standing)):
        kept = (Address("plan", field, "2024-Q3", "norte"), digest)
        assert standing(world(kept), "plan", "norte", "2024-Q3") == "holds"
        assert standing(world(kept, change), "plan", "norte", "2024-Q3") == "modified"


@pytest.mark.parametrize("change", [*OF_REPORT, *OF_NEITHER])
def test_what_is_not_of_the_plan_does_not_touch_its_approval(change: tuple[Address, Value]) -> None:
    assert plan_digest(world(change), "plan") == plan_digest(world(), "plan")


@pytest.mark.parametrize("change", [*OF_PLAN[:4], OF_PLAN[5], *OF_NEITHER])
def test_what_is_not_of_the_report_does_not_touch_its_acceptance(
    change: tuple[Address, Value],
) -> None:
    before = report_digest(world(), "plan", "norte", JULY)
    assert report_digest(world(change), "plan", "norte", JULY) == before


def test_nothing_approved_is_nothing_modified() -> None:
    assert plan_standing(world(), "plan") == "none"
    assert report_standing(world(), "plan", "norte", JULY) == "none"


def test_the_texts_of_an_evaluation_are_not_of_the_plan() -> None:
    def written(name: str) -> Facts:
        said = [("kind", "section"), ("plan", "plan"), ("name", name), ("text", "Año normal.")]
        return world(*((Address("said", field), value) for field, value in said))

    assert plan_digest(written("analisis@2024"), "plan") == plan_digest(world(), "plan")
    assert plan_digest(written("analisis"), "plan") != plan_digest(world(), "plan")


@given(st.permutations(WORLD))
def test_the_order_of_facts_does_not_matter(order: list[tuple[Address, Value]]) -> None:
    assert plan_digest(Facts(order), "plan") == plan_digest(world(), "plan")
    assert report_digest(Facts(order), "plan", "norte", JULY) == report_digest(
        world(), "plan", "norte", JULY
    )


def test_a_period_that_is_none_is_in_no_report() -> None:
    odd = (Address("row", "executed", "ayer", "norte"), Decimal(1))
    assert report_digest(world(odd), "plan", "norte", JULY) == report_digest(
        world(), "plan", "norte", JULY
    )


def test_many_reports_at_once_are_as_each_alone() -> None:
    more = (Address("row", "executed", JULY, "sur"), Decimal(9))
    facts = world(more)
    reports = [("norte", JULY), ("norte", "2024-Q3"), ("sur", JULY), ("este", JULY)]
    found = report_digests(facts, "plan", reports)
    assert found == {one: report_digest(facts, "plan", *one) for one in reports}
    assert found["norte", JULY] == found["norte", "2024-Q3"]
    assert len(set(found.values())) == 3
    kept = [(Address("plan", "accepted", when, unit), "old") for unit, when in reports[:2]]
    assert modified_reports(world(*kept), "plan", reports) == set(reports[:2])
    held = (Address("plan", "head_review", JULY, "norte"), found["norte", JULY])
    assert reviewed_reports(world(held), "plan", reports) == {("norte", JULY)}
