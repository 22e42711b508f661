"""Codes become sentences: one way for paper, commands and window, in the person's language."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from quipu.domain.problem import Problem
from quipu.domain.value import plain
from quipu.words import Words


def code_sentence(words: Words, code: str, params: Mapping[str, object]) -> str:
    """Give the sentence of an error's code and parameters."""
    return sentence(words, f"error.{code}", code, params)


def problem_sentence(words: Words, problem: Problem) -> str:
    """Give the sentence of a finding, without its place."""
    key = f"problem.{problem.check}"
    variant = f"{key}.{problem.variant}"
    if problem.variant and words.has(variant):
        key = variant
    known = {"value": problem.value, "proposal": problem.proposal}
    return sentence(words, key, problem.check, {**known, **problem.params})


def sentence(words: Words, key: str, code: str, params: Mapping[str, object]) -> str:
    """Fill the sentence of a key with what a code's parameters say.

    A key that the catalogues lack, or whose places do not fit, is shown as its code with the
    parameters: a mistake of ours must not hide from the person what went wrong. The tests of the
    house find such codes.
    """
    said = {name: _said(words, name, value) for name, value in params.items()}
    try:
        if words.has(key):
            return words.text(key, **said)
    except (KeyError, IndexError):
        pass  # the bare code follows
    places = ", ".join(f"{name}: {value}" for name, value in said.items() if value != "")
    return f"{code} ({places})" if places else code


def _said(words: Words, name: str, value: object) -> object:
    if name == "place" and isinstance(value, str) and words.has(f"place.{value}"):
        return words.text(f"place.{value}")
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(_said(words, "", part)) for part in value)
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Path):
        return str(value)
    return "" if value is None else value
