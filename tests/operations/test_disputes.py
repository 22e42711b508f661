"""Disputes: how they are settled, and opened again."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from quipu.domain.address import Address
from quipu.domain.errors import InputError
from quipu.operations.conciliation import print_conciliation
from quipu.operations.disputes import Dispute, disputes
from quipu.operations.entering import enter
from quipu.operations.exporting import export_bundle
from quipu.operations.finding import find_unit
from quipu.operations.gesture import write
from quipu.operations.history import history
from quipu.operations.house import House
from quipu.operations.merging import merge_bundles
from quipu.operations.rows import delete_row
from quipu.operations.settling import Rule, settle, settle_all
from quipu.operations.undoing import can_undo, redo, undo
from quipu.operations.workspaces import open_house
from quipu.words import Words
from tests.operations.plans import JULY, NORTH, SOUTH, round_trip, row_of, say, ticking


def pdf_text(file: Path) -> str:
    with pypdfium2.PdfDocument(file) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)


def disputed(office: House, centre: House, folder: Path) -> str:
    say(office, "5")
    say(centre, "6")
    export_bundle(office, file=folder / "d.quipu")
    merge_bundles(centre, files=[folder / "d.quipu"])
    [dispute] = disputes(centre)
    return dispute.id


def test_a_dispute_is_settled_by_a_third_value(
    office: House, centre: House, tmp_path: Path
) -> None:
    dispute = disputed(office, centre, tmp_path)
    assert disputes(centre, units=[SOUTH]) == []
    assert [one.id for one in disputes(centre, units=[NORTH])] == [dispute]
    outcome = settle(centre, dispute=dispute, value="1,000", note="acta 3", author="Ana")
    assert [change.after for change in outcome.changes] == [1000]
    assert disputes(centre) == []


def test_undoing_a_settlement_opens_the_dispute_again(
    office: House, centre: House, tmp_path: Path
) -> None:
    dispute = disputed(office, centre, tmp_path)
    [before] = disputes(centre)
    settled = settle(centre, dispute=dispute, value="7", author="Ana")
    assert settled.gesture is not None
    undone = undo(centre, gesture=settled.gesture, author="Ana")
    [again] = disputes(centre)
    assert (again.id, again.shown) == (before.id, before.shown)
    assert [head.value for head in again.heads] == [head.value for head in before.heads]
    assert [change.after for change in undone.changes] == [before.shown]
    assert len(undone.revisions) == 2
    # Each is still the word of whoever said it first.
    told = [(head.value, head.author, head.office, head.at) for head in before.heads]
    assert [(head.value, head.author, head.office, head.at) for head in again.heads] == told
    assert {head.again_by for head in again.heads} == {"Ana"}
    assert {head.again_by for head in before.heads} == {""}
    assert centre.workspace.verify() == ()
    # The office sees the dispute too, whatever it has seen of the settlement.
    export_bundle(centre, file=tmp_path / "down.quipu", to="Norte")
    merge_bundles(office, files=[tmp_path / "down.quipu"])
    assert [one.shown for one in disputes(office)] == [before.shown]
    # Undoing the undo settles it as before, and then it can be undone once more.
    assert undone.gesture is not None
    redone = redo(centre, gesture=undone.gesture, author="Ana")
    assert disputes(centre) == []
    assert [change.after for change in redone.changes] == [7]
    assert redone.gesture is not None
    assert can_undo(centre, gesture=redone.gesture)
    with pytest.raises(InputError, match="undo-changed-since"):
        undo(centre, gesture=settled.gesture, author="Ana")


def test_a_dispute_is_blanked(office: House, centre: House, tmp_path: Path) -> None:
    dispute = disputed(office, centre, tmp_path)
    outcome = settle(centre, dispute=dispute, value="", author="Ana")
    assert [change.after for change in outcome.changes] == [None]
    assert disputes(centre) == []


def test_what_settles_nothing(office: House, centre: House, tmp_path: Path) -> None:
    dispute = disputed(office, centre, tmp_path)
    for given, code in (
        ({}, "settle-choice"),
        ({"head": "x", "value": "1"}, "settle-choice"),
        ({"head": "x"}, "head-unknown"),
        ({"value": "mucho"}, "malformed-number"),
    ):
        with pytest.raises(InputError) as caught:
            settle(centre, dispute=dispute, author="Ana", **given)
        assert caught.value.code == code
    with pytest.raises(InputError, match="dispute-unknown"):
        settle(centre, dispute="none", value="1", author="Ana")
    assert len(disputes(centre)) == 1


def two_disputes(office: House, centre: House, folder: Path) -> None:
    for house, values in ((office, ("5", "1")), (centre, ("6", "2"))):
        for activity, value in zip(("1.1", "1.2"), values, strict=True):
            say(house, value, activity)
    export_bundle(office, file=folder / "two.quipu")
    merge_bundles(centre, files=[folder / "two.quipu"])


def test_both_sides_come_with_their_history_and_evidence(
    office: House, centre: House, tmp_path: Path
) -> None:
    say(office, "3")
    round_trip(office, centre, tmp_path)
    acta = tmp_path / "acta.txt"
    acta.write_text("acta", encoding="utf-8")
    say(office, "5", evidence=acta)
    say(centre, "6")
    export_bundle(office, file=tmp_path / "d.quipu")
    merge_bundles(centre, files=[tmp_path / "d.quipu"])
    [dispute] = disputes(centre)
    assert dispute.base == (3,)
    assert sorted(str(past.value) for past in dispute.history) == ["3", "5", "6"]
    by_office = {head.office: head for head in dispute.heads}
    assert [one.file.name for one in by_office["Norte"].evidence] == ["acta.txt"]
    assert by_office[""].evidence == ()
    assert by_office["Norte"].bundle is not None
    assert by_office[""].bundle is None


@pytest.mark.parametrize(("rule", "values"), [("office", [5, 1]), ("centre", [6, 2])])
def test_many_are_settled_by_a_rule_and_one_undo_opens_them_all(
    office: House, centre: House, tmp_path: Path, rule: Rule, values: list[int]
) -> None:
    two_disputes(office, centre, tmp_path)
    done = settle_all(centre, rule=rule, author="Ana")
    assert (done.settled, done.left) == (2, 0)
    facts = centre.facts()
    unit = find_unit(facts, NORTH)
    said = [
        facts.number(row_of(centre, NORTH, one), "executed", JULY, unit) for one in ("1.1", "1.2")
    ]
    assert said == values
    assert disputes(centre) == []
    assert done.outcome.gesture is not None
    undone = undo(centre, gesture=done.outcome.gesture, author="Eva")
    assert len(disputes(centre)) == 2
    assert centre.workspace.verify() == ()
    # The rule decides as before, also after it was taken back twice.
    for gesture in (undone.gesture, None):
        again = settle_all(centre, rule=rule, author="Ana")
        assert {change.after for change in again.outcome.changes} == set(values)
        if gesture is not None:
            assert again.outcome.gesture is not None
            undo(centre, gesture=again.outcome.gesture, author="Eva")


def test_a_correction_taken_back_is_the_office_s_word_again(
    office: House, centre: House, tmp_path: Path
) -> None:
    say(office, "5")
    export_bundle(office, file=tmp_path / "a.quipu")
    merge_bundles(centre, files=[tmp_path / "a.quipu"])
    correction = enter(centre, unit=NORTH, activity="1.1", period=JULY, value="6", author="Ana")
    assert correction.gesture is not None
    undo(centre, gesture=correction.gesture, author="Ana")
    say(office, "7")
    export_bundle(office, file=tmp_path / "b.quipu")
    merge_bundles(centre, files=[tmp_path / "b.quipu"])
    [found] = disputes(centre)
    assert [(head.value, head.office) for head in found.heads] == [(7, "Norte"), (5, "Norte")]
    assert [head.again_by for head in found.heads] == ["", "Ana"]
    assert settle_all(centre, rule="centre", author="Ana").left == 1


def test_the_sheet_has_corrections_with_their_reason(
    office: House, centre: House, tmp_path: Path
) -> None:
    say(office, "5")
    export_bundle(office, file=tmp_path / "a.quipu")
    merge_bundles(centre, files=[tmp_path / "a.quipu"])
    enter(
        centre, unit=NORTH, activity="1.1", period=JULY, value="6",
        reason=" el acta dice 6 ", author="Ana",
    )  # fmt: skip
    say(centre, "4", "1.2")  # nobody had said anything there
    pdf = tmp_path / "a.pdf"
    assert print_conciliation(centre, file=pdf, words=Words.load("es")).rows == 1
    text = pdf_text(pdf)
    for said in ("Corregidas por la oficina central", "Motivo: el acta dice 6", "Norte"):
        assert said in text
    assert "Resueltas" not in text
    [past] = [one for one in history(centre, unit=NORTH, activity="1.1") if one.act]
    assert (past.act, past.reason) == ("correction", "el acta dice 6")
    with pytest.raises(InputError, match="no-disputes"):
        print_conciliation(centre, file=pdf, words=Words.load("es"), only_open=True)


def test_a_rule_leaves_open_what_it_does_not_decide(
    office: House, centre: House, tmp_path: Path
) -> None:
    two_disputes(office, centre, tmp_path)
    done = settle_all(centre, rule="latest-per-author", author="Ana")
    assert (done.settled, done.left, done.outcome.changed) == (0, 2, 0)
    none = settle_all(centre, rule="office", units=[SOUTH], author="Ana")
    assert (none.settled, none.left) == (0, 0)
    none = settle_all(centre, rule="office", field="narrative", author="Ana")
    assert (none.settled, none.left) == (0, 0)
    with pytest.raises(InputError, match="rule-unknown"):
        settle_all(centre, rule="oldest", author="Ana")  # type: ignore[arg-type]


def test_the_latest_of_one_person_at_two_computers_holds(
    office: House, centre: House, tmp_path: Path
) -> None:
    office.close()
    shutil.copytree(office.folder, tmp_path / "copia")
    later = datetime(2024, 8, 9, tzinfo=UTC)
    for folder, value, clock in (
        (office.folder, "5", ticking(later)),
        (tmp_path / "copia", "7", ticking()),
    ):
        with open_house(folder=folder, write=True, clock=clock) as house:
            say(house, value)
            export_bundle(house, file=tmp_path / f"{value}.quipu")
    merge_bundles(centre, files=[tmp_path / "5.quipu", tmp_path / "7.quipu"])
    done = settle_all(centre, rule="latest-per-author", author="Ana")
    assert [change.after for change in done.outcome.changes] == [5]


def test_an_office_settles_only_what_it_may_write(
    office: House, centre: House, tmp_path: Path
) -> None:
    for value in ("8", "9"):
        row = row_of(centre, NORTH, "1.1")
        address = Address(row, "text")
        write(centre, [(address, value)], facts=centre.facts(), author="Ana")
    with centre.workspace.transaction(
        "Ana", clock=centre.clock, randomness=centre.randomness
    ) as transaction:
        transaction.put_apart(address, ["a", "b"])
    round_trip(office, centre, tmp_path)
    [dispute] = disputes(office)
    with pytest.raises(InputError, match="plan-not-yours"):
        settle(office, dispute=dispute.id, head=dispute.heads[0].revision, author="Beto")
    assert settle_all(office, rule="centre", author="Beto").left == 1
    assert settle_all(centre, rule="centre", author="Ana").settled == 1


# ---------------------------------------------------------------- deleted and written in at once


def deleted_and_edited(office: House, centre: House, folder: Path) -> Dispute:
    say(office, "5")
    delete_row(centre, row=row_of(centre, NORTH, "1.1"), author="Ana")
    export_bundle(office, file=folder / "e.quipu")
    sitting = merge_bundles(centre, files=[folder / "e.quipu"])
    assert [one.state for one in sitting.bundles] == ["merged"]
    assert sitting.disputes_open == 1
    [dispute] = disputes(centre)
    return dispute


def test_deleting_and_writing_at_once_is_a_dispute(
    office: House, centre: House, tmp_path: Path
) -> None:
    dispute = deleted_and_edited(office, centre, tmp_path)
    assert dispute.address.field == "deleted"
    assert [address.field for address in dispute.edited] == ["executed"]
    assert [(head.value, head.office) for head in dispute.heads] == [(True, ""), (5, "Norte")]
    assert disputes(centre, units=[SOUTH]) == []
    # The office sees the same, under the same id.
    export_bundle(centre, file=tmp_path / "down.quipu", to="Norte")
    merge_bundles(office, files=[tmp_path / "down.quipu"])
    assert [one.id for one in disputes(office)] == [dispute.id]


@pytest.mark.parametrize(
    ("how", "gone"),
    [({"head": 0}, True), ({"head": 1}, False), ({"value": "sí"}, True), ({"value": ""}, False)],
)
def test_a_row_is_deleted_for_good_or_comes_back(
    office: House, centre: House, tmp_path: Path, how: dict[str, object], gone: bool
) -> None:
    dispute = deleted_and_edited(office, centre, tmp_path)
    number, value = how.get("head"), how.get("value")
    head = dispute.heads[number].revision if isinstance(number, int) else None
    said = value if isinstance(value, str) else None
    done = settle(centre, dispute=dispute.id, head=head, value=said, author="Ana")
    assert disputes(centre) == []
    assert centre.facts().flag(dispute.address.item, "deleted") is gone
    assert done.gesture is not None
    undo(centre, gesture=done.gesture, author="Ana")
    assert [one.id for one in disputes(centre)] == [dispute.id]


def test_a_rule_settles_deleted_rows_too(office: House, centre: House, tmp_path: Path) -> None:
    deleted_and_edited(office, centre, tmp_path)
    assert settle_all(centre, rule="office", author="Ana").settled == 1
    assert row_of(centre, NORTH, "1.1")
    assert disputes(centre) == []


# ---------------------------------------------------------------- the sheet to sign


@pytest.mark.parametrize(
    ("lang", "open_words", "settled_words"),
    [("es", "Por resolver", "Resueltas"), ("en", "To be settled", "Settled")],
)
def test_the_sheet_has_open_and_settled_disputes(
    office: House, centre: House, tmp_path: Path, lang: str, open_words: str, settled_words: str
) -> None:
    two_disputes(office, centre, tmp_path)
    first = next(one for one in disputes(centre) if one.code == "1.1")
    settle(centre, dispute=first.id, value="4", note="según el acta 3", author="Ana")
    pdf, book = tmp_path / "a.pdf", tmp_path / "a.xlsx"
    words = Words.load(lang)
    printed = print_conciliation(centre, file=pdf, words=words)
    assert printed.rows == 2
    assert printed.pages
    text = pdf_text(pdf)
    for said in (open_words, settled_words, "según el acta 3", "Beto", "Ana", "Norte"):
        assert said in text
    assert print_conciliation(centre, file=book, words=words, only_open=True).rows == 1
    assert print_conciliation(centre, file=book, words=words, dispute=first.id).rows == 1
    with pytest.raises(InputError, match="no-disputes"):
        print_conciliation(centre, file=book, words=words, units=[SOUTH])
    with pytest.raises(InputError, match="output-unknown"):
        print_conciliation(centre, file=tmp_path / "a.doc", words=words)


def test_the_sheet_tells_of_a_deleted_row_with_evidence(
    office: House, centre: House, tmp_path: Path
) -> None:
    acta = tmp_path / "acta.txt"
    acta.write_text("acta", encoding="utf-8")
    say(office, "5", "1.2", evidence=acta)
    say(centre, "6", "1.2")
    deleted_and_edited_and_more = tmp_path / "a.pdf"
    delete_row(centre, row=row_of(centre, NORTH, "1.1"), author="Ana")
    say(office, "9")
    export_bundle(office, file=tmp_path / "e.quipu")
    merge_bundles(centre, files=[tmp_path / "e.quipu"])
    print_conciliation(centre, file=deleted_and_edited_and_more, words=Words.load("es"))
    text = pdf_text(deleted_and_edited_and_more)
    assert "Fila eliminada" in text
    assert "acta.txt" in text
