"""The part of a method file that says what the report of a period asks for."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from quipu import settings
from quipu.forms.language import load_method, load_sound_methods
from quipu.forms.method_report import USUAL
from tests.forms.test_method import told, write

FIELD = '[[reporting.field]]\nfield = "{0}"\ntitle = {{ es = "Campo" }}\n'
COUNT = '[[reporting.count]]\ncount = "{0}"\ntitle = {{ es = "Cuenta" }}\n'
CRITERION = '[[reporting.criterion]]\ncode = "{0}"\ntitle = {{ es = "Criterio" }}\n'


def test_what_is_not_said_is_usual(tmp_path: Path) -> None:
    assert load_method(write(tmp_path, ""), root=tmp_path).report == USUAL
    assert USUAL.count("people") is not None
    assert USUAL.count("others") is USUAL.criterion("sexo") is None


def test_a_report_is_read(tmp_path: Path) -> None:
    text = (
        '[reporting]\ntitle = { es = "Informe" }\nbelow = 0.75\nmissing = "refuse"\n'
        'anyway = false\nevidence_bytes = 900\nsignatures = ["Jefe"]\n'
        + FIELD.format("risks")
        + 'of = "report"\nrequired = "always"\n'
        + COUNT.format("people")
        + 'required = true\nby = ["sexo"]\n'
        + CRITERION.format("sexo")
        + 'groups = ["Mujeres", "Hombres"]\n'
    )
    rules = load_method(write(tmp_path, text), root=tmp_path).report
    assert (rules.below, rules.missing, rules.anyway) == (Decimal("0.75"), "refuse", False)
    assert (rules.evidence_bytes, rules.signatures) == (900, ("Jefe",))
    field, count, criterion = rules.fields[0], rules.counts[0], rules.criteria[0]
    assert (field.code, field.of, field.required) == ("risks", "report", "always")
    assert (count.code, count.required, count.by) == ("people", True, ("sexo",))
    assert (criterion.code, criterion.groups) == ("sexo", ("Mujeres", "Hombres"))


def test_mistakes_of_a_report_are_told(tmp_path: Path) -> None:
    twice = FIELD.format("risks") * 2
    assert told(tmp_path, twice)[0][1:] == ("reporting.field[2].field", "repeated-entry")
    plan_field = told(tmp_path, FIELD.format("target"))
    assert plan_field[0][1:] == ("reporting.field[1].field", "field-not-reported")
    unknown = COUNT.format("people") + 'by = ["sexxo"]\n' + CRITERION.format("sexo")
    assert told(tmp_path, unknown)[0][2] == "unknown-criterion"
    both = FIELD.format("narrative") + FIELD.format("narrative") + 'of = "report"\n'
    assert told(tmp_path, both) == []


def test_institutions_ask_for_what_their_documents_say() -> None:
    methods = load_sound_methods(settings.forms_dir())[0]
    plan = methods["sv-integracion"].report
    people = plan.count("people")
    assert people is not None
    assert people.by == ("sexo", "institucion", "municipio", "departamento")
    assert [one.code for one in plan.of("report")] == [
        "results", "risks", "lessons", "recommendation",
    ]  # fmt: skip
    quarterly = {one.code: one.required for one in methods["pe-huamanga"].report.of("activity")}
    assert quarterly["measures_taken"] == "below"
