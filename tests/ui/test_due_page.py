"""What waits on opening, the calendar of the year, requests and notices: by hand, both sides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDateEdit

from quipu.operations.enrolment import enrol, join
from quipu.operations.entering import enter
from quipu.operations.exporting import export_bundle
from quipu.operations.house import House
from quipu.operations.merging import merge_bundles
from quipu.operations.observing import observe
from quipu.operations.reports import return_report, submit
from quipu.operations.requesting import list_notices, list_requests, notify, request
from quipu.operations.tasks import Task
from quipu.operations.workspaces import open_house
from quipu.operations.year_calendar import year_calendar
from quipu.ui.dialogs.ask import Ask
from quipu.ui.pages.due import DuePage, icon_of
from quipu.ui.pages.letters import LettersPage
from quipu.ui.pages.year import CalendarPage
from quipu.ui.pictures import settle
from quipu.ui.window import Window
from quipu.words import Words
from tests.operations.plans import JULY, NORTH, SOUTH
from tests.ui.sheets import press
from tests.ui.test_pages import answer

Reader = Callable[[Path], House]
Opener = Callable[..., Window]
TODAY = date(2024, 8, 5)


@pytest.fixture
def returned(centre: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A centre, and an office with a returned report, an observed cell, a request, a notice."""
    file, up, down, office = (tmp_path / name for name in ("a", "up", "down", "office"))
    with open_house(folder=centre, write=True) as house:
        code = enrol(house, office="Norte", units=[NORTH], file=file, author="Ana").code
    join(folder=office, file=file, code=code, author="Beto")
    with open_house(folder=office, write=True) as house:
        enter(house, unit=NORTH, activity="1.1", period=JULY, value="7", author="Beto")
        submit(house, unit=NORTH, period=JULY, author="Beto")
        export_bundle(house, file=up)
    with open_house(folder=centre, write=True) as house:
        merge_bundles(house, files=[up])
        observe(
            house, unit=NORTH, period=JULY, activity="1.1", field="executed", text="¿Seguro?",
            author="Ana",
        )  # fmt: skip
        return_report(house, unit=NORTH, period=JULY, reason="Ver la cifra", author="Ana")
        request(house, title="Memoria", due=TODAY, units=[NORTH], author="Ana")
        notify(house, title="Plan aprobado", text="Resolución 12", units=[NORTH], author="Ana")
        export_bundle(house, file=down, to="Norte")
    with open_house(folder=office, write=True) as house:
        merge_bundles(house, files=[down])
    return centre, office


def due_page(window: Window) -> DuePage:
    window.show_page("due")
    settle(window)
    page = window.further["due"].page
    assert isinstance(page, DuePage)
    return page


def go(page: DuePage, window: Window, kind: str) -> None:
    kinds = [one.kind for one in page.list.model.records]
    page.list.view.selectRow(kinds.index(kind))
    page.list.buttons["open"].click()
    settle(window)


def test_an_office_is_told_on_opening_and_led_to_each_place(
    returned: tuple[Path, Path], open_on: Opener, look_in: Reader
) -> None:
    window = open_on(returned[1])
    assert "1 informe devuelto" in window.notice.sentence.text()
    assert "1 aviso por leer" in window.notice.sentence.text()
    assert window.work.isVisible()
    window.notice.action.click()
    settle(window)
    page = due_page(window)
    kinds = [one.kind for one in page.list.model.records]
    assert {"returned", "answer", "request", "notice", "problem"} <= set(kinds)
    go(page, window, "answer")
    cell = window.page.cell()
    assert cell is not None
    assert cell.address is not None
    assert (cell.address.field, cell.address.period) == ("executed", JULY)
    go(due_page(window), window, "returned")
    assert window.sheets.period == JULY
    assert window.sheets.node is not None
    assert window.sheets.node.name == NORTH
    go(due_page(window), window, "problem")
    assert window.findings_panel.isVisible()


def test_a_notice_is_read_and_a_request_answered_from_the_list(
    returned: tuple[Path, Path], open_on: Opener, look_in: Reader
) -> None:
    window = open_on(returned[1])
    page = due_page(window)
    go(page, window, "notice")
    (ask,) = [one for one in window.findChildren(Ask) if one.isVisible()]
    with look_in(returned[1]) as house:
        assert not list_notices(house)[0].read_at, "opening alone is no receipt"
    ask.ok.click()
    settle(window)
    with look_in(returned[1]) as house:
        (told,) = list_notices(house)
        assert (told.read_by, bool(told.read_at)) == ("Ana", True)
    assert "notice" not in [one.kind for one in page.list.model.records]
    go(page, window, "request")
    answer(window, {"text": "Va en el próximo envío"})
    with look_in(returned[1]) as house:
        (asked,) = list_requests(house)
        assert (asked.state, asked.answer) == ("answered", "Va en el próximo envío")
    window.show_page("letters")
    settle(window)
    letters = window.further["letters"].page
    assert isinstance(letters, LettersPage)
    assert set(letters.requests.buttons) == {"answer"}
    (shown,) = letters.notices.model.records
    assert shown.read_by == "Ana"


