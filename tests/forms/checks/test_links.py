from datetime import date

import pytest

from quipu.forms.recognise_dates import read_date
from tests.forms.checks.findings import findings, row
from tests.forms.raw_tables import ACTIONS, CHANGES

HEADER = {"date": "29/07/24", "version": "01"}


def change(when: str, version: str = "01") -> object:
    return row("", "Creación", form=CHANGES, kind="change", unit="", date=when, version=version)


def test_activities_without_action_are_said_once_per_table() -> None:
    rows = [row("1"), row("2", linked="AE 1.1.1"), row("3"), row("1", unit="OTRA")]
    found = findings("not-linked", *rows)
    assert [(one.row, one.params["count"], one.params["rows"]) for one in found] == [
        (0, 2, 3),
        (3, 1, 1),
    ]
    assert findings("not-linked", row(linked="AE 1.1.1")) == []


def test_responsible_names_are_names_of_units() -> None:
    def action(lead: str) -> object:
        return row("AE 1", form=ACTIONS, kind="action", unit="", lead=lead)

    rows = [
        row(unit="GERENCIA DE PLANIFICACIÓN ESTRATÉGICA"),
        row(unit="GERENCIA DE COMPRAS"),
        action("Gerencia de compras"),
        action("Gerencia de Planificación"),
        action("Gerencia"),
        action("Dirección General"),
        action(""),
    ]
    found = findings("unit-unknown", *rows)  # type: ignore[arg-type]
    assert [(one.row, one.variant, one.proposal) for one in found] == [
        (3, "", "GERENCIA DE PLANIFICACIÓN ESTRATÉGICA"),
        (4, "unknown", None),
        (5, "unknown", None),
    ]
    assert findings("unit-unknown", *rows[3:]) == []  # type: ignore[arg-type]


def test_the_change_log_and_the_heading_have_one_date() -> None:
    (found,) = findings("dates-differ", change("01/07/2024"), header=HEADER)  # type: ignore[arg-type]
    assert (found.target, found.value, found.params["heading"]) == (
        "date",
        "01/07/2024",
        "29/07/24",
    )


@pytest.mark.parametrize(
    ("made", "header"),
    [
        (change("29/07/2024"), HEADER),
        (change("01/07/2024", "02"), HEADER),
        (change("pronto"), HEADER),
        (change("01/07/2024"), {}),
    ],
)
def test_dates_that_do_not_differ(made: object, header: dict[str, str]) -> None:
    assert findings("dates-differ", made, header=header) == []  # type: ignore[arg-type]


def test_a_heading_without_version_speaks_of_every_change() -> None:
    made = change("01/07/2024", "")
    assert len(findings("dates-differ", made, header={"date": "2024-07-29"})) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("29/07/24", date(2024, 7, 29)),
        (" 29-07-2024 10:00", date(2024, 7, 29)),
        ("2024-07-29T00:00:00", date(2024, 7, 29)),
        ("31/02/2024", None),
        ("julio", None),
        ("", None),
    ],
)
def test_dates_are_read_day_first(text: str, day: date | None) -> None:
    assert read_date(text) == day
