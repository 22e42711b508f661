"""What was said at an address before: every value with who said it, where and when."""

from __future__ import annotations

from dataclasses import dataclass

from quipu.domain.address import Address
from quipu.domain.value import Value
from quipu.operations.house import House


@dataclass(frozen=True, slots=True)
class Past:
    """One revision as a person reads it.

    `revision` and `replaces` are names as text, `office` a name (`""` the centre), `at` the time
    that the author's machine claimed, `bundle` the manifest it came with (`None`: made here).
    """

    revision: str
    address: Address
    value: Value
    author: str
    office: str
    at: str
    replaces: tuple[str, ...]
    bundle: str | None
    reason: str | None


def cell_history(house: House, *, address: Address) -> list[Past]:
    """Give all that was ever said at an address, oldest first."""
    raise NotImplementedError


def history(
    house: House,
    *,
    unit: str = "",
    activity: str = "",
    field: str = "",
    period: str = "",
    plan: str = "",
) -> list[Past]:
    """Give the revisions of an activity, or of a unit's report and rows; oldest first."""
    raise NotImplementedError
