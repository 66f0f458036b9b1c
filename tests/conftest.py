"""Fixtures of several test files: the site, built once a session."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--slow``, which finds tests that depend on the speed of the machine."""
    parser.addoption(
        "--slow", type=int, default=1, metavar="N", help="pages run N times slower, and files come N × 0–30 ms late"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave thorough tests out of the coverage: they run the same lines thousands of times."""
    for item in items:
        if item.get_closest_marker("thorough"):
            item.add_marker("no_cover")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site, built from this tree as a reader of the README would build it."""
    out = tmp_path_factory.mktemp("built") / "site"
    command = [sys.executable, "build.py", "build", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"the site does not build:\n{done.stdout}{done.stderr}"
    return out
