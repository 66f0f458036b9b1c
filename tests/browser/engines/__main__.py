"""Install the browsers of the tests: `python -m tests.browser.engines`, which `make test` calls.

Only what is missing is installed, and only by root on Debian; elsewhere this says what to install. Without Chromium it
fails. Without Firefox or WebKitGTK it goes on, even where the server of the packages does not answer: their tests are
skipped.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.browser import chromium
from tests.browser.engines import firefox, webkit


class Need(NamedTuple):
    """A browser that the tests use."""

    name: str
    find: Callable[[], str | None]
    packages: tuple[str, ...]
    """What it is called in Debian, with what it needs there."""
    otherwise: str
    """How it is installed elsewhere."""


NEEDS = (
    Need("Chromium", chromium.find, ("chromium", "fonts-noto-cjk"), "macOS: brew install --cask chromium"),
    Need("Firefox", firefox.find, ("firefox-esr",), "macOS: brew install --cask firefox"),
    Need("WebKitGTK", webkit.find, ("webkit2gtk-driver", "xvfb"), "Linux only"),
)

PATIENCE = 240
"""Seconds after which a download is given up. It usually takes ten."""

APT = ("apt-get", "-qq", "-o", "Acquire::Retries=2", "-o", "Acquire::http::Timeout=20")


def _apt(*arguments: str, patience: float | None = None) -> bool:
    """Run apt-get, and return whether it succeeded in that many seconds."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            (*APT, *arguments), env=environment, stdout=subprocess.DEVNULL, check=False, timeout=patience
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _install(need: Need) -> None:
    """Install a browser. Only the download can be interrupted: an interrupted installation would leave dpkg broken."""
    sys.stdout.write(f"Installing {need.name} …\n")
    sys.stdout.flush()
    install = ("install", "-y", "--no-install-recommends", *need.packages)
    if _apt(*install, "--download-only", patience=PATIENCE):
        _apt(*install)


def main() -> int:
    """Install what is missing where that is possible; return 1 if Chromium is still missing."""
    missing = [need for need in NEEDS if not need.find()]
    if missing and os.geteuid() == 0 and Path("/etc/debian_version").exists():
        _apt("update", patience=PATIENCE)
        for need in missing:
            _install(need)
        missing = [need for need in missing if not need.find()]
    for need in missing:
        how = f"Debian: apt-get install {' '.join(need.packages)}; {need.otherwise}"
        if need.name == "Chromium":
            sys.stdout.write(f"Chromium or Chrome is needed ({how}).\n")
        else:
            sys.stdout.write(f"{need.name} is not there: its tests are skipped ({how}).\n")
    return int(NEEDS[0] in missing)


if __name__ == "__main__":
    sys.exit(main())
