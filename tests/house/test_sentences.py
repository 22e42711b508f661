"""Every error that the code raises has its sentence, and gives all that the sentence names."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from quipu.cli.sentences import error_sentence
from quipu.domain.errors import BundleError, InputError, QuipuError, WorkspaceError
from quipu.words import LANGUAGES, Words

ROOT = Path(__file__).resolve().parents[2]
ERRORS = {kind.__name__ for kind in (QuipuError, InputError, WorkspaceError, BundleError)}


@dataclass(frozen=True)
class Raised:
    """One place in the code that makes an error; `params` is `None` where they are not known."""

    place: str
    code: str
    params: frozenset[str] | None


def raised() -> Iterator[Raised]:
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id=name), args=[ast.Constant(value=str() as code)], keywords=given
                ) if name in ERRORS:
                    names = [keyword.arg for keyword in given]
                    known = None if None in names else frozenset(filter(None, names))
                    yield Raised(f"{path.relative_to(ROOT)}:{node.lineno}", code, known)


def sentences(lang: str) -> dict[str, str]:
    path = ROOT / "resources" / "locale" / lang / "LC_MESSAGES" / "cli.po"
    with path.open("rb") as file:
        found = read_po(file, locale=lang)
    return {one.id: one.string for one in found if isinstance(one.id, str) and one.id}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_error_has_a_sentence(lang: str) -> None:
    known = sentences(lang)
    missing = {one.code: one.place for one in raised() if f"error.{one.code}" not in known}
    assert missing == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_error_gives_all_that_its_sentence_names(lang: str) -> None:
    known = sentences(lang)
    uneven = {}
    for one in raised():
        text = known.get(f"error.{one.code}", "")
        named = {name for _, name, _, _ in Formatter().parse(text) if name}
        if one.params is not None and not named <= one.params:
            uneven[one.place] = sorted(named - one.params)
    assert uneven == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sentence_ends_where_it_should(lang: str) -> None:
    ends = (".", "?", "!", "}", ":")
    odd = [key for key, text in sentences(lang).items()
           if key.startswith("error.") and not text.endswith(ends)]  # fmt: skip
    assert odd == []


def test_a_code_without_words_still_says_what_it_knows() -> None:
    words = Words.load("es")
    assert error_sentence(words, QuipuError("no-such", file="a.xlsx")) == "no-such (file: a.xlsx)"
    assert error_sentence(words, QuipuError("no-such")) == "no-such"
