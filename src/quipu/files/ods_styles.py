"""Which styles of an OpenDocument workbook underline: its own, named ones, and their parents."""

from dataclasses import dataclass, field
from xml.parsers import expat

from quipu.files.package import Attributes, Package, local, local_attributes

STYLES = "styles.xml"
_DEEPEST = 32


@dataclass(slots=True)
class UnderlineStyles:
    """The underlining of styles by name; a style that says nothing follows its parent."""

    _said: dict[str, bool] = field(default_factory=dict)
    _parents: dict[str, str] = field(default_factory=dict)
    _open: str = ""

    def read(self, package: Package) -> None:
        """Take the named styles of a workbook, which stand in a part of their own."""
        if STYLES in package:
            package.parse(STYLES, self._prepare)

    def _prepare(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = lambda name, given: self.start(local(name), given)
        parser.EndElementHandler = lambda name: self.end(local(name))

    def start(self, name: str, given: Attributes) -> None:
        """Take the beginning of an element that may be of a style."""
        if name == "style":
            attributes = local_attributes(given)
            self._open = attributes.get("name", "")
            self._parents[self._open] = attributes.get("parent-style-name", "")
        elif name == "text-properties" and self._open:
            line = local_attributes(given).get("text-underline-style")
            if line is not None:
                self._said[self._open] = line != "none"

    def end(self, name: str) -> None:
        """Take the end of an element that may be of a style."""
        if name == "style":
            self._open = ""

    def underlines(self, style: str) -> bool | None:
        """Tell whether a style underlines; `None` where neither it nor its parents say."""
        for _ in range(_DEEPEST):
            if not style or style in self._said:
                break
            style = self._parents.get(style, "")
        return self._said.get(style)
