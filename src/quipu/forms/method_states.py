"""The states of a method: how reports are reviewed, by which act a plan is approved, by whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Literal

from quipu.domain.roles import ACTS, ROLES, Act, Role
from quipu.forms.language_keys import Key
from quipu.forms.language_values import Fault

Review = Literal["none", "asked", "required"]

STATES = (
    Key("review", "choice", choices=("none", "asked", "required")),
    Key("acts", "texts"),
)

KEY = Key("states", "table", keys=STATES)
"""The part of a method file that says how states are reached."""

ROLES_KEY = Key("roles", "table", keys=tuple(Key(act, "texts") for act in ACTS))
"""The part that says which roles may take a step; a step without a line has the usual ones."""


@dataclass(frozen=True, slots=True)
class StateRules:
    """How states are reached.

    `review` is the head of unit's look at a report before it is submitted: none, asked for (a
    report without it goes, and says so), or required. `acts` are the kinds of legal act by which
    a plan is approved, the usual one first. `roles` are the roles of the steps that have their own.
    """

    review: Review = "none"
    acts: tuple[str, ...] = ()
    roles: Mapping[Act, frozenset[Role]] = field(default_factory=dict)


def faults(states: Mapping[str, Any], roles: Mapping[str, Any]) -> Iterator[Fault]:
    """Give the mistakes in the words of roles."""
    for act, names in roles.items():
        for at, name in enumerate(names):
            if name not in ROLES or name == "auditor":
                near = next(iter(get_close_matches(name, ROLES, 1)), "")
                yield Fault(("roles", act, at), "unknown-role", {"word": name, "near": near})


def build(states: Mapping[str, Any], roles: Mapping[str, Any]) -> StateRules:
    """Make the rules of parts without mistakes."""
    return StateRules(
        review=states.get("review", "none"),
        acts=tuple(states.get("acts", ())),
        roles={act: frozenset(roles[act]) for act in ACTS if act in roles},
    )
