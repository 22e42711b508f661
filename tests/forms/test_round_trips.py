"""Any table drawn from random facts by any form, written and read again, gives the same rows."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quipu.domain.facts import Facts
from quipu.domain.row import Row
from quipu.domain.value import PUBLISHED
from quipu.files.reader import read_file
from quipu.files.text import read_text
from quipu.files.workbook import write_workbook
from quipu.forms.definition import Form
from quipu.forms.document import Document
from quipu.forms.draw import DrawRequest, draw
from quipu.forms.language import load_forms
from quipu.forms.recognise import recognise
from quipu.forms.rows import row_values, rows_from_facts
from quipu.settings import forms_dir
from tests.forms.random_plans import PLAN, YEAR, Shape, plans
from tests.forms.sample_plan import paper
from tests.forms.written import as_text, write_letter

FORMS: dict[str, Form] = load_forms(forms_dir())
_SCORES = "{0}.{2}", "{0}.{2}.{3}", "{0}.{2}.{3}.{4}", "{0}.{2}.{3}.{4}.{5}", "{6}"
_LEADS = ("Gerencia General", "ASIS", "Subgerencia de Soporte")
SHAPES = (
    Shape("sv-integracion/pat-programa", {"activity": "1.{0}"}),
    Shape("sv-integracion/pat-proceso"),
    Shape("sv-integracion/pat-asesoras"),
    Shape("sv-integracion/control-de-cambios"),
    Shape(
        "sv-integracion/acciones-estrategicas",
        {"objective": "OE 1.{0}", "action": "AE 1.{0}.{1}"},
    ),
    Shape(
        "sv-caja-mutual/poa",
        {"objective": "OE.{0}", "action": "AE.{0}.{1}", "activity": "AO.{0}.{1}.{2}"},
        named=("lead", "area"),
        shared=("objective",),
        single=("objective",),
    ),
    Shape(
        "ejemplo/plan-semestral",
        {"axis": "Eje {0}", "objective": "{0}.{1}", "action": "{0}.{1}.{2}"},
    ),
    Shape(
        "pe-huamanga/programacion",
        {"objective": "OEI.{0}", "action": "AEI.{0}.{1}", "activity": "{2}"},
    ),
    Shape("pe-huamanga/objetivos", {"objective": "{0}"}),
    Shape(
        "pe-huamanga/presupuesto",
        {"input": "2.3.{2}"},
        texts={"total": ("Total",), "category": ("Bienes", "Servicios")},
    ),
    Shape(
        "pe-huamanga/cuadro-necesidades",
        {"need": "2.3.{2}"},
        texts={"total": ("Total",), "category": ("Bienes", "Servicios")},
    ),
    Shape(
        "cr-imas/cmi",
        dict(
            zip(("objective", "indicator", "goal", "initiative", "activity"), _SCORES, strict=True)
        ),
        {"lead": _LEADS, "duration": ("Seis meses", "Un año", "Permanente")},
        texts={
            "perspective": ("Perspectiva del Usuario", "Perspectiva Financiera"),
            "process": ("Proceso Social",),
        },
        stop=".",
        most=2,
    ),
    Shape(
        "cl-ips/gestion-territorial",
        {"programme": "III.1.1", "objective": "{2}.-"},
        single=("programme",),
        stop=".",
    ),
    Shape(
        "cl-ips/complementariedad",
        {"programme": "III.1.2", "objective": "{2}.-"},
        single=("programme",),
        stop=".",
    ),
    Shape("cl-ips/plan-plurianual", {"objective": "{0}"}),
    Shape("pe-huamanga/calendario-formulacion"),
    Shape("pe-huamanga/calendario-evaluacion"),
    Shape("cl-ips/informacion-gore", {"programme": "III.2.1"}, single=("programme",), stop="."),
)

_APART = ("where", "measure")


def said(rows: Iterable[Row], shape: Shape) -> list[tuple[object, ...]]:
    """What each row says as facts, whose it is, and what it hangs from.

    Sums of other rows are no facts, and rows that no unit has come last in a stored plan.
    """
    form, rows = FORMS[shape.form], list(rows)
    found = [
        (
            row.kind,
            row.unit,
            rows[row.parent].text if row.parent is not None else "",
            {
                key: value
                for key, value in row_values(row, form).items()
                if not key[0].endswith(PUBLISHED) and key[0] not in _APART
                if not form.level(row.kind).sum or key[0] in ("code", "text")
            },
        )
        for row in rows
    ]
    return sorted(found, key=str) if shape.shared else found


def readings(document: Document, shape: Shape) -> dict[str, list[tuple[object, ...]]]:
    forms = [FORMS[shape.form]]
    with TemporaryDirectory() as folder:
        book, letter = Path(folder) / "plan.xlsx", Path(folder) / "plan.docx"
        write_workbook(document, book)
        write_letter(document, letter)
        raws = {
            "xlsx": read_file(book),
            "docx": read_file(letter),
            "tsv": read_text(as_text(document), "plan.tsv"),
        }
        return {
            kind: said(recognise(raw, forms, year=YEAR).rows, shape) for kind, raw in raws.items()
        }


def test_every_form_with_a_table_is_drawn() -> None:
    assert {shape.form for shape in SHAPES} == {n for n, form in FORMS.items() if form.columns}


@pytest.mark.stress
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.form)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_same_with_many_more_plans(data: st.DataObject, shape: Shape) -> None:
    check(data, shape)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.form)
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_drawn_written_and_read_is_the_same(data: st.DataObject, shape: Shape) -> None:
    check(data, shape)


def check(data: st.DataObject, shape: Shape) -> None:
    """Draw a plan, write it in each way, read it again, and compare with what is stored."""
    form = FORMS[shape.form]
    facts: Facts = data.draw(plans(form, shape))
    document = draw([form], facts, DrawRequest(PLAN, "plan"), paper)
    stored = said(rows_from_facts(facts, PLAN, {form.id: form}), shape)
    for kind, found in readings(document, shape).items():
        assert found == stored, kind
