"""The official format on the screen, on paper and as a workbook to fill in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from quipu import settings
from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.domain.period import Period
from quipu.domain.reorganised import as_of
from quipu.forms.definition import Form
from quipu.forms.document import Document, Sheet, Text, View
from quipu.forms.draw import DrawRequest, draw
from quipu.forms.language import choose
from quipu.forms.template import Template
from quipu.operations.books import book, book_plan
from quipu.operations.finding import find_plan, find_unit
from quipu.operations.house import House
from quipu.operations.marks import with_marks, without_marks
from quipu.operations.running import CancelCheck, Progress, step
from quipu.operations.sections import document_period, find_template
from quipu.words import Words

_STEPS = 2


@dataclass(frozen=True, slots=True)
class Printed:
    """A file that was written: pages of a PDF, or sheets of a workbook, and rows of the plan."""

    file: Path
    pages: int | None
    sheets: int | None
    rows: int


def document(
    house: House,
    *,
    form: str,
    unit: str = "",
    units: Collection[str] = (),
    period: str = "",
    as_published: bool = False,
    plan: str = "",
    facts: Facts | None = None,
) -> Document:
    """Draw a form or an institution's whole document: the plan, or with a period its progress.

    `facts` is a snapshot to draw instead of what is true now. Raises `InputError`
    `form-unknown`, `unit-unknown`, `plan-missing`, `period-unreadable`, or `view-choice` for a
    progress report as published.
    """
    known = facts if facts is not None else house.facts()
    template = find_template(house.folder, form) if form not in house.forms else None
    if template is not None:
        return _book(house, template, known, as_published, (plan, period, unit))
    forms = choose(house.forms, form)
    wanted = tuple(find_unit(known, name) for name in (*units, *([unit] if unit else [])))
    families = {one.family for one in forms}
    family = families.pop() if len(families) == 1 else ""
    item = find_plan(known, plan=plan, period=period, family=family)
    request = DrawRequest(
        plan=item,
        view=_view(period, as_published),
        period=_readable(period),
        units=wanted,
        dataset=house.dataset,
    )
    name, view, when = form.strip().strip("/"), request.view, request.period
    drawn = _draw(forms, as_of(known, when), request)
    drawn = with_marks(house, known, drawn, item, view=view, period=when)
    return replace(drawn, origin=_origin(name, item, view=view, period=when, units=wanted))


def _book(
    house: House, template: Template, facts: Facts, as_published: bool, asked: tuple[str, str, str]
) -> Document:
    plan, period, unit = asked
    item = book_plan(facts, template, plan)
    units = (find_unit(facts, unit),) if unit and template.periods else ()
    when = document_period(template, period)
    drawn = book(
        house, template, facts=facts, as_published=as_published, plan=item, period=when, units=units
    )
    view = _view("", as_published)
    drawn = with_marks(house, facts, drawn, item, view=view)
    return replace(drawn, origin=_origin(template.id, item, view=view, period=when, units=units))


def _origin(
    form: str, plan: str, *, view: View, period: str = "", units: Sequence[str] = ()
) -> dict[str, str]:
    """Give what a printed page's check code is worked out with, besides what the page says."""
    return {"form": form, "plan": plan, "view": view, "period": period, "units": " ".join(units)}


def _draw(forms: Sequence[Form], facts: Facts, request: DrawRequest) -> Document:
    words = Words.load(forms[0].language)

    def paper(key: str, /, **params: object) -> str:
        return words.text(f"paper.{key}", **params)

    return draw(forms, facts, request, paper)


def _view(period: str, as_published: bool) -> View:
    if period and as_published:
        raise InputError("view-choice")
    if period:
        return "progress"
    return "published" if as_published else "plan"


def _readable(period: str) -> str:
    try:
        return str(Period.parse(period.upper())) if period else ""
    except ValueError:
        raise InputError("period-unreadable", period=period) from None


def print_document(
    house: House,
    *,
    form: str,
    unit: str = "",
    period: str = "",
    as_published: bool = False,
    file: Path,
    plan: str = "",
    clean: bool = False,
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> Printed:
    """Draw and write a PDF or a workbook, by the ending of the file's name.

    A workbook of a period is one to fill in: stamped, and read back by `filled`. `clean` leaves
    out all marks of the house, for publication (`without_marks`). Raises
    `InputError` `output-unknown` (file) for another ending, `nothing-to-print` (form) where the
    plan has no rows of the form, `cannot-write` (file, why).
    """
    _check_ending(file)
    step(progress, cancelled, 0, _STEPS)
    drawn = document(
        house, form=form, unit=unit, period=period, as_published=as_published, plan=plan
    )
    drawn = without_marks(drawn) if clean else drawn
    if not any(isinstance(block, Sheet | Text) for block in drawn.blocks):
        raise InputError("nothing-to-print", form=form)
    rows = sum(bool(row.kind == "row" and row.item) for sheet in drawn.sheets for row in sheet.rows)
    step(progress, cancelled, 1, _STEPS)
    printed = write_document(drawn, file, rows)
    step(progress, cancelled, _STEPS, _STEPS)
    return printed


def _check_ending(file: Path) -> None:
    if file.suffix.lower() not in (".pdf", ".xlsx"):
        raise InputError("output-unknown", file=file)


def write_document(drawn: Document, file: Path, rows: int = 0) -> Printed:
    """Write a document that is drawn as a PDF or a workbook, by the ending of the file's name.

    Raises `InputError` `output-unknown` (file) for another ending, `cannot-write` (file, why).
    """
    _check_ending(file)
    # Each library costs a fifth of the program's start, and most starts print nothing.
    if file.suffix.lower() == ".pdf":
        from quipu.files.pdf import write_pdf

        return Printed(file, write_pdf(drawn, file, fonts=settings.fonts_dir()), None, rows)
    from quipu.files.workbook import write_workbook

    return Printed(file, None, write_workbook(drawn, file), rows)
