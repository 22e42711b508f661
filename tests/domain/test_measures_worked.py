"""Every kind of measure, computed by hand from the documents' own numbers (X-2, X-4)."""

from decimal import Decimal
from itertools import permutations

import pytest

from quipu.domain.facts import Facts
from quipu.domain.progress import Progress, Rules, progress
from tests.domain.plan_rows import Entries, demand, row, said

D = Decimal


def own(entries: Entries, period: str, unit: str = "", rules: Rules | None = None) -> Progress:
    return progress(Facts(entries), "a", unit, period, rules=rules or Rules())


def shown(found: Progress) -> tuple[str, str, str]:
    """Give programmed, executed and percent of the period, to date and against the year."""
    amounts = (found.period, found.to_date, found.year)
    texts = [f"{one.programmed} {one.executed} {one.percent}" for one in amounts]
    return (texts[0], texts[1], texts[2])


# ADN 1.4 of S1: 150,000; 7.6: 1,400 + 2,100 + 1,300 + 6,700 + 11,000 = 22,500 (S1-15).
CALLS = {"2024-07": "1400", "2024-08": "2100", "2024-09": "1300", "2024-10": "6700"}
CALLS |= {"2024-11": "11000"}


def test_counts_of_the_plan_add_up_to_the_cut_off_and_against_the_year() -> None:
    entries = row("a", CALLS, total=D(22500)) + said("a", m07="1400", m08="1890", m09="1300")
    # Q3: 1,400 + 2,100 + 1,300 = 4,800; 4,590 of them is 95.625 %; of the year 20.4 %.
    assert shown(own(entries, "2024-Q3")) == (
        "4800 4590 0.956250",
        "4800 4590 0.956250",
        "22500 4590 0.204000",
    )
    assert own(entries, "2024-08").rating == "met"  # 1,890 of 2,100 is exactly 90 %
    assert own(entries, "2024-10").rating == "unreported"
    assert own(entries, "2024-10").to_date.percent == D("0.399130")  # 4,590 of 11,500


def test_half_documents_are_parts_of_one_deliverable() -> None:
    # Planificación 1.3 (S1-17): 50 % + 50 % of one document, and one more: total 2.
    months = {"2024-02": "0.5", "2024-03": "0.5", "2024-12": "1"}
    entries = row("a", months, measure="share", total=D(2)) + said("a", m02="0.5", m03="0.25")
    assert shown(own(entries, "2024-Q1")) == (
        "1.0 0.75 0.750000",
        "1.0 0.75 0.750000",
        "2 0.75 0.375000",
    )
    # S2-08: quarters of 0.5 and 0.5.
    halves = row("a", {"2024-Q1": "0.5", "2024-Q2": "0.5"}, total=D(1)) + said("a", q1="0.5")
    assert shown(own(halves, "2024-S1"))[0] == "1.0 0.5 0.500000"


def test_quarters_of_the_poa_add_up() -> None:
    # S2-07: 1,144 = 382 + 382 + 380; S2-10: sessions 96 = 24 + 36 + 36.
    loans = row("a", {"2024-Q2": "382", "2024-Q3": "382", "2024-Q4": "380"}, total=D(1144))
    found = own(loans + said("a", q2="382", q3="191"), "2024-Q3")
    assert shown(found) == ("382 191 0.500000", "764 573 0.750000", "1144 573 0.500874")
    sessions = {"2024-Q1": "0", "2024-Q2": "24", "2024-Q3": "36", "2024-Q4": "36"}
    met = row("a", sessions, measure="minimum", total=D(96)) + said("a", q1="0", q2="23", q3="36")
    assert own(met, "2024-Q1").rating == "none"  # nothing asked for, nothing divided by zero
    assert own(met, "2024-Q2").rating == "partly"  # 23 of at least 24: a minimum is not reached
    assert own(met, "2024-Q3").rating == "met"


SPREAD = {f"2024-{month:02}": "0.1" for month in range(1, 11)}


