"""What the window needs to know of a workspace at once: its tree, its plans, who reported what."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final, Literal

from quipu.domain.facts import Facts
from quipu.domain.period import Period
from quipu.forms.definition import Form, NumberStyle
from quipu.operations import finding, findings, status
from quipu.operations.finding import UnitNode
from quipu.operations.findings import Finding
from quipu.operations.house import House, Notice
from quipu.operations.workspaces import open_house

CORRECTED: Final = "corrected"
USUAL: Final[NumberStyle] = "1,234.5"

NodeKind = Literal["institution", "area", "unit", "wide"]


@dataclass(frozen=True, slots=True)
class Node:
    """One line of the tree at the left: what it is called, and the sheet that it opens.

    `form` is the form to draw (`""` for what opens nothing), `state` the report of the chosen
    period, `findings` how many open findings it has with everything below it.
    """

    key: str
    kind: NodeKind
    name: str
    item: str = ""
    form: str = ""
    plan: str = ""
    state: str = ""
    findings: int = 0
    children: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan that the workspace holds: its item, title and year (0 where it has none)."""

    item: str
    title: str
    year: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A snapshot of a workspace.

    `plan` is the chosen one of the `plans`, of which units report the `reporting`; `states` has the
    reports by unit and period.
    """

    facts: Facts
    forms: Mapping[str, Form]
    role: Literal["centre", "office"]
    office: str
    dataset: str
    plans: tuple[Plan, ...] = ()
    reporting: tuple[Plan, ...] = ()
    plan: Plan | None = None
    tree: tuple[UnitNode, ...] = ()
    states: Mapping[tuple[str, str], str] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()

    @property
    def institution(self) -> str:
        """The institution's name."""
        return self.facts.text(self.dataset, "name")

    @property
    def numbers(self) -> NumberStyle:
        """How the chosen plan's forms write numbers."""
        plan = self.plan.item if self.plan is not None else ""
        names = self.facts.text(plan, "form_version").splitlines()
        form = self.forms.get(names[0].partition(" ")[0]) if names else None
        return form.numbers if form is not None else USUAL

    def units_of(self, office: str) -> list[str]:
        """Give the units that an office reports."""
        return [u for u in self.facts.of_kind("unit") if self.facts.text(u, "office") == office]

    @property
    def office_name(self) -> str:
        """The office's name, `""` at the centre."""
        return self.facts.text(self.office, "name") if self.office else ""

    def name(self, item: str) -> str:
        """The name of an area, unit or office."""
        return self.facts.text(item, "name")


def take(house: House, *, plan: str = "") -> Overview:
    """Look at a workspace; `plan` is the plan to show, the last one for `""`."""
    facts = house.facts()
    seen = Overview(
        facts, house.forms, house.role, house.office, house.dataset, notices=house.notices
    )
    plans = _plans(facts)
    if not plans:
        return replace(seen, tree=tuple(finding.unit_tree(facts)))
    reporting = tuple(one for one in plans if finding.plan_units(facts, one.item))
    chosen = next((one for one in plans if one.item == plan), (reporting or plans)[-1])
    return replace(
        seen,
        plans=plans,
        reporting=reporting,
        plan=chosen,
        tree=tuple(finding.unit_tree(facts)),
        states=status.unit_status(house, plan=chosen.item),
    )


def _plans(facts: Facts) -> tuple[Plan, ...]:
    found = []
    for item in facts.of_kind("plan"):
        year = facts.number(item, "year")
        title = facts.text(item, "title") or facts.text(item, "name")
        found.append(Plan(item, title, int(year) if year is not None else 0))
    return tuple(sorted(found, key=lambda plan: (plan.year, plan.title)))


def take_findings(
    house: House, *, closed: bool = False
) -> tuple[list[Finding], list[Finding] | None]:
    """Check all plans of a workspace again: the open findings, and with `closed` the decided.

    Decided ones that are found no more, because somebody corrected the value, have the problem's
    variant `CORRECTED`.
    """
    plans = [plan.item for plan in _plans(house.facts())]
    found = [one for plan in plans for one in findings.findings(house, plan=plan)]
    if not closed:
        return found, None
    decided: list[Finding] = []
    for plan in plans:
        decided += findings.findings(house, plan=plan, closed=True)
        for one in findings.corrected_findings(house, plan=plan):
            decided.append(replace(one, problem=replace(one.problem, variant=CORRECTED)))
    return found, decided


