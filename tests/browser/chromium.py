"""Find Chromium, and its command-line flags."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
"""Names of the command for Chromium or Chrome."""

APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
"""Its paths on macOS."""

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
"""Flags that stop the browser's own requests, so that only those of the page remain."""


def find() -> str | None:
    """Return the path of Chromium or Chrome; `CHROMIUM` in the environment names another."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    on_path = (shutil.which(name) for name in NAMES)
    installed = (path for path in APPLICATIONS if Path(path).exists())
    return next(filter(None, (*on_path, *installed)), None)


def flags() -> list[str]:
    """Return the flags for starting it; without sandbox for root, which Chromium requires."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*FLAGS, "--no-sandbox"] if is_root else list(FLAGS)
