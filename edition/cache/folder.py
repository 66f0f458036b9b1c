"""The folder of this machine in which a build may keep what saves time the next time; it may be deleted at any time."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path


def folder() -> Path | None:
    """The folder, made if need be; None where there is none that only this user may write."""
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "", "")
    try:
        found = (Path(home) if home else Path.home() / ".cache") / "liaojin-annals"
        found.mkdir(mode=0o700, parents=True, exist_ok=True)
        # What is kept is run: a folder of someone else's, or one that others may write, is left alone.
        safe = sys.platform == "win32" or (found.stat().st_uid == os.getuid() and not found.stat().st_mode & 0o022)
    except (OSError, RuntimeError):
        return None
    return found if safe and os.access(found, os.W_OK) else None


def library(name: str) -> tuple[str, int, int]:
    """What changes when a library is installed anew: where it is, and its size and time. It is not loaded.

    >>> library("jinja2")[0].endswith("__init__.py")
    True
    """
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        return name, 0, 0
    known = Path(found.origin).stat()
    return found.origin, known.st_size, known.st_mtime_ns
