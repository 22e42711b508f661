"""Balanced scorecards (S0) as many offices would hold them, made from a number."""

from decimal import Decimal
from random import Random

from tests.forms.variants.desk import Page, Value
from tests.forms.variants.judge import Variant, Wanted

FORM = "cr-imas/cmi"
HEADINGS = {
    "objective": ["Objetivo Estratégico", "OBJETIVOS ESTRATEGICOS", "Objetivo\nestratégico"],
    "indicator": ["Indicadores", "INDICADOR", "Indicador (es)"],
    "goal": ["Meta", "METAS", "Meta*"],
    "initiative": ["Iniciativas Estratégicas", "INICIATIVA ESTRATÉGICA", "Iniciativas"],
    "activity": ["Actividades", "ACTIVIDADES", "Acciones"],
    "lead": ["Responsable", "RESPONSABLES", "Unidades responsables"],
    "duration": ["Periodo de ejecución", "PERÍODO DE EJECUCIÓN", "Plazo", "Duración"],
    "inputs": ["Insumos", "RECURSOS", "Insumos requeridos"],
}
PERSPECTIVES = ["Perspectiva del Usuario", "Perspectiva Financiera", "PERSPECTIVA DE PROCESOS",
                "Perspectiva de Aprendizaje"]  # fmt: skip
GOALS = ["Al menos {n} familias atendidas", "El 100% de los trámites en línea",
         "Al menos el 85% del personal capacitado", "Producción de {n} guías nuevas"]  # fmt: skip
AIMS = ["Familias atendidas con calidad en todo el territorio", "Recursos usados con eficiencia",
        "Procesos simples y documentados", "Personal capaz y motivado"]  # fmt: skip
STEPS = ["Hacer un diagnóstico de la zona.", "Definir la oferta con las comunidades.",
         "Publicar los resultados del año.", "Capacitar a los equipos locales.",
         "Revisar los convenios vigentes.", "Evaluar el avance con los enlaces."]  # fmt: skip
LEADS = ["Sub. G. Desarrollo Social", "A. Planeamiento", "G. General", "R. Humanos",
         "Presidencia Ejecutiva", "A. Informática"]  # fmt: skip
OTHERS = ["G. Regionales", "Contraloría de Servicios", "Empresas Comerciales"]
TIMES = ["Seis meses", "Un año", "Tres meses.", "Dos años", "18 meses",
         "Seis meses y luego será permanente", "Nueve meses"]  # fmt: skip
INPUTS = ["Capital Humano Apoyo logístico", "Recursos financieros", "Equipo de cómputo"]


