"""Keys with which bundles are received: X25519 keys, each worked out of a key that is kept anyway.

A device receives with a key that comes of its signing key, the centre with a mailbox whose keys
come of its root, one per version. So nothing more is stored, and whoever holds the recovery words
of the root opens what was ever sent to the mailbox.
"""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from quipu.sync import bech32
from quipu.sync.keys import SigningKey

DEVICE = b"quipu receiving key 1"
MAILBOX = b"quipu mailbox %d"
_RECIPIENT, _IDENTITY = "age", "age-secret-key-"


class ReceivingKey:
    """A secret key that opens what was sealed to it; its printed form never shows the secret.

    `public` is its public part, 32 bytes in hex, as manifests announce it.
    """

    def __init__(self, secret: bytes) -> None:
        private = X25519PrivateKey.from_private_bytes(secret)
        self._secret = secret
        self._identity = ""
        self.public = private.public_key().public_bytes_raw().hex()

    def __repr__(self) -> str:
        return f"ReceivingKey({self.public})"

    def secret(self) -> str:
        """Give the 32 secret bytes in hex, for a key file or an enrolment file."""
        return self._secret.hex()

    def identity(self) -> str:
        """Give the key as age writes an identity: `AGE-SECRET-KEY-1…`."""
        if not self._identity:  # asked for with every bundle that is opened
            self._identity = bech32.encode(_IDENTITY, self._secret).upper()
        return self._identity

    @classmethod
    def from_secret(cls, secret: str) -> "ReceivingKey":
        """Make the key of 32 secret bytes in hex; raises `ValueError` for anything else."""
        return cls(bytes.fromhex(secret))


def device_key(signing: SigningKey) -> ReceivingKey:
    """Give the key with which a device receives."""
    return _derived(signing, DEVICE)


def mailbox_key(root: SigningKey, version: int) -> ReceivingKey:
    """Give a version (from 1) of the centre's mailbox key."""
    return _derived(root, MAILBOX % version)


def recipient(public: str) -> str:
    """Give a public key (hex) as age writes a recipient: `age1…`."""
    return bech32.encode(_RECIPIENT, bytes.fromhex(public))


def _derived(signing: SigningKey, purpose: bytes) -> ReceivingKey:
    seed = bytes.fromhex(signing.secret())
    return ReceivingKey(HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(seed))
