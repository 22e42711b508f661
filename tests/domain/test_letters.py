from __future__ import annotations

import pytest

from quipu.domain.letters import bare, level


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Año Nº 2", "ano no 2"), ("ADN", "adn"), ("Pingüino  Él", "pinguino  el"), ("", "")],
)
def test_bare_letters(text: str, expected: str) -> None:
    assert bare(text) == expected


def test_level_keeps_accents() -> None:
    assert level("  Dirección \n DE  Obras ") == "dirección de obras"
    assert level("ÁREA") != level("AREA")
