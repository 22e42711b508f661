"""The published programmes of Tarapacá, reported and judged with their own figures (S4-09)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from quipu.domain.address import Address
from quipu.domain.weights import ProgrammeResult
from quipu.operations.evaluating import evaluate
from quipu.operations.gesture import write
from quipu.operations.house import House
from quipu.operations.loading import load_plan
from quipu.operations.printing import document, print_document
from tests.operations.test_evaluated import texts

SEED = "seeds/004_9d05eea1607646ed.txt"


def judged(house: House) -> ProgrammeResult:
    """Give III.1.1."""
    return next(one for one in evaluate(house, period="2010").programmes if len(one.losses) == 15)


def test_one_of_fifteen_passes_by_count_and_a_lost_row_fails_by_weight(
    centre: House, sources: Path, tmp_path: Path
) -> None:
    load_plan(centre, file=sources / SEED, form="cl-ips", year=2010, author="Ana")
    facts = centre.facts()
    whole = judged(centre)
    row = next(one for one in whole.row_losses if float(one.weight) == 0.4)
    lost = [one.item for one in whole.losses if facts.text(one.item, "parent") == row.item]
    done = [
        (Address(one.item, "executed", "2010", whole.unit), Decimal(1))
        for programme in evaluate(centre, period="2010").programmes
        for one in programme.losses
        if one.item != lost[0]
    ]
    write(centre, done, facts=facts, author="Ana")
    one_missed = judged(centre)
    assert f"{float(one_missed.standing.by_count or 0):.3f}" == "0.933"
    assert (one_missed.standing.approved, one_missed.standing.earned) == (True, Decimal("2.2"))
    blank = [(Address(item, "executed", "2010", whole.unit), None) for item in lost]
    write(centre, blank, facts=centre.facts(), author="Ana")
    row_lost = judged(centre)
    assert f"{float(row_lost.standing.by_weight or 0):.3f}" == "0.818"
    assert not row_lost.standing.weight_passes
    # 81.8 % and one third or quarter of 0,4 more: two activities of the row make 90 %.
    names = {facts.text(item, "text") for item in lost}
    assert set(row_lost.needed_by_weight) <= names
    sheets = document(centre, form="cl-ips/evaluacion", period="2010").sheets[:3]
    weights = [line[1] for sheet in sheets for line in texts(sheet)
               if line[0] == "Cumplido por ponderación"]  # fmt: skip
    assert sorted(weights) == ["100%", "100%", "81,8%"]
    file = tmp_path / "evaluacion.pdf"
    assert print_document(centre, form="cl-ips/evaluacion", period="2010", file=file).pages
