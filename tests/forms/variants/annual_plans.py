"""Monthly plans (S1) as many offices would hold them, made from a number."""

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from tests.forms.variants.desk import Page, Value
from tests.forms.variants.judge import Variant, Wanted

FORM = "sv-integracion"
MONTHS = [
    ["Ene", "Feb", "Mar", "Abr", "May", "Jun", "Jul", "Ago", "Sep", "Oct", "Nov", "Dic"],
    [
        "ENE.",
        "FEB.",
        "MAR.",
        "ABR.",
        "MAY.",
        "JUN.",
        "JUL.",
        "AGO.",
        "SEPT.",
        "OCT.",
        "NOV.",
        "DIC.",
    ],
    [
        "Enero",
        "Febrero",
        "Marzo",
        "Abril",
        "Mayo",
        "Junio",
        "Julio",
        "Agosto",
        "Septiembre",
        "Octubre",
        "Noviembre",
        "Diciembre",
    ],
    [f"{number:02}" for number in range(1, 13)],
    [str(number) for number in range(1, 13)],
    list("EFMAMJJASOND"),
    [
        f"{name}-27"
        for name in [
            "ene",
            "feb",
            "mar",
            "abr",
            "may",
            "jun",
            "jul",
            "ago",
            "set",
            "oct",
            "nov",
            "dic",
        ]
    ],
    [f"Mes {number}" for number in range(1, 13)],
    [
        "ENERO",
        "FEBRERO",
        "MARZO",
        "ABRIL",
        "MAYO",
        "JUNIO",
        "JULIO",
        "AGOSTO",
        "SETIEMBRE",
        "OCTUBRE",
        "NOVIEMBRE",
        "DICIEMBRE",
    ],
]
HEADINGS = {
    "code": ["N°", "No.", "Nº", "NUM.", "Núm.", "CÓDIGO", "Cod.", "#", "Ítem", "Correl."],
    "text": ["Actividad", "ACTIVIDADES", "Actividades a realizar", "Actividad\nprogramada",
             "ACTIVIDAD*", "Descripción de la actividad", "Nombre de la actividad"],
    "product": ["Producto Resultado", "Producto / Resultado", "PRODUCTO", "Producto esperado",
                "Resultado", "PRODUCTOS\nO RESULTADOS"],
    "unit_of_measure": ["Unidad de medida", "UNIDAD DE MEDIDA", "U. de medida", "U/M",
                        "Unidad\nde\nmedida", "Unid. Medida", "Unidad de med."],
    "verification": ["Medio de verificación", "MEDIOS DE VERIFICACION",
                     "Medio de verifi-\ncación (*)", "Fuente de verificación",
                     "Medio verif.", "M. de verificación"],
    "total": ["Total meta", "TOTAL", "Meta total", "Meta anual", "Total anual", "META\nTOTAL",
              "Total metas", "Total año"],
}  # fmt: skip
UNITS = [
    "GERENCIA DE CAMINOS VECINALES",
    "UNIDAD DE ARCHIVO HISTÓRICO",
    "PROGRAMA MANOS A LA OBRA",
    "Departamento de Becas",
    "OFICINA REGIONAL DE ORIENTE",
    "DIRECCIÓN DE PARQUES Y JARDINES",
]
VERBS = ["Revisar", "Publicar", "Capacitar en", "Elaborar", "Dar seguimiento a", "Actualizar"]
THINGS = ["el catálogo de puentes", "los convenios de riego", "la guía de trámites",
          "el padrón de usuarios", "las fichas de campo", "el inventario de semillas",
          "la bitácora de rutas", "los talleres de costura", "el mapa de albergues"]  # fmt: skip
MEASURES = ["Documento", "Informe", "Personas", "Expediente", "Taller", "Kilómetros"]


@dataclass
class Plan:
    units: list[tuple[str, list[Wanted]]] = field(default_factory=list)
    printed: dict[int, dict[str, str]] = field(default_factory=dict)
    findings: set[tuple[str, str]] = field(default_factory=set)


def _figure(rng: Random, percent: bool) -> tuple[str, Decimal]:
    if percent:
        return "25%", Decimal("0.25")
    number = rng.choice([1, 1, 2, 3, 12, 40, 350, 1200, 15000])
    return f"{number:,}" if rng.random() < 0.7 else str(number), Decimal(number)


def plan(rng: Random, year: int, *, codes: bool, defect: str) -> Plan:
    made = Plan()
    names = rng.sample(UNITS, rng.choice([1, 1, 2, 3]))
    for position, name in enumerate(names, 1):
        rows = []
        things = rng.sample(THINGS, rng.randint(3, 8))
        for number, thing in enumerate(things, 1):
            months, printed = {}, {}
            percent = rng.random() < 0.15
            chosen = sorted(rng.sample(range(1, 13), 4 if percent else rng.randint(1, 12)))
            for month in chosen:
                text, value = _figure(rng, percent)
                months[f"{year}-{month:02}"] = value
                printed[f"{year}-{month:02}"] = text
            total = sum(months.values(), Decimal(0))
            row = Wanted(
                "activity",
                f"{position}.{number}" if codes else "",
                f"{rng.choice(VERBS)} {thing} de la zona {number}",
                name,
                fields={
                    "product": f"Resultado {number}: {thing} al día",
                    "unit_of_measure": "Porcentaje" if percent else rng.choice(MEASURES),
                    "verification": rng.choice(["Acta firmada", "Lista de asistencia", "Copia"]),
                },
                targets=months,
                total=total,
            )
            printed["total"] = "100%" if percent else f"{total:,}"
            made.printed[id(row)] = printed
            rows.append(row)
        made.units.append((name, rows))
    _spoil(rng, made, defect, year)
    return made


