"""Every kind of target of a scorecard is judged as its words ask (S0-09)."""

from datetime import date
from decimal import Decimal

import pytest

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.scorecard import SECOND, aims
from quipu.domain.value import Value

D = Decimal


def facts(text: str, base: str = "", **told: str) -> Facts:
    """A target's row; `y2007="3"` is what was done in that year, `z2007` of a second thing."""
    entries: list[tuple[Address, Value]] = [(Address("g", "text"), text)]
    if base:
        entries.append((Address("g", "baseline"), D(base)))
    for name, value in told.items():
        field = "executed" if name[0] == "y" else SECOND
        entries.append((Address("g", field, name[1:5], name[5:] or "u"), D(value)))
    return Facts(entries)


@pytest.mark.parametrize(
    ("text", "base", "told", "share", "judgement"),
    [
        ("Al menos 463 organizaciones", "", {"y2007": "300", "y2008": "163"}, "1", "met"),
        ("Al menos 463 organizaciones", "", {"y2007": "300"}, "300/463", "on-way"),
        ("Producción de 20 Documentos", "", {"y2008": "25"}, "5/4", "met"),
        ("El 100% de los programas", "", {"y2007": "1", "y2008": "0.5"}, "1/2", "on-way"),
        ("superior al 80%", "", {"y2008": "0.8"}, "1", "on-way"),
        ("superior al 80%", "", {"y2008": "0.81"}, "81/80", "met"),
        ("A lo sumo 10 reclamos", "", {"y2008": "10"}, "1", "met"),
        ("A lo sumo 10 reclamos", "", {"y2008": "15"}, "1/2", "on-way"),
        ("Reducir en un 50% los trámites", "200", {"y2008": "100"}, "1", "met"),
        ("Reducir en un 50% los trámites", "200", {"y2008": "150"}, "1/2", "on-way"),
        ("Reducir en un 50% los trámites", "", {"y2008": "150"}, None, "no-baseline"),
        ("Reducir en un 50% los trámites", "0", {"y2008": "0"}, None, "met"),
        ("Reducir en 5 los trámites", "20", {"y2008": "15"}, "1", "met"),
        ("incrementados en un 10% anual", "1000", {"y2007": "1100", "y2008": "1210"}, "1", "met"),
        ("incrementados en un 10% anual", "1000", {"y2008": "1105"}, "1/2", "on-way"),
        ("En dos años, aplicado en un 100%", "", {"y2008": "0.5"}, "1/2", "overdue"),
        ("En tres años, aplicado en un 100%", "", {"y2008": "0.5"}, "1/2", "on-way"),
        ("En dos años, aplicado en un 100%", "", {}, None, "overdue"),
        ("El 100% al 2008", "", {"y2008": "1"}, "1", "met"),
        ("El 100%", "", {}, None, "unreported"),
        ("El 100%", "", {"y2009": "1"}, None, "unreported"),
        ("A lo sumo 0 reclamos", "", {"y2008": "0"}, None, "met"),
        ("0 reclamos", "", {"y2008": "0"}, None, "met"),
    ],
)
def test_a_target_is_judged_at_the_end_of_a_period(
    text: str, base: str, told: dict[str, str], share: str | None, judgement: str
) -> None:
    (one,) = aims(facts(text, base, **told), "g", "2008", first_year=2007)
    shown = None if one.share is None else str(one.share)
    assert (shown, one.judgement) == (share, judgement)


def test_two_things_in_one_target_are_judged_apart() -> None:
    known = facts("Cincuenta mil familias y 25% de comunidades", y2008="40000", z2008="0.25")
    families, places = aims(known, "g", "2008", first_year=2007)
    assert (families.executed, families.judgement) == (D(40000), "on-way")
    assert (places.executed, places.judgement) == (D("0.25"), "met")


def test_units_add_up_amounts_and_share_levels() -> None:
    counted = facts("Al menos 10 obras", y2008a="4", y2008b="6")
    assert aims(counted, "g", "2008", first_year=2007)[0].executed == 10
    level = facts("Al menos 50%", y2008a="0.4", y2008b="0.6")
    assert aims(level, "g", "2008", first_year=2007)[0].executed == D("0.5")


def test_a_deadline_is_counted_from_the_plans_first_day() -> None:
    (one,) = aims(facts("En dos años, el 100%"), "g", "2007", first_year=2007)
    assert (one.due, one.judgement) == (date(2008, 12, 31), "unreported")
    (one,) = aims(facts("El 100% para el 2009"), "g", "2007", first_year=2007)
    assert one.due == date(2009, 12, 31)


def test_words_without_an_amount_ask_for_nothing() -> None:
    assert aims(facts("Mejorar"), "g", "2008", first_year=2007) == []
