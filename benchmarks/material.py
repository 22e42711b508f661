"""What is measured with: a workbook, a plan of many units, documents of many rows."""

from __future__ import annotations

import os
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from quipu.cli.demo.source import institution
from quipu.cli.demo.workbook import write_plan
from quipu.forms.definition import Page
from quipu.forms.document import Cell, Document, Sheet, SheetColumn, SheetRow

FORM = "sv-integracion"
YEAR = 2025
MONTHS = ("Ene", "Feb", "Mar", "Abr", "May", "Jun", "Jul", "Ago", "Sep", "Oct", "Nov", "Dic")
TEXTS = (
    "Elaborar el informe mensual de actividades con los anexos de cada oficina regional",
    "Documento que asegura la ejecución efectiva y coherente del programa",
    "Documento",
    "Informe de resultados firmado por la jefatura",
)


def workbook(folder: Path) -> tuple[Path, int]:
    """Give a plan's workbook and its year: the published one of the sources, else the demo's."""
    named = os.environ.get("QUIPU_SOURCES", "")
    published = Path(named) / "inputs" / "001_pat.xlsx"
    if named and published.is_file():
        return published, 2024
    file = folder / "plan.xlsx"
    write_plan(institution(), file)
    return file, institution().year


def plan_text(units: int, rows: int) -> str:
    """Give a plan as text: so many units with so many activities of twelve months."""
    lines = []
    for unit in range(1, units + 1):
        lines += [f"OFICINA {unit:03}", ""]
        lines.append("\t".join(["N°", "Actividad", "Producto Resultado", "Unidad de medida",
                                "Medio de verificación", *MONTHS, "Total meta"]))  # fmt: skip
        for row in range(1, rows + 1):
            text = f"{TEXTS[0]} {row}"
            lines.append("\t".join([f"1.{row}", text, *TEXTS[1:], *["5"] * 12, "60"]))
        lines.append("")
    return "\n".join(lines)


def paper(rows: int) -> Document:
    """Give a document of one sheet with so many rows of seventeen columns."""
    heads = ("N°", "Actividad", "Producto", "Medio", *MONTHS, "Total")
    header = SheetRow("header", tuple(Cell(head, "header") for head in heads))
    columns = (
        SheetColumn(8, "center"),
        SheetColumn(42),
        SheetColumn(42),
        SheetColumn(22),
        *(SheetColumn(9.2, "center") for _ in MONTHS),
        SheetColumn(12, "center"),
    )
    return Document(
        title="PLAN ANUAL DE TRABAJO",
        language="es",
        numbers="1,234.5",
        page=Page(),
        lines=("INSTITUTO", "PLAN ANUAL DE TRABAJO"),
        box=(("Código", "PAT-01"),),
        blocks=(Sheet("Plan", "UNIDAD", columns, (header, *map(_paper_row, range(rows)))),),
        page_words="Página {page} de {pages}",
    )


def _paper_row(index: int) -> SheetRow:
    texts = [Cell(TEXTS[0]), Cell(TEXTS[1]), Cell(TEXTS[3])]
    number = Cell("1,500", "number", number=Decimal(1500))
    total = replace(number, text="18,000", number=Decimal(18000))
    return SheetRow("row", (Cell(f"1.{index + 1}"), *texts, *[number] * 12, total))


def texts_of(document: Document) -> list[list[str]]:
    """Give the texts of a document's only sheet, row by row."""
    (sheet,) = document.sheets
    return [[cell.text if cell is not None else "" for cell in row.cells] for row in sheet.rows]
