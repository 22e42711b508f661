"""Ed25519 keys: they sign bodies of a kind, and their signatures are checked."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from quipu.sync.canonical import envelope


class SigningKey:
    """A private key that signs; its printed form never shows the secret."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes_raw().hex()

    def __repr__(self) -> str:
        return f"SigningKey({self.public})"

    def sign(self, kind: bytes, body: bytes) -> bytes:
        """Sign a body as one of its kind; 64 bytes."""
        return self._private.sign(envelope(kind, body))

    def secret(self) -> str:
        """Give the 32 secret bytes in hex, for a key file or an enrolment file."""
        return self._private.private_bytes_raw().hex()

    @classmethod
    def from_secret(cls, secret: str) -> "SigningKey":
        """Make the key of 32 secret bytes in hex; raises `ValueError` for anything else."""
        return cls(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)))


def new_key() -> SigningKey:
    """Make a key with the machine's own randomness."""
    return SigningKey(Ed25519PrivateKey.generate())


def verifies(public: str, signature: bytes, kind: bytes, body: bytes) -> bool:
    """Tell whether a signature over a body of this kind was made with a public key (hex)."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(
            signature, envelope(kind, body)
        )
    except (InvalidSignature, ValueError):
        return False
    return True
