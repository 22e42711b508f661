"""What this workspace may write now; the same answer for the screen's read-only cells."""

from quipu.domain import fields
from quipu.domain.address import Address
from quipu.domain.errors import InputError, WorkspaceError
from quipu.domain.facts import Facts
from quipu.domain.observations import is_observed, opened
from quipu.domain.plan_states import offices_may_propose, plan_state
from quipu.domain.value import PUBLISHED, Value
from quipu.domain.workflow import CLOSED, report_state
from quipu.forms.definition import Form
from quipu.forms.fractions import one_line
from quipu.operations.calendars import plan_periods, reported_periods, row_periods
from quipu.operations.cells import read_cell
from quipu.operations.house import House

_FIXED = frozenset({"form", "form_version", "method", "state", "where", "due"})


def may_change(house: House, facts: Facts, address: Address) -> str:
    """Give `""` where this workspace may write an address now, else the code that says why not.

    Codes: `read-only`, `field-unknown`, `field-fixed`, `row-unknown`, `period-not-planned`,
    `unit-not-yours`, `unit-not-reporting`, `period-closed`, `plan-not-yours`, `plan-closed`,
    `cell-not-observed`.
    """
    known = fields.find(address.field)
    if not house.writable:
        return "read-only"
    if known is None:
        return "field-unknown"
    if address.field.endswith(PUBLISHED) or known.group not in ("plan", "progress"):
        return "field-fixed"
    if facts.flag(address.item, "deleted") or address.item not in facts:
        return "row-unknown"
    if known.group == "plan":
        return _plan_cell(house, facts, address)
    return _progress_cell(house, facts, address)


def _plan_cell(house: House, facts: Facts, address: Address) -> str:
    row = address.item
    plan = facts.text(row, "plan")
    if address.field in _FIXED or not (plan or facts.text(row, "kind") == "plan"):
        return "field-fixed"
    if address.period and address.period not in row_periods(house.forms, facts, row):
        return "period-not-planned"
    if plan_state(facts, plan or row) == "closed":
        return "plan-closed"
    if house.role == "centre":
        return ""
    unit = facts.text(row, "unit")
    proposing = offices_may_propose(facts, plan or row) and _reports(house, facts, unit)
    return "" if proposing else "plan-not-yours"


def demand_proposal(house: House, facts: Facts, plan: str, unit: str) -> None:
    """Raise where this workspace may not write rows of a unit (`""`: of the whole institution).

    The centre may until the plan is closed, an office for its units while the plan is a draft.
    Raises `InputError("unit-not-yours")` or `WorkspaceError` `plan-not-yours` or `plan-closed`.
    """
    if plan_state(facts, plan) == "closed":
        raise WorkspaceError("plan-closed")
    if house.role == "centre":
        return
    if not _reports(house, facts, unit):
        raise InputError("unit-not-yours", unit=facts.text(unit, "name"))
    if not offices_may_propose(facts, plan):
        raise WorkspaceError("plan-not-yours")


def _progress_cell(house: House, facts: Facts, address: Address) -> str:
    whole = facts.text(address.item, "kind") == "plan"
    plan = address.item if whole else facts.text(address.item, "plan")
    owner = facts.text(address.item, "unit")
    if not plan:
        return "row-unknown"
    if address.period not in _told_periods(house, facts, address.item, whole=whole):
        return "period-not-planned"
    if facts.text(address.unit, "kind") != "unit" or owner not in ("", address.unit):
        return "unit-not-reporting"
    if plan_state(facts, plan) == "closed":
        return "plan-closed"
    if house.role == "centre":
        return ""
    if not _reports(house, facts, address.unit):
        return "unit-not-yours"
    return _report_open(facts, plan, address)


def _told_periods(house: House, facts: Facts, item: str, *, whole: bool) -> list[str]:
    """Give the periods of a row, or of the reports of a whole plan."""
    if whole:
        # The snapshot may hold the plan without its rows, whose forms say the periods.
        return plan_periods(house.forms, house.facts(), item)
    return reported_periods(house.forms, facts, item)


def _report_open(facts: Facts, plan: str, address: Address) -> str:
    state = report_state(facts, plan, address.unit, address.period)
    if state in CLOSED:
        return "period-closed"
    cells = opened(facts, plan, address.unit, address.period)
    returned = state == "returned" and cells is not None
    return "cell-not-observed" if returned and not is_observed(cells or [], address) else ""


def _reports(house: House, facts: Facts, unit: str) -> bool:
    return bool(unit) and facts.text(unit, "office") == house.office


def read_typed(house: House, facts: Facts, address: Address, text: str) -> Value:
    """Read what a person typed at an address as the row's form writes it; see `cells.read_cell`."""
    form = house.forms.get(facts.text(address.item, "form"))
    return read_for(form, address.field, text)


def read_for(form: Form | None, field: str, text: str) -> Value:
    """Read what a person typed for a field as a form writes it; see `cells.read_cell`."""
    if form is None:
        return read_cell(field, text, "1,234.5")
    column = form.column(field)
    if column is not None and column.style == "fraction" and text.strip():
        # Typed on two lines, as it is printed, or on one: it is the same fraction.
        text = one_line(text)
    return read_cell(field, text, form.numbers, mark=column is not None and column.flags)
