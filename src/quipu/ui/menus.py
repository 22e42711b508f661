"""The window's actions: their menus, keys, icons, and the small toolbar."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar, QToolButton

from quipu.ui import look
from quipu.words import LANGUAGES, Words


@dataclass(frozen=True, slots=True)
class Entry:
    """An action: its name (and words), keys, icon, and whom it is for.

    `side` is `centre` for what only the centre does; `bar` puts it on the toolbar, `text` there
    with its words; `writes` turns it off in a workspace that is only read.
    """

    name: str
    keys: str = ""
    icon: str = ""
    side: str = ""
    bar: bool = False
    text: bool = False
    writes: bool = False


_LINE = Entry("")
MENUS: dict[str, tuple[Entry, ...]] = {
    "file": (
        Entry("start", "Ctrl+O", "open"),
        _LINE,
        Entry("load", "Ctrl+L", "load", "centre", bar=True, text=True, writes=True),
        Entry("fill", "Ctrl+I", "fill", bar=True, text=True, writes=True),
        _LINE,
        Entry("export", "Ctrl+E", "export", bar=True, text=True, writes=True),
        Entry("merge", "Ctrl+M", "merge", bar=True, text=True, writes=True),
        _LINE,
        Entry("print", "Ctrl+P", "print", bar=True, text=True),
        Entry("handover", writes=True),
        _LINE,
        Entry("quit", "Ctrl+Q"),
    ),
    "edit": (
        Entry("undo", "Ctrl+Z", "undo", bar=True, writes=True),
        Entry("redo", "Ctrl+Y", "redo", bar=True, writes=True),
        _LINE,
        Entry("cut"),
        Entry("copy"),
        Entry("paste"),
        Entry("blank"),
        Entry("fill-down"),
        _LINE,
        Entry("attach", "Ctrl+J", "clip", bar=True, writes=True),
        _LINE,
        Entry("find", "Ctrl+F", "find", bar=True),
    ),
    "view": (
        Entry("view-progress", "Ctrl+1"),
        Entry("view-plan", "Ctrl+2"),
        Entry("view-published", "Ctrl+3"),
        _LINE,
        Entry("period-previous", "Alt+PgUp"),
        Entry("period-next", "Alt+PgDown"),
        _LINE,
        Entry("zoom-in", "Ctrl++"),
        Entry("zoom-out", "Ctrl+-"),
        Entry("panel", "F4"),
        Entry("problems", "F7"),
        Entry("other-part", "F6"),
        Entry("refresh", "F5"),
    ),
    "help": (Entry("name"), Entry("keys", "F1"), Entry("about")),
}


class Menus:
    """All actions by name, placed in a window; `acts` says what each does."""

    def __init__(
        self, words: Words, window: QMainWindow, role: str, acts: Mapping[str, Callable[[], object]]
    ) -> None:
        self._words, self._window, self._role = words, window, role
        self.actions: dict[str, QAction] = {}
        self.bar = QToolBar(words.text("ui.menu.bar"))
        self.bar.setMovable(False)
        self.bar.setIconSize(look.ICON_SIZE)
        self.bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for menu_name, entries in MENUS.items():
            menu = window.menuBar().addMenu(words.text(f"ui.menu.{menu_name}"))
            if self._fill(menu, entries, acts):
                self.bar.addSeparator()
            if menu_name == "help":
                self._add_languages(menu, acts)
        window.addToolBar(self.bar)

    def _fill(
        self, menu: QMenu, entries: tuple[Entry, ...], acts: Mapping[str, Callable[[], object]]
    ) -> bool:
        """Add a menu's actions; say whether any of them stands on the toolbar."""
        for entry in entries:
            if not entry.name:
                menu.addSeparator()
            elif not entry.side or entry.side == self._role:
                action = self._action(entry, acts[entry.name])
                menu.addAction(action)
                if entry.bar:
                    self._add_to_bar(action, entry)
        return any(entry.bar for entry in entries)

    def _action(self, entry: Entry, act: Callable[[], object]) -> QAction:
        words = self._words.text(f"ui.action.{entry.name}")
        action = QAction(words, self._window)
        if entry.icon:
            action.setIcon(look.icon(entry.icon))
        if entry.keys:
            action.setShortcut(QKeySequence(entry.keys))
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{words.replace('&', '').rstrip('…')} ({keys})")
        action.triggered.connect(lambda _=False: act())
        action.setProperty("writes", entry.writes)
        self.actions[entry.name] = action
        return action

    def _add_to_bar(self, action: QAction, entry: Entry) -> None:
        self.bar.addAction(action)
        button = self.bar.widgetForAction(action)
        action.setIconText(self._words.text(f"ui.bar.{entry.name}"))
        if entry.text and isinstance(button, QToolButton):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def _add_languages(self, menu: QMenu, acts: Mapping[str, Callable[[], object]]) -> None:
        below = menu.addMenu(self._words.text("ui.menu.language"))
        group = QActionGroup(self._window)
        for language in LANGUAGES:
            action = below.addAction(self._words.text(f"ui.language.{language}"))
            action.setCheckable(True)
            action.setChecked(language == self._words.lang)
            action.triggered.connect(lambda _=False, name=f"language-{language}": acts[name]())
            group.addAction(action)
            self.actions[f"language-{language}"] = action

    def only_read(self) -> None:
        """Turn off what writes."""
        for action in self.actions.values():
            if action.property("writes"):
                action.setEnabled(False)
