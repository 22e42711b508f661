"""The board as lines of texts, each with the key of the figure that it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from quipu.domain.facts import Facts
from quipu.domain.rollup import Group, Summary
from quipu.domain.value import plain
from quipu.operations.board import Board
from quipu.operations.status import OfficeStatus
from quipu.ui.speech import field_name, period_name, quiet_name, short_period, value_words
from quipu.words import Words


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the board: its texts, and by column the key of the figure (`""` for none).

    `states` has by column the state of a report to draw, `late` the columns that are late.
    """

    texts: tuple[str, ...]
    keys: tuple[str, ...]
    states: tuple[str, ...] = ()
    late: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """A list of the board: the heads of its columns with their widths, and its lines."""

    heads: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """What the page shows: reports, how groups do, sums, and what waits."""

    offices: Table
    groups: Table
    sums: Table
    waiting: Table


Number = Callable[[Decimal], str]


def lines_of(
    found: Board,
    facts: Facts,
    titles: Mapping[str, str],
    words: Words,
    number: Number = plain,
) -> Lines:
    """Give a board's lines.

    `titles` are what the plan's forms call their levels, `number` writes as they do.
    """
    return Lines(
        _offices(found, words),
        _groups(found, facts, titles, words, number),
        _sums(found, words, number),
        _waiting(found, words, number),
    )


def _offices(found: Board, words: Words) -> Table:
    heads = [(words.text("ui.board.office"), 236)]
    heads += [(short_period(words, one), 54) for one in found.periods]
    heads.append((words.text("ui.board.missing"), 0))
    return Table(tuple(heads), tuple(_office(one, found.periods, words) for one in found.offices))


def _office(one: OfficeStatus, periods: tuple[str, ...], words: Words) -> Line:
    known = [one.periods[when] for when in periods]
    late = [words.text("ui.status.late") if state.late else "" for state in known]
    return Line(
        (one.name, *late, ", ".join(map(str, one.missing))),
        (f"office:{one.office}", *(f"report:{one.office}:{when}" for when in periods), ""),
        ("", *(state.state for state in known), ""),
        frozenset(at for at, state in enumerate(known, start=1) if state.late),
    )


def _groups(
    found: Board, facts: Facts, titles: Mapping[str, str], words: Words, number: Number
) -> Table:
    names = ("kind", "name", "due", "reported", "met", "percent", "to-date", "year")
    widths = (170, 0, 92, 84, 76, 84, 84, 84)
    heads = tuple((words.text(f"ui.board.{n}"), w) for n, w in zip(names, widths, strict=True))
    own = found.evaluation
    lines = [
        _group(kind, one, words.text(f"ui.board.kind.{kind}"), facts, number)
        for kind, groups in (("office", own.offices), ("area", own.areas), ("unit", own.units))
        for one in groups
    ]
    lines += [
        _group("node", one, titles.get(one.kind, one.kind), facts, number) for one in own.nodes
    ]
    return Table(heads, tuple(lines))


def _group(key: str, one: Group, kind: str, facts: Facts, number: Number) -> Line:
    name = facts.text(one.item, "name")
    row = f"{facts.text(one.item, 'code')} {facts.text(one.item, 'text')}".strip()
    figures = _figures(one.summary, number)
    return Line((kind, quiet_name(name or row), *figures), (f"{key}:{one.item}",) * 8)


def _figures(one: Summary, number: Number) -> tuple[str, ...]:
    shares = (one.capped, one.to_date, one.year)
    counts = (number(Decimal(one)) for one in (one.due, one.reported, one.met))
    return (*counts, *(_percent(share) for share in shares))


def _percent(share: Decimal | None) -> str:
    if share is None:
        return "—"
    return f"{plain((share * 100).quantize(Decimal('0.1')).normalize() + 0)} %"


def _sums(found: Board, words: Words, number: Number) -> Table:
    heads = [(words.text("ui.board.measure"), 190)]
    heads += [(short_period(words, one), 104) for one in found.sum_periods]
    lines = [
        Line(
            (
                one.unit_of_measure,
                *(_both(a.executed, a.programmed, number) for a in one.months),
            ),
            ("", *(f"sum:{one.unit_of_measure}:{when}" for when in found.sum_periods)),
        )
        for one in found.sums
    ]
    return Table(tuple(heads), tuple(lines))


def _both(executed: Decimal | None, programmed: Decimal | None, number: Number) -> str:
    """Give what was done over what was planned, nothing where nobody said either."""
    if executed is None and programmed is None:
        return ""
    return f"{_amount(executed, number)} / {_amount(programmed, number)}"


def _amount(value: Decimal | None, number: Number) -> str:
    return "—" if value is None else number(value)


def _waiting(found: Board, words: Words, number: Number) -> Table:
    names, widths = ("what", "unit", "row", "period", "said"), (116, 250, 0, 140, 260)
    heads = tuple((words.text(f"ui.board.{n}"), w) for n, w in zip(names, widths, strict=True))
    lines = [
        Line(
            (
                words.text("ui.board.dispute"),
                quiet_name(one.unit),
                f"{one.code} {one.activity}".strip(),
                period_name(words, one.address.period),
                f"{field_name(words, one.address.field)}: "
                + " / ".join(value_words(head.value, number) for head in one.heads),
            ),
            (f"dispute:{one.id}",) * 5,
        )
        for one in found.disputes
    ]
    lines += [
        Line(
            (
                words.text("ui.board.observation"),
                quiet_name(one.unit),
                f"{one.code} {one.activity}".strip(),
                period_name(words, one.thread.place.period),
                one.thread.messages[-1].text,
            ),
            (f"observation:{one.thread.messages[-1].item}",) * 5,
        )
        for one in found.observations
    ]
    return Table(heads, tuple(lines))
