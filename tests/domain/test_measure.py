from decimal import Decimal

import pytest

from quipu.domain.fields import CATALOGUE
from quipu.domain.measure import MEASURES, measure_of
from quipu.domain.row import Row

# Months as printed, total as printed, what else the row says, and the kind that it is.
ROWS = [
    ("count", ["1", "1"], "2", {}),
    ("count", ["21,00"], "", {}),
    ("count", [], "20", {}),
    ("count", ["1"], "100%", {}),
    ("share", ["12%", "88%"], "1", {}),
    ("share", ["50%", "50%", "1"], "2", {}),
    ("share", ["50%", "1"], "", {}),
    ("spread", ["10%", "90%"], "100%", {}),
    ("spread", ["10%", "100%"], "100%", {}),
    ("spread", ["50 %", "50 %"], "", {}),
    ("spread", ["50%", "1"], "100%", {}),
    ("heading", [], "", {}),
    ("heading", [], " ", {}),
    ("money", ["300"], "300", {"unit_of_measure": "US$ colocados"}),
    ("money", ["300"], "300", {"unit_of_measure": "Dólares"}),
    ("cumulative", ["5", "8"], "8", {"unit_of_measure": "Personas (acumulado)"}),
    ("milestone", ["1"], "1", {"unit_of_measure": "Hito"}),
    ("reduction", ["550", "600"], "2,250", {"text": "Disminución de impresiones"}),
    ("reduction", [], "50%", {"goal": "Reducir los trámites"}),
    ("spread", ["50%", "50%"], "100%", {"text": "Reducir los trámites"}),
    ("minimum", [], "463", {"goal": "Al menos 463 organizaciones"}),
    ("minimum", [], "5", {"threshold": "5 como mínimo al año"}),
    ("count", [], "3", {"text": "Por lo menos tres sesiones"}),
    ("minimum", ["24", "36"], "60", {"text": "Reunión de por lo menos 3 sesiones por semana"}),
    ("minimum", [], "", {"text": "Comercialización de al menos 2 nuevos seguros"}),
    ("minimum", [], "", {"text": "Incrementar al 60% la recuperación"}),
    ("reduction", [], "", {"text": "Controlar que los gastos no superen el 3% de los ingresos"}),
    ("reduction", [], "", {"text": "Controlar que la morosidad sea menor del 1%"}),
    ("heading", [], "", {"text": "Reducir la dependencia de energía"}),
    ("rate", [], "10%", {"indicator": "Incremento de personas"}),
    ("rate", [], "90", {"formula": "atendidas / recibidas"}),
    ("count", ["1"], "1", {"formula": "una por mes"}),
]


def read(text: str) -> Decimal | None:
    plain = text.replace(" ", "").rstrip("%")
    if plain == "21,00":
        return None
    number = Decimal(plain.replace(",", ""))
    return number / 100 if text.endswith("%") else number


@pytest.mark.parametrize(("kind", "months", "total", "fields"), ROWS)
def test_the_kind_follows_from_how_the_row_is_printed(
    kind: str, months: list[str], total: str, fields: dict[str, str]
) -> None:
    printed = {f"2024-{at:02}": text for at, text in enumerate(months, 1)}
    row = Row(
        form="f",
        kind="activity",
        text=fields.get("text", "Actividad"),
        fields=fields,
        targets={period: read(text) for period, text in printed.items()},
        total=read(total) if total.strip() else None,
        published={**printed, **({"total": total} if total else {})},
    )
    assert measure_of(row) == kind


def test_every_kind_is_inferred_somewhere_and_has_a_field() -> None:
    assert {kind for kind, *_ in ROWS} == set(MEASURES)
    assert "measure" in CATALOGUE
