"""Initiatives that need what others make (S0-08)."""

from datetime import date

import pytest

from quipu.domain.dependencies import Step, lateness, likely, linked_ids, makes_circle

MODEL = Step("m", "1.2.1.1.1", "Diseño de un modelo de intervención con enfoque integral")
PROCESSES = Step("p", "3.8.1.1.1", "Reingeniería y articulación de procesos institucionales")
OTHER = Step("o", "3.9.1.1.1", "Capacitar a las oficinas regionales", "Capital humano")


@pytest.mark.parametrize(
    ("inputs", "found"),
    [
        ("Capital humano. Modelo de Intervención aprobado", ("m",)),
        ("Rediseño de los procesos institucionales, Apoyo logístico", ("p",)),
        ("Modelo de intervención. Procesos institucionales rediseñados", ("m", "p")),
        ("Lo que resulte de 3.8.1.1.1", ("p",)),
        ("Modelo nuevo", ()),
        ("Capital humano Apoyo logístico Recursos financieros", ()),
        ("", ()),
    ],
)
def test_inputs_name_what_others_make(inputs: str, found: tuple[str, ...]) -> None:
    needing = Step("n", "2.1.1.1.1", "Planificar las finanzas", inputs)
    assert likely((MODEL, PROCESSES, OTHER, needing)).get("n", ()) == found


def test_what_is_linked_is_not_proposed_again_nor_back() -> None:
    needing = Step("n", "2", "Planificar el modelo", "Modelo de intervención", requires=("m",))
    model = Step("m", "1", MODEL.text, "Planificar el modelo")
    assert likely((model, needing)) == {}


def test_nothing_needs_itself() -> None:
    alone = Step("m", "1.1.1.1.1", MODEL.text, "Modelo de intervención 1.1.1.1.1")
    assert likely((alone,)) == {}


@pytest.mark.parametrize(
    ("start", "ours", "late"),
    [
        ("2008-01-01", "2008-06-01", "late"),
        ("2008-01-01", "2008-07-01", ""),
        ("2008-01-01", "", ""),
        ("", "2008-07-01", "undated"),
        ("pronto", "2008-07-01", "undated"),
    ],
)
def test_what_is_needed_may_come_late(start: str, ours: str, late: str) -> None:
    other = Step("m", "1", "Modelo", duration="Seis meses", start=start)
    assert lateness(Step("n", "2", "Plan", start=ours), other) == late


def test_without_a_duration_nothing_ends() -> None:
    assert Step("m", "1", "Modelo", start="2008-01-01").ends is None
    dated = Step("m", "1", "Modelo", duration="Seis meses", start="2008-01-01")
    assert dated.ends == date(2008, 6, 30)


def test_circles_are_seen_through_others() -> None:
    steps = {
        "a": Step("a", "", "", requires=("b",)),
        "b": Step("b", "", "", requires=("c", "gone")),
        "c": Step("c", "", ""),
    }
    assert makes_circle(steps, "c", "a")
    assert makes_circle(steps, "a", "a")
    assert not makes_circle(steps, "a", "c")
    assert linked_ids("a\n\nb") == ("a", "b")
