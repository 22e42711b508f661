import pytest

from tests.forms.checks.findings import findings, row, short
from tests.forms.raw_tables import ACTIONS, CHANGES

SPREAD = dict.fromkeys(range(8, 13), "20%")


def test_missing_fields_are_said_where_the_form_prints_them() -> None:
    assert short(findings("verification-missing", row(), row(verification="Acta"))) == [
        (0, "verification", "", None)
    ]
    assert short(findings("verification-missing", row(verification=" "))) != []
    assert findings("verification-missing", row(form=CHANGES, kind="change")) == []
    objective = row(form=ACTIONS, kind="objective")
    assert short(findings("lead-missing", objective, row(form=ACTIONS, kind="action"))) == [
        (1, "lead", "", None)
    ]


def test_a_row_says_what_will_be_done() -> None:
    assert short(findings("text-missing", row(text=" "), row())) == [(0, "text", "", None)]


@pytest.mark.parametrize(
    ("months", "total", "missing"),
    [({}, "", True), ({1: "1"}, "", False), ({1: "1,0"}, "", False), ({}, "1", False)],
)
def test_a_row_has_targets_or_a_total(months: dict[int, str], total: str, missing: bool) -> None:
    assert bool(findings("targets-missing", row(months=months, total=total))) is missing


def test_a_malformed_total_is_a_total() -> None:
    assert findings("targets-missing", row(total="1,0")) == []
    assert findings("targets-missing", row(kind="otro")) == []


def test_a_text_said_twice_in_one_unit() -> None:
    rows = [row("1", "Plan de Redes"), row("2"), row("10", "PLAN DE REDES."), row("3", "")]
    (found,) = findings("duplicate-activity", *rows)
    assert (found.row, found.variant, found.params["first"]) == (2, "", "1")
    assert findings("duplicate-activity", row("1"), row("2", unit="OTRA")) == []
    (uncoded,) = findings("duplicate-activity", row("1"), row(""))
    assert uncoded.variant == "uncoded"


def test_units_of_measure_follow_the_catalogue() -> None:
    found = findings("measure-spelling", row(unit_of_measure="personas"), row(), row("2"))
    assert [(one.value, one.proposal) for one in found] == [("personas", "Personas")]


def test_units_of_measure_follow_the_most_frequent_spelling() -> None:
    measures = ["Kit escolar", "Kits escolares", "Kit escolar", "Otra cosa"]
    rows = [row(str(at), f"Paso {at}", unit_of_measure=name) for at, name in enumerate(measures)]
    found = findings("measure-spelling", *rows)
    assert [(one.row, one.proposal) for one in found] == [(1, "Kit escolar")]


def test_thousands_are_written_one_way_in_a_table() -> None:
    rows = [
        row("1", "A", months={1: "1,700"}),
        row("2", "B", months={1: "1700", 2: "20000", 3: "5"}),
    ]
    (found,) = findings("thousands-mixed", *rows)
    assert (found.target, found.value, found.variant) == ("2024-01", "1700", "")
    assert (found.params["grouped"], found.params["count"]) == ("1,700", 2)


def test_thousands_are_written_one_way_in_a_document() -> None:
    bare = row(months={1: "1700"}, unit="A")
    (found,) = findings("thousands-mixed", bare, row(total="1,700", unit="B"))
    assert (found.unit, found.variant, found.params["proper"]) == ("A", "document", "1,700")
    assert findings("thousands-mixed", bare) == []


def test_a_hundred_percent_spread_over_the_year_is_a_demand() -> None:
    spread = row(months=SPREAD, total="100%")
    stated = row(months={1: "1"}, total="1", product="100 % de solicitudes atendidas")
    assert [one.variant for one in findings("demand-spread", spread, stated)] == ["", "stated"]
    half = row(months={1: "50%"}, total="50%")
    once = row(months={1: "100%"}, total="100%")
    empty = row(product="100% atendido")
    assert findings("demand-spread", half, once, empty, row(form=CHANGES, kind="change")) == []


def test_a_column_blank_from_top_to_bottom_is_one_finding() -> None:
    blank = [row(str(at), f"Paso {at}") for at in range(3)]
    assert short(findings("verification-missing", *blank)) == [(0, "verification", "whole", None)]
    (said,) = findings("code-missing", *(row("", f"Paso {at}") for at in range(3)))
    assert (said.variant, said.proposal, said.params["rows"]) == ("whole", None, 3)
    other = row("9", "Otro", unit="UNIDAD DE RIOS", verification="Acta")
    found = findings("verification-missing", *blank, other)
    assert [one.variant for one in found] == ["whole"]
    assert len(findings("verification-missing", *blank[:2])) == 2
