"""Periods of a plan: year, semester, quarter, month, or a span of years."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

PeriodKind = Literal["span", "year", "semester", "quarter", "month"]

_MONTHS: dict[str, int] = {"year": 12, "semester": 6, "quarter": 3, "month": 1}
_PATTERN = re.compile(r"(\d{4})(?:-(?:S([12])|Q([1-4])|(0[1-9]|1[0-2]))|/(\d{4}))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of whole months.

    Its text is `2024`, `2024-S1`, `2024-Q3`, `2024-07`, or `2007/2011` for a span of years.
    `index` counts from 1 within the year (1 for a year); `last_year` differs from `year` only in
    a span.
    """

    year: int
    kind: PeriodKind
    index: int
    last_year: int

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read a period's text; raises `ValueError` for anything else."""
        found = _PATTERN.fullmatch(text.strip())
        if found is None:
            raise ValueError(text)
        year, semester, quarter, month, last = found.groups()
        start = int(year)
        if last is not None:
            if int(last) < start:
                raise ValueError(text)
            return cls(start, "span", 1, int(last))
        if semester:
            return cls(start, "semester", int(semester), start)
        if quarter:
            return cls(start, "quarter", int(quarter), start)
        if month:
            return cls(start, "month", int(month), start)
        return cls.of_year(start)

    @classmethod
    def of_year(cls, year: int) -> "Period":
        """Give the period of a whole year."""
        return cls(year, "year", 1, year)

    @classmethod
    def of_month(cls, year: int, month: int) -> "Period":
        """Give the period of one month, 1 to 12."""
        return cls(year, "month", month, year)

    def __str__(self) -> str:
        match self.kind:
            case "span":
                return f"{self.year}/{self.last_year}"
            case "year":
                return f"{self.year:04}"
            case "semester":
                return f"{self.year:04}-S{self.index}"
            case "quarter":
                return f"{self.year:04}-Q{self.index}"
            case "month":
                return f"{self.year:04}-{self.index:02}"

    @property
    def first_day(self) -> date:
        """The first day of the period."""
        if self.kind == "span":
            return date(self.year, 1, 1)
        return date(self.year, (self.index - 1) * _MONTHS[self.kind] + 1, 1)

    @property
    def last_day(self) -> date:
        """The last day of the period."""
        if self.kind == "span":
            return date(self.last_year, 12, 31)
        month = self.index * _MONTHS[self.kind]
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    def contains(self, other: "Period") -> bool:
        """Tell whether `other` lies wholly within this period."""
        return self.first_day <= other.first_day and other.last_day <= self.last_day

    def later(self, years: int) -> "Period":
        """Give the same period so many years later (or earlier)."""
        return Period(self.year + years, self.kind, self.index, self.last_year + years)

    def parts(self, kind: PeriodKind) -> list["Period"]:
        """Split into periods of a finer (or the same) kind, in order; a span splits into years."""
        if kind == "span":
            return [self]
        years = range(self.year, self.last_year + 1)
        every = [
            Period(year, kind, index, year)
            for year in years
            for index in range(1, 12 // _MONTHS[kind] + 1)
        ]
        return [part for part in every if self.contains(part)]
