"""The page of bundles: what waits, looking before merging, writing, parts, drops, proofs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from quipu.operations.enrolment import enrol, join
from quipu.operations.entering import enter
from quipu.operations.exporting import export_bundle
from quipu.operations.house import House
from quipu.operations.merging import merge_bundles
from quipu.operations.warnings import silent_days
from quipu.operations.workspaces import open_house
from quipu.ui.pictures import settle
from quipu.ui.window import Window
from tests.operations.plans import NORTH, SOUTH
from tests.ui.test_pages import answer
from tests.ui.test_window import AUGUST, executed

Reader = Callable[[Path], House]


def admitted(centre: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Enrol an office and let it work; give its folder and its bundle."""
    enrolment, bundle, folder = (tmp_path / name for name in ("a.quipu", "b.quipu", "office"))
    with open_house(folder=centre, write=True) as house:
        named = {"office": "Oficina Norte", "units": [NORTH], "file": enrolment, "author": "Ana"}
        code = enrol(house, **named).code
    join(folder=folder, file=enrolment, code=code, author="Beto")
    say(folder, "50%", bundle)
    return folder, bundle


def say(folder: Path, value: str, bundle: Path | None = None) -> None:
    """Let an office, or the centre, say something of the north's bridges, and export it."""
    with open_house(folder=folder, write=True) as house:
        enter(house, unit=NORTH, activity="1.3", period=AUGUST, value=value, author="Beto")
        if bundle is not None:
            export_bundle(house, file=bundle)


def choose(window: Window, monkeypatch: pytest.MonkeyPatch, *files: Path) -> None:
    names = [str(file) for file in files]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (names, ""))
    window.menus.actions["merge"].trigger()
    settle(window)


def cells(window: Window, column: int) -> list[str]:
    model = window.bundles.page.tray.model
    return [model.data(model.index(row, column)) for row in range(model.rowCount())]


