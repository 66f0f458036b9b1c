"""Small corpora for tests: `tests/mini` with the calendar of the edition, and files that a test replaces or adds."""

from __future__ import annotations

import shutil
from pathlib import Path

HERE = Path(__file__).parent
CALENDAR = HERE.parent / "corpus" / "calendar"


def assemble(folder: Path, *overlays: Path) -> Path:
    """Create the mini-corpus in ``folder/corpus``, with the files of each overlay copied over its own."""
    corpus = folder / "corpus"
    shutil.copytree(HERE / "mini", corpus)
    shutil.copytree(CALENDAR, corpus / "calendar")
    for overlay in overlays:
        shutil.copytree(overlay, corpus, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    return corpus
