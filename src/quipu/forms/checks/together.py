"""A column that is blank from top to bottom is one finding, not one a row."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from quipu.domain.problem import Problem
from quipu.forms.checks.info import Asked, Check, Table

WHOLE = "whole"
"""The variant of a finding that stands for all rows of its table."""
_LEAST = 3
_ALIKE = frozenset({"", "unknown"})


def together(check: Check) -> Check:
    """Make a check that says once what it finds in every row of a unit and level, if three or more.

    The one finding stands at the first row and proposes nothing.
    """

    def found(table: Table, asked: Asked) -> Iterator[Problem]:
        findings = list(check(table, asked))
        rows = Counter((row.unit, row.kind) for _, row in table.rows)
        said = Counter(_scope(table, one) for one in findings if one.variant in _ALIKE)
        whole = {scope for scope, times in said.items() if times == rows[scope] >= _LEAST}
        done: set[tuple[str, str]] = set()
        for one in findings:
            scope = _scope(table, one)
            if scope not in whole:
                yield one
            elif scope not in done:
                done.add(scope)
                words = {**one.params, "rows": said[scope], "proposal": ""}
                yield replace(one, variant=WHOLE, proposal=None, params=words)

    return found


def _scope(table: Table, problem: Problem) -> tuple[str, str]:
    row = table.whole.rows[problem.row or 0][1]
    return row.unit, row.kind
