"""Show the progress of a long build on stderr. Silent unless stderr is a terminal (TTY)."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from edition.publish.folder.write import Files

#: Seconds before the first update, and between two updates.
PATIENCE, PAUSE = 1.0, 0.1


def counted(files: Files, what: str) -> Iterator[tuple[str, bytes]]:
    """Pass files on; if that takes long, show how many so far on the last line of the terminal."""
    if not sys.stderr.isatty():
        yield from files
        return
    due = time.monotonic() + PATIENCE
    said = False
    for number, file in enumerate(files, 1):
        yield file
        if time.monotonic() > due:
            print(f"\r{number:,} {what} …", end="", file=sys.stderr, flush=True)  # noqa: T201 (that is its purpose)
            due, said = time.monotonic() + PAUSE, True
    if said:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)  # noqa: T201
