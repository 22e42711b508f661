"""The findings of the checks on the stored plan, and what a person decides of each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from quipu.domain.address import Address
from quipu.domain.problem import Problem
from quipu.operations.house import House
from quipu.operations.outcome import Outcome

Action = Literal["accept", "keep", "edit"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding on the stored plan.

    `address` is the cell to jump to, its field `""` where the finding is about the whole row.
    `decision` is `accepted`, `kept` or `edited` once a person has decided, with their `note`.
    """

    problem: Problem
    item: str
    address: Address
    decision: str | None = None
    note: str = ""


def findings(
    house: House, *, plan: str = "", units: Collection[str] = (), closed: bool = False
) -> list[Finding]:
    """Check the stored plan again, of some units or of all.

    Findings that a person decided are left out, or are the only ones given with `closed`.
    """
    raise NotImplementedError


def decide(
    house: House,
    *,
    item: str,
    check: str,
    action: Action,
    target: str = "",
    value: str | None = None,
    note: str = "",
    author: str,
) -> Outcome:
    """Decide a finding of a row.

    `accept` writes the finding's proposal as the working value, `edit` writes `value`, `keep`
    leaves the value as it is. The published text never changes. Raises `InputError`
    `finding-unknown`, `proposal-missing`, `value-missing` or `number-malformed`.
    """
    raise NotImplementedError
