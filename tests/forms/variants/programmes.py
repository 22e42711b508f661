"""Weighted programmes (S4) as many offices would hold them, made from a number."""

from decimal import Decimal
from random import Random

from tests.forms.variants.desk import Page
from tests.forms.variants.judge import Variant, Wanted

FORM = "cl-ips"
HEADINGS = {
    "product": ["Productos o subproductos ⁴", "PRODUCTOS O SUBPRODUCTOS", "Producto o subproducto",
                "Productos / subproductos"],
    "objective": ["Objetivos Específicos ⁵", "OBJETIVO ESPECÍFICO", "Objetivos especificos"],
    "indicator": ["Indicador ⁶", "INDICADORES", "Indicador"],
    "activity": ["Actividades comprometidas ⁷", "ACTIVIDADES COMPROMETIDAS",
                 "Actividades\ncomprometidas"],
    "verification": ["Medio de verificación ⁸", "MEDIOS DE VERIFICACION", "Medio de verif."],
    "weight": ["Ponderac. actividad (%) ⁹", "PONDERACIÓN ACTIVIDAD (%)", "Ponderación actividad",
               "Pond. actividad (%)"],
    "lead": ["Unidad Responsable ¹⁰", "UNIDADES RESPONSABLES", "Responsable"],
}  # fmt: skip
SIMPLE = {**HEADINGS, "objective": ["Objetivo", "OBJETIVOS"],
          "activity": ["Actividades comprometidas ²⁶", "Actividades comprometidas"],
          "verification": ["Medio de verificación ²⁷", "Medios de verificación"],
          "weight": ["Ponderación actividad(%) ²⁸", "Ponderación actividad (%)"],
          "lead": ["Unidad Responsable ²⁹", "Unidad responsable"]}  # fmt: skip
PRODUCTS = ["Servicios de pago", "Orientación a pensionados", "Atención en terreno"]
SUBS = ["Pago en efectivo", "Pago electrónico", "Módulos móviles"]
AIMS = [
    "Mejorar los tiempos de espera en las sucursales",
    "Acercar los trámites a la costa",
    "Difundir los beneficios del pilar solidario",
    "Ordenar la entrega de información",
]
DEEDS = ["Reunión con los encargados de sucursal", "Diseño del plan de visitas",
         "Ejecución del plan de visitas", "Evaluación de los resultados",
         "Envío de oficio al gobierno regional", "Firma de acta de acuerdos"]  # fmt: skip
PROOFS = ["Lista de asistencia", "Copia de oficio", "Informe de resultados"]
NAMES = {
    "1.1": "Programa de Trabajo de Gestión Territorial 2027",
    "2.1": "Programa de Trabajo para incorporar perspectiva territorial a los sistemas",
}
REGIONS = ["Región de Atacama", "Región de Aysén", "Dirección Regional Maule"]


def _order(rng: Random, code: str) -> list[str]:
    names = list(HEADINGS)
    order = names if code == "1.1" else [names[1], *names[3:]]
    if rng.random() < 0.2:
        order = [*order[:-3], *rng.sample(order[-3:], 3)]
    return order


def _weights(rng: Random, parts: int) -> list[Decimal]:
    if parts == 1:
        return [Decimal("2.2")]
    cuts = sorted(rng.sample(range(1, 22), parts - 1))
    return [Decimal(b - a) / 10 for a, b in zip([0, *cuts], [*cuts, 22], strict=True)]


def _above(rng: Random, page: Page, code: str, region: str, wide: int, writer: str) -> None:
    """What stands over the table: the programme's name, the region, its weight."""
    page.rows.append([f"Actividad III. {code}: {NAMES[code]}"])
    sign = " =" if code == "1.1" else ":"
    label = rng.choice(
        [f"INSTITUCIÓN / REGIÓN{sign} {region}", f"Institución / Región{sign} {region}"]
    )
    weight = rng.choice(["Ponderación Programa de Trabajo (%) = 2,2%",
                         "PONDERACION PROGRAMA DE TRABAJO (%) = 2,2%"])  # fmt: skip
    if rng.random() < 0.5:
        page.rows.append([label, *[""] * (wide - 3), weight])
    else:
        page.rows += [[label], [weight]]
    if writer != "pipes" and rng.random() < 0.4:
        page.rows.append([])


