"""The checks of a form: one check, one function, found by name; they read rows and nothing else.

The same findings come from rows that were just read and from rows rebuilt from stored facts.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.forms.checks import (
    agreement,
    cascade,
    cells,
    codes,
    dependencies,
    goals,
    hidden,
    links,
    money,
    needs,
    programme,
    shifts,
    sums,
    texts,
)
from quipu.forms.checks.info import Asked, CheckInfo, Numbered, Table, Whole
from quipu.forms.checks.together import together
from quipu.forms.definition import CheckUse, Form

_ALL: tuple[CheckInfo, ...] = (
    CheckInfo("text-missing", "error", cascade.both(texts.text_missing, cascade.fragments)),
    CheckInfo("malformed-number", "error", sums.malformed_number),
    CheckInfo("total-missing", "error", sums.total_missing),
    CheckInfo("total-mismatch", "error", sums.total_mismatch),
    CheckInfo(
        "mixed-measure", "warning", cascade.both(sums.mixed_measure, cascade.measures_differ)
    ),
    CheckInfo("over-hundred", "error", sums.over_hundred),
    CheckInfo("row-shifted", "error", cascade.both(shifts.row_shifted, cells.cells_moved)),
    CheckInfo("code-missing", "warning", together(codes.code_missing)),
    CheckInfo("code-odd", "info", codes.code_odd),
    CheckInfo("code-gap", "info", codes.code_gap),
    CheckInfo("code-repeated", "info", cascade.both(codes.code_repeated, cascade.codes_across)),
    CheckInfo("code-under-wrong-parent", "warning", codes.code_under_wrong_parent),
    CheckInfo(
        "objective-mismatch",
        "warning",
        cascade.both(codes.objective_mismatch, programme.numbered_drift),
    ),
    CheckInfo(
        "verification-missing",
        "warning",
        together(programme.filled(texts.missing_field("verification"))),
    ),
    CheckInfo(
        "lead-missing",
        "warning",
        together(goals.of_level(programme.filled(cascade.lead_missing))),
        goals.LEVEL,
    ),
    CheckInfo(
        "targets-missing", "warning", cascade.both(texts.targets_missing, cascade.goals_missing)
    ),
    CheckInfo(
        "threshold-missing", "warning", cascade.both(cascade.thresholds, programme.thresholds)
    ),
    CheckInfo(
        "two-values-in-cell",
        "info",
        cascade.both(cascade.both(cascade.two_values, goals.two_targets), programme.two_values),
    ),
    CheckInfo("weights-sum", "error", programme.weights_sum),
    CheckInfo("weights-base", "info", programme.weights_base),
    CheckInfo("weight-missing", "warning", programme.weight_missing),
    CheckInfo("too-few-activities", "warning", programme.too_few_activities, frozenset({"least"})),
    CheckInfo("note-unknown", "info", programme.note_unknown),
    CheckInfo("indicator-missing", "warning", together(goals.indicator_missing), goals.LEVEL),
    CheckInfo("goal-missing", "warning", goals.goal_missing, goals.LEVEL),
    CheckInfo("code-in-text", "info", goals.code_in_text),
    CheckInfo("malformed-amount", "error", money.malformed_amount),
    CheckInfo("budget-mismatch", "error", money.budget_mismatch),
    CheckInfo("need-amount", "error", needs.need_amount),
    CheckInfo("budget-missing", "info", money.budget_missing),
    CheckInfo("budget-exceeded", "warning", money.budget_exceeded, frozenset({"form", "level"})),
    CheckInfo("activities-missing", "warning", cascade.activities_missing),
    CheckInfo("duration-unread", "info", cascade.duration_unread),
    CheckInfo(
        "duplicate-activity",
        "info",
        programme.innermost(texts.duplicate_activity),
        frozenset({"across"}),
    ),
    CheckInfo("measure-spelling", "info", texts.measure_spelling),
    CheckInfo("thousands-mixed", "info", texts.thousands_mixed),
    CheckInfo("demand-spread", "info", texts.demand_spread),
    CheckInfo("not-linked", "info", links.not_linked),
    CheckInfo("target-in-text", "info", hidden.target_in_text),
    CheckInfo("input-dependency", "info", dependencies.input_dependency),
    CheckInfo("prerequisite-late", "warning", dependencies.prerequisite_late),
    CheckInfo("multiyear-mismatch", "warning", agreement.objectives_agree, agreement.PARAMS),
    CheckInfo("unit-unknown", "info", links.unit_unknown),
    CheckInfo("dates-differ", "info", links.dates_differ),
    # What only the raw table shows: reading says it of every form, asked for or not.
    CheckInfo("extra-cell", "warning"),
    CheckInfo("formula-uncomputed", "warning"),
    CheckInfo("formula-computed", "info"),
    CheckInfo("column-missing", "warning"),
    CheckInfo("column-unknown", "info"),
    CheckInfo("unit-from-sheet", "info"),
    CheckInfo("year-differs", "info"),
    CheckInfo("heading-in-cell", "info", cells.headings_inside),
    # What only the comparison with the stored plan shows.
    CheckInfo("join-ambiguous", "warning", cells.lists_shared),
)

CHECKS: dict[str, CheckInfo] = {info.name: info for info in _ALL}
"""Every check that a form may ask for, by name."""


CROSS_PLAN = frozenset({"multiyear-mismatch"})
"""The checks that compare a plan with another one of the institution."""


def asked_for(name: str, form: Form) -> Asked:
    """Give a check as a form asks for it, or with its own severity where the form says nothing."""
    use = next((use for use in form.checks if use.name == name), CheckUse(name))
    return Asked(name, use.severity or CHECKS[name].severity, use.params)


def run_checks(
    rows: Sequence[Row],
    forms: Mapping[str, Form],
    *,
    header: Mapping[str, str] = MappingProxyType({}),
    others: Sequence[Row] = (),
    year: str = "",
) -> list[Problem]:
    """Give what the checks of the rows' forms find, in the order of the rows.

    `forms` has the form of every row by id; rows of other forms are left alone. `header` has the
    fields of the plan that the document prints, for checks that compare them with rows. `others`
    are rows of other plans (`other_forms` says of which forms), `year` is the plan's.
    """
    whole = Whole(tuple(enumerate(rows)), header, tuple(others), year)
    found: list[Problem] = []
    for form, part in _tables(whole.rows, forms):
        table = Table(form, part, whole)
        for use in form.checks:
            # A form pinned by a newer version may ask for checks that are not known here.
            info = CHECKS.get(use.name)
            if info is not None and info.run is not None:
                found.extend(info.run(table, asked_for(use.name, form)))
    rank = {name: place for place, name in enumerate(CHECKS)}
    return sorted(found, key=lambda problem: (problem.row or 0, rank[problem.check]))


def other_forms(forms: Iterable[Form]) -> frozenset[str]:
    """Give the ids of the forms in other plans with whose rows these forms' checks compare."""
    return frozenset(
        f"{form.id.rpartition('/')[0]}/{use.params.get('form', '')}"
        for form in forms
        for use in form.checks
        if use.name in CROSS_PLAN
    )


def _tables(
    rows: tuple[Numbered, ...], forms: Mapping[str, Form]
) -> list[tuple[Form, tuple[Numbered, ...]]]:
    """Split rows into tables: by form, and by unit where the table's title names it."""
    tables: dict[tuple[str, str], list[Numbered]] = {}
    for numbered in rows:
        row = numbered[1]
        form = forms.get(row.form)
        if form is not None:
            unit = row.unit if form.unit == "title" else ""
            tables.setdefault((row.form, unit), []).append(numbered)
    return [(forms[form], tuple(part)) for (form, _), part in tables.items()]
