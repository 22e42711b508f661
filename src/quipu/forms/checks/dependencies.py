"""Inputs of initiatives that are outputs of others: the likely ones, and those that come late."""

from collections.abc import Iterator

from quipu.domain.dependencies import Lateness, Step, lateness, likely, linked_ids
from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.forms.checks.info import Asked, Numbered, Table, finding

_FIELD = "requires"
_BETWEEN = "; "
_TOLD: tuple[tuple[Lateness, str], ...] = (("late", "start"), ("undated", _FIELD))


def input_dependency(table: Table, asked: Asked) -> Iterator[Problem]:
    """An input seems to be what another initiative makes; a person says whether it is."""
    rows = _rows(table)
    steps = {key: _step(key, entry[1]) for key, entry in rows.items()}
    for key, others in likely(tuple(steps.values())).items():
        row = rows[key][1]
        # Ids are known of a stored plan only; what is linked already stays linked.
        ids = [*linked_ids(row.fields.get(_FIELD, "")), *others]
        yield finding(
            asked,
            rows[key],
            target=_FIELD,
            value=row.fields.get("inputs", ""),
            proposal=_codes(rows, others),
            others=_BETWEEN.join(_named(rows[one][1]) for one in others),
            also={_FIELD: "\n".join(ids)} if row.item else {},
        )


def prerequisite_late(table: Table, asked: Asked) -> Iterator[Problem]:
    """What an initiative requires ends after it begins, or nobody knows when."""
    rows = _rows(table)
    steps = {key: _step(key, entry[1]) for key, entry in rows.items()}
    for key, step in steps.items():
        found: dict[Lateness, list[str]] = {}
        for other in step.requires:
            if other in steps:
                found.setdefault(lateness(step, steps[other]), []).append(other)
        for variant, target in _TOLD:
            late = found.get(variant, [])
            if late:
                yield finding(
                    asked,
                    rows[key],
                    target=target,
                    variant=variant,
                    value=step.start,
                    others=_BETWEEN.join(_dated(rows[one][1], steps[one]) for one in late),
                )


def _rows(table: Table) -> dict[str, Numbered]:
    """Give the rows that have inputs of their own, by their id, else by their place."""
    column = table.form.column("inputs")
    kind = table.form.level(column.level).kind if column is not None else ""
    return {entry[1].item or str(entry[0]): entry for entry in table.rows if entry[1].kind == kind}


def _step(key: str, row: Row) -> Step:
    fields = row.fields
    return Step(
        key,
        row.code,
        row.text,
        fields.get("inputs", ""),
        fields.get("duration", ""),
        fields.get("start", ""),
        linked_ids(fields.get(_FIELD, "")),
    )


def _codes(rows: dict[str, Numbered], keys: tuple[str, ...]) -> str:
    return _BETWEEN.join(rows[key][1].code or rows[key][1].text for key in keys)


def _named(row: Row) -> str:
    return f"{row.code} {row.text}".strip()


def _dated(row: Row, step: Step) -> str:
    ends = step.ends
    name = row.code or row.text
    return f"{name} ({ends.strftime('%d/%m/%Y')})" if ends is not None else name
