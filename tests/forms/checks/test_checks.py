import re
from dataclasses import replace
from string import Formatter

from quipu.domain.problem import Problem
from quipu.forms.checks import CHECKS, asked_for, run_checks
from quipu.forms.definition import CheckUse
from quipu.words import LANGUAGES, Words
from tests.forms.checks.findings import findings, row
from tests.forms.raw_tables import BY_ID, PROGRAMME, activity, programme, read

PERCENT_ROW = dict.fromkeys(range(2, 12), "10%") | {12: "100%"}


def test_a_check_runs_only_where_the_form_asks_for_it() -> None:
    form = replace(BY_ID[PROGRAMME], checks=())
    assert run_checks([row(months={1: "1"})], {PROGRAMME: form}) == []
    asked = replace(form, checks=(CheckUse("total-missing"),))
    assert [one.check for one in run_checks([row(months={1: "1"})], {PROGRAMME: asked})] == [
        "total-missing"
    ]


def test_the_form_gives_a_check_its_severity() -> None:
    form = replace(BY_ID[PROGRAMME], checks=(CheckUse("total-missing", "info", {"a": 1}),))
    assert run_checks([row(months={1: "1"})], {PROGRAMME: form})[0].severity == "info"
    assert asked_for("total-missing", form).params == {"a": 1}
    assert asked_for("total-mismatch", form).severity == "error"


def test_rows_of_unknown_forms_and_unknown_checks_are_left_alone() -> None:
    form = replace(
        BY_ID[PROGRAMME], checks=(CheckUse("from-a-newer-version"), CheckUse("extra-cell"))
    )
    assert run_checks([row(months={1: "1"})], {PROGRAMME: form}) == []
    assert run_checks([row(months={1: "1"})], {}) == []


def test_findings_stand_in_the_order_of_the_rows() -> None:
    rows = [row("1.1", months={1: "1"}), row("1.3", "Otra", months={1: "1"}, total="2")]
    found = run_checks(rows, BY_ID)
    assert [problem.row for problem in found] == sorted(problem.row or 0 for problem in found)


def all_kinds() -> list[Problem]:
    """Findings of as many kinds as one document can have."""
    reading = read(
        "PLAN ANUAL DE TRABAJO 2023\n"
        + programme(
            activity("1.1", "A", ago="21,00", sep="400", total="2,500"),
            activity("1.2", "B", ago="21,00"),
            activity("1.3", "C", ene="1", total="1,0"),
            activity("1.4", "D", ene="x1", total="1,0"),
            activity("1.5", "E", ene="1"),
            activity("1.7", "F", ene="1", feb="1", total="1"),
            activity("1.8", "G", ene="1", total="3"),
            activity("1.9", "H", ene="50%", feb="50%", total="1"),
            activity("1.10", "I", ene="50%", feb="50%", total="3"),
            activity("1.10", "J", ene="50%", feb="1"),
            activity("", "K", ene="90%", feb="90%", total="100%"),
            activity("1.12", "L", ene="50%", feb="50%", mar="100%", total="100%"),
            activity("1.13", "M", nov="1", dic="1", total="1", extra="3"),
            activity("1.14", "N", total="1", extra="1"),
            activity("_1.15", "N", ene="1700", total="1,700", measure="Documentos"),
            activity("1-x", "Atender el 100% de solicitudes", verification=""),
            activity("1.1", "O", ene="50%", feb="50%", total="100%", extra="ojo"),
        ),
        year=2024,
    )
    return list(reading.problems)


def test_every_finding_has_words_with_all_their_places() -> None:
    problems = all_kinds()
    for lang in LANGUAGES:
        words = Words.load(lang)
        for problem in problems:
            key = f"problem.{problem.check}" + (f".{problem.variant}" if problem.variant else "")
            text = words.text(key, **problem.params)
            assert re.search(r"\{|\}|None", text) is None
            assert text.endswith(".")
    assert len({(problem.check, problem.variant) for problem in problems}) > 24


def test_the_sentence_of_a_malformed_number_explains_itself() -> None:
    problem = next(one for one in all_kinds() if one.check == "malformed-number")
    assert Words.load("es").text("problem.malformed-number", **problem.params) == (
        "21,00 → 2,100: el total 2,500 menos los demás meses, 400, da 2,100."
    )


def test_every_check_has_words_and_all_words_are_of_checks() -> None:
    words = Words.load("es")
    assert [name for name in CHECKS if not words.has(f"problem.{name}")] == []
    assert all(info.name == name for name, info in CHECKS.items())


def test_places_of_words_are_plain_names() -> None:
    words = Words.load("en")
    for name in CHECKS:
        text = words._catalogues.gettext(f"problem.{name}")
        assert all(
            place is None or place.isidentifier() for _, place, _, _ in Formatter().parse(text)
        )


def test_a_shipped_form_asks_only_for_known_checks() -> None:
    for form in BY_ID.values():
        assert {use.name for use in form.checks} <= set(CHECKS)


def test_one_check_may_be_asked_for_alone() -> None:
    assert [
        one.check for one in findings("over-hundred", row(months=PERCENT_ROW, total="100%"))
    ] == ["over-hundred"]
