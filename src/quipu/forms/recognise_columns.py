"""Which column of a form a heading means, whatever its order, case, accents and punctuation."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from quipu.domain.period import Period
from quipu.forms.definition import Column, Form
from quipu.forms.recognise_periods import Named, bare_number, named_period, years_in
from quipu.forms.recognise_repeated import (
    alike_periods,
    lettered_months,
    month_letter,
    words_over,
)
from quipu.forms.recognise_words import plain_words, shortens, stems

LONGEST = 80
"""The longest text that is looked at as a heading."""
_SHORT = 40
_ALIKE = 0.5
_SHORTENED = 0.9
_MARKED = re.compile(r"(.*[^\s\d]) ?\(?(\d{1,2})\)?", re.DOTALL)
_PARTS = {"month": 12, "quarter": 4, "semester": 2}

_ALSO: Mapping[str, tuple[str, ...]] = {
    "code": ("Código", "Cód.", "Ítem", "Correlativo", "Code", "Item"),
    "total": ("Total", "Total anual", "Meta anual", "Total programado", "Annual target"),
    "product": ("Producto esperado", "Resultado esperado", "Entregable", "Product"),
    "unit_of_measure": ("U. medida", "U.M.", "Medida", "Unit of measure"),
    "verification": ("Fuente de verificación", "Evidencia", "Means of verification"),
    "process": ("Macroproceso", "Process"),
    "lead": ("Unidad responsable", "Encargado", "Lead"),
    "unit": ("Unidad", "Dependencia", "Unidad ejecutora", "Unit"),
}
"""What official tables also call the columns of these fields, whoever wrote the form."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A column of the table: the form's column, and the period's number in a periodic one.

    `year` is what the heading itself says, `None` when it says none.
    """

    column: Column
    index: int = 0
    year: int | None = None

    def period(self, year: int) -> str:
        """Give the period's text in a plan of a year, `""` for a column without periods."""
        kind = self.column.periods
        if kind is None:
            return ""
        if kind == "year":
            return str(Period.of_year(self.year or year))
        return str(Period(year, kind, self.index, year))

    def place(self, year: int) -> str:
        """Give the name of the cell in a row: its field, its period, or both for other periods.

        `total`, `2017-03` for a target, `cost:2017-03` for what else has periods.
        """
        period = self.period(year)
        if period and self.column.field != "target":
            return f"{self.column.field}:{period}"
        return period or self.column.field


@dataclass(frozen=True, slots=True)
class Fit:
    """How a form's columns lie in a table: slots by column, unknown headings, what is missing."""

    form: Form
    slots: Mapping[int, Slot]
    unknown: Mapping[int, str]
    missing: tuple[Column, ...]

    @property
    def complete(self) -> bool:
        """Whether every column of the form, and every period of a year, has its place."""
        found = Counter(id(slot.column) for slot in self.slots.values())
        return not self.unknown and all(
            found[id(column)] >= _PARTS.get(column.periods or "", 1) for column in self.form.columns
        )

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """Smaller is better: few required columns missing, few headings left over."""
        return (len(self.missing), len(self.unknown), -len(self.slots), self.form.order)


