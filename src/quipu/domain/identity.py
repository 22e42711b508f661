"""Ids that are given once: derived from what a thing is at its birth, never worked out again."""

import hashlib
import uuid

from quipu.domain.letters import level

_NAMESPACE = uuid.UUID("6f1b3d58-7a53-5c1e-9a51-8d1a2f0c7e44")


def derive_id(*parts: str) -> str:
    """Give the UUID that these parts name; the same parts give the same id everywhere."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))


def plan_id(dataset: str, family: str, year: int) -> str:
    """Give the id of the plan of a form family for a year in a dataset."""
    return derive_id("plan", dataset, family, str(year))


def unit_id(dataset: str, name: str) -> str:
    """Give the id of the organisational unit that first appeared under a name."""
    return derive_id("unit", dataset, level(name))


def row_id(plan: str, unit: str, level: str, parent: str, label: str, occurrence: int) -> str:
    """Give a row's id at its first load; identical rows differ by their occurrence, from 0."""
    return derive_id("row", plan, unit, level, parent, label, str(occurrence))


def session_id(device_key: str, nonce: str) -> str:
    """Give the id of a session: the first 16 bytes of SHA-256 over key and nonce, all in hex.

    It binds the session to the key: nobody can carry revisions under another device's session.
    Raises `ValueError` where key or nonce is no hex.
    """
    return hashlib.sha256(bytes.fromhex(device_key) + bytes.fromhex(nonce)).hexdigest()[:32]
