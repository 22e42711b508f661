"""Units named in one cell: several, in several spellings, the lead underlined (S0-06, S0-16).

Separators were mostly lost (spaces, commas, line ends), so units are told apart by how a unit's
name begins: an abbreviation (`A.`, `Sub. G.`), letters in capitals (`ASIS`), or a word for a body
(`Gerencia`, `Consejo`).
"""

import re
from dataclasses import dataclass

from quipu.domain.number_words import bare_word

_TAG = re.compile(r"<(/?)u\b[^>]*>", re.IGNORECASE)
_OTHER_TAG = re.compile(r"</?[a-zA-Z]{1,8}\s*/?>")
_GLUED = re.compile(r"(?<=[a-záéíóúñ])(?=[A-ZÁÉÍÓÚÑ])|(?<=[^\W\d_]\.)(?=[^\W\d_])")
_ABBREVIATED = re.compile(r"[A-ZÁÉÍÓÚÑ][A-Za-záéíóúñ]{0,4}\.|[A-ZÁÉÍÓÚÑ]")
_CAPITALS = re.compile(r"[A-ZÁÉÍÓÚÑ]{2,}[a-z]?")
_BODIES = frozenset(
    [
        "gerencia",
        "gerencias",
        "subgerencia",
        "subgerencias",
        "presidencia",
        "vicepresidencia",
        "direccion",
        "direcciones",
        "subdireccion",
        "departamento",
        "departamentos",
        "division",
        "unidad",
        "unidades",
        "oficina",
        "oficinas",
        "area",
        "areas",
        "consejo",
        "comision",
        "comite",
        "equipo",
        "equipos",
        "junta",
        "secretaria",
        "seccion",
        "empresas",
        "recursos",
        "control",
        "auditoria",
        "asesoria",
        "administracion",
        "coordinacion",
        "jefatura",
        "contraloria",
        "tesoreria",
        "planeamiento",
        "planificacion",
        "regionales",
    ]
)
_SHORT = frozenset(["sub", "subg", "adm", "admtva", "dir", "dpto", "depto", "gcia", "of"])
_ADJECTIVES = frozenset({"planeamiento", "planificacion", "regionales"})
"""Bodies that need no word after them."""
_LINKS = frozenset(
    ["de", "del", "la", "las", "los", "el", "e", "y", "en", "para", "con", "a", "al"]
)
_AND = frozenset({"y", "e"})
_NOBODY = ("", "-", "–", "—")


@dataclass(frozen=True, slots=True)
class Mentions:
    """The units that a cell names: those that lead, and the others, as they are printed."""

    leads: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(slots=True)
class _Word:
    text: str
    underlined: bool
    ends: str = ""
    """The comma or line end after it, which mostly closes a name."""


def read_mentions(text: str) -> Mentions:
    """Read a cell of responsible units; those with underlined letters lead.

    A unit that is only half underlined (`A. <u>Planeamiento</u>`) leads, and so does one whose
    underlining is in two runs.
    """
    leads: list[str] = []
    others: list[str] = []
    for name in _names(_words(text)):
        whole = " ".join(word.text + word.ends.strip("\n;") for word in name).strip(" ,;")
        whole = whole[:-1] if whole.endswith(".") and not _is_short(whole.split()[-1]) else whole
        if whole in _NOBODY:
            continue
        chosen = leads if any(word.underlined for word in name) else others
        if whole not in leads and whole not in others:
            chosen.append(whole)
    return Mentions(tuple(leads), tuple(others))


def looks_like_units(text: str) -> bool:
    """Tell whether a cell names units rather than says what is done."""
    if _TAG.search(text):
        return True
    words = _words(text)
    starts = sum(_starts(word.text) for word in words)
    return bool(words) and _starts(words[0].text) and 3 * starts >= len(words)


def _is_short(word: str) -> bool:
    """Tell whether a word is an abbreviation: `Reg.`, `Adm.`, `G`, `Sub`."""
    if bare_word(word) in _SHORT:
        return True
    return _ABBREVIATED.fullmatch(word) is not None and _CAPITALS.fullmatch(word[:-1]) is None


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    underlined = False
    place = 0
    for tag in [*_TAG.finditer(text), None]:
        piece = _OTHER_TAG.sub("\n", text[place : tag.start() if tag else len(text)])
        words += _piece_words(piece, underlined=underlined)
        if tag is not None:
            underlined = not tag.group(1)
            place = tag.end()
    return words


def _piece_words(piece: str, *, underlined: bool) -> list[_Word]:
    words: list[_Word] = []
    piece = _GLUED.sub(" ", re.sub(r"[^\S\n]+\.", ".", piece))
    for part in re.split(r"([;/•\n]|(?<=\w),)", piece):
        if part in (",", ";", "/", "•", "\n"):
            if words:
                words[-1].ends = part if part in ",\n" else ";"
            continue
        words += [_Word(word, underlined) for word in part.replace(",", " ").split()]
    return words


def _starts(word: str) -> bool:
    if _is_short(word) or _CAPITALS.fullmatch(word.rstrip(".")):
        return word[:1].isupper()
    return word[:1].isupper() and bare_word(word) in _BODIES


def _names(words: list[_Word]) -> list[list[_Word]]:
    """Split words into names: a new one begins where a name may begin and the last is whole."""
    names: list[list[_Word]] = []
    for word in words:
        if not names or _begins(names[-1], word):
            if names and bare_word(names[-1][-1].text) in _AND:
                names[-1].pop()
            names.append([word])
        else:
            names[-1].append(word)
    return [name for name in names if name]


def _begins(name: list[_Word], word: _Word) -> bool:
    last = name[-1]
    linked = bare_word(last.text) in _LINKS
    if last.ends == ";":
        return True
    if linked and bare_word(last.text) not in _AND:
        return False
    if last.ends == "\n" or (last.underlined is not word.underlined and not linked):
        # "ASIS <u>Obras</u>" are two names, "A. <u>Planeamiento</u>" is one.
        return word.text[:1].isupper() and _is_whole(name)
    if last.ends or (last.text.endswith(".") and not _is_short(last.text)):
        # "Comisión de Valores, Ética y Transparencia": what follows must be able to begin a name.
        return _starts(word.text) or last.text.endswith(".") or not _is_body(name)
    if not _starts(word.text):
        return False
    if linked:
        return len(name) > 1 and _is_body_word(word.text)
    return _is_whole(name)


def _is_body(name: list[_Word]) -> bool:
    return _is_body_word(name[0].text)


def _is_body_word(text: str) -> bool:
    return bare_word(text) in _BODIES


def _is_whole(name: list[_Word]) -> bool:
    """Tell whether a name is complete: not abbreviations alone, nor a word that wants another."""
    last = name[-1].text
    before = name[-2].text if len(name) > 1 else ""
    if _CAPITALS.fullmatch(last.rstrip(".")):
        return True
    if _is_short(last):
        # "Gerencias Reg." is whole, "de las G." and "Sub. G." are not.
        return _is_body_word(before)
    wanting = _is_body_word(last) and bare_word(last) not in _ADJECTIVES
    return not (wanting and (not before or bare_word(before) in _LINKS))
