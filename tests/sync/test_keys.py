from quipu.sync.canonical import canonical, envelope
from quipu.sync.keys import SigningKey, new_key, verifies


def test_a_key_signs_bodies_of_one_kind() -> None:
    own, other = new_key(), new_key()
    signature = own.sign(b"letter", b"body")
    assert verifies(own.public, signature, b"letter", b"body")
    assert not verifies(own.public, signature, b"lette", b"rbody")
    assert not verifies(own.public, signature, b"letter", b"body!")
    assert not verifies(other.public, signature, b"letter", b"body")
    assert not verifies("no hex", signature, b"letter", b"body")
    assert not verifies(own.public, b"", b"letter", b"body")


def test_kind_and_body_cannot_run_into_each_other() -> None:
    assert envelope(b"ab", b"c") == b"DSSEv1 2 ab 1 c"
    assert envelope(b"a", b"bc") == b"DSSEv1 1 a 2 bc"


def test_canonical_json_is_one_way_of_writing() -> None:
    assert (
        canonical({"b": [1, None, True], "a": "ñ\n/"}) == b'{"a":"\xc3\xb1\\n/","b":[1,null,true]}'
    )


def test_a_secret_makes_the_same_key_again() -> None:
    own = new_key()
    assert SigningKey.from_secret(own.secret()).public == own.public
