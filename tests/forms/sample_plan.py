"""A small plan of an invented institution, with the defects that published plans have."""

from collections.abc import Iterable
from decimal import Decimal

from quipu.domain.address import Address
from quipu.domain.facts import Facts
from quipu.domain.value import Value
from quipu.forms.definition import Form
from quipu.forms.language import choose, load_forms
from quipu.settings import forms_dir
from quipu.words import Words

PLAN = "plan"
PUBLISHED = ".published"

Entries = list[tuple[Address, Value]]


def forms() -> dict[str, Form]:
    return {form.id: form for form in choose(load_forms(forms_dir()), "sv-integracion")}


def paper(key: str, **params: object) -> str:
    return Words.load("es").text(f"paper.{key}", **params)


def number(text: str) -> Decimal:
    plain = text.replace(",", "")
    return Decimal(plain[:-1]) / 100 if plain.endswith("%") else Decimal(plain)


def item(name: str, /, **fields: Value) -> Entries:
    return [(Address(name, field), value) for field, value in fields.items()]


def row(
    name: str,
    *,
    form: str,
    kind: str = "activity",
    unit: str = "",
    order: int = 0,
    texts: dict[str, str] | None = None,
    months: dict[str, str] | None = None,
    total: str = "",
    measure: str = "count",
    parent: str = "",
    malformed: Iterable[str] = (),
    extra: str = "",
) -> Entries:
    """A row whose cells are printed as given and worked as read; malformed ones have no value."""
    found = item(
        name,
        kind=kind,
        plan=PLAN,
        form=f"sv-integracion/{form}",
        order=Decimal(order),
        measure=measure,
        unit=unit or None,
        parent=parent or None,
    )
    for field, text in (texts or {}).items():
        found += [(Address(name, field), text), (Address(name, field + PUBLISHED), text)]
    for month, text in (months or {}).items():
        period = month if len(month) == 4 else f"2024-{month}"
        found.append((Address(name, "target" + PUBLISHED, period), text))
        if month not in malformed:
            found.append((Address(name, "target", period), number(text)))
    if total:
        found.append((Address(name, "total" + PUBLISHED), total))
        found.append((Address(name, "total"), number(total)))
    if extra:
        found.append((Address(name, "extra" + PUBLISHED), extra))
    return found


def registry() -> Entries:
    return [
        *item("inst", kind="institution", name="Instituto de Caminos"),
        *item("north", kind="area", name="OFICINAS", parent="inst", order=Decimal(1)),
        *item("advice", kind="area", name="UNIDADES ASESORAS", parent="inst", order=Decimal(2)),
        *item("roads", kind="unit", name="UNIDAD DE CAMINOS", parent="north", order=Decimal(1)),
        *item("deals", kind="unit", name="UNIDAD DE CONTRATOS", parent="north", order=Decimal(2)),
        *item("empty", kind="unit", name="UNIDAD SIN PLAN", parent="north", order=Decimal(3)),
        *item("audit", kind="unit", name="Auditoría", parent="advice", order=Decimal(1)),
        *item("press", kind="unit", name="Prensa", parent="advice", order=Decimal(2)),
        *item(
            PLAN,
            kind="plan",
            title="Plan anual de trabajo 2024",
            institution="inst",
            year=Decimal(2024),
            document_code="PAT-IC-001",
            version="01",
            date="2024-07-29",
            prepared_by="Ana\nUnidad de planificación",
            authorised_by="Dirección",
        ),
        (Address(PLAN, "date" + PUBLISHED), "29/07/24"),
    ]


def unit_rows() -> Entries:
    return [
        *row(
            "survey",
            form="pat-programa",
            unit="roads",
            order=1,
            texts={
                "code": "1.1",
                "text": "Visitar caminos",
                "product": "Caminos visitados",
                "unit_of_measure": "Informe",
                "verification": "Registro",
            },
            months={"06": "1,400", "07": "6,700", "08": "21,00", "09": "1700"},
            malformed=["08"],
            total="11,900",
        ),
        *row(
            "fuel",
            form="pat-programa",
            unit="roads",
            order=2,
            texts={"code": "_1.2", "text": "Repartir combustible", "product": "Vales"},
            months={"11": "50%", "12": "50%"},
            total="1",
            measure="share",
        ),
        *row(
            "requests",
            form="pat-proceso",
            unit="deals",
            order=1,
            texts={"process": "Contratos", "text": "Atender solicitudes", "product": "100%"},
            months={"07": "33%", "08": "33%", "09": "34%"},
            total="100%",
            measure="spread",
        ),
        *row(
            "minutes",
            form="pat-proceso",
            unit="deals",
            order=2,
            texts={"process": "Contratos", "text": "Firmar actas", "product": "Actas"},
            months={"07": "1"},
        ),
    ]


def advice_rows() -> Entries:
    review = {"process": "Control", "text": "Revisar oficinas", "unit_of_measure": "Informe"}
    return [
        *row(
            "review",
            form="pat-asesoras",
            unit="audit",
            order=1,
            texts=review,
            months={"10": "1", "11": "1"},
            total="1",
            extra="2",
        ),
        *row(
            "advise",
            form="pat-asesoras",
            unit="audit",
            order=2,
            texts={"process": "Control", "text": "Aconsejar"},
            months={"12": "1"},
            total="1",
        ),
        *row(
            "publish",
            form="pat-asesoras",
            unit="press",
            order=3,
            texts={"process": "Control", "text": "Publicar"},
            months={"03": "1"},
            total="1",
        ),
    ]


def institution_rows() -> Entries:
    whole = "OE 1.1 Unir los pueblos"
    return [
        *row("goal", form="acciones-estrategicas", kind="objective", order=1),
        *item("goal", code="OE 1.1", text="Unir los pueblos", **{"text.published": whole}),
        *row(
            "bridge",
            form="acciones-estrategicas",
            kind="action",
            parent="goal",
            order=1,
            texts={"lead": "Dirección", "indicator": "Puentes"},
            months={"2024": "1", "2026": "1"},
            total="20",
        ),
        *item("bridge", code="AE 1.1.1", text="Construir puentes"),
        *item("bridge", **{"text.published": "AE 1.1.1 Construir puentes"}),
        *row(
            "traffic",
            form="acciones-estrategicas",
            kind="action",
            parent="goal",
            order=2,
            total="10%",
            measure="rate",
        ),
        *item("traffic", code="AE 1.1.2", text="Aumentar el paso"),
        *item("traffic", **{"text.published": "AE 1.1.2 Aumentar el paso"}),
        *row("alone", form="acciones-estrategicas", kind="objective", order=2),
        *item("alone", code="OE 1.2", text="Medir", **{"text.published": "OE 1.2 Medir"}),
        *row(
            "first",
            form="control-de-cambios",
            kind="change",
            order=1,
            texts={"text": "Creación", "lead": "Planificación", "version": "01"},
        ),
        *item("first", date="2024-07-01", **{"date.published": "01/07/2024"}),
    ]


def sample(*more: tuple[Address, Value]) -> Facts:
    """The whole plan, with further facts put over it."""
    whole = Facts([*registry(), *unit_rows(), *advice_rows(), *institution_rows()])
    return whole.with_changes(more)
