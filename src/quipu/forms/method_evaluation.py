"""The evaluation of a method: thresholds, the cap, and how rows are rolled up."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from quipu.domain.progress import USUAL, Rules
from quipu.forms.language_keys import Key
from quipu.forms.language_values import Fault

EVALUATION = (
    Key("met", "number"),
    Key("partly", "number"),
    Key("cap", "number"),
    Key("unreported", "choice", choices=("left-out", "zero")),
    Key("by", "choice", choices=("weight", "mean")),
)

KEY = Key("evaluation", "table", keys=EVALUATION)
"""The part of a method file that this module reads."""


def faults(part: Mapping[str, Any]) -> Iterator[Fault]:
    """Give the mistakes that show only when the thresholds are compared."""
    found = build(part)
    for key, value in (("met", found.met), ("partly", found.partly)):
        if not 0 < value <= 1:
            yield Fault(("evaluation", key), "not-a-share", {"word": str(part[key])})
    if found.partly > found.met:
        key = "partly" if "partly" in part else "met"
        yield Fault(("evaluation", key), "thresholds-crossed")
    if found.cap < 1:
        yield Fault(("evaluation", "cap"), "cap-too-low")


def build(part: Mapping[str, Any]) -> Rules:
    """Make the rules that the part declares; what it leaves out is as usual."""

    def number(key: str, usual: Decimal) -> Decimal:
        return Decimal(str(part[key])) if key in part else usual

    return Rules(
        met=number("met", USUAL.met),
        partly=number("partly", USUAL.partly),
        cap=number("cap", USUAL.cap),
        unreported=part.get("unreported", USUAL.unreported),
        by=part.get("by", USUAL.by),
    )
