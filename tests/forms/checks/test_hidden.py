"""Targets in the words of objectives and activities (S4-11)."""

from decimal import Decimal

import pytest

from quipu.domain.goal import read_goals
from quipu.domain.problem import Problem
from tests.forms.programme_tables import table


def found(text: str) -> list[Problem]:
    row = f"Pagos | {text} | N° de a N° de b | Diseño. Cierre | Actas | 2,2 | Caja"
    return [one for one in table(row).problems if one.check == "target-in-text"]


@pytest.mark.parametrize(
    ("text", "variant", "proposal", "amount", "measure"),
    [
        ("Permitir superar las 10.000 cotizaciones", "above", "> 10000 cotizaciones", "10.000",
         "minimum"),
        ("Que se supere el 2,5% de consultas", "above", "> 2.5% consultas", "2,5%", "minimum"),
        ("Atender al menos 1.250,5 horas", "minimum", "≥ 1250.5 horas", "1.250,5", "minimum"),
        ("Que no superen los 30 reclamos", "maximum", "≤ 30 reclamos", "30", "reduction"),
        ("Reducir en un 50% los trámites", "reduction", "-50% trámites", "50%", "reduction"),
        ("Incrementar en 10% las altas", "growth", "+10% altas", "10%", "rate"),
        ("Exceder 3 visitas", "above", "> 3 visitas", "3", "minimum"),
    ],
)  # fmt: skip
def test_hidden_targets_are_read_in_the_forms_style(
    text: str, variant: str, proposal: str, amount: str, measure: str
) -> None:
    (one,) = found(text)
    assert (one.severity, one.variant, one.proposal) == ("info", variant, proposal)
    assert (one.target, one.params["amount"]) == ("threshold", amount)
    also = one.params["also"]
    assert isinstance(also, dict)
    assert also["measure"] == measure


@pytest.mark.parametrize(
    "text",
    [
        "Encuesta de usuarios 2009",
        "Jóvenes entre 18 y 35 años",
        "Celebrar 12 reuniones",
        "Pagar más que en 2009",
        "Pagar bien",
    ],
)
def test_a_number_alone_is_no_target(text: str) -> None:
    assert found(text) == []


def test_the_style_says_what_a_mark_means() -> None:
    assert [one.amount for one in read_goals("al menos 1.250")] == [Decimal(1250)]
    assert [one.amount for one in read_goals("al menos 1.250", decimal=".")] == [Decimal("1.25")]
    assert [one.amount for one in read_goals("al menos 1,250", decimal=".")] == [Decimal(1250)]
