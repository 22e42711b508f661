"""Rows as facts and back: what is stored of a row, and the rows of a stored plan."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from quipu.domain import fields, outline
from quipu.domain.facts import Facts
from quipu.domain.fields import DECISION
from quipu.domain.period import Period
from quipu.domain.row import Row
from quipu.domain.value import PUBLISHED, Value
from quipu.forms.definition import Form
from quipu.forms.numbers import read_number, write_number
from quipu.forms.recognise_dates import read_date
from quipu.forms.recognise_texts import is_dash, says_nothing
from quipu.forms.recognise_words import clean

RowValues = dict[tuple[str, str], Value]
"""The values of a row by field and period."""

_STRUCTURE = frozenset(
    ["kind", "plan", "form", "unit", "parent", "order", "deleted", "institution", "office"]
)
_OWN = _STRUCTURE | frozenset(["code", "text", "where", "measure", "total", "name"])


def row_values(row: Row, form: Form) -> RowValues:
    """Give everything of a row that is stored, except what it is and where it hangs.

    Every printed cell has its `….published` twin. Dates become ISO where they can be read,
    numbers of other columns become numbers.
    """
    values: RowValues = {
        ("code", ""): row.code or None,
        ("text", ""): row.text or None,
        ("where", ""): row.where or None,
        ("measure", ""): row.measure or None,
        ("total", ""): row.total,
    }
    for name, text in row.fields.items():
        values[name, ""] = _stored(name, text, form)
    for period, number in row.targets.items():
        values["target", period] = number
    for place, number in row.amounts.items():
        name, _, period = place.partition(":")
        values[name, period] = number
    for place, text in row.published.items():
        values[_published(place)] = text
    return {key: value for key, value in values.items() if value is not None}


def _published(place: str) -> tuple[str, str]:
    if place in fields.CATALOGUE:
        return place + PUBLISHED, ""
    name, colon, period = place.partition(":")
    if colon:
        return name + PUBLISHED, period
    return "target" + PUBLISHED, place


def _stored(name: str, text: str, form: Form) -> Value:
    known = fields.find(name)
    if known is not None and known.type == "number":
        return read_number(text, form.numbers).value
    day = read_date(text) if known is not None and known.type == "date" else None
    return day.isoformat() if day is not None else text


def rows_from_facts(
    facts: Facts, plan: str, forms: Mapping[str, Form], *, units: Collection[str] | None = None
) -> list[Row]:
    """Give the rows of a stored plan as a document would state them, in its order.

    Units follow each other as in the institution's document, those of `units` only when given
    (item ids, `""` for rows of the whole institution); then come the rows of no unit. Rows of
    forms that are not known here are left out.
    """
    by_unit = outline.plan_rows(facts, plan)
    listed: list[tuple[str, str, str]] = []
    for area, unit in _owners(facts, plan, by_unit):
        if units is None or unit in units:
            items = [item for item in by_unit[unit] if facts.text(item, "form") in forms]
            # The stored order counts within one form's table.
            items.sort(key=lambda item: forms[facts.text(item, "form")].order)
            listed += [(item, unit, area) for item in items]
    index = {item: number for number, (item, _, _) in enumerate(listed)}
    return [
        _row(facts, item, forms[facts.text(item, "form")], _names(facts, unit, area), index)
        for item, unit, area in listed
    ]


def _owners(facts: Facts, plan: str, by_unit: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    """Give area and unit of each table, those outside the institution's tree and `""` last."""
    placed = outline.unit_places(facts, facts.text(plan, "institution"))
    known = [(place.area, place.unit) for place in placed if place.unit in by_unit]
    seen = {unit for _, unit in known}
    loose = sorted(unit for unit in by_unit if unit not in seen and unit)
    return [*known, *(("", unit) for unit in loose), *([("", "")] if "" in by_unit else [])]


def _names(facts: Facts, unit: str, area: str) -> tuple[str, str]:
    return facts.text(unit, "name"), facts.text(area, "name")


def _row(
    facts: Facts, item: str, form: Form, names: tuple[str, str], index: Mapping[str, int]
) -> Row:
    values = {
        (name, period): value
        for (name, period, reporter), value in facts.entries(item).items()
        if not reporter and not name.startswith(DECISION)
    }
    published = {
        _place(name.removesuffix(PUBLISHED), period): value
        for (name, period), value in values.items()
        if name.endswith(PUBLISHED) and isinstance(value, str)
    }
    return Row(
        form=form.id,
        kind=facts.text(item, "kind"),
        unit=names[0],
        area=names[1],
        code=facts.text(item, "code"),
        text=facts.text(item, "text"),
        fields=_fields(values, published, form),
        targets=_targets(values, published, form),
        total=facts.number(item, "total"),
        published=published,
        parent=index.get(facts.text(item, "parent")),
        where=facts.text(item, "where"),
        item=item,
        measure=facts.text(item, "measure"),
        amounts=_amounts(values, published, form),
    )


def _place(name: str, period: str) -> str:
    """Give the name of a cell in a row: a field, a target's period, or `cost:2017-03`."""
    return f"{name}:{period}" if period and name != "target" else period or name


def _fields(
    values: Mapping[tuple[str, str], Value], published: Mapping[str, str], form: Form
) -> dict[str, str]:
    found: dict[str, str] = {}
    for (name, period), value in values.items():
        if period or name in _OWN or name.endswith(PUBLISHED):
            continue
        printed = clean(published.get(name, ""))
        if printed and _stored(name, printed, form) == value:
            found[name] = printed
        elif isinstance(value, Decimal):
            # As the form writes numbers, so that it reads the same again.
            percent = printed.endswith("%")
            found[name] = write_number(value, form.numbers, percent=percent, grouping=False)
        elif isinstance(value, str):
            found[name] = value
    for name, text in published.items():
        # A number that nobody could read was stored as its printed text only.
        unread = name in fields.CATALOGUE and name not in _OWN and name not in ("extra", "unit")
        column = form.column(name) if unread else None
        unread = unread and not is_dash(text)
        unread = unread and (column is None or not says_nothing(text, column))
        if unread and (name, "") not in values and _stored(name, clean(text), form) is None:
            found[name] = clean(text)
    return found


def _targets(
    values: Mapping[tuple[str, str], Value], published: Mapping[str, str], form: Form
) -> dict[str, Decimal | None]:
    """Give the targets; a printed text that is no number stays one until a person says a value."""
    found: dict[str, Decimal | None] = {
        place: None
        for place, text in published.items()
        if place not in fields.CATALOGUE
        and ":" not in place
        and read_number(text, form.numbers).malformed
    }
    for (name, period), value in values.items():
        if name == "target" and isinstance(value, Decimal):
            found[period] = value
    return dict(sorted(found.items(), key=lambda entry: _when(entry[0])))


def _amounts(
    values: Mapping[tuple[str, str], Value], published: Mapping[str, str], form: Form
) -> dict[str, Decimal | None]:
    """Give what else has periods, as the targets are given."""
    found: dict[str, Decimal | None] = {
        place: None
        for place, text in published.items()
        if ":" in place and read_number(text, form.numbers).malformed
    }
    for (name, period), value in values.items():
        if period and name != "target" and isinstance(value, Decimal):
            found[f"{name}:{period}"] = value
    return dict(sorted(found.items()))


def _when(period: str) -> tuple[int, str]:
    try:
        return (Period.parse(period).first_day.toordinal(), period)
    except ValueError:
        return (0, period)
