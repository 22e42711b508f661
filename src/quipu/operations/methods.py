"""The method that a plan follows: the rules of its institution, found by its forms."""

from pathlib import Path

from quipu import settings
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.roles import Act, check_role
from quipu.forms.language import load_sound_methods
from quipu.forms.method import Method
from quipu.operations.finding import find_plan
from quipu.operations.house import House


def sound_methods(folder: Path | None = None) -> tuple[dict[str, Method], tuple[InputError, ...]]:
    """Give the methods by institution, and the refusals (`form-invalid`) of broken files.

    They are those that came with the program, and a workspace's own over them.
    """
    known, refused = load_sound_methods(settings.forms_dir())
    own = folder / "forms" if folder is not None else None
    if own is not None and own.is_dir():
        more, others = load_sound_methods(own)
        return known | more, (*refused, *others)
    return known, refused


def method_of(house: House, facts: Facts, plan: str) -> Method:
    """Give the method of a plan: the one it was made with, else the one beside its forms.

    A plan that names none (an institution without rules of its own) follows the usual one.
    """
    pinned = facts.text(plan, "method").partition(" ")[0]
    if pinned in house.methods:
        return house.methods[pinned]
    for line in facts.text(plan, "form_version").splitlines():
        folder = line.partition(" ")[0].rpartition("/")[0]
        if folder in house.methods:
            return house.methods[folder]
    return Method()


def demand_role(house: House, role: str, act: Act, *, plan: str = "", period: str = "") -> None:
    """Raise as `check_role` where a person's role may not take a step on a plan."""
    if role:
        facts = house.facts()
        known = find_plan(facts, plan=plan, period=period)
        check_role(role, act, method_of(house, facts, known).states.roles)


def pinned(house: House, forms: set[str]) -> str | None:
    """Give what a plan keeps of its method: id, version and hash; `None` where there is none."""
    for name in sorted(forms):
        method = house.methods.get(name.rpartition("/")[0])
        if method is not None:
            return f"{method.id} {method.version} {method.digest}"
    return None
