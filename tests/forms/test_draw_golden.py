from dataclasses import dataclass
from decimal import Decimal

import pytest

from quipu.domain.address import Address
from quipu.domain.value import Value
from quipu.forms.definition import Form
from quipu.forms.document import View
from quipu.forms.draw import DrawRequest, draw
from tests.forms.sample_plan import PLAN, forms, paper, sample
from tests.golden.rendering import check_golden

REPORTED: list[tuple[Address, Value]] = [
    (Address("survey", "executed", "2024-06", "roads"), Decimal("1400")),
    (Address("survey", "executed", "2024-07", "roads"), Decimal("8000")),
    (Address("survey", "narrative", "2024-07", "roads"), "Se visitaron más."),
    (Address("survey", "narrative", "2024-09", "roads"), "Lluvias."),
    (Address("requests", "executed", "2024-07", "deals"), Decimal("0.25")),
    (Address("minutes", "executed", "2024-07", "deals"), Decimal("0")),
    (Address("survey", "target", "2024-08"), Decimal("2100")),
]


@dataclass(frozen=True)
class Case:
    name: str
    form: str
    view: View
    period: str = ""
    units: tuple[str, ...] = ()


CASES = [
    Case("whole-plan", "", "plan"),
    Case("whole-published", "", "published"),
    Case("whole-july", "", "progress", "2024-07"),
    Case("whole-third-quarter", "", "progress", "2024-Q3"),
    Case("roads-year", "", "progress", "2024", ("roads",)),
    Case("roads-published", "pat-programa", "published", units=("roads",)),
    Case("press-plan", "pat-asesoras", "plan", units=("press",)),
]


def chosen(name: str) -> list[Form]:
    known = forms()
    return [known[f"sv-integracion/{name}"]] if name else list(known.values())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_sheet_is_the_one_that_was_found_right(case: Case) -> None:
    request = DrawRequest(PLAN, case.view, case.period, case.units, "data")
    check_golden(case.name, draw(chosen(case.form), sample(*REPORTED), request, paper))
