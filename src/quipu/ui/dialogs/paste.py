"""A box to paste a table into: the page that Word or Excel puts on the clipboard is kept."""

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QPlainTextEdit


class PasteBox(QPlainTextEdit):
    """Shows what was pasted as plain text, and gives it with its merges and underlined words."""

    def __init__(self) -> None:
        super().__init__()
        self._page = ""
        self._shown = ""

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste; a table that comes as a page too replaces what the box holds."""
        page = source.html() if source.hasHtml() else ""
        if "<table" not in page.lower() and "<tr" not in page.lower():
            super().insertFromMimeData(source)
            return
        self._page = page
        self.setPlainText(source.text())
        self._shown = self.toPlainText()

    def given(self) -> str:
        """Give the page that was pasted; the text where there is none or it was changed since."""
        text = self.toPlainText()
        return self._page if self._page and text == self._shown else text
