"""Plans drawn at random for any form: rows by its levels and columns, and their facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from hypothesis import strategies as st

from quipu.domain import fields
from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.period import Period
from quipu.domain.value import Value
from quipu.forms.definition import Column, Form, Level
from tests.forms.sample_plan import item

PLAN = "plan"
YEAR = 2025
_WORDS = tuple(
    word
    for line in (
        "abrir agua anillo barrio bosque cartas centro cocina dato escuela familia feria fruta",
        "gente harina huerto jornal kiosco ladera libros llave madera mapa mesa norte objeto",
        "papel puente quebrada ribera salud semilla taller trigo valle vecino yeso zanja",
    )
    for word in line.split()
)
_NOT_TEXTS = frozenset({"text", "code", "unit", "total", "target"})


@dataclass(frozen=True)
class Shape:
    """How a form's random rows are: the printed code of each level by its numbers.

    `{0}` is the number of the outermost row, `{1}` that of the row in it, and so on. `given` are
    the only texts of some fields, `named` the fields that say the unit's name, `texts` the only
    texts of a level in their order, `shared` the levels that belong to no unit, `single` those of
    one row each. `stop` ends the texts of a level.
    """

    form: str
    codes: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    named: tuple[str, ...] = ()
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shared: tuple[str, ...] = ()
    single: tuple[str, ...] = ()
    stop: str = ""
    blank: tuple[str, ...] = ()
    most: int = 3


@dataclass
class _Story:
    draw: st.DrawFn
    form: Form
    shape: Shape
    entries: list[tuple[Address, Value]] = field(default_factory=list)
    count: int = 0
    unit: str = ""
    outermost: int = 0

    def some(self, most: int) -> int:
        return self.draw(st.integers(1, most))

    def text(self, *, least: int = 2) -> str:
        words = self.draw(st.lists(st.sampled_from(_WORDS), min_size=least, max_size=7))
        # The number keeps any two texts apart.
        self.count += 1
        return " ".join(words).capitalize() + f" {_letters(self.count)}"

    def grow(self, depth: int, path: tuple[int, ...], parent: str, unit: str) -> None:
        level = self.form.levels[depth]
        shape, texts = self.shape, self.shape.texts.get(level.kind, ())
        most = 1 if level.kind in shape.single else min(shape.most, len(texts) or shape.most)
        for at in range(self.some(most)):
            name = f"row {len(self.entries)}"
            if depth == 0:
                self.outermost += 1
            here = (*path, at + 1) if depth else (self.outermost,)
            self.entries += item(
                name,
                kind=level.kind,
                plan=PLAN,
                form=self.form.id,
                order=Decimal(len(self.entries)),
                unit=None if level.kind in shape.shared else unit or None,
                parent=parent or None,
                text=texts[at] if texts else self.text() + shape.stop,
                code=self.shape.codes.get(level.kind, "").format(*here) or None,
            )
            self.fill(name, level)
            below = self.below(depth)
            if below < len(self.form.levels):
                self.grow(below, here, name, unit)

    def below(self, depth: int) -> int:
        """Give the level below one, without those that stand beside it (the POA's headings)."""
        levels = self.form.levels
        below = depth + 1
        while below < len(levels) and levels[below].under not in ("", levels[depth].kind):
            below += 1
        return below

    def fill(self, name: str, level: Level) -> None:
        inner = level is self.form.levels[-1]
        for detail in self.form.details:
            blank = detail.below and self.draw(st.booleans())
            if detail.level == level.kind and detail.field != "unit" and not blank:
                self.entries.append((Address(name, detail.field), self.value(detail.field)))
        for column in self.form.columns:
            if self.form.level(column.level) is not level:
                continue
            if column.periods:
                self.amounts(name, column)
            elif column.field not in (*_NOT_TEXTS, *self.shape.blank):
                self.entries.append((Address(name, column.field), self.value(column.field)))
        if inner:
            self.entries.append((Address(name, "measure"), "count"))

    def value(self, name: str) -> Value:
        if fields.CATALOGUE[name].type == "number":
            return Decimal(self.some(900))
        if fields.CATALOGUE[name].type == "date":
            return f"{YEAR}-0{self.some(9)}-1{self.some(9)}"
        if name in self.shape.given:
            return self.draw(st.sampled_from(self.shape.given[name]))
        if name in self.shape.named:
            return self.unit
        return self.text()

    def amounts(self, name: str, column: Column) -> None:
        first, last = self.form.years or (YEAR, YEAR)
        span = Period.of_year(first) if first == last else Period.parse(f"{first}/{last}")
        total = Decimal(0)
        chosen = self.draw(
            st.lists(st.sampled_from(span.parts(column.periods or "year")), min_size=1, unique=True)
        )
        for period in chosen:
            number = Decimal(1) if column.flags else Decimal(self.some(2000))
            total += number
            self.entries.append((Address(name, column.field, str(period)), number))
        if column.field == "target" and self.form.column("total") is not None:
            self.entries.append((Address(name, "total"), total))


def _letters(number: int) -> str:
    """Give a number as letters that make no word: `qa`, `qb` … `qqa`."""
    return "q" * (number // 20 + 1) + "bcdfghjklmnprstvwxyz"[number % 20]


@st.composite
def plans(draw: st.DrawFn, form: Form, shape: Shape) -> Facts:
    """Draw the facts of a plan of one form."""
    story = _Story(draw, form, shape)
    story.entries += item("inst", kind="institution", name=form.institution)
    story.entries += item(
        PLAN, kind="plan", institution="inst", year=Decimal(YEAR), title="Plan anual"
    )
    units = 0 if form.unit == "none" else story.some(3)
    for at in range(units):
        unit = f"unit {at}"
        story.unit = name = f"UNIDAD DE {story.text().upper()}"
        story.entries += item(
            unit, kind="unit", name=name, parent="inst", order=Decimal(at), **{"area": None}
        )
        story.grow(0, (), "", unit)
    if not units:
        story.grow(0, (), "", "")
    return Facts([(address, value) for address, value in story.entries if value is not None])
