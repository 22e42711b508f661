"""The centre's mailbox: its versions, and how a planner without the root comes by a new one.

A planner's device that is revoked knows the secrets that it was given, so the mailbox moves on to
a version that it was not. Who has the root works every version out; others are sent the secret,
sealed to their own receiving keys inside a bundle for them.
"""

from collections.abc import Mapping

from quipu.domain.standing import mailbox_version
from quipu.operations import identities
from quipu.store.workspace import Workspace
from quipu.sync import sealing as seals
from quipu.sync.keys import SigningKey
from quipu.sync.receiving import ReceivingKey, device_key, mailbox_key

RECEIVE, MAILBOX, BOXES = "receive", "mailbox", "boxes"
"""The keys of a manifest that announce with which keys its sender, or its centre, receives, and
that gives the mailbox's secrets, sealed, to another planner's device."""

AHEAD = 8
"""Versions beyond the newest known here that the root opens: another planner may know of more."""

_MOST = 10_000
"""The greatest version that is believed."""


def newest_version(workspace: Workspace) -> int:
    """Give the version that no revoked device of the centre was given."""
    planners = [one.id for one in workspace.devices() if not one.office]
    return mailbox_version(workspace.facts(set(planners)), planners)


def mailbox_keys(workspace: Workspace) -> dict[int, ReceivingKey]:
    """Give the keys of the centre's mailbox by version, as far as this machine has them."""
    dataset = workspace.info.dataset
    if identities.has_root(dataset):
        return _derived(dataset, newest_version(workspace))
    # A planner without the root was given the secrets themselves, kept like other keys.
    kept = {_version(name): name for name in identities.mailbox_names(dataset)}
    keys = {version: identities.key_of(name) for version, name in kept.items()}
    return {version: ReceivingKey.from_secret(key.secret()) for version, key in keys.items()}


def opening_boxes(workspace: Workspace) -> list[ReceivingKey]:
    """Give the keys that open what was sent to the mailbox, the newest known first."""
    boxes = mailbox_keys(workspace)
    found = [boxes[version] for version in sorted(boxes, reverse=True)]
    if identities.has_root(workspace.info.dataset):
        more = _derived(workspace.info.dataset, max(boxes) + AHEAD)
        found += [key for version, key in more.items() if version not in boxes]
    return found


def boxes_for(workspace: Workspace, planner: str) -> list[dict[str, object]]:
    """Give the secrets of the mailbox that another planner's device has not, sealed to it.

    None where it has told no key, or the newest that is known here is its own already.
    """
    told = dict(reversed(workspace.announced("", RECEIVE))).get(planner)
    if not isinstance(told, str) or not seals.usable(told):
        return []
    has = announced_version(dict(reversed(workspace.announced("", MAILBOX))).get(planner))
    return [
        {"version": version, "box": seals.seal_secret(key.secret(), told)}
        for version, key in sorted(mailbox_keys(workspace).items())
        if version > has
    ]


def announced_version(said: object) -> int:
    """Give the version of a mailbox that a manifest announces, 0 where it announces none."""
    match said:
        case {"version": int() as version, "key": str() as key} if seals.usable(key):
            return version if 0 < version <= _MOST else 0
    return 0


def take_boxes(workspace: Workspace, extra: Mapping[str, object]) -> bool:
    """Keep the mailbox's secrets that the manifest of another planner's bundle gives to this one.

    Of the version that the manifest announces, the secret must be the announced key's. Tells
    whether there was one.
    """
    dataset, boxes = workspace.info.dataset, extra.get(BOXES)
    if not isinstance(boxes, list) or identities.has_root(dataset):
        return False
    before = {_version(name) for name in identities.mailbox_names(dataset)}
    kept = set(before)
    own = own_keys(workspace)
    for one in boxes[:_MOST]:
        match one:
            case {"version": int() as version, "box": str() as box} if 0 < version <= _MOST:
                secret = None if version in kept else seals.unseal_secret(box, own)
                if secret is not None and _fits(version, secret, extra.get(MAILBOX)):
                    key = SigningKey.from_secret(secret)
                    identities.keep(identities.mailbox_name(dataset, version), key)
                    kept.add(version)
    return kept != before


def own_keys(workspace: Workspace) -> list[ReceivingKey]:
    """Give the keys with which this device receives, and those that it wrote as before."""
    found = []
    for device in reversed(workspace.line()):
        key = identities.maybe_key(device)
        if key is not None:
            found.append(device_key(key))
    return found


def _fits(version: int, secret: str, announced: object) -> bool:
    if announced_version(announced) != version:
        return True
    assert isinstance(announced, Mapping)
    return bool(ReceivingKey.from_secret(secret).public == announced["key"])


def _derived(dataset: str, last: int) -> dict[int, ReceivingKey]:
    root = identities.root_key(dataset)
    return {version: mailbox_key(root, version) for version in range(1, last + 1)}


def _version(name: str) -> int:
    return int(name.rpartition("-")[2])
