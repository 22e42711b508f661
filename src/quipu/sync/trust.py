"""Whom a workspace believes: judged from certificates alone, before a bundle's content is read."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from quipu.domain.errors import BundleError
from quipu.domain.identity import session_id
from quipu.domain.parcel import DeviceInfo
from quipu.sync.canonical import MANIFEST_TYPE
from quipu.sync.certificates import Certified, ChainError, NotAdmitted, verify_chain
from quipu.sync.keys import verifies
from quipu.sync.letter import Letter
from quipu.sync.manifest import ReadManifest

Refusal = Callable[..., BundleError]

WAITING = frozenset({"bundle-second-device", "bundle-copy-waits"})
"""The refusals of a sound bundle whose device the centre must let in first: it is kept."""


@dataclass(frozen=True, slots=True)
class Trust:
    """What a workspace accepts.

    `audiences` are those it is addressed as: `"centre"` or its office's id. `root` is the centre's
    root public key in hex. `devices` are those it knows, by id. `revoked` maps a revoked device to
    the SHA-256 of those of its manifests that stand. `admitted` has the keys (hex) of the devices
    that the centre let in by their ids, whatever their certificates lack.
    """

    dataset: str
    audiences: frozenset[str]
    root: str
    devices: Mapping[str, DeviceInfo] = field(default_factory=dict)
    revoked: Mapping[str, Collection[str]] = field(default_factory=dict)
    admitted: Mapping[str, str] = field(default_factory=dict)


def judge_sender(
    manifest: ReadManifest, body: bytes, signature: bytes, trust: Trust, refusal: Refusal
) -> Certified:
    """Judge who signed a manifest, and whether it is meant for this workspace.

    Raises, by `refusal`: `bundle-foreign`, `bundle-for-someone-else`, `bundle-unknown-device`,
    `bundle-bad-signature`, `bundle-revoked-device`; and for a device that the centre must let in
    first (see `WAITING`) `bundle-second-device` or `bundle-copy-waits` (sender).
    """
    said = manifest.said
    if said.dataset != trust.dataset:
        raise refusal("bundle-foreign")
    if said.audience not in trust.audiences:
        raise refusal("bundle-for-someone-else")
    sender, waits = _sender(manifest, trust, refusal)
    if (sender.device, sender.office, sender.key) != (said.device, said.office, said.key):
        raise refusal("bundle-unknown-device", device=said.device)
    known = trust.devices.get(sender.device)
    if known is not None and (known.key, known.office) != (sender.key, sender.office):
        raise refusal("bundle-unknown-device", device=said.device)
    if not verifies(sender.key, signature, MANIFEST_TYPE, body):
        raise refusal("bundle-bad-signature")
    admitted = trust.admitted.get(sender.device) == sender.key
    answerable = (sender.device,) if admitted else sender.line
    if any(manifest.sha256 not in trust.revoked.get(one, {manifest.sha256}) for one in answerable):
        raise refusal("bundle-revoked-device", device=said.device)
    if waits:
        raise refusal("bundle-copy-waits", device=said.device, sender=sender)
    if known is None and not admitted and _admitted_before(sender, trust):
        raise refusal("bundle-second-device", device=said.device, sender=sender)
    return sender


def _sender(manifest: ReadManifest, trust: Trust, refusal: Refusal) -> tuple[Certified, bool]:
    """Judge the chain of a sender; gives it also where it waits to be admitted, and says so."""
    said = manifest.said
    try:
        sender = verify_chain(
            trust.root, said.chain, dataset=trust.dataset, admitted=trust.admitted
        )
    except NotAdmitted as waits:
        return waits.certified, True
    except ChainError as error:
        raise refusal("bundle-unknown-device", device=said.device) from error
    return sender, False


def judge_sessions(letter: Letter, sender: Certified, trust: Trust, refusal: Refusal) -> None:
    """Judge whose revisions these are: every session bound to a certified device's key.

    An office's device carries its own sessions and, as a copy, those of its originals; the centre
    carries anybody's. Raises `bundle-lies` or `bundle-unknown-device` by `refusal`.
    """
    certified = {sender.device: sender}
    for device in letter.devices:
        found = _certified(device, trust, refusal)
        if certified.setdefault(device.id, found).key != found.key:
            raise refusal("bundle-lies")
    bound = set()
    for session in letter.sessions:
        owner = certified.get(session.device)
        if owner is None:
            raise refusal("bundle-unknown-device", device=session.device)
        if sender.side == "office" and session.device not in sender.line:
            raise refusal("bundle-lies")
        if session.id != session_id(owner.key, session.nonce):
            raise refusal("bundle-lies")
        bound.add(session.id)
    if not letter.revisions.sessions() <= bound:
        raise refusal("bundle-lies")


def _certified(device: DeviceInfo, trust: Trust, refusal: Refusal) -> Certified:
    """Judge a device that a bundle tells of."""
    try:
        found = verify_chain(
            trust.root, device.chain, dataset=trust.dataset, admitted=trust.admitted
        )
    except ChainError as error:
        raise refusal("bundle-unknown-device", device=device.id) from error
    known = trust.devices.get(device.id, device)
    said = (found.device, found.key, found.office)
    if said != (device.id, device.key, device.office) or found.key != known.key:
        raise refusal("bundle-unknown-device", device=device.id)
    return found


def _admitted_before(sender: Certified, trust: Trust) -> bool:
    """Tell whether the one-use key of a new device has admitted another one already.

    Only direct admissions count: a copy is admitted by its original.
    """
    if not sender.enrolment or len(sender.line) > 1:
        return False
    for device in trust.devices.values():
        first = device.chain[0] if device.chain else {}
        if first.get("key") == sender.enrolment and len(device.chain) == 2:
            return True
    return False
