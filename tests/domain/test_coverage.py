from __future__ import annotations

from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.coverage import Covered, coverage, link_of
from quipu.domain.facts import Facts
from quipu.domain.value import Value


def row(item: str, kind: str, order: int, **more: Value) -> list[tuple[Address, Value]]:
    known: dict[str, Value] = {
        "kind": kind, "plan": "plan", "form": "f", "order": Decimal(order), **more,
    }  # fmt: skip
    return [(Address(item, field), value) for field, value in known.items()]


def plan(*more: tuple[Address, Value]) -> Facts:
    return Facts(
        [
            (Address("plan", "kind"), "plan"),
            (Address("plan", "institution"), "inst"),
            (Address("inst", "kind"), "institution"),
            (Address("unit", "kind"), "unit"),
            (Address("unit", "parent"), "inst"),
            *row("goal", "objective", 1),
            *row("build", "action", 1, parent="goal"),
            *row("mend", "action", 2, parent="goal"),
            *row("dig", "activity", 1, unit="unit", linked="build"),
            *row("pave", "activity", 2, unit="unit"),
            *row("below", "activity", 3, parent="mend"),
            *row("lost", "activity", 4, unit="gone", linked="nobody"),
            *more,
        ]
    )


def test_links_and_parents_cover_actions() -> None:
    found = coverage(plan(), "plan")
    assert found.actions == (Covered("build", ("dig",)), Covered("mend", ("below",)))
    assert found.loose == ("pave", "lost")
    assert found.uncovered == ()


def test_a_deleted_action_covers_nothing() -> None:
    facts = plan((Address("build", "deleted"), True))
    assert link_of(facts, "dig") == ""
    assert coverage(facts, "plan").loose == ("dig", "pave", "lost")


def test_an_action_without_activities_is_uncovered() -> None:
    facts = plan((Address("dig", "linked"), None))
    assert coverage(facts.with_changes([(Address("dig", "linked"), None)]), "plan").uncovered == (
        "build",
    )


def test_a_link_outside_the_plan_leaves_the_activity_loose() -> None:
    facts = plan(*row("far", "action", 9, plan="other"), (Address("pave", "linked"), "far"))
    assert "pave" in coverage(facts, "plan").loose
