import pytest

from quipu.domain.mentions import looks_like_units, read_mentions

CELLS = [
    (
        "<u>Sub.G. Desarrollo Social</u> Presidencia Ejecutiva A. Planeamiento GRs A. Jurídica",
        ["Sub. G. Desarrollo Social"],
        ["Presidencia Ejecutiva", "A. Planeamiento", "GRs", "A. Jurídica"],
    ),
    (
        "<u>P. Ejecutiva G General</u> Sub. G. Administrativa Financiera A Financiera",
        ["P. Ejecutiva", "G General"],
        ["Sub. G. Administrativa Financiera", "A Financiera"],
    ),
    (
        "<u>Sub. G. Adm.</u> <u>Financiera</u> A. Planeamiento Equipos Adm. Financiero de las G. "
        "Regionales.",
        ["Sub. G. Adm. Financiera"],
        ["A. Planeamiento", "Equipos Adm. Financiero de las G. Regionales"],
    ),
    ("A. <u>Planeamiento</u> Regionales.", ["A. Planeamiento"], ["Regionales"]),
    (
        "Presidencia Ejecutiva <u>Gerencia General</u>",
        ["Gerencia General"],
        ["Presidencia Ejecutiva"],
    ),
    (
        "ASIS. Sub. G .Desarrollo Social G .Regionales",
        [],
        ["ASIS", "Sub. G. Desarrollo Social", "G. Regionales"],
    ),
    (
        "<u>Desarrollo Informático</u> G. GeneralSub. G. Adm. FinancieraASIS",
        ["Desarrollo Informático"],
        ["G. General", "Sub. G. Adm. Financiera", "ASIS"],
    ),
    (
        "<u>P. Ejecutiva</u> Comisión Institucional de Valores, Ética y Transparencia. R. Humanos",
        ["P. Ejecutiva"],
        ["Comisión Institucional de Valores, Ética y Transparencia", "R. Humanos"],
    ),
    (
        "Adm. Superior y Consejo Directivo, A. Administrativa de Gerencias Reg. Área Financiera",
        [],
        [
            "Adm. Superior",
            "Consejo Directivo",
            "A. Administrativa de Gerencias Reg.",
            "Área Financiera",
        ],
    ),
    (
        "Gerencia de Obras\nAlmacén central; Taller / -",
        [],
        ["Gerencia de Obras", "Almacén central", "Taller"],
    ),
    ("Compras, Bodega, Compras", [], ["Compras", "Bodega"]),
    ("ASIS <u>Obras</u> Talleres", ["Obras"], ["ASIS", "Talleres"]),
    ("", [], []),
]


@pytest.mark.parametrize(("cell", "leads", "others"), CELLS)
def test_units_of_a_cell(cell: str, leads: list[str], others: list[str]) -> None:
    found = read_mentions(cell)
    assert (list(found.leads), list(found.others)) == (leads, others)


def test_units_are_told_from_activities() -> None:
    assert looks_like_units("A. <u>Planeamiento</u>")
    assert looks_like_units("Sub. G. Desarrollo Social Regionales")
    assert not looks_like_units("Elaborar una propuesta de redefinición")
    assert not looks_like_units("")