@dataclass
class Wording:
    """The words of a form's headings, prepared for comparing."""

    form: Form
    exact: dict[frozenset[str], Column] = field(default_factory=dict)
    also: set[frozenset[str]] = field(default_factory=set)
    parts: dict[frozenset[str], Slot] = field(default_factory=dict)
    periodic: tuple[Column, ...] = ()

    @classmethod
    def of(cls, form: Form) -> "Wording":
        """Prepare a form's words."""
        wording = cls(form, periodic=tuple(column for column in form.columns if column.periods))
        for column in form.columns:
            wording.also.update(stems(words) for words in _ALSO.get(column.field, ()))
            if column.group and "{" not in column.group:
                wording.also.add(stems(column.group))
            for place, words in enumerate(column.header):
                if not stems(words):
                    continue  # a heading left blank, or a letter that says nothing alone
                if column.periods is None:
                    wording.exact.setdefault(stems(words), column)
                elif column.periods == "month" and month_letter(words):
                    continue  # `N` alone is a number's heading; letters count as a whole
                elif len(column.header) == _PARTS.get(column.periods):
                    wording.parts.setdefault(stems(words), Slot(column, place + 1))
        return wording

    @cached_property
    def starts(self) -> frozenset[str]:
        """The first letters that a known heading may have, by which most texts are passed quickly.

        Accented letters and marks stand for themselves; digits begin years and dates.
        """
        words = {word for key in (*self.exact, *self.parts, *self.also) for word in key}
        letters = {word[0] for word in words} | set("efmajsond0123456789it")
        accents = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú", "n": "ñ"}
        return frozenset(letters | {accents[x] for x in letters & accents.keys()} | set("#№(*_<"))

    @cached_property
    def monthly(self) -> tuple[Column, ...]:
        """The columns that repeat for each month."""
        return tuple(column for column in self.periodic if column.periods == "month")

    def knows(self, text: str) -> bool:
        """Tell whether a text is, word for word, a heading of the form or a usual name of one."""
        if len(text) > LONGEST:
            return False
        key = stems(self.unmarked(text))
        if key in self.exact or key in self.parts or key in self.also:
            return True
        if len(text) <= 2 and month_letter(text) and self.monthly:
            return True
        return any(
            named_period(text, column.periods) is not None
            for column in self.periodic
            if column.periods
        )

    @cached_property
    def _by_word(self) -> Mapping[str, Sequence[frozenset[str]]]:
        """The words of each heading without periods, by every word of it."""
        keys = {*self.exact, *self.also}
        found: dict[str, list[frozenset[str]]] = {}
        for key in keys:
            for word in key:
                found.setdefault(word, []).append(key)
        return found

    def resembles(self, text: str) -> bool:
        """Tell whether a short text shares half of its words with a heading of the form."""
        if len(text) > _SHORT:
            return False
        key = stems(text)
        nearly = (other for word in key for other in self._by_word.get(word, ()))
        return any(2 * len(key & other) >= len(key | other) for other in nearly)

    def unmarked(self, text: str) -> str:
        """Give a heading without the number of its note, which lost its place above: `Indicador6`.

        Only numbers of the form's own notes are taken away.
        """
        found = _MARKED.fullmatch(text.rstrip()) if self.noted else None
        return found[1] if found is not None and int(found[2]) in self.noted else text

    @cached_property
    def noted(self) -> frozenset[int]:
        """The numbers of the notes that the form's headings bear."""
        return frozenset(column.note for column in self.form.columns if column.note)

    def slot(self, text: str, *, month_first: bool = False) -> Slot | None:
        """Give the slot that a heading names word for word."""
        if not text or len(text) > LONGEST:
            return None
        text = self.unmarked(text)
        key = stems(text)
        # Numbers beside words are marks of notes or the year: "Actividad (1)", "Total 2024".
        worded = frozenset(word for word in key if not word.isdigit())
        column = self.exact.get(key) or self.exact.get(worded)
        if column is not None:
            return Slot(column)
        for periodic in self.periodic:
            named = named_period(text, periodic.periods) if periodic.periods else None
            if named is not None and self._within(named):
                index = named.other if month_first and named.other else named.index
                return Slot(periodic, index, named.year)
        return self.parts.get(stems(text))

    def _within(self, named: Named) -> bool:
        years = self.form.years
        return years is None or named.year is None or years[0] <= named.year <= years[1]


Pieces = Mapping[int, Sequence[str]]
"""The texts of a heading by column, from top to bottom."""


def fit(wording: Wording, pieces: Pieces) -> Fit | None:
    """Lay a form's columns over a heading; `None` when it is plainly another table."""
    slots: dict[int, Slot] = {}
    taken: set[tuple[int, int, int | None]] = set()
    month_first = bool(wording.periodic) and _month_first(pieces)
    over = words_over(pieces) if len(wording.periodic) > 1 else {}
    _lettered(wording, pieces, slots, over)
    for at in sorted(pieces):
        for text in _readings(pieces[at]) if at not in slots else ():
            slot = wording.slot(text, month_first=month_first)
            if slot is not None and over:
                slot = _free(slot, wording, over.get(at, ""), taken)
            if slot is not None and _claim(slot, taken):
                slots[at] = slot
                break
    _numbered(wording, pieces, slots)
    if _hopeless(wording, pieces, slots):
        return None
    _alike(wording, pieces, slots)
    unknown = {
        at: " ".join(texts)
        for at, texts in pieces.items()
        if at not in slots and any(plain_words(text) for text in texts)
    }
    return _judged(Fit(wording.form, slots, unknown, _missing(wording, slots)))


def _readings(texts: Sequence[str]) -> list[str]:
    """Give what a heading of several rows may say: its last text, all, or the last two."""
    readings = [texts[-1], " ".join(texts)]
    if len(texts) > 2:
        readings.append(" ".join(texts[-2:]))
    return readings


def _claim(slot: Slot, taken: set[tuple[int, int, int | None]]) -> bool:
    key = _key(slot)
    if key in taken:
        return False
    taken.add(key)
    return True


def _key(slot: Slot) -> tuple[int, int, int | None]:
    return id(slot.column), slot.index, slot.year if slot.column.periods == "year" else None


def _lettered(
    wording: Wording, pieces: Pieces, slots: dict[int, Slot], over: Mapping[int, str]
) -> None:
    """Read runs of the months' first letters, each run as one column of the form."""
    columns = list(wording.monthly)
    for run in lettered_months(pieces) if columns else ():
        said = over.get(next(iter(run)), "")
        if columns:
            column = alike_periods(columns[0], columns, said)[0]
            slots.update({at: Slot(column, month) for at, month in run.items()})
            columns.remove(column)


