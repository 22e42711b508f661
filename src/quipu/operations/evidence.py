"""The files that prove what was reported: which there are, and a copy of one."""

import shutil
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from quipu.disk import replacing
from quipu.domain import outline
from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.domain.facts import FactKey, Facts
from quipu.domain.fields import EVIDENCE, is_evidence
from quipu.domain.period import Period
from quipu.domain.value import Blob, Value
from quipu.operations.calendars import plan_period, plan_periods, row_period
from quipu.operations.finding import find_plan, find_row, find_unit, office_units, plan_units
from quipu.operations.gesture import write
from quipu.operations.history import cell_history
from quipu.operations.house import House
from quipu.operations.outcome import Outcome
from quipu.operations.period_reports import Reported, period_report
from quipu.operations.permission import may_change


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was attached at an address, by whom and when.

    `current` tells whether it is the evidence now or was replaced; `here` whether its content has
    come to this workspace; `field` is where it is, `evidence` or `evidence/2` and on.
    """

    file: Blob
    author: str
    office: str
    at: str
    current: bool
    here: bool
    field: str = EVIDENCE


def evidence(house: House, *, address: Address) -> list[Attached]:
    """Give the files that were ever attached at an address, the newest first."""
    now = house.facts([address.item]).value(*address)
    found: list[Attached] = []
    for past in reversed(cell_history(house, address=address)):
        if isinstance(past.value, Blob) and all(one.file != past.value for one in found):
            here = house.workspace.blob_path(past.value.sha256) is not None
            current = past.value == now
            found.append(
                Attached(
                    past.value, past.author, past.office, past.at, current, here, address.field
                )
            )  # fmt: skip
    return found


def all_evidence(house: House, *, address: Address) -> list[Attached]:
    """Give the files that were ever attached beside an address: the first place's, then others'.

    Of each place the newest comes first, as in `evidence`.
    """
    row, _, period, unit = address
    entries = house.facts([row]).entries(row)
    now = {field for field, at, by in entries if (at, by) == (period, unit) and is_evidence(field)}
    found: list[Attached] = []
    for field in map(_numbered, count(1)):
        files = evidence(house, address=Address(row, field, period, unit))
        if not files and field != EVIDENCE and not now:
            return found
        now.discard(field)
        found += files
    return found


def _numbered(number: int) -> str:
    return EVIDENCE if number == 1 else f"{EVIDENCE}/{number}"


@dataclass(frozen=True, slots=True)
class Verified:
    """A line of the index of means of verification: what was asked for, and the file, if any.

    `code` and `activity` are `""` for files of the report as a whole.
    """

    unit: str
    period: str
    item: str
    code: str
    activity: str
    asked: str
    attached: Attached | None


@dataclass(frozen=True, slots=True)
class EvidenceIndex:
    """The means of verification of some reports (S4-06): lines, files missing or not here, size.

    `most` is what the files of one report may come to, `None` for no limit; `over` names the
    reports (unit and period) that have more.
    """

    lines: tuple[Verified, ...]
    bytes: int
    most: int | None
    over: tuple[tuple[str, str], ...]


def evidence_index(
    house: House, *, units: Collection[str] = (), period: str = "", plan: str = ""
) -> EvidenceIndex:
    """Index the evidence of reports: of some units or all of here, of one period or all begun.

    Activities without a file stand there too, where the period asked something of them. Raises
    as `period_report`.
    """
    facts = house.facts()
    item = find_plan(facts, plan=plan, period=period)
    whose = [find_unit(facts, name) for name in units] or _own(house, facts, item)
    today = house.clock().astimezone().date()
    begun = [
        when
        for when in plan_periods(house.forms, facts, item)
        if Period.parse(when).first_day <= today
    ]
    periods = [period] if period else begun
    rows = outline.plan_rows(facts, item)
    lines: list[Verified] = []
    over: list[tuple[str, str]] = []
    total, most = 0, None
    for unit in whose:
        for when in periods:
            found = period_report(house, unit=unit, period=when, plan=item, facts=facts, rows=rows)
            lines += _lines(house, facts, found)
            total, most = total + found.report.bytes, found.asked.evidence_bytes
            if most is not None and found.report.bytes > most:
                over.append((found.unit, found.report.period))
    return EvidenceIndex(tuple(lines), total, most, tuple(over))


def _own(house: House, facts: Facts, plan: str) -> list[str]:
    if house.role == "office":
        return office_units(facts, house.office)
    return plan_units(facts, plan)


def _lines(house: House, facts: Facts, found: Reported) -> Iterator[Verified]:
    report = found.report
    idle = {row.item for row in report.rows if row.progress.rating == "not-applicable"}
    for item in (*(row.item for row in report.rows), report.plan):
        files: list[Attached | None] = [
            one
            for (field, when, unit), value in sorted(facts.entries(item).items(), key=_place)
            if is_evidence(field) and unit == report.unit and isinstance(value, Blob)
            and Period.parse(report.period).contains(Period.parse(when))
            for one in evidence(house, address=Address(item, field, when, unit))
            if one.current
        ]  # fmt: skip
        whole = item == report.plan
        for one in files or ([] if whole or item in idle else [None]):
            yield Verified(
                found.unit,
                report.period,
                item,
                "" if whole else facts.text(item, "code"),
                "" if whole else facts.text(item, "text"),
                facts.text(item, "verification"),
                one,
            )


def _place(entry: tuple[FactKey, Value]) -> tuple[str, str]:
    (field, period, _), _ = entry
    return period, field


def add_evidence(
    house: House,
    *,
    unit: str,
    activity: str,
    period: str,
    files: Sequence[Path],
    plan: str = "",
    author: str,
) -> Outcome:
    """Put more files beside the evidence of an activity (`""`: of the whole report), one gesture.

    Raises `InputError` `file-missing`, `file-unreadable`, or the code of `may_change`.
    """
    facts = house.facts()
    item = find_plan(facts, plan=plan, period=period)
    whose = find_unit(facts, unit)
    row = find_row(facts, plan=item, unit=whose, text=activity) if activity else item
    find_period = row_period if activity else plan_period
    when = find_period(house.forms, facts, row, period)
    return _put(house, facts, Address(row, EVIDENCE, when, whose), files, author)


def attach_beside(house: House, *, address: Address, files: Sequence[Path], author: str) -> Outcome:
    """Put more files beside the evidence at an address, one gesture; raises as `add_evidence`."""
    return _put(house, house.facts_around([address]), address, files, author)


def _put(house: House, facts: Facts, place: Address, files: Sequence[Path], author: str) -> Outcome:
    row, _, when, whose = place
    taken = {field for field, at, by in facts.entries(row) if (at, by) == (when, whose)}
    free = (name for name in map(_numbered, count(1)) if name not in taken)
    placed = {Address(row, next(free), when, whose): file for file in files}
    for address in placed:
        why = may_change(house, facts, address)
        if why:
            where = {"field": EVIDENCE, "period": when, "row": facts.text(row, "code")}
            raise InputError(why, unit=facts.text(whose, "name"), **where)
    return write(house, (), facts=facts, author=author, files=placed)


def save_copy(house: House, *, attached: Blob, file: Path) -> Path:
    """Write a copy of an attached file.

    Raises `InputError` `evidence-not-here` (file) while its content has not come, and
    `file-not-written` (file, reason) where it cannot be written.
    """
    kept = house.workspace.blob_path(attached.sha256)
    if kept is None:
        raise InputError("evidence-not-here", file=attached.name)
    try:
        with kept.open("rb") as source, replacing(file) as target:
            shutil.copyfileobj(source, target)
    except OSError as error:
        raise InputError("file-not-written", file=str(file), reason=error.strerror) from error
    return file
