"""Where a fact lives: item, reporting unit, field and period."""

from typing import NamedTuple


class Address(NamedTuple):
    """The register that a revision assigns.

    `item` is a UUID in its canonical text. `field` is a code of the catalogue
    (`quipu.domain.fields`). `period` is a period's text (`2024-07`) or `""`. `unit` is the item id
    of the reporting unit, or `""` for fields of the plan itself: several units that report one
    activity have an address each, so they add up and never dispute.
    """

    item: str
    field: str
    period: str = ""
    unit: str = ""
