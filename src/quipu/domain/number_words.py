"""Numbers written in words, as plans write them: `seis`, `veinticinco`, `cincuenta mil`."""

from collections.abc import Sequence

from quipu.domain.letters import bare

_ONES = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres "
    "veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve"
)
_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_HUNDREDS = (
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos "
    "ochocientos novecientos"
)
_WORDS: dict[str, int] = {
    **{word: value for value, word in enumerate(_ONES.split())},
    **{word: 10 * value for value, word in enumerate(_TENS.split(), start=3)},
    **{word: 100 * value for value, word in enumerate(_HUNDREDS.split(), start=1)},
    **{
        word[:-2] + "as": 100 * value
        for value, word in enumerate(_HUNDREDS.split(), start=1)
        if word.endswith("os")
    },
    "un": 1,
    "una": 1,
    "veintiun": 21,
    "veintiuna": 21,
    "cien": 100,
}
_SCALES = {"mil": 1000, "millon": 1_000_000, "millones": 1_000_000}


def bare_word(word: str) -> str:
    """Give a word without case, accents and the marks around it: `Millón,` becomes `millon`."""
    return bare(word).strip(".,;:()[]\"'«»")


def leading_number(words: Sequence[str]) -> tuple[int, int]:
    """Give the number that a row of words begins with, and how many words it takes.

    `(0, 0)` where the first word is no number. A word that ends with a comma or stop ends it.
    """
    whole = part = taken = 0
    for at, word in enumerate(words):
        bare = bare_word(word)
        if bare in _SCALES:
            whole, part = _scaled(whole, part, _SCALES[bare])
        elif bare in _WORDS:
            part += _WORDS[bare]
        elif not (bare == "y" and taken and _goes_on(words, at)):
            break
        taken = at + 1
        if word[-1:] in ".,;:)":
            break
    return (whole + part, taken) if taken else (0, 0)


def _scaled(whole: int, part: int, scale: int) -> tuple[int, int]:
    if scale == 1000:
        return whole + max(part, 1) * scale, 0
    return max(whole + part, 1) * scale, 0


def _goes_on(words: Sequence[str], at: int) -> bool:
    """Tell whether an `y` joins tens and ones: `treinta y seis`, not `seis y luego`."""
    before = _WORDS.get(bare_word(words[at - 1]), 0)
    after = _WORDS.get(bare_word(words[at + 1]), 0) if at + 1 < len(words) else 0
    return before in range(30, 100, 10) and 0 < after < 10