def test_bundles_are_looked_at_before_they_are_merged(
    centre: Path, tmp_path: Path, open_on: Callable[..., Window], look_in: Reader,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    _, bundle = admitted(centre, tmp_path)
    bad = tmp_path / "mala.quipu"
    bad.write_bytes(b"nothing of ours")
    window = open_on(centre)
    choose(window, monkeypatch, bundle, bad)
    page, tray = window.bundles.page, window.bundles.page.tray
    assert window.pages.currentWidget() is page
    assert tray.isVisible()
    assert cells(window, 2) == ["Oficina Norte", "—"]
    assert cells(window, 3) == ["1", ""]
    assert cells(window, 4) == ["Se puede unir", "No se puede"]
    assert "mala.quipu" in tray.detail.toPlainText()
    assert "1 se pueden unir" in tray.headline.text()
    assert executed(window, look_in, "1.3") is None
    tray.view.selectRow(0)
    assert "Paquete n.º 1 de Oficina Norte" in tray.detail.toPlainText()
    assert "agosto 2024: avance (1)" in tray.detail.toPlainText()
    assert tray.worth() == [bundle]
    assert tray.merge.text() == "Unir el paquete"
    tray.merge.click()
    settle(window)
    assert executed(window, look_in, "1.3") == Decimal("0.5")
    assert cells(window, 4) == ["Unido"]
    assert "agosto 2024: avance (1)" in tray.detail.toPlainText()
    assert tray.merge.isHidden() and tray.disputes.isHidden() and tray.refused.isHidden()
    tray.leave.click()
    assert page.traffic.isVisible()


def test_nothing_is_merged_by_who_leaves(
    centre: Path, tmp_path: Path, open_on: Callable[..., Window], look_in: Reader,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    _, bundle = admitted(centre, tmp_path)
    window = open_on(centre)
    choose(window, monkeypatch, bundle)
    window.bundles.page.tray.leave.click()
    settle(window)
    assert executed(window, look_in, "1.3") is None
    with look_in(centre) as house:
        assert house.workspace.bundles() == []


def test_what_is_disputed_is_seen_before_and_gone_to_after(
    centre: Path, tmp_path: Path, open_on: Callable[..., Window], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, bundle = admitted(centre, tmp_path)
    with open_house(folder=centre, write=True) as house:
        merge_bundles(house, files=[bundle])
    say(folder, "60%", bundle)
    say(centre, "70%")
    window = open_on(centre)
    choose(window, monkeypatch, bundle)
    tray = window.bundles.page.tray
    told = tray.detail.toPlainText()
    assert "1 celda quedaría en discrepancia" in told
    assert "1.3" in told
    tray.merge.click()
    settle(window)
    tray.disputes.click()
    settle(window)
    assert window.pages.currentWidget() is window.disputes_page
    assert window.side.buttons["disputes"].text() == "Discrepancias (1)"


def test_files_are_dropped_on_the_window(
    centre: Path, tmp_path: Path, open_on: Callable[..., Window]
) -> None:
    _, bundle = admitted(centre, tmp_path)
    window = open_on(centre)
    for files, taken in (([tmp_path / "foto.png"], False), ([bundle], True)):
        dragged = QMimeData()
        dragged.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        said = (Qt.DropAction.CopyAction, dragged, Qt.MouseButton.LeftButton)
        enter_ = QDragEnterEvent(QPoint(5, 5), *said, Qt.KeyboardModifier.NoModifier)
        enter_.ignore()
        QApplication.sendEvent(window, enter_)
        assert enter_.isAccepted() is taken
        if taken:
            drop = QDropEvent(QPoint(5, 5), *said, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(window, drop)
            settle(window)
    assert cells(window, 1) == ["b.quipu"]


def test_a_merge_that_is_stopped_shows_what_went_in(
    centre: Path, tmp_path: Path, open_on: Callable[..., Window]
) -> None:
    _, bundle = admitted(centre, tmp_path)
    window = open_on(centre)
    window.bundles.look_at([bundle])
    settle(window)
    window.bundles.merge_files([bundle])
    window.desk.cancel()
    settle(window)
    assert window.notice.sentence.text()
    assert cells(window, 4)[0] in ("Se puede unir", "Ya está unido")


def test_the_centre_sees_what_waits_for_every_office(
    centre: Path, tmp_path: Path, open_on: Callable[..., Window]
) -> None:
    admitted(centre, tmp_path)
    window = open_on(centre)
    window.side.buttons["bundles"].click()
    settle(window)
    traffic = window.bundles.page.traffic
    line = [traffic.model.data(traffic.model.index(0, column)) for column in range(8)]
    assert line[:4] == ["Oficina Norte", "—", "nunca llegó", ""]
    assert line[4].startswith("n.º 1 · ")
    assert line[5] == "todavía no"
    assert int(line[6]) > 0
    assert traffic.heed.isVisible()
    assert "Oficina Norte" in traffic.heard.data(traffic.heard.index(0, 1))


def test_bundles_for_one_office_for_all_and_in_parts(
    centre: Path, tmp_path: Path, open_on: Callable[..., Window]
) -> None:
    admitted(centre, tmp_path)
    window = open_on(centre)
    office = window.seen.facts.of_kind("office")[0]
    out = tmp_path / "out"
    out.mkdir()
    window.menus.actions["export"].trigger()
    settle(window)
    answer(window, {"to": office, "folder": str(out), "parts": "2000000"})
    assert (out / "Oficina Norte.quipu").is_file()
    assert "Oficina Norte.quipu" in window.notice.sentence.text()
    window.side.buttons["bundles"].click()
    settle(window)
    window.bundles.page.traffic.buttons["export-all"].click()
    settle(window)
    answer(window, {"to": "", "folder": str(tmp_path / "all")})
    assert len(list((tmp_path / "all").glob("*.quipu"))) == 1
    deliveries = window.bundles.page.deliveries
    window.bundles.page.tabs.setCurrentWidget(deliveries)
    settle(window)
    assert len(deliveries.model.records) == 3
    deliveries.which.setCurrentIndex(1)
    assert deliveries.empty.isVisible()
    deliveries.which.setCurrentIndex(3)
    assert len(deliveries.model.records) == 3
    deliveries.print.click()
    proof = tmp_path / "constancia.pdf"
    answer(window, {"office": office, "file": str(proof)})
    assert proof.read_bytes().startswith(b"%PDF")


def test_without_offices_there_is_nothing_to_export(window: Window) -> None:
    window.menus.actions["export"].trigger()
    settle(window)
    assert window.notice.property("tone") == "warning"
    window.show_page("bundles")
    settle(window)
    assert window.bundles.page.traffic.empty.isVisible()


def test_an_office_exports_for_the_centre_and_sees_its_receipt(
    centre: Path, tmp_path: Path, open_on: Callable[..., Window], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, bundle = admitted(centre, tmp_path)
    down = tmp_path / "down.quipu"
    with open_house(folder=centre, write=True) as house:
        merge_bundles(house, files=[bundle])
        export_bundle(house, file=down, to="Oficina Norte")
    window = open_on(folder)
    window.side.buttons["bundles"].click()
    settle(window)
    facts = window.bundles.page.traffic.facts
    assert facts["pending"].text() == "1 cambio"
    assert facts["receipt"].text() == "ninguno todavía"
    choose(window, monkeypatch, down)
    window.bundles.page.tray.merge.click()
    settle(window)
    window.bundles.page.tray.leave.click()
    settle(window)
    assert facts["pending"].text() == "0 cambios"
    assert facts["receipt"].text().startswith("n.º 1 · ")
    target = tmp_path / "para el centro"
    window.menus.actions["export"].trigger()
    answer(window, {"file": str(target)})
    assert target.with_suffix(".quipu").is_file()


def test_what_is_only_read_is_not_merged(
    centre: Path, tmp_path: Path, open_on: Callable[..., Window]
) -> None:
    _, bundle = admitted(centre, tmp_path)
    with open_house(folder=centre, write=True):
        window = open_on(centre)
        window.bundles.look_at([bundle])
        settle(window)
        assert window.notice.property("tone") == "error"
        window.show_page("bundles")
        settle(window)
        assert not window.bundles.page.traffic.buttons["merge"].isEnabled()


def test_an_office_takes_bundles_of_others_along_and_hands_them_on(
    centre: Path, tmp_path: Path, open_on: Callable[..., Window], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = admitted(centre, tmp_path)
    joined, up, down = (tmp_path / name for name in ("sur", "sur.quipu", "para-sur.quipu"))
    with open_house(folder=centre, write=True) as house:
        file = tmp_path / "alta.quipu"
        code = enrol(house, office="Oficina Sur", units=[SOUTH], file=file, author="Ana").code
        join(folder=joined, file=file, code=code, author="Eva")
        export_bundle(house, file=down, to="Oficina Sur")
    with open_house(folder=joined, write=True) as house:
        enter(house, unit=SOUTH, activity="2.1", period=AUGUST, value="5", author="Eva")
        export_bundle(house, file=up)
    window = open_on(folder)
    choose(window, monkeypatch, up, down)
    page = window.bundles.page
    assert cells(window, 4) == ["No se puede", "No se puede"]
    assert page.tray.carry.text() == "Llevar los 2 paquetes de otros"
    page.tray.carry.click()
    settle(window)
    assert "2 paquetes de otros guardados" in window.notice.sentence.text()
    traffic = page.traffic
    assert traffic.facts["carried"].text() == "a la central: 1 · para entregar: 1"
    traffic.buttons["hand-out"].click()
    answer(window, {"folder": str(tmp_path / "entregar")})
    assert [one.name for one in (tmp_path / "entregar").iterdir()] == ["para-sur.quipu"]
    assert traffic.buttons["hand-out"].isHidden()
    window.bundles.look_at([tmp_path / "no.quipu"])
    settle(window)
    assert page.tray.carry.isHidden()


def test_a_bundle_that_cannot_be_carried_says_why(
    centre: Path, tmp_path: Path, open_on: Callable[..., Window]
) -> None:
    folder, _ = admitted(centre, tmp_path)
    window = open_on(folder)
    window.bundles.page.tray.carry_wanted.emit([tmp_path / "no.quipu"])
    settle(window)
    assert window.notice.property("tone") == "warning"
    assert "no.quipu" in window.notice.sentence.text()


def test_the_days_of_silence_are_set(window: Window, look_in: Reader) -> None:
    window.show_page("bundles")
    settle(window)
    silence = window.bundles.page.traffic.silence
    silence.click()
    answer(window, {"days": "quince"})
    assert window.notice.property("tone") == "error"
    silence.click()
    answer(window, {"days": "15"})
    with look_in(window.desk.folder) as house:
        assert silent_days(house.facts(), house.dataset) == 15
