"""Quarterly plans (S2) as many offices would hold them, made from a number."""

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from tests.forms.variants.desk import Page, Value
from tests.forms.variants.judge import Variant, Wanted

FORM = "sv-caja-mutual"
QUARTERS = [
    ["EN-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC"],
    ["Ene - Mar", "Abr - Jun", "Jul - Sep", "Oct - Dic"],
    ["I Trimestre", "II Trimestre", "III Trimestre", "IV Trimestre"],
    ["1er. Trim.", "2do. Trim.", "3er. Trim.", "4to. Trim."],
    ["T1", "T2", "T3", "T4"],
    ["ENERO-MARZO", "ABRIL-JUNIO", "JULIO-SEPTIEMBRE", "OCTUBRE-DICIEMBRE"],
    ["Enero a marzo", "Abril a junio", "Julio a septiembre", "Octubre a diciembre"],
    ["Primer trimestre", "Segundo trimestre", "Tercer trimestre", "Cuarto trimestre"],
    ["Q1", "Q2", "Q3", "Q4"],
    ["I", "II", "III", "IV"],
    ["1", "2", "3", "4"],
    ["Ene./Mar.", "Abr./Jun.", "Jul./Sept.", "Oct./Dic."],
]
HEADINGS = {
    "code": ["CÓDIGO", "Código", "COD.", "Cód", "CODIGO"],
    "text": ["ACCIÓN ESTRATÉGICO (AE)\nACCIÓN OPERATIVA (AO)", "Acción operativa (AO)",
             "ACCION ESTRATEGICA / ACCION OPERATIVA", "Acciones estratégicas y operativas",
             "ACCIÓN ESTRATÉGICA (AE) / ACCIÓN OPERATIVA (AO)"],
    "lead": ["UNIDAD ORGANIZATIVA LÍDER", "Unidad líder", "UNIDAD ORG. LIDER", "Unidad\nlíder",
             "Unidad Organizativa Líder (*)"],
    "area": ["ÁREA RESPONSABLE", "Area responsable", "Área resp.", "ÁREA\nRESPONSABLE"],
    "total": ["META ANUAL", "Meta anual", "META\nANUAL", "Meta anual 2027", "METAS ANUALES"],
}  # fmt: skip
LEADS = ["Gerencia", "Jefatura de Archivo", "Jefatura de Tesorería", "Unidad Ambiental",
         "Presidencia", "Jefatura de Sistemas"]  # fmt: skip
AREAS = ["Cobros", "Mensajería", "Compras", "Soporte"]
AIMS = ["Ampliar la cartera de socios jóvenes", "Reducir los tiempos de atención",
        "Modernizar el archivo central", "Fortalecer la cultura de servicio"]  # fmt: skip
DEEDS = ["Presentar el informe de cobros", "Actualizar el manual de caja", "Visitar centros",
         "Publicar la memoria de socios", "Renovar los equipos de la sala",
         "Capacitar a los enlaces", "Depurar la base de socios"]  # fmt: skip
GROUPS = ["METAS PARA PERIODO", "Metas por trimestre", "PROGRAMACIÓN TRIMESTRAL", "Período"]
DEFECTS = ["", "", "", "sum", "malformed", "wrong parent", "heading", "other lead", "same code"]


