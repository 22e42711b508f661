"""A plan copied to another year: what carries over, and what does not."""

from __future__ import annotations

from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.next_year import Copied, NewPlan, Targets, copy_plan, one_off_rows
from quipu.domain.value import Value


def said(item: str, **fields: Value) -> list[tuple[Address, Value]]:
    """Give facts of an item; `target__2024_07` is the target of July."""
    found = []
    for name, value in fields.items():
        field, _, period = name.partition("__")
        found.append((Address(item, field, period.replace("_", "-")), value))
    return found


def row(item: str, **fields: Value) -> list[tuple[Address, Value]]:
    return said(item, kind="activity", plan="plan", form="f", unit="norte", **fields)


WORLD = [
    *said("plan", kind="plan", year=Decimal(2024), until=Decimal(2026), title="PLAN 2024", form="f",
          state="in-force", act_number="12", method="m 1", prepared_by="Jefatura"),
    *row("top", code="1", text="Mejorar", order=Decimal(1), weight=Decimal("0.4")),
    *row("once", code="1.1", text="Diseñar", measure="milestone", parent="top", order=Decimal(2)),
    *row("a", code="1.2", text="Atender", parent="once", target__2024_07=Decimal(5),
         order=Decimal(3), total=Decimal(5), verification="Actas", requires="once\ntop\nb",
         linked="far", code__x="", where="A5", note="n"),
    *row("b", text="Medir", parent="b", target__julio=Decimal(1)),
    (Address("a", "executed", "2024-07", "norte"), Decimal(4)),
    (Address("a", "total.published"), "5,0"),
    (Address("top", "weight.published"), "0,4"),
    (Address("a", "decision.total-mismatch"), "kept"),
    (Address("a", "future-field"), "x"),
    *said("vision", kind="section", plan="plan", name="vision", text="Ver", seen="x"),
    *said("said", kind="section", plan="plan", name="analisis@2024", text="Año normal."),
    *said("gone", kind="section", plan="plan", name="fin", deleted=True),
    *said("far", kind="action", plan="another", form="f"),
]  # fmt: skip


def copied(targets: Targets = "empty", *, keep: bool = False) -> Copied:
    facts = Facts(WORLD)
    new = NewPlan("new", "F 2025", 2025, {"form_version": "f 2 hash"})
    return copy_plan(
        facts,
        "plan",
        new,
        targets=targets,
        codes={"1.2": "2.1", "9": "8"},
        dropped=() if keep else one_off_rows(facts, "plan"),
        new_item=lambda item: f"new-{item}",
    )


def test_the_plan_begins_as_a_draft_that_remembers_its_origin() -> None:
    found = Facts(copied().entries.items())
    plan = {field: value for (field, _, _), value in found.entries("new").items()}
    assert plan == {
        "kind": "plan", "form": "f", "title": "PLAN 2025", "method": "m 1", "name": "F 2025",
        "prepared_by": "Jefatura", "year": Decimal(2025), "until": Decimal(2027),
        "state": "draft", "origin": "plan", "form_version": "f 2 hash",
    }  # fmt: skip
    assert found.text("new-vision", "text") == "Ver"
    assert found.text("new-vision", "plan") == "new"
    assert not {"new-said", "new-gone"} & set(found.items())


def test_rows_keep_what_describes_them_and_nothing_of_their_year() -> None:
    done = copied()
    found = Facts(done.entries.items())
    mine = {field: value for (field, _, _), value in found.entries("new-a").items()}
    assert mine == {
        "kind": "activity", "plan": "new", "form": "f", "unit": "norte", "origin": "a",
        "code": "2.1", "text": "Atender", "verification": "Actas", "order": Decimal(3),
        "linked": "far",
        # What hung from a row that was left out hangs from what was above it.
        "parent": "new-top", "requires": "new-top\nnew-top\nnew-b",
    }  # fmt: skip
    assert found.number("new-top", "weight") == Decimal("0.4")
    assert found.text("new-top", "weight.published") == "0,4"
    assert (done.dropped, done.unused) == (("once",), ("9",))
    assert set(done.rows) == {"top", "a", "b"}


def test_figures_are_copied_to_the_same_months_of_the_other_year() -> None:
    done = copied("copy", keep=True)
    found = Facts(done.entries.items())
    assert found.periods("new-a", "target") == {"2025-07": Decimal(5)}
    assert found.number("new-a", "total") == Decimal(5)
    assert found.text("new-a", "parent") == "new-once"
    assert found.periods("new-b", "target") == {}
    assert done.dropped == ()


def test_a_plan_without_a_year_is_copied_as_it_stands() -> None:
    facts = Facts(
        [*said("plan", kind="plan", title="PLAN 2024"), *row("a", target__2024=Decimal(1))]
    )
    new = NewPlan("new", "F 2025", 2025, {})
    done = copy_plan(
        facts, "plan", new, targets="copy", codes={}, dropped=(), new_item=lambda item: f"n-{item}"
    )
    assert done.entries[Address("new", "title")] == "PLAN 2024"
    assert done.entries[Address("n-a", "target", "2024")] == 1


def test_rows_that_were_left_out_in_a_ring_end_the_walk() -> None:
    ring = [*row("x", parent="y", measure="share"), *row("y", parent="x", measure="share")]
    facts = Facts([*said("plan", kind="plan", year=Decimal(2024)), *ring, *row("a", parent="x")])
    done = copy_plan(
        facts,
        "plan",
        NewPlan("new", "F", 2025, {}),
        targets="empty",
        codes={},
        dropped=one_off_rows(facts, "plan"),
        new_item=lambda item: f"n-{item}",
    )
    assert Address("n-a", "parent") not in done.entries
