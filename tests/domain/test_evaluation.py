from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quipu.domain.address import Address
from quipu.domain.evaluation import evaluate
from quipu.domain.facts import Facts
from quipu.domain.figures import Amount
from quipu.domain.outline import Place, plan_rows, unit_places
from quipu.domain.progress import Rules, progress
from quipu.domain.value import Value

D = Decimal
Entries = list[tuple[Address, Value]]


def row(
    name: str,
    targets: dict[str, str],
    executed: dict[str, str] | None = None,
    *,
    measure: str = "count",
    unit: str = "roads",
    **fields: Value,
) -> Entries:
    known: dict[str, Value] = {"kind": "activity", "plan": "plan", "form": "f", "text": name}
    known |= {"unit": unit or None, "measure": measure, **fields}
    found: Entries = [(Address(name, field), value) for field, value in known.items()]
    found += [(Address(name, "target", when), D(value)) for when, value in targets.items()]
    for when, value in (executed or {}).items():
        period, _, reporter = when.partition("@")
        found.append((Address(name, "executed", period, reporter or unit), D(value)))
    return found


def advance(entries: Entries, period: str, unit: str = "") -> tuple[str, ...]:
    """Programmed, executed and percent of the period, to date and against the year, as text."""
    own = progress(Facts(entries), "a", unit, period)
    amounts = (own.period, own.to_date, own.year)
    return tuple(f"{one.programmed} {one.executed} {one.percent}" for one in amounts)


MONTHS = {"2024-06": "1", "2024-07": "2", "2024-08": "3", "2024-09": "4"}


def test_a_count_advances_in_the_period_to_date_and_against_the_year() -> None:
    entries = row("a", MONTHS, {"2024-06": "1", "2024-07": "1"}, total=D(10))
    assert advance(entries, "2024-07") == ("2 1 0.500000", "3 2 0.666667", "10 2 0.200000")
    assert advance(entries, "2024-Q3") == ("9 1 0.111111", "10 2 0.200000", "10 2 0.200000")
    assert advance(entries, "2024-S1") == ("1 1 1.000000", "1 1 1.000000", "10 1 0.100000")
    assert advance(entries, "2024") == ("10 2 0.200000",) * 3


def test_without_a_total_the_year_is_the_sum_of_its_targets() -> None:
    assert advance(row("a", MONTHS), "2024-07")[2] == "10 None None"


def test_a_period_without_a_target_or_a_report_has_no_percentage() -> None:
    entries = row("a", {"2024-07": "0"}, {"2024-07": "5", "2024-08": "1"})
    assert advance(entries, "2024-07")[0] == "0 5 None"
    assert advance(entries, "2024-08")[0] == "None 1 None"
    assert advance(entries, "2024-09")[0] == "None None None"


def test_blank_is_not_reported_but_zero_is() -> None:
    assert advance(row("a", MONTHS), "2024-07")[0] == "2 None None"
    assert advance(row("a", MONTHS, {"2024-07": "0"}), "2024-07")[0] == "2 0 0.000000"


def test_percent_months_add_up_to_one_deliverable_or_to_a_hundred() -> None:
    halves = {"2024-11": "0.5", "2024-12": "0.5"}
    for measure in ("share", "spread"):
        entries = row("a", halves, {"2024-11": "0.25"}, measure=measure, total=D(1))
        assert advance(entries, "2024-11") == (
            "0.5 0.25 0.500000",
            "0.5 0.25 0.500000",
            "1 0.25 0.250000",
        )


def test_units_that_report_one_row_add_up_and_can_be_seen_apart() -> None:
    entries = row("a", MONTHS, {"2024-07@north": "1", "2024-07@south": "2"})
    assert advance(entries, "2024-07")[0] == "2 3 1.500000"
    assert advance(entries, "2024-07", "north")[0] == "2 1 0.500000"


def test_a_quarter_that_was_also_reported_by_month_is_not_counted_twice() -> None:
    entries = row("a", MONTHS, {"2024-Q3": "9", "2024-07": "2", "2024-08@south": "1"})
    assert advance(entries, "2024-Q3")[0] == "9 3 0.333333"
    assert advance(row("a", MONTHS, {"2024-Q3": "9"}), "2024-Q3")[0] == "9 9 1.000000"


def test_the_last_level_counts_of_what_is_cumulative() -> None:
    levels = {"2024-07": "10", "2024-08": "20"}
    reported = {"2024-07@a": "3", "2024-07@c": "6", "2024-08@a": "4", "2024-08@b": "6"}
    entries = row("a", levels, reported, measure="cumulative", total=D(20))
    # c said nothing in August: what it had reached in July still stands.
    assert advance(entries, "2024-Q3")[0] == "20 16 0.800000"
    assert advance(entries, "2024-08")[0] == "20 10 0.500000"
    assert advance(entries, "2024-07")[0] == "10 9 0.900000"


