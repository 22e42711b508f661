from decimal import Decimal
from typing import Any

import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.value import Blob, Value
from quipu.forms.definition import Column, Report, ReportColumn
from quipu.forms.document import Sheet
from tests.forms.drawing import cell, drawn, form, own, sheet
from tests.forms.sample_plan import (
    sample,
)

D = Decimal


REPORT = Report(
    keeps=("text", "total"),
    columns=tuple(
        ReportColumn(shows, shows)
        for shows in ("programmed", "executed", "percent", "narrative", "spent", "evidence")
    ),
    title="Avance de {period} ({year})",
)


def report(facts: Facts, period: str, **changes: Any) -> Sheet:
    columns = (*form().columns, Column("target", periods="quarter"))
    using = form(**({"columns": columns, "report": REPORT} | changes))
    return sheet(drawn(facts, "progress", period, using=[using]), "UNIDAD DE CAMINOS")


def test_a_report_is_typed_in_the_forms_own_periods() -> None:
    facts = sample(
        *own("a", text="A", total=D(4)),
        (Address("a", "target", "2024-Q2"), D(4)),
        (Address("a", "executed", "2024-Q2", "roads"), D(1)),
    )
    one = report(facts, "2024-Q2")
    done = cell(one, 0, "executed", "2024-Q2")
    assert done.address == Address("a", "executed", "2024-Q2", "roads")
    assert (done.text, done.editable) == ("1", True)
    assert cell(one, 0, "percent", "2024-Q2").text == "25%"
    assert not cell(one, 0, "text").editable
    year = cell(report(facts, "2024"), 0, "executed", "2024")
    assert (year.text, year.editable, year.address) == ("1", False, None)
    month = cell(report(facts, "2024-05"), 0, "programmed", "2024-05")
    assert (month.text, month.number) == ("", None)


def test_a_cell_is_its_own_units_though_others_report_the_row_too() -> None:
    facts = sample(
        *own("a", text="A"),
        (Address("a", "target", "2024-Q2"), D(4)),
        (Address("a", "executed", "2024-Q2", "roads"), D(1)),
        (Address("a", "executed", "2024-Q2", "deals"), D(2)),
    )
    one = report(facts, "2024-Q2")
    assert cell(one, 0, "executed", "2024-Q2").text == "1"
    assert cell(one, 0, "percent", "2024-Q2").text == "75%"


def test_a_report_of_zero_is_printed_and_a_planned_zero_as_the_form_says() -> None:
    facts = sample(
        *own("a", text="A"),
        (Address("a", "target", "2024-Q2"), D(0)),
        (Address("a", "executed", "2024-Q2", "roads"), D(0)),
    )
    one = report(facts, "2024-Q2")
    assert cell(one, 0, "executed", "2024-Q2").text == "0"
    assert cell(one, 0, "programmed", "2024-Q2").text == ""
    assert cell(one, 0, "percent", "2024-Q2").text == ""
    assert cell(report(facts, "2024-Q2", zero="zero"), 0, "programmed", "2024-Q2").text == "0"


def test_other_things_that_are_reported_have_their_cells() -> None:
    facts = sample(
        *own("a", text="A"),
        (Address("a", "spent", "2024-Q2", "roads"), D(1500)),
        (Address("a", "evidence", "2024-Q2", "roads"), Blob("00", 3, "acta.pdf")),
    )
    one = report(facts, "2024-Q2")
    spent = cell(one, 0, "spent", "2024-Q2")
    assert (spent.text, spent.number, spent.editable) == ("1,500", D(1500), True)
    paper_copy = cell(one, 0, "evidence", "2024-Q2")
    assert (paper_copy.text, paper_copy.editable) == ("acta.pdf", False)
    assert cell(report(facts, "2024-Q3"), 0, "spent", "2024-Q3").text == ""


def test_a_row_without_targets_is_reported_as_its_measure_is_written() -> None:
    facts = sample(
        *own("a", text="A", measure="spread"),
        (Address("a", "executed", "2024-Q2", "roads"), D("0.5")),
    )
    assert cell(report(facts, "2024-Q2"), 0, "executed", "2024-Q2").text == "50%"


def test_a_quarter_shows_the_months_words_until_it_has_its_own() -> None:
    months: list[tuple[Address, Value]] = [
        (Address("survey", "narrative", "2024-07", "roads"), "Julio."),
        (Address("survey", "narrative", "2024-08", "roads"), "Agosto."),
        (Address("survey", "narrative", "2024-10", "roads"), "Octubre."),
    ]
    words = Address("survey", "narrative", "2024-Q3", "roads")
    joined = sheet(drawn(sample(*months), "progress", "2024-Q3"), "UNIDAD DE CAMINOS")
    shown = cell(joined, 0, "narrative", "2024-Q3")
    assert (shown.text, shown.address, shown.editable) == ("Julio.\nAgosto.", words, True)
    settled = sample(*months, (words, "Trimestre."))
    one = sheet(drawn(settled, "progress", "2024-Q3"), "UNIDAD DE CAMINOS")
    assert cell(one, 0, "narrative", "2024-Q3").text == "Trimestre."


def test_a_form_without_targets_can_still_be_reported_in_words() -> None:
    facts = sample(*own("a", text="A"), (Address("a", "executed", "2024-05", "roads"), D(1)))
    one = report(facts, "2024-05", columns=form().columns)
    assert cell(one, 0, "executed", "2024-05").editable is False


def test_a_report_without_a_period_is_refused() -> None:
    for period in ("", "julio"):
        with pytest.raises(InputError) as caught:
            drawn(view="progress", period=period)
        assert (caught.value.code, caught.value.params) == ("period-unreadable", {"period": period})


def test_a_demand_prints_the_share_that_was_attended_or_that_it_does_not_apply() -> None:
    facts = sample(
        *own("a", text="A", measure="spread", total=D(1)),
        *((Address("a", "target", f"2024-Q{at}"), D("0.25")) for at in (1, 2)),
        (Address("a", "denominator", "2024-Q1", "roads"), D(8)),
        (Address("a", "numerator", "2024-Q1", "roads"), D(6)),
        (Address("a", "denominator", "2024-Q2", "roads"), D(0)),
    )
    first, second = report(facts, "2024-Q1"), report(facts, "2024-Q2")
    assert cell(first, 0, "executed", "2024-Q1").text == "18.75%"
    assert cell(first, 0, "percent", "2024-Q1").text == "75%"
    assert cell(second, 0, "percent", "2024-Q2").text == "No aplica"
    assert cell(second, 0, "executed", "2024-Q2").text == ""
