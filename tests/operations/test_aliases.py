"""Other names of units: proposed from the rows, confirmed by a person, found, and taken back."""

import pytest

from quipu.domain.errors import InputError
from quipu.operations.aliases import (
    confirm_alias,
    forget_alias,
    known_aliases,
    propose_aliases,
    reject_alias,
)
from quipu.operations.editing import add_unit
from quipu.operations.finding import find_unit
from quipu.operations.house import House
from quipu.operations.loading import load_plan
from quipu.operations.undoing import undo

HEAD = "Objetivo\tIndicador\tMeta\tIniciativa\tActividades\tResponsable\tPlazo\tInsumos"
ROWS = (
    "1.1 Vías\t1.1.1 Vías\t1.1.1.1 Diez\t1.1.1.1.1 Abrir\t1) Medir.\t"
    "<u>G. General</u> A. Planeamiento\tSeis meses\tEquipo",
    "\t\t\t1.1.1.1.2 Reparar\t1) Medir.\t<u>Gerencia General</u> Planeamiento\tUn año\tEquipo",
)


@pytest.fixture
def planned(centre: House) -> House:
    text = "\n".join((HEAD, *ROWS))
    load_plan(centre, text=text, name="cmi", form="cr-imas", year=2007, author="Ana")
    return centre


def proposed(house: House) -> list[tuple[str, str, str]]:
    return [(one.name, one.alias, one.unit) for one in propose_aliases(house)]


def test_a_confirmed_alias_finds_its_unit_and_is_not_proposed_again(planned: House) -> None:
    assert proposed(planned) == [
        ("Gerencia General", "G. General", ""),
        ("A. Planeamiento", "Planeamiento", ""),
    ]
    done = confirm_alias(planned, unit="Gerencia General", alias="G. General", author="Ana")
    (unit,) = done.created
    assert find_unit(planned.facts(), "G. General") == unit
    assert proposed(planned) == [("A. Planeamiento", "Planeamiento", "")]
    again = confirm_alias(planned, unit=unit, alias="g.  general", author="Ana")
    assert again.changed == 0


def test_an_alias_is_taken_back(planned: House) -> None:
    confirm_alias(planned, unit="Gerencia General", alias="G. General", author="Ana")
    second = confirm_alias(planned, unit="Gerencia General", alias="GG", author="Ana")
    assert second.gesture is not None
    undo(planned, gesture=second.gesture, author="Ana")
    assert planned.facts().text(find_unit(planned.facts(), "G. General"), "alias") == "G. General"
    assert forget_alias(planned, unit="Gerencia General", alias="GG", author="Ana").changed == 0
    forget_alias(planned, unit="Gerencia General", alias="g. general", author="Ana")
    with pytest.raises(InputError, match="unit-unknown"):
        find_unit(planned.facts(), "G. General")


def test_a_name_is_of_one_unit(planned: House) -> None:
    add_unit(planned, name="ASIS", author="Ana")
    with pytest.raises(InputError, match="name-taken"):
        confirm_alias(planned, unit="Gerencia General", alias="ASIS", author="Ana")
    with pytest.raises(InputError, match="name-missing"):
        confirm_alias(planned, unit="Gerencia General", alias=" ", author="Ana")


def test_names_that_a_person_told_apart_are_not_proposed_again(planned: House) -> None:
    names = {"name": "Gerencia General", "alias": "g.  General"}
    assert reject_alias(planned, **names, author="Ana").changed == 1
    assert reject_alias(planned, **names, author="Ana").changed == 0
    assert proposed(planned) == [("A. Planeamiento", "Planeamiento", "")]
    second = {"name": "A. Planeamiento", "alias": "Planeamiento"}
    reject_alias(planned, **second, author="Ana")
    assert proposed(planned) == []
    assert known_aliases(planned) == []
    with pytest.raises(InputError, match="name-missing"):
        reject_alias(planned, name=" ", alias="x", author="Ana")


def test_known_aliases_are_listed_with_their_unit(planned: House) -> None:
    confirm_alias(planned, unit="Gerencia General", alias="G. General", author="Ana")
    (known,) = known_aliases(planned)
    assert (known.name, known.alias) == ("Gerencia General", "G. General")
    assert known.unit == find_unit(planned.facts(), "G. General")
