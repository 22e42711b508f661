import pytest

from quipu.domain.errors import InputError
from quipu.domain.roles import ACTS, ROLES, USUAL, check_role


def test_every_act_has_roles_and_none_is_an_auditors() -> None:
    assert set(USUAL) == set(ACTS)
    assert all(roles and roles <= set(ROLES) - {"auditor"} for roles in USUAL.values())


def test_who_says_no_role_is_not_held_to_any() -> None:
    check_role("", "approve")


@pytest.mark.parametrize(
    ("role", "act", "code"),
    [
        ("boss", "enter", "role-unknown"),
        ("auditor", "enter", "auditor-reads"),
        ("clerk", "accept", "role-may-not"),
        ("head", "approve", "role-may-not"),
    ],
)
def test_a_role_is_refused_what_is_not_its_own(role: str, act: str, code: str) -> None:
    with pytest.raises(InputError, match=code):
        check_role(role, act)  # type: ignore[arg-type]


def test_a_methods_own_roles_hold_before_the_usual_ones() -> None:
    allowed = {"accept": frozenset({"budget"})}
    check_role("budget", "accept", allowed)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="role-may-not"):
        check_role("planner", "accept", allowed)  # type: ignore[arg-type]
    check_role("planner", "return", allowed)  # type: ignore[arg-type]
