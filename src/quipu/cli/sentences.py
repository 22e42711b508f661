"""Codes become sentences here: errors, findings, states and numbers, in the person's language."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from quipu.domain.errors import QuipuError
from quipu.domain.problem import Problem
from quipu.domain.value import Value, plain, value_text
from quipu.words import Words

if TYPE_CHECKING:
    from quipu.forms.language import FormMistake


def error_sentence(words: Words, error: QuipuError) -> str:
    """Give the sentence of an error."""
    return code_sentence(words, error.code, error.params)


def code_sentence(words: Words, code: str, params: Mapping[str, object]) -> str:
    """Give the sentence of an error's code and parameters.

    A code that the catalogues lack is shown as it is, with its parameters: a mistake of ours must
    not hide from the person what went wrong. The tests of the house find such codes.
    """
    return _sentence(words, f"error.{code}", code, params)


def mistake_sentence(words: Words, mistake: FormMistake) -> str:
    """Give the sentence of a mistake in a form file, without its place."""
    return _sentence(words, f"mistake.{mistake.code}", mistake.code, mistake.params)


def problem_sentence(words: Words, problem: Problem) -> str:
    """Give the sentence of a finding, without its place."""
    key = f"problem.{problem.check}"
    variant = f"{key}.{problem.variant}"
    if problem.variant and words.has(variant):
        key = variant
    known = {"value": problem.value, "proposal": problem.proposal}
    return _sentence(words, key, problem.check, {**known, **problem.params})


def figure(value: Value) -> str:
    """Give a value for a table: numbers plain, blank as nothing."""
    return value_text(value) or ""


def percent(value: Decimal | None) -> str:
    """Give a fraction as a percentage of at most one decimal, blank as nothing."""
    if value is None:
        return ""
    return plain((value * 100).quantize(Decimal("0.1"))) + " %"


def _sentence(words: Words, key: str, code: str, params: Mapping[str, object]) -> str:
    said = {name: _param(words, name, value) for name, value in params.items()}
    if words.has(key):
        return words.text(key, **said)
    places = ", ".join(f"{name}: {value}" for name, value in said.items() if value != "")
    return f"{code} ({places})" if places else code


def _param(words: Words, name: str, value: object) -> object:
    if name == "place" and isinstance(value, str) and words.has(f"place.{value}"):
        return words.text(f"place.{value}")
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(_param(words, "", part)) for part in value)
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Path):
        return str(value)
    return "" if value is None else value
