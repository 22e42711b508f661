"""The numbers of a row as the checks of arithmetic need them."""

from dataclasses import dataclass
from decimal import Decimal

from quipu.domain.row import Row
from quipu.domain.value import plain
from quipu.forms.definition import Form
from quipu.forms.numbers import read_number, write_number

_NO_SUM = frozenset({"cumulative", "rate"})


@dataclass(frozen=True, slots=True)
class Figures:
    """A row's periods and total.

    `values` has the periods that could be read, `unreadable` those that could not, `shares` the
    periods printed as percentages (whose values are fractions). `total` is `None` when blank or
    unreadable; `total_malformed` tells the two apart.
    """

    values: dict[str, Decimal]
    unreadable: tuple[str, ...]
    shares: frozenset[str]
    total: Decimal | None
    total_share: bool
    total_malformed: bool

    @property
    def sum(self) -> Decimal:
        """The sum of the periods that could be read."""
        return sum(self.values.values(), Decimal(0))

    @property
    def mixed(self) -> bool:
        """Whether percentages and counts stand in one row (S1-17)."""
        if self.total is None:
            return 0 < len(self.shares) < len(self.values)
        counts = len(self.values) - len(self.shares)
        return (bool(self.shares) and (counts > 0 or not self.total_share)) or (
            self.total_share and counts > 0
        )

    @property
    def spread(self) -> bool:
        """Whether every period is a percentage, and the total too or blank."""
        return bool(self.shares) and not self.mixed


def figures(row: Row, form: Form) -> Figures | None:
    """Give the numbers of a row that should add up to its total, `None` for any other row."""
    periodic = [column for column in form.columns if column.periods]
    if not periodic or any(column.flags for column in periodic) or row.measure in _NO_SUM:
        return None
    if form.column("total") is None:
        return None
    values = {period: value for period, value in row.targets.items() if value is not None}
    return Figures(
        values=values,
        unreadable=tuple(period for period, value in row.targets.items() if value is None),
        shares=frozenset(period for period in values if is_share(row, period)),
        total=row.total,
        total_share=row.total is not None and is_share(row, "total"),
        total_malformed=row.total is None and _malformed(row.published.get("total", ""), form),
    )


def _malformed(text: str, form: Form) -> bool:
    return read_number(text, form.numbers).malformed


def is_share(row: Row, place: str) -> bool:
    """Tell whether a period (or `total`) is printed as a percentage."""
    return row.published.get(place, "").rstrip().endswith("%")


def shown(number: Decimal, form: Form, *, share: bool = False) -> str:
    """Write a number for a sentence, in the form's style."""
    return write_number(number, form.numbers, percent=share)


def proposed(number: Decimal) -> str:
    """Write a number as a proposal: plain, with a dot."""
    return plain(number)
