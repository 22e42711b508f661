"""Options stand anywhere, and every mistake of typing has its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from quipu.cli.call import Answer, Call
from quipu.cli.syntax import Command, Given, Option, Place, parse
from quipu.domain.errors import InputError


def nothing(call: Call) -> Answer:
    return Answer({})


MAKE = Command(
    "make",
    nothing,
    (Place("dir"), Place("files", many=True)),
    (
        Option("unit", many=True, short="u"),
        Option("year", kind="number"),
        Option("all", kind="flag"),
        Option("lang", choices=("es", "en")),
        Option("output", short="o"),
    ),
)
ENROL = Command(
    "enrol", nothing, (Place("dir"), Place("code", optional=True)), (Option("unit", many=True),)
)


def read(*tokens: str) -> Given:
    return parse(MAKE, tokens)


def test_options_stand_before_between_and_after() -> None:
    for tokens in (
        ("--all", "d", "a", "b", "--year", "2024"),
        ("d", "--year=2024", "a", "--all", "b"),
        ("--year", "2024", "d", "a", "b", "--all"),
    ):
        given = read(*tokens)
        assert given.path("dir") == Path("d")
        assert given.texts("files") == ("a", "b")
        assert given.paths("files") == (Path("a"), Path("b"))
        assert given.flag("all")
        assert given.number("year") == 2024


def test_several_values_come_at_once_or_one_by_one() -> None:
    assert read("d", "f", "--unit", "A", "B", "-u", "C", "-o", "x").texts("unit") == ("A", "C", "B")
    assert parse(ENROL, ("d", "c", "--unit", "A", "B")).texts("unit") == ("A", "B")


def test_a_place_takes_back_what_an_option_of_many_took() -> None:
    given = parse(ENROL, ("--unit", "A", "B", "d"))
    assert (given.text("dir"), given.texts("unit")) == ("d", ("A", "B"))


def test_short_options_and_equal_signs() -> None:
    assert read("d", "f", "-ox.pdf").path("output") == Path("x.pdf")
    assert read("d", "f", "-o=x.pdf").path("output") == Path("x.pdf")
    assert read("d", "f", "--output=a=b").text("output") == "a=b"
    assert read("d", "f", "--unit=Zona Norte").texts("unit") == ("Zona Norte",)


def test_values_may_look_like_options() -> None:
    assert read("d", "f", "-o", "-5").text("output") == "-5"
    assert read("d", "f", "-o", "- así").text("output") == "- así"
    assert read("d", "-5", "- así").texts("files") == ("-5", "- así")
    assert read("d", "--", "--all").texts("files") == ("--all",)


def test_what_was_not_typed_is_absent() -> None:
    given = read("d", "f")
    assert given.maybe("output") is None
    assert given.maybe_path("output") is None
    assert given.text("output") == ""
    assert given.number("year") is None
    assert given.texts("unit") == ()
    assert not given.has("year")
    assert not given.flag("all")
    assert parse(ENROL, ("d", "--unit", "A")).text("code") == ""


def test_an_empty_value_blanks() -> None:
    given = read("d", "f", "-o", "")
    assert given.has("output")
    assert given.text("output") == ""


@pytest.mark.parametrize(
    ("tokens", "code", "params"),
    [
        (("d", "f", "--some"), "usage-option-unknown", {"option": "--some"}),
        (("d", "f", "-x"), "usage-option-unknown", {"option": "-x"}),
        (("d", "f", "--all=yes"), "usage-option-flag", {"option": "--all"}),
        (("d", "f", "--output"), "usage-option-value", {"option": "--output"}),
        (("d", "f", "--output", "--all"), "usage-option-value", {"option": "--output"}),
        (("d", "f", "-o", "a", "-o", "b"), "usage-option-twice", {"option": "--output"}),
        (("d", "f", "--lang", "fr"), "usage-choice", {"value": "fr", "choices": "es, en"}),
        (("d", "f", "--year", "MMXXIV"), "usage-number", {"value": "MMXXIV"}),
        (("d",), "usage-place-missing", {"place": "files"}),
        ((), "usage-place-missing", {"place": "dir"}),
    ],
)
def test_mistakes_name_what_is_wrong(
    tokens: tuple[str, ...], code: str, params: dict[str, str]
) -> None:
    with pytest.raises(InputError) as caught:
        read(*tokens)
    assert caught.value.code == code
    assert caught.value.params.items() >= {"command": "make", **params}.items()


def test_too_many_words_and_missing_options() -> None:
    with pytest.raises(InputError, match="usage-too-much"):
        parse(ENROL, ("d", "c", "more"))
    needing = Command("x", nothing, (), (Option("form", required=True),))
    with pytest.raises(InputError, match="usage-option-missing"):
        parse(needing, ())
