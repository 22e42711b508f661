"""A small invented plan as pasted tables, with a few mistakes of the usual kinds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quipu.operations.enrolment import Joined, enrol, join
from quipu.operations.entering import enter
from quipu.operations.exporting import export_bundle
from quipu.operations.house import House
from quipu.operations.loading import Loaded, load_plan
from quipu.operations.merging import BundleResult, merge_bundles

INSTITUTION = "Instituto de Caminos"
FORM = "sv-integracion"
YEAR = 2024
JULY = "2024-07"
MONTHS = ("Ene", "Feb", "Mar", "Abr", "May", "Jun", "Jul", "Ago", "Sep", "Oct", "Nov", "Dic")
HEADER = (
    "N°",
    "Actividad",
    "Producto Resultado",
    "Unidad de medida",
    "Medio de verificación",
    *MONTHS,
    "Total meta",
)
NORTH, SOUTH, OFFICE = (
    "UNIDAD DE CAMINOS DEL NORTE",
    "UNIDAD DE CAMINOS DEL SUR",
    "UNIDAD DE COMPRAS",
)


@dataclass(frozen=True)
class Activity:
    """A row of a table: months by their place, from 1."""

    code: str
    text: str
    months: dict[int, str]
    total: str = ""
    product: str = "Camino en buen estado"
    measure: str = "Kilómetros"
    evidence: str = "Acta de recepción"

    def cells(self) -> list[str]:
        figures = [self.months.get(month, "") for month in range(1, 13)]
        return [
            self.code, self.text, self.product, self.measure, self.evidence, *figures, self.total,
        ]  # fmt: skip


NORTH_ROWS = (
    Activity("1.1", "Conservar los caminos de tierra", {7: "1,200", 8: "800", 9: "500"}, "2,500"),
    Activity("1.2", "Señalizar los cruces", {7: "3", 8: "21,00", 9: "4"}, "28", measure="Señales"),
    Activity("1.3", "Reparar los puentes menores", {8: "50%", 9: "50%"}, "1", measure="Documento"),
    Activity("1.4", "Informar cada mes", {7: "1", 8: "1", 9: "1"}, "", measure="Informe"),
)
SOUTH_ROWS = (
    Activity("2.1", "Conservar los caminos de tierra", {7: "900", 8: "700"}, "1,600"),
    Activity("2.2", "Atender las emergencias", {7: "10%", 8: "90%"}, "100%", measure="Solicitud"),
    Activity("", "Evaluar los resultados", {12: "1"}, "1", measure="Informe", evidence=""),
)
OFFICE_ROWS = (
    Activity("1", "Comprar materiales", {7: "2", 8: "2"}, "4", measure="Órdenes"),
    Activity("2", "Atender las emergencias", {9: "1"}, "1", measure="Informe"),
)


def table(
    unit: str, rows: Sequence[Activity], *, area: str = "DIRECCIÓN DE OBRAS", year: int = YEAR
) -> str:
    """Give a table as a person would paste it from a spreadsheet."""
    title = [f"PLAN ANUAL DE TRABAJO {year} {area}", ""] if area else []
    lines = [*title, unit, "\t".join(HEADER), *("\t".join(row.cells()) for row in rows)]
    return "\n".join(lines) + "\n\n"


WHOLE = (
    table(NORTH, NORTH_ROWS)
    + table(SOUTH, SOUTH_ROWS)
    + table(OFFICE, OFFICE_ROWS, area="DIRECCIÓN ADMINISTRATIVA")
)


def load(house: House, text: str = WHOLE) -> Loaded:
    return load_plan(house, text=text, name="plan.tsv", form=FORM, year=YEAR, author="Ana")


def row_of(house: House, unit: str, code: str) -> str:
    """Give the item of a row by its unit's printed name and its code or text."""
    from quipu.operations.finding import find_plan, find_row, find_unit

    facts = house.facts()
    return find_row(facts, plan=find_plan(facts), unit=find_unit(facts, unit), text=code)


def ticking(start: datetime = datetime(2024, 8, 5, 9, tzinfo=UTC)) -> Callable[[], datetime]:
    """Give a clock that goes on a minute each time it is asked."""
    now = [start]

    def tick() -> datetime:
        now[0] += timedelta(minutes=1)
        return now[0]

    return tick


def admit(centre: House, folder: Path, name: str, *units: str) -> Joined:
    """Enrol an office and join it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}-alta.quipu"
    enrol(centre, office=name, units=units, file=file, author="Ana", with_code=False)
    return join(folder=folder / name, file=file, author="Beto", clock=centre.clock)


def say(house: House, value: str, activity: str = "1.1", evidence: Path | None = None) -> None:
    """Enter what the north did in July."""
    enter(
        house, unit=NORTH, activity=activity, period=JULY, value=value, evidence=evidence,
        author="Beto",
    )  # fmt: skip


def round_trip(office: House, centre: House, folder: Path) -> None:
    """Send a bundle up and one down."""
    export_bundle(office, file=folder / "up.quipu")
    export_up = merge_bundles(centre, files=[folder / "up.quipu"])
    export_bundle(centre, file=folder / "down.quipu", to="Norte")
    export_down = merge_bundles(office, files=[folder / "down.quipu"])
    assert [one.state for one in (*export_up.bundles, *export_down.bundles)] == ["merged"] * 2


Computer = Callable[[str], None]


def send(house: House, file: Path) -> Path:
    """Write an office's bundle, and give its file."""
    export_bundle(house, file=file)
    return file


def merged(house: House, *files: Path) -> list[BundleResult]:
    """Merge bundles, and give what became of each."""
    return list(merge_bundles(house, files=list(files)).bundles)
