"""Both languages are complete, and every key that the code names exists."""

import ast
import errno
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from quipu.words import DOMAINS, LANGUAGES, UnknownWord, Words, known_language

ROOT = Path(__file__).resolve().parents[2]
KEY = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+")
MSGID = re.compile(r'^msgid "(.+)"$', re.MULTILINE)


def po(lang: str, domain: str) -> Path:
    return ROOT / "resources" / "locale" / lang / "LC_MESSAGES" / f"{domain}.po"


def catalogue(lang: str, domain: str) -> Catalog:
    with po(lang, domain).open("rb") as file:
        return read_po(file, locale=lang, abort_invalid=True)


def key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def texts(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def entries(lang: str, domain: str) -> dict[str, tuple[str, ...]]:
    return {key(message): texts(message) for message in catalogue(lang, domain) if message.id}


@pytest.mark.parametrize("domain", DOMAINS)
def test_both_languages_have_the_same_keys(domain: str) -> None:
    first, second = (entries(lang, domain).keys() for lang in LANGUAGES)
    assert first ^ second == set()


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_key_has_words(lang: str, domain: str) -> None:
    messages = [message for message in catalogue(lang, domain) if message.id]
    assert [key(message) for message in messages if message.fuzzy] == []
    assert [key(message) for message in messages if not all(texts(message))] == []
    assert [key(message) for message in messages if not KEY.fullmatch(key(message))] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_both_languages_have_the_same_parameters(domain: str) -> None:
    first, second = (entries(lang, domain) for lang in LANGUAGES)
    uneven = [
        name
        for name in first.keys() & second.keys()
        if set().union(*map(holes, first[name])) != set().union(*map(holes, second[name]))
    ]
    assert sorted(uneven) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_key_stands_once(lang: str) -> None:
    count = Counter(
        name for domain in DOMAINS for name in MSGID.findall(po(lang, domain).read_text("utf-8"))
    )
    assert [name for name, times in count.items() if times > 1] == []


def keys_in_code() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(attr="text" | "plural") | ast.Name(id="text" | "plural"),
                    args=[ast.Constant(value=str() as name), *_],
                ) if KEY.fullmatch(name):
                    yield name, f"{path.relative_to(ROOT)}:{node.lineno}"


def test_every_key_in_the_code_exists() -> None:
    words = Words.load("es")
    assert [f"{place} {name}" for name, place in keys_in_code() if not words.has(name)] == []


def test_words_are_found_in_every_catalogue() -> None:
    spanish, english = Words.load("es-SV"), Words.load("en_US.UTF-8")
    assert (spanish.lang, english.lang) == ("es", "en")
    assert spanish.text("action.undo") == "Deshacer"
    assert english.text("paper.page-of", page=1, pages=2) == "Page 1 of 2"
    assert english.has("action.undo")


def test_an_unknown_key_never_passes_for_words() -> None:
    words = Words.load("es")
    assert not words.has("no.such-key")
    with pytest.raises(UnknownWord):
        words.text("no.such-key")
    with pytest.raises(UnknownWord):
        words.plural("no.such-key", 2)


def test_other_languages_read_spanish() -> None:
    assert known_language("pt_BR") == "es"
    assert known_language("EN") == "en"


@pytest.mark.parametrize(("lang", "said"), [("es", "no queda espacio"), ("en", "the disk is full")])
def test_the_systems_reasons_are_told_in_the_persons_language(lang: str, said: str) -> None:
    words = Words.load(lang)
    for code in (errno.ENOENT, errno.EACCES, errno.EROFS, errno.EISDIR):
        told = words.text("error.cannot-write", file="a.pdf", why=os.strerror(code))
        assert os.strerror(code) not in told
    assert said in words.text("error.cannot-write", file="a", why=os.strerror(errno.ENOSPC))
    assert "odd" in words.text("error.cannot-write", file="a.pdf", why="odd")
