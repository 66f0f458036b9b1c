"""The downloads of three corpora: the real one, one with signs of markup in every field, and the least one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import build
from edition.edition import Edition
from edition.publish import site as publishing
from tests.conftest import ROOT
from tests.corpora import assemble
from tests.publish.downloads.reading import Files, load

SIGNS = Path(__file__).parent / "signs"
URL = "https://example.org/a/"


@dataclass(frozen=True, slots=True)
class Built:
    """A corpus and the site made from it."""

    edition: Edition
    files: Files


def built(corpus: Path) -> Built:
    """Build the site of a corpus in memory."""
    edition = build.make(corpus)
    return Built(edition, dict(publishing.files(edition, URL)))


@pytest.fixture(scope="session")
def real() -> Built:
    """Return the edition itself."""
    return built(ROOT / "corpus")


@pytest.fixture(scope="session")
def signs(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the corpus of `tests/publish/downloads/signs`: one of everything, with ``<``, ``&`` and quotes in it."""
    return built(assemble(tmp_path_factory.mktemp("signs"), SIGNS))


@pytest.fixture(scope="session")
def least(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the mini-corpus: no editors, no release date, no licence, no names, no events."""
    return built(assemble(tmp_path_factory.mktemp("least")))


@pytest.fixture(scope="session", params=["real", "signs", "least"])
def each(request: pytest.FixtureRequest) -> Built:
    """Return each of the three in turn."""
    found: Built = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def edition(real: Built) -> Edition:
    """Return the real edition."""
    return real.edition


@pytest.fixture(scope="session")
def passages(real: Built) -> list[dict[str, Any]]:
    """Return the entries of the real passages.json."""
    found: list[dict[str, Any]] = load(real.files, "passages")
    return found
