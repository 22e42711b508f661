"""Receiving keys, beside published facts: the vectors of BIP 173, RFC 5869's way, age itself."""

import hashlib
import hmac

import pyrage
import pytest

from quipu.sync import bech32
from quipu.sync.receiving import ReceivingKey, device_key, mailbox_key, recipient
from tests.sync.world import OFFICE_KEY, ROOT

VALID = [
    "A12UEL5L",
    "a12uel5l",
    "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
    "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
    f"11{'q' * 82}c8247j",
    "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
    "?1ezyfcl",
]
INVALID = [
    "\x201nwldj5",
    "\x7f1axkwrx",
    "\x801eym55h",
    "an84characterslonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1569pvx",
    "pzry9x0s0muk",
    "1pzry9x0s0muk",
    "x1b4n0q5v",
    "li1dgmt3",
    "de1lg7wt\xff",
    "A1G7SGD8",
    "10a06t8",
    "1qzzfhee",
    "A12uEL5L",
]


@pytest.mark.parametrize("text", VALID)
def test_the_published_texts_are_read(text: str) -> None:
    prefix, groups = bech32.checked(text)
    assert text.lower().startswith(f"{prefix}1")
    assert len(groups) == len(text) - len(prefix) - 7


@pytest.mark.parametrize("text", INVALID)
def test_the_published_mistakes_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        bech32.checked(text)


def test_every_changed_letter_is_noticed() -> None:
    text = bech32.encode("age", bytes(range(32)))
    for place in range(len(text)):
        other = "q" if text[place] != "q" else "p"
        with pytest.raises(ValueError, match=r".+"):
            bech32.decode(text[:place] + other + text[place + 1 :])


@pytest.mark.parametrize("data", [b"", b"\0", b"\xff" * 7, bytes(range(32))])
def test_bytes_come_back(data: bytes) -> None:
    assert bech32.decode(bech32.encode("abc", data)) == ("abc", data)
    assert bech32.decode(bech32.encode("abc", data).upper()) == ("abc", data)


def test_bits_that_no_byte_made_are_refused() -> None:
    with pytest.raises(ValueError, match="bits"):
        bech32.decode("age1qpu0j2ex")


def _hkdf(secret: bytes, info: bytes) -> bytes:
    """RFC 5869 without salt, one block."""
    prk = hmac.new(bytes(32), secret, hashlib.sha256).digest()
    return hmac.new(prk, info + b"\x01", hashlib.sha256).digest()


def test_a_device_receives_with_a_key_that_comes_of_its_own() -> None:
    found = device_key(OFFICE_KEY)
    seed = bytes.fromhex(OFFICE_KEY.secret())
    assert found.secret() == _hkdf(seed, b"quipu receiving key 1").hex()
    assert found.secret() != OFFICE_KEY.secret()


def test_every_version_of_the_mailbox_comes_of_the_root() -> None:
    seed = bytes.fromhex(ROOT.secret())
    for version in (1, 2):
        expected = _hkdf(seed, f"quipu mailbox {version}".encode())
        assert mailbox_key(ROOT, version).secret() == expected.hex()


def test_age_seals_to_a_recipient_and_opens_with_the_identity() -> None:
    key = mailbox_key(ROOT, 1)
    to = pyrage.x25519.Recipient.from_str(recipient(key.public))
    sealed = pyrage.encrypt(b"plan", [to])
    identity = pyrage.x25519.Identity.from_str(key.identity())
    assert pyrage.decrypt(sealed, [identity]) == b"plan"
    assert str(identity.to_public()) == recipient(key.public)


def test_a_key_of_a_secret_is_the_same_and_shows_nothing() -> None:
    key = device_key(OFFICE_KEY)
    again = ReceivingKey.from_secret(key.secret())
    assert again.public == key.public
    assert key.public in repr(key)
    assert key.secret() not in repr(key)
    with pytest.raises(ValueError, match=r".+"):
        ReceivingKey.from_secret("00")
