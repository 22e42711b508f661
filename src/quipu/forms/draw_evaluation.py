"""An evaluation as sheets: groups of rows side by side, sums month by month, programmes judged."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from quipu.domain.evaluation import Evaluation, MonthlySum
from quipu.domain.facts import Facts
from quipu.domain.figures import rounded
from quipu.domain.period import Period
from quipu.domain.rollup import Group, Summary
from quipu.domain.weights import Loss, ProgrammeResult
from quipu.forms.definition import NumberStyle
from quipu.forms.document import Cell, Sheet, SheetColumn, SheetRow
from quipu.forms.draw_words import Paper, short_period
from quipu.forms.numbers import write_number

_TENTH = Decimal("0.001")
_FIGURES = (
    ("rows", 14),
    ("due", 24),
    ("reported", 22),
    ("met", 21),
    ("fulfilled", 20),
    ("percent", 18),
    ("to-date", 18),
    ("year", 18),
)
_MONEY = (("budgeted", 24), ("spent", 24), ("financial", 18))


@dataclass(frozen=True, slots=True)
class Drawer:
    """What the sheets of an evaluation are drawn with: words, numbers' style, titles of levels."""

    facts: Facts
    paper: Paper
    numbers: NumberStyle
    titles: Mapping[str, str] = field(default_factory=dict)

    def name(self, item: str) -> str:
        """Give a group's name: a unit's own, or a row's code and text."""
        named = self.facts.text(item, "name")
        code, text = self.facts.text(item, "code"), self.facts.text(item, "text")
        return named or f"{code} {text}".strip()

    def number(self, value: Decimal | int | None) -> Cell:
        """Give a figure's cell."""
        if value is None:
            return Cell(style="number", align="center")
        number = Decimal(value)
        return Cell(write_number(number, self.numbers), "number", number, align="center")

    def percent(self, value: Decimal | None) -> Cell:
        """Give a percentage's cell, of at most one decimal."""
        if value is None:
            return Cell(style="percent", align="center")
        shown = value.quantize(_TENTH, ROUND_HALF_EVEN)
        text = write_number(shown, self.numbers, percent=True)
        return Cell(text, "percent", value, align="center")

    def share(self, value: Fraction | None) -> Cell:
        """Give an exact share's cell."""
        return self.percent(rounded(value))


def evaluation_sheets(found: Evaluation, shows: Sequence[str], drawer: Drawer) -> tuple[Sheet, ...]:
    """Give a sheet with the kinds of groups asked for, one below the other, and the whole.

    Kinds are `unit`, `area`, `office` and levels of the plan; those of which the plan has
    nothing are left out. Columns of money stand only where some row has money.
    """
    if not found.rows:
        return ()
    paper, whole = drawer.paper, found.whole
    money = whole.budgeted is not None or whole.spent is not None
    columns = (*_FIGURES, *(_MONEY if money else ()))
    heads = [paper("evaluation-what"), *(paper(f"evaluation-{name}") for name, _ in columns)]
    rows = [SheetRow("header", tuple(Cell(head, "header", align="center") for head in heads))]
    for kind in shows:
        rows += _group_rows(kind, _groups(found, kind), len(heads), money, drawer)
    total = Cell(paper("evaluation-whole"), "total")
    rows.append(SheetRow("total", (total, *_figures(whole, money, drawer))))
    widths = (SheetColumn(80), *(SheetColumn(width, "center") for _, width in columns))
    return (Sheet(paper("evaluation-name"), "", widths, tuple(rows)),)


def _group_rows(
    kind: str, groups: Sequence[Group], width: int, money: bool, drawer: Drawer
) -> Iterator[SheetRow]:
    if not groups:
        return
    words = drawer.paper("evaluation-by", what=_kind_words(kind, drawer))
    yield SheetRow("group", (Cell(words, "group", across=width), *([None] * (width - 1))))
    for one, name in zip(groups, _told_apart(groups, drawer), strict=True):
        cells = (Cell(name), *_figures(one.summary, money, drawer))
        yield SheetRow("row", cells, one.item)


def _told_apart(groups: Sequence[Group], drawer: Drawer) -> list[str]:
    """Name groups; those that are called the same in several units, with their unit."""
    facts, names = drawer.facts, [drawer.name(one.item) for one in groups]
    units = [facts.text(facts.text(one.item, "unit"), "name") for one in groups]
    return [
        f"{name} ({unit})" if unit and names.count(name) > 1 else name
        for name, unit in zip(names, units, strict=True)
    ]


def _groups(found: Evaluation, kind: str) -> tuple[Group, ...]:
    own = {"unit": found.units, "area": found.areas, "office": found.offices}
    return own.get(kind, tuple(one for one in found.nodes if one.kind == kind))


def _kind_words(kind: str, drawer: Drawer) -> str:
    """Give what a group's column is called: a level as its form calls it."""
    if kind in ("unit", "area", "office"):
        return drawer.paper(f"evaluation-kind-{kind}")
    return drawer.titles.get(kind, kind)


def _figures(one: Summary, money: bool, drawer: Drawer) -> Iterator[Cell]:
    for count in (one.rows, one.due, one.reported, one.met):
        yield drawer.number(count)
    for share in (one.fulfilled, one.percent, one.to_date, one.year):
        yield drawer.percent(share)
    if money:
        yield drawer.number(one.budgeted)
        yield drawer.number(one.spent)
        yield drawer.percent(one.financial)