class Layout:
    """Choices of one office."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        columns = ["code", "text", "lead", "area"]
        if rng.random() < 0.25:
            columns = ["code", "text", "area", "lead"]
        quarters = ["1", "2", "3", "4"]
        total = rng.choice(["before", "before", "after"])
        self.order = columns + (["total", *quarters] if total == "before" else [*quarters, "total"])
        if rng.random() < 0.2:
            self.order.append("+Observaciones")
        if rng.random() < 0.1:
            self.order.insert(4, "+Presupuesto")
        self.left = rng.choice([0, 0, 0, 1])
        self.quarters = rng.choice(QUARTERS)
        self.headings = {name: rng.choice(texts) for name, texts in HEADINGS.items()}
        self.height = 2 if self.quarters[0] in ("I", "1") else rng.choice([1, 2, 2, 2, 3])
        self.group = rng.choice(GROUPS)
        self.merged, self.below = rng.random() < 0.5, rng.random() < 0.3
        self.coded = rng.choice(["apart", "apart", "one cell", "split AE"])
        self.dots = rng.random() < 0.3

    def head(self, page: Page) -> None:
        top = len(page.rows)
        for _ in range(self.height):
            page.rows.append([""] * (self.left + len(self.order)))
        first = self.left + self.order.index("1")
        if self.height > 1:
            page.rows[top + self.height - 2][first] = self.group
            if self.merged:
                page.merges.append((top + self.height - 2, first, top + self.height - 2, first + 3))
        for at, name in enumerate(self.order, self.left):
            if name.isdigit():
                page.rows[-1][at] = self.quarters[int(name) - 1]
            elif name[0] == "+":
                page.rows[-1 if self.below else top][at] = name[1:]
            elif self.below:
                page.rows[-1][at] = self.headings[name]
            else:
                page.rows[top][at] = self.headings[name]
                if self.height > 1 and self.merged:
                    page.merges.append((top, at, top + self.height - 1, at))

    def line(self, row: Wanted, printed: dict[str, str], *, stray: str = "") -> list[Value]:
        cells: list[Value] = [""] * self.left
        code = row.code + ("." if self.dots and row.code else "")
        for name in self.order:
            text = printed.get(name, "")
            if name in row.fields:
                text = row.fields[name]
            if name == "code":
                text = code
                if row.kind == "action" and self.coded != "split AE":
                    text = f"{code} {row.text}"
            elif name == "text":
                text = row.text
                if row.kind == "action" and self.coded != "split AE":
                    text = ""
            elif name == "+Observaciones":
                text = stray
            cells.append(text)
        return cells


def _figures(rng: Random) -> tuple[dict[str, str], list[Decimal], Decimal]:
    kind = rng.choice(["ones", "ones", "many", "half", "first"])
    if kind == "ones":
        texts = [rng.choice(["0", "1", "1", "3"]) for _ in range(4)]
        texts[rng.randrange(4)] = "2"
    elif kind == "many":
        texts = ["382", "1,380", "382", "0"]
    elif kind == "half":
        texts = ["0.5", "0.5", "0", "0"]
    else:
        texts = ["1", "", "", ""]
    values = [Decimal(text.replace(",", "")) if text else Decimal(0) for text in texts]
    total = sum(values, Decimal(0)).normalize() + 0
    printed = {str(at): text for at, text in enumerate(texts, 1)}
    printed["total"] = f"{total:,}"
    targets = {str(at): value for at, value in enumerate(values, 1) if texts[at - 1]}
    return printed, [targets.get(str(at), Decimal(-1)) for at in range(1, 5)], total


@dataclass
class Plan:
    """What is made so far: pages, what is to be read in them, and the choices of the office."""

    rng: Random
    layout: Layout
    defect: str
    repeat: bool
    legend: bool
    rows: list[Wanted] = field(default_factory=list)
    findings: set[tuple[str, str]] = field(default_factory=set)
    tops: dict[int, Wanted] = field(default_factory=dict)

    def part(self, page: Page, number: int, position: int, lead: str) -> None:
        """Write a unit's rows under an objective."""
        if page.rows:
            page.rows.append([])
        if self.legend:
            page.rows += [["OBJETIVO ESTRATÉGICO (OE)"], ["EJE (E)"], ["RESULTADO (R)"], []]
        top = self.tops.get(number)
        if top is None:
            top = Wanted("objective", f"OE.{number}", f"{AIMS[number - 1]} de la institución.")
            self.tops[number] = top
            self.rows.append(top)
        page.rows += [[f"OE.{number}. {top.text}"], []]
        self.layout.head(page)
        for series in range(1, self.rng.randint(2, 4)):
            code = f"AE.{number}.{position + 1}.1.{series}"
            text = f"{self.rng.choice(AIMS)} en la fase {series}"
            action = Wanted("action", code, text, lead, top.code, {"lead": lead})
            self.rows.append(action)
            page.rows.append(self.layout.line(action, {}))
            self.operatives(page, action, series)
        if self.rng.random() < 0.3:
            page.rows += [[], ["Nota: metas sujetas a aprobación del Consejo."]]

    def operatives(self, page: Page, action: Wanted, series: int) -> None:
        rng = self.rng
        for at, deed in enumerate(rng.sample(DEEDS, rng.randint(1, 4)), 1):
            if self.repeat and at == 2:
                page.rows.append([])
                self.layout.head(page)
            row = Wanted("activity", f"AO.{action.code[3:]}.{at}", f"{deed} de la fase {series}",
                         action.unit, action.code, {"lead": action.unit})  # fmt: skip
            if rng.random() < 0.3:
                row.fields["area"] = AREAS[at % 4]
            texts, values, row.total = _figures(rng)
            row.targets = {
                f"2027-Q{quarter}": value for quarter, value in enumerate(values, 1) if value >= 0
            }
            if not self.findings:
                objective = int(action.code.split(".")[1])
                _spoil(rng, self.defect, row, texts, self.findings, objective)
            self.rows.append(row)
            stray = "pendiente" if at == 1 else ""
            page.rows.append(self.layout.line(row, texts, stray=stray))


def make(seed: int, writer: str) -> tuple[list[Page], Variant, dict[str, object]]:
    rng = Random(seed)
    layout = Layout(rng)
    defect = rng.choice(DEFECTS)
    separate = rng.random() < 0.5
    legend, letterhead, repeat = rng.random() < 0.4, rng.random() < 0.5, rng.random() < 0.3
    plan = Plan(rng, layout, defect, repeat, legend)
    pages: list[Page] = []
    objectives = rng.sample(range(1, 5), 2)
    for position, lead in enumerate(rng.sample(LEADS, rng.randint(1, 3))):
        if separate or not pages:
            pages.append(Page(f"Hoja{position + 1}"))
            if letterhead:
                pages[-1].rows += [["PLAN OPERATIVO INSTITUCIONAL/ANUAL (POI/POA) 2027"], []]
        plan.part(pages[-1], objectives[position % 2], position, lead)
    variant = Variant(f"poa {seed} {writer}", plan.rows, plan.findings, 2027)
    told = {**vars(layout), "rng": seed, "defect": defect}
    return pages, variant, told


def _spoil(
    rng: Random,
    defect: str,
    row: Wanted,
    texts: dict[str, str],
    findings: set[tuple[str, str]],
    objective: int,
) -> None:
    if rng.random() < 0.5:
        return
    quarter = next(at for at in "1234" if texts.get(at))
    if defect == "sum" and row.total is not None:
        row.total += 3
        texts["total"] = f"{row.total:,}"
        findings.add(("total-mismatch", row.code))
    elif defect == "malformed":
        texts[quarter] = "40000,000"
        row.targets[f"2027-Q{quarter}"] = None
        texts["total"], row.total = "40,000,000", Decimal(40_000_000)
        for other in "1234":
            if other != quarter and texts.get(other):
                texts[other] = "0"
                row.targets[f"2027-Q{other}"] = Decimal(0)
        findings.add(("malformed-number", row.code))
    elif defect == "wrong parent":
        row.code = row.code.replace(f"AO.{objective}.", f"AO.{objective + 4}.", 1)
        findings.add(("code-under-wrong-parent", row.code))
    elif defect == "other lead":
        row.fields["lead"] = "Comunicaciones"
