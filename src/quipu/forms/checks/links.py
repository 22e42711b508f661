"""What a table says of another: linked actions, names of units, dates of the document."""

from collections.abc import Iterator

from quipu.domain.problem import Problem
from quipu.forms.checks.info import Asked, Table, finding
from quipu.forms.likeness import meant, spellings
from quipu.forms.recognise_dates import read_date
from quipu.forms.recognise_words import plain_words, stems


def not_linked(table: Table, asked: Asked) -> Iterator[Problem]:
    """Activities of a table are linked to no strategic action (S1-08); said once per table."""
    kind = table.form.levels[-1].kind
    loose = [
        numbered
        for numbered in table.rows
        if numbered[1].kind == kind and not numbered[1].fields.get("linked")
    ]
    if loose:
        yield finding(asked, loose[0], target="linked", count=len(loose), rows=len(table.rows))


def unit_unknown(table: Table, asked: Asked) -> Iterator[Problem]:
    """A responsible unit is called otherwise than any unit or area of the plan (S1-07).

    Where the rows themselves name the units, a name that is another, more usual one misspelt.
    """
    if table.form.unit == "rows":
        yield from _misspelt(table, asked)
        return
    names = table.whole.owners
    if not names:
        return
    for numbered in table.rows:
        lead = numbered[1].fields.get("lead", "").strip()
        if not lead or plain_words(lead) in names:
            continue
        like = [name for name in names.values() if stems(lead) <= stems(name)]
        yield finding(
            asked,
            numbered,
            target="lead",
            variant="" if len(like) == 1 else "unknown",
            value=lead,
            proposal=like[0] if len(like) == 1 else None,
        )


def _misspelt(table: Table, asked: Asked) -> Iterator[Problem]:
    said = [row.fields.get(name, "") for _, row in table.rows for name in table.form.owners]
    usual = spellings(said)
    printed = {plain_words(name): name for name in reversed(said)}
    for numbered in table.rows:
        for field in table.form.owners:
            name = numbered[1].fields.get(field, "")
            right = meant(name, usual)
            if right:
                proposal = printed[right]
                yield finding(asked, numbered, target=field, value=name, proposal=proposal)


def dates_differ(table: Table, asked: Asked) -> Iterator[Problem]:
    """The change log dates the document's version otherwise than its heading (S1-06)."""
    printed = table.whole.header.get("date", "")
    heading = read_date(printed)
    if heading is None:
        return
    version = plain_words(table.whole.header.get("version", ""))
    for numbered in table.rows:
        fields = numbered[1].fields
        logged = read_date(fields.get("date", ""))
        same_version = not version or plain_words(fields.get("version", "")) in ("", version)
        if logged is not None and logged != heading and same_version:
            yield finding(
                asked,
                numbered,
                target="date",
                value=fields["date"],
                heading=printed,
                version=table.whole.header.get("version", ""),
            )
