"""Run the search of the site outside a browser: its scripts in Node.js."""

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
    """The result."""

    answer: Any
    ms: float
    """Time in milliseconds, including reading files."""
    files: list[str]
    """The files that were read, as paths below data/search/."""


class Search:
    """A Node.js process that searches the index in a folder, in one script."""

    def __init__(self, index: Path, script: str, work: Path) -> None:
        """Copy the scripts to ``work``, with a package.json that declares modules, and start them."""
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
        """Run one command of ``driver.js``: ``find``, ``nearest``, ``where`` and others."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([kind, text]) + "\n")
        self._process.stdin.flush()
        return Answer(**json.loads(self._process.stdout.readline()))

    def __enter__(self) -> Self:
        """Return the running search."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the process."""
        with self._process:
            assert self._process.stdin
            self._process.stdin.close()


@contextmanager
def searching(files: Iterable[tuple[str, bytes]], script: str, folder: Path) -> Iterator[Search]:
    """Start a search over an index that is given as its files."""
    for name, content in files:
        path = folder / "index" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    with Search(folder / "index", script, folder) as search:
        yield search
