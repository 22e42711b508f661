"""The changes of a method: for which causes a plan may be changed, and within which budget."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from quipu.forms.definition import Translated
from quipu.forms.language_keys import Key
from quipu.forms.language_values import Fault

CauseKind = Literal["priorities", "budget"]


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause of the closed list; one of `budget` may change what the plan costs in all."""

    code: str
    title: Translated
    kind: CauseKind = "priorities"


@dataclass(frozen=True, slots=True)
class ChangeRules:
    """The causes (none: any words will do), and whether sums must stay within the budget.

    `framed`: a unit with a ceiling stays within it, and the plan costs no more than before unless
    the cause is one of budget.
    """

    causes: tuple[Cause, ...] = ()
    framed: bool = True

    def cause(self, code: str) -> Cause | None:
        """Give the cause of a code, `None` for none of the list."""
        return next((one for one in self.causes if one.code == code), None)


CAUSE = (
    Key("code", "text", required=True),
    Key("title", "translated", required=True),
    Key("kind", "choice", choices=("priorities", "budget")),
)

CHANGES = (Key("framed", "yes-no"), Key("cause", "tables", keys=CAUSE))

KEY = Key("changes", "table", keys=CHANGES)
"""The part of a method file that this module reads."""


def faults(part: Mapping[str, Any]) -> Iterator[Fault]:
    """Give the causes that stand twice."""
    seen: set[str] = set()
    for at, cause in enumerate(part.get("cause", ())):
        if cause["code"] in seen:
            yield Fault(("changes", "cause", at, "code"), "repeated-cause", {"word": cause["code"]})
        seen.add(cause["code"])


def build(part: Mapping[str, Any]) -> ChangeRules:
    """Make the rules that the part declares; what it leaves out is as usual."""
    causes = tuple(
        Cause(one["code"], dict(one["title"]), one.get("kind", "priorities"))
        for one in part.get("cause", ())
    )
    return ChangeRules(causes, part.get("framed", True))
