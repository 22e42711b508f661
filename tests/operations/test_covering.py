from __future__ import annotations

from pathlib import Path

import pytest

from quipu.domain.errors import InputError, WorkspaceError
from quipu.operations.covering import coverage, link_activity, proposed_unit, unlink_activity
from quipu.operations.house import House
from quipu.operations.loading import load_plan
from quipu.operations.printing import document
from quipu.operations.workspaces import open_house
from tests.operations.plans import FORM, NORTH, WHOLE, YEAR, admit

HEADER = (
    "Objetivo Estratégico", "Acción Estratégica", *map(str, range(2024, 2030)), "Cantidad",
    "Indicadores de Productos", "Responsable",
)  # fmt: skip
ACTIONS = (
    ("AE 1.1.1 Construir puentes", "Puentes", "Caminos del Norte"),
    ("AE 1.1.2 Medir", "Medidas", "Dirección de Obras"),
)
ANNEX = "\n".join(
    (
        "Anexo 1. Acciones Estratégicas anualizadas",
        "",
        "\t".join(HEADER),
        *(
            "\t".join(("OE 1.1 Unir los pueblos", action, *[""] * 6, "1", product, lead))
            for action, product, lead in ACTIONS
        ),
        "",
    )
)


@pytest.fixture
def planned(centre: House) -> House:
    load_plan(centre, text=WHOLE + ANNEX, name="p.tsv", form=FORM, year=YEAR, author="Ana")
    return centre


def test_links_cover_actions_and_can_be_taken_away(planned: House) -> None:
    before = coverage(planned)
    assert [one.code for one in before.uncovered] == ["AE 1.1.1", "AE 1.1.2"]
    assert len(before.loose) == 9
    done = link_activity(planned, unit=NORTH, activity="1.1", to="AE 1.1.1", author="Ana")
    assert done.outcome.changed == 1
    after = coverage(planned)
    assert [one.code for one in after.uncovered] == ["AE 1.1.2"]
    assert after.actions[0].activities == (f"{NORTH}: 1.1 Conservar los caminos de tierra",)
    assert len(after.loose) == 8
    gone = unlink_activity(planned, unit=NORTH, activity="1.1", author="Ana")
    assert (gone.action, len(coverage(planned).loose)) == ("", 9)


def test_responsibles_are_proposed_as_units_by_their_names(planned: House) -> None:
    assert [one.unit for one in coverage(planned).actions] == [NORTH, "DIRECCIÓN DE OBRAS"]


@pytest.mark.parametrize(
    ("lead", "unit"),
    [
        ("Gerencia de Planificación", "GERENCIA DE PLANIFICACIÓN ESTRATÉGICA Y GESTIÓN"),
        ("Tecnologías de la Información", "UNIDAD DE TECNOLOGÍAS DE LA INFORMACIÓN"),
        ("Dirección General", ""),
        ("Gerencia", ""),
        ("", ""),
    ],
)
def test_a_name_means_one_unit_or_none(lead: str, unit: str) -> None:
    names = [
        "GERENCIA DE PLANIFICACIÓN ESTRATÉGICA Y GESTIÓN",
        "UNIDAD DE TECNOLOGÍAS DE LA INFORMACIÓN",
        "UNIDAD DE ARCHIVO",
    ]
    assert proposed_unit(lead, names) == unit or lead == "Gerencia"
    assert proposed_unit("Obras", ["Obras", "Obras"]) == ""
    assert proposed_unit(lead, []) == ""


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"to": "AE 9.9.9"}, "action-unknown"),
        ({"to": "OE 1.1"}, "action-unknown"),
        ({"activity": "7.7"}, "activity-unknown"),
        ({"activity": "AE 1.1.1"}, "link-kind"),
        ({"unit": "Biblioteca"}, "unit-unknown"),
    ],
)
def test_what_cannot_be_linked(planned: House, given: dict[str, str], code: str) -> None:
    said = {"unit": NORTH, "activity": "1.1", "to": "AE 1.1.1"} | given
    with pytest.raises(InputError) as caught:
        link_activity(planned, **said, author="Ana")
    assert caught.value.code == code


def test_an_office_does_not_link(planned: House, tmp_path: Path) -> None:
    joined = admit(planned, tmp_path / "offices", "norte", NORTH)
    with (
        open_house(folder=joined.folder, write=True) as office,
        pytest.raises(WorkspaceError, match="centre-only"),
    ):
        link_activity(office, unit=NORTH, activity="1.1", to="AE 1.1.1", author="Beto")


def test_the_report_prints(planned: House) -> None:
    link_activity(planned, unit=NORTH, activity="1.1", to="AE 1.1.1", author="Ana")
    actions, loose = document(planned, form="sv-integracion/cobertura").sheets
    texts = [[cell.text for cell in row.cells if cell] for row in actions.rows]
    assert texts[2][0] == "AE 1.1.2 Medir"
    assert texts[2][3] == "Sin actividades"
    assert len(loose.rows) == 9
