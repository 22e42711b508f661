import pytest

from quipu.domain.period import Period
from quipu.forms.draw_words import fill_title, period_words, printed_date, sheet_name, short_period
from quipu.words import Words


def paper(key: str, **params: object) -> str:
    return Words.load("en").text(f"paper.{key}", **params)


def test_places_are_filled_and_brackets_dropped() -> None:
    assert fill_title("PLAN {year} [DE ]{area}", year="2024", area="CAMINOS") == (
        "PLAN 2024 DE CAMINOS"
    )
    assert fill_title("PLAN {year}  {unit}", year="2024") == "PLAN 2024"


@pytest.mark.parametrize(
    ("period", "words", "short"),
    [
        ("2024-07", "July 2024", "Jul"),
        ("2024-Q3", "third quarter of 2024", "Jul-Sep"),
        ("2024-S1", "first semester of 2024", "Jan-Jun"),
        ("2024", "year 2024", "2024"),
        ("2007/2011", "years 2007 to 2011", "2007-2011"),
    ],
)
def test_periods_have_words(period: str, words: str, short: str) -> None:
    assert period_words(period, paper) == words
    assert short_period(Period.parse(period), paper) == short


def test_every_month_and_quarter_has_words_in_both_languages() -> None:
    for lang in ("es", "en"):
        words = Words.load(lang)
        for kind in ("month", "quarter", "semester"):
            for period in Period.of_year(2024).parts(kind):
                assert words.has(f"paper.period-{kind}-{period.index}")
                assert words.has(f"paper.short-{kind}-{period.index}")
        assert all(words.has(f"paper.footer-{view}") for view in ("plan", "published", "progress"))


def test_dates_are_printed_day_first() -> None:
    assert printed_date("2024-07-29") == "29/07/2024"
    assert printed_date("29/07/24") == "29/07/24"
    assert printed_date("") == ""


def test_tabs_have_short_names_that_differ() -> None:
    taken: set[str] = set()
    assert sheet_name("Compras [1/2]: plan", taken) == "Compras 1 2 plan"
    assert sheet_name("'Compras 1 2 PLAN'", taken) == "Compras 1 2 PLAN 2"
    assert sheet_name("", taken) == "-"
    long = "UNIDAD DE TECNOLOGÍAS DE LA INFORMACIÓN Y COMUNICACIÓN"
    names = [sheet_name(long, taken) for _ in range(11)]
    assert names[:2] == ["UNIDAD DE TECNOLOGÍAS DE LA", "UNIDAD DE TECNOLOGÍAS DE LA 2"]
    assert len({name.casefold() for name in names}) == 11
    assert all(len(name) <= 31 for name in names)
    assert sheet_name("X" * 40, taken) == "X" * 31
    assert sheet_name("x" * 40, taken) == "x" * 29 + " 2"
