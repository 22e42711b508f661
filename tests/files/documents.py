"""Documents made by hand, for the tests of paper and workbook."""

from decimal import Decimal

from quipu.forms.definition import Page
from quipu.forms.document import (
    Block,
    Cell,
    Document,
    Sheet,
    SheetColumn,
    SheetRow,
    Signatures,
    Text,
)

MONTHS = ("Ene", "Feb", "Mar", "Abr", "May", "Jun", "Jul", "Ago", "Sep", "Oct", "Nov", "Dic")
WORDS = "Elaborar el informe mensual de actividades con los anexos de cada oficina regional. "


def sheet(rows: int, *, name: str = "Programa", words: int = 1, merged: int = 0) -> Sheet:
    """A PAT-like sheet: N°, activity, product, twelve months, total; two header rows."""
    first = SheetRow(
        "header",
        (
            Cell("N°", "header", down=2),
            Cell("Actividad", "header", down=2),
            Cell("Producto", "header", down=2),
            Cell("Programación 2024", "header", across=12),
            *(None,) * 11,
            Cell("Total meta", "header", down=2),
        ),
    )
    second = SheetRow(
        "header", (None, None, None, *(Cell(month, "header") for month in MONTHS), None)
    )
    body = tuple(_row(index, words, merged) for index in range(rows))
    columns = (
        SheetColumn(1, "center"),
        SheetColumn(5),
        SheetColumn(4),
        *(SheetColumn(1.1, "right") for _ in MONTHS),
        SheetColumn(1.4, "right"),
    )
    return Sheet(name, f"PROGRAMA {name.upper()}", columns, (first, second, *body), header_rows=2)


def _row(index: int, words: int, merged: int) -> SheetRow:
    product: Cell | None = Cell("Documento que asegura la ejecución")
    if merged:
        product = Cell("Texto común a varias filas", down=merged) if index % merged == 0 else None
    months = (
        Cell("1,500", "number", Decimal(1500)) if month > 5 else Cell(style="number")
        for month in range(12)
    )
    cells = (
        Cell(f"1.{index + 1}", "label"),
        Cell((WORDS * words).strip()),
        product,
        *months,
        Cell("10,500", "total", Decimal(10500)),
    )
    return SheetRow("row", cells, item=f"item-{index}")


def document(*blocks: Block) -> Document:
    """A landscape letter document with head, box and foot."""
    return Document(
        title="Plan Anual de Trabajo 2024",
        language="es",
        numbers="1,234.5",
        page=Page(),
        lines=("INSTITUTO DE RIEGO", "PLAN ANUAL DE TRABAJO 2024"),
        box=(("Código", "PAT-01"), ("Versión", "01"), ("Fecha:", "29/07/24")),
        blocks=blocks,
        page_words="Página {page} de {pages}",
        footer="Con los valores de trabajo",
    )


SIGNATURES = Signatures(
    (
        ("Elaborado por:", ("Equipo técnico", "Gerencia de Planificación")),
        ("Revisado por:", ("Subdirección Administrativa",)),
        ("Autorizó distribución:", ("Dirección General",)),
    )
)
DIVIDER = Text("PLAN ANUAL DE TRABAJO 2024\nSUBDIRECCIÓN DE PROGRAMAS", "divider")
