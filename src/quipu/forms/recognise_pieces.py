"""Several activities in one cell, with or without marks between them (S4-05, S4-09)."""

import re
from collections.abc import Iterable

from quipu.forms.recognise_cells import list_pieces
from quipu.forms.recognise_words import clean, plain_words

_BREAK = re.compile(r"</?p\b[^>]*>|<br\s*/?>|</?li\b[^>]*>|[\r\n\v]+", re.IGNORECASE)
_BULLET = re.compile(r"^\s*[•·▪●o‣*–—-]\s+(?=\S)")
_NUMBERED = re.compile(r"(?:^|\s)\d{1,2}\s?(?:\)|\.-|\.)\s*[^\W\d_]")
_SENTENCE = re.compile(
    r"(?<=[^\W\d_]{3}[.;])\s+(?=[A-ZÁÉÍÓÚÑ¿¡])|(?<=[)”\"][.;])\s+(?=[A-ZÁÉÍÓÚÑ])"
)
_ACTION = re.compile(
    r"[A-ZÁÉÍÓÚÑ][a-záéíóúñü]*(?:[cstxn]ión|[cstxn]iones|mientos?)|"
    r"Diseños?|Envíos?|Firmas?|Análisis|Diagnósticos?|Talleres|Visitas?|Entregas?|Seguimiento|"
    r"Monitoreo|Levantamiento|Desarrollo|Acompañamiento|Charlas?|Jornadas?|Encuestas?|Registro|"
    r"Ajustes?|Cierre|Inicio|Lanzamiento|Puesta|Convocatorias?|Catastro|Asistencia|Consultas?"
)
_LINKS = frozenset(
    [
        "a",
        "al",
        "ante",
        "bajo",
        "con",
        "contra",
        "cada",
        "como",
        "de",
        "del",
        "desde",
        "durante",
        "e",
        "el",
        "en",
        "entre",
        "es",
        "esta",
        "este",
        "estas",
        "estos",
        "hacia",
        "hasta",
        "la",
        "las",
        "lo",
        "los",
        "mediante",
        "no",
        "ni",
        "o",
        "para",
        "por",
        "que",
        "se",
        "según",
        "segun",
        "sin",
        "sobre",
        "su",
        "sus",
        "tras",
        "u",
        "un",
        "una",
        "unas",
        "unos",
        "y",
    ]
)
_MARK = re.compile(r"\d{1,2}\s?[.)]-?")
"""A number alone, which the text of its item follows."""
_JOINED = tuple(',–—-/(«“"')


def opening_words(cells: Iterable[str]) -> frozenset[str]:
    """Give the words with which lines and sentences of a column begin: those that open items."""
    found: set[str] = set()
    for text in cells:
        for line in _lines(text):
            for sentence in _SENTENCE.split(line):
                word = sentence.split()[0].strip(".,;:") if sentence.split() else ""
                if len(word) > 3 and word[0].isupper() and not word.isupper():
                    found.add(word)
    return frozenset(found)


def items_of(text: str, openings: frozenset[str]) -> list[str]:
    """Split a cell into its items: numbered, lines or paragraphs, sentences, or run together.

    Text that was flattened keeps only its capitals: a new item begins where a word that names an
    action follows one that nothing binds to it ("… del Plan Evaluación del Plan").
    """
    if len(_NUMBERED.findall(_BREAK.sub(" ", text))) > 1:
        return [piece.raw for piece in list_pieces(text)]
    items: list[str] = []
    for line in _lines(text):
        for sentence in _SENTENCE.split(line):
            for part in _run_together(sentence, openings):
                if items and (part[:1].islower() or _MARK.fullmatch(items[-1])):
                    items[-1] += " " + part
                else:
                    items.append(part)
    return items


def _lines(text: str) -> list[str]:
    lines = (clean(_BULLET.sub("", part)) for part in _BREAK.split(text))
    return [line for line in lines if line]


def _run_together(text: str, openings: frozenset[str]) -> list[str]:
    words = text.split()
    parts: list[list[str]] = [[]]
    depth = 0
    for at, word in enumerate(words):
        if at and not depth and _opens(word, words[at - 1], openings):
            parts.append([])
        depth = max(0, depth + word.count("(") - word.count(")"))
        parts[-1].append(word)
    return [" ".join(part) for part in parts if part]


def _opens(word: str, before: str, openings: frozenset[str]) -> bool:
    bare = word.strip(".,;:")
    named = bare in openings or _ACTION.fullmatch(bare) is not None
    return named and not before.endswith(_JOINED) and plain_words(before) not in _LINKS
