"""One way to write a JSON value in bytes, and to say what kind of bytes is being signed."""

import hashlib

import msgspec

MANIFEST_TYPE = b"application/vnd.quipu.manifest.v1+json"
CERTIFICATE_TYPE = b"application/vnd.quipu.certificate.v1+json"


def canonical(value: object) -> bytes:
    """Give a value's canonical JSON: UTF-8, keys sorted, no space, nothing escaped needlessly."""
    return msgspec.json.encode(value, order="sorted")


def envelope(kind: bytes, body: bytes) -> bytes:
    """Give the bytes to sign: kind and body, each after its length, as DSSE does it.

    A signature under one kind of body can never pass for one under another.
    """
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(body), body)


def sha256(data: bytes) -> str:
    """Give the SHA-256 of bytes in hex."""
    return hashlib.sha256(data).hexdigest()
