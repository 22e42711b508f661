"""The runs of a rich text: put together, with what is underlined in it remembered.

A run without properties of its own looks as its cell does; so does a text without runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Runs:
    """A text that is read run by run; cleared for each cell."""

    _pieces: list[tuple[str, bool | None]] = field(default_factory=list)
    _underlined: bool | None = None

    def clear(self) -> None:
        """Begin with another text."""
        self._pieces.clear()
        self._underlined = None

    def style(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of a run (`r`), of its properties (`rPr`) or its underline (`u`)."""
        self.mark(None if name == "r" else name == "u" and is_underline(attributes))

    def mark(self, underlined: bool | None) -> None:
        """Say whether what follows is underlined; `None` where that is as in its cell."""
        self._underlined = underlined

    def add(self, text: str) -> None:
        """Take a piece of the run's text."""
        self._pieces.append((text, self._underlined))

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(text for text, _ in self._pieces)

    def rich(self, *, underlined: bool = False) -> str:
        """Give the text with `<u>…</u>` around what is underlined, `""` where nothing is.

        `underlined` says that the cell's own style is. A figure is a figure: it gets no marks.
        """
        pieces = [(text, underlined if own is None else own) for text, own in self._pieces]
        if not any(marked and text.strip() for text, marked in pieces):
            return ""
        if not any(map(str.isalpha, self.text)):
            return ""
        parts: list[str] = []
        open_ = False
        for text, marked in pieces:
            if marked is not open_:
                parts.append("<u>" if marked else "</u>")
                open_ = marked
            parts.append(text)
        return "".join([*parts, "</u>" if open_ else ""])


def is_underline(attributes: Mapping[str, str]) -> bool:
    """Tell whether an element `u` underlines; `val="none"` takes it away."""
    return attributes.get("val", "single") != "none"


def whole(text: str) -> str:
    """Give a text without runs as it stands in an underlined cell, `""` for a figure."""
    return f"<u>{text}</u>" if any(map(str.isalpha, text)) else ""