def _spoil(rng: Random, made: Plan, defect: str, year: int) -> None:
    """Put one defect of the catalogue somewhere."""
    rows = [row for _, rows in made.units for row in rows]
    row = rng.choice([one for one in rows if one.fields["unit_of_measure"] != "Porcentaje"])
    printed, name = made.printed[id(row)], row.code or row.text
    month = rng.choice(sorted(row.targets))
    if defect == "malformed":
        printed[month], row.targets[month] = "31,00", None
        value = sum((x for x in row.targets.values() if x is not None), Decimal(3100))
        printed["total"], row.total = f"{value:,}", value
        made.findings.add(("malformed-number", name))
    elif defect == "sum":
        row.total = row.total + 2 if row.total is not None else None
        printed["total"] = f"{row.total:,}"
        made.findings.add(("total-mismatch", name))
    elif defect == "no total":
        row.total = None
        del printed["total"]
        made.findings.add(("total-missing", name))
    elif defect == "no verification":
        del row.fields["verification"]
        made.findings.add(("verification-missing", name))
    elif defect == "no code" and row.code:
        row.code = ""
        made.findings.add(("code-missing", row.text))
    elif defect == "same code" and row.code:
        other = next(one for one in rows if one.unit == row.unit and one is not row)
        row.code = other.code
        made.findings.add(("code-repeated", row.code))


def _grouped(rng: Random, page: Page, at: int, first: int, words: str) -> None:
    """Put a heading of a group over twelve months, and merge or leave it."""
    page.rows[at] += [""] * (first - len(page.rows[at]))
    page.rows[at][first : first + 1] = [words]
    if rng.random() < 0.6:
        page.merges.append((at, first, at, first + 11))


EXTRA = ["Observaciones", "Presupuesto US$", "Prioridad", "Fuente de financiamiento"]


class Layout:
    """Choices of one office."""

    def __init__(self, rng: Random, year: int) -> None:
        self.rng, self.year = rng, year
        words = ["text", "product", "unit_of_measure", "verification"]
        self.codes = rng.random() < 0.85
        if rng.random() < 0.4:
            rng.shuffle(words)
        self.columns = (["code"] if self.codes else []) + words
        if self.codes and rng.random() < 0.15:
            self.columns = [*words[:2], "code", *words[2:]]
        total = rng.choice(["after", "after", "before"])
        self.months = rng.choice(MONTHS)
        extra = rng.choice(EXTRA) if rng.random() < 0.25 else ""
        self.order = [*self.columns]
        self.order += ["total"] if total == "before" else []
        self.order += [f"{year}-{month:02}" for month in range(1, 13)]
        self.order += ["total"] if total == "after" else []
        if extra:
            self.order.insert(rng.choice([len(self.order), len(self.columns)]), f"+{extra}")
        self.left = rng.choice([0, 0, 0, 1, 2])
        self.headings = {name: rng.choice(texts) for name, texts in HEADINGS.items()}
        self.height = rng.choice([1, 1, 2, 2, 3])
        if self.height == 1 and self.months[0] in ("01", "1", "E") and rng.random() < 0.5:
            self.height = 2
        self.case = rng.choice(["", "", "upper", "bare"])

    def heading(self, name: str) -> str:
        if name.startswith("+"):
            return name[1:]
        if name[:2] == "20":
            return self.months[int(name[-2:]) - 1]
        text = self.headings[name]
        if self.case == "upper":
            return text.upper()
        if self.case == "bare":
            return text.translate(str.maketrans("áéíóúÁÉÍÓÚ", "aeiouAEIOU"))
        return text

    def head(self, page: Page) -> None:
        top = len(page.rows)
        first = self.left + self.order.index(f"{self.year}-01")
        for _ in range(self.height):
            page.rows.append([""] * (self.left + len(self.order)))
        group = self.rng.choice(
            [f"Programación {self.year}", "PROGRAMACIÓN MENSUAL", f"METAS {self.year}", "Meses"]
        )
        if self.height > 1:
            _grouped(self.rng, page, top + self.height - 2, first, group)
        if self.height > 2:
            _grouped(self.rng, page, top, first, "CALENDARIZACIÓN")
        below = self.rng.random() < 0.4
        for at, name in enumerate(self.order, self.left):
            if name[:2] == "20" or below:
                page.rows[top + self.height - 1][at] = self.heading(name)
                continue
            page.rows[top][at] = self.heading(name)
            if self.height > 1:
                page.merges.append((top, at, top + self.height - 1, at))

    def line(self, row: Wanted, printed: dict[str, str], style: str) -> list[Value]:
        cells: list[Value] = [""] * self.left
        for name in self.order:
            text = printed.get(name, "")
            if name == "code":
                text = row.code
                if style == "dots" and text:
                    text += "."
            elif name == "text":
                text = row.text
            elif name.startswith("+"):
                text = "según disponibilidad" if self.rng.random() < 0.6 else ""
                if "US$" in name:
                    text = "1,500.00"
            elif name in row.fields:
                text = row.fields[name]
            elif text and style == "spaces":
                text = text if text == "31,00" else text.replace(",", "\u00a0")
                text = " " + text.replace("%", " %") + " "
            elif text and style == "numbers" and "%" not in text and text != "31,00":
                cells.append(Decimal(text.replace(",", "")))
                continue
            elif text and style == "formula" and name == "total" and "%" not in text:
                cells.append(text)
                continue
            elif not text and style == "dashes":
                text = "-"
            cells.append(text)
        return cells


