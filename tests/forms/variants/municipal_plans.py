"""The tables of S3 as many offices would hold them, made from a number."""

from collections.abc import Callable
from decimal import Decimal
from random import Random

from tests.forms.variants.desk import Page, Value
from tests.forms.variants.judge import Variant, Wanted

FORM = "pe-huamanga"
MONTHS = [
    ["Ene", "Feb", "Mar", "Abr", "May", "Jun", "Jul", "Ago", "Sep", "Oct", "Nov", "Dic"],
    ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SET", "OCT", "NOV", "DIC"],
    list("EFMAMJJASOND"),
    [
        "Enero",
        "Febrero",
        "Marzo",
        "Abril",
        "Mayo",
        "Junio",
        "Julio",
        "Agosto",
        "Setiembre",
        "Octubre",
        "Noviembre",
        "Diciembre",
    ],
]
UNITS = ["SUBGERENCIA DE OBRAS", "Gerencia de Transportes", "OFICINA DE TESORERÍA",
         "Subgerencia de Limpieza Pública"]  # fmt: skip
DEEDS = ["Mantener pistas del cercado", "Supervisar obras de saneamiento", "Sembrar árboles",
         "Atender quejas vecinales", "Emitir licencias", "Inspeccionar mercados"]  # fmt: skip
AIMS = ["Mejorar los servicios del mercado central", "Ordenar el transporte urbano",
        "Promover la participación vecinal", "Proteger las áreas verdes"]  # fmt: skip


def _place(rng: Random, page: Page, lines: list[str], left: int) -> None:
    for line in lines:
        page.rows.append([*[""] * left, line])
    page.rows += [[] for _ in range(rng.randint(0, 2))]


def _months(rng: Random, page: Page, order: list[str], left: int, groups: dict[str, str],
            words: dict[str, str], months: list[str]) -> None:  # fmt: skip
    """Write a heading of two rows: groups over months, the other words beside them."""
    top = len(page.rows)
    page.rows += [[""] * (left + len(order)) for _ in range(2)]
    merged = rng.random() < 0.6
    for name, words_over in groups.items():
        first = left + order.index(f"{name}01")
        page.rows[top][first] = words_over
        if merged:
            page.merges.append((top, first, top, first + 11))
    for at, name in enumerate(order, left):
        if name[-2:].isdigit():
            page.rows[top + 1][at] = months[int(name[-2:]) - 1]
        else:
            page.rows[top][at] = words[name]
            if merged:
                page.merges.append((top, at, top + 1, at))


def _choices(rng: Random, year: int) -> tuple[dict[str, str], list[str], dict[str, str]]:
    """Give the headings of an office, the order of its columns, and the words over its months."""
    words = {
        "code": rng.choice(["N°", "Nº", "Nro.", "Cód."]),
        "text": rng.choice(["ACTIVIDAD", "Actividades", "ACTIVIDAD OPERATIVA", "Actividad (*)"]),
        "indicator": rng.choice(["INDICADOR", "Indicador", "INDICADORES"]),
        "unit_of_measure": rng.choice(["UNIDAD DE MEDIDA", "U.M.", "Unid. de medida"]),
        "critical_element": rng.choice(["ELEMENTO CRÍTICO", "Elementos críticos"]),
        "total": rng.choice(["META ANUAL", "Meta anual", "META FISICA ANUAL"]),
        "budget": rng.choice(["COSTO ANUAL S/.", "Costo anual (S/)", "Presupuesto anual S/."]),
        "lead": rng.choice(["RESPONSABLE", "Responsables", "Unidad responsable"]),
    }
    costs = rng.random() < 0.6
    order = ["code", "text", "indicator", "unit_of_measure"]
    order += ["critical_element"] if rng.random() < 0.7 else []
    order += ["total", *(f"t{month:02}" for month in range(1, 13))]
    order += ["budget", *(f"c{month:02}" for month in range(1, 13))] if costs else []
    order.insert(1 if rng.random() < 0.3 else len(order), "lead")
    over = ["METAS MENSUALES", f"METAS MENSUALES {year}", "Meta física mensual"]
    groups = {"t": rng.choice(over)}
    if costs:
        groups["c"] = rng.choice(["COSTO MENSUAL S/.", f"Costo mensual {year}", "COSTOS (S/.)"])
    return words, order, groups


