"""The passphrase under which this person's keys rest, while it is known.

Commands take it from a variable, since they never ask; the window asks once, and forgets it when
it closes. It is kept nowhere else.
"""

from quipu import settings
from quipu.sync.keyfiles import Rest
from quipu.sync.rings import Ring, system_ring

_typed: list[str] = []


def use_passphrase(passphrase: str | None) -> None:
    """Remember what a person typed, for as long as the program runs; `None` forgets it."""
    _typed[:] = [passphrase] if passphrase else []


def rest() -> Rest:
    """Give how keys rest on this machine, and what opens those that are closed."""
    return Rest(_typed[0] if _typed else settings.passphrase(), keyring)


def keyring() -> Ring | None:
    """Give the system's keyring, unless it was turned off or this is a portable copy."""
    return system_ring() if settings.keyring_wanted() else None
