"""Sums and plain arithmetic of formulas that were saved without their value.

Only numbers, references within the sheet, `SUM`, `+ - * / ^ %` and brackets: what a plan's totals
need. Everything else is left alone and says so.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Context, Decimal, DecimalException

from quipu.files.formats import exact

Lookup = Callable[[int, int], Decimal | str | None]
"""What stands in a cell (row and column from 0): a number, a text, or `None` for blank."""

_TOKEN = re.compile(
    r"\s*(?:(?P<range>\$?[A-Z]{1,3}\$?\d{1,7}:\$?[A-Z]{1,3}\$?\d{1,7})|(?P<ref>\$?[A-Z]{1,3}\$?\d{1,7}"
    r"(?![A-Z0-9(!]))|(?P<sum>SUM(?=\())|(?P<number>\d+(?:\.\d*)?(?:E[+-]?\d+)?|\.\d+)"
    r"|(?P<mark>[-+*/^%(),]))\s*",
    re.IGNORECASE,
)
_REF = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})", re.IGNORECASE)
_MOVABLE = re.compile(
    r'"[^"]*"|(?<![A-Z0-9_!.])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![A-Z0-9_(!])', re.I
)
_LONGEST = 8192
_DEEPEST = 50
_ARITHMETIC = Context(prec=28)


class NotComputable(Exception):
    """A formula beyond plain arithmetic, or with an error in it; it stays without a value."""


def column_number(letters: str) -> int:
    """Give a column's number from 0 by its letters (`A` is 0, `AA` is 26)."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(column: int) -> str:
    """Give a column's letters by its number from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def moved(formula: str, rows: int, columns: int) -> str:
    """Give a shared formula as it reads so many rows and columns away from its first cell."""

    def shift(found: re.Match[str]) -> str:
        if found.group(2) is None:
            return found.group()
        fixed_column, letters, fixed_row, row = found.groups()
        column = column_number(letters) + (0 if fixed_column else columns)
        line = int(row) + (0 if fixed_row else rows)
        if column < 0 or line < 1:
            return "#REF!"
        return f"{fixed_column}{column_letters(column)}{fixed_row}{line}"

    return _MOVABLE.sub(shift, formula)


class Arithmetic:
    """Works formulas out over one sheet; `steps` bounds the cells visited for all of them."""

    def __init__(self, lookup: Lookup, last_row: int, last_column: int, steps: int) -> None:
        self._lookup = lookup
        self._last = (last_row, last_column)
        self._steps = steps

    def value(self, formula: str) -> Decimal:
        """Give a formula's value; raises `NotComputable`."""
        tokens = _tokens(formula)
        try:
            number = _Reader(tokens, self).whole()
            return exact(str(number))
        except (DecimalException, ArithmeticError) as error:
            raise NotComputable(formula) from error

    def cell(self, reference: str) -> Decimal:
        """Give the number in a cell; blank counts as zero, a text cannot be reckoned with."""
        value = self._at(*_place(reference))
        if isinstance(value, str):
            raise NotComputable(reference)
        return Decimal(0) if value is None else value

    def numbers(self, reference: str) -> Iterator[Decimal]:
        """Give the numbers of a range; like `SUM`, pass over blanks and texts."""
        first, _, last = reference.partition(":")
        (row, column), (end_row, end_column) = _place(first), _place(last or first)
        rows = range(min(row, end_row), min(max(row, end_row), self._last[0]) + 1)
        columns = range(min(column, end_column), min(max(column, end_column), self._last[1]) + 1)
        for line in rows:
            for place in columns:
                value = self._at(line, place)
                if isinstance(value, Decimal):
                    yield value

    def _at(self, row: int, column: int) -> Decimal | str | None:
        self._steps -= 1
        if self._steps < 0:
            raise NotComputable("too many cells")
        return self._lookup(row, column)


def _place(reference: str) -> tuple[int, int]:
    found = _REF.fullmatch(reference)
    if found is None or not int(found.group(4)):
        raise NotComputable(reference)
    return int(found.group(4)) - 1, column_number(found.group(2))


def _tokens(formula: str) -> list[tuple[str, str]]:
    text = formula.removeprefix("=").removeprefix("+")
    if len(text) > _LONGEST:
        raise NotComputable(formula)
    tokens: list[tuple[str, str]] = []
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None or found.lastgroup is None:
            raise NotComputable(formula)
        tokens.append((found.lastgroup, found.group(found.lastgroup)))
        place = found.end()
    return tokens


class _Reader:
    """A reader of one formula, from sums down to single numbers."""

    def __init__(self, tokens: list[tuple[str, str]], sheet: Arithmetic) -> None:
        self._tokens = tokens
        self._sheet = sheet
        self._next = 0
        self._depth = 0

    def whole(self) -> Decimal:
        number = self._sum()
        if self._next != len(self._tokens):
            raise NotComputable("words after the end")
        return number

    def _take(self, *marks: str) -> str:
        """Take the next mark when it is one of these, else nothing."""
        kind, text = self._peek()
        if kind == "mark" and text in marks:
            self._next += 1
            return text
        return ""

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._next] if self._next < len(self._tokens) else ("end", "")

    def _sum(self) -> Decimal:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotComputable("too deep")
        number = self._product()
        while mark := self._take("+", "-"):
            other = self._product()
            number = _ARITHMETIC.add(number, other if mark == "+" else -other)
        self._depth -= 1
        return number

    def _product(self) -> Decimal:
        number = self._power()
        while mark := self._take("*", "/"):
            other = self._power()
            reckon = _ARITHMETIC.multiply if mark == "*" else _ARITHMETIC.divide
            number = reckon(number, other)
        return number

    def _power(self) -> Decimal:
        number = self._signed()
        while self._take("^"):
            exponent = self._signed()
            if abs(exponent) > 100:
                raise NotComputable("a power too large")
            number = _ARITHMETIC.power(number, exponent)
        return number

    def _signed(self) -> Decimal:
        negative = False
        while mark := self._take("+", "-"):
            negative ^= mark == "-"
        number = self._single()
        while self._take("%"):
            number = _ARITHMETIC.divide(number, Decimal(100))
        return -number if negative else number

    def _single(self) -> Decimal:
        kind, text = self._peek()
        self._next += 1
        if kind == "number":
            return Decimal(text)
        if kind == "ref":
            return self._sheet.cell(text)
        if kind == "sum":
            return self._arguments()
        if (kind, text) == ("mark", "("):
            number = self._sum()
            self._close()
            return number
        raise NotComputable(text)

    def _close(self) -> None:
        if not self._take(")"):
            raise NotComputable("a bracket is missing")

    def _arguments(self) -> Decimal:
        """Add up the arguments of `SUM`: ranges and cells pass over texts, the rest is reckoned."""
        self._take("(")
        total = Decimal(0)
        while True:
            kind, text = self._peek()
            alone = self._tokens[self._next + 1 : self._next + 2] in _ENDS
            if kind == "range" or (kind == "ref" and alone):
                self._next += 1
                for number in self._sheet.numbers(text):
                    total = _ARITHMETIC.add(total, number)
            else:
                total = _ARITHMETIC.add(total, self._sum())
            if not self._take(","):
                break
        self._close()
        return total


_ENDS = ([("mark", ",")], [("mark", ")")])
