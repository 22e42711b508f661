"""What stands above a table: titles of areas and units, the document's lines, and its box."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from quipu.forms.definition import Form
from quipu.forms.recognise_words import clean, plain_words

_PLACE = re.compile(r"\{(\w+)\}|(\[)|(\])")
_SMALL = r"(?: (?:de|del|la|el|los|las|y|e))*"
_SMALL_WORDS = frozenset(["de", "del", "la", "el", "los", "las", "y", "e"])
_LABEL = re.compile(
    r"(?:^|\s)(?:nombre de la )?(?:unidad(?: (?:organizativa|org[aá]nica|ejecutora|responsable|"
    r"administrativa))?|dependencia|departamento u oficina|oficina|organizational unit|unit)"
    r"\s*:\s*(?P<name>\S.*?)(?=\s+[\w° ]{2,20}:\s|$)",
    re.IGNORECASE,
)
_ORGAN = frozenset(
    [
        "gerencia",
        "unidad",
        "programa",
        "direccion",
        "subdireccion",
        "departamento",
        "oficina",
        "division",
        "seccion",
        "area",
        "coordinacion",
        "jefatura",
        "secretaria",
        "subsecretaria",
        "subgerencia",
        "despacho",
        "presidencia",
        "vicepresidencia",
        "centro",
        "instituto",
        "comision",
        "consejo",
        "auditoria",
        "asesoria",
        "proyecto",
        "superintendencia",
        "tesoreria",
        "contaduria",
        "contraloria",
        "delegacion",
        "agencia",
        "sucursal",
        "regional",
        "department",
        "office",
        "unit",
        "directorate",
        "division",
        "section",
        "programme",
        "program",
    ]
)
_NOTE = re.compile(
    r"\W*(?:nota|notas|fuente|note|notes|source|observacion|observaciones|elaborado|revisado|"
    r"aprobado|autorizado|pagina|pag|page|hoja|anexo|version|codigo|fecha|total|totales)\b"
)
_AGAIN = re.compile(
    r"\s*[-–(]?\s*\b(?:continuaci[oó]n|cont(?:in[uú]a)?\.?|continued)\s*\)?\s*$", re.I
)
_LONGEST = 160
_LABEL_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text outside tables: its text, its row, and whether it covers several columns."""

    text: str
    row: int
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A title's pattern of a form, ready to be compared with lines."""

    expression: re.Pattern[str]
    places: frozenset[str]

    def match(self, text: str) -> dict[str, str] | None:
        """Give what stands at the pattern's places in a line, as printed; `None` without match."""
        return _matched(self, text)


@lru_cache(maxsize=5_000)
def _matched(known: Pattern, text: str) -> dict[str, str] | None:
    words = clean(text).split(" ")
    plain = [plain_words(word) for word in words]
    found = known.expression.fullmatch("".join(f" {word}" for word in plain if word))
    if found is None:
        return None
    starts: list[tuple[int, int]] = []
    at = 0
    for number, word in enumerate(plain):
        if word:
            starts.append((at + 1, number))
            at += 1 + len(word)
    return {
        name: _printed(words, starts, *found.span(name))
        for name in known.places
        if found.group(name) is not None
    }


def _printed(words: Sequence[str], starts: Sequence[tuple[int, int]], first: int, end: int) -> str:
    return " ".join(words[number] for start, number in starts if first <= start < end).strip(
        " *:-–"
    )


@lru_cache(maxsize=200)
def pattern(text: str, institution: str) -> Pattern:
    """Prepare a title's pattern: `{…}` are places, `[…]` may be missing, small words do not count.

    Case, accents, punctuation and plurals of the pattern's own words make no difference.
    """
    expression, places, end = "", set[str](), 0
    for found in _PLACE.finditer(text):
        expression += _literal(text[end : found.start()])
        name, opening, _closing = found.groups()
        if name == "institution":
            expression += _literal(institution)
        elif name in places:
            raise ValueError(text)
        elif name == "year":
            expression += _SMALL + r" (?P<year>(?:19|20)\d\d)"
            places.add("year")
        elif name:
            expression += _SMALL + rf" (?P<{name}>\S.*)"
            places.add(name)
        else:
            expression += "(?:" if opening else ")?"
        end = found.end()
    return Pattern(re.compile(expression + _literal(text[end:])), frozenset(places))


def _literal(text: str) -> str:
    words = [word for word in plain_words(text).split() if word not in _SMALL_WORDS]
    return "".join(_SMALL + " " + _flexible(word) for word in words)


def _flexible(word: str) -> str:
    if len(word) <= 3 or word.isdigit():
        return re.escape(word)
    stem = re.sub(r"(?:(?<=[lnrdzj])es|s)$", "", word)
    return re.escape(stem) + "(?:e?s)?"


def is_letterhead(text: str, form: Form) -> bool:
    """Tell whether a line is one of those that the form prints at the top of every page."""
    if plain_words(text) in (plain_words(form.institution), *map(plain_words, form.title.values())):
        return True
    return any(
        pattern(line, form.institution).match(text) is not None for line in form.heading.read_lines
    )


def state_in(text: str, form: Form) -> str:
    """Give the words for the plan's state in a line of the letterhead, `""` for none (S4-01)."""
    said = f" {plain_words(text)} "
    return next((words for words in form.heading.state if f" {plain_words(words)} " in said), "")


