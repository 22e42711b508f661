"""Rows together: never another unit of measure, by weight where weights exist, parts and whole."""

from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from quipu.domain.address import Address
from quipu.domain.evaluation import Evaluation, evaluate, period_sums
from quipu.domain.facts import Facts
from quipu.domain.progress import Rules
from quipu.domain.rollup import Sum, Summary
from quipu.domain.value import Value
from tests.domain.plan_rows import Entries, demand, row, said

D = Decimal

REGISTRY: Entries = [
    (Address(item, field), value)
    for item, fields in {
        "inst": {"kind": "institution"},
        "plan": {"kind": "plan", "institution": "inst"},
        "area": {"kind": "area", "parent": "inst", "order": D(1)},
        "roads": {"kind": "unit", "parent": "area", "order": D(1), "office": "north"},
        "deals": {"kind": "unit", "parent": "area", "order": D(2), "office": "south"},
        "lone": {"kind": "unit", "parent": "inst", "order": D(3), "office": "south"},
        "north": {"kind": "office"},
        "south": {"kind": "office"},
        "oe": {"kind": "objective", "plan": "plan", "form": "f", "measure": "heading", "code": "1"},
        "ae": {"kind": "action", "plan": "plan", "form": "f", "parent": "oe", "order": D(8)},
        "far": {"kind": "action", "plan": "plan", "form": "f", "parent": "oe", "order": D(9)},
        "gone": {"kind": "action", "plan": "plan", "form": "f", "parent": "oe", "deleted": True},
    }.items()
    for field, value in dict[str, Value](fields).items()
]

PEOPLE: Entries = [
    *row("a", {"2024-07": "100"}, parent="ae", unit_of_measure="Personas"),
    *row("b", {"2024-07": "40"}, parent="ae", unit_of_measure="personas ", unit="deals"),
    *row("c", {"2024-07": "900"}, linked="far", unit_of_measure="Participaciones", unit="lone"),
    *row("d", {"2024-07": "0.5"}, measure="spread", parent="ae", unit_of_measure="Personas"),
    *row("e", {"2024-07": "4"}, parent="gone", unit="lone"),
    *said("a", m07="50"),
    *said("b", m07_deals="60"),
    *said("c", m07_lone="900"),
    *said("d", m07="0.5"),
]


def evaluated(entries: Entries, period: str = "2024-07", **kwargs: object) -> Evaluation:
    return evaluate(Facts([*REGISTRY, *entries]), "plan", period, **kwargs)  # type: ignore[arg-type]


def test_people_and_attendances_are_never_added_up() -> None:
    whole = evaluated(PEOPLE).whole
    # Personas: 100 + 40 programmed, 50 + 60 executed; 50 % of a spread is no person, and what has
    # no unit of measure is added to nothing.
    assert whole.sums == (
        Sum("participaciones", 1, D(900), D(900)),
        Sum("personas", 2, D(140), D(110)),
    )
    assert whole.sums[1].percent == D("0.785714")
    assert Sum("x", 1, None, D(1)).percent is None


def test_a_percentage_of_people_is_no_number_of_people() -> None:
    level = row("a", {"2024-07": "0.9"}, measure="minimum", threshold="≥ 90%", unit_of_measure="P")
    assert evaluated(level + said("a", m07="0.9")).whole.sums == ()
    planned = row("a", {"2024-07": "9"}, unit_of_measure="P")
    assert evaluated(planned).whole.sums == (Sum("p", 1, D(9), None),)
    assert evaluated(planned, "2024-08").whole.sums == ()


def test_the_catalogue_gives_units_of_measure_their_names() -> None:
    named = evaluated(PEOPLE, unit_of_measure=lambda item: "Gente" if item in "ab" else "")
    assert named.whole.sums == (Sum("Gente", 2, D(140), D(110)),)


def test_units_areas_offices_and_nodes_are_means_of_their_rows() -> None:
    found = evaluated(PEOPLE)
    percents = {one.item: one.summary.percent for one in (*found.units, *found.nodes)}
    # a 50 %, b 150 %, c 100 %, d 100 %.
    assert percents == {
        "roads": D("0.75"),
        "deals": D("1.5"),
        "lone": D("1"),
        "oe": D("1"),
        "ae": D("1"),
        "far": D("1"),
    }
    assert [one.item for one in found.nodes] == ["oe", "ae", "far"]
    assert [(one.item, one.summary.rows) for one in found.areas] == [("area", 3)]
    assert [(one.item, one.summary.capped) for one in found.offices] == [
        ("north", D("0.75")),
        ("south", D("1")),
    ]
    assert (found.whole.due, found.whole.reported, found.whole.met) == (5, 4, 3)
    assert found.whole.fulfilled == D("0.6")
    assert Summary().fulfilled is None


def test_a_node_with_figures_of_its_own_shows_them_beside_its_rows() -> None:
    own = row("ae2", {"2024-07": "10"}, unit="", kind="action", parent="oe")
    entries = [*own, *said("ae2", m07="5"), *row("a", {"2024-07": "1"}, parent="ae2")]
    (oe, ae) = evaluated([*entries, *said("a", m07="1")]).nodes
    assert (oe.item, oe.own, oe.summary.percent) == ("oe", None, D("0.75"))
    assert ae.own is not None
    assert (ae.own.percent, ae.summary.percent) == (D("0.5"), D("1"))


