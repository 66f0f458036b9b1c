"""The cache folder of this user and machine. It may be deleted at any time."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path


def folder() -> Path | None:
    """Return the cache folder, created if need be; None if there is none that only this user may write.

    Compiled templates in it are executed, so a folder that others may write is not used.
    """
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "", "")
    try:
        found = (Path(home) if home else Path.home() / ".cache") / "liaojin-annals"
        found.mkdir(mode=0o700, parents=True, exist_ok=True)
        safe = sys.platform == "win32" or (found.stat().st_uid == os.getuid() and not found.stat().st_mode & 0o022)
    except (OSError, RuntimeError):
        return None
    return found if safe and os.access(found, os.W_OK) else None


def library(name: str) -> tuple[str, int, int]:
    """Return path, size and time of an installed module: they change when it is installed anew. Does not import it.

    >>> library("jinja2")[0].endswith("__init__.py")
    True
    """
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        return name, 0, 0
    known = Path(found.origin).stat()
    return found.origin, known.st_size, known.st_mtime_ns