def test_the_centre_asks_tells_and_closes(
    returned: tuple[Path, Path], open_on: Opener, look_in: Reader
) -> None:
    window = open_on(returned[0])
    window.show_page("letters")
    settle(window)
    page = window.further["letters"].page
    assert isinstance(page, LettersPage)
    page.requests.buttons["ask"].click()
    answer(window, {"title": "Fotos", "text": "De julio"})
    page.notices.buttons["tell"].click()
    answer(window, {"title": "Feriado"})
    with look_in(returned[0]) as house:
        asked = {(one.title, house.facts().text(one.unit, "name")) for one in list_requests(house)}
        told = [one.title for one in list_notices(house)]
    assert {("Fotos", NORTH), ("Fotos", SOUTH), ("Memoria", NORTH)} <= asked
    assert told.count("Feriado") == len({unit for title, unit in asked if title == "Fotos"})
    titles = [one.title for one in page.requests.model.records]
    page.requests.view.selectRow(titles.index("Memoria"))
    page.requests.buttons["close"].click()
    answer(window, {})
    with look_in(returned[0]) as house:
        (closed,) = [one for one in list_requests(house) if one.title == "Memoria"]
        assert closed.state == "closed"


def test_a_day_of_the_year_is_set_by_hand_and_given_back_to_the_rule(
    window: Window, look_in: Reader, tmp_path: Path
) -> None:
    window.show_page("calendar")
    settle(window)
    kept = window.further["calendar"]
    page = kept.page
    assert isinstance(page, CalendarPage)
    shown = [(one.task, one.period) for one in page.list.model.records]
    row = shown.index(("report", JULY))
    page.list.view.selectRow(row)
    assert not page.list.buttons["rule"].isEnabled()
    page.list.buttons["change"].click()
    (ask,) = [one for one in window.findChildren(Ask) if one.isVisible()]
    edit = ask.parts["day"]
    assert isinstance(edit, QDateEdit)
    edit.setDate(QDate(2024, 8, 16))
    ask.ok.click()
    settle(window)

    def july() -> tuple[date, bool]:
        with look_in(window.desk.folder) as house:
            return next(
                (one.due, one.fixed)
                for one in year_calendar(house)
                if (one.task, one.period) == ("report", JULY)
            )

    assert july() == (date(2024, 8, 16), True)
    moved = [(one.task, one.period) for one in page.list.model.records]
    page.list.view.selectRow(moved.index(("report", JULY)))
    assert page.list.buttons["rule"].isEnabled()
    page.list.buttons["rule"].click()
    settle(window)
    assert july() == (date(2024, 8, 10), False)
    page.list.buttons["print"].click()
    answer(window, {"file": str(tmp_path / "calendario.pdf")})
    assert (tmp_path / "calendario.pdf").read_bytes().startswith(b"%PDF")


def test_an_office_only_looks_at_the_calendar(returned: tuple[Path, Path], open_on: Opener) -> None:
    window = open_on(returned[1])
    window.show_page("calendar")
    settle(window)
    page = window.further["calendar"].page
    assert isinstance(page, CalendarPage)
    assert page.list.model.records
    assert set(page.list.buttons) == {"print"}


def test_time_left_is_said_in_days(words: Words, qapp: object) -> None:
    page = DuePage(words)
    tasks = [Task("report", due=TODAY + timedelta(days=n), late=n < 0) for n in (-3, 0, 1)]
    page.show_tasks([*tasks, Task("notice")], TODAY)
    said = [page.left(one) for one in page.list.model.records]
    assert said == ["3 días de atraso", "hoy", "falta 1 día", ""]
    assert [icon_of(one) for one in page.list.model.records] == [
        "error",
        "warning",
        "warning",
        "info",
    ]


def test_enter_opens_the_chosen_task(words: Words, qtbot: object) -> None:
    page = DuePage(words)
    opened: list[Task] = []
    page.opened.connect(opened.append)
    page.show_tasks([Task("report", "A"), Task("report", "B")], TODAY)
    page.show()
    page.activateWindow()
    page.list.view.setFocus()
    page.list.view.selectRow(1)
    press(page.list.view, Qt.Key.Key_Return)
    assert [one.unit for one in opened] == ["B"]


def test_a_workspace_without_a_plan_has_nothing_to_do(empty_centre: Path, open_on: Opener) -> None:
    window = open_on(empty_centre)
    page = due_page(window)
    assert page.list.empty.isVisible()
    assert not page.list.buttons["open"].isEnabled()
    assert not window.notice.isVisible()
