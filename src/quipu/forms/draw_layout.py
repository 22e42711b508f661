"""Which sheets a document has, in which order, and which rows stand in each."""

from collections.abc import Iterator, Mapping, Sequence

from quipu.domain.outline import plan_rows, unit_places
from quipu.forms.definition import Form
from quipu.forms.draw_groups import under_contexts
from quipu.forms.draw_parts import Drawing, Part


def lay_out(forms: Sequence[Form], drawing: Drawing, units: Sequence[str]) -> list[Part]:
    """Give the sheets of a plan that have rows: unit by unit in their areas, then the others.

    A form whose units stand in a column has one sheet for all units of an area that use it; a
    sheet of another form has one unit.
    """
    facts = drawing.facts
    rows = {unit: _drawn(items, drawing) for unit, items in plan_rows(facts, drawing.plan).items()}
    places = unit_places(facts, facts.text(drawing.plan, "institution"))
    known = {place.unit for place in places}
    ordered = [(place.area, place.unit) for place in places]
    # Rows whose unit is not in this institution's tree still belong to the document.
    ordered += [("", unit) for unit in sorted(rows) if unit and unit not in known]
    wanted = [(area, unit) for area, unit in ordered if not units or unit in units]
    return [*_unit_parts(forms, drawing, wanted, rows), *_other_parts(forms, drawing, rows)]


def _drawn(items: Sequence[str], drawing: Drawing) -> list[str]:
    if drawing.view != "published":
        return list(items)
    return [item for item in items if drawing.has_published(item)]


def _unit_parts(
    forms: Sequence[Form],
    drawing: Drawing,
    places: Sequence[tuple[str, str]],
    rows: Mapping[str, list[str]],
) -> Iterator[Part]:
    shared: set[tuple[str, str]] = set()
    for area, unit in places:
        for form in forms:
            if form.unit in ("title", "rows"):
                own = drawing.of_form(rows.get(unit, ()), form)
                yield from under_contexts(Part(form, area, (unit,), tuple(own)), drawing)
            elif form.unit == "column" and (area, form.id) not in shared:
                users = [
                    (other, own)
                    for other_area, other in places
                    if other_area == area
                    if (own := drawing.of_form(rows.get(other, ()), form))
                ]
                if users and users[0][0] == unit:
                    shared.add((area, form.id))
                    listed = tuple(item for _, own in users for item in own)
                    yield Part(form, area, tuple(user for user, _ in users), listed)


def _other_parts(
    forms: Sequence[Form], drawing: Drawing, rows: Mapping[str, list[str]]
) -> Iterator[Part]:
    for form in forms:
        own = drawing.of_form(rows.get("", ()), form)
        yield from under_contexts(Part(form, "", (), tuple(own)), drawing)
