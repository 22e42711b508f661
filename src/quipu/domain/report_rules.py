"""What an institution asks for in the report of a period (S1-22, S1-25, S3-17)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Whole = Literal["activity", "report"]
Required = Literal["never", "always", "done", "below"]
"""When a field must say something: never; always (of an activity: whenever something was
programmed); where something was executed; where less than `below` of it was."""

Words = Mapping[str, str]
"""A text by language."""


@dataclass(frozen=True, slots=True)
class AskedField:
    """A field that a report asks for, of each activity or once of the whole report.

    `evidence` is the file that proves an activity.
    """

    code: str
    title: Words
    of: Whole = "activity"
    required: Required = "never"


@dataclass(frozen=True, slots=True)
class AskedCount:
    """Something that a report counts (people, participations), and by which criteria."""

    code: str
    title: Words
    required: bool = False
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """By what a count is told apart; without `groups` any words name a group (a municipality)."""

    code: str
    title: Words
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportRules:
    """All that the report of a period asks for.

    `below` is the share of its target under which an activity must say why. `missing` says what
    happens to a report that lacks something required: it goes and says so, or it is refused; with
    `anyway` it still goes for a written reason. `evidence_bytes` is the most that the files of one
    report may come to, `None` for no limit.
    """

    title: Words
    fields: tuple[AskedField, ...]
    counts: tuple[AskedCount, ...]
    criteria: tuple[Criterion, ...]
    below: Decimal = Decimal("0.9")
    missing: Literal["tell", "refuse"] = "tell"
    anyway: bool = True
    evidence_bytes: int | None = None
    signatures: tuple[str, ...] = ()

    def of(self, whole: Whole) -> tuple[AskedField, ...]:
        """Give the fields of each activity, or of the whole report."""
        return tuple(one for one in self.fields if one.of == whole)

    def count(self, code: str) -> AskedCount | None:
        """Give the count of a code, `None` for none."""
        return next((one for one in self.counts if one.code == code), None)

    def criterion(self, code: str) -> Criterion | None:
        """Give the criterion of a code, `None` for none."""
        return next((one for one in self.criteria if one.code == code), None)