def test_a_rate_is_its_numerators_over_its_denominators() -> None:
    entries = row("a", {"2024-07": "0.8"}, measure="rate")
    entries += [
        (Address("a", "numerator", "2024-07", "roads"), D(30)),
        (Address("a", "denominator", "2024-07", "roads"), D(50)),
        (Address("a", "denominator", "2024-08", "roads"), D(0)),
    ]
    assert advance(entries, "2024-07")[0] == "0.8 0.6 0.750000"
    assert advance(entries, "2024-08")[0] == "None None None"
    nothing = [*entries, (Address("a", "numerator", "2024-08", "roads"), D(0))]
    assert advance(nothing, "2024-08")[0] == "None None None"
    plain = row("a", {"2024-07": "0.8"}, {"2024-07": "0.4"}, measure="rate")
    assert advance(plain, "2024-07")[0] == "0.8 0.4 0.500000"


def test_less_is_better_where_something_is_reduced() -> None:
    entries = row("a", {"2024-07": "100"}, {"2024-07": "120"}, measure="reduction", total=D(100))
    assert advance(entries, "2024-07")[0] == "100 120 0.800000"
    assert advance(entries, "2024-07")[2] == "100 120 0.800000"
    with_baseline = [*entries, (Address("a", "baseline"), D(140))]
    assert advance(with_baseline, "2024-07")[0] == "100 120 0.800000"
    assert advance(with_baseline, "2024-07")[2] == "100 120 0.500000"
    level = [*entries, (Address("a", "baseline"), D(100))]
    assert advance(level, "2024-07")[2] == "100 120 0.800000"


def test_a_heading_has_no_progress() -> None:
    own = progress(Facts(row("a", {}, {"2024-07": "1"}, measure="heading")), "a", "", "2024-07")
    assert (own.period, own.to_date, own.year, own.rating) == (Amount(), Amount(), Amount(), "none")
    assert (own.programmed, own.executed, own.percent, own.capped) == (None, None, None, None)


def test_over_execution_stays_visible_beside_the_capped_percentage() -> None:
    own = progress(Facts(row("a", MONTHS, {"2024-07": "5"})), "a", "", "2024-07")
    assert (own.percent, own.capped) == (D("2.5"), D(1))
    assert Amount(D(1), D(-1), Fraction(-1)).capped == 0


@pytest.mark.parametrize(
    ("targets", "executed", "rating"),
    [
        ({}, {}, "none"),
        ({"2024-07": "0"}, {"2024-07": "0"}, "none"),
        ({}, {"2024-07": "1"}, "unplanned"),
        ({"2024-07": "10"}, {}, "unreported"),
        ({"2024-07": "10"}, {"2024-07": "7"}, "low"),
        ({"2024-07": "10"}, {"2024-07": "7.5"}, "partly"),
        ({"2024-07": "10"}, {"2024-07": "9"}, "met"),
        ({"2024-07": "10"}, {"2024-07": "10"}, "met"),
        ({"2024-07": "10"}, {"2024-07": "11"}, "exceeded"),
    ],
)
def test_ratings(targets: dict[str, str], executed: dict[str, str], rating: str) -> None:
    facts = Facts(row("a", targets, executed))
    assert progress(facts, "a", "", "2024-07").rating == rating


def test_thresholds_are_reached_at_their_value() -> None:
    facts = Facts(row("a", {"2024-07": "2"}, {"2024-07": "1"}))
    strict = Rules(met=D("0.5"), partly=D("0.1"))
    assert progress(facts, "a", "", "2024-07", rules=strict).rating == "met"


def test_periods_and_values_of_a_newer_version_are_passed_over() -> None:
    entries = row("a", MONTHS, {"2024-07": "1"})
    entries += [
        (Address("a", "target", "2024-W30"), D(7)),
        (Address("a", "target", "2024-05"), "siete"),
    ]
    assert advance(entries, "2024")[0] == "10 1 0.100000"


def test_an_unreadable_period_is_refused() -> None:
    with pytest.raises(ValueError, match="mañana"):
        progress(Facts(row("a", {}, measure="count")), "a", "", "mañana")
    with pytest.raises(ValueError, match="mañana"):
        evaluate(Facts(), "plan", "mañana")