class Layout:
    """Choices of one office."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.order = list(HEADINGS)
        if rng.random() < 0.2:
            self.order = [*self.order[:5], *rng.sample(self.order[5:], 3)]
        self.left = rng.choice([0, 0, 1])
        self.headings = {name: rng.choice(texts) for name, texts in HEADINGS.items()}
        self.numbers = rng.choice(["1) ", "1. ", "1.- ", "lines", "1) lines"])
        self.repeats = rng.choice(["blank", "blank", "again", "merged"])
        self.dots = rng.random() < 0.3
        self.marked = True

    def head(self, page: Page) -> None:
        page.rows.append([*[""] * self.left, *(self.headings[name] for name in self.order)])

    def wide(self, page: Page, text: str) -> None:
        page.rows.append([*[""] * self.left, text])
        if self.rng.random() < 0.5:
            at = len(page.rows) - 1
            page.merges.append((at, self.left, at, self.left + 7))

    def line(self, cells: dict[str, str]) -> list[Value]:
        return [*[""] * self.left, *(cells.get(name, "") for name in self.order)]

    def listed(self, steps: list[str]) -> str:
        if len(steps) == 1:
            return steps[0]
        if self.numbers == "lines":
            return "\n".join(steps)
        mark = self.numbers.removesuffix("lines").strip().replace("1", "{}")
        between = "\n" if self.numbers.endswith("lines") else " "
        parts = (f"{mark.format(n)} {step}" for n, step in enumerate(steps, 1))
        return between.join(parts)


def make(seed: int, writer: str) -> tuple[list[Page], Variant, dict[str, object]]:
    rng = Random(seed)
    layout = Layout(rng)
    if writer == "pipes" and layout.numbers.endswith("lines"):
        layout.numbers = "1) "
    wanted: list[Wanted] = []
    found: set[tuple[str, str]] = set()
    page = Page("CMI")
    if rng.random() < 0.5:
        page.rows += [[*[""] * layout.left, "PLAN ESTRATÉGICO INSTITUCIONAL"], [],
                      [*[""] * layout.left, "Plan de Acción General"], []]  # fmt: skip
    layout.head(page)
    defect = rng.choice(["", "", "no lead", "no target", "shifted", "cut"])
    for series, words in enumerate(rng.sample(PERSPECTIVES, rng.randint(1, 3)), 1):
        layout.wide(page, words)
        wanted.append(Wanted("perspective", "", words))
        for number in range(1, rng.randint(2, 3)):
            _objective(rng, layout, page, wanted, found, (series, number, words), defect)
        if rng.random() < 0.4:
            page.rows.append([])
            layout.head(page)
    variant = Variant(f"cmi {seed} {writer}", wanted, found, 2027)
    told = {"order": layout.order, "numbers": layout.numbers, "repeats": layout.repeats,
            "dots": layout.dots, "defect": defect}  # fmt: skip
    return [page], variant, told


def _objective(
    rng: Random,
    layout: Layout,
    page: Page,
    wanted: list[Wanted],
    found: set[tuple[str, str]],
    place: tuple[int, int, str],
    defect: str,
) -> None:
    series, number, above = place
    code = f"{series}.{number}"
    dot = "." if layout.dots else ""
    objective = Wanted("objective", code, rng.choice(AIMS), above=above)
    wanted.append(objective)
    held = {"objective": f"{code}{dot} {objective.text}"}
    start = len(page.rows)
    for one in range(1, rng.randint(2, 3)):
        text = rng.choice(GOALS).format(n=rng.choice([20, 463]))
        said = "Porcentaje de avance" if "%" in text else f"Número de {text.split()[-2]}"
        indicator = Wanted("indicator", f"{code}.{one}", f"{said} {one}", above=code)
        wanted.append(indicator)
        held["indicator"] = f"{indicator.code}{dot} {indicator.text}"
        goal = Wanted("goal", f"{indicator.code}.1", text, above=indicator.code)
        figure = next(word for word in text.replace("%", " % ").split() if word.isdigit())
        goal.total = Decimal(figure) / (100 if "%" in text else 1)
        wanted.append(goal)
        held["goal"] = f"{goal.code}{dot} {goal.text}"
        for two in range(1, rng.randint(2, 3)):
            mark = f"{goal.code}.{two}"
            initiative = Wanted("initiative", mark, f"Programa de mejora {one}{two}",
                                above=goal.code)  # fmt: skip
            lead, other = rng.choice(LEADS), rng.choice(OTHERS)
            duration, inputs = rng.choice(TIMES), rng.choice(INPUTS)
            initiative.fields = {"lead": lead, "duration": duration, "inputs": inputs}
            printed = f"<u>{lead}</u> {other}"
            if defect == "no lead" and not found:
                printed = f"{lead} {other}"
                del initiative.fields["lead"]
                found.add(("lead-missing", mark))
            steps = rng.sample(STEPS, rng.randint(1, 4))
            wanted.append(initiative)
            wanted += [
                Wanted("activity", str(n) if _coded(layout, steps) else "", step, above=mark)
                for n, step in enumerate(steps, 1)
            ]
            cells = {"initiative": f"{mark}{dot} {initiative.text}", "activity":
                     layout.listed(steps), "lead": printed, "duration": duration,
                     "inputs": inputs, **held}  # fmt: skip
            page.rows.append(layout.line(cells))
            if defect == "cut" and len(steps) > 2 and not layout.numbers.endswith("lines"):
                _cut(layout, page, cells, steps)
            if layout.repeats != "again":
                held = {}
    if layout.repeats == "merged" and defect != "cut" and len(page.rows) - start > 1:
        page.merges.append((start, layout.left, len(page.rows) - 1, layout.left))


def _coded(layout: Layout, steps: list[str]) -> bool:
    return len(steps) > 1 and layout.numbers != "lines"


def _cut(layout: Layout, page: Page, cells: dict[str, str], steps: list[str]) -> None:
    """Cut the row in the middle of its list, as the end of a page does."""
    whole = cells["activity"]
    words = whole.split(" ")
    at = len(words) * 2 // 3
    while at < len(words) and (words[at][0].isdigit() or words[at][0].isupper()):
        at += 1
    if at >= len(words):
        return
    page.rows[-1] = layout.line({**cells, "activity": " ".join(words[:at])})
    if layout.rng.random() < 0.5:
        page.rows.append([])
        layout.head(page)
    page.rows.append(layout.line({"activity": " ".join(words[at:])}))
