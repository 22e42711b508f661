"""Loading a document as the plan: the first time everything, again only what changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from quipu.domain.problem import Problem
from quipu.forms.reading import Reading
from quipu.operations.backups import back_up_first
from quipu.operations.gesture import centre_only, writable, write_many
from quipu.operations.house import House
from quipu.operations.loading_plan import take_plan, take_units
from quipu.operations.loading_rows import take_rows
from quipu.operations.loading_said import Said
from quipu.operations.loading_values import take_values
from quipu.operations.other_plans import disagreements
from quipu.operations.outcome import Outcome
from quipu.operations.reading import read_plan
from quipu.operations.running import CancelCheck, Progress, step


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a document did.

    `stored` counts the facts that were written and `already` those that were there before.
    `vanished` are the items of rows that the document no longer has; nothing deletes them.
    `problems` are the reading's and those of loading (`join-ambiguous`, `row-deleted`,
    `row-vanished`, `working-kept`).
    """

    reading: Reading
    plan: str
    stored: int
    already: int
    vanished: tuple[str, ...]
    problems: tuple[Problem, ...]
    outcome: Outcome


def load_plan(
    house: House,
    *,
    file: Path | None = None,
    text: str | None = None,
    name: str = "",
    form: str,
    year: int | None = None,
    draft: bool = False,
    author: str,
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> Loaded:
    """Read a document and store it as the plan of its year, at the centre.

    Published texts and working values are kept side by side. Loading the same file again stores
    nothing; an edited one stores what changed, and never over what a person decided. A new plan is
    the one in force, or with `draft` one in which offices may still propose. Raises
    `InputError` `year-missing` or `families-mixed` besides those of reading.
    """
    centre_only(house)
    writable(house)
    reading = read_plan(file=file, text=text, name=name, form=form, year=year, known=house.forms)
    return store_reading(
        house,
        reading,
        year=year,
        draft=draft,
        author=author,
        progress=progress,
        cancelled=cancelled,
    )


def store_reading(
    house: House,
    reading: Reading,
    *,
    year: int | None = None,
    draft: bool = False,
    author: str,
    progress: Progress | None = None,
    cancelled: CancelCheck | None = None,
) -> Loaded:
    """Store a reading that a person looked at first; else as `load_plan`."""
    centre_only(house)
    back_up_first(house)
    said = Said(house.facts())
    plan = take_plan(house, said, reading, year, draft=draft)
    units, new_units = take_units(house, said, reading.rows)
    rows = take_rows(house, said, plan, reading.rows, units)
    for index, (row, item) in enumerate(zip(reading.rows, rows.items, strict=True)):
        step(progress, cancelled, index, len(reading.rows))
        if item:
            take_values(house, said, index, row, item, house.forms[row.form])
    outcome = write_many(
        house,
        said.writes,
        facts=said.facts,
        author=author,
        created=(*new_units, *rows.created),
        problems=tuple(said.problems),
    )
    step(progress, None, len(reading.rows), len(reading.rows))
    return Loaded(
        reading=reading,
        plan=plan,
        stored=outcome.changed,
        already=said.stored_before,
        vanished=rows.vanished,
        problems=(*reading.problems, *said.problems, *_across(house, plan, rows.items)),
        outcome=outcome,
    )


def _across(house: House, plan: str, items: Sequence[str]) -> list[Problem]:
    """Give what other plans say otherwise, each at its row of the reading where it is there."""
    places = {item: index for index, item in enumerate(items) if item}
    return [replace(one, row=places.get(one.item)) for one in disagreements(house, plan)]