REGISTRY: Entries = [
    (Address(item, field), value)
    for item, fields in {
        "inst": {"kind": "institution", "name": "Instituto"},
        "plan": {"kind": "plan", "institution": "inst"},
        "area": {"kind": "area", "parent": "inst", "order": D(1)},
        "roads": {"kind": "unit", "parent": "area", "order": D(2)},
        "deals": {"kind": "unit", "parent": "area", "order": D(1)},
        "branch": {"kind": "unit", "parent": "roads", "order": D(1)},
        "office": {"kind": "office", "parent": "inst", "order": D(1)},
        "lone": {"kind": "unit", "parent": "inst", "order": D(2)},
        "loop": {"kind": "area", "parent": "loop"},
    }.items()
    for field, value in fields.items()
]


def test_units_stand_in_the_order_of_the_document() -> None:
    places = [
        Place("area", "deals"),
        Place("area", "roads"),
        Place("area", "branch"),
        Place("", "lone"),
    ]
    assert unit_places(Facts(REGISTRY), "inst") == places
    assert unit_places(Facts(REGISTRY), "loop") == []


def test_rows_stand_in_their_order_with_what_hangs_from_them() -> None:
    entries = [
        *row("second", {}, order=D(2)),
        *row("first", {}, order=D(1)),
        *row("child", {}, order=D(9), parent="first"),
        *row("gone", {}, deleted=True),
        *row("elsewhere", {}, plan="other"),
        *row("whole", {}, unit=""),
        *row("orphan", {}, order=D(3), parent="gone"),
        *row("visitor", {}, plan="other", parent="first"),
        *row("ring", {}, order=D(4), parent="other ring"),
        *row("other ring", {}, order=D(5), parent="ring"),
    ]
    assert plan_rows(Facts(entries), "plan") == {
        "roads": ["first", "child", "second", "orphan", "ring", "other ring"],
        "": ["whole"],
    }


def test_a_unit_is_the_mean_of_its_rows_and_never_their_sum() -> None:
    entries = [
        *REGISTRY,
        *row("a", {"2024-07": "1000"}, {"2024-07": "500"}, order=D(1), total=D(1000), code="1"),
        *row("b", {"2024-07": "1"}, {"2024-07": "2"}, order=D(2), total=D(4)),
        *row("c", {"2024-07": "1"}, order=D(3)),
        *row("d", {"2024-08": "1"}, order=D(4)),
        *row("e", {"2024-07": "1"}, unit="deals"),
        *row("f", {"2024-07": "1"}, {"2024-07": "1"}, unit="unlisted"),
        *row("g", {"2024-07": "1"}, {"2024-07@roads": "1"}, unit=""),
    ]
    found = evaluate(Facts(entries), "plan", "2024-07")
    assert found.period == "2024-07"
    assert [(one.unit, one.item) for one in found.rows] == [
        ("deals", "e"),
        *(("roads", item) for item in "abcd"),
        ("unlisted", "f"),
        ("", "g"),
    ]
    assert (found.rows[1].code, found.rows[1].activity) == ("1", "a")
    deals, roads, _ = (one.summary for one in found.units)
    assert (deals.due, deals.reported, deals.percent, deals.capped) == (1, 0, None, None)
    assert (roads.rows, roads.due, roads.reported, roads.met) == (4, 3, 2, 1)
    assert (roads.percent, roads.capped, roads.year) == (D("1.25"), D("0.75"), D("0.5"))
    assert (roads.to_date, roads.fulfilled) == (D("0.75"), D("0.333333"))
    some = evaluate(Facts(entries), "plan", "2024-07", units=["roads"])
    assert [one.item for one in some.units] == ["roads"]


AMOUNTS = st.none() | st.decimals(min_value=0, max_value=10**6, places=2)


@settings(max_examples=60)
@given(
    targets=st.lists(AMOUNTS, min_size=12, max_size=12),
    executed=st.lists(AMOUNTS, min_size=12, max_size=12),
    measure=st.sampled_from(["count", "share", "spread", "money", "minimum", "milestone"]),
)
def test_quarters_add_up_to_the_year(
    targets: list[D | None], executed: list[D | None], measure: str
) -> None:
    def dated(values: list[D | None]) -> dict[str, str]:
        named = enumerate(values, 1)
        return {f"2024-{at:02}": str(value) for at, value in named if value is not None}

    facts = Facts(row("a", dated(targets), dated(executed), measure=measure))
    quarters = [progress(facts, "a", "", f"2024-Q{at}") for at in range(1, 5)]
    year = progress(facts, "a", "", "2024")
    for name in ("programmed", "executed"):
        parts = [value for one in quarters if (value := getattr(one, name)) is not None]
        assert getattr(year, name) == (sum(parts) if parts else None)
    assert quarters[-1].to_date == year.period
