from dataclasses import replace
from decimal import Decimal

import pytest

from tests.forms.checks.findings import findings, row, short
from tests.forms.raw_tables import ACTIONS, BY_ID, PROGRAMME

FORMATIVO = {4: "1,400", 5: "1,300", 6: "6,700", 7: "11,000", 8: "21,00"}
TALENT = dict.fromkeys(range(2, 12), "10%") | {12: "100%"}
TRANSPORT = {
    4: "12%",
    5: "12%",
    6: "12%",
    7: "12%",
    8: "12%",
    9: "12%",
    10: "11%",
    11: "10%",
    12: "7%",
}


def test_a_missing_total_is_the_sum_of_the_months() -> None:
    found = findings("total-missing", row(months={12: "1"}))
    assert short(found) == [(0, "total", "", "1")]
    assert found[0].value is None
    percent = findings("total-missing", row(months={1: "50%", 2: "25%"}))
    assert (percent[0].proposal, percent[0].params["sum"]) == ("0.75", "75%")


@pytest.mark.parametrize("months", [{1: "21,00"} | {2: "1"}, {1: "50%", 2: "1"}])
def test_a_missing_total_is_not_guessed_from_months_in_doubt(months: dict[int, str]) -> None:
    assert short(findings("total-missing", row(months=months))) == [(0, "total", "unknown", None)]


@pytest.mark.parametrize(
    ("months", "total"), [({}, ""), ({1: "1"}, "1"), ({1: "1"}, "1,0"), ({1: "-"}, "")]
)
def test_no_total_is_missing(months: dict[int, str], total: str) -> None:
    made = row(months={month: text for month, text in months.items() if text != "-"}, total=total)
    assert findings("total-missing", made) == []


def test_a_dash_is_no_total() -> None:
    assert short(findings("total-missing", row(months={1: "1"}, total="-"))) == [
        (0, "total", "", "1")
    ]


def test_a_malformed_number_is_what_the_total_leaves() -> None:
    (found,) = findings("malformed-number", row(months=FORMATIVO, total="22,500"))
    assert (found.target, found.value, found.proposal) == ("2024-08", "21,00", "2100")
    assert found.params["period"] == "Ago"
    assert (found.params["number"], found.params["total"], found.params["others"]) == (
        "2,100",
        "22,500",
        "20,400",
    )


@pytest.mark.parametrize(
    ("months", "total"),
    [
        (FORMATIVO, ""),
        (FORMATIVO, "20,000"),
        ({1: "21,00", 2: "3,00"}, "100"),
        ({1: "21,00", 2: "50%"}, "100"),
        ({1: "21,00"}, "x"),
    ],
)
def test_a_malformed_number_without_evidence_has_no_proposal(
    months: dict[int, str], total: str
) -> None:
    found = findings("malformed-number", row(months=months, total=total))
    assert {one.variant for one in found if one.target != "total"} == {"unknown"}
    assert {one.proposal for one in found} == {None}


def test_a_malformed_total_is_the_sum_of_the_months() -> None:
    found = findings("malformed-number", row(months={1: "50%", 2: "50%"}, total="100,%"))
    assert short(found) == [(0, "total", "total", "1")]
    assert found[0].params["sum"] == "100%"
    assert short(findings("malformed-number", row(total="1,0"))) == [
        (0, "total", "total-unknown", None)
    ]
    mixed = row(months={1: "50%", 2: "1"}, total="1,0")
    assert short(findings("malformed-number", mixed)) == [(0, "total", "total-unknown", None)]


def test_months_that_do_not_add_up_are_said() -> None:
    months = dict.fromkeys(range(6, 13), "1")
    (found,) = findings("total-mismatch", row(months=months, total="8"))
    assert (found.value, found.proposal, found.variant) == ("8", "7", "")
    (two,) = findings("total-mismatch", row(months={2: "1", 3: "1"}, total="1"))
    assert (two.proposal, two.variant) == ("2", "spanning")
    (percent,) = findings("total-mismatch", row(months={2: "50%", 3: "25%"}, total="100%"))
    assert (percent.proposal, percent.params["sum"], percent.variant) == ("0.75", "75%", "")
    silent = replace(row(months={1: "1"}), total=Decimal(5))
    assert findings("total-mismatch", silent)[0].value == "5"