def make(seed: int, writer: str) -> tuple[list[Page], Variant, dict[str, object]]:
    rng = Random(seed)
    code = rng.choice(["1.1", "1.1", "2.1"])
    names = HEADINGS if code == "1.1" else SIMPLE
    order = _order(rng, code)
    region = rng.choice(REGIONS)
    title = [["PROGRAMA DE TRABAJO GESTIÓN TERRITORIAL - AÑO 2027"], []]
    page = Page("Programa", [*title] if rng.random() < 0.4 else [])
    _above(rng, page, code, region, len(order), writer)
    headings = {name: rng.choice(names[name]) for name in order}
    page.rows.append([headings[name] for name in order])
    top = Wanted("programme", f"III. {code}", NAMES[code], region, "", {"weight": "2,2%"})
    wanted: list[Wanted] = [top]
    found: set[tuple[str, str]] = set()
    aims = rng.sample(AIMS, rng.randint(2, 4))
    weights = _weights(rng, len(aims))
    defect = rng.choice(["", "", "sum", "few", "no weight"])
    if defect == "sum":
        weights[-1] += Decimal("0.3")
        found.add(("weights-sum", top.code))
    mark = rng.choice([". ", "\n", "lines"])
    for number, (aim, weight) in enumerate(zip(aims, weights, strict=True)):
        product = PRODUCTS[number % 3] if number < 3 and code == "1.1" else ""
        above = _product(wanted, product, region, top) if code == "1.1" else top.code
        steps = rng.sample(DEEDS, rng.randint(2, 3))
        if defect == "few" and not found:
            steps = steps[:1]
            found.add(("too-few-activities", aim))
        row = Wanted("objective", "", aim, region, above)
        row.fields = {"verification": rng.choice(PROOFS), "weight": f"{weight}".replace(".", ","),
                      "lead": "Coordinación Regional"}  # fmt: skip
        cells = {"objective": aim, "activity": _steps(steps, mark, writer), **row.fields}
        if code == "1.1":
            row.fields["indicator"] = "N° de visitas realizadas / N° de visitas programadas"
            cells["indicator"] = "<u>N° de visitas realizadas</u> N° de visitas programadas"
        if product:
            cells["product"] = f"<u>{product}</u> {SUBS[number % 3]}"
        wanted.append(row)
        wanted += [Wanted("activity", "", x, region, aim) for x in _said(steps, mark, writer)]
        page.rows.append([cells.get(name, "") for name in order])
    if code == "1.1":
        found.update(("threshold-missing", aim) for aim in aims)
    variant = Variant(f"programme {seed} {writer}", wanted, found, 2027)
    return [page], variant, {"code": code, "order": order, "heads": headings, "mark": mark,
                             "defect": defect}  # fmt: skip


def _product(wanted: list[Wanted], product: str, region: str, top: Wanted) -> str:
    if not product:
        return next(row.text for row in reversed(wanted) if row.kind == "product")
    wanted.append(Wanted("product", "", product, region, top.code))
    return product


def _steps(steps: list[str], mark: str, writer: str) -> str:
    if writer == "pipes" or mark == ". ":
        return " ".join(f"{step}." for step in steps)
    if mark == "lines":
        return "\n".join(f"{number}. {step}." for number, step in enumerate(steps, 1))
    return "\n".join(steps)


def _said(steps: list[str], mark: str, writer: str) -> list[str]:
    """The texts of the items: a number before one is a part of it."""
    if writer == "pipes" or mark != "lines":
        return steps
    return [f"{number}. {step}" for number, step in enumerate(steps, 1)]
