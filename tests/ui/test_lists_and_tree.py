"""The other models: lists of records, and the tree at the left."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from quipu.ui.records import RecordsModel, RecordsView, Shown
from quipu.ui.sheet.model import TOOLTIP
from quipu.ui.snapshot import Node
from quipu.ui.tree import Tree, TreeModel
from quipu.words import Words

STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal
GROUND = Qt.ItemDataRole.BackgroundRole.value


def columns() -> list[Shown[tuple[str, str]]]:
    return [
        Shown("Código", lambda pair: pair[0], 60, ground=lambda pair: pair[1]),
        Shown("Texto", lambda pair: pair[1], tip=lambda pair: f"todo {pair[1]}"),
    ]


def nodes(state: str = "none", *, more: bool = False) -> tuple[Node, ...]:
    units = [
        Node("n", "unit", "UNIDAD DEL NORTE", "n", "form", "plan", state, 2),
        Node("s", "unit", "UNIDAD DEL SUR", "s", "form", "plan", "none"),
    ]
    if more:
        units.append(Node("o", "unit", "UNIDAD DEL OESTE", "o", "", "plan", "none"))
    area = Node("a", "area", "DIRECCIÓN DE OBRAS", "a", children=tuple(units))
    wide = Node("w", "wide", "Anexo 1", form="form", plan="plan")
    return (Node("i", "institution", "Instituto", children=(area, wide)),)


def test_records_keep_qts_rules(qtbot) -> None:
    model: RecordsModel[tuple[str, str]] = RecordsModel(columns())
    QAbstractItemModelTester(model, STRICT)
    view = RecordsView(model)
    qtbot.addWidget(view)
    view.show()
    chosen: list[int] = []
    view.chosen.connect(chosen.append)
    model.show_records([("1.1", "uno"), ("1.2", "dos")])
    view.selectRow(1)
    assert chosen[-1] == 1
    assert model.data(model.index(1, 1)) == "dos"
    assert model.data(model.index(1, 1), TOOLTIP) == "todo dos"
    assert model.data(model.index(1, 0), TOOLTIP) == "1.2"
    assert model.data(model.index(0, 0), GROUND) == "uno"
    assert model.data(QModelIndex()) is None
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Texto"
    assert model.headerData(9, Qt.Orientation.Horizontal) is None
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags


def test_the_tree_keeps_qts_rules(qtbot, words: Words) -> None:
    model = TreeModel(words)
    QAbstractItemModelTester(model, STRICT)
    model.show_nodes(nodes())
    model.refresh(nodes("started"))
    assert model.data(model.find("n"), TOOLTIP).splitlines() == [
        "UNIDAD DEL NORTE",
        "En curso",
        "2 problemas por decidir",
    ]
    model.refresh(nodes("started", more=True))
    assert model.data(model.find("o")) == "Unidad del Oeste"
    assert not model.find("nowhere").isValid()
    assert model.node(model.first_sheet()).key == "n"
    model.show_nodes(())
    assert not model.first_sheet().isValid()
    assert not model.parent(QModelIndex()).isValid()
    assert model.data(QModelIndex()) is None


def test_the_tree_tells_where_a_person_goes_and_stays_there(qtbot, words: Words) -> None:
    tree = Tree(words)
    qtbot.addWidget(tree)
    tree.resize(220, 300)
    tree.show()
    went: list[str] = []
    tree.opened.connect(lambda node: went.append(node.key))
    tree.show_nodes(nodes())
    tree.go_to("s")
    tree.show_nodes(nodes("submitted"))
    tree.show_nodes(nodes("submitted", more=True))
    assert tree.current().key == "s"
    tree.go_to("nowhere")
    assert tree.current().key == "s"
    # Chosen before, and not gone to again because the tree has another shape.
    assert went == ["s"]
    assert not tree.grab().isNull()
