"""Tables of the POA of Caja Mutual written as text, and its rows as facts."""

from collections.abc import Sequence
from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.row import Row
from quipu.domain.value import Value
from quipu.forms.definition import Form
from quipu.forms.language import load_forms
from quipu.forms.raw import RawTable
from quipu.forms.reading import Reading
from quipu.forms.rows import row_values
from quipu.settings import forms_dir
from tests.forms.raw_tables import raw, recognise
from tests.forms.sample_plan import item

POA = "sv-caja-mutual/poa"
FORM: Form = load_forms(forms_dir())[POA]
LEGEND = "\n".join(FORM.legend.lines)
HEAD = (
    "CÓDIGO | ACCIÓN ESTRATÉGICO (AE) ACCIÓN OPERATIVA (AO) | UNIDAD ORGANIZATIVA LÍDER | "
    "ÁREA RESPONSABLE | META ANUAL | METAS PARA PERIODO\n"
    " | | | | | EN-MAR | ABR-JUN | JUL-SEP | OCT-DIC"
)
PLAN = "plan"


def action(code: str, text: str = "", lead: str = "Gerencia", area: str = "") -> str:
    """An AE: code and text in the first cell."""
    return f"{code} {text or 'Mejorar ' + code} | | {lead} | {area}"


def operative(
    code: str, text: str = "", lead: str = "Gerencia", area: str = "", figures: str = "1 0 0 0 1"
) -> str:
    """An AO: the quarters, then the year; no figures for a heading."""
    quarters = figures.split()
    cells = [code, text or f"Hacer {code}", lead, area, *quarters[-1:], *quarters[:-1]]
    return " | ".join(cells)


def page(*rows: str, objective: str = "OE.1. Ampliar los servicios.", legend: bool = True) -> str:
    """A page: legend, objective line, heading, rows."""
    above = [LEGEND if legend else "", "", objective, ""]
    return "\n".join([*above, HEAD, *rows, ""])


def read(*tables: RawTable | str) -> Reading:
    return recognise(raw(*tables), (FORM,), year=2018)


def parents(reading: Reading) -> list[tuple[str, str, str]]:
    """Kind, code and the code (or text) of the row above, of each row."""
    rows = reading.rows
    return [
        (row.kind, row.code, "" if row.parent is None else _name(rows[row.parent])) for row in rows
    ]


def _name(row: Row) -> str:
    return row.code or row.text


def units(reading: Reading) -> list[str]:
    """The unit of each AO."""
    return [row.unit for row in reading.rows if row.kind == "activity"]


def facts_of(rows: Sequence[Row]) -> Facts:
    """The rows as a centre stores them, units in the order of the document."""
    known = list(item("inst", kind="institution", name=FORM.institution))
    known += item(PLAN, kind="plan", institution="inst", year=Decimal(2018))
    for order, unit in enumerate(dict.fromkeys(row.unit for row in rows if row.unit), 1):
        known += item(unit, kind="unit", name=unit, parent="inst", order=Decimal(order))
    for at, row in enumerate(rows):
        known += item(f"row {at}", kind=row.kind, plan=PLAN, form=POA, order=Decimal(at))
        known.append((Address(f"row {at}", "unit"), row.unit or None))
        if row.parent is not None:
            known.append((Address(f"row {at}", "parent"), f"row {row.parent}"))
        values: dict[tuple[str, str], Value] = row_values(row, FORM)
        known += [
            (Address(f"row {at}", field, period), value)
            for (field, period), value in values.items()
        ]
    return Facts(known)
