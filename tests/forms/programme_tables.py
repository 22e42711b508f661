"""Weighted programmes as raw tables: small ones written here, and the published ones of S4."""

from collections.abc import Sequence
from pathlib import Path

from quipu.domain.row import Row
from quipu.files.reader import read_file
from quipu.files.text import read_text
from quipu.forms.definition import Form
from quipu.forms.language import choose, load_forms
from quipu.forms.raw import RawFile
from quipu.forms.reading import Reading
from quipu.forms.recognise import recognise
from quipu.settings import forms_dir

FORMS: tuple[Form, ...] = choose(load_forms(forms_dir()), "cl-ips")
BY_ID = {form.id: form for form in FORMS}
TERRITORIAL = "cl-ips/gestion-territorial"
TOGETHER = "cl-ips/complementariedad"
INFORMATION = "cl-ips/informacion-gore"

SEED = "seeds/004_9d05eea1607646ed.txt"

HEAD = (
    "Productos o subproductos ⁴ | Objetivos Específicos ⁵ | Indicador ⁶ | Actividades "
    "comprometidas ⁷ | Medio de verificación ⁸ | Ponderac. actividad (%) ⁹ | Unidad Responsable ¹⁰"
)
ABOVE = (
    "Actividad III. 1.1: Programa de Trabajo | | |\nINSTITUCIÓN / REGIÓN ² = Región Norte | | |\n"
)


def said(text: str, *, year: int | None = 2010, forms: Sequence[Form] = FORMS) -> Reading:
    """Read pipe tables, `/` at a line's start standing for the bar of each of its cells."""
    lines = [f"| {line.strip()} |" if "|" in line else line for line in text.strip().split("\n")]
    return recognise(read_text("\n".join(lines), "programa.txt"), forms, year=year)


def table(*rows: str, head: str = HEAD, above: str = ABOVE) -> Reading:
    """Read one table with the lines above it."""
    return said(above + head + "\n" + "\n".join(rows))


def published(sources: Path) -> RawFile:
    """Give the published document."""
    return read_file(sources / SEED)


def shape(rows: Sequence[Row]) -> list[tuple[str, str, str, str]]:
    """Give kind, code, text and weight of each row."""
    return [(row.kind, row.code, row.text, row.fields.get("weight", "")) for row in rows]


def shown_row(row: Row, rows: Sequence[Row]) -> str:
    """Give a row as lines of a golden sheet."""
    above = rows[row.parent] if row.parent is not None else None
    under = (above.code or above.text) if above is not None else ""
    lines = [f"{row.kind} {row.code} {row.text}".replace("  ", " "), f"  under: {under}"]
    lines += [f"  {name}: {text!r}" for name, text in sorted(row.fields.items())]
    lines += [f"  {name} printed: {text!r}" for name, text in sorted(row.published.items())]
    return "\n".join([*lines, f"  at: {row.where}, {row.unit}"])
