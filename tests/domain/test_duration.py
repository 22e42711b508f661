from datetime import date

import pytest

from quipu.domain.duration import Duration, read_duration


@pytest.mark.parametrize(
    ("text", "months", "days", "permanent"),
    [
        ("Seis meses", 6, 0, False),
        ("Un Año", 12, 0, False),
        ("Tres meses.", 3, 0, False),
        ("Seis meses y se convierte en acción permanente", 6, 0, True),
        ("Un año y luego se realiza de manera permanente", 12, 0, True),
        ("Tres meses y luego una actividad permanente", 3, 0, True),
        ("Permanente", 0, 0, True),
        ("Un año y medio", 18, 0, False),
        ("Dos meses y medio", 2, 15, False),
        ("Un año y seis meses", 18, 0, False),
        ("Seis (6) meses", 6, 0, False),
        ("1,5 años", 18, 0, False),
        ("2 trimestres y 10 días", 6, 10, False),
        ("En un plazo de dos semanas", 0, 0, False),
        ("durante dos semanas", 0, 14, False),
        ("un semestre", 6, 0, False),
    ],
)
def test_durations_in_words(text: str, months: int, days: int, permanent: bool) -> None:
    found = read_duration(text)
    if not (months or days or permanent):
        assert found is None
    else:
        assert found == Duration(text, months, days, permanent)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Capital humano",
        "Seis meses de trabajo de campo",
        "Investigación permanente de la demanda en zonas",
        "1,2,3 meses",
        "1,3 meses",
        "seis",
        "A partir de la aprobación del plan por el Consejo y hasta que se cumpla todo lo dicho",
    ],
)
def test_other_words_are_no_duration(text: str) -> None:
    assert read_duration(text) is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Seis meses", date(2008, 1, 1), date(2008, 6, 30)),
        ("Un año", date(2007, 10, 15), date(2008, 10, 14)),
        ("Un mes", date(2008, 1, 31), date(2008, 2, 29)),
        ("Un mes y diez días", date(2008, 1, 31), date(2008, 3, 9)),
        ("Dos semanas", date(2008, 1, 1), date(2008, 1, 14)),
        ("Permanente", date(2008, 1, 1), None),
    ],
)
def test_dates_follow_from_a_start(text: str, start: date, end: date | None) -> None:
    found = read_duration(text)
    assert found is not None
    assert found.end(start) == end
