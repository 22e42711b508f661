"""The sheet's model: what is drawn, what may be typed, what is on its way and what was refused."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from quipu.forms.document import Sheet
from quipu.ui.sheet.model import (
    ALIGN,
    CELL,
    DISPLAY,
    EDIT,
    MARK,
    REFUSAL,
    ROOT,
    TOOLTIP,
    Entry,
    SheetModel,
    heading,
)
from tests.ui.sheets import address, document, sheet

STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal


def made(drawn: Sheet | None = None) -> tuple[SheetModel, list[tuple[Entry, ...]]]:
    model = SheetModel(drawn or sheet())
    sent: list[tuple[Entry, ...]] = []
    model.typed.connect(sent.append)
    return model, sent


def test_the_model_keeps_qts_rules(qtbot) -> None:
    model, _ = made()
    tester = QAbstractItemModelTester(model, STRICT)
    model.type_block({(0, 2): "7"})
    model.show_sheet(sheet())
    model.show_sheet(sheet(name="Puentes"), read_only=True)
    assert tester.model() is model


def test_the_rows_below_the_heading_are_shown() -> None:
    model, _ = made()
    assert (model.rowCount(), model.columnCount()) == (4, 6)
    assert (model.rowCount(model.index(0, 0)), model.columnCount(model.index(0, 0))) == (0, 0)
    assert model.data(model.index(0, 2)) == "1,200"
    assert model.data(model.index(0, 2), ALIGN) & Qt.AlignmentFlag.AlignHCenter
    assert model.data(model.index(1, 0)) is None
    assert model.data(ROOT) is None
    assert model.data(model.index(0, 2), CELL).address == address(1, "target", 1)
    assert model.data(model.index(0, 0), MARK) is None
    assert model.data(model.index(0, 2), 9999) is None
    assert model.flags(ROOT) == Qt.ItemFlag.NoItemFlags


def test_the_heading_can_be_read_aloud() -> None:
    model, _ = made()
    across = Qt.Orientation.Horizontal
    assert model.headerData(3, across) == "Programación · Feb"
    assert model.headerData(0, across) == "Proceso"
    assert model.headerData(2, Qt.Orientation.Vertical) == "3"
    assert model.headerData(0, across, EDIT) is None
    assert heading(sheet(), 5) == "Total meta"


def test_merged_cells_are_one_place() -> None:
    model, _ = made()
    assert model.cover(1, 0) == (0, 0)
    assert model.cover(2, 4) == (2, 0)
    assert model.cover(3, 1) == (3, 1)


def test_typing_sends_the_text_and_shows_it_meanwhile() -> None:
    model, sent = made()
    assert model.setData(model.index(1, 2), "12")
    assert sent == [(Entry(address(2, "target", 1), "12"),)]
    assert model.data(model.index(1, 2)) == "12"
    model.settle([address(2, "target", 1)])
    assert model.data(model.index(1, 2)) == ""


def test_what_is_the_same_is_not_sent() -> None:
    model, sent = made()
    model.type_block({(0, 2): "1,200", (1, 2): ""})
    assert sent == []


def test_read_only_cells_take_nothing() -> None:
    model, sent = made()
    assert not model.setData(model.index(0, 5), "9")
    assert not model.setData(model.index(0, 2), "9", DISPLAY)
    model.type_block({(0, 5): "9", (1, 0): "x"})
    model.show_sheet(sheet(), read_only=True)
    assert not model.writable(0, 2)
    model.type_block({(0, 2): "9"})
    assert sent == []


def test_a_bare_number_in_a_percentage_is_one() -> None:
    model, sent = made()
    model.type_block({(3, 4): "25"})
    model.type_block({(3, 4): "0"})
    model.type_block({(3, 4): "2.5%"})
    assert [entries[0].text for entries in sent] == ["25%", "0", "2.5%"]


def test_a_refused_text_is_kept_with_its_reason_until_it_is_typed_again() -> None:
    model, sent = made()
    model.type_block({(0, 3): "12o"})
    model.refuse(address(1, "target", 2), "12o", "no es un número")
    index = model.index(0, 3)
    assert (model.data(index), model.data(index, REFUSAL)) == ("12o", "no es un número")
    assert model.data(index, TOOLTIP) == "no es un número"
    model.show_sheet(sheet())
    assert model.data(index) == "12o"
    assert list(model.refusals()) == [address(1, "target", 2)]
    model.type_block({(0, 3): "12o"})
    assert len(sent) == 2
    model.type_block({(0, 3): "120"})
    assert model.refusals() == {}


def test_a_newer_drawing_of_the_same_sheet_resets_nothing(qtbot) -> None:
    model, _ = made()
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    with qtbot.waitSignal(model.dataChanged):
        model.show_sheet(sheet())
    assert resets == []
    model.show_sheet(sheet(name="Puentes"))
    assert resets == [True]


def test_marks_and_places() -> None:
    model, _ = made()
    model.mark({address(3, "target", 2): "warning"})
    assert model.data(model.index(3, 3), MARK) == "warning"
    assert model.places(address(3, "target", 2)) == [(3, 3)]
    assert (model.row_of("row-3"), model.row_of("other")) == (3, -1)


def test_a_document_without_sheets_is_empty() -> None:
    assert document().sheets[0].name == "Caminos"
    model = SheetModel()
    model.announce()
    assert (model.rowCount(), model.columnCount()) == (0, 0)
