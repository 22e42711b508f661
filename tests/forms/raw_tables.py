"""Raw tables written as text: one line a row, cells between bars."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from quipu.domain.row import Row
from quipu.forms.definition import Form
from quipu.forms.language import choose, load_forms
from quipu.forms.raw import Merge, RawCell, RawFile, RawTable
from quipu.forms.reading import Reading
from quipu.forms.recognise import recognise
from quipu.settings import forms_dir

FORMS: tuple[Form, ...] = choose(load_forms(forms_dir()), "sv-integracion")
BY_ID = {form.id: form for form in FORMS}
PROGRAMME = "sv-integracion/pat-programa"
PROCESS = "sv-integracion/pat-proceso"
ADVICE = "sv-integracion/pat-asesoras"
ACTIONS = "sv-integracion/acciones-estrategicas"
CHANGES = "sv-integracion/control-de-cambios"

MONTHS = ("Ene", "Feb", "Mar", "Abr", "May", "Jun", "Jul", "Ago", "Sep", "Oct", "Nov", "Dic")
WORDS = ("N°", "Actividad", "Producto Resultado", "Unidad de medida", "Medio de verificación")
HEAD = " | ".join((*WORDS, *MONTHS, "Total meta"))


def place(name: str) -> Callable[[int, int], str]:
    return lambda row, column: f"{name}!{chr(ord('A') + column)}{row + 1}"


def cell(text: str) -> RawCell:
    """A cell; `=…` is a formula without value, `=…→5` one that was worked out, `#5` a number."""
    text = text.replace("\\n", "\n")
    if text.startswith("="):
        formula, arrow, value = text.partition("→")
        if arrow:
            return RawCell(value, Decimal(value), formula=formula, computed=True)
        return RawCell(formula=formula)
    if text.startswith("#") and text != "#":
        return RawCell(text[1:], Decimal(text[1:]))
    return RawCell(text)


def cells(line: str) -> tuple[RawCell, ...]:
    return tuple(cell(part.strip(" ")) for part in line.split("|")) if line.strip() else ()


def table(text: str, *, name: str = "Hoja1", merges: Sequence[Merge] = ()) -> RawTable:
    lines = [line.strip("\n") for line in text.strip("\n").split("\n")]
    return RawTable(name, tuple(map(cells, lines)), place(name), tuple(merges))


def raw(*tables: RawTable | str, name: str = "plan.xlsx") -> RawFile:
    made = [one if isinstance(one, RawTable) else table(one) for one in tables]
    return RawFile(name, tuple(made))


def read(
    *tables: RawTable | str, year: int | None = 2024, forms: Sequence[Form] = FORMS
) -> Reading:
    return recognise(raw(*tables), forms, year=year)


def activity(
    code: str,
    text: str,
    *,
    measure: str = "Documento",
    verification: str = "Informe",
    total: str = "",
    extra: str = "",
    **months: str,
) -> str:
    """A row of the programme form; months by their short names."""
    figures = [months.get(name.lower(), "") for name in MONTHS]
    parts = [code, text, "Resultado de " + text, measure, verification, *figures, total]
    return " | ".join([*parts, extra] if extra else parts)


def programme(*rows: str, title: str = "UNIDAD DE CAMINOS") -> str:
    """A table of the programme form under its unit's title."""
    return "\n".join([title, "", HEAD, *rows])


def found(reading: Reading, severity: str = "") -> list[tuple[str, str, str | None]]:
    """The checks that found something, with the target and the proposal."""
    return [
        (problem.check, problem.target, problem.proposal)
        for problem in reading.problems
        if not severity or problem.severity == severity
    ]


def plain(row: Row) -> tuple[object, ...]:
    """What a row says, wherever it stands."""
    return (
        row.form,
        row.kind,
        row.unit,
        row.area,
        row.code,
        row.text,
        dict(row.fields),
        dict(row.targets),
        row.total,
        row.measure,
    )
