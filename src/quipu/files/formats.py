"""Number formats of workbooks: what a person sees of a stored number.

The texts use `,` between thousands and `.` before decimals, whatever the PC that wrote the file:
Excel stores formats in that style and only shows them in the PC's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from quipu.domain.value import plain
from quipu.files.dates import date_text, is_date

BUILT_IN: dict[int, str] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    # Excel shows the next five in the PC's own order; here, the day first.
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm",
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: "#,##0;-#,##0;-",
    42: "$#,##0;-$#,##0;-",
    43: "#,##0.00;-#,##0.00;-",
    44: "$#,##0.00;-$#,##0.00;-",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
    48: "0.0E+0",
    49: "@",
}

_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
_TOKEN = re.compile(
    r"""(?P<literal>"[^"]*"?|\\.|!.)|(?P<space>[_*].)|(?P<bracket>\[[^\]]*\])|(?P<general>General)
    |(?P<digits>[0#?][0#?,]*)|(?P<point>\.)|(?P<percent>%)|(?P<power>E[+-]|e[+-])|(?P<text>@)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_SECTIONS = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[]|["\\\[])*)(?:;|$)', re.DOTALL)
_WIDEST_GENERAL = 10
_LONGEST_FORMAT = 255


def exact(text: str) -> Decimal:
    """Give a stored number with the 15 digits that spreadsheets keep.

    The rest is the noise of binary fractions: `0.30000000000000004` is `0.3`. Raises
    `decimal.InvalidOperation` for what is no finite number of reasonable size.
    """
    number = _FIFTEEN.create_decimal(text)
    if not number.is_finite() or abs(number.adjusted()) > 300:
        raise _NOT_A_NUMBER
    whole = number.to_integral_value()
    return whole if whole == number and abs(number.adjusted()) < 15 else number


_NOT_A_NUMBER = ArithmeticError("not a finite number")


@dataclass(frozen=True, slots=True)
class Section:
    """One of the up to four parts of a format: its tokens, and the numbers it is for."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None = None

    def holds(self, number: Decimal) -> bool:
        """Tell whether the section's own condition takes the number."""
        if self.condition is None:
            return False
        sign, bound = self.condition
        low, same = number < bound, number == bound
        return {
            "<": low,
            "<=": low or same,
            "=": same,
            "<>": not same,
            ">=": not low,
            ">": not low and not same,
        }[sign]


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format that is ready for use; made by `number_format`."""

    code: str
    sections: tuple[Section, ...]
    date: bool
    percent: bool
    text: bool

    def show(self, number: Decimal, *, since_1904: bool = False) -> str:
        """Give the text that a person sees of a number (a percentage given as its fraction)."""
        if self.text:
            return plain(number)
        if self.date:
            shown = date_text(number, self.code, since_1904=since_1904)
            return plain(number) if shown is None else shown
        section, signed = self._section(number)
        return _show(section, number if signed else abs(number))

    def _section(self, number: Decimal) -> tuple[Section, bool]:
        """Give the section for a number, and whether the minus sign is still to be shown."""
        numeric = [part for part in self.sections if ("text", "@") not in part.tokens]
        if any(part.condition for part in numeric):
            chosen = next((part for part in numeric if part.holds(number)), numeric[-1])
            return chosen, True
        if number < 0 and len(numeric) > 1:
            return numeric[1], False
        if number == 0 and len(numeric) > 2:
            return numeric[2], False
        return (numeric or self.sections)[0], True


@lru_cache(maxsize=4096)
def number_format(code: str) -> NumberFormat:
    """Read a format code (`#,##0`, `0%`, `dd/mm/yyyy`); one that cannot be read is General."""
    if not code or len(code) > _LONGEST_FORMAT:
        code = "General"
    sections = tuple(_read_section(part) for part in _SECTIONS.findall(code)[:4] or [code])
    # The pattern also finds the nothing after the last section.
    if len(sections) > 1 and not code.endswith(";") and not sections[-1].tokens:
        sections = sections[:-1]
    return NumberFormat(
        code=code,
        sections=sections,
        date=is_date(code),
        percent=any(kind == "percent" for kind, _ in sections[0].tokens),
        text=code.strip() == "@",
    )


def _read_section(part: str) -> Section:
    condition = _CONDITION.search(part)
    tokens = tuple(
        (str(found.lastgroup), found.group())
        for found in _TOKEN.finditer(part)
        if found.lastgroup is not None
    )
    bound = (condition.group(1), Decimal(condition.group(2))) if condition else None
    return Section(tokens, bound)


def _show(section: Section, number: Decimal) -> str:
    kinds = [kind for kind, _ in section.tokens]
    if "general" in kinds:
        return _with_literals(section.tokens, general(number), "general")
    if "digits" not in kinds and "point" not in kinds:
        return "".join(_literal(kind, text) for kind, text in section.tokens).strip()
    if "power" in kinds or any(token == ("other", "/") for token in section.tokens):
        # Powers and fractions are not how plans are written: the exact number serves better.
        return plain(number)
    return _with_literals(section.tokens, _digits(section.tokens, number), "digits")


def _digits(tokens: Sequence[tuple[str, str]], number: Decimal) -> str:
    places = [text if kind == "digits" else "." for kind, text in tokens if kind in _NUMERIC]
    whole, _, decimals = "".join(places).partition(".")
    scale = len(decimals or whole) - len((decimals or whole).rstrip(","))
    number = number.scaleb(-3 * scale)
    number = number.scaleb(2 * sum(kind == "percent" for kind, _ in tokens))
    decimals = decimals.replace(",", "")
    shown = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, _WIDE)
    left, _, right = format(abs(shown), "f").partition(".")
    least = decimals.rstrip("#?")
    right = right[: len(least)] + right[len(least) :].rstrip("0")
    wanted = whole.replace(",", "").lstrip("#?")
    left = left.lstrip("0").rjust(len(wanted), "0")
    if "," in whole.rstrip(","):
        left = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", left)
    sign = "-" if shown < 0 else ""
    return sign + left + (f".{right}" if right else "")


_NUMERIC = ("digits", "point")
_WIDE = Context(prec=400)


def _with_literals(tokens: Sequence[tuple[str, str]], shown: str, kind: str) -> str:
    """Put the number where its first place stands and keep the words around it."""
    parts: list[str] = []
    placed = False
    for token, text in tokens:
        if token == kind or token in _NUMERIC:
            if not placed:
                parts.append(shown)
                placed = True
        else:
            parts.append(_literal(token, text))
    text = "".join(parts).strip()
    # The minus sign stands before everything: -$5, not $-5.
    return "-" + text.replace("-", "", 1) if shown.startswith("-") else text


def _literal(kind: str, text: str) -> str:
    if kind == "literal":
        return text[1:].removesuffix('"') if text[0] == '"' else text[1:]
    if kind == "bracket":
        # [$S/-280A] prints its currency; colours and conditions print nothing.
        return text[2:-1].partition("-")[0] if text.startswith("[$") else ""
    return text if kind in ("percent", "other") else ""


def general(number: Decimal) -> str:
    """Give a number as the General format shows it: up to eleven places, no thousands."""
    whole = max(number.adjusted() + 1, 1)
    decimals = max(_WIDEST_GENERAL - whole, 0)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > decimals:
        rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)
        # What would round away to nothing is shown whole instead.
        return plain(rounded if rounded else number)
    return plain(number)
