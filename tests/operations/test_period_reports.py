"""The report of a period: entered, counted, copied from the last, submitted as its method says."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from quipu.domain.errors import InputError
from quipu.domain.report_rules import AskedField, ReportRules
from quipu.forms.method_report import USUAL
from quipu.operations.counting import Group, count
from quipu.operations.entering import Demand, enter
from quipu.operations.evaluating import evaluate
from quipu.operations.evidence import add_evidence, evidence_index
from quipu.operations.house import House
from quipu.operations.observing import list_observations, observe
from quipu.operations.period_reports import copy_report, period_report
from quipu.operations.report_papers import print_evidence, print_report
from quipu.operations.reports import accept, return_report, submit
from quipu.operations.undoing import undo
from tests.operations.plans import JULY, NORTH, SOUTH, load, round_trip, say

AUGUST = "2024-08"
NAME = {"es": "Campo", "en": "Field"}


def pdf_text(file: Path) -> str:
    with PdfDocument(file) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def ruled(house: House, rules: ReportRules) -> House:
    """Give the house with other rules for its reports."""
    own = house.methods["sv-integracion"]
    return replace(house, methods={**house.methods, own.id: replace(own, report=rules)})


def tell(house: House, field: str, text: str, *, activity: str = "", period: str = JULY) -> None:
    enter(
        house, unit=NORTH, activity=activity, period=period, field=field, value=text, author="Beto"
    )  # fmt: skip


def test_texts_of_the_whole_report_go_up_and_are_there(
    office: House, centre: House, tmp_path: Path
) -> None:
    tell(office, "results", "Caminos abiertos")
    found = period_report(office, unit=NORTH, period=JULY)
    assert (found.state, found.report.said["results"]) == ("started", ("Caminos abiertos",))
    count(office, unit=NORTH, period=JULY, what="people", number="30", author="Beto")
    round_trip(office, centre, tmp_path)
    above = period_report(centre, unit=NORTH, period=JULY).report
    assert above.said["results"] == ("Caminos abiertos",)
    assert [(one.counted.what, one.number) for one in above.counts] == [("people", 30)]


def test_figures_need_an_activity(office: House) -> None:
    with pytest.raises(InputError) as caught:
        enter(office, unit=NORTH, activity="", period=JULY, value="3", author="Beto")
    assert caught.value.code == "activity-missing"


def test_an_accepted_report_takes_no_more_texts(
    office: House, centre: House, tmp_path: Path
) -> None:
    tell(office, "results", "Caminos abiertos")
    submit(office, unit=NORTH, period=JULY, author="Beto")
    round_trip(office, centre, tmp_path)
    accept(centre, unit=NORTH, period=JULY, author="Ana")
    round_trip(office, centre, tmp_path)
    tell(office, "lessons", "Empezar antes", period=AUGUST)
    for change in (
        lambda: copy_report(office, unit=NORTH, period=JULY, since=AUGUST, author="Beto"),
        lambda: tell(office, "results", "Otra cosa"),
        lambda: count(office, unit=NORTH, period=JULY, what="people", number="1", author="Beto"),
    ):
        with pytest.raises(InputError) as caught:
            change()
        assert caught.value.code == "period-closed"
    assert period_report(office, unit=NORTH, period=JULY).accepted == "holds"


def test_a_demand_is_entered_as_received_and_attended(office: House) -> None:
    outcome = enter(
        office, unit=NORTH, activity="1.3", period=AUGUST, value=Demand("8", "6"), author="Beto"
    )  # fmt: skip
    assert outcome.changed == 2
    rows = {row.code: row for row in evaluate(office, period=AUGUST, units=[NORTH]).rows}
    assert rows["1.3"].progress.percent == Decimal("0.75")
    enter(office, unit=NORTH, activity="1.3", period=AUGUST, value=Demand("0", None), author="Beto")
    rows = {row.code: row for row in evaluate(office, period=AUGUST, units=[NORTH]).rows}
    assert rows["1.3"].progress.rating == "not-applicable"


def test_people_are_told_apart_in_the_forms_own_words(office: House) -> None:
    def people(number: str, group: Group | None = None, what: str = "people") -> None:
        count(office, unit=NORTH, period=JULY, what=what, number=number, group=group, author="B")

    people("10")
    people("6", Group("Sexo", "mujeres"))
    people("4", Group("municipio", "San José"))
    people("5", Group("municipio", "san jose"))
    counts = period_report(office, unit=NORTH, period=JULY).report.counts
    assert [(one.counted.by, one.counted.group, one.number) for one in counts] == [
        ("", "", 10), ("municipio", "San José", 5), ("sexo", "Mujeres", 6),
    ]  # fmt: skip
    people("")
    assert len(period_report(office, unit=NORTH, period=JULY).report.counts) == 2


@pytest.mark.parametrize(
    ("what", "number", "group", "code"),
    [
        ("aves", "1", None, "count-unknown"),
        ("people", "-1", None, "count-negative"),
        ("people", "uno", None, "malformed-number"),
        ("people", "1", Group("edad", "Niñas"), "criterion-unknown"),
        ("people", "1", Group("sexo", "Otro"), "group-unknown"),
        ("people", "1", Group("municipio", " "), "group-unknown"),
        ("people", "1", Group("municipio", "San José " * 12), "group-too-long"),
    ],
)
def test_what_cannot_be_counted_is_refused(
    office: House, what: str, number: str, group: Group | None, code: str
) -> None:
    with pytest.raises(InputError) as caught:
        count(
            office, unit=NORTH, period=JULY, what=what, number=number, group=group, author="Beto"
        )  # fmt: skip
    assert caught.value.code == code


def test_people_of_an_activity_are_its_own(office: House) -> None:
    count(
        office, unit=NORTH, period=JULY, what="people", number="1,200", activity="1.1", author="B"
    )  # fmt: skip
    one = period_report(office, unit=NORTH, period=JULY).report.counts[0]
    assert (office.facts().text(one.item, "code"), one.number) == ("1.1", 1200)


def test_texts_are_copied_from_the_period_before_and_taken_back_in_one_gesture(
    office: House,
) -> None:
    tell(office, "narrative", "Se limpió", activity="1.1")
    tell(office, "narrative", "Se pintó", activity="1.2")
    tell(office, "lessons", "Empezar antes")
    say(office, "900")
    tell(office, "narrative", "Ya dicho", activity="1.2", period=AUGUST)
    outcome = copy_report(office, unit=NORTH, period=AUGUST, author="Beto")
    assert sorted((one.address.field, one.after) for one in outcome.changes) == [
        ("lessons", "Empezar antes"),
        ("narrative", "Se limpió"),
    ]
    assert outcome.gesture is not None
    assert undo(office, gesture=outcome.gesture, author="Beto").changed == 2
    only = copy_report(
        office, unit=NORTH, period=AUGUST, since=JULY.lower(), only=["executed"], activity="1.1",
        author="Beto",
    )  # fmt: skip
    assert [(one.address.field, one.after) for one in only.changes] == [("executed", 900)]
    nothing = copy_report(office, unit=NORTH, period="2024-10", since="2023-01", author="Beto")
    assert nothing.changed == 0


def test_what_cannot_be_copied_is_refused(office: House) -> None:
    for period, only, code in (
        ("2024-01", (), "period-first"),
        (AUGUST, ("target",), "copy-field"),
        (AUGUST, ("evidence",), "copy-field"),
        (AUGUST, ("nada",), "copy-field"),
    ):
        with pytest.raises(InputError) as caught:
            copy_report(office, unit=NORTH, period=period, only=only, author="Beto")
        assert caught.value.code == code


def test_another_units_report_is_not_copied_into(office: House, centre: House) -> None:
    enter(centre, unit=SOUTH, activity="2.1", period=JULY, note="Sur", author="Ana")
    assert copy_report(centre, unit=SOUTH, period=AUGUST, author="Ana").changed == 1


def test_a_method_may_refuse_what_is_incomplete(office: House) -> None:
    strict = ruled(office, replace(USUAL, missing="refuse"))
    with pytest.raises(InputError) as caught:
        submit(strict, unit=NORTH, period=JULY, author="Beto")
    assert (caught.value.code, caught.value.params["missing"]) == ("report-incomplete", 3)
    closed = ruled(office, replace(USUAL, missing="refuse", anyway=False))
    with pytest.raises(InputError) as caught:
        submit(closed, unit=NORTH, period=JULY, anyway="Sin luz", author="Beto")
    assert caught.value.code == "report-not-anyway"
    submit(strict, unit=NORTH, period=JULY, anyway=" Sin luz ", author="Beto")
    found = period_report(strict, unit=NORTH, period=JULY)
    assert (found.state, found.incomplete) == ("submitted", "Sin luz")


def test_a_complete_report_goes_without_a_reason(office: House) -> None:
    strict = ruled(office, replace(USUAL, missing="refuse"))
    for code, executed in (("1.1", "1200"), ("1.2", "3"), ("1.4", "1")):
        say(office, executed, code)
    submit(strict, unit=NORTH, period=JULY, anyway="por si acaso", author="Beto")
    assert period_report(strict, unit=NORTH, period=JULY).incomplete == ""


def test_the_index_of_evidence_tells_files_and_what_has_none(
    office: House, centre: House, tmp_path: Path
) -> None:
    act = tmp_path / "acta.pdf"
    act.write_bytes(b"acta firmada")
    say(office, "900", evidence=act)
    whole = tmp_path / "lista.xlsx"
    whole.write_bytes(b"lista")
    enter(office, unit=NORTH, activity="", period=JULY, evidence=whole, author="Beto")
    found = evidence_index(office, period=JULY)
    lines = [(one.code, one.attached and one.attached.file.name) for one in found.lines]
    assert lines == [("1.1", "acta.pdf"), ("1.2", None), ("1.4", None), ("", "lista.xlsx")]
    assert (found.bytes, found.over) == (17, ())
    assert found.lines[0].asked == "Acta de recepción"
    # Without a period, those that have begun: July and August; at the centre, all units.
    assert {one.period for one in evidence_index(office).lines} == {JULY, AUGUST}
    assert {one.unit for one in evidence_index(centre, period=JULY).lines} >= {NORTH, SOUTH}
    enter(office, unit=NORTH, activity="1.4", period=JULY, value=Demand("0", None), author="Beto")
    assert "1.4" not in [one.code for one in evidence_index(office, period=JULY).lines]
    tight = ruled(office, replace(USUAL, evidence_bytes=10))
    assert evidence_index(tight, period=JULY).over == ((NORTH, JULY),)


def test_an_activity_may_have_several_files(office: House, centre: House, tmp_path: Path) -> None:
    files = [tmp_path / f"foto{n}.jpg" for n in range(3)]
    for n, file in enumerate(files):
        file.write_bytes(b"foto" * (n + 1))
    say(office, "900", evidence=files[0])
    of = {"unit": NORTH, "period": JULY, "author": "Beto"}
    added = add_evidence(office, activity="1.1", files=files[1:], **of)
    assert [one.address.field for one in added.changes] == ["evidence/2", "evidence/3"]
    add_evidence(office, activity="", files=files[:1], **of)
    assert added.gesture is not None
    round_trip(office, centre, tmp_path)
    found = evidence_index(centre, units=[NORTH], period=JULY)
    names = [(one.code, one.attached.file.name) for one in found.lines if one.attached]
    assert names == [
        ("1.1", "foto0.jpg"), ("1.1", "foto1.jpg"), ("1.1", "foto2.jpg"), ("", "foto0.jpg"),
    ]  # fmt: skip
    # The same content in two places is one file.
    assert found.bytes == 24
    undo(office, gesture=added.gesture, author="Beto")
    assert len([one for one in evidence_index(office, period=JULY).lines if one.attached]) == 2
    submit(office, unit=NORTH, period=JULY, author="Beto")
    round_trip(office, centre, tmp_path)
    accept(centre, unit=NORTH, period=JULY, author="Ana")
    round_trip(office, centre, tmp_path)
    with pytest.raises(InputError) as caught:
        add_evidence(office, activity="1.1", files=files[1:], **of)
    assert caught.value.code == "period-closed"


def test_a_text_of_the_whole_report_is_observed_and_only_it_is_open(
    office: House, centre: House, tmp_path: Path
) -> None:
    tell(office, "results", "Bien")
    tell(office, "risks", "Ninguno")
    submit(office, unit=NORTH, period=JULY, author="Beto")
    round_trip(office, centre, tmp_path)
    observe(centre, unit=NORTH, period=JULY, field="results", text="¿Cuántos?", author="Ana")
    with pytest.raises(InputError) as caught:
        observe(centre, unit=NORTH, period=JULY, field="executed", text="¿?", author="Ana")
    assert caught.value.code == "activity-missing"
    return_report(centre, unit=NORTH, period=JULY, reason="Corrija", author="Ana")
    observe(centre, unit=NORTH, period=JULY, field="lessons", text="Falta", author="Ana")
    round_trip(office, centre, tmp_path)
    cells = [one.address.field for one in list_observations(office, only_open=True)]
    assert {"results", "lessons"} <= set(cells)
    tell(office, "results", "Cuatro puentes")
    tell(office, "lessons", "Empezar antes")
    with pytest.raises(InputError) as caught:
        tell(office, "risks", "Lluvias")
    assert caught.value.code == "cell-not-observed"


def test_a_report_prints_with_all_of_it(office: House, tmp_path: Path) -> None:
    act = tmp_path / "acta.pdf"
    act.write_bytes(b"acta firmada")
    say(office, "900", evidence=act)
    tell(office, "difficulty", "Lluvias fuertes", activity="1.1")
    tell(office, "results", "Caminos abiertos")
    enter(office, unit=NORTH, activity="1.4", period=JULY, value=Demand("0", None), author="Beto")
    enter(office, unit=NORTH, activity="1.2", period=JULY, value=Demand("4", "3"), author="Beto")
    count(office, unit=NORTH, period=JULY, what="people", number="30", author="Beto")
    count(
        office, unit=NORTH, period=JULY, what="people", number="17", activity="1.1",
        group=Group("sexo", "Mujeres"), author="Beto",
    )  # fmt: skip
    strict = ruled(
        office,
        replace(
            office.methods["sv-integracion"].report,
            missing="refuse",
            evidence_bytes=5,
            fields=(
                *office.methods["sv-integracion"].report.fields,
                AskedField("spent", NAME, "activity", "always"),
            ),
        ),
    )
    submit(strict, unit=NORTH, period=JULY, anyway="Sin luz", author="Beto")
    done = print_report(strict, unit=NORTH, period=JULY, file=tmp_path / "informe.pdf")
    text = pdf_text(done.file)
    for words in (
        "Informe mensual de seguimiento del PAT", "julio de 2024", "Lluvias fuertes",
        "Caminos abiertos", "No aplica", "3 atendidas de 4", "Mujeres", "acta.pdf", "Sin luz",
        "Elaborado por", "Lo que falta",
    ):  # fmt: skip
        assert words in text, words
    index = print_evidence(strict, file=tmp_path / "indice.pdf", period=JULY)
    assert "pasan del máximo de 5 bytes" in pdf_text(index.file)
    sheets = print_report(strict, unit=NORTH, period=JULY, file=tmp_path / "informe.xlsx").sheets
    assert sheets is not None
    assert sheets >= 4


def test_a_report_of_nothing_prints_too(centre: House, tmp_path: Path) -> None:
    load(centre)
    done = print_report(centre, unit=NORTH, period="2024-01", file=tmp_path / "enero.pdf")
    assert done.pages == 1
    empty = print_evidence(centre, file=tmp_path / "nada.pdf", period="2024-01")
    assert (empty.pages, empty.rows) == (1, 0)
