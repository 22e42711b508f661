"""Codes and values as sentences and texts in the person's language."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from quipu.domain.errors import QuipuError
from quipu.domain.period import Period
from quipu.domain.problem import Problem
from quipu.domain.value import Blob, Value, plain
from quipu.operations.sentences import code_sentence, problem_sentence, sentence
from quipu.words import Words


def error_sentence(words: Words, error: Exception) -> str:
    """Say what went wrong; of a mistake of ours, that it is one and where the detail is."""
    if isinstance(error, QuipuError):
        return code_sentence(words, error.code, error.params)
    return words.text("ui.error.ours", reason=f"{type(error).__name__}: {error}")


def refusal_sentence(words: Words, problem: Problem) -> str:
    """Say in one plain sentence why a text was not taken into a cell."""
    key = f"ui.refused.{problem.check}"
    if not words.has(key):
        return problem_sentence(words, problem)
    return sentence(words, key, problem.check, {"value": problem.value, **problem.params})


_SMALL = frozenset(
    [
        "a",
        "al",
        "con",
        "de",
        "del",
        "e",
        "el",
        "en",
        "la",
        "las",
        "los",
        "o",
        "para",
        "por",
        "sin",
        "u",
        "y",
    ]
)
_PLAIN = frozenset(["san", "sur", "mar", "paz", "luz", "sol", "rio", "río", "red", "ley"])


def quiet_name(name: str) -> str:
    """Give a name that is printed in capitals in small letters, for narrow lists.

    Short words that are no ordinary ones stay as they are: `ADN`, `TIC`.
    """
    clean = " ".join(name.split())
    if not clean.isupper():
        return clean
    words = [_quiet_word(word) for word in clean.split(" ")]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def _quiet_word(word: str) -> str:
    letters = "".join(sign for sign in word if sign.isalpha()).lower()
    if letters in _SMALL:
        return word.lower()
    if len(letters) <= 3 and letters not in _PLAIN:
        return word
    start = next((number for number, sign in enumerate(word) if sign.isalpha()), 0)
    return word[: start + 1] + word[start + 1 :].lower()


def field_name(words: Words, field: str) -> str:
    """Give a field as people call it; of a field without a name, its code."""
    key = f"ui.field.{field.replace('_', '-')}"
    return words.text(key) if words.has(key) else field


def period_name(words: Words, text: str) -> str:
    """Give a period as people call it: `julio 2024`, `3.er trimestre 2024`, `2024`."""
    try:
        period = Period.parse(text)
    except ValueError:
        return text
    if period.kind == "month":
        return words.text(f"ui.month.{period.index:02}", year=period.year)
    if period.kind in ("quarter", "semester"):
        return words.text(f"ui.{period.kind}.{period.index}", year=period.year)
    return str(period)


def short_period(words: Words, text: str) -> str:
    """Give a period in a few letters for a column: `jul`, `3.er`, else its text."""
    try:
        period = Period.parse(text)
    except ValueError:
        return text
    if period.kind not in ("month", "quarter"):
        return text
    return period_name(words, text)[:3] if period.kind == "month" else text[5:]


def value_words(value: Value, number: Callable[[Decimal], str] = plain) -> str:
    """Give a value as a person reads it; blank is a dash, so that it is seen to be blank."""
    match value:
        case bool():
            return "✕" if value else "—"
        case Decimal():
            return number(value)
        case Blob():
            return value.name
        case str() if value:
            return value
        case _:
            return "—"


def plain_date(text: str) -> str:
    """Give a day of the ledger (`2025-02-20`) as people write it; any other text as it is."""
    try:
        return date.fromisoformat(text).strftime("%d/%m/%Y")
    except ValueError:
        return text


def moment(at: str) -> str:
    """Give a time of the ledger (ISO 8601, UTC) on this machine's clock: `29/07/2024 10:42`."""
    try:
        when = datetime.fromisoformat(at)
    except ValueError:
        return at
    return when.astimezone().strftime("%d/%m/%Y %H:%M")
