"""The formulation of a method: rows that units may begin their plan from (S1-11)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from quipu.domain.formulation import TEMPLATE_FIELDS, TemplateRow
from quipu.forms.language_keys import Key

ROW = (
    Key("text", "text", required=True),
    *(Key(field, "text") for field in TEMPLATE_FIELDS),
    Key("each", "number"),
)

KEY = Key("formulation", "table", keys=(Key("row", "tables", required=True, keys=ROW),))
"""The part of a method file that this module reads."""


def build(part: Mapping[str, Any]) -> tuple[TemplateRow, ...]:
    """Make the rows that the part declares."""
    return tuple(
        TemplateRow(
            one["text"],
            {field: one[field] for field in TEMPLATE_FIELDS if field in one},
            Decimal(str(one["each"])) if "each" in one else None,
        )
        for one in part.get("row", ())
    )
