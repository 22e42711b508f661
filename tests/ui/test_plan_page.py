"""The plan's steps with their acts, a reprogramming with its log, evaluation, recommendations."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox

from quipu.operations.entering import enter
from quipu.operations.finding import find_plan
from quipu.operations.house import House
from quipu.operations.loading import load_plan
from quipu.operations.plan_cycle import plan_standings
from quipu.operations.recommending import recommendations
from quipu.operations.reprogramming import changes_of
from quipu.operations.sections import sections
from quipu.operations.workspaces import open_house
from quipu.ui.dialogs.ask import Ask
from quipu.ui.evaluation_texts import EvaluationTextsPage
from quipu.ui.pages.changes import ChangesPage
from quipu.ui.pages.evaluation import RATINGS, EvaluationPage, ProgrammesPage, percent
from quipu.ui.pages.plan import PlanPage
from quipu.ui.pages.recommendations import RecommendationsPage
from quipu.ui.pictures import settle
from quipu.ui.window import Window
from tests.operations.plans import JULY, NORTH, row_of
from tests.operations.test_huamanga_plan import UNIT
from tests.operations.test_huamanga_plan import load as load_poi
from tests.operations.test_programmes import FORM, REGION, TEXT
from tests.ui.test_pages import answer

Reader = Callable[[Path], House]
Opener = Callable[..., Window]


def page_of(window: Window, name: str) -> object:
    window.show_page(name)
    settle(window)
    return window.further[name].page


def test_a_plan_goes_its_way_with_acts_and_reasons(
    window: Window, look_in: Reader, tmp_path: Path
) -> None:
    page = page_of(window, "plan")
    assert isinstance(page, PlanPage)
    assert page.state.text() == "Aprobado"
    assert not page.buttons["propose"].isVisible()
    page.buttons["reopen"].click()
    answer(window, {"reason": "Hay que corregir"})
    assert page.state.text() == "Observado"
    assert page.history.model.records[0].reason == "Hay que corregir"
    page.buttons["propose"].click()
    answer(window, {})
    page.buttons["approve"].click()
    answer(window, {"kind": "Acuerdo", "number": "12", "role": "authority"})
    assert page.state.text() == "Aprobado"
    assert "Acuerdo 12" in page.act.text()
    assert "dice lo mismo" in page.act.text()
    with look_in(window.desk.folder) as house:
        found = plan_standings(house)
        assert (found.state, found.approval) == ("approved", "holds")
    page.buttons["publish"].click()
    answer(window, {"folder": str(tmp_path / "portal")})
    assert {file.suffix for file in (tmp_path / "portal").iterdir()} >= {".pdf", ".xlsx", ".txt"}
    page.buttons["tell"].click()
    settle(window)
    assert window.further["letters"].page.isVisible()


def test_a_wrong_role_is_refused_with_a_sentence(window: Window, look_in: Reader) -> None:
    page = page_of(window, "plan")
    assert isinstance(page, PlanPage)
    page.buttons["close"].click()
    answer(window, {"role": "auditor"})
    assert window.notice.isVisible()
    with look_in(window.desk.folder) as house:
        assert plan_standings(house).state == "approved"


def test_an_edit_after_the_approval_shows(window: Window) -> None:
    page = page_of(window, "plan")
    assert isinstance(page, PlanPage)
    page.buttons["approve"].click()
    answer(window, {"number": "7"})
    window.desk.write(
        lambda house, _: enter(
            house, unit=NORTH, activity="1.1", field="target", period=JULY, value="999",
            author="Ana",
        )
    )  # fmt: skip
    settle(window)
    assert "ATENCIÓN" in page.act.text()


@pytest.fixture
def poi(empty_centre: Path) -> Path:
    with open_house(folder=empty_centre, write=True) as house:
        load_poi(house, "programacion")
    return empty_centre


def test_cells_are_gathered_and_changed_by_one_act(
    poi: Path, open_on: Opener, look_in: Reader, tmp_path: Path
) -> None:
    window = open_on(poi)
    page = page_of(window, "changes")
    assert isinstance(page, ChangesPage)
    assert not page.draft.buttons["apply"].isEnabled()
    with look_in(poi) as house:
        facts = house.facts()
        row = row_of(house, UNIT, "1")
        period, before = next(iter(facts.periods(row, "target").items()))
        unit = facts.text(row, "unit")
    for text in ("3", "4"):
        page.draft.buttons["add"].click()
        answer(window, {"unit": unit})
        answer(window, {"row": row, "field": "target", "period": period, "text": text})
    page.draft.view.selectRow(0)
    page.draft.buttons["remove"].click()
    (draft,) = page.draft.model.records
    assert draft.change.text == "4"
    page.draft.buttons["apply"].click()
    answer(window, {"cause": "entorno", "reason": "Crecida del río", "number": "5"})
    with look_in(poi) as house:
        (change,) = changes_of(house)
        assert (change.reason, change.act_number, change.edition) == ("Crecida del río", "5", 2)
        assert str(house.facts().number(row, "target", period)) == "4"
    (shown,) = page.log.model.records
    assert shown.item == change.item
    assert any((line.before, line.after) == (str(before), "4") for line in page.lines.model.records)
    assert page.draft.model.records == []
    page.log.buttons["print"].click()
    answer(window, {"file": str(tmp_path / "cambios.pdf")})
    assert (tmp_path / "cambios.pdf").read_bytes().startswith(b"%PDF")


def test_results_say_their_rating_in_signs_and_words(
    centre: Path, open_on: Opener, tmp_path: Path
) -> None:
    with open_house(folder=centre, write=True) as house:
        enter(house, unit=NORTH, activity="1.1", period=JULY, value="700", author="Ana")
    window = open_on(centre)
    page = page_of(window, "evaluation")
    assert isinstance(page, EvaluationPage)
    page.period.setCurrentIndex(page.period.findData(JULY))
    page.picked.emit()
    settle(window)
    last = len(page.list.model.columns) - 1
    said = [page.list.model.columns[last].text(one) for one in page.list.model.records]
    assert all(any(text.startswith(sign) for sign, _ in RATINGS.values()) for text in said)
    north = next(
        one for one in page.list.model.records if "Norte" in one.name or "NORTE" in one.name
    )
    assert north.rating in ("met", "exceeded", "partly", "low")
    assert page.whole.text().startswith("Cumplidas")
    for scope in ("nodes", "rows"):
        page.scope.setCurrentIndex(page.scope.findData(scope))
        page.picked.emit()
        settle(window)
    assert ("1,200", "700") in [(one.programmed, one.executed) for one in page.list.model.records]
    page.print.click()
    settle(window)
    if not [one for one in window.findChildren(Ask) if one.isVisible()]:
        assert "formato de evaluación" in window.notice.sentence.text()
        page.period.setCurrentIndex(page.period.findData("2024-S1"))
        page.print.click()
    answer(window, {"file": str(tmp_path / "evaluacion.pdf")})
    assert (tmp_path / "evaluacion.pdf").read_bytes().startswith(b"%PDF")


def test_a_programme_tells_what_it_needs_and_what_failures_cost(
    empty_centre: Path, open_on: Opener
) -> None:
    text = TEXT.replace("1,1 1,1", "1,1").replace("Actas | |", "Actas | 1,1 |")
    with open_house(folder=empty_centre, write=True) as house:
        load_plan(house, text=text, name="programa.psv", form=FORM, year=2010, author="Ana")
        assert find_plan(house.facts())
        for activity in ("Diseño.", "Cierre", "Ejecución."):
            enter(house, unit=REGION, activity=activity, period="2010", value="1", author="Ana")
    window = open_on(empty_centre)
    page = page_of(window, "programmes")
    assert isinstance(page, ProgrammesPage)
    page.period.setCurrentIndex(page.period.findData("2010"))
    page.picked.emit()
    settle(window)
    (programme,) = page.programmes.model.records
    columns = page.programmes.model.columns
    said = [column.text(programme) for column in columns]
    assert said[2:] == ["2.2", "75 %", "75 %", "90 % por número", "▼ no aprueba"]
    assert page.needed.model.records == [("count", "Firma"), ("weight", "Firma")]
    costs = {one.name: page.losses.model.columns[3].text(one) for one in page.losses.model.records}
    assert costs["Firma"] == "75 %"


def test_a_recommendation_is_made_answered_closed_and_opened_again(
    window: Window, look_in: Reader
) -> None:
    page = page_of(window, "recommendations")
    assert isinstance(page, RecommendationsPage)
    page.list.buttons["recommend"].click()
    answer(window, {"text": "Comprar sellos", "period": "2024-S1"})
    (made,) = page.list.model.records
    assert (made.period, made.state) == ("2024-S1", "open")
    page.list.buttons["answer"].click()
    (ask,) = [one for one in window.findChildren(Ask) if one.isVisible()]
    box = ask.parts["done"]
    assert isinstance(box, QCheckBox)
    box.setChecked(True)
    answer(window, {"text": "Comprados"})
    assert page.list.model.records[0].state == "done"
    page.list.buttons["close"].click()
    answer(window, {"note": "Visto"})
    assert not page.list.buttons["close"].isEnabled()
    with look_in(window.desk.folder) as house:
        (found,) = recommendations(house)
        assert (found.state, found.note, found.answer) == ("closed", "Visto", "Comprados")
    page.list.buttons["reopen"].click()
    answer(window, {})
    assert page.list.model.records[0].state == "done"


def test_the_texts_of_an_evaluation_are_written_by_period(window: Window, look_in: Reader) -> None:
    page = page_of(window, "evaluation-texts")
    assert isinstance(page, EvaluationTextsPage)
    for period in (page.period.itemData(n) for n in range(page.period.count())):
        page.period.setCurrentIndex(page.period.findData(period))
        page.picked.emit()
        settle(window)
        if page.list.model.records:
            break
    document = page.document.currentData()
    page.list.buttons["write"].click()
    answer(window, {"text": "Se cumplió lo previsto."})
    with look_in(window.desk.folder) as house:
        found = sections(house, document=document, period=period)
    assert "Se cumplió lo previsto." in [one.text for one in found]
    assert page.list.model.records[0].text == "Se cumplió lo previsto."


def test_percentages_are_short() -> None:
    assert [percent(one) for one in (None, Fraction(1, 3), Fraction(3, 4), Fraction(-1, 8))] == [
        "",
        "33.3 %",
        "75 %",
        "-12.5 %",
    ]
