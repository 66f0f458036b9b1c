"""Where the browser is, and how it is started.

`python -m tests.browser.chromium` fails if there is none: `make test` asks before it runs anything.
"""

import os
import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
"""Commands that a system's own Chromium or Chrome goes by."""

APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
"""Where macOS keeps it."""

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
"""A browser that asks nobody for anything: only the requests of the page remain."""


def find() -> str | None:
    """Return the path of Chromium or Chrome; `CHROMIUM` in the environment names another."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    on_path = (shutil.which(name) for name in NAMES)
    installed = (path for path in APPLICATIONS if Path(path).exists())
    return next(filter(None, (*on_path, *installed)), None)


def flags() -> list[str]:
    """Return the flags to start it with; root has no sandbox to give it."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*FLAGS, "--no-sandbox"] if is_root else list(FLAGS)


if __name__ == "__main__":
    sys.exit(find() is None)
