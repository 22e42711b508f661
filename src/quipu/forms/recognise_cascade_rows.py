"""The tree of a cascade as rows of a plan, each before what hangs from it."""

from dataclasses import dataclass
from decimal import Decimal

from quipu.domain.goal import read_goals, threshold_text
from quipu.domain.mentions import read_mentions
from quipu.domain.problem import Problem
from quipu.domain.row import Row
from quipu.forms.checks import asked_for
from quipu.forms.definition import Form
from quipu.forms.recognise_cascade import Cascade, Doubt, Node, walk
from quipu.forms.recognise_cells import paragraphs
from quipu.forms.recognise_findings import Place
from quipu.forms.recognise_words import clean, plain_words

SEPARATOR = "; "
"""Stands between the units of `lead` and of `support`."""


@dataclass(frozen=True, slots=True)
class Emitted:
    """A row with the place where it was read and the number of its table."""

    row: Row
    place: Place
    table: int
    whole: bool
    """Whether it is the row that a printed row, and a workbook's stamp, stand for."""


def emit(tree: Cascade, first: int) -> tuple[list[Emitted], list[Problem]]:
    """Give a tree's rows and findings; `first` is the index of its first row in the reading."""
    if tree.pending:
        tree.open_headings("")
    nodes = walk(tree.roots)
    index = {id(node): first + at for at, node in enumerate(nodes)}
    rows = [
        Emitted(
            _row(node, tree, index.get(id(node.above)) if node.above is not None else None),
            node.place,
            node.table,
            node.level is tree.anchors,
        )
        for node in nodes
    ]
    problems = [_problem(doubt, tree.form, index[id(doubt.node)]) for doubt in tree.doubts]
    return rows, problems


def _row(node: Node, tree: Cascade, parent: int | None) -> Row:
    form, level = tree.form, node.level
    fields = {name: clean(text) for name, text in node.fields.items() if clean(text)}
    published = {name: text for name, text in node.fields.items() if text}
    lead = tree.outline.styled("lead")
    if lead in fields:
        fields.update(responsible(fields.pop(lead), node.fields[lead], lead))
        fields = {name: text for name, text in fields.items() if text}
    if node.printed:
        published["text"] = node.printed
    if node.extra:
        published["extra"] = node.extra
    own = plain_words(" ".join(item.printed for item in node.below))
    cell = "\n".join(paragraphs("\n".join(node.cell)))
    if cell and plain_words(cell) != own:
        # The cell holds more than its items: a heading, or the end of the list before.
        published["activities"] = cell
    total, measure = None, ""
    if any(column.style == "goal" and column.level == level.kind for column in form.columns):
        goals = read_goals(node.text)
        if goals:
            fields["threshold"] = threshold_text(goals)
            total, measure = goals[0].amount, goals[0].measure
    return Row(
        form=form.id,
        kind=level.kind,
        code=node.code,
        text=node.text,
        fields=fields,
        total=total if isinstance(total, Decimal) else None,
        published=published,
        parent=parent,
        measure=measure,
    )


def responsible(plain: str, printed: str, lead: str) -> dict[str, str]:
    """Tell lead and other units apart in a cell; without any underlined unit nobody leads."""
    mentions = read_mentions(printed)
    if not mentions.leads and not mentions.others:
        return {"support": plain}
    return {lead: SEPARATOR.join(mentions.leads), "support": SEPARATOR.join(mentions.others)}


def _problem(doubt: Doubt, form: Form, row: int) -> Problem:
    asked = asked_for("join-ambiguous", form)
    words = {"value": doubt.value, "kept": doubt.kept, "other": doubt.other}
    return Problem(
        check=asked.name,
        severity=asked.severity,
        where=doubt.node.place.of("text"),
        code=doubt.node.code,
        row=row,
        target="text",
        value=doubt.value,
        variant=doubt.variant,
        params={**words, "code": doubt.node.code, "text": doubt.node.text},
    )
