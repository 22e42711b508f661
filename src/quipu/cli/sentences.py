"""Codes become sentences here: errors, findings, states and numbers, in the person's language."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from quipu.domain.errors import QuipuError
from quipu.domain.value import Value, plain, value_text
from quipu.operations.sentences import code_sentence, sentence
from quipu.words import Words

if TYPE_CHECKING:
    from quipu.forms.language import FormMistake


def error_sentence(words: Words, error: QuipuError) -> str:
    """Give the sentence of an error."""
    return code_sentence(words, error.code, error.params)


def mistake_sentence(words: Words, mistake: FormMistake) -> str:
    """Give the sentence of a mistake in a form file, without its place."""
    return sentence(words, f"mistake.{mistake.code}", mistake.code, mistake.params)


def figure(value: Value) -> str:
    """Give a value for a table: numbers plain, blank as nothing."""
    return value_text(value) or ""


def percent(value: Decimal | None) -> str:
    """Give a fraction as a percentage of at most one decimal, blank as nothing."""
    if value is None:
        return ""
    return plain((value * 100).quantize(Decimal("0.1"))) + " %"
