"""Who a person acts as, and which steps of the cycle that role may take (X-8, S3-01).

A role inside an office or at the centre is what the person says (`--role`); what a device may
write is settled by its certificate. Who says no role is held only to the latter.
"""

from collections.abc import Mapping
from typing import Literal, get_args

from quipu.domain.errors import InputError

Role = Literal["clerk", "head", "link", "planner", "budget", "authority", "auditor"]

ROLES: tuple[Role, ...] = get_args(Role)
"""Office user, head of unit, regional link, planner, budget officer, authority, auditor."""

Act = Literal[
    "enter", "review", "submit", "answer", "accept", "return", "consolidate", "observe",
    "propose", "approve", "enact", "reprogram", "close", "reopen", "request", "notice",
]  # fmt: skip

ACTS: tuple[Act, ...] = get_args(Act)
"""What the roles of a method speak of: the steps of reports and plans, and the centre's letters."""

USUAL: Mapping[Act, frozenset[Role]] = {
    "enter": frozenset({"clerk", "head", "link", "planner", "budget"}),
    "review": frozenset({"head"}),
    "submit": frozenset({"clerk", "head", "link", "planner"}),
    "answer": frozenset({"clerk", "head", "link"}),
    "accept": frozenset({"planner"}),
    "return": frozenset({"planner"}),
    "consolidate": frozenset({"planner"}),
    "observe": frozenset({"planner", "budget"}),
    "propose": frozenset({"planner"}),
    "approve": frozenset({"authority", "planner"}),
    "enact": frozenset({"planner", "authority"}),
    "reprogram": frozenset({"planner", "authority"}),
    "close": frozenset({"planner", "authority"}),
    "reopen": frozenset({"planner", "authority"}),
    "request": frozenset({"planner", "budget", "authority"}),
    "notice": frozenset({"planner", "authority"}),
}
"""The roles of each act where a method says nothing of its own; an auditor only reads."""


def check_role(role: str, act: Act, allowed: Mapping[Act, frozenset[Role]] | None = None) -> None:
    """Raise where a person of a role may not take a step; `""` is a person who says none.

    `allowed` are the roles of a method's own. Raises `InputError` `role-unknown` (role, known),
    `auditor-reads`, or `role-may-not` (role, step, roles).
    """
    if not role:
        return
    if role not in ROLES:
        raise InputError("role-unknown", role=role, known=", ".join(ROLES))
    if role == "auditor":
        raise InputError("auditor-reads")
    roles = (allowed or {}).get(act, USUAL[act])
    if role not in roles:
        who = ", ".join(known for known in ROLES if known in roles)
        raise InputError("role-may-not", role=role, step=act, roles=who)