def programming(rng: Random) -> tuple[list[Page], list[Wanted], set[tuple[str, str]], str]:
    year, left = 2027, rng.choice([0, 0, 1])
    words, order, groups = _choices(rng, year)
    months, unit = rng.choice(MONTHS), rng.choice(UNITS)
    page = Page("Programación")
    title = [f"PROGRAMACIÓN DE ACTIVIDADES DE LA UNIDAD ORGÁNICA: {unit}"]
    if rng.random() < 0.5:
        title = [f"Unidad orgánica: {unit}"]
    if rng.random() < 0.5:
        title = ["MUNICIPALIDAD PROVINCIAL DE HUAMANGA", f"PLAN OPERATIVO INSTITUCIONAL {year}",
                 *title]  # fmt: skip
    _place(rng, page, title, left)
    _months(rng, page, order, left, groups, words, months)
    wanted: list[Wanted] = []
    found: set[tuple[str, str]] = set()
    defect = rng.choice(["", "", "sum", "cost", "indicator"])
    above = ""
    for number in range(1, rng.randint(2, 3)):
        if rng.random() < 0.7:
            objective = Wanted("objective", f"OEI.0{number}", rng.choice(AIMS), unit)
            action = Wanted("action", f"AEI.0{number}.01", rng.choice(AIMS), unit, objective.code)
            for one in (objective, action):
                cells: list[Value] = [*[""] * left, f"{one.code} {one.text}"]
                if order[1] == "text" and rng.random() < 0.5:
                    cells = [*[""] * left, one.code, one.text]
                page.rows.append(cells)
                wanted.append(one)
            above = action.code
        for step, deed in enumerate(rng.sample(DEEDS, rng.randint(2, 5)), 1):
            text = f"{deed} del sector {number}"
            row = Wanted("activity", f"{number}.{step}", text, unit, above)
            printed = _activity(rng, row, step, order)
            if rng.random() < 0.4 and not found:
                _spoil(defect, row, printed, order, found)
            wanted.append(row)
            said = {"code": row.code, "text": row.text, **printed, **row.fields}
            page.rows.append([*[""] * left, *(said.get(name, "") for name in order)])
    if rng.random() < 0.4:
        page.rows.append([*[""] * (left + 1), "TOTAL", *[""] * (len(order) - 3), "9"])
    return [page], wanted, found, f"programming {order} {months[:3]} {groups}"


def _activity(rng: Random, row: Wanted, step: int, order: list[str]) -> dict[str, str]:
    """Fill an activity, and give its figures as printed."""
    row.fields = {"indicator": f"Número de casos {step}", "unit_of_measure": "Acción",
                  "lead": f"Equipo {step}"}  # fmt: skip
    if "critical_element" in order:
        row.fields["critical_element"] = "Contar con combustible"
    printed: dict[str, str] = {}
    for month in rng.sample(range(1, 13), rng.randint(1, 12)):
        value = rng.choice([1, 2, 10, 1500])
        printed[f"t{month:02}"] = f"{value:,}"
        row.targets[f"2027-{month:02}"] = Decimal(value)
    row.total = sum((v for v in row.targets.values() if v is not None), Decimal(0))
    printed["total"] = f"{row.total:,}"
    spent = Decimal(0)
    for month in rng.sample(range(1, 13), 3) if "budget" in order else []:
        amount = rng.choice([Decimal("1250.50"), Decimal(300), Decimal("12000")])
        style = rng.choice(["{:,.2f}", "S/ {:,.2f}", "S/. {:,}"])
        printed[f"c{month:02}"] = style.format(amount)
        spent += amount
    if "budget" in order:
        row.fields["budget"] = f"{spent:,.2f}"
    return printed


def _spoil(
    defect: str,
    row: Wanted,
    printed: dict[str, str],
    order: list[str],
    found: set[tuple[str, str]],
) -> None:
    if defect == "sum" and row.total is not None:
        row.total += 5
        printed["total"] = f"{row.total:,}"
        found.add(("total-mismatch", row.code))
    elif defect == "cost" and "budget" in order:
        spent = Decimal(row.fields["budget"].replace(",", "")) + 100
        row.fields["budget"] = f"{spent:,.2f}"
        found.add(("budget-mismatch", row.code))
    elif defect == "indicator":
        del row.fields["indicator"]
        found.add(("indicator-missing", row.code))


def objectives(rng: Random) -> tuple[list[Page], list[Wanted], set[tuple[str, str]], str]:
    words = {
        "code": rng.choice(["", "", "N°", "Nro."]),
        "text": rng.choice(["OBJETIVO ESTRATÉGICO", "Objetivos estratégicos", "OBJETIVO"]),
        "strategy": rng.choice(["Estrategias", "ESTRATEGIA"]),
        "activities": rng.choice(["Actividades Claves", "ACTIVIDADES CLAVE", "Actividad clave"]),
        "indicator": rng.choice(["INDICADOR", "Indicadores"]),
        "goal": rng.choice(["META 2027-2030", "Metas", "META"]),
    }
    order = list(words)
    if rng.random() < 0.3:
        order = ["code", "text", "indicator", "goal", "strategy", "activities"]
    left = rng.choice([0, 0, 2])
    page = Page("Anexo 1")
    _place(rng, page, ["ANEXO N° 01: OBJETIVOS ESTRATÉGICOS E INDICADORES DEL PDI"], left)
    page.rows.append([*[""] * left, *(words[name] for name in order)])
    wanted, found, style = [], set(), rng.choice(["", ". ", ".- ", ") "])
    for number, aim in enumerate(rng.sample(AIMS, 4), 1):
        goal = rng.choice(["50 % como mínimo", "100%", "3 por año", "15 % cada año",
                           "3 como mínimo al año", "90% al 2030 2 al año como mínimo"])  # fmt: skip
        lists = {
            "strategy": ["Formar promotores.", "Renovar el catastro."],
            "activities": ["Visitar los barrios.", "Publicar boletines.", "Medir."],
        }
        row = Wanted("objective", str(number), f"{aim}.", fields={
            "strategy": " ".join(lists["strategy"]), "activities": " ".join(lists["activities"]),
            "indicator": f"Barrios atendidos {number}", "goal": goal})  # fmt: skip
        if goal.startswith("90%"):
            found.add(("two-values-in-cell", row.code))
        mark = rng.choice([" ", "\n", "\n- "])
        line: list[Value] = [""] * left
        for name in order:
            text = row.fields.get(name, "")
            if name in lists:
                text = mark.join(lists[name])
                text = "- " + text if mark == "\n- " else text
            elif name == "code":
                text = row.code
            elif name == "text":
                text = (f"{number}{style}" if style else "") + row.text
            line.append(text)
        page.rows.append(line)
        wanted.append(row)
    return [page], wanted, found, f"objectives {words} {style}"


