"""What each of the window's actions does."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPlainTextEdit, QWidget

from quipu.ui.dialogs.ask import Ask, Question

if TYPE_CHECKING:
    from quipu.ui.window import Window


def acts_of(window: "Window") -> dict[str, Callable[[], object]]:
    """Give what each action does in a window, by the actions' names."""
    return {**_work_acts(window), **_look_acts(window)}


def _work_acts(window: "Window") -> dict[str, Callable[[], object]]:
    """Give the actions that change, send or print something."""
    desk, exchange, view = window.desk, window.exchange, window.page.view
    return {
        "start": window.start_wanted.emit,
        "load": exchange.load,
        "fill": exchange.fill,
        "export": window.bundles.export,
        "merge": window.bundles.merge,
        "print": lambda: exchange.print(
            window.sheets.node, window.sheets.view, window.sheets.period
        ),
        "handover": window.handing.ask,
        "quit": window.close,
        "undo": desk.undo,
        "redo": desk.redo,
        "cut": lambda: _edit(window, "cut"),
        "copy": lambda: _edit(window, "copy"),
        "paste": lambda: _edit(window, "paste"),
        "blank": view.gestures.blank,
        "fill-down": view.gestures.fill_down,
        "attach": lambda: _attach(window),
    }


def _look_acts(window: "Window") -> dict[str, Callable[[], object]]:
    """Give the actions that only show something in another way."""
    page, sheets = window.page, window.sheets
    view = page.view
    return {
        "find": page.find_bar.open,
        "view-progress": lambda: sheets.show_view("progress"),
        "view-plan": lambda: sheets.show_view("plan"),
        "view-published": lambda: sheets.show_view("published"),
        "period-previous": lambda: page.chooser.step_period(-1),
        "period-next": lambda: page.chooser.step_period(1),
        "zoom-in": lambda: view.set_zoom(view.zoom + 0.1),
        "zoom-out": lambda: view.set_zoom(view.zoom - 0.1),
        "panel": lambda: window.panels.setVisible(not window.panels.isVisible()),
        "problems": window.going.show_problems,
        "other-part": lambda: _other_part(window),
        "refresh": window.refresh,
        "name": lambda: _ask_name(window),
        "keys": lambda: _tell(window, "ui.keys.title", "ui.keys.text"),
        "about": lambda: _tell(window, "ui.about.title", "ui.about.text"),
        "language-es": lambda: window.language_wanted.emit("es"),
        "language-en": lambda: window.language_wanted.emit("en"),
    }


def _edit(window: "Window", gesture: str) -> None:
    """Cut, copy or paste where the person is: in a line of text, else on the sheet."""
    here = QApplication.focusWidget()
    if isinstance(here, QLineEdit | QPlainTextEdit):
        getattr(here, gesture)()
    else:
        getattr(window.page.view.gestures, gesture)()


def _other_part(window: "Window") -> None:
    """Go on to the next part of the window that takes keys."""
    parts: list[QWidget] = [window.side.tree, window.page.view, window.cell_panel.history]
    if window.panels.currentWidget() is window.findings_panel:
        parts[2] = window.findings_panel.view
    here = [number for number, part in enumerate(parts) if part.hasFocus()]
    order = [parts[(number + (here[0] if here else -1) + 1) % 3] for number in range(3)]
    for part in order:
        if part.isVisible():
            part.setFocus()
            return


def _attach(window: "Window") -> None:
    """Attach a file to the chosen activity, with the list of its files in view."""
    window.show_page("sheet")
    window.panels.show()
    window.panels.setCurrentWidget(window.evidence.panel)
    window.evidence.ask_file()


def _ask_name(window: "Window") -> None:
    ask = Ask(
        window.words,
        window.words.text("ui.name.title"),
        [Question("name", "ui.name.label", value=window.desk.author)],
        explain=window.words.text("ui.name.explain"),
        parent=window,
    )
    ask.when_accepted(lambda said: window.name_wanted.emit(said.answer("name")))


def _tell(window: "Window", title: str, text: str) -> None:
    box = QMessageBox(window)
    box.setWindowTitle(window.words.text(title))
    box.setText(window.words.text(text))
    box.addButton(window.words.text("ui.close"), QMessageBox.ButtonRole.AcceptRole)
    box.open()
