"""The report of a scorecard: its levels to the target, and what was executed of each aim."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from quipu.domain.scorecard import Aim, aims
from quipu.forms.definition import Form, ReportColumn
from quipu.forms.document import Cell, SheetColumn, SheetRow
from quipu.forms.draw_parts import Drawing, Part, Table
from quipu.forms.draw_words import printed_date
from quipu.forms.numbers import write_number

_DECIMAL = {"1,234.5": ".", "1.234,5": ","}
_SHOWN = Decimal("0.001")


def scorecard_table(part: Part, drawing: Drawing) -> Table:
    """Draw the kept levels of a cascade beside each other, one row for each of the innermost."""
    form = part.form
    kept = [column for column in form.columns
            if column.field == "text" and column.level in form.report.levels]  # fmt: skip
    rows: list[SheetRow] = []
    groups = {level.kind for level in form.levels if level.group}
    width = len(kept) + len(form.report.columns)
    lines: list[dict[str, str]] = []
    for item in part.rows:
        kind = drawing.facts.text(item, "kind")
        if kind in groups:
            words = drawing.facts.text(item, "text")
            cells: list[Cell | None] = [Cell(words, "group", align="left", across=width)]
            rows.append(SheetRow("group", (*cells, *[None] * (width - 1)), item))
            lines.append({})
        elif kind == form.report.levels[-1]:
            chain = {drawing.facts.text(one, "kind"): one
                     for one in (item, *drawing.facts.ancestors(item))}  # fmt: skip
            texts = [_text(chain.get(column.level, ""), column.align, drawing) for column in kept]
            rows.append(SheetRow("row", (*texts, *_told(form, item, drawing)), item))
            lines.append(chain)
    heads = [column.header[0] for column in kept] + [one.header for one in form.report.columns]
    header = SheetRow("header", tuple(Cell(word, "header", align="center") for word in heads))
    columns = [SheetColumn(column.width, column.align, column.field) for column in kept]
    columns += [_column(one, drawing) for one in form.report.columns]
    return Table(tuple(columns), (header, *_joined(rows, lines, form.report.levels)), 1)


def _column(column: ReportColumn, drawing: Drawing) -> SheetColumn:
    return SheetColumn(column.width, "left", column.shows, drawing.period)


def _text(item: str, align: str, drawing: Drawing) -> Cell:
    facts = drawing.facts
    text = f"{facts.text(item, 'code')} {facts.text(item, 'text')}".strip() if item else ""
    return Cell(text, align="left", high=True)


def _told(form: Form, item: str, drawing: Drawing) -> list[Cell]:
    """Give what a row's report shows; of a target of two things, one line for each."""
    found = aims(
        drawing.facts,
        item,
        drawing.period,
        first_year=drawing.year,
        decimal=_DECIMAL[form.numbers],
    )
    return [_cell(form, column, item, found, drawing) for column in form.report.columns]


def _cell(
    form: Form, column: ReportColumn, item: str, found: Sequence[Aim], drawing: Drawing
) -> Cell:
    if column.shows in ("aim", "executed", "percent", "judgement", "deadline"):
        lines = [_line(form, column.shows, aim, drawing) for aim in found]
        return Cell("\n".join(lines) if any(lines) else "", align="left")
    if column.shows == "baseline":
        base = drawing.facts.number(item, "baseline")
        return Cell("" if base is None else write_number(base, form.numbers), align="left")
    texts = [
        value
        for (field, period, _), value in drawing.facts.entries(item).items()
        if field == column.shows and period == drawing.period and isinstance(value, str)
    ]
    return Cell("\n".join(texts), align="left")


def _line(form: Form, shows: str, aim: Aim, drawing: Drawing) -> str:
    match shows:
        case "aim":
            return aim.goal.threshold
        case "executed":
            return _figure(form, aim.executed, percent=aim.goal.percent and _plain(aim))
        case "percent":
            return _figure(form, _rounded(aim.share), percent=True)
        case "judgement":
            return drawing.paper(f"scorecard-{aim.judgement}")
    return printed_date(aim.due.isoformat()) if aim.due is not None else ""


def _plain(aim: Aim) -> bool:
    """Tell whether a percentage is reported as one: a change is reported by the level reached."""
    return not aim.goal.needs_baseline


def _rounded(share: Fraction | None) -> Decimal | None:
    if share is None:
        return None
    exact = Decimal(share.numerator) / Decimal(share.denominator)
    return exact.quantize(_SHOWN, ROUND_HALF_EVEN)


def _figure(form: Form, number: Decimal | None, *, percent: bool) -> str:
    return "" if number is None else write_number(number, form.numbers, percent=percent)


def _joined(
    rows: Sequence[SheetRow], lines: Sequence[dict[str, str]], levels: Sequence[str]
) -> list[SheetRow]:
    """Let an outer level's cell cover the rows of all its targets."""
    grid = [list(row.cells) for row in rows]
    for at, level in enumerate(levels[:-1]):
        for row, chain in enumerate(lines):
            if not chain or grid[row][at] is None:
                continue
            down = row + 1
            while down < len(rows) and lines[down] and lines[down].get(level) == chain.get(level):
                down += 1
            first = grid[row][at]
            if first is not None and chain.get(level):
                grid[row][at] = replace(first, down=down - row)
                for below in range(row + 1, down):
                    grid[below][at] = None
    return [
        SheetRow(row.kind, tuple(cells), row.item) for row, cells in zip(rows, grid, strict=True)
    ]
