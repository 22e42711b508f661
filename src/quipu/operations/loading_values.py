"""The cells of a document's rows against the stored ones: what changed, and what people wrote."""

from collections.abc import Mapping

from quipu.domain.address import Address
from quipu.domain.fields import DECISION
from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.domain.value import PUBLISHED, Value, value_text
from quipu.forms.definition import Form
from quipu.forms.rows import row_values
from quipu.operations.house import House
from quipu.operations.loading_said import Said

Key = tuple[str, str]
"""Field and period of a row's cell."""

_SILENT = frozenset({"where", "measure"})
"""What reading adds to a row by itself: it follows the row, and a person's word goes before it."""

_DECIDES: Mapping[str, frozenset[str]] = {
    "total": frozenset(
        {
            "total-missing",
            "total-mismatch",
            "mixed-measure",
            "over-hundred",
            "row-shifted",
            "malformed-number",
            "extra-cell",
        }
    ),
    "target": frozenset({"row-shifted", "over-hundred", "malformed-number", "targets-missing"}),
    "code": frozenset(
        {
            "code-missing",
            "code-odd",
            "code-gap",
            "code-repeated",
            "code-under-wrong-parent",
            "objective-mismatch",
        }
    ),
    "verification": frozenset({"verification-missing"}),
    "threshold": frozenset({"target-in-text"}),
    "lead": frozenset({"lead-missing", "unit-unknown"}),
    "unit_of_measure": frozenset({"measure-spelling"}),
    "text": frozenset({"text-missing", "duplicate-activity", "multiyear-mismatch"}),
    "budget": frozenset({"budget-mismatch", "budget-missing", "malformed-amount", "need-amount"}),
    "quantity": frozenset({"need-amount"}),
    "cost": frozenset({"malformed-amount"}),
    "goal": frozenset({"two-values-in-cell", "goal-missing"}),
    "indicator": frozenset({"indicator-missing"}),
    "date": frozenset({"dates-differ"}),
}
"""Which findings a decision on a row closes for which field of it."""


def take_values(house: House, said: Said, index: int, row: Row, item: str, form: Form) -> None:
    """Take the cells of one row.

    Where the printed text is unchanged nothing is written. Where it changed, the published text
    is, and the working value too unless a person wrote or decided it: then `working-kept`.
    """
    values = row_values(row, form)
    stored = {
        (field, period): value
        for (field, period, unit), value in said.facts.entries(item).items()
        if not unit
    }
    said.name(*(_at(item, key) for key in values))
    printed = {key for key in (*values, *stored) if key[0].endswith(PUBLISHED)}
    changed = {key for key in printed if values.get(key) != stored.get(key)}
    if not changed:
        return
    for key in changed:
        said.writes[_at(item, key)] = values.get(key)
    kept = _Kept(house, item) if item in said.facts else None
    for key in sorted({*values, *(_working(twin) for twin in printed)} - printed):
        new = values.get(key)
        follows = _twin(key) in changed or _twin(key) not in printed
        if not follows or stored.get(key) == new:
            continue
        if kept is None or key[0] == "where" or not kept.by_a_person(key):
            said.writes[_at(item, key)] = new
        elif key[0] not in _SILENT:
            said.problems.append(_problem(index, row, item, key, new))


class _Kept:
    """Tells which working values of a stored row a person wrote or decided."""

    def __init__(self, house: House, item: str) -> None:
        entries = house.workspace.history(item)
        # A gesture that wrote a published text was a loading; nothing else writes one.
        loadings = set()
        heads: dict[Key, set[tuple[str, int]]] = {}
        replaced = {name for entry in entries for name in entry.revision.replaces}
        for entry in entries:
            revision = entry.revision
            gesture = (revision.name.session, revision.group)
            if revision.address.field.endswith(PUBLISHED):
                loadings.add(gesture)
            if revision.name not in replaced and not revision.address.unit:
                key = (revision.address.field, revision.address.period)
                heads.setdefault(key, set()).add(gesture)
        self.written = {key for key, gestures in heads.items() if not gestures <= loadings}

    def by_a_person(self, key: Key) -> bool:
        """Tell whether a person wrote a cell, or decided a finding about it."""
        if key in self.written:
            return True
        field, period = key
        checks = _DECIDES.get(field, frozenset())
        decided = {
            (name.removeprefix(DECISION), when)
            for name, when in self.written
            if name.startswith(DECISION)
        }
        return any(check in checks and when in ("", period) for check, when in decided)


def _at(item: str, key: Key) -> Address:
    return Address(item, key[0], key[1])


def _working(twin: Key) -> Key:
    return (twin[0].removesuffix(PUBLISHED), twin[1])


def _twin(key: Key) -> Key:
    return (key[0] + PUBLISHED, key[1])


def _place(key: Key) -> str:
    """Give a cell's name in its row: a field, a target's period, or `cost:2017-03`."""
    field, period = key
    return f"{field}:{period}" if period and field != "target" else period or field


def _problem(index: int, row: Row, item: str, key: Key, new: Value) -> Problem:
    return Problem(
        check="working-kept",
        severity="warning",
        where=row.where,
        unit=row.unit,
        code=row.code,
        row=index,
        target=_place(key),
        value=row.published.get(_place(key)),
        proposal=value_text(new),
        item=item,
        params={"text": row.text},
    )
