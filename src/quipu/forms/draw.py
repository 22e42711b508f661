"""Facts through forms: the official document, which screen, workbook and paper then walk alike."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.period import Period
from quipu.forms.definition import Form, Heading
from quipu.forms.document import (
    Block,
    Document,
    PageBreak,
    Sheet,
    Signatures,
    Stamp,
    Text,
    View,
)
from quipu.forms.draw_cascade import cascade_table
from quipu.forms.draw_layout import lay_out
from quipu.forms.draw_notes import names_unit, note_blocks
from quipu.forms.draw_parts import Drawing, Part
from quipu.forms.draw_progress import progress_table
from quipu.forms.draw_scorecard import scorecard_table
from quipu.forms.draw_table import plan_table
from quipu.forms.draw_words import (
    Paper,
    fill_title,
    period_words,
    printed_date,
    printed_state,
    sheet_name,
)


@dataclass(frozen=True, slots=True)
class DrawRequest:
    """What to draw of a plan.

    `view` is `plan` (working values), `published` (the signed document's own texts) or `progress`
    (which needs `period`). `units` are item ids; none means the whole institution.
    """

    plan: str
    view: View = "plan"
    period: str = ""
    units: tuple[str, ...] = ()
    dataset: str = ""


def draw(forms: Sequence[Form], facts: Facts, request: DrawRequest, paper: Paper) -> Document:
    """Draw a plan through the forms of an institution, in the document's order.

    For each area a divider and its units' sheets, then, unless only some units are asked for, the
    sheets of the whole institution, then the signatures. `paper` gives the words that the paper
    needs, by key, in the form's language. Raises `InputError("plan-unknown")`, and
    `InputError("period-unreadable")` for a report of progress without a period.
    """
    if request.plan not in facts:
        raise InputError("plan-unknown", plan=request.plan)
    if request.view == "progress":
        _check_period(request.period)
    ordered = sorted(forms, key=lambda form: (form.order, form.id))
    drawing = Drawing(facts, request.plan, request.view, request.period, paper)
    parts = [part for part in lay_out(ordered, drawing, request.units) if _shown(part, request)]
    # The page is that of the first form that is really drawn: one form of several may differ.
    lead = parts[0].form if parts else ordered[0]
    plan = request.plan
    return Document(
        title=_title(lead, drawing),
        language=lead.language,
        numbers=lead.numbers,
        page=lead.page,
        lines=_lines(lead, drawing),
        box=tuple((line.label, _plan_text(drawing, line.field)) for line in lead.heading.box),
        blocks=(
            *_blocks(parts, drawing),
            *_closing(parts, drawing),
            *note_blocks([part.form for part in parts], drawing),
        ),
        page_words=paper("page-of", page="{page}", pages="{pages}"),
        footer=paper(
            f"footer-{request.view}",
            title=facts.text(plan, "title") or lead.title.get(lead.language, ""),
            period=period_words(request.period, paper) if request.period else "",
        ),
        stamp=stamp_of(forms, request),
    )


def stamp_of(forms: Sequence[Form], request: DrawRequest) -> Stamp:
    """Give the stamp of what would be drawn: of one form, or of several of an institution.

    Several forms are stamped with their folder, their versions joined by a comma, and a SHA-256
    of their digests, so that a workbook of another version is known.
    """
    ordered = sorted(forms, key=lambda form: (form.order, form.id))
    if len(ordered) == 1:
        name, version, digest = ordered[0].id, ordered[0].version, ordered[0].digest
    else:
        name = ordered[0].id.rpartition("/")[0]
        version = ",".join(form.version for form in ordered)
        digest = hashlib.sha256("".join(form.digest for form in ordered).encode()).hexdigest()
    return Stamp(name, version, digest, request.dataset, request.plan, request.view, request.period)


def _check_period(period: str) -> None:
    try:
        Period.parse(period)
    except ValueError as mistake:
        raise InputError("period-unreadable", period=period) from mistake


def _shown(part: Part, request: DrawRequest) -> bool:
    """Leave out what has no report of progress, and what a wish for some units does not mean."""
    if request.view == "progress":
        judged = bool(part.form.report.levels) and bool(part.rows)
        return bool(part.form.report.columns) and (bool(part.units) or judged)
    return bool(part.units) or not request.units


def _title(form: Form, drawing: Drawing) -> str:
    if drawing.view == "progress" and form.report.title:
        period = period_words(drawing.period, drawing.paper)
        return form.report.title.format(year=drawing.year, period=period)
    return drawing.facts.text(drawing.plan, "title") or form.title.get(form.language, "")


def _lines(form: Form, drawing: Drawing) -> tuple[str, ...]:
    name = _institution(form.heading, drawing)
    state = printed_state(form.heading, drawing.facts, drawing.plan, drawing.view)
    filled = [
        fill_title(line, institution=name, year=str(drawing.year), state=state)
        for line in form.heading.lines
    ]
    lines = [line for line in filled if line]
    if drawing.view == "progress":
        # The report is another document of the same house: its own title, not the plan's.
        return (*lines[:1], _title(form, drawing))
    return tuple(lines)


def _institution(heading: Heading, drawing: Drawing) -> str:
    name = drawing.facts.text(drawing.facts.text(drawing.plan, "institution"), "name")
    return name.upper() if heading.capitals else name


def _plan_text(drawing: Drawing, field: str) -> str:
    published = drawing.facts.text(drawing.plan, f"{field}.published")
    if drawing.view == "published" and published:
        return published
    return printed_date(drawing.facts.text(drawing.plan, field))


def _blocks(parts: Sequence[Part], drawing: Drawing) -> list[Block]:
    blocks: list[Block] = []
    names: set[str] = set()
    area = ""
    papers = {part.form.page for part in parts}
    for part in parts:
        line = _area_line(part, drawing)
        if blocks:
            blocks.append(PageBreak(part.form.page if len(papers) > 1 else None))
        if line and line != area:
            blocks.append(Text(line, "divider"))
        area = line
        blocks.append(_sheet(part, line, drawing, names))
    return blocks


def _area_line(part: Part, drawing: Drawing) -> str:
    name = drawing.facts.text(part.area, "name") if part.area else ""
    pattern = part.form.heading.area
    if not name or not pattern:
        return name
    return fill_title(
        pattern,
        institution=_institution(part.form.heading, drawing),
        year=str(drawing.year),
        area=name,
    )


def _sheet(part: Part, area_line: str, drawing: Drawing, names: set[str]) -> Sheet:
    facts, form = drawing.facts, part.form
    unit = facts.text(part.units[0], "name") if part.units else ""
    area = facts.text(part.area, "name") if part.area else ""
    title = fill_title(
        form.heading.unit,
        institution=_institution(form.heading, drawing),
        year=str(drawing.year),
        area=area,
        unit=unit,
    )
    make = progress_table if drawing.view == "progress" else plan_table
    if form.cascade:
        make = scorecard_table if drawing.view == "progress" else cascade_table
    table = make(part, drawing)
    short = (
        unit
        if form.unit in ("title", "rows") and not names_unit(form)
        else area or form.title.get(form.language, form.id)
    )
    return Sheet(
        name=sheet_name(short, names),
        title="" if names_unit(form) else title,
        columns=table.columns,
        rows=table.rows,
        header_rows=table.header_rows,
        unit=part.units[0] if len(part.units) == 1 else "",
        area=area_line,
        form=form.id,
    )


def _closing(parts: Sequence[Part], drawing: Drawing) -> list[Block]:
    signing = next((part.form for part in parts if part.form.signatures), None)
    if signing is None:
        return []
    entries = [
        (one.label, tuple(_plan_text(drawing, one.field).splitlines()))
        for one in signing.signatures
    ]
    block = Signatures(tuple(entries))
    # They close the last sheet of a form that is signed; after another form's they would seem to
    # belong to it (and be read as its rows), so they stand on a page of their own.
    return [block] if parts[-1].form.signatures else [PageBreak(), block]