@pytest.mark.parametrize(
    ("months", "total"),
    [
        ({1: "1"}, "1"),
        ({1: "0.5", 2: "0.5"}, "1"),
        ({1: "1"}, ""),
        ({}, "4"),
        ({1: "21,00"}, "4"),
        ({1: "50%"}, "4"),
        (TALENT, "100%"),
    ],
)
def test_sums_that_hold_or_are_another_checks_matter(months: dict[int, str], total: str) -> None:
    assert findings("total-mismatch", row(months=months, total=total)) == []


@pytest.mark.parametrize(
    ("months", "total", "variant", "proposal"),
    [
        (TRANSPORT, "1", "", "1"),
        ({11: "50%", 12: "50%"}, "1", "", "1"),
        ({7: "50%", 8: "50%", 12: "1"}, "2", "", "2"),
        ({7: "50%", 8: "50%"}, "3", "differs", "1"),
        ({7: "1", 8: "1"}, "100%", "differs", "2"),
        ({7: "50%", 8: "1"}, "", "no-total", "1.5"),
    ],
)
def test_percentages_of_a_count_are_fractions_of_one(
    months: dict[int, str], total: str, variant: str, proposal: str
) -> None:
    found = findings("mixed-measure", row(months=months, total=total))
    assert short(found) == [(0, "total", variant, proposal)]


@pytest.mark.parametrize(
    ("months", "total"),
    [({1: "50%"}, "50%"), ({1: "1"}, "1"), ({1: "50%"}, ""), ({1: "1,0"}, "5%")],
)
def test_one_measure_is_not_mixed(months: dict[int, str], total: str) -> None:
    assert findings("mixed-measure", row(months=months, total=total)) == []


def test_percentages_over_a_hundred_are_said() -> None:
    (found,) = findings("over-hundred", row(months=TALENT, total="100%"))
    assert (found.variant, found.proposal, found.value) == ("closing", None, "100%")
    assert (found.params["sum"], found.params["period"]) == ("200%", "Dic")
    (other,) = findings("over-hundred", row(months={1: "60%", 2: "60%"}, total="120%"))
    assert (other.variant, other.params["sum"]) == ("", "120%")
    assert findings("over-hundred", row(months={1: "60%", 2: "40%"}, total="100%")) == []
    assert findings("over-hundred", row(months={1: "60%", 2: "60%", 3: "6,0"}, total="100%")) == []


def test_a_row_one_column_too_far_right_is_put_back() -> None:
    made = row(months={10: "1", 11: "1", 12: "1"}, total="1", extra="4")
    (found,) = findings("row-shifted", made)
    assert (found.target, found.value, found.proposal) == ("total", "1", "4")
    assert found.params["reading"] == "Sep 1, Oct 1, Nov 1, Dic 1"
    assert found.params["targets"] == dict.fromkeys(
        ["2024-09", "2024-10", "2024-11", "2024-12"], "1"
    )
    for check in ("total-mismatch", "total-missing", "mixed-measure", "demand-spread"):
        assert findings(check, made) == []


def test_a_shifted_row_without_months_takes_the_year_of_the_others() -> None:
    alone = row(total="1", extra="1")
    (found,) = findings("row-shifted", row(months={1: "1"}, total="1"), alone)
    assert (found.row, found.params["reading"]) == (1, "Dic 1")
    (unknown,) = findings("row-shifted", alone)
    assert (unknown.variant, unknown.proposal) == ("alone", "1")


@pytest.mark.parametrize(
    "made",
    [
        row(months={10: "1"}, total="1", extra="3"),
        row(months={10: "1"}, total="1", extra="nota"),
        row(months={10: "1"}, extra="1"),
        row(months={10: "1,0"}, total="1", extra="1"),
        row(months={1: "1"}, total="1", extra="2"),
        row(months={10: "1"}, total="1"),
    ],
)
def test_rows_that_stand_where_they_belong(made: object) -> None:
    assert findings("row-shifted", made) == []  # type: ignore[arg-type]


def test_rows_that_need_not_add_up_are_left_alone() -> None:
    level = row(months={1: "10", 2: "12"}, total="12", measure="cumulative")
    marks = replace(row(form=ACTIONS, kind="action", total="5"), targets={"2024": Decimal(1)})
    for check in ("total-mismatch", "total-missing", "malformed-number", "targets-missing"):
        assert findings(check, level, marks) == []
    form = BY_ID[PROGRAMME]
    without = replace(form, columns=tuple(c for c in form.columns if c.field != "total"))
    assert findings("total-missing", row(months={1: "1"}), forms={PROGRAMME: without}) == []