def _free(
    slot: Slot, wording: Wording, over: str, taken: set[tuple[int, int, int | None]]
) -> Slot | None:
    """Give a period to the column that the words over it name, else to the first without it."""
    if slot.column.periods is None:
        return slot
    rivals = [
        replace(slot, column=one) for one in alike_periods(slot.column, wording.periodic, over)
    ]
    return next((one for one in rivals if _key(one) not in taken), None)


def _numbered(wording: Wording, pieces: Pieces, slots: dict[int, Slot]) -> None:
    """Read bare numbers as periods when all of them are there: 1 to 12, I to IV."""
    if any(slot.column.periods for slot in slots.values()):
        return
    for column in wording.periodic:
        count = _PARTS.get(column.periods or "", 0)
        found = {
            number: at
            for at, texts in sorted(pieces.items(), reverse=True)
            if at not in slots and (number := bare_number(texts[-1])) is not None
        }
        if count and set(range(1, count + 1)) <= set(found):
            slots.update({found[n]: Slot(column, n) for n in range(1, count + 1)})


def _month_first(pieces: Pieces) -> bool:
    """Tell whether dates put the month first: 1/1, 2/1, 3/1 are January to March then."""
    dated = [
        named
        for texts in pieces.values()
        if (named := named_period(texts[-1], "month")) is not None and named.other is not None
    ]
    return len({named.other for named in dated}) > len({named.index for named in dated})


def _alike(wording: Wording, pieces: Pieces, slots: dict[int, Slot]) -> None:
    """Give what headings are left to the columns that they resemble most."""
    used = {id(slot.column) for slot in slots.values()}
    pairs: list[tuple[float, int, Column]] = []
    for at, texts in pieces.items():
        if at in slots or not any(texts):
            continue
        for column in wording.form.columns:
            if column.periods is None and id(column) not in used:
                likeness = max(
                    _likeness(text, words)
                    for text in _readings(texts)
                    for words in (*column.header, *_ALSO.get(column.field, ()))
                )
                if likeness >= _ALIKE:
                    pairs.append((likeness, at, column))
    pairs.sort(key=lambda pair: (-pair[0], pair[1]))
    for likeness, at, column in pairs:
        rivals = [
            pair
            for pair in pairs
            if pair[0] == likeness
            and (pair[1] == at) != (pair[2] is column)
            and pair[1] not in slots
            and id(pair[2]) not in used
        ]
        if at not in slots and id(column) not in used and not rivals:
            slots[at] = Slot(column)
            used.add(id(column))


@lru_cache(maxsize=20_000)
def _likeness(text: str, words: str) -> float:
    """Tell how much two headings say the same, from 0 to 1: shared words, or nearly the letters."""
    if len(text) > LONGEST:
        return 0.0
    ours, theirs = stems(text), stems(words)
    ours = frozenset(word for word in ours if not years_in(word))
    if not ours or not theirs:
        return 0.0
    shared = len(ours & theirs) / len(ours | theirs)
    if shared < _SHORTENED and shortens(text, words):
        return _SHORTENED
    return max(shared, _letters(plain_words(text), plain_words(words)))


def _letters(ours: str, theirs: str) -> float:
    if abs(len(ours) - len(theirs)) > len(theirs) // 4:
        return 0.0
    letters = SequenceMatcher(None, ours, theirs).ratio()
    return letters if letters >= 0.8 else 0.0


def _hopeless(wording: Wording, pieces: Pieces, slots: Mapping[int, Slot]) -> bool:
    """Tell whether the headings that are left cannot give all the columns that are missing."""
    missing = _missing(wording, slots)
    left = len(pieces) - len(slots)
    return any(column.periods for column in missing) or (
        len(missing) - left > _allowed(wording.form)
    )


def _allowed(form: Form) -> int:
    """Give how many required columns a table may lack and still be of the form."""
    required = sum(column.required for column in form.columns)
    return 0 if required < 5 else required // 4


def _missing(wording: Wording, slots: Mapping[int, Slot]) -> tuple[Column, ...]:
    count = Counter(id(slot.column) for slot in slots.values())
    return tuple(
        column
        for column in wording.form.columns
        if column.required and count[id(column)] < (2 if column.periods else 1)
    )


def _judged(found: Fit) -> Fit | None:
    """Accept a fit that has the row's text and nearly all required columns."""
    form = found.form
    own = {"", form.levels[-1].kind}
    text = any(s.column.field == "text" and s.column.level in own for s in found.slots.values())
    periodic_lost = any(column.periods for column in found.missing)
    if not text or periodic_lost or len(found.missing) > _allowed(form):
        return None
    return found