# ---------------------------------------------------------------------- the tree at the left
def nodes(seen: Overview, period: str, found: Collection[Finding]) -> tuple[Node, ...]:
    """Give the tree: areas with their units, then the forms of the whole institution."""
    counts: dict[str, int] = {}
    for one in found:
        unit = seen.facts.text(one.item, "unit")
        place = unit or f"{seen.facts.text(one.item, 'plan')}/{seen.facts.text(one.item, 'form')}"
        counts[place] = counts.get(place, 0) + 1
    units = tuple(
        node for one in seen.tree if (node := _unit_node(seen, one, period, counts)) is not None
    )
    wide = tuple(_wide_nodes(seen, counts))
    root = Node(
        "institution", "institution", seen.institution, findings=sum(counts.values()),
        children=(*units, *wide),
    )  # fmt: skip
    return (root,)


def _unit_node(
    seen: Overview, unit: UnitNode, period: str, counts: Mapping[str, int]
) -> Node | None:
    below = tuple(
        node for one in unit.children if (node := _unit_node(seen, one, period, counts)) is not None
    )
    found = counts.get(unit.item, 0) + sum(node.findings for node in below)
    if unit.kind == "area":
        if not below and seen.role == "office":
            return None
        return Node(unit.item, "area", unit.name, unit.item, findings=found, children=below)
    form = form_of(seen, unit.item)
    if seen.role == "office" and unit.office != seen.office:
        return None
    plan = seen.plan.item if seen.plan is not None else ""
    state = seen.states.get((unit.item, period), "none") if plan else ""
    return Node(unit.item, "unit", unit.name, unit.item, form, plan, state, found, below)


def form_of(seen: Overview, unit: str) -> str:
    """Give the form that a unit's rows are in; for a unit without rows, `""`."""
    if seen.plan is None:
        return ""
    rows = finding.plan_rows(seen.facts, seen.plan.item, unit)
    return seen.facts.text(rows[0], "form") if rows else ""


def _wide_nodes(seen: Overview, counts: Mapping[str, int]) -> list[Node]:
    found: dict[str, Node] = {}
    for plan in seen.plans:
        if plan != seen.plan and plan in seen.reporting:
            continue
        for row in finding.plan_rows(seen.facts, plan.item, ""):
            form = seen.facts.text(row, "form")
            key = f"{plan.item}/{form}"
            if key not in found:
                title = _title(seen.forms.get(form), form)
                found[key] = Node(key, "wide", title, "", form, plan.item, "", counts.get(key, 0))
    return sorted(found.values(), key=lambda node: _order(seen.forms.get(node.form)))


def _title(form: Form | None, name: str) -> str:
    return next(iter(form.title.values()), name) if form is not None else name


def _order(form: Form | None) -> int:
    return form.order if form is not None else 10**6


def role_of(folder: Path) -> Literal["centre", "office"]:
    """Say whose workspace a folder is; raises `WorkspaceError` where it is none."""
    with open_house(folder=folder) as house:
        return house.role


def usual_period(seen: Overview, offered: Sequence[str], today: date | None = None) -> str:
    """Give the period to begin with: last month, or in another year where the work stands."""
    if not offered:
        return ""
    now = today or date.today()
    month = date(now.year, now.month, 1) - timedelta(days=1)
    last = str(Period.of_month(month.year, month.month))
    if last in offered:
        return last
    months = [period for period in offered if Period.parse(period).kind == "month"]
    begun = [period for (_, period), state in seen.states.items() if state != "none"]
    planned = {
        address.period for address, _ in seen.facts if address.field == "target" and address.period
    }
    worked = [period for period in months if period in begun]
    return (worked[-1:] or [period for period in months if period in planned] or months)[0]


def periods(seen: Overview) -> list[str]:
    """Give the months and quarters that the chosen plan can be reported for."""
    if seen.plan is None or not seen.plan.year:
        return []
    year = Period.of_year(seen.plan.year)
    return [str(part) for kind in ("month", "quarter") for part in year.parts(kind)]