def budget(rng: Random) -> tuple[list[Page], list[Wanted], set[tuple[str, str]], str]:
    words = [rng.choice(["Código", "Cód.", "Clasificador"]),
             rng.choice(["Detalle de insumos o servicios", "DETALLE", "Descripción"]),
             rng.choice(["Costo S/.", "COSTO (S/)", "Monto S/.", "Costo total"])]  # fmt: skip
    unit, left = rng.choice(UNITS), rng.choice([0, 1])
    page = Page("Presupuesto")
    _place(rng, page, [f"CUADRO RESUMEN DE PRESUPUESTO PARA LA UNIDAD ORGÁNICA: {unit}"], left)
    page.rows.append([*[""] * left, *words])
    wanted, whole = [], Decimal(0)
    shift = rng.choice([0, 1])
    for place, category in enumerate(["Bienes", "Servicios"], 1):
        items = []
        for number in range(1, rng.randint(2, 4)):
            cost = rng.choice([Decimal("1250.50"), Decimal(300), Decimal(48000)])
            items.append(Wanted("input", f"2.3.{place}.{number}", f"Compra de lote {number}", unit,
                                category, {"budget": f"{cost:,.2f}"}))  # fmt: skip
        costs = [Decimal(item.fields["budget"].replace(",", "")) for item in items]
        top = Wanted("category", "", category, unit, "",
                     {"budget": f"{sum(costs, Decimal(0)):,.2f}"})  # fmt: skip
        whole += sum(costs, Decimal(0))
        for one in (top, *items):
            cells: list[Value] = [""] * left
            if one.code:
                cells += [one.code, one.text, one.fields["budget"]]
            else:
                said = one.text.upper() if rng.random() < 0.5 else one.text
                cells += [*[""] * shift, said, *[""] * (1 - shift), one.fields["budget"]]
            page.rows.append(cells)
            wanted.append(one)
    total = Wanted("total", "", "TOTAL", unit, "", {"budget": f"{whole:,.2f}"})
    found = set()
    if rng.random() < 0.3:
        total.fields["budget"] = f"{whole + 10:,.2f}"
        found.add(("budget-mismatch", "TOTAL"))
    page.rows.append([*[""] * (left + shift), "TOTAL", *[""] * (1 - shift), total.fields["budget"]])
    return [page], [*wanted, total], found, f"budget {words} {shift}"


def calendar(rng: Random) -> tuple[list[Page], list[Wanted], set[tuple[str, str]], str]:
    months = rng.choice(MONTHS)
    left, mark = rng.choice([0, 1]), rng.choice(["→", "X", "x", "▪", "➔", "*"])
    order = ["text", *(f"m{month:02}" for month in range(1, 13))]
    page = Page("Anexo 2")
    _place(rng, page, ["CRONOGRAMA DE FORMULACIÓN DEL PLAN OPERATIVO INSTITUCIONAL - AÑO"
                       " ANTERIOR"], left)  # fmt: skip
    _months(rng, page, order, left, {"m": rng.choice(["MESES", "Meses"])},
            {"text": rng.choice(["ACTIVIDAD", "Actividades"])}, months)  # fmt: skip
    wanted = []
    for number, deed in enumerate(DEEDS[:4], 1):
        first = rng.randint(1, 12)
        marked = range(first, min(first + rng.randint(1, 4), 13))
        row = Wanted("activity", "", f"{deed} fase {number}",
                     targets={f"2027-{month:02}": Decimal(1) for month in marked})  # fmt: skip
        line = [mark if month in marked else "" for month in range(1, 13)]
        page.rows.append([*[""] * left, row.text, *line])
        wanted.append(row)
    return [page], wanted, set(), f"calendar {months} {mark}"


TABLES: list[Callable[[Random], tuple[list[Page], list[Wanted], set[tuple[str, str]], str]]] = [
    programming, programming, objectives, budget, calendar,
]  # fmt: skip


def make(seed: int, writer: str) -> tuple[list[Page], Variant, dict[str, object]]:
    rng = Random(seed)
    pages, wanted, found, told = TABLES[(seed * 7 + seed // 10) % len(TABLES)](rng)
    return pages, Variant(f"poi {seed} {writer}", wanted, found, 2027), {"told": told}
