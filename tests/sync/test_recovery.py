from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mnemonic import Mnemonic

from quipu.domain.errors import InputError
from quipu.sync.canonical import canonical
from quipu.sync.keys import SigningKey
from quipu.sync.recovery import read_root, root_of, words_of, write_root
from tests.sync.world import DATASET, ROOT


@pytest.mark.parametrize("language", ["es", "en"])
def test_words_are_those_of_everybody_and_come_back(language: str) -> None:
    words = words_of(ROOT, language)
    assert len(words) == 24
    name = {"es": "spanish", "en": "english"}[language]
    assert Mnemonic(name).to_entropy(" ".join(words)).hex() == ROOT.secret()
    assert root_of(" ".join(words)).secret() == ROOT.secret()


@given(st.binary(min_size=32, max_size=32), st.sampled_from(["es", "en"]))
def test_every_root_comes_back_of_its_words(seed: bytes, language: str) -> None:
    root = SigningKey.from_secret(seed.hex())
    assert root_of("\n".join(words_of(root, language))).public == root.public


def test_the_words_of_zeros_are_the_published_ones() -> None:
    zeros = SigningKey.from_secret("00" * 32)
    assert words_of(zeros, "en") == ("abandon",) * 23 + ("art",)


def test_words_are_read_as_people_write_them() -> None:
    words = words_of(SigningKey.from_secret("80" * 32), "es")
    plain = str.maketrans("áéíóúüñ", "aeiouun")
    numbered = [f"{n}. {word.upper().translate(str.maketrans('ÁÉÍÓÚÜÑ', 'AEIOUUN'))}"
                for n, word in enumerate(words, start=1)]  # fmt: skip
    assert root_of(", ".join(word.translate(plain) for word in words)).secret() == "80" * 32
    assert root_of("\n".join(numbered)).secret() == "80" * 32


def refused(typed: str) -> tuple[str, object]:
    with pytest.raises(InputError) as caught:
        root_of(typed)
    return caught.value.code, caught.value.params.get("place")


def test_wrong_words_say_what_is_wrong() -> None:
    words = list(words_of(ROOT, "es"))
    assert refused(" ".join(words[:23])) == ("words-count", None)
    assert refused("") == ("words-count", None)
    assert refused(" ".join([*words[:4], "quipu", *words[5:]])) == ("word-unknown", 5)
    swapped = [words[1], words[0], *words[2:]]
    assert words[0] != words[1]
    assert refused(" ".join(swapped)) == ("words-wrong", None)


PASSPHRASE = "correcto caballo"


def test_a_copy_of_the_root_opens_with_its_passphrase_alone(tmp_path: Path) -> None:
    file = tmp_path / "raiz.quipu"
    write_root(file, ROOT, DATASET, PASSPHRASE)
    assert read_root(file, PASSPHRASE).secret() == ROOT.secret()
    assert ROOT.secret().encode() not in file.read_bytes()
    for wrong in ("", "Correcto caballo"):
        with pytest.raises(InputError, match="root-file-closed"):
            read_root(file, wrong)


def test_a_changed_copy_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "raiz.quipu"
    write_root(file, ROOT, DATASET, PASSPHRASE)
    said = msgspec.json.decode(file.read_bytes())
    changes: list[dict[str, object]] = [
        {"public": "00" * 32},
        {"dataset": "another"},
        {"format": 2},
        {"kind": "x"},
        {"sealed": {}},
        {"sealed": said["sealed"] | {"n": 2**40}},
        {"sealed": None},
    ]
    for change in changes:
        file.write_bytes(canonical(said | change))
        with pytest.raises(InputError, match="root-file"):
            read_root(file, PASSPHRASE)
    for content in (b"", b"[" * 9_000, b"PK"):
        file.write_bytes(content)
        with pytest.raises(InputError, match="root-file-not-one"):
            read_root(file, PASSPHRASE)
    with pytest.raises(InputError, match="file-missing"):
        read_root(tmp_path / "none", PASSPHRASE)
    with pytest.raises(InputError, match="file-not-written"):
        write_root(tmp_path / "no" / "x", ROOT, DATASET, PASSPHRASE)
