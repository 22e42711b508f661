"""What a report says, and what it lacks, by the rules of the institution."""

from __future__ import annotations

from decimal import Decimal

import pytest

from quipu.domain.address import Address
from quipu.domain.counted import Counted, counts, read_counted
from quipu.domain.facts import Facts
from quipu.domain.period_report import PeriodReport, period_report
from quipu.domain.report_rules import AskedCount, AskedField, Criterion, ReportRules, Required
from quipu.domain.value import Blob, Value

UNIT, PLAN, JULY = "u", "p", "2024-07"
NAME = {"es": "Nombre", "en": "Name"}
FILE = Blob("a" * 64, 700, "acta.pdf")


def world(*said: tuple[str, str, Value], measure: str = "count", target: str = "10") -> Facts:
    """One activity of one unit in July, and what the unit said of it or of its report."""
    born: dict[Address, Value] = {
        Address(UNIT, "kind"): "unit",
        Address(UNIT, "name"): "Norte",
        Address(PLAN, "kind"): "plan",
        Address("a", "plan"): PLAN,
        Address("a", "form"): "f",
        Address("a", "unit"): UNIT,
        Address("a", "code"): "1.1",
        Address("a", "measure"): measure,
        Address("a", "target", JULY): Decimal(target),
    }
    told = {Address(item, field, JULY, UNIT): value for item, field, value in said}
    return Facts([*born.items(), *told.items()])


def rules(*fields: AskedField, counts: tuple[AskedCount, ...] = (), most: int | None = None):
    return ReportRules(NAME, fields, counts, (Criterion("sex", NAME),), evidence_bytes=most)


def report(facts: Facts, asked: ReportRules, language: str = "es") -> PeriodReport:
    return period_report(facts, PLAN, UNIT, JULY, asked=asked, language=language)


def lacks(facts: Facts, asked: ReportRules) -> list[tuple[str, str]]:
    return [(one.check, one.target) for one in report(facts, asked).missing]


def asked(required: Required, code: str = "narrative") -> ReportRules:
    return rules(AskedField(code, NAME, "activity", required))


@pytest.mark.parametrize(
    ("required", "executed", "missing"),
    [
        ("never", "1", False),
        ("always", "10", True),
        ("done", "0", False),
        ("done", "3", True),
        ("below", "9", False),
        ("below", "8", True),
    ],
)
def test_a_field_is_required_by_what_was_executed(
    required: Required, executed: str, missing: bool
) -> None:
    facts = world(("a", "executed", Decimal(executed)))
    wanted = [("report-field-missing", "narrative")] if missing else []
    assert lacks(facts, asked(required)) == wanted
    told = world(("a", "executed", Decimal(executed)), ("a", "narrative", "Se hizo"))
    assert lacks(told, asked(required)) == []


def test_what_is_not_reported_lacks_its_figure_and_nothing_more() -> None:
    assert lacks(world(), asked("always")) == [("report-value-missing", "executed")]


def test_a_demand_of_which_nothing_was_received_lacks_nothing() -> None:
    facts = world(("a", "denominator", Decimal(0)), measure="spread", target="0.1")
    found = report(facts, asked("always"))
    assert (found.missing, found.rows[0].progress.rating) == ((), "not-applicable")


def test_received_and_attended_are_told_with_the_advance() -> None:
    facts = world(
        ("a", "denominator", Decimal(4)), ("a", "numerator", Decimal(3)), ("a", "narrative", "x"),
        measure="spread", target="0.1",
    )  # fmt: skip
    row = report(facts, asked("never")).rows[0]
    assert (row.received, row.attended, row.progress.percent) == (4, 3, Decimal("0.75"))


def test_evidence_has_a_finding_of_its_own() -> None:
    done = ("a", "executed", Decimal(10))
    assert lacks(world(done), asked("done", "evidence")) == [
        ("report-evidence-missing", "evidence")
    ]
    assert lacks(world(done, ("a", "evidence", FILE)), asked("done", "evidence")) == []


def test_a_headings_own_row_is_no_activity() -> None:
    assert report(world(measure="heading"), asked("always")).rows == ()


def test_texts_of_the_whole_report_are_required_once() -> None:
    rule = rules(AskedField("results", NAME, "report", "always"))
    done = ("a", "executed", Decimal(10))
    assert lacks(world(done), rule) == [("report-text-missing", "results")]
    found = report(world(done, (PLAN, "results", "Más")), rule)
    assert (found.missing, found.said["results"]) == ((), ("Más",))


def test_findings_are_named_in_the_language_asked_for() -> None:
    rule = rules(AskedField("results", NAME, "report", "always"))
    problem = report(world(("a", "executed", Decimal(10))), rule, "en").missing[0]
    assert problem.params["field"] == "Name"


def test_groups_must_come_to_the_whole_and_are_never_added_to_another_count() -> None:
    people, women = Counted("people").field, Counted("people", "sex", "Mujeres").field
    rule = rules(counts=(AskedCount("people", NAME, True, ("sex",)),))
    done = ("a", "executed", Decimal(10))
    assert lacks(world(done), rule) == [("report-count-missing", "people")]
    both = world(
        done, (PLAN, people, Decimal(5)), (PLAN, women, Decimal(3)),
        (PLAN, Counted("participations").field, Decimal(40)),
    )  # fmt: skip
    found = report(both, rule).missing[0]
    assert (found.check, found.severity) == ("report-parts-differ", "warning")
    assert (found.params["parts"], found.params["whole"]) == (3, 5)
    men = (PLAN, Counted("people", "sex", "Hombres").field, Decimal(2))
    assert (
        lacks(world(done, (PLAN, people, Decimal(5)), (PLAN, women, Decimal(3)), men), rule) == []
    )


def test_files_over_the_budget_are_told() -> None:
    facts = world(("a", "executed", Decimal(10)), ("a", "evidence", FILE), (PLAN, "evidence", FILE))
    # One file in two places is kept and sent once.
    assert lacks(facts, rules(most=700)) == []
    found = report(facts, rules(most=699))
    assert (found.bytes, found.missing[0].params["most"]) == (700, 699)


def test_periods_of_a_newer_version_are_left_out() -> None:
    facts = world().with_changes([(Address("a", "narrative", "2024-W33", UNIT), "semana")])
    assert report(facts, asked("never")).rows[0].said["narrative"] == ()


def test_a_counts_field_is_read_as_it_was_made() -> None:
    for one in (Counted("people"), Counted("people", "municipio", "San José Villanueva")):
        assert read_counted(one.field) == one
    assert (read_counted("executed"), read_counted("counted.people/sex")) == (None, None)
    assert " " not in Counted("people", "m", "San José").field


def test_counts_of_other_units_are_not_the_units() -> None:
    facts = Facts(
        [
            (Address(PLAN, "counted.people", JULY, UNIT), Decimal(3)),
            (Address(PLAN, "counted.people", JULY, "other"), Decimal(9)),
            (Address(PLAN, "narrative", JULY, UNIT), "texto"),
        ]
    )
    assert [one.number for one in counts(facts, PLAN, UNIT)] == [3]