def test_a_demand_of_which_nothing_came_does_not_apply() -> None:
    # "100% de solicitudes de transporte atendidas" spread as ten months of 10 % (S1-19).
    entries = row("a", SPREAD, measure="spread", total=D(1))
    entries += demand("a", m01="5/5", m02="0/0", m03="3/4")
    february = own(entries, "2024-02")
    assert (february.rating, february.percent, february.period.applies) == (
        "not-applicable",
        None,
        False,
    )
    # 8 of 9 attended; February asks for nothing, so that 20 % were programmed to date and 90 % in
    # the year: 0.2 x 8/9 = 0.177778, which is 19.7531 % of 0.9.
    march = own(entries, "2024-03")
    assert march.percent == D("0.750000")
    assert (march.to_date.programmed, march.to_date.percent) == (D("0.2"), D("0.888889"))
    assert (march.to_date.executed, march.year.programmed) == (D("0.177778"), D("0.9"))
    assert march.year.percent == D("0.197531")
    quiet = row("a", SPREAD, measure="spread", total=D(1)) + demand("a", m01="0/0", m02="/0")
    assert own(quiet, "2024-02").to_date.applies is False
    assert own(quiet, "2024-02").year.applies is True


def test_a_demand_without_a_report_is_programmed_and_not_executed() -> None:
    entries = row("a", SPREAD, measure="spread", total=D(1)) + demand("a", m01="4/4")
    # January attended in full, February said nothing: half of what was programmed.
    assert shown(own(entries, "2024-02"))[1] == "0.2 0.1 0.500000"
    received = row("a", SPREAD, measure="spread") + demand("a", m01="/4")
    assert shown(own(received, "2024-01"))[0] == "0.1 None None"
    typed = entries + said("a", m02="0.1") + said("a", m01="0.05")
    # What was typed beside a demand of the same month does not count twice.
    assert shown(own(typed, "2024-02"))[1] == "0.2 0.2 1.000000"


def test_a_demand_without_months_is_set_against_the_year() -> None:
    entries = row("a", {}, measure="spread", total=D(1)) + demand("a", m01="3/4", m02_north="1/4")
    found = own(entries, "2024-02")
    assert shown(found) == ("None 0.25 None", "None 0.5 None", "1 0.5 0.500000")
    idle = row("a", {}, measure="spread", total=D(1)) + demand("a", m01="0/0")
    assert own(idle, "2024-01").year.applies is False
    whole = row("a", {"2024-01": "1"}, measure="spread") + demand("a", m01="0/0")
    assert own(whole, "2024-01").year.applies is False


def test_a_demand_of_a_quarter_covers_its_months() -> None:
    entries = row("a", SPREAD, measure="spread", total=D(1)) + demand("a", q1="9/10", q2="0/0")
    assert shown(own(entries, "2024-Q1"))[0] == "0.3 0.27 0.900000"
    assert own(entries, "2024-Q2").rating == "not-applicable"
    outside = row("a", {"2024-Q1": "1"}, measure="spread") + demand("a", m02="1/2")
    assert shown(own(outside, "2024-Q1"))[0] == "1 None None"


def test_rates_are_numerators_over_denominators_and_never_sums_of_rates() -> None:
    goal = row("a", {}, measure="rate", total=D("0.95"))
    counted = goal + demand("a", m01_north="30/40", m01_south="10/40")
    assert shown(own(counted, "2024-01"))[2] == "0.95 0.5 0.526316"
    typed = goal + said("a", m01_north="0.9", m01_south="0.7", m02_south="0.8")
    # Two offices said 90 % and, last, 80 %: on average 85 %.
    assert shown(own(typed, "2024-02"))[2] == "0.95 0.85 0.894737"
    nobody = goal + demand("a", m01="0/0")
    assert own(nobody, "2024-01").year.applies is False


def test_levels_in_percent_are_not_added_up() -> None:
    # "al menos el 90% de los recursos" (S0-09): 85 % in a quarter, 92 % in the next.
    entries = row("a", {}, measure="minimum", total=D("0.9"), threshold="≥ 90%")
    entries += said("a", q1="0.85", q2="0.92")
    assert shown(own(entries, "2024-Q2"))[2] == "0.9 0.92 1.022222"


@pytest.mark.parametrize(
    ("threshold", "executed", "rating"),
    [
        ("≥ 463", "463", "met"),
        ("≥ 463", "462", "partly"),
        ("≥ 463", "464", "exceeded"),
        ("> 463", "463", "partly"),
        (">= 463", "463", "met"),
        ("> 463", "464", "exceeded"),
    ],
)
def test_minimums_and_what_must_be_exceeded(threshold: str, executed: str, rating: str) -> None:
    entries = row("a", {"2024": "463"}, measure="minimum", threshold=threshold)
    assert own(entries + said("a", m01=executed), "2024").rating == rating


