"""How an entry of the catalogue is made, and what every command takes."""

from __future__ import annotations

from quipu.cli.syntax import Command, Option, Place
from quipu.domain.roles import ROLES

COMMON = (
    Option("as", "name"),
    Option("role", choices=ROLES),
    Option("json", kind="flag"),
    Option("lang", "lang", choices=("es", "en")),
    Option("help", short="h", kind="flag"),
)
"""What every command takes."""


def command(name: str, run: object, *parts: Place | Option) -> Command:
    """Give a command; an option of its own stands in the place of a common one."""
    places = tuple(part for part in parts if isinstance(part, Place))
    options = tuple(part for part in parts if isinstance(part, Option))
    assert callable(run)
    own = {option.name for option in options}
    common = (option for option in COMMON if option.name not in own)
    return Command(name, run, places, (*options, *common))
