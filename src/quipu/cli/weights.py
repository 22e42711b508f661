"""The weights of programmes: points and percent, and a total shared out over regions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from quipu.cli import plain
from quipu.cli.call import FINDINGS, Answer, Call
from quipu.cli.evaluation import share
from quipu.cli.tables import table
from quipu.domain.errors import InputError

if TYPE_CHECKING:
    from quipu.operations.weighing import Distribution, PartWeight, ProgrammeWeights


def weights(call: Call) -> Answer:
    """`quipu weights DIR`: what programmes weigh; with `--rest` a total shared out over regions."""
    from quipu.operations.weighing import weights as programme_weights

    given = call.given
    if given.has("rest"):
        return _distribute(call)
    if given.flag("store") or given.has("total") or given.has("step"):
        raise InputError("rest-missing")
    with call.house() as house:
        facts = house.facts()
        found = programme_weights(house, units=given.texts("unit"))
    names = {one.unit: facts.text(one.unit, "name") for one in found}
    data = {"programmes": [_programme(one, names[one.unit]) for one in found]}
    status = 0 if all(one.balanced for one in found) else FINDINGS
    return Answer(data, _lines(call, found), status)


def _distribute(call: Call) -> Answer:
    from quipu.operations.weighing import STEP, WHOLE, share_over_regions

    given, store = call.given, call.given.flag("store")
    with call.house(write=store) as house:
        found = share_over_regions(
            house,
            rest=given.text("rest"),
            total=_number(call, "total", WHOLE),
            step=_number(call, "step", STEP),
            parts=given.texts("unit"),
            programme=given.text("programme"),
            store=store,
            author=call.author if store else "",
        )
    data = {
        "total": plain.number(found.total),
        "step": plain.number(found.step),
        "rest": found.rest,
        "parts": [
            {"unit": one.name, "item": one.item, "weight": plain.number(one.weight)}
            for one in found.shares
        ],
        "sum": plain.number(sum((one.weight for one in found.shares), Decimal(0))),
        "stored": found.outcome.changed,
        "revisions": [str(name) for name in found.outcome.revisions],
    }
    return Answer({"distribution": data}, _distribution_lines(call, found))


def _number(call: Call, option: str, usual: Decimal) -> Decimal:
    text = call.given.text(option)
    if not text:
        return usual
    try:
        return Decimal(text.replace(",", "."))
    except ArithmeticError:
        raise InputError("weights-number", value=text) from None


def _programme(one: ProgrammeWeights, unit: str) -> plain.Json:
    return {
        "name": one.name,
        "unit": unit,
        "item": one.item,
        "base": one.base,
        "weight": plain.number(one.weight),
        "wanted": plain.number(one.wanted),
        "sum": plain.number(one.total),
        "balanced": one.balanced,
        "rows": [_part(row) | {"activities": [_part(part) for part in row.parts]}
                 for row in one.rows],
    }  # fmt: skip


def _part(one: PartWeight) -> plain.Json:
    return {
        "item": one.item,
        "name": one.name,
        "weight": share(one.weight),
        "relative": share(one.relative),
    }


def _lines(call: Call, found: list[ProgrammeWeights]) -> Iterator[str]:
    words = call.words
    heads = [words.text(f"head.{name}") for name in ("weight", "relative", "activities", "row")]
    for one in found:
        yield f"{one.name}:"
        rows = [
            [_points(row.weight), _points(row.relative), len(row.parts), row.name]
            for row in one.rows
        ]
        yield from table(heads, rows, right=range(3))
        key = "balanced" if one.balanced else "unbalanced"
        yield words.text(
            f"say.weights-{key}",
            sum=plain.number(one.total),
            wanted=plain.number(one.wanted) or "—",
        )


def _points(found: Fraction | None) -> str:
    """Give points or percent with at most two decimals, as a person reads them."""
    return "" if found is None else plain.number(Decimal(round(found * 100)) / 100) or ""


def _distribution_lines(call: Call, found: Distribution) -> Iterator[str]:
    words = call.words
    rows = [[one.name, plain.number(one.weight)] for one in found.shares]
    yield from table([words.text("head.unit"), words.text("head.weight")], rows, right=[1])
    yield words.text(
        "say.weights-shared", total=plain.number(found.total), n=len(found.shares), rest=found.rest
    )
    if found.outcome.changed:
        yield words.text("say.weights-stored", n=found.outcome.changed)