def test_a_reduction_goes_from_its_baseline() -> None:
    # "Reducir en un 50% los trámites" (S0-09): from 200 to 100; at 150 half the way is gone.
    entries = row("a", {}, measure="reduction", total=D("0.5"), threshold="-50%", baseline=D(200))
    assert own(entries + said("a", q1="180", q2="150"), "2024-Q2").year.percent == D("0.500000")
    assert own(entries + said("a", q1="100"), "2024-Q1").year.percent == D(1)
    assert own(entries + said("a", q1="220"), "2024-Q1").year.percent == D("-0.200000")
    # Without a baseline the reduction itself is reported.
    bare = row("a", {}, measure="reduction", total=D("0.5"), threshold="-50%") + said("a", q1="0.4")
    assert own(bare, "2024-Q1").year.percent == D("0.800000")
    nothing = row("a", {}, total=D("0.5"), threshold="-50%", baseline=D(0)) + said("a", q1="1")
    assert own(nothing, "2024-Q1").year.percent is None


def test_growth_goes_from_its_baseline() -> None:
    # "incrementados en un 10% anual" (S0-09) from 1,000: 1,080 is 80 % of the way.
    entries = row("a", {}, measure="rate", total=D("0.1"), threshold="+10% anual", baseline=D(1000))
    assert own(entries + said("a", q1="1080"), "2024-Q1").year.percent == D("0.800000")


def test_fewer_prints_are_better() -> None:
    # S2-10: at most 2,250; each print over takes as much off.
    entries = row("a", {"2024-Q1": "2250"}, measure="reduction")
    assert own(entries + said("a", q1="2250"), "2024-Q1").rating == "met"
    assert own(entries + said("a", q1="2475"), "2024-Q1").percent == D("0.900000")
    assert own(entries + said("a", q1="2475"), "2024-Q1").rating == "partly"
    zero = row("a", {"2024-Q1": "0"}, measure="reduction") + said("a", q1="3")
    assert own(zero, "2024-Q1").percent is None


def test_milestones_and_money() -> None:
    done = row("a", {"2024-06": "1"}, measure="milestone") + said("a", m06="0.95")
    assert own(done, "2024-06").rating == "partly"
    # A committed activity of S4 has no date: it is due in the year.
    committed = row("a", {}, measure="milestone") + said("a", m06="1")
    assert own(committed, "2024").rating == "met"
    assert shown(own(committed, "2024-06")) == ("None 1 None", "None 1 None", "1 1 1.000000")
    # US$30,000,000 in four quarters of 7,500,000 (S2-09).
    quarters = {f"2024-Q{at}": "7500000" for at in range(1, 5)}
    placed = row("a", quarters, measure="money", total=D(30000000)) + said("a", q1="8250000")
    found = own(placed, "2024-Q1")
    assert shown(found)[0] == "7500000 8250000 1.100000"
    assert (found.rating, found.capped, found.year.percent) == ("exceeded", D(1), D("0.275000"))


def test_ratings_are_exact_where_percentages_are_rounded() -> None:
    # 2,699,999 of 3,000,000 prints as 90.0000 %, and is still below 90 %.
    entries = row("a", {"2024-Q1": "3000000"}) + said("a", q1="2699999")
    assert own(entries, "2024-Q1").percent == D("0.900000")
    assert own(entries, "2024-Q1").rating == "partly"


def test_a_target_of_a_quarter_beside_its_months_is_not_counted_twice() -> None:
    entries = row("a", {"2024-Q1": "3", "2024-01": "1", "2024-02": "2"}) + said("a", m01="3")
    assert shown(own(entries, "2024-Q1"))[0] == "3 3 1.000000"


def test_the_order_of_facts_says_nothing() -> None:
    entries = row("a", SPREAD, measure="spread") + demand("a", m01="2/3", m02_north="1/1")
    entries += said("a", m03="0.1", m03_north="0.05")
    first = own(entries, "2024-Q1")
    tail = entries[-4:]
    for order in permutations(tail):
        assert own([*order, *entries[:-4]], "2024-Q1") == first
