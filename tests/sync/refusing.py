"""A bundle that is refused, and the sentence that says so."""

from pathlib import Path

import pytest

from quipu.domain.errors import BundleError
from quipu.sync.bundle import read_bundle
from quipu.sync.trust import Trust
from quipu.words import LANGUAGES, Words
from tests.sync.world import AT_CENTRE


def refusal(content: bytes | None, trust: Trust = AT_CENTRE, path: Path = Path("b.quipu")) -> str:
    """The code by which a file is refused; its sentence exists in both languages."""
    with pytest.raises(BundleError) as refused:
        read_bundle(path, trust=trust, content=content)
    assert refused.value.params["file"] == path.name
    for language in LANGUAGES:
        words = Words.load(language).text(f"error.{refused.value.code}", **refused.value.params)
        assert path.name in words
    return refused.value.code
