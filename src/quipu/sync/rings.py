"""The system's own keyring, where there is one that keeps a secret; libraries load when asked."""

from typing import Protocol

SERVICE = "quipu"

_TRUSTED = frozenset(
    f"keyring.backends.{name}"
    for name in ("SecretService", "libsecret", "kwallet", "macOS", "Windows", "chainer")
)
"""Those that keep secrets by the person's log-in; files in plain text, and none, are not."""


class Ring(Protocol):
    """Keeps a secret text by name; `None` where it has none. Raises anything when it fails."""

    def get_password(self, service: str, username: str) -> str | None:
        """Give a secret."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""


def system_ring() -> Ring | None:
    """Give the keyring of this log-in, `None` where there is none to rely on."""
    import keyring

    found = keyring.get_keyring()
    if type(found).__module__.removesuffix(".api") not in _TRUSTED:
        return None
    try:
        return found if float(found.priority) >= 1 else None
    except Exception:  # a keyring says in its own way that it does not work here
        return None


def keep(ring: Ring, name: str, secret: str) -> bool:
    """Keep a secret and read it back; tells whether it is there."""
    try:
        ring.set_password(SERVICE, name, secret)
        return ring.get_password(SERVICE, name) == secret
    except Exception:  # locked, gone, refused: every backend has errors of its own
        return False


def fetch(ring: Ring | None, name: str) -> str | None:
    """Give a secret, `None` where it is not there or cannot be had."""
    if ring is None:
        return None
    try:
        return ring.get_password(SERVICE, name)
    except Exception:  # as above
        return None


def drop(ring: Ring | None, name: str) -> None:
    """Forget a secret that now rests elsewhere."""
    import contextlib

    if ring is not None:
        with contextlib.suppress(Exception):  # it may be gone already
            ring.delete_password(SERVICE, name)
