"""Say on a terminal how far a long build is; say nothing where no one looks."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from edition.publish.folder.write import Files

#: Seconds before anything is said, and between two times.
PATIENCE, PAUSE = 1.0, 0.1


def counted(files: Files, what: str) -> Iterator[tuple[str, bytes]]:
    """The same files; while they are made, their number stands on the last line of a terminal.

    Silent unless stderr is a terminal (TTY).
    """
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
