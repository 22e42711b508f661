"""Going about in a window: to a page, to a unit's report, to the cell of an address."""

from typing import TYPE_CHECKING

from quipu.domain.address import Address
from quipu.ui.snapshot import Node

if TYPE_CHECKING:
    from quipu.ui.window import Window


class Going:
    """Brings what a person asks for into view, wherever in the window it is."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def show_page(self, name: str) -> None:
        """Show a page by its name; without a plan the sheet's place is taken by the welcome."""
        window = self._window
        if name == "sheet" and (window.seen is None or window.seen.plan is None):
            name = "welcome"
        window.pages.show_page(name)
        window.side.show_page("sheet" if name == "welcome" else name)
        if name == "status":
            window.ask_status()
        elif name == "sheet":
            tree = window.side.tree
            if tree.current() is None:
                tree.setCurrentIndex(tree.tree_model.first_sheet())
            window.page.view.setFocus()
            window.sheets.draw()

    def open_node(self, node: Node) -> None:
        """Show the sheet of a node of the tree."""
        window = self._window
        window.sheets.open(node)
        if (node.form or node.kind == "unit") and window.pages.currentWidget() is not window.work:
            self.show_page("sheet")

    def go_to(self, address: Address, *, keyboard: bool = True) -> None:
        """Show the cell of an address, and go on there with the keyboard if it says so.

        The period of what was observed becomes the sheet's.
        """
        window, seen = self._window, self._window.seen
        if seen is None:
            return
        unit = address.unit or seen.facts.text(address.item, "unit")
        plan, form = (seen.facts.text(address.item, name) for name in ("plan", "form"))
        tree = window.side.tree
        index = tree.tree_model.find(unit or f"{plan}/{form}")
        node = tree.tree_model.node(index)
        if node is None:
            return
        tree.blockSignals(True)
        tree.go_to(node.key)
        tree.blockSignals(False)
        window.pages.show_page("sheet")
        window.side.show_page("sheet")
        window.sheets.jump(node, address, keyboard=keyboard)

    def open_unit(self, unit: str, period: str) -> None:
        """Show a unit's progress of a period (the chosen one for `""`), ready to be typed into."""
        window = self._window
        if period:
            window.sheets.choose_period(period)
        window.sheets.show_view("progress")
        window.side.tree.go_to(unit)
        self.show_page("sheet")

    def open_plan(self, plan: str) -> None:
        """Show another plan of the workspace, wherever in the window one is."""
        self._window.choose_plan(plan)

    def open_office(self, office: str, period: str) -> None:
        """Show the first unit of an office."""
        seen = self._window.seen
        units = seen.units_of(office) if seen is not None else []
        if units:
            self.open_unit(units[0], period)

    def open_row(self, item: str) -> None:
        """Show a row of the plan."""
        self.go_to(Address(item, "text"))

    def show_problems(self) -> None:
        """Go to the list of problems; without one in it, to where others are chosen."""
        window, panel = self._window, self._window.findings_panel
        self.show_page("sheet")
        window.panels.show()
        window.panels.setCurrentWidget(panel)
        if not panel.model.records:
            panel.where.setFocus()
            return
        panel.view.setFocus()
        if panel.current() is None:
            panel.view.selectRow(0)
