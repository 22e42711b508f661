"""The clean plan for the transparency portal: no observation, comment or mark of the house."""

from dataclasses import dataclass
from pathlib import Path

from quipu.domain.errors import InputError
from quipu.domain.facts import Facts
from quipu.operations.finding import find_plan
from quipu.operations.handover import write_sums
from quipu.operations.house import House
from quipu.operations.plan_cycle import PlanStanding, plan_standings
from quipu.operations.printing import print_document
from quipu.operations.sections import available_templates


@dataclass(frozen=True, slots=True)
class Published:
    """The files that were written for publication, and where the plan stood then."""

    files: tuple[Path, ...]
    standing: PlanStanding


def publish(house: House, *, folder: Path, plan: str = "") -> Published:
    """Write a plan as PDF and workbook, its book where it has one, and their hashes (S3-19).

    Raises `InputError` `plan-missing`, `folder-not-written` (folder, reason), or as
    `print_document`.
    """
    facts = house.facts()
    item = find_plan(facts, plan=plan)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("folder-not-written", folder=folder, reason=error.strerror) from error
    standing = plan_standings(house, plan=item, facts=facts)
    files = []
    for form, name, endings in _papers(house, facts, item, standing.year):
        for ending in endings:
            file = folder / f"{name}{ending}"
            print_document(house, form=form, file=file, plan=item, clean=True)
            files.append(file)
    files.append(write_sums(folder, tuple(file.name for file in files)))
    return Published(tuple(files), standing)


def _papers(
    house: House, facts: Facts, plan: str, year: str
) -> list[tuple[str, str, tuple[str, ...]]]:
    """Give the forms to print with their files' names and endings."""
    names = [line.partition(" ")[0] for line in facts.text(plan, "form_version").splitlines()]
    houses = sorted({name.rpartition("/")[0] for name in names if name in house.forms})
    tables = [(folder, f"plan-{folder}-{year}", (".pdf", ".xlsx")) for folder in houses]
    books = [
        (name, f"documento-{name.rpartition('/')[0]}-{year}", (".pdf",))
        for name, template in available_templates(house.folder).items()
        if name.rpartition("/")[0] in houses
        and template.family == facts.text(plan, "form")
        and name.endswith("/documento")
        and _has_sections(facts, plan)
    ]
    return [*tables, *books]


def _has_sections(facts: Facts, plan: str) -> bool:
    return any(facts.text(item, "plan") == plan for item in facts.of_kind("section"))
