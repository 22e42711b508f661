import pytest

from quipu.domain.aliases import LIKELY, likeness, propose

SAME = [
    ("Sub.G. Desarrollo Social", "Sub. G. de Desarrollo Social"),
    ("Sub. G. Desarrollo Social", "Sub. Desarrollo Social"),
    ("Gerencias Regionales", "GRs"),
    ("G. Regionales", "Gerencias Regionales"),
    ("A. Planeamiento", "Planeamiento"),
    ("P. Ejecutiva", "Presidencia Ejecutiva"),
    ("Á. Estratégicas", "Áreas Estratégicas"),
    ("R. Humanos", "Recursos humanos"),
    ("E. Comerciales", "Empresas Comerciales"),
    ("Sub. G. Adm. Financiera", "Sub. G. Administrativa Financiera"),
    ("Gerencia General", "Gerensia General"),
]
OTHER = [
    ("A. Planeamiento", "A. Planificación"),
    ("Gerencia General", "Gerencias Regionales"),
    ("A. Financiera", "Sub. G. Adm. Financiera"),
    ("ASIS", "A. Informática"),
    ("G.", "Gte."),
    ("", "ASIS"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_unit(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one) >= LIKELY


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_names_of_two_units(one: str, other: str) -> None:
    assert likeness(one, other) < LIKELY


def test_proposals_name_the_unit_that_exists_or_the_fullest_name() -> None:
    printed = {
        "G. General": 12,
        "Gerencia General": 6,
        "Regionales": 1,
        "G. Regionales": 9,
        "ASIS": 4,
    }
    units = {"item": ["Gerencias Regionales", "GRs"]}
    found = [(one.name, one.alias, one.unit, one.count) for one in propose(printed, units)]
    assert found == [
        ("Gerencia General", "G. General", "", 12),
        ("Gerencias Regionales", "G. Regionales", "item", 9),
        ("Gerencias Regionales", "Regionales", "item", 1),
    ]
    assert propose({"Gerencias regionales": 1, "GRs": 2}, units) == []
    assert propose({"Bodega": 1}, {}) == []
