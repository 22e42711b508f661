"""The numbers that Word writes before paragraphs by itself: `1)`, `2.1`, `a.`; no text has them."""

from dataclasses import dataclass, field

from quipu.files.package import Attributes, Package

_DEEPEST = 9
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_LARGEST = 3999


@dataclass(slots=True)
class Level:
    """One level of a numbered list: its first number, the kind of number, and `%1.%2)`."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    legal: bool = False


@dataclass(slots=True)
class _List:
    """A list of the document, and where it starts anew on a level."""

    pattern: str
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs of a document's lists as they come."""

    patterns: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, _List] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def next(self, number: str | None, level: int | None, style: str) -> str:
        """Give what stands before a paragraph of a list and level, `""` for one of none."""
        own = self.styles.get(style, ("", 0))
        number = own[0] if number is None else number
        level = own[1] if level is None else level
        known = self.lists.get(number)
        if known is None or not 0 <= level < _DEEPEST:
            return ""
        levels = self.patterns.get(known.pattern, {})
        counts = self.counts.setdefault(known.pattern, [None] * _DEEPEST)
        if number not in self._begun:
            self._begun.add(number)
            for at, start in known.starts.items():
                if 0 <= at < _DEEPEST:
                    counts[at] = start - 1
        before = counts[level]
        counts[level] = levels.get(level, Level()).start if before is None else before + 1
        counts[level + 1 :] = [None] * (_DEEPEST - level - 1)
        return _written(levels, level, counts)


def _written(levels: dict[int, Level], level: int, counts: list[int | None]) -> str:
    own = levels.get(level, Level())
    if own.kind == "bullet":
        return "•"
    text = own.text
    for at in range(level + 1):
        place = f"%{at + 1}"
        if place in text:
            other = levels.get(at, Level())
            count = counts[at]
            kind = "decimal" if own.legal else other.kind
            text = text.replace(place, number_text(other.start if count is None else count, kind))
    return text.strip()


def number_text(number: int, kind: str) -> str:
    """Write a number in one of Word's kinds; unknown kinds in digits."""
    match kind:
        case "none":
            return ""
        case "lowerLetter" | "upperLetter" if number > 0:
            letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, _DEEPEST)
            return letter if kind == "lowerLetter" else letter.upper()
        case "lowerRoman" | "upperRoman" if 0 < number <= _LARGEST:
            roman = ""
            for value, sign in _ROMAN:
                roman += sign * (number // value)
                number %= value
            return roman.lower() if kind == "lowerRoman" else roman
        case "decimalZero":
            return f"{number:02}"
        case "ordinal":
            return f"{number}.º"
        case _:
            return str(number)


def read_numbering(package: Package, numbering: str | None, styles: str | None) -> Numbering:
    """Read the lists of a document and the styles of paragraphs that are numbered."""
    found = Numbering()
    if numbering is not None:
        _read_lists(package.elements(numbering), found)
    if styles is not None:
        _read_styles(package.elements(styles), found)
    return found


def _read_lists(elements: list[tuple[str, Attributes]], found: Numbering) -> None:
    levels: dict[int, Level] = {}
    level = Level()
    current = _List("")
    at = 0
    inside = False
    for name, attributes in elements:
        value = attributes.get("val", "")
        match name:
            case "abstractNum":
                inside = True
                levels = found.patterns.setdefault(attributes.get("abstractNumId", ""), {})
            case "num":
                inside = False
                current = found.lists.setdefault(attributes.get("numId", ""), _List(""))
            case "abstractNumId":
                current.pattern = value
            case "lvlOverride":
                at = whole(attributes.get("ilvl", ""))
            case "startOverride":
                current.starts[at] = whole(value)
            case "lvl" if inside:
                level = levels.setdefault(whole(attributes.get("ilvl", "")), Level())
            case "start" if inside:
                level.start = whole(value)
            case "numFmt" if inside:
                level.kind = value
            case "lvlText" if inside:
                level.text = value
            case "isLgl" if inside:
                level.legal = value not in ("0", "false")


def _read_styles(elements: list[tuple[str, Attributes]], found: Numbering) -> None:
    based: dict[str, str] = {}
    style = ""
    for name, attributes in elements:
        value = attributes.get("val", "")
        known = found.styles.get(style, ("", 0))
        match name:
            case "style":
                style = attributes.get("styleId", "")
            case "basedOn" if style:
                based[style] = value
            case "numId" if style:
                found.styles[style] = (value, known[1])
            case "ilvl" if style:
                found.styles[style] = (known[0], whole(value))
    for name in based:
        above, steps = name, 0
        while above not in found.styles and above in based and steps < _DEEPEST:
            above, steps = based[above], steps + 1
        if above in found.styles:
            found.styles[name] = found.styles[above]


def whole(text: str) -> int:
    """Give a number of an attribute; 0 for what is none."""
    return int(text) if text.isdecimal() and len(text) < 9 else 0
