"""The runs of a rich text: put together, with what is underlined in it remembered."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Runs:
    """A text that is read run by run; cleared for each cell."""

    _pieces: list[tuple[str, bool]] = field(default_factory=list)
    _underlined: bool = False

    def clear(self) -> None:
        """Begin with another text."""
        self._pieces.clear()
        self._underlined = False

    def style(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of a run (`r`) or its underline (`u`)."""
        self._underlined = name == "u" and attributes.get("val", "single") != "none"

    def add(self, text: str) -> None:
        """Take a piece of the run's text."""
        self._pieces.append((text, self._underlined))

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(text for text, _ in self._pieces)

    @property
    def rich(self) -> str:
        """The text with `<u>…</u>` around what is underlined, `""` where nothing is."""
        if not any(underlined and text.strip() for text, underlined in self._pieces):
            return ""
        parts: list[str] = []
        open_ = False
        for text, underlined in self._pieces:
            if underlined is not open_:
                parts.append("<u>" if underlined else "</u>")
                open_ = underlined
            parts.append(text)
        return "".join([*parts, "</u>" if open_ else ""])