def sum_sheets(
    found: Sequence[MonthlySum], periods: Sequence[str], drawer: Drawer
) -> tuple[Sheet, ...]:
    """Give the institution's sums by month or another period, programmed over executed.

    Each unit of measure stands apart; `periods` are those of the sums.
    """
    if not found:
        return ()
    paper, parts = drawer.paper, [Period.parse(one) for one in periods]
    heads = [short_period(part, paper) for part in parts]
    monthly = all(part.kind == "month" for part in parts)
    words = [paper("sums-measure"), paper("sums-what"), *heads, paper("sums-year")]
    rows: list[SheetRow] = []
    for one in found:
        for what in ("programmed", "executed"):
            values: list[Decimal | None] = [getattr(month, what) for month in one.months]
            known = [value for value in values if value is not None]
            name = Cell(one.unit_of_measure, down=2) if what == "programmed" else None
            figures = [drawer.number(value) for value in values]
            total = drawer.number(sum(known, Decimal(0)) if known else None)
            rows.append(SheetRow("row", (name, Cell(paper(f"sums-{what}")), *figures, total)))
    sheet = Sheet(
        paper("sums-name" if monthly else "sums-periods-name"),
        paper("sums-title" if monthly else "sums-periods-title"),
        (SheetColumn(40), SheetColumn(20), *(SheetColumn(13, "center") for _ in words[2:])),
        (SheetRow("header", tuple(Cell(word, "header", align="center") for word in words)), *rows),
    )
    return (sheet,)


_PROGRAMME = (
    ("row", 60),
    ("activity", 90),
    ("weight", 18),
    ("met", 18),
    ("lost-count", 24),
    ("lost-weight", 24),
    ("lost-passes", 24),
)


def programme_sheets(found: Sequence[ProgrammeResult], drawer: Drawer) -> tuple[Sheet, ...]:
    """Give a sheet for each programme: fulfilled or not, both shares, what is still needed.

    Beside every activity stands what would be left if only it failed, and under every row what
    would be left without the whole row (S4-09).
    """
    return tuple(_programme_sheet(one, number, drawer) for number, one in enumerate(found, start=1))


def _programme_sheet(one: ProgrammeResult, number: int, drawer: Drawer) -> Sheet:
    paper = drawer.paper
    heads = tuple(Cell(paper(f"programme-{name}"), "header", align="center")
                  for name, _ in _PROGRAMME)  # fmt: skip
    rows = [SheetRow("header", heads), *_programme_rows(one, drawer), *_verdict(one, drawer)]
    unit = drawer.name(one.unit)
    title = f"{one.name}: {unit}" if unit else one.name
    widths = tuple(SheetColumn(width) for _, width in _PROGRAMME)
    return Sheet(paper("programme-tab", number=number), title, widths, tuple(rows))


def _programme_rows(one: ProgrammeResult, drawer: Drawer) -> Iterator[SheetRow]:
    parents = {row.item: row for row in one.row_losses}
    groups: dict[str, list[Loss]] = {row.item: [] for row in one.row_losses}
    for loss in one.losses:
        groups[drawer.facts.text(loss.item, "parent")].append(loss)
    for item, losses in groups.items():
        for at, loss in enumerate(losses):
            head = Cell(parents[item].name, down=len(losses) + 1, high=True) if not at else None
            yield SheetRow("row", (head, Cell(loss.name), *_left(loss, drawer)), loss.item)
        if losses:
            words = Cell(drawer.paper("programme-whole-row"), "total")
            yield SheetRow("total", (None, words, *_left(parents[item], drawer)), item)


def _left(loss: Loss, drawer: Drawer) -> Iterator[Cell]:
    yield drawer.number(_points(loss.weight))
    yield _yes_no(loss.met, drawer.paper)
    yield drawer.share(loss.left.by_count)
    yield drawer.share(loss.left.by_weight)
    yield _yes_no(loss.left.approved, drawer.paper)


def _points(weight: Fraction) -> Decimal:
    """Give points with the two digits that a person reads: a third of 0.5 is 0.17."""
    return Decimal(round(weight * 100)) / 100


def _yes_no(found: bool, paper: Paper) -> Cell:
    return Cell(paper("yes" if found else "no"), align="center")


def _verdict(one: ProgrammeResult, drawer: Drawer) -> Iterator[SheetRow]:
    paper, standing = drawer.paper, one.standing
    texts: list[tuple[str, str]] = [
        ("by-count", drawer.share(standing.by_count).text or "—"),
        ("by-weight", drawer.share(standing.by_weight).text or "—"),
        ("rule", paper(f"programme-rule-{one.by}", share=drawer.share(one.share).text)),
        ("approved", paper("yes" if standing.approved else "no")),
        ("earned", drawer.number(standing.earned).text),
    ]
    if not standing.count_passes:
        texts.append(("needed-count", "\n".join(one.needed_by_count) or "—"))
    if not standing.weight_passes:
        texts.append(("needed-weight", "\n".join(one.needed_by_weight) or "—"))
    for name, text in texts:
        label = Cell(paper(f"programme-{name}"), "total", align="left")
        body = Cell(text, across=len(_PROGRAMME) - 1)
        yield SheetRow("row", (label, body, *([None] * (len(_PROGRAMME) - 2))))
