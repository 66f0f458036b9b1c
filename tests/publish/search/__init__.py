"""The search asked outside a browser: the site's own scripts in Node.js, and what a naive scan says."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from edition.paths import ROOT


@dataclass(frozen=True, slots=True)
class Answer:
    """What the search says."""

    answer: Any
    ms: float
    """How long it took, with reading the files."""
    files: list[str]
    """What it read for the answer, below data/search/."""


class Search:
    """The search over the index in a folder, for a script."""

    def __init__(self, index: Path, script: str, work: Path) -> None:
        """Copy the scripts to ``work``, with the word that they are modules, and start them."""
        shutil.copytree(ROOT / "static" / "search", work / "search", dirs_exist_ok=True)
        shutil.copy(ROOT / "tests" / "publish" / "search" / "driver.js", work)
        (work / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        self._process = subprocess.Popen(
            ["node", str(work / "driver.js"), str(index), script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def ask(self, kind: str, text: str) -> Answer:
        """One question, of a kind that the driver knows: ``find``, ``nearest``, ``where`` and more."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([kind, text]) + "\n")
        self._process.stdin.flush()
        return Answer(**json.loads(self._process.stdout.readline()))

    def __enter__(self) -> Self:
        """It is running already."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the process."""
        with self._process:
            assert self._process.stdin
            self._process.stdin.close()


@contextmanager
def searching(files: Iterable[tuple[str, bytes]], script: str, folder: Path) -> Iterator[Search]:
    """A search over an index given as its files."""
    for name, content in files:
        path = folder / "index" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    with Search(folder / "index", script, folder) as search:
        yield search
