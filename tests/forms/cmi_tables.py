"""Balanced scorecards as text: the form of S0, its heading, and facts of what was read."""

from collections.abc import Iterable
from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.row import Row
from quipu.files.text import read_text
from quipu.forms.definition import Form
from quipu.forms.language import load_form
from quipu.forms.reading import Reading
from quipu.forms.recognise import recognise
from quipu.forms.rows import row_values
from quipu.settings import forms_dir
from tests.forms.sample_plan import item

PLAN = "plan"
FORM: Form = load_form(forms_dir() / "cr-imas" / "cmi.toml", root=forms_dir())
HEAD = (
    "Objetivo Estratégico",
    "Indicadores",
    "Meta",
    "Iniciativas Estratégicas",
    "Actividades",
    "Responsable",
    "Periodo de ejecución",
    "Insumos",
)


def line(*cells: str) -> str:
    """A row of the table; `""` for cells that are left away at its end."""
    return "\t".join([*cells, *[""] * (len(HEAD) - len(cells))])


def scorecard(*rows: str) -> Reading:
    """Read rows under the form's heading."""
    return read("\n".join(["\t".join(HEAD), *rows]))


def read(text: str, form: Form = FORM) -> Reading:
    return recognise(read_text(text, "cmi.tsv"), (form,), year=2007)


def tree(reading: Reading, *kinds: str) -> list[str]:
    """Each row's code and text below its parent's, the levels as indents."""
    found = []
    for row in reading.rows:
        depth, above = 0, row.parent
        while above is not None:
            depth, above = depth + 1, reading.rows[above].parent
        if not kinds or row.kind in kinds:
            found.append("." * depth + f"{row.code} {row.text}".strip())
    return found


def said(reading: Reading) -> list[tuple[str, str, str]]:
    """Check with variant, code and value of each finding."""
    return [
        (f"{one.check}.{one.variant}".rstrip("."), one.code, one.value or "")
        for one in reading.problems
    ]


def facts_of(rows: Iterable[Row], **more: str) -> Facts:
    entries = list(item("inst", kind="institution", name="Instituto"))
    entries += item(PLAN, kind="plan", institution="inst", year=Decimal(2007))
    for at, row in enumerate(rows):
        name = f"row {at}"
        entries += item(name, kind=row.kind, plan=PLAN, form=row.form, order=Decimal(at))
        if row.parent is not None:
            entries.append((Address(name, "parent"), f"row {row.parent}"))
        for (field, period), value in row_values(row, FORM).items():
            entries.append((Address(name, field, period), value))
        if row.kind == "initiative":
            entries += [(Address(name, field), value) for field, value in more.items()]
    return Facts(entries)