def test_weights_count_where_every_row_has_one() -> None:
    entries = [*row("a", {"2024-07": "2"}), *row("b", {"2024-07": "2"})]
    entries += [*said("a", m07="2"), *said("b", m07="0"), *row("h", {}, measure="heading")]
    weights = {"a": Fraction(1, 2), "b": Fraction(1, 6)}
    # 0.5 of 0.666667 is three quarters.
    weighed = evaluated(entries, weights=weights).whole
    assert (weighed.weighted, weighed.percent) == (True, D("0.75"))
    nothing = {"a": Fraction(0), "b": Fraction(0)}
    for some in ({"a": Fraction(1)}, nothing):
        assert evaluated(entries, weights=some).whole.percent == D("0.5")
    plain = evaluated(entries, weights=weights, rules=Rules(by="mean")).whole
    assert (plain.weighted, plain.percent) == (False, D("0.5"))


def test_what_was_not_reported_counts_as_the_method_says() -> None:
    entries = [*row("a", {"2024-07": "2"}), *row("b", {"2024-07": "2"}), *said("a", m07="3")]
    entries += [*row("c", {"2024-07": "1"}, measure="spread"), *demand("c", m07="0/0")]
    left = evaluated(entries).whole
    assert (left.percent, left.capped, left.idle, left.due) == (D("1.5"), D("1"), 1, 2)
    zero = evaluated(entries, rules=Rules(unreported="zero", cap=D("1.2"))).whole
    assert (zero.percent, zero.capped) == (D("0.75"), D("0.6"))


def test_money_stands_beside_what_was_done() -> None:
    entries = [*row("a", {"2024-07": "2"}), *row("b", {"2024-07": "1"}), *said("a", m07="1")]
    entries += [
        (Address("a", "cost", "2024-07"), D(300)),
        (Address("b", "cost", "2024-07"), D(100)),
    ]
    entries += said("a", "spent", m07="90", m08="5")
    whole = evaluated(entries).whole
    # S3-18: half of what was planned for less than a quarter of the money.
    assert (whole.percent, whole.budgeted, whole.spent) == (D("0.5"), D(400), D(90))
    assert whole.financial == D("0.225")
    assert evaluated(entries, "2024-08").whole.financial is None


MONTHS = [f"2024-{month:02}" for month in range(1, 13)]


def test_national_sums_stand_month_by_month() -> None:
    entries = [*PEOPLE, *said("b", m08_deals="5")]
    participations, people = period_sums(Facts([*REGISTRY, *entries]), "plan", MONTHS)
    assert [one.unit_of_measure for one in (participations, people)] == [
        "participaciones",
        "personas",
    ]
    assert people.months[6] == Sum("personas", 2, D(140), D(110))
    assert people.months[7] == Sum("personas", 1, None, D(5))
    assert people.months[0] == Sum("personas", 0, None, None)


@st.composite
def plans(draw: st.DrawFn) -> Entries:
    """Random rows of three units, with two units of measure, some reported, some weighed."""
    found: Entries = []
    for at in range(draw(st.integers(1, 7))):
        name, unit = f"r{at}", draw(st.sampled_from(["roads", "deals", "lone"]))
        kind = draw(st.sampled_from(["count", "spread", "money", "minimum", "cumulative"]))
        measure = draw(st.sampled_from(["Personas", "Documentos", ""]))
        amounts = st.none() | st.integers(0, 50)
        targets = {f"2024-0{month}": str(draw(st.integers(0, 50))) for month in range(1, 4)}
        parent = draw(st.sampled_from(["ae", "oe", "far"]))
        found += row(name, targets, measure=kind, unit=unit, unit_of_measure=measure, parent=parent)
        for month in range(1, 4):
            value = draw(amounts)
            if value is not None:
                found.append((Address(name, "executed", f"2024-0{month}", unit), D(value)))
    return found


@settings(max_examples=80, deadline=None)
@given(plans(), st.randoms(use_true_random=False))
def test_evaluation_does_not_depend_on_the_order_of_facts(entries: Entries, chance: Random) -> None:
    shuffled = [*REGISTRY, *entries]
    chance.shuffle(shuffled)
    assert evaluate(Facts(shuffled), "plan", "2024-Q1") == evaluated(entries, "2024-Q1")


@settings(max_examples=80, deadline=None)
@given(plans())
def test_parts_add_up_to_the_whole(entries: Entries) -> None:
    found = evaluated(entries, "2024-Q1")
    for groups in (found.units, found.offices):
        for name in ("rows", "due", "reported", "met", "idle"):
            parts = [getattr(one.summary, name) for one in groups]
            assert sum(parts) == getattr(found.whole, name)
        for whole in found.whole.sums:
            own = [each for one in groups for each in one.summary.sums
                   if each.unit_of_measure == whole.unit_of_measure]  # fmt: skip
            assert sum(one.executed or 0 for one in own) == (whole.executed or 0)
            assert sum(one.programmed or 0 for one in own) == (whole.programmed or 0)
    months = [evaluated(entries, f"2024-0{month}") for month in range(1, 4)]
    for one in found.rows:
        if one.progress.measure != "cumulative":
            parts = [each.progress.executed for month in months for each in month.rows
                     if each.item == one.item and each.progress.executed is not None]  # fmt: skip
            assert (one.progress.executed or 0) == sum(parts)
