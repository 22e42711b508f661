"""Words of Qt's own dialogs that its Spanish catalogue lacks."""

from typing import Final

from PySide6.QtCore import QTranslator

from quipu.words import Words

KEYS: Final = {
    "&Look in:": "ui.qt.look-in",
    "Files of &type:": "ui.qt.files-of-type",
    "Folder": "ui.qt.folder",
    "Directory:": "ui.qt.directory",
    "&Choose": "ui.qt.choose",
    "Save As": "ui.qt.save-as",
    "Find Directory": "ui.qt.find-folder",
}


class QtWords(QTranslator):
    """Answers for the few texts that would stay English in a Spanish window."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def isEmpty(self) -> bool:
        """Tell Qt that there is something to ask for."""
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Give a text's words; `None` (an empty text would be shown) where Qt has its own."""
        key = KEYS.get(source)
        return self._words.text(key) if key is not None else None