DEFECTS = ["", "", "malformed", "sum", "no total", "no verification", "no code", "same code"]


def make(seed: int, writer: str) -> tuple[list[Page], Variant, dict[str, object]]:
    rng = Random(seed)
    year = 2027
    layout = Layout(rng, year)
    defect = rng.choice(DEFECTS)
    made = plan(rng, year, codes=layout.codes, defect=defect)
    style = rng.choice(["", "", "spaces", "numbers", "dots", "dashes"])
    titled = rng.choice(["line", "line", "label", "cells", "sheet", "merged", "below letterhead"])
    if titled == "sheet" and writer not in ("xlsx", "ods"):
        titled = "line"
    together = titled != "sheet" and rng.random() < 0.5
    gaps, repeat, totals = rng.random() < 0.2, rng.random() < 0.3, rng.random() < 0.3
    foot = rng.choice(["", "", "Nota: cifras preliminares.", "Elaborado por:", "Fuente: registros"])
    pages: list[Page] = []
    for name, rows in made.units:
        if not (together and pages):
            pages.append(Page(name if titled == "sheet" else f"Hoja{len(pages) + 1}"))
        page = pages[-1]
        if page.rows:
            page.rows += [[] for _ in range(rng.randint(1, 3))]
        _titles(rng, page, layout, name, titled, year)
        layout.head(page)
        for at, row in enumerate(rows):
            if repeat and at == len(rows) // 2 and at:
                if rng.random() < 0.5:
                    page.rows.append([])
                layout.head(page)
            if gaps and at:
                page.rows.append([])
            page.rows.append(layout.line(row, made.printed[id(row)], style))
        if totals:
            page.rows.append(_total(rng, layout, rows))
        if foot:
            page.rows += [[], ["" for _ in range(layout.left)] + [foot], []]
            if foot == "Elaborado por:":
                page.rows[-1] = [*[""] * layout.left, "Jefatura de planificación"]
                page.rows.append([])
    wanted = [row for _, rows in made.units for row in rows]
    if not layout.codes:
        made.findings.add(("column-missing", ""))
    variant = Variant(f"pat {seed} {writer}", wanted, made.findings, year)
    told = {"style": style, "titled": titled, "defect": defect, "order": layout.order,
            "months": layout.months[:2], "height": layout.height, "foot": foot,
            "totals": totals, "repeat": repeat, "gaps": gaps, "heads": layout.headings}  # fmt: skip
    return pages, variant, told


def _titles(rng: Random, page: Page, layout: Layout, name: str, titled: str, year: int) -> None:
    left: list[Value] = [""] * layout.left
    if titled == "below letterhead" or rng.random() < 0.3:
        page.rows += [[*left, "DIRECCIÓN DE INTEGRACIÓN"], [*left, f"PLAN ANUAL DE TRABAJO {year}"]]
    if titled in ("line", "below letterhead"):
        page.rows.append([*left, name])
    elif titled == "merged":
        page.rows.append([*left, name])
        page.merges.append((len(page.rows) - 1, layout.left, len(page.rows) - 1, layout.left + 8))
    elif titled == "label":
        page.rows.append([*left, f"Unidad Organizativa: {name}"])
    elif titled == "cells":
        page.rows.append(
            [*left, rng.choice(["Unidad:", "UNIDAD ORGANIZATIVA:", "Dependencia:"]), name]
        )
    if rng.random() < 0.5 and titled != "cells":
        page.rows.append([])


def _total(rng: Random, layout: Layout, rows: list[Wanted]) -> list[Value]:
    cells: list[Value] = [""] * layout.left
    for name in layout.order:
        if name == "text":
            cells.append(rng.choice(["TOTAL", "Total general", "TOTALES"]))
        elif name[:2] == "20":
            values = [row.targets.get(name) or Decimal(0) for row in rows]
            cells.append(f"{sum(values, Decimal(0)):,}")
        else:
            cells.append("")
    return cells