def area_in(lines: Sequence[Line], forms: Iterable[Form], own: Form | None = None) -> str:
    """Give the area that the last matching title names, `""` for none.

    A title may be broken over several rows that follow each other.
    """
    forms = tuple(forms)
    patterns = [
        (pattern(form.heading.area, form.institution), form) for form in forms if form.heading.area
    ]
    if own is not None and "{area}" in own.heading.unit:
        patterns.append((pattern(own.heading.unit, own.institution), own))
    for text in (*(line.text for line in reversed(lines)), *_joined(lines)):
        if len(text) <= _LONGEST:
            for known, form in patterns:
                area = (known.match(text) or {}).get("area", "")
                if area and len(area) <= 100 and not _own_name(area, form):
                    return area
    return ""


def _own_name(area: str, form: Form) -> bool:
    return plain_words(form.institution) in plain_words(area) or is_letterhead(area, form)


def _joined(lines: Sequence[Line]) -> list[str]:
    """Give the texts of two to six rows that follow each other, the last and longest first."""
    joined: list[str] = []
    for end in range(len(lines), 1, -1):
        for start in range(max(0, end - 6), end - 1):
            part = lines[start:end]
            if part[-1].row - part[0].row == len(part) - 1:
                joined.append(" ".join(line.text for line in part))
    return joined


def unit_in(lines: Sequence[Line], form: Form, common: frozenset[str]) -> str:
    """Give the unit that the lines above a table name, `""` for none.

    `common` has the lines that stand above most tables of the file: a letterhead, no unit. The
    nearest line that begins like an office's name wins, then the nearest in capitals, then the
    nearest.
    """
    known = pattern(form.heading.unit, form.institution)
    free = form.heading.unit.strip() == "{unit}"
    names: list[str] = []
    for line in lines:
        found = known.match(line.text)
        labelled = _LABEL.search(line.text)
        if labelled is not None:
            names.append(labelled.group("name"))
        elif found is not None and found.get("unit") and _can_name(line.text, form, common):
            names.append(found["unit"] if not free else line.text)
    names = [clean(_AGAIN.sub("", name)).strip(" *") for name in names]
    for wanted in (_like_organ, str.isupper, bool):
        for name in reversed(names):
            if wanted(name):
                return name
    return ""


def _like_organ(text: str) -> bool:
    words = plain_words(text).split()
    return bool(words) and words[0] in _ORGAN


def names_an_office(text: str) -> bool:
    """Tell whether a text begins like an office's name, or has a label that names one."""
    return _like_organ(text) or _LABEL.search(text) is not None


def is_note(text: str) -> bool:
    """Tell whether a line begins like a note, a source or a signature below a table."""
    return _NOTE.match(plain_words(text)) is not None or text.lstrip().startswith(("*", "("))


def looks_like_unit(line: Line, form: Form, common: frozenset[str]) -> bool:
    """Tell whether a line between the rows of a table is the title of another unit."""
    name = clean(_AGAIN.sub("", line.text))
    if _LABEL.search(line.text) is not None:
        return True
    named = _like_organ(name) or name.isupper() or (line.wide and len(name.split()) <= 8)
    return named and _can_name(line.text, form, common) and not name.endswith(".")


def _can_name(text: str, form: Form, common: frozenset[str]) -> bool:
    plain = plain_words(text)
    letters = sum(map(str.isalpha, plain))
    if letters < 3 or len(text) > _LONGEST or plain in common or _NOTE.match(plain):
        return False
    if text.startswith(("(", "*", "[")) and not text.startswith("**"):
        return False
    if (
        is_letterhead(text, form)
        or _is_group(text, form)
        or (text.endswith(".") and len(text) > 80)
    ):
        return False
    areas = [form.heading.area] if form.heading.area else []
    return all(pattern(area, form.institution).match(text) is None for area in areas)


def _is_group(text: str, form: Form) -> bool:
    groups = {column.group for column in form.columns if column.group}
    return any(pattern(group, form.institution).match(text) is not None for group in groups)


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of the document's box and of the signatures, each with the field it names."""

    box: Mapping[str, str]
    signatures: Mapping[str, str]

    @classmethod
    def of(cls, forms: Iterable[Form]) -> "Labels":
        """Collect them from the forms."""
        forms = tuple(forms)
        return cls(
            {plain_words(line.label): line.field for form in forms for line in form.heading.box},
            {plain_words(line.label): line.field for form in forms for line in form.signatures},
        )


def box_in(cells: Sequence[str], labels: Labels) -> tuple[dict[str, str], list[str]]:
    """Split a row outside tables into fields of the document's box and the other texts."""
    found: dict[str, str] = {}
    rest: list[str] = []
    waiting = ""
    for text in cells:
        field = labels.box.get(plain_words(text), "") if len(text) <= _LABEL_LENGTH else ""
        before, colon, after = text.partition(":")
        if field:
            waiting = field
        elif waiting:
            found.setdefault(waiting, text)
            waiting = ""
        elif colon and len(before) <= _LABEL_LENGTH and plain_words(before) in labels.box:
            found.setdefault(labels.box[plain_words(before)], after.strip())
        else:
            rest.append(text)
    return {name: text for name, text in found.items() if text}, rest


def years_above(lines: Iterable[Line], forms: Iterable[Form]) -> list[tuple[int, Line]]:
    """Give the years that titles of the forms name, with their lines."""
    found: list[tuple[int, Line]] = []
    patterns = {
        pattern(text, form.institution)
        for form in forms
        for text in (
            *form.heading.read_lines,
            form.heading.area,
            form.heading.unit,
            *(column.group for column in form.columns),
        )
        if "{year}" in text
    }
    for line in lines:
        for known in patterns:
            year = (
                (known.match(line.text) or {}).get("year") if len(line.text) <= _LONGEST else None
            )
            if year:
                found.append((int(year), line))
                break
    return found
