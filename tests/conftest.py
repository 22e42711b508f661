"""What every test stands on: an offscreen window system, a home of its own, compiled words."""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[1]
CI = os.environ.get("CI") == "true"

# Before anything imports Qt, which reads these once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The short and slow names of Qt's enumerations (Qt.DisplayRole) become errors.
os.environ["PYSIDE6_OPTION_PYTHON_ENUM"] = "0x71"
# One home per process, so that parallel workers share no keys and no person's are touched.
os.environ["QUIPU_HOME"] = tempfile.mkdtemp(prefix="quipu-tests-")
os.environ["QUIPU_LANG"] = "es"
# No test ever touches the keyring of whoever runs it.
os.environ["QUIPU_KEYRING"] = "off"
os.environ.pop("QUIPU_PASSPHRASE", None)

hypothesis.settings.register_profile(
    "quipu",
    # Fixed examples where a failure must mean a change; no deadline on busy machines.
    derandomize=CI,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("quipu")


def pytest_configure(config: pytest.Config) -> None:
    """Compile stale catalogues once, before the workers start."""
    if not hasattr(config, "workerinput"):
        path = ROOT / "packaging" / "compile_catalogues.py"
        spec = importlib.util.spec_from_file_location("compile_catalogues", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.compile_stale()


def pytest_unconfigure() -> None:
    """Remove this process's home."""
    shutil.rmtree(os.environ["QUIPU_HOME"], ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that read the source documents, so that `-m sources` finds them."""
    for item in items:
        if "sources" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.sources)


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder that holds `seeds/` and `inputs/`: the published documents and their workbooks."""
    named = os.environ.get("QUIPU_SOURCES", "")
    folder = Path(named)
    if named and (folder / "seeds").is_dir() and (folder / "inputs").is_dir():
        return folder
    reason = "QUIPU_SOURCES does not name a folder with seeds/ and inputs/"
    if CI:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def quipu_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of this test alone."""
    home = tmp_path / "home"
    monkeypatch.setenv("QUIPU_HOME", str(home))
    return home
